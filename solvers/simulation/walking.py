"""Walking times for the simulation, measured on a layout: between banks, and from a seat to the position after the call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import dist, fsum

from layouts.layout import Item, Layout, Route

PACE_M_PER_MIN = 60.0
"""1.0 m/s: an unhurried crowd with elderly persons (default; pedestrian studies give 1.2-1.4 for adults at leisure)."""
SEATED = ("seat", "wheelchair_bay")
STAND_UP_MIN = 0.1
"""From hearing the number to walking (default)."""
ENTRANCE = ""


def walks_between_banks(
    layout: Layout, banks: Iterable[str], *, upwards: Mapping[str, Collection[str]] | None = None
) -> dict[tuple[str, str], float]:
    """Minutes along the layout's routes; doors count as the entrance, "". Where no route is known there is no walk.

    `upwards`: the doors of each level by which visitors change floors. A walk to a stop on another floor leads to such a door
    and on from one there; the ride between them takes no time, since a plan does not tell it.
    """
    known, lifts = set(banks), upwards or {}
    legs: dict[tuple[str, str], list[Route]] = {}
    to_lift: dict[str, dict[str, list[Route]]] = {}
    from_lift: dict[str, dict[str, list[Route]]] = {}
    for level in layout.levels:
        doors = lifts.get(level.level, ())
        for route in level.routes:
            start = route.from_id if route.from_id in known else ENTRANCE
            if route.from_id in doors:
                if route.to_id in known:
                    from_lift.setdefault(level.level, {}).setdefault(route.to_id, []).append(route)
            elif route.to_id in doors:
                to_lift.setdefault(level.level, {}).setdefault(start, []).append(route)
            elif route.to_id in known:
                legs.setdefault((start, route.to_id), []).append(route)
    walked = {leg: _mean_mm(routes) for leg, routes in legs.items()}
    for here, starts in to_lift.items():
        for there, ends in from_lift.items():
            if here != there:
                for start, away in starts.items():
                    walked |= {(start, end): _mean_mm(away) + _mean_mm(on) for end, on in ends.items()}
    return {leg: mm / 1000.0 / PACE_M_PER_MIN for leg, mm in walked.items()}


def calls_from_seats(layout: Layout, seated_banks: Iterable[str]) -> dict[str, float]:
    """Minutes from standing up to reaching the position: the mean straight walk from the bank's seats, else from all
    seats of the level, to its positions."""
    wanted = set(seated_banks)
    calls = {}
    for level in layout.levels:
        seats = [item for item in level.items if item.kind in SEATED]
        for bank in sorted(wanted):
            own = [seat for seat in seats if seat.bank == bank] or seats
            positions = [item for item in level.items if item.bank == bank and _is_position(item)]
            if own and positions:
                walks = [dist(seat.insert_mm, position.insert_mm) for seat in own for position in positions]
                calls[bank] = STAND_UP_MIN + fsum(walks) / len(walks) / 1000.0 / PACE_M_PER_MIN
    return calls


def _is_position(item: Item) -> bool:
    return item.kind not in SEATED and bool(item.services or item.kind.startswith(("counter", "cashier")))


def _mean_mm(routes: list[Route]) -> float:
    """Weighted by who walks them; plain where nobody is counted."""
    weights = [route.visitors_per_day for route in routes]
    if not sum(weights):
        return fsum(route.length_mm for route in routes) / len(routes)
    return fsum(weight * route.length_mm for weight, route in zip(weights, routes)) / sum(weights)
