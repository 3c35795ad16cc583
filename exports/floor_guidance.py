"""What leads people through the hall: standing queues before desks, the tactile way to the welcome desk, signs.

All of it is drawn only: belts, floor marks and hanging signs are no items of the layout and stand in nobody's way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from exports.drawing import Circle, Line, Polyline, Shape, Text, Xy, turned
from exports.floor_building import towards_hall
from exports.floor_marks import bank_letters, banks_of
from exports.floor_queues import LANE_MM, QUEUE, draw_queues
from exports.floor_shapes import between, outlines, readable_angle, shift
from exports.item_boxes import local, size_of
from exports.room_shells import room_doors
from exports.words import say
from layouts.layout import Item, LevelLayout
from layouts.plan import Door, Level
from layouts.screening import BYPASS
from layouts.upwards import leads_to
from layouts.walkable import bay_ground

TACTILE, SIGN = "G-PATH-TACT-N", "A-ANNO-SIGN-N"
# Guidance strip and attention field: planning default after ISO 23599 (from memory), 600 kept free on either side.
STRIP_MM, FIELD_MM, SIDE_MM = 300.0, 600.0, 600.0
OFF_BELTS_MM = 100.0  # seats stand clear of belts and their posts
LANDING_MM = 1500.0  # a wheelchair turns there
STEP_MM = 250
FEW_WAYS = 6
NOWHERE = shapely.Polygon()
SIGN_TEXT_MM = 170.0
CLEAR_OF_LEAF_MM = 60.0
BESIDE_DOOR_MM = 1500.0  # from the left end of a room's front, just past its door


def draw_guidance(level: Level, layout: LevelLayout, language: str) -> list[Shape]:
    """Queues, the tactile way and signs of one level."""
    queues = _queues(level, layout)
    return [*queues, *_tactile(level, layout, _floor(layout), ground_of(queues)), *_signs(level, layout, language)]


def queued_floor(level: Level, layout: LevelLayout) -> BaseGeometry:
    """The floor on which people stand in line, as it is drawn."""
    return ground_of(_queues(level, layout))


def _queues(level: Level, layout: LevelLayout) -> list[Shape]:
    seats = [shapely.Polygon(i.polygon) for i in layout.items if i.kind == "seat"]
    beside = unary_union(seats).buffer(OFF_BELTS_MM, join_style="mitre")
    return list(draw_queues(layout, _floor(layout).difference(unary_union([_landings(level), beside]))))


def ground_of(shapes: Sequence[Shape]) -> BaseGeometry:
    """The floor on which people queue, by what is drawn: from the lines that they wait at to the last of them."""
    lanes: dict[str, list[Xy]] = {}
    for one in shapes:
        if one.layer != QUEUE:
            continue
        points = (one.a, one.b) if isinstance(one, Line) else (one.centre,) if isinstance(one, Circle) else ()
        lanes.setdefault(one.id, []).extend(points)
    return unary_union([shapely.MultiPoint(points).convex_hull.buffer(1) for points in lanes.values() if points])


def _floor(layout: LevelLayout) -> BaseGeometry:
    """Public floor without what stands on it."""
    public = unary_union([shapely.Polygon(z.outer, z.holes) for z in layout.public])
    return public.difference(unary_union([shapely.Polygon(i.polygon) for i in layout.items if i.solid]))


def _landings(level: Level) -> BaseGeometry:
    """The floor inside the doors, where people come in and leaves may swing: nobody waits there."""
    found = []
    for door in level.doors:
        n, deep = towards_hall(door, level), max(LANDING_MM, door.clear_mm)
        found.append(shapely.Polygon([door.p, door.q, shift(door.q, n, deep), shift(door.p, n, deep)]))
    return unary_union(found)


def _tactile(level: Level, layout: LevelLayout, floor: BaseGeometry, queued: BaseGeometry) -> Iterator[Shape]:
    """The guidance strip from every entrance to the welcome desk, past those who queue there where that can be, and past
    wheelchair bays; nothing where no straight-angled way keeps clear."""
    doors = [d for d in level.doors if d.use in ("entrance", "entrance_exit")]
    desks = [i for i in layout.items if i.kind == "reception"]
    free = floor.difference(bay_ground(layout.items)).buffer(1)
    shapely.prepare(free)
    gates = [i for i in layout.items if i.kind == BYPASS]
    for door in doors:
        ways = [way for desk in desks if (way := tactile_way(door, level, desk, free, queued, gates))]
        if ways:
            yield from _strips(min(ways, key=lambda w: (_among(w, queued), w.length)))


def _strips(way: shapely.LineString) -> Iterator[Shape]:
    strip = way.buffer(STRIP_MM / 2, cap_style="flat", join_style="mitre")
    fields = [shapely.Point(p).buffer(FIELD_MM / 2, cap_style="square") for p in way.coords]
    # The strip ends at each field: fields say "attend", strips say "walk on".
    yield Polyline(layer=TACTILE, kind="tactile_way", points=tuple((round(x, 1), round(y, 1)) for x, y in way.coords))
    yield from outlines(strip.difference(unary_union(fields)), TACTILE, "tactile")
    for field in fields:
        yield from outlines(field, TACTILE, "tactile_field")


def tactile_way(
    door: Door, level: Level, desk: Item, free: BaseGeometry, queued: BaseGeometry = NOWHERE, gates: Sequence[Item] = ()
) -> shapely.LineString | None:
    """The shortest way of at most two right-angled bends, 600 mm clear on both sides, from the door to the desk's front: to its
    middle, or beside those who queue before that. Through a screening's bypass there may be two before and two behind it."""
    beside = (LANE_MM + FIELD_MM) / 2 + 50
    goals = [turned((x, -SIDE_MM), desk.insert_mm, desk.rotation_deg) for x in (0.0, -beside, beside)]
    n = towards_hall(door, level)
    start = shift(between(door.p, door.q), n, SIDE_MM + 100)
    ways = [w for goal in goals for w in _ways_to(goal, start, n, free)]
    ways += [w for gate in gates for w in _ways_through(gate, goals, start, n, free)]
    # Past the queue first; then fewest bends, then shortest: every bend is one more thing to find with a stick.
    return min(ways, key=lambda w: (_among(w, queued), len(w.coords), round(w.length), w.coords[1]), default=None)


def _among(way: shapely.LineString, queued: BaseGeometry) -> int:
    """Square decimetres of the strip and its last field on floor where people queue."""
    field = shapely.Point(way.coords[-1]).buffer(FIELD_MM / 2, cap_style="square")
    strip = unary_union([way.buffer(STRIP_MM / 2, cap_style="flat", join_style="mitre"), field])
    return math.ceil(float(strip.intersection(queued).area) / 10_000 - 1e-3)


def _ways_through(gate: Item, goals: Sequence[Xy], start: Xy, n: Xy, free: BaseGeometry) -> list[shapely.LineString]:
    """The ways that lead through a gate: to its middle, and on from there."""
    _, deep = size_of(gate)
    on = turned((0.0, 1.0), (0.0, 0.0), gate.rotation_deg)
    before, behind = shift(gate.insert_mm, on, -SIDE_MM), shift(gate.insert_mm, on, deep + SIDE_MM)
    there, back = _ways_to(before, start, n, free), [w for goal in goals for w in _ways_to(goal, behind, on, free)]
    found = [_way(*one.coords, *other.coords) for one in _simplest(there) for other in _simplest(back)]
    return [w for w in found if free.covers(w.buffer(SIDE_MM - 5, cap_style="flat", join_style="mitre"))]


def _simplest(ways: Sequence[shapely.LineString]) -> list[shapely.LineString]:
    """A few ways of fewest bends, the shortest first."""
    return sorted(ways, key=lambda w: (len(w.coords), round(w.length), w.coords[1]))[:FEW_WAYS]


def _ways_to(goal: Xy, start: Xy, n: Xy, free: BaseGeometry) -> list[shapely.LineString]:
    """The ways from a place where one walks the way of `n` to another that keep clear of what stands."""
    side = (-n[1], n[0])
    ahead = (goal[0] - start[0]) * n[0] + (goal[1] - start[1]) * n[1]
    across = (goal[0] - start[0]) * side[0] + (goal[1] - start[1]) * side[1]
    found: list[shapely.LineString] = []
    for stop in range(0, max(1, math.ceil(ahead)), STEP_MM):
        turn = shift(start, n, stop)
        found.append(_way(start, turn, shift(turn, side, across), goal))
    for aside in range(STEP_MM, math.ceil(abs(across)), STEP_MM):
        turn = shift(start, side, math.copysign(aside, across))
        found.append(_way(start, turn, shift(turn, n, ahead), goal))
    found.append(_way(start, shift(start, n, ahead), goal))
    return [w for w in found if free.covers(w.buffer(SIDE_MM - 5, cap_style="flat", join_style="mitre"))]


def _way(*points: Xy) -> shapely.LineString:
    kept = [points[0]]
    for point in points[1:]:
        if math.dist(point, kept[-1]) > 1:
            kept.append(point)
    return shapely.LineString(kept if len(kept) > 1 else [points[0], shift(points[0], (1.0, 0.0), 1.0)]).simplify(0.5)


def _signs(level: Level, layout: LevelLayout, language: str) -> Iterator[Shape]:
    """Hung signs: over entrance and exit inside, at a lift, before toilets, over each bank its letter as on the tickets."""
    for door in level.doors:
        if door.use in ("entrance", "exit", "entrance_exit"):
            at = shift(between(door.p, door.q), towards_hall(door, level), 350)
            code = "drawing.sign.information" if door.use == "entrance" else "drawing.sign.exit"
            if leads_to(level, door) == "lift":  # nobody is led out by it
                code = "drawing.sign.lift"
            turn = readable_angle(math.degrees(math.atan2(door.q[1] - door.p[1], door.q[0] - door.p[0])))
            yield from _sign(door.id, at, say(code, {}, language), turn)
    for item in layout.items:
        if item.kind in ("toilets", "toilet_accessible"):
            word = say("drawing.sign.toilets", {}, language)
            at = turned((_off_leaves(item, _half_board(word)), -250.0), item.insert_mm, item.rotation_deg)
            yield from _sign(item.id, at, word, readable_angle(item.rotation_deg))
    letters = bank_letters(layout.items)
    for bank, counters in banks_of(layout.items).items():
        lead = counters[0]
        if bank in letters:
            half = max(abs(local(c.insert_mm, lead)[0]) for c in counters) / 2
            middle = between(lead.insert_mm, counters[-1].insert_mm)
            at = turned((min(900.0, half), -350.0), middle, lead.rotation_deg)
            yield from _sign(bank, at, letters[bank], readable_angle(lead.rotation_deg))


def _off_leaves(item: Item, board: float) -> float:
    """Where along a room's front a sign is read whichever door stands open: just past the first door, or beside the leaves that
    open to the hall."""
    half = size_of(item)[0] / 2
    wanted = min(half - 250, BESIDE_DOOR_MM - half)
    leaves = [] if item.space else [d for d in room_doors(item) if d.out]
    kept = [d.clear_mm / 2 + board + CLEAR_OF_LEAF_MM for d in leaves]
    places = [wanted, *(d.middle[0] + side * off for d, off in zip(leaves, kept, strict=True) for side in (-1, 1))]
    free = [
        x for x in places
        if abs(x) <= half - board and all(abs(x - d.middle[0]) >= off - 1 for d, off in zip(leaves, kept, strict=True))
    ]  # fmt: skip
    return min(free, key=lambda x: abs(x - wanted), default=wanted)


def _half_board(word: str) -> float:
    return max(200.0, SIGN_TEXT_MM * 0.42 * len(word) + 90)


def _sign(id: str, at: Xy, word: str, turn: float) -> Iterator[Shape]:
    """A board with its word, as wide as the word asks."""
    half = _half_board(word)
    ring = tuple(turned(p, at, turn) for p in ((-half, -160.0), (half, -160.0), (half, 160.0), (-half, 160.0)))
    yield Polyline(layer=SIGN, kind="sign_board", id=id, points=ring, closed=True)
    yield Text(layer=SIGN, kind="sign", id=id, at=at, lines=(word,), height=SIGN_TEXT_MM, rotation_deg=turn, bold=True)
