"""The egress check: occupant load, exits, their remoteness and width, travel distance. A planning check only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.access_question import AREA_TOLERANCE_MM2, STAFFED_KINDS, Case, judge, line_witness, not_checked
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import (
    before_front,
    diagonal_mm,
    door_middle,
    door_width_mm,
    front_ring,
    front_strip,
    ring_shape,
    sides_mm,
    union,
)
from layouts.ground import Ground
from layouts.layout import Item, LevelLayout
from layouts.plan import Door, Level, doors_of_use
from layouts.programme import Programme
from layouts.routes import PUBLIC_DOORS
from layouts.screening import BYPASS
from layouts.screening_passed import gated_doors
from layouts.standards import Profile
from layouts.travel import Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressQuestion:
    """One level, its layout and the egress profile; the access profile adds its own limit on travel.

    Without `with_ways` the rules about ways out (travel, common path, dead ends) are told as not checked: they look at the
    whole floor, which takes too long while a thing is dragged.
    """

    level: Level
    layout: LevelLayout
    programme: Programme
    profile: Profile
    access_profile: Profile | None = None
    with_ways: bool = True
    ground: Ground | None = None

    def on(self) -> Ground:
        """The ground of this very layout, made when first asked for."""
        if self.ground is None or self.ground.layout is not self.layout or self.ground.level is not self.level:
            object.__setattr__(self, "ground", Ground(level=self.level, layout=self.layout))
        return cast(Ground, self.ground)

    def exits(self) -> tuple[Door, ...]:
        """Doors through which the public can leave: every public door of the outline."""
        return doors_of_use(self.level, PUBLIC_DOORS)

    def travel(self) -> Travel | None:
        """The longest walk over the public floor to the nearest exit."""
        return self.on().travel()


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupantLoad:
    """Persons counted for egress: seats and bays, staff positions, queues standing, and the rest of the floor."""

    seats: int
    bays: int
    staff: int
    standing: int
    others: int

    @property
    def persons(self) -> int:
        return self.seats + self.bays + self.staff + self.standing + self.others


def occupant_load(q: EgressQuestion) -> OccupantLoad:
    """The persons of this layout, counted once."""
    return q.on().once("occupant load", q.profile.id, lambda: _counted(q))


def _counted(q: EgressQuestion) -> OccupantLoad:
    """Fixed seats and bays by number (IBC 1004.6), staff by position, queue zones by the standing factor, and the gross
    floor by the business factor (Table 1004.5). Nobody is taken off twice, so the load errs on the safe side."""
    seats = bays = staff = 0
    for item in q.layout.items:  # asked of every thing at every move: once round
        if item.kind == "seat":
            seats += max(1, item.seats)
        elif item.kind == "wheelchair_bay":
            bays += 1
        elif item.kind in STAFFED_KINDS:
            staff += 1
    queues = union(ring_shape(z.polygon) for i in q.layout.items if i.clear_zones for z in i.clear_zones if z.use == "queue")
    standing = queues.area / 1e6 / q.profile.value("standing_factor_m2")
    others = q.on().empty_floor().area / 1e6 / q.profile.value("business_factor_m2")
    return OccupantLoad(
        seats=seats,
        bays=bays,
        staff=staff,
        standing=math.ceil(standing - 1e-9),
        others=math.ceil(others - 1e-9),
    )


def _load_values(load: OccupantLoad) -> dict[str, str | int | float]:
    return {
        "load": load.persons,
        "seats": load.seats,
        "bays": load.bays,
        "staff": load.staff,
        "standing": load.standing,
        "others": load.others,
    }


def exits_required(profile: Profile, load: int) -> int:
    """Exits that an occupant load asks for (IBC 1006.2.1, Table 1006.3.3)."""
    limits = [profile.value(k) for k in ("one_exit_max_load", "two_exits_max_load", "three_exits_max_load")]
    return 1 + sum(load > limit for limit in limits)


def enough_exits(q: EgressQuestion) -> tuple[Finding, ...]:
    """Public doors of the outline against the number the load asks for."""
    load = occupant_load(q)
    case = Case(where=q.level.id, measured=float(len(q.exits())), values=_load_values(load))
    required = float(exits_required(q.profile, load.persons))
    return judge(q.profile, "egress.exit_count", "one_exit_max_load", [case], required=required, unit="count")


def exits_are_remote(q: EgressQuestion) -> tuple[Finding, ...]:
    """Two exits stand apart by at least a share of the floor's largest diagonal, where two are required."""
    code, key = "egress.exit_remoteness", "exit_remoteness_share"
    if exits_required(q.profile, occupant_load(q).persons) < 2 or len(q.exits()) < 2:
        return judge(q.profile, code, key, [], unit="mm")
    apart, pair = max((math.dist(door_middle(a), door_middle(b)), (a.id, b.id)) for a, b in combinations(q.exits(), 2))
    diagonal = diagonal_mm(q.level.outline)
    case = Case(where=">".join(pair), measured=apart, values={"diagonal_mm": round(diagonal)})
    return judge(q.profile, code, key, [case], required=round(diagonal * q.profile.value(key), 1), unit="mm")


def travel_is_short(q: EgressQuestion) -> tuple[Finding, ...]:
    """Travel distance: the longest of all shortest walks to an exit, against both profiles' limits."""
    code = "egress.travel_distance"
    if not q.with_ways:
        return (not_checked(q.profile, code, missing="ways"),)
    travel = q.travel()
    if travel is None:
        return (not_checked(q.profile, code, missing="exit"),)
    place = f"{round(travel.start[0])},{round(travel.start[1])}"
    case = Case(
        where=place,
        measured=travel.length_mm / 1000,
        values={"cut_off_m2": round(travel.cut_off_mm2 / 1e6, 2)},
        witness=(line_witness("route", travel.line),),
    )
    found = judge(q.profile, code, "travel_distance_m", [case], at_most=True)
    if q.access_profile is not None and "max_egress_m" in q.access_profile.rules:
        found += judge(q.access_profile, code, "max_egress_m", [case], at_most=True)
    return found


def common_paths_are_short(q: EgressQuestion) -> tuple[Finding, ...]:
    """The first part of the way out, on which there is no choice between exits; with one exit the whole way."""
    code, key = "egress.common_path", "common_path_m"
    if not q.with_ways:
        return (not_checked(q.profile, code, missing="ways"),)
    common = q.on().common()
    if common is None:
        return (not_checked(q.profile, code, missing="exit"),)
    case = Case(where=_spot(common.path), measured=common.path_m, witness=(line_witness("route", common.path),))
    return judge(q.profile, code, key, [case], at_most=True)


def dead_ends_are_short(q: EgressQuestion) -> tuple[Finding, ...]:
    """A way from which one must turn back, where it is long for its width; not counted where there is one exit alone.

    The limit is one for corridors, and a pocket of a hall is hardly one: too long a dead end is a warning.
    """
    code, key = "egress.dead_end", "dead_end_m"
    if not q.with_ways:
        return (not_checked(q.profile, code, missing="ways"),)
    common = q.on().common()
    if common is None:
        return (not_checked(q.profile, code, missing="exit"),)
    if len(q.exits()) < 2:
        return judge(q.profile, code, key, [])
    case = Case(where=_spot(common.dead_end), measured=common.dead_end_m, witness=(line_witness("route", common.dead_end),))
    return judge(q.profile, code, key, [case], at_most=True, severity="warning")


def _spot(line: tuple[tuple[float, float], ...]) -> str:
    return f"{round(line[0][0])},{round(line[0][1])}"


def every_seat_can_leave(q: EgressQuestion) -> tuple[Finding, ...]:
    """Before every seat the way along its row is free over the depth of a row's accessway. Measured: the free depth."""
    key = "row_accessway_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, "egress.row_accessway", missing_rule=key),)
    depth = q.profile.value(key)
    ground = q.on()
    seats = [i for i in q.layout.items if i.kind == "seat"]
    cases = ground.near_all(f"accessway {depth}", seats, partial(_free_before_all, ground, depth))
    return judge(q.profile, "egress.row_accessway", key, cases, tolerance=2.0)


def _free_before_all(ground: Ground, depth: float, seats: Sequence[Item]) -> list[tuple[Case, Box]]:
    """The free depth before each seat, and the bounds of the floor looked at."""
    rings = np.asarray([front_ring(s, depth) for s in seats])
    strips = shapely.polygons(rings)
    bounds = shapely.bounds(strips).tolist()
    # A little smaller, by less than the tolerance, so that a seat does not stand in its own way.
    middle = rings.mean(axis=1, keepdims=True)
    share = np.sqrt(np.maximum(0.0, 1 - AREA_TOLERANCE_MM2 / 2 / shapely.area(strips)))
    met = ground.met_by(shapely.polygons(middle + share[:, None, None] * (rings - middle)))
    found = []
    for k, (seat, strip, (left, low, right, high)) in enumerate(zip(seats, strips, bounds)):
        x, y = before_front(seat, 0)
        free = _free_before(ground, seat, strip, depth) if k in met else depth
        found.append((Case(where=seat.id, measured=free, values={"x": round(x), "y": round(y)}), (left, low, right, high)))
    return found


def _free_before(ground: Ground, seat: Item, strip: BaseGeometry, depth: float) -> float:
    """The free depth before a seat, up to `depth`."""
    things = [*(shape for _, shape in ground.items_at(strip)), *ground.columns_at(strip)]
    taken = [strip.intersection(s) for s in things]
    blocked = union([t for t in taken if t.area > 0])
    if blocked.area <= AREA_TOLERANCE_MM2:
        return float(depth)
    return float(front_strip(seat, 1.0).distance(blocked.buffer(-1)))


def _width_mm(door: Door) -> float:
    return min(float(door.clear_mm), door_width_mm(door))


def _gated(q: EgressQuestion) -> frozenset[str]:
    """Exits that are reached through the screening's gates alone."""

    return q.on().once("gated doors", None, lambda: gated_doors(q.on(), q.exits()))


def _bypasses(q: EgressQuestion) -> list[Item]:
    return [i for i in q.layout.items if i.kind == BYPASS]


def _widths_mm(q: EgressQuestion) -> list[float]:
    """Of each exit; those behind the screening are one, no wider than the bypass gate, which is open in an emergency."""
    gated = _gated(q)
    apart = [_width_mm(d) for d in q.exits() if d.id not in gated]
    together = sum(_width_mm(d) for d in q.exits() if d.id in gated)
    return [*apart, min(together, sum(sides_mm(i)[0] for i in _bypasses(q)))] if gated else apart


def exits_are_wide_enough_together(q: EgressQuestion) -> tuple[Finding, ...]:
    """All exits together carry the load; without the widest one, still the share that must remain."""
    key, code = "exit_width_per_person_mm", "egress.exit_width"
    load = occupant_load(q)
    required = load.persons * q.profile.value(key)
    widths = sorted(_widths_mm(q))
    case = Case(where=q.level.id, measured=sum(widths), values=_load_values(load))
    found = judge(q.profile, code, key, [case], required=round(required, 1), unit="mm")
    if exits_required(q.profile, load.persons) > 1:
        remaining = Case(where=q.level.id, measured=sum(widths[:-1]), values=_load_values(load))
        least = round(required * q.profile.value("loss_of_one_exit_share"), 1)
        found += judge(q.profile, "egress.loss_of_one_exit", "loss_of_one_exit_share", [remaining], required=least, unit="mm")
    return found


def egress_doors_are_wide_enough(q: EgressQuestion) -> tuple[Finding, ...]:
    """Clear width of each exit, and of the gate beside a screening on the way to one."""
    cases = [Case(where=d.id, measured=_width_mm(d)) for d in q.exits()]
    cases += [Case(where=i.id, measured=sides_mm(i)[0]) for i in _bypasses(q)]
    return judge(q.profile, "egress.door_clear_width", "egress_door_clear_mm", cases, tolerance=2.0)


def egress_doors_swing_out(q: EgressQuestion) -> tuple[Finding, ...]:
    """Exits that serve many persons swing out; a sliding leaf needs a break-out that a plan does not show."""
    code, key = "egress.door_swing", "swing_out_from_load"
    if occupant_load(q).persons < q.profile.value(key):
        return judge(q.profile, code, key, [], unit="swings out")
    leaves = [d for d in q.exits() if d.swing in ("in", "out", "none")]
    cases = [Case(where=d.id, measured=0.0 if d.swing == "in" else 1.0) for d in leaves]
    sliding = tuple(not_checked(q.profile, code, door=d.id) for d in q.exits() if d not in leaves)
    return (*(judge(q.profile, code, key, cases, required=1.0, unit="swings out") if cases else ()), *sliding)


EgressRule = Callable[[EgressQuestion], tuple[Finding, ...]]

EGRESS_RULES: tuple[EgressRule, ...] = (
    enough_exits,
    exits_are_remote,
    travel_is_short,
    common_paths_are_short,
    dead_ends_are_short,
    exits_are_wide_enough_together,
    egress_doors_are_wide_enough,
    egress_doors_swing_out,
    every_seat_can_leave,
)

OUT_OF_SIGHT = ("egress.stairs_and_discharge", "egress.sprinklers")


def egress_max_m(question: EgressQuestion) -> float | None:
    """The longest walk to an exit in metres; None without exits or floor, inf when no floor is joined to one."""
    travel = question.travel()
    return None if travel is None else travel.length_mm / 1000


def check_egress(question: EgressQuestion) -> tuple[Finding, ...]:
    """Findings of every rule in the order of EGRESS_RULES, then what could not be checked."""
    found = tuple(finding for rule in EGRESS_RULES for finding in rule(question))
    return (*found, *(not_checked(question.profile, code) for code in OUT_OF_SIGHT))
