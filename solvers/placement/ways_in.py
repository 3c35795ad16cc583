"""Doors by which people come in and go out, beside a spine: where several lead in, each flow is told its own.

The spine leads from one door to one other. Who comes by its first door walks from its beginning; who comes by another door
walks from where that door lies beside the spine: a leg like any other, whose one end stands already; and so does who goes up
by a lift in between. So walking, turning back and ways off the spine are the same sums for all, and bounds stay bounds. Flows
that name no door walk the spine's whole way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import dist

import numpy as np

from layouts.geometry import door_middle
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level, doors_of_use
from layouts.programme import Flow
from solvers.placement.problem import DM, SpineLine
from solvers.placement.projection import project

WAY = "door:"  # before the id of a door that stands for a stop
BEGIN, END = f"{WAY}<", f"{WAY}>"  # the spine's ends, for who walks from there to a door or from a door to there


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a door lies beside the spine: t along it, lat off it (dm), side (1 left)."""

    t: int
    lat: int
    side: int

    def y(self) -> int:
        """Signed distance off the spine, positive on its left."""
        return self.lat if self.side else -self.lat


@dataclass(frozen=True, slots=True)
class Walked:
    """Who walks where beside one spine: persons a day from stop to stop, from its beginning to `first`, from `last` to its end.

    A stop of `legs` may be one of `doors`; the two dicts know modules alone.
    """

    legs: dict[tuple[str, str], int]
    first: dict[str, int]
    last: dict[str, int]
    doors: dict[str, Beside]

    def visits(self) -> dict[str, int]:
        """Persons a day who come to each module, from a door or from another one."""
        found = dict(self.first)
        for (_, f), n in self.legs.items():
            found[f] = found.get(f, 0) + n
        return found


def walked(flows: Iterable[Flow], elements: frozenset[str], level: Level, spine: SpineLine) -> Walked:
    """The flows as they are walked along a spine; stops that are not on this level are left out."""
    begins, ends = spine_doors(level, spine)
    doors = {f"{WAY}{d.id}": beside(spine, door_middle(d)) for d in level.doors}
    doors |= {BEGIN: Beside(0, 0, 0), END: Beside(spine.length_dm(), 0, 0)}
    legs: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for flow in flows:
        n, stops = flow.visitors_per_day, _stops(flow, elements, begins, ends, doors)
        if not stops:
            continue
        if stops[0] not in doors:
            first[stops[0]] = first.get(stops[0], 0) + n
        if stops[-1] not in doors:
            last[stops[-1]] = last.get(stops[-1], 0) + n
        for e, f in pairwise(stops):
            legs[e, f] = legs.get((e, f), 0) + n
    used = {e for leg in legs for e in leg}
    return Walked(legs, first, last, {name: at for name, at in doors.items() if name in used})


def stops_of(flow: Flow, elements: frozenset[str], level: Level, spine: SpineLine) -> tuple[str, ...]:
    """Where the visitors of a flow stop beside a spine, with the doors that they come and go by if those are not its own."""
    begins, ends = spine_doors(level, spine)
    return tuple(_stops(flow, elements, begins, ends, {f"{WAY}{d.id}" for d in level.doors}))


def _stops(flow: Flow, elements: frozenset[str], begins: str, ends: str, doors: Collection[str]) -> list[str]:
    """Modules, doors to other floors between them, and other doors than the spine's own at both ends; where a door comes first
    or last, the spine's end before or after it."""
    named = [s if s in elements else f"{WAY}{s}" for s in flow.stops]
    stops = [s for s in named if s in elements or s in doors]
    if not stops:
        return []
    enters, leaves = f"{WAY}{flow.enters}", f"{WAY}{flow.leaves}"
    if flow.enters != begins and enters in doors:
        stops.insert(0, enters)
    elif stops[0] not in elements:
        stops.insert(0, BEGIN)
    if flow.leaves != ends and leaves in doors:
        stops.append(leaves)
    elif stops[-1] not in elements:
        stops.append(END)
    return [s for k, s in enumerate(stops) if k == 0 or stops[k - 1] != s]


def spine_doors(level: Level, spine: SpineLine) -> tuple[str, str]:
    """The ids of the doors between which the spine leads."""

    def nearest(uses: tuple[str, ...], point: tuple[int, int]) -> str:
        x, y = point[0] * DM, point[1] * DM
        found = doors_of_use(level, uses)
        return min(found, key=lambda d: (dist(door_middle(d), (x, y)), d.id)).id if found else ""

    return nearest(ENTRANCE_USES, spine.points[0]), nearest(EXIT_USES, spine.points[-1])


def beside(spine: SpineLine, point: tuple[float, float]) -> Beside:
    """Where a point (mm) lies beside a spine."""
    x, y = (np.array([int(v // DM)]) for v in point)
    t, lat, side = project(spine, x, y)
    return Beside(int(t[0]), int(lat[0]), int(side[0]))


def least_back(t: tuple[int, int], door: Beside, *, comes: bool) -> int:
    """The least way against the flow between a door and a stop whose t lies between two values; `comes`: from the door."""
    return max(0, door.t - t[1]) if comes else max(0, t[0] - door.t)


def least_sideways(y: tuple[int, int], door: Beside) -> int:
    """The least way across the flow between a door and a stop whose signed distance lies between two values."""
    return max(0, y[0] - door.y(), door.y() - y[1])


def through(length: int, legs: Iterable[tuple[str, str, int]], last: Mapping[str, int], doors: Mapping[str, Beside]) -> int:
    """Person-decimetres along the spine that any layout has: from where people come in to where they go out, steps back apart.

    sum n (t_f - t_e) over the legs, with 0 before the first stop and the spine's length after the last, telescopes to this.
    """
    total = length * sum(last.values())
    for e, f, n in legs:
        total += n * ((doors[f].t if f in doors else 0) - (doors[e].t if e in doors else 0))
    return total
