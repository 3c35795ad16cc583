"""What can be told before any solve: why no layout can exist, or what will be tight, by geometry alone.

Every reason of `impossible` is a proof: no layout of the programme exists on this floor. Those of `tight` are hints.
Sources: Jordan's curve theorem for staff sides (a zone reached from one door lies on one side of the way through), and the
frontage and depth counts of the placement study.
"""

from __future__ import annotations

from itertools import combinations, product
from math import dist

from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.directions import directions, edges, turn_of
from layouts.geometry import door_middle, parts, ring_shape
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level, doors_of_use
from layouts.standing import has_rooms
from layouts.walkable import level_floor
from solvers.placement.baselines import perimeter, staff_arcs, stretches, walls_of
from solvers.placement.check_wishes import ROUNDED_MM, TOUCHING_MM
from solvers.placement.frame import frame_of
from solvers.placement.fullness import fullness
from solvers.placement.halls import halls_for, kept_small, no_hall, unstaffed
from solvers.placement.modules import bank_insides, bank_length
from solvers.placement.problem import DM, PlacementProblem, Pose
from solvers.placement.widest_way import too_narrow
from solvers.placement.wish import Wish

Reason = tuple[str, dict[str, str | int | float]]
ON_WALL_MM = 300  # an outer door's middle may lie this far off the outline
WIDEST_MM = 12_000


def impossible(problem: PlacementProblem) -> tuple[Reason, ...]:
    """Proofs that nothing fits, the plainest first; none found does not mean that something fits."""
    if has_rooms(problem.level):  # doors and widths are those of the hall, and no hall is chosen yet
        of_hall = (*unstaffed(problem), *kept_small(problem)) if halls_for(problem) else no_hall(problem)
        return (*of_hall, *_pins(problem), *_wishes(problem))
    floor = level_floor(problem.level)
    of_floor = (*_pieces(problem, floor), *_too_narrow(problem, floor), *_staff_doors(problem))
    return (*of_floor, *_pins(problem), *_wishes(problem))


def tight(problem: PlacementProblem) -> tuple[Reason, ...]:
    """What will be hard: a hall fuller than any that was laid out, walls that run another way than the axes, one side of the
    way through for all staff, a hall too shallow for rows of seats.
    """
    return (*_fuller(problem), *_turned(problem.level), *_one_side(problem), *_shallow(problem))


def _fuller(problem: PlacementProblem) -> list[Reason]:
    """The programme covers more of the floor than that of any layout drawn so far, and still less than all of it. Rooms that
    stand take modules off the hall's floor: of those buildings nothing is told.
    """
    if problem.hall is not None or has_rooms(problem.level):
        return []
    full = fullness(problem.programme, level_floor(problem.level).area / 1e6)
    return [("placement.fuller_than_drawn", full.told())] if full.is_beyond_all() and full.share() <= 1 else []


def _turned(level: Level) -> list[Reason]:
    """The floor's edges run another way than the axes, to which modules stand square."""
    rows = edges((level.outline, *level.holes))
    if not turn_of(rows):
        return []
    lead = directions(rows)[0]
    return [("placement.turned", {"degrees": round(lead.degrees, 1), "percent": round(100 * lead.share)})]


def _pieces(problem: PlacementProblem, floor: BaseGeometry) -> list[Reason]:
    """Entrance and exit lie on pieces of floor that do not hang together."""
    pieces = [p for p in parts(floor) if p.area > 1e6]
    sides = [doors_of_use(problem.level, uses) for uses in (ENTRANCE_USES, EXIT_USES)]
    ways = [[k for k, p in enumerate(pieces) if _touches(p, doors)] for doors in sides]
    if len(pieces) < 2 or not all(ways) or set(ways[0]) & set(ways[1]):
        return []
    areas = sorted((round(p.area / 1e6, 1) for p in pieces), reverse=True)
    return [("placement.floor_in_pieces", {"pieces": len(pieces), "areas_m2": ", ".join(map(str, areas))})]


def _touches(piece: BaseGeometry, doors: tuple[Door, ...]) -> bool:
    return any(piece.distance(Point(door_middle(d))) <= ON_WALL_MM for d in doors)


def _too_narrow(problem: PlacementProblem, floor: BaseGeometry) -> list[Reason]:
    """The widest disc that can be carried from an entrance to an exit is narrower than the narrowest aisle allowed."""
    least = min(problem.programme.rules.spine_widths_mm)
    if (found := too_narrow(problem.level, floor, least)) is None:
        return []
    width, (x, y) = found
    values: dict[str, str | int | float] = {"width_mm": width, "x_m": round(x / 1000, 1), "y_m": round(y / 1000, 1)}
    return [("placement.way_too_narrow", values | {"least_width_mm": least, "profile": problem.programme.rules.profile})]


def _staff_doors(problem: PlacementProblem) -> list[Reason]:
    """Staff are needed, and no staff door opens on a wall along which even the shortest counter line finds room."""
    banks, level = problem.programme.banks, problem.level
    doors = doors_of_use(level, ("staff",))
    if not banks or not doors:
        return [("placement.no_staff_door", {"level": level.id})] if banks else []
    edge = [ring_shape(level.outline).exterior, *(ring_shape(r).exterior for r in level.holes)]
    edge += [Polygon(o.outline).exterior for o in level.obstacles]
    need = min(bank_length(b, problem.programme.rules) for b in banks) * DM
    offered = {a.id: (a.high - a.low) * DM for a in staff_arcs(level, walls_of(level))}
    found: list[Reason] = []
    for door in doors:
        away = min(e.distance(Point(door_middle(door))) for e in edge)
        if away > ON_WALL_MM:
            found.append(("placement.staff_door_off_wall", {"door": door.id, "away_mm": round(away)}))
        elif offered.get(door.id, need) < need:
            values: dict[str, str | int | float] = {
                "door": door.id, "offered_m": round(max(0.0, offered[door.id]) / 1000, 1), "need_m": round(need / 1000, 1)
            }  # fmt: skip
            found.append(("placement.staff_door_on_no_arc", values))
    return found if len(found) == len(doors) else []


def _pins(problem: PlacementProblem) -> list[Reason]:
    """Two pinned modules that stand on the same ground."""
    boxes = {p.element: _body(problem, p.pose) for p in problem.pins}
    return [
        ("placement.pins_overlap", {"one": a, "other": b, "area_m2": round(boxes[a].intersection(boxes[b]).area / 1e6, 2)})
        for a, b in combinations(boxes, 2)
        if boxes[a].intersection(boxes[b]).area > 10_000
    ]


def _wishes(problem: PlacementProblem) -> list[Reason]:
    """Two modules are wanted nearer one another than they are wanted apart: both are the distance between what stands."""
    here = {m.id for group in (problem.programme.banks, problem.programme.rooms, problem.programme.islands) for m in group}
    of_two = [w for w in problem.wishes if w.kind in ("near", "apart") and here.issuperset(w.modules())]
    found: list[Reason] = []
    for near, apart in product(*([w for w in of_two if w.kind == kind] for kind in ("near", "apart"))):
        least_mm = max(apart.within_m * 1000, TOUCHING_MM)
        if {*near.modules()} == {*apart.modules()} and near.within_m * 1000 + ROUNDED_MM < least_mm - ROUNDED_MM:
            values: dict[str, str | int | float] = {
                "wishes": f"{near.id}, {apart.id}", "module": near.module, "other": near.other,
                "near_m": near.within_m, "apart_m": least_mm / 1000,
            }  # fmt: skip
            found.append(("placement.clash_of_two", values))
    return found + _beyond(problem, [w for w in of_two if w.kind == "apart"])


def _beyond(problem: PlacementProblem, wishes: list[Wish]) -> list[Reason]:
    """Two modules are wanted farther apart than any two points of the floor are."""
    across_mm = max(dist(a, b) for a in problem.level.outline for b in problem.level.outline)
    beyond = [w for w in wishes if w.within_m * 1000 - ROUNDED_MM > across_mm]
    floor_m = round(across_mm / 1000, 1)
    found: list[Reason] = []
    for w in beyond:
        values: dict[str, str | int | float] = {
            "wishes": w.id, "module": w.module, "other": w.other, "apart_m": w.within_m, "floor_m": floor_m,
        }  # fmt: skip
        found.append(("placement.clash_of_floor", values))
    return found


def _body(problem: PlacementProblem, pose: Pose) -> Polygon:
    """The ground that a pinned module covers with solid things for certain: its room, its island or its counter line."""
    rules, frame, length = problem.programme.rules, frame_of(pose), pose.length_dm * DM
    if any(b.id == pose.element for b in problem.programme.banks):
        back = rules.staff_zone_mm + pose.setback_dm * DM
        return Polygon(frame.box(0, 0, length, back + rules.desk_depth_mm))
    return Polygon(frame.box(0, pose.setback_dm * DM, length, (pose.setback_dm + pose.room_depth_dm) * DM))


def _one_side(problem: PlacementProblem) -> list[Reason]:
    """With staff doors on one side of the way through, which leads from end to end, counters stand on that side alone."""
    level, walls = problem.level, walls_of(problem.level)
    sides = stretches(staff_arcs(level, walls))
    need = sum(bank_length(b, problem.programme.rules) for b in problem.programme.banks) / 10
    if len(sides) != 1 or not need:
        return []
    arc = sides[0][0]
    offered = min(arc.high - arc.low, arc.round) / 10
    whole = perimeter(walls) / 10
    if offered >= 0.75 * whole or need < 0.6 * offered:
        return []
    values: dict[str, str | int | float] = {
        "door": ", ".join(each.id for each in sides[0]),
        "offered_m": round(offered, 1), "whole_m": round(whole, 1), "need_m": round(need, 1)
    }  # fmt: skip
    return [("placement.one_side_only", values)]


def _shallow(problem: PlacementProblem) -> list[Reason]:
    """The hall's lesser side is less than the main aisle and a counter line with its seats before it."""
    rules = problem.programme.rules
    depths = [min(i.full[1] for i in bank_insides(b, rules) if i.variant != "across") for b in problem.programme.banks]
    if not depths:
        return []
    need = max(depths) * DM + min(rules.spine_widths_mm)
    box = list(ring_shape(problem.level.outline).minimum_rotated_rectangle.exterior.coords)
    side = min(Point(box[0]).distance(Point(box[1])), Point(box[1]).distance(Point(box[2])))
    if side >= need:
        return []
    return [("placement.too_shallow", {"need_m": round(need / 1000, 1), "offered_m": round(side / 1000, 1)})]
