"""What a zone costs by itself, at the least, wherever all else stands (hundredths of a person-decimetre)."""

from __future__ import annotations

from collections.abc import Iterator

from solvers.placement.goals import SCALE, daylight_price, near_units, surplus_price
from solvers.placement.near import Point, doors
from solvers.placement.problem import Weights
from solvers.placement.variables import Question
from solvers.placement.zones import Zone
from solvers.placement.zoning import back_charge, off


def alone(q: Question, w: Weights, zone: Zone) -> float:
    """Walks of rooms at hand, disliked insides, walls, comfort, doors that ratings draw it to. No legs."""
    inside = zone.mode.inside
    cost = float(round(SCALE * w.room_share * q.visitors) * zone.lat()[0]) if zone.element in q.aside else 0.0
    cost += round(SCALE * w.new_walls * q.visitors) * inside.walls
    cost += daylight_price(q, w) * zone.run.dark + surplus_price(w) * zone.run.tight
    if inside.penalty == "across":
        cost += round(SCALE * w.across * inside.length * q.visitors)
    elif inside.penalty == "queue":
        cost += round(SCALE * w.queue_in_spine * 10 * q.visitors)
    return cost + sum(price * off(zone, door) for door, price in to_doors(q, w, zone.element))


def to_doors(q: Question, w: Weights, e: str) -> list[tuple[Point, int]]:
    """The doors that ratings draw a module to, and what a decimetre to each costs."""
    at = doors(q.ground.spine.points)
    pairs = [(n, n.b if n.a == e else n.a) for n in q.near if e in (n.a, n.b) and not n.apart]
    return [(at[other], near_units(n, q, w)) for n, other in pairs if other in at]


def in_any_layout(q: Question, w: Weights) -> float:
    """The spine's length, walls that go, and walks from door to door."""
    total = float(SCALE * q.through()) + round(SCALE * w.walls_removed * q.visitors) * q.removed_dm
    for one, other, n in q.between_doors():
        total += back_charge(n, w) * max(0, one.t - other.t) + round(SCALE * w.lateral * n) * abs(one.y() - other.y())
    return total


def lines_in_use(zones: tuple[Zone, ...]) -> Iterator[dict[str, list[int]]]:
    """For each line that counters can stand on, the zones on it by module."""
    found: dict[tuple[str, int], dict[str, list[int]]] = {}
    for k, zone in enumerate(zones):
        desk, mode = zone.mode.inside.desk, zone.mode
        if desk is not None:
            at = 0 if mode.back is None else mode.back + mode.sign * desk[1]
            found.setdefault((mode.baseline, at), {}).setdefault(zone.element, []).append(k)
    yield from found.values()
