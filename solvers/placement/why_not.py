"""Why not there? The reasons against a module that is dragged to a place, found without a solver.

    why_not(problem, layout, "B", dx_mm=-2500, live=live) -> (Objection, …)     empty: nothing speaks against it

`live` is the `live_check` of the layout the drag began with; without one it is made here. Reasons come plainest first: off
the floor, on something, in the aisle, before a door, cut off from staff, against a wish; then what visitors would lose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from layouts.access_question import area_witness
from layouts.findings import Finding, Value, Witness
from layouts.geometry import before_front, depth_behind_front_mm, polygon_shape, ring_shape, to_polygons, union
from layouts.layout import Item, LevelLayout
from layouts.live import LiveCheck, live_check, shifted
from layouts.plan import Polygon, doors_of_use
from layouts.routes import PUBLIC_DOORS
from layouts.standards import Profile
from solvers.placement.baselines import sigma_of, staff_arcs, walls_of
from solvers.placement.check_wishes import broken
from solvers.placement.problem import PlacementProblem

SLIVER_MM2 = 2000.0
DOOR_FREE_MM = 1500  # kept free before entrances and exits
AT_WALL_MM = 300
TOLD = (
    "access.clear_floor_free", "access.reached", "access.route_clear_width", "access.main_aisle_width",
    "access.turning_circle", "access.wheelchair_bay_free", "access.wheelchair_bay_reached", "access.seat_gangway",
    "access.door_manoeuvring", "egress.row_accessway",
)  # fmt: skip

Reason = tuple[str, dict[str, Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason against a place: a code with named values, and the geometry that shows it."""

    code: str
    values: dict[str, Value]
    witness: tuple[Witness, ...] = ()


def why_not(
    problem: PlacementProblem, layout: LevelLayout, module: str, *, dx_mm: int = 0, dy_mm: int = 0, turn_deg: float = 0.0,
    access: Profile, live: LiveCheck | None = None,
) -> tuple[Objection, ...]:  # fmt: skip
    """Everything that speaks against moving a module by (dx, dy), its items turned about their own inserts first."""
    own = [i for i in layout.items if (i.bank or i.id) == module]
    moved = [shifted(i, dx_mm=dx_mm, dy_mm=dy_mm, turn_deg=turn_deg) for i in own]
    others = [i for i in layout.items if (i.bank or i.id) != module]
    plain = plainly(problem, layout, module, moved, others)
    return (*_pinned(problem, module), *plain, *_lost(problem, layout, module, own, moved, access, live))


def plainly(
    problem: PlacementProblem, layout: LevelLayout, module: str, moved: list[Item], others: list[Item], *, bodies: bool = True
) -> tuple[Objection, ...]:
    """What speaks against a module whose items stand as `moved`, as far as floor, doors, walls and wishes tell: quick enough
    for a hand that drags. `bodies`: whether it stands on others is asked too.
    """
    return (
        *(_off_floor(problem, moved) if bodies else ()),
        *(_on_others(moved, others) if bodies else ()),
        *_in_the_aisle(layout, moved),
        *_before_doors(problem, moved),
        *_cut_off_from_staff(problem, module, moved),
        *_too_far_along(problem, layout, module, moved),
        *(_against_wishes(problem, module, [*others, *moved]) if problem.wishes else ()),
    )


def _objection(reason: Reason, *witness: Witness) -> Objection:
    return Objection(code=reason[0], values=reason[1], witness=witness)


def _pinned(problem: PlacementProblem, module: str) -> Iterator[Objection]:
    if any(p.element == module for p in problem.pins):
        yield _objection(("why.pinned", {"module": module}))


def _ground(items: list[Item]) -> BaseGeometry:
    return union(ring_shape(i.polygon) for i in items if i.solid)


def _off_floor(problem: PlacementProblem, moved: list[Item]) -> Iterator[Objection]:
    level = problem.level
    floor = ring_shape(level.outline).difference(union(ring_shape(h) for h in level.holes))
    outside = _ground(moved).difference(floor)
    if outside.area > SLIVER_MM2:
        yield _objection(("why.outside", {"area_m2": round(outside.area / 1e6, 2)}), *area_witness(outside))
    standing = [(c.id, c.outline) for c in level.columns] + [(o.id, o.outline) for o in level.obstacles]
    for name, ring in standing:
        met = _ground(moved).intersection(ring_shape(ring))
        if met.area > SLIVER_MM2:
            yield _objection(("why.on_column", {"what": name, "area_m2": round(met.area / 1e6, 2)}), *area_witness(met))


def _on_others(moved: list[Item], others: list[Item]) -> Iterator[Objection]:
    mine = union([_ground(moved), *(ring_shape(z.polygon) for i in moved for z in i.clear_zones if z.use == "staff")])
    by_module: dict[str, list[Item]] = {}
    for item in others:
        if item.solid and item.bank:
            by_module.setdefault(item.bank, []).append(item)
    for name, items in by_module.items():
        met = mine.intersection(_ground(items))
        if met.area > SLIVER_MM2:
            low_x, low_y, high_x, high_y = met.bounds
            deep = round(min(high_x - low_x, high_y - low_y))
            yield _objection(("why.overlaps", {"module": name, "by_mm": deep}), *area_witness(met))


def _in_the_aisle(layout: LevelLayout, moved: list[Item]) -> Iterator[Objection]:
    if layout.spine is None:
        return
    half = layout.spine.width_mm / 2
    line = LineString(layout.spine.centreline)
    away = _ground(moved).distance(line)
    if away < half - 1:
        met = _ground(moved).intersection(line.buffer(half, cap_style="flat", join_style="mitre"))
        if met.area > SLIVER_MM2:
            yield _objection(("why.in_aisle", {"by_mm": round(half - away)}), *area_witness(met))


def _before_doors(problem: PlacementProblem, moved: list[Item]) -> Iterator[Objection]:
    for door in doors_of_use(problem.level, (*PUBLIC_DOORS, "staff")):
        away = _ground(moved).distance(LineString([door.p, door.q]))
        if away < (DOOR_FREE_MM if door.use != "staff" else problem.programme.rules.staff_corridor_mm):
            yield _objection(("why.before_door", {"door": door.id, "away_mm": round(away)}))


def _cut_off_from_staff(problem: PlacementProblem, module: str, moved: list[Item]) -> Iterator[Objection]:
    """Counters and staff rooms need their back on a stretch of wall that a staff door serves."""
    rules, level = problem.programme.rules, problem.level
    bank = any(b.id == module for b in problem.programme.banks)
    staff_room = any(r.id == module and r.side == "staff" for r in problem.programme.rooms)
    posts = [i for i in moved if i.kind not in ("seat", "wheelchair_bay")]
    if not (bank or staff_room) or not posts:
        return
    walls = walls_of(level)
    arcs = staff_arcs(level, walls)
    if not arcs:
        yield _objection(("why.no_staff_door", {"module": module}))
        return
    edges = [ring_shape(level.outline).exterior, *(ring_shape(h).exterior for h in level.holes)]
    farthest, served = 0.0, True
    for item in posts:
        back = _back_of_counter(item, rules.staff_zone_mm) if bank else _nearest_to(edges, item)
        farthest = max(farthest, min(e.distance(Point(back)) for e in edges))
        sigma = sigma_of(walls, *back)
        served &= any(a.low <= sigma + turn * a.round <= a.high for a in arcs for turn in (-1, 0, 1))
    most = AT_WALL_MM + max((*rules.setbacks_mm, rules.staff_corridor_mm))
    if farthest > most:
        yield _objection(("why.staff_far_from_wall", {"module": module, "away_m": round(farthest / 1000, 1)}))
    elif not served:
        yield _objection(("why.no_staff_arc", {"module": module, "doors": ", ".join(a.id for a in arcs)}))


def _back_of_counter(item: Item, staff_zone_mm: int) -> tuple[float, float]:
    return before_front(item, -depth_behind_front_mm(item) - staff_zone_mm)


def _nearest_to(edges: list[BaseGeometry], item: Item) -> tuple[float, float]:
    """The point of an item that lies nearest to a wall: the side from which its staff come."""
    spots = [nearest_points(ring_shape(item.polygon), e)[0] for e in edges]
    x, y = min(((s.distance(e), s.x, s.y) for s, e in zip(spots, edges)))[1:]
    return float(x), float(y)


def _too_far_along(problem: PlacementProblem, layout: LevelLayout, module: str, moved: list[Item]) -> Iterator[Objection]:
    for island in problem.programme.islands:
        if island.id == module and island.within_first < 1 and layout.spine is not None:
            line = LineString(layout.spine.centreline)
            share = max(line.project(Point(before_front(i, 0))) for i in moved) / line.length
            if share > island.within_first + 0.01:
                values: dict[str, Value] = {
                    "module": module, "share": round(100 * share), "most": round(100 * island.within_first)
                }  # fmt: skip
                yield _objection(("why.too_far_along", values))


def _against_wishes(problem: PlacementProblem, module: str, items: list[Item]) -> Iterator[Objection]:
    for found in broken(problem.wishes, problem.level, items):
        if not found.wish.modules() or module in found.modules:
            values: dict[str, Value] = {
                "wish": found.wish.id, "measured": found.measured, "required": found.required, "unit": found.unit
            }  # fmt: skip
            yield _objection(("why.wish", values))


def _lost(
    problem: PlacementProblem, layout: LevelLayout, module: str, own: list[Item], moved: list[Item], access: Profile,
    live: LiveCheck | None,
) -> tuple[Objection, ...]:  # fmt: skip
    """What visitors would lose: failures of the access and egress checks that the move brings."""
    before = live or live_check(problem.level, layout, problem.programme, access=access)
    if any(z.use == "staff" for i in own for z in i.clear_zones):
        there = replace(layout, items=_exchanged(layout, moved), staff=_staff_with(layout, own, moved))
        after = live_check(problem.level, there, problem.programme, access=before.access, egress=before.egress)
    else:
        after = before.moved(*moved)
    return tuple(_told(f) for f in after.news(before).failing if f.code in TOLD)


def _exchanged(layout: LevelLayout, moved: list[Item]) -> tuple[Item, ...]:
    new = {i.id: i for i in moved}
    return tuple(new.get(i.id, i) for i in layout.items)


def _staff_with(layout: LevelLayout, own: list[Item], moved: list[Item]) -> tuple[Polygon, ...]:
    """The staff's areas with the module's own carried along."""
    areas = union(polygon_shape(p) for p in layout.staff)
    return to_polygons(areas.difference(_staff_ground(own)).union(_staff_ground(moved)))


def _staff_ground(items: list[Item]) -> BaseGeometry:
    return union(ring_shape(z.polygon) for i in items for z in i.clear_zones if z.use == "staff")


def _told(finding: Finding) -> Objection:
    told: dict[str, Value] = {
        "where": ", ".join(finding.where), "unit": finding.unit, "profile": finding.profile,
        "measured": finding.measured if finding.measured is not None else "-",
        "required": finding.required if finding.required is not None else "-",
    }  # fmt: skip
    return Objection(code=finding.code, values=told | dict(finding.values), witness=finding.witness)
