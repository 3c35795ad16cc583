"""Is the drawn floor sound? Solids, clear zones, spine, staff and public floor, and who can reach what, measured by shapely."""

from __future__ import annotations

from collections.abc import Iterator
from math import pi

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, parts, polygon_shape, union
from layouts.layout import Item, LevelLayout
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level
from layouts.plan import Polygon as Area
from layouts.screening import SCREEN
from layouts.walkable import PARKED, aprons, component_at, erode, level_floor
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]
GRACE_MM = 2.0  # whole millimetres on slanted walls, and the raster's own millimetre
OPEN_USES = ("customer", "front", "turning", "access")  # zones that people must be able to stand in
REACHED_USES = ("customer", "front", "access")
LEAST_MM2 = 1.0
STAFF_WAY_MM = 900
PARTED_MM = 50  # staff and public floor lie at least this far apart: a partition or a desk stands between
SEAM_MM = 110  # a partition's thickness and some grace
SPLINTER_MM = 10  # gaps narrower than two of these are drawing, not floor
AT_DOOR_MM = 500  # the spine ends no farther than this from its door
CORRIDOR_KINDS = ("back_office", "staff_room", "staff_suite")  # open rooms: staff walk in them, not past them


def _layout(placement: Placement) -> LevelLayout:
    assert placement.layout is not None
    return placement.layout.levels[0]


def _shrunk(shape: BaseGeometry) -> BaseGeometry:
    return shape.buffer(-GRACE_MM / 2, join_style="mitre")


def _solids(placement: Placement) -> list[Item]:
    return [i for i in _layout(placement).items if i.solid]


def _in_the_way(placement: Placement) -> list[Item]:
    """Solids, and wheelchair bays: nobody walks or turns where somebody may wait."""
    return [i for i in _layout(placement).items if i.solid or i.kind in PARKED]


def solids_disjoint(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """No two solid things share floor, nor does anything stand on a wheelchair bay; partitions may meet at corners."""
    items = [i for i in _layout(placement).items if i.solid or i.kind == "wheelchair_bay"]
    shapes = [_shrunk(Polygon(i.polygon)) for i in items]
    for a, b in shapely.STRtree(shapes).query(shapes, predicate="intersects").T:
        shared = shapes[a].intersection(shapes[b]).area
        if a < b and shared > LEAST_MM2 and not items[a].kind == items[b].kind == "partition":
            yield f"{items[a].id}, {items[b].id}", shared / 1e6, 0.0, "m2"


def solids_on_floor(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Everything stands inside the outline and off obstacles, solid things off columns too; open staff rooms may hold them."""
    whole = Polygon(problem.level.outline, problem.level.holes).buffer(GRACE_MM)
    obstacles = union(Polygon(o.outline) for o in problem.level.obstacles)
    columns = union(Polygon(c.outline) for c in problem.level.columns)
    for item in _layout(placement).items:
        if item.space is not None:
            continue  # a room that stands: see check_hall
        shape = _shrunk(Polygon(item.polygon))
        off = shape.difference(whole).area + shape.intersection(obstacles).area
        if item.solid or item.kind == "wheelchair_bay":
            off += shape.intersection(columns).area
        if off > LEAST_MM2 and item.kind != "partition":
            yield item.id, off / 1e6, 0.0, "m2"


def spine_free(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """The spine's full width is floor, with no column, no bay and nothing solid on it but screening, from an entrance to an
    exit."""
    band = _spine_band(placement)
    outside = _shrunk(band).difference(level_floor(problem.level).buffer(GRACE_MM)).area
    if outside > LEAST_MM2:
        yield "spine", outside / 1e6, 0.0, "m2"
    for item in _in_the_way(placement):
        if item.kind == SCREEN:
            continue  # screening stands across it, with gates: see `screening_parts`
        shared = _shrunk(Polygon(item.polygon)).intersection(band).area
        if shared > LEAST_MM2:
            yield item.id, shared / 1e6, 0.0, "m2"
    yield from _ends(problem.level, placement)


def _spine_band(placement: Placement) -> BaseGeometry:
    assert placement.spine is not None
    line = LineString([(x * 100, y * 100) for x, y in placement.spine.points])
    return line.buffer(placement.spine.width_dm * 50, cap_style="square", join_style="mitre")


def _ends(level: Level, placement: Placement) -> Iterator[Breach]:
    assert placement.spine is not None
    half, points = placement.spine.width_dm * 50, placement.spine.points
    for uses, (x, y) in ((ENTRANCE_USES, points[0]), (EXIT_USES, points[-1])):
        square = Point(x * 100, y * 100).buffer(half, cap_style="square")
        far = min((square.distance(LineString([d.p, d.q])) for d in level.doors if d.use in uses), default=float("inf"))
        if far > AT_DOOR_MM:
            yield uses[0], far, float(AT_DOOR_MM), "mm"


def zones_free(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Clear zones lie on the floor, off columns, and neither solid nor bay stands in them; a circle fits where wheelchairs
    turn."""
    floor = level_floor(problem.level).buffer(GRACE_MM)
    solids = _in_the_way(placement)
    shapes = [_shrunk(Polygon(i.polygon)) for i in solids]
    tree = shapely.STRtree(shapes)
    for item in _layout(placement).items:
        for zone in item.clear_zones:
            if zone.use not in OPEN_USES:
                continue
            ground = _shrunk(_ground(zone.use, Polygon(zone.polygon), problem.programme.rules.turning_mm))
            off = ground.difference(floor).area
            if off > LEAST_MM2:
                yield f"{item.id}: {zone.use}", off / 1e6, 0.0, "m2"
            for k in tree.query(ground, predicate="intersects"):
                shared = ground.intersection(shapes[k]).area
                if shared > LEAST_MM2:
                    yield f"{item.id}: {zone.use}, {solids[k].id}", shared / 1e6, 0.0, "m2"


def zones_on_their_floor(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Visitors' zones hold no staff floor, and the floor behind desks none of the public's."""
    public, staff = _floors(placement)
    for item in _layout(placement).items:
        for zone in item.clear_zones:
            if zone.use not in (*OPEN_USES, "staff"):
                continue
            others = public if zone.use == "staff" else staff
            shared = _shrunk(Polygon(zone.polygon)).intersection(others).area
            if shared > LEAST_MM2:
                yield f"{item.id}: {zone.use}", shared / 1e6, 0.0, "m2"


def _ground(use: str, zone: Polygon, turning_mm: int) -> BaseGeometry:
    """A turning zone is a circle of the profile's diameter in its square; every other zone all of its floor."""
    return zone.centroid.buffer(turning_mm / 2) if use == "turning" else zone


def floors_disjoint(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Staff and public floor lie on the level's floor and share nothing."""
    public, staff = _floors(placement)
    floor = level_floor(problem.level).buffer(GRACE_MM)
    for name, ground in (("public", public), ("staff", staff)):
        outside = _shrunk(ground).difference(floor).area
        if outside > LEAST_MM2:
            yield name, outside / 1e6, 0.0, "m2"
    shared = _shrunk(public).intersection(_shrunk(staff)).area
    if shared > LEAST_MM2:
        yield "public, staff", shared / 1e6, 0.0, "m2"


def floors_parted(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Nothing solid counts as floor, and wherever staff and public floor meet a desk, partition or gate stands between."""
    public, staff = _floors(placement)
    solids = union(_shrunk(Polygon(i.polygon)) for i in _solids(placement))
    for name, ground in (("public", public), ("staff", staff)):
        covered = _shrunk(ground).intersection(solids).area
        if covered > LEAST_MM2:
            yield name, covered / 1e6, 0.0, "m2"
    near = public.buffer(PARTED_MM).intersection(_shrunk(staff))
    for gap in parts(near):
        if gap.area > pi / 2 * PARTED_MM * PARTED_MM:  # partitions that meet at a corner leave less than half a disc
            yield _at(gap), gap.distance(public), float(PARTED_MM), "mm"
    for gap in parts(_open_seam(problem.level, placement, public, staff)):
        yield _at(gap), gap.area / 1e6, 0.0, "m2"


def _open_seam(level: Level, placement: Placement, public: BaseGeometry, staff: BaseGeometry) -> BaseGeometry:
    """Floor between staff and public, less than a partition apart, on which neither a solid nor a gate stands."""
    near = (floor.buffer(SEAM_MM, join_style="mitre") for floor in (public, staff))
    seam = shapely.intersection_all(list(near)).intersection(level_floor(level)).difference(union([public, staff]))
    closed = union(Polygon(i.polygon) for i in _layout(placement).items if i.solid or i.kind == "staff_gate")
    return seam.difference(closed).buffer(-SPLINTER_MM).buffer(SPLINTER_MM)


def _at(gap: BaseGeometry) -> str:
    x, y = gap.representative_point().coords[0]
    return f"{round(x)},{round(y)}"


def _floors(placement: Placement) -> tuple[BaseGeometry, BaseGeometry]:
    return _floor(_layout(placement).public), _floor(_layout(placement).staff)


def _floor(areas: tuple[Area, ...]) -> BaseGeometry:
    return union(polygon_shape(a) for a in areas)


def public_reached(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """From an entrance a disc as wide as the route can go to every front, bay and exit, and staff 0.9 m wide to islands, while
    somebody waits in every bay."""
    level, clear = problem.level, problem.programme.rules.clear_width_mm
    bays = union(Polygon(i.polygon) for i in _layout(placement).items if i.kind in PARKED)
    public = _floor(_layout(placement).public).difference(bays)
    walked = union([public, aprons(level, (*ENTRANCE_USES, *EXIT_USES), clear)])
    ways = union([walked.buffer(1).buffer(-1)])
    reach = _from_doors(level, ways, ENTRANCE_USES, clear)
    on_foot = {"access": _from_doors(level, ways, ENTRANCE_USES, STAFF_WAY_MM)}
    for door in level.doors:
        if door.use in EXIT_USES and reach.distance(Point(door_middle(door))) > clear / 2:
            yield door.id, 0.0, float(clear), "mm"
    for item in _layout(placement).items:
        for zone in item.clear_zones:
            if zone.use in REACHED_USES and not on_foot.get(zone.use, reach).intersects(Polygon(zone.polygon)):
                yield f"{item.id}: {zone.use}", 0.0, float(STAFF_WAY_MM if zone.use in on_foot else clear), "mm"
        if item.kind == "wheelchair_bay" and reach.distance(Polygon(item.polygon)) > clear / 2 + GRACE_MM:
            yield item.id, reach.distance(Polygon(item.polygon)), clear / 2, "mm"


def _from_doors(level: Level, floor: BaseGeometry, uses: tuple[str, ...], clear: float) -> BaseGeometry:
    """The floor a disc `clear` wide can walk to from any door of these uses."""
    eroded = erode(floor, clear)
    return union(component_at(eroded, door_middle(d), within_mm=clear / 2) for d in level.doors if d.use in uses)


def staff_reached(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """From a staff door staff can walk, 0.9 m wide and on staff floor, behind every desk and to every staff room."""
    level, layout = problem.level, _layout(placement)
    ways = union([_floor(layout.staff), aprons(level, ("staff",), STAFF_WAY_MM)]).buffer(1).buffer(-1)
    reach = _from_doors(level, ways, ("staff",), STAFF_WAY_MM)
    rooms = {r.id: r for r in problem.programme.rooms if r.side == "staff"}
    for item in layout.items:
        for zone in item.clear_zones:
            if zone.use == "staff" and not reach.intersects(Polygon(zone.polygon)):
                yield f"{item.id}: {zone.use}", 0.0, float(STAFF_WAY_MM), "mm"
        if item.bank in rooms and item.space is None:
            near = 0.0 if item.kind in CORRIDOR_KINDS else STAFF_WAY_MM / 2 + GRACE_MM
            if reach.distance(Polygon(item.polygon)) > near:
                yield item.id, 0.0, float(STAFF_WAY_MM), "mm"


FLOOR_CHECKS = {
    "placement_check.solids_disjoint": solids_disjoint,
    "placement_check.solids_on_floor": solids_on_floor,
    "placement_check.spine_free": spine_free,
    "placement_check.zones_free": zones_free,
    "placement_check.zones_on_their_floor": zones_on_their_floor,
    "placement_check.floors_disjoint": floors_disjoint,
    "placement_check.floors_parted": floors_parted,
    "placement_check.public_reached": public_reached,
    "placement_check.staff_reached": staff_reached,
}
