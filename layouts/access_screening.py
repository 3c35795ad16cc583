"""Rules about security screening: nobody walks round it, and its bypass is as wide as any door and free on both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.access_question import AccessQuestion, AccessRule, Case, area_witness, judge, line_witness
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import before_front, door_middle, front_ring, parts, sides_mm, towards_public, union
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, doors_of_use
from layouts.routes import walked_to
from layouts.screening import (
    ARCH,
    BEFORE_LIFT_MM,
    BYPASS,
    LEAST_ARCH_MM,
    LEAST_BYPASS_MM,
    SLIP_MM,
    TABLE,
)
from layouts.screening_passed import entered, places_before
from layouts.walkable import TOLERANCE_MM

AISLE_MM = 3000.0  # before a table, of what stands in the way of a gate


def nobody_walks_round_screening(q: AccessQuestion) -> tuple[Finding, ...]:
    """From an entrance nobody comes to a counter, seat, machine, room or lift without passing an arch or the bypass gate.

    Measured: how many of them are reached so. A rule of planning: one that is broken is a warning.
    """
    tables = [i for i in q.layout.items if i.kind == TABLE]
    entrances = doors_of_use(q.level, ENTRANCE_USES)
    if not tables or not entrances:
        return ()
    reach = entered(q.on())
    at = [(i.bank or i.id, place) for i, places in places_before(q.on()) for place in places]
    lifts = {d.id: d for d in q.level.doors if d.id in walked_to(q.programme.flows) and d.use not in ENTRANCE_USES}
    at += [(d.id, shapely.Point(door_middle(d)).buffer(BEFORE_LIFT_MM)) for d in lifts.values()]
    met = shapely.intersects(reach, np.asarray([place for _, place in at], dtype=object))
    reached = list(dict.fromkeys(name for (name, _), hit in zip(at, met.tolist()) if hit))
    across = line_witness("across", (before_front(tables[0], -1.0), before_front(tables[0], AISLE_MM)))
    case = Case(
        where=tables[0].id, measured=float(len(reached)), witness=(across,) if reached else (),
        values={"first": reached[0], "x": tables[0].insert_mm[0], "y": tables[0].insert_mm[1]} if reached else {},
    )  # fmt: skip
    return judge(
        q.profile, "access.screening_walked_round", "screening", [case], at_most=True, required=0.0, unit="count",
        severity="warning", numberless=True,
    )  # fmt: skip


def every_entrance_is_screened(q: AccessQuestion) -> tuple[Finding, ...]:
    """Of several entrances each leads past the screening: one table serves those behind its gates, and no other.

    Measured: how much visitors come to from an entrance past no gate.
    """
    doors = doors_of_use(q.level, ENTRANCE_USES)
    if len(doors) < 2 or not any(i.kind == TABLE for i in q.layout.items):
        return ()
    places = [(i.bank or i.id, place) for i, found in places_before(q.on()) for place in found]
    cases = []
    for door in doors:
        near = [p for p in parts(entered(q.on())) if p.distance(shapely.Point(door_middle(door))) <= SLIP_MM]
        met = shapely.intersects(union(near), np.asarray([place for _, place in places], dtype=object)).tolist()
        reached = {name for (name, _), hit in zip(places, met) if hit}
        witness = (line_witness("across", (door.p, door.q)),) if reached else ()
        cases.append(Case(where=door.id, measured=float(len(reached)), witness=witness))
    return judge(
        q.profile, "access.screening_entrance", "screening", cases, at_most=True, required=0.0, unit="count",
        severity="warning", numberless=True,
    )  # fmt: skip


def screening_gates_are_wide(q: AccessQuestion) -> tuple[Finding, ...]:
    """The bypass gate is as wide as the profile's doors and 1000 mm, an arch 760 mm. Measured: what is free of the opening."""
    bypasses, arches = _of(q, BYPASS), _of(q, ARCH)
    found: tuple[Finding, ...] = ()
    if bypasses:
        rule = q.profile.rules.get("door_clear_mm")
        least = max(float(LEAST_BYPASS_MM), rule.value if rule is not None else 0.0)
        cases = [Case(where=i.id, measured=_width_mm(q, i)) for i in bypasses]
        found += judge(
            q.profile, "access.screening_bypass_width", "door_clear_mm", cases, required=least, unit="mm",
            tolerance=TOLERANCE_MM, numberless=True,
        )  # fmt: skip
    if arches:
        cases = [Case(where=i.id, measured=_width_mm(q, i)) for i in arches]
        found += judge(
            q.profile, "access.screening_arch_width", "screening_arch", cases, required=float(LEAST_ARCH_MM), unit="mm",
            tolerance=TOLERANCE_MM, numberless=True,
        )  # fmt: skip
    return found


def bypass_leaves_room_to_manoeuvre(q: AccessQuestion) -> tuple[Finding, ...]:
    """On both sides of the bypass gate lies free floor, as before a door that is pulled. Measured: the depth that is free."""
    key, gates = "door_pull_front_depth_mm", _of(q, BYPASS)
    if not gates or key not in q.profile.rules:
        return ()
    depth = q.profile.value(key)
    cases = [_room_at(q, gate, depth, behind=behind) for gate in gates for behind in (False, True)]
    return judge(q.profile, "access.screening_bypass_room", key, cases, tolerance=TOLERANCE_MM)


SCREENING_RULES: tuple[AccessRule, ...] = (
    nobody_walks_round_screening,
    screening_gates_are_wide,
    bypass_leaves_room_to_manoeuvre,
)


def _of(q: AccessQuestion, kind: str) -> list[Item]:
    return [i for i in q.layout.items if i.kind == kind]


def _width_mm(q: AccessQuestion, gate: Item) -> float:
    """How wide an opening is; kept while nothing moves in it."""
    return q.on().near("opening", gate, lambda: (_clear_mm(q, gate), Polygon(gate.polygon).bounds))


def _clear_mm(q: AccessQuestion, gate: Item) -> float:
    """The widest part of an opening in which nothing stands."""
    wide = sides_mm(gate)[0]
    dx, dy = towards_public(gate)
    taken = _not_free(q, Polygon(gate.polygon).buffer(-TOLERANCE_MM / 2, join_style="mitre"))
    if taken.is_empty:
        return wide
    x0, y0 = gate.insert_mm
    spans = []
    for part in getattr(taken, "geoms", [taken]):
        us = [(x - x0) * -dy + (y - y0) * dx for x, y in shapely.get_coordinates(part).tolist()]
        spans.append((min(us), max(us)))
    low, widest = -wide / 2, 0.0
    for start, end in sorted(spans):
        widest, low = max(widest, start - low), max(low, end)
    return max(widest, wide / 2 - low)


def _not_free(q: AccessQuestion, ground: BaseGeometry) -> BaseGeometry:
    """What of some ground is no free floor of the public's."""
    return union([ground.difference(q.public())])


def _from_behind(gate: Item) -> Item:
    """The same opening as those see it who leave."""
    deep = sides_mm(gate)[1]
    x, y = before_front(gate, -deep)
    return replace(gate, insert_mm=(round(x), round(y)), rotation_deg=(gate.rotation_deg + 180) % 360)


def _room_at(q: AccessQuestion, gate: Item, depth: float, *, behind: bool) -> Case:
    """How deep the floor before an opening, or behind it, is free over its whole width; kept while nothing moves there."""

    def look() -> tuple[Case, Box]:
        strip = Polygon(front_ring(_from_behind(gate) if behind else gate, depth))
        return _free_before(q, _from_behind(gate) if behind else gate, strip, depth), strip.bounds

    return q.on().near(("room at an opening", depth, behind), gate, look)


def _free_before(q: AccessQuestion, gate: Item, whole: BaseGeometry, depth: float) -> Case:
    strip = whole.buffer(-TOLERANCE_MM / 2, join_style="mitre")
    taken = _not_free(q, strip)
    free = depth if taken.is_empty else float(Polygon(front_ring(gate, 1.0)).distance(taken))
    return Case(where=gate.id, measured=free, witness=area_witness(taken))
