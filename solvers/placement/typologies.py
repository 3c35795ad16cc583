"""Typologies: walls built into a deep hall so that counters stand near the visitors' way, not only along the perimeter.

perimeter : nothing is built.
core      : a wall along the spine, as far off it as the deepest bank; it is tied to the hall's wall beside a staff door, so
            that the staff's corridor runs round it and both its faces carry banks.
comb      : walls from the hall's wall towards the spine, banks on both faces of each tooth.
one_core, one_comb : the same on one side of the spine only; the other keeps its depth for deep rooms.

Each is a polygon edit of the level made before anything else is prepared: what stands against a wall is wall too
(see baselines.walls_of), so arcs, corridors, modes, drawing and check need not know of typologies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil, dist, floor

from shapely.geometry import Polygon, box

from layouts.layout import Item, Layout
from layouts.plan import Door, Level, Obstacle
from solvers.placement.baselines import walls_of
from solvers.placement.modules import Inside, bank_insides, dm
from solvers.placement.problem import DM, PlacementProblem, Pose, SpineLine
from solvers.placement.raster import floor_polygon
from solvers.placement.round_walls import BUILT

THICK = 2  # dm: a built wall
BACK_DM = 2  # dm by which a module's back may lie off its wall
LEAST = 100  # dm: shorter walls are not worth building
BESIDE_DOOR = 3  # dm between a staff door and the wall that is tied to the hall beside it
FRONT = 20  # dm between a tooth and the spine
SHIFTS = range(0, 41, 2)  # dm that a built wall may be moved so that columns leave the corridors along it free
STAFF_WAY = 11  # dm that staff need between a built wall and a column

Bar = tuple[int, int, int, int]  # along low, across low, along high, across high (dm)


@dataclass(frozen=True, slots=True)
class Typology:
    """A way to build: its name and the walls it adds to the level."""

    name: str
    blocks: tuple[Obstacle, ...] = ()


PERIMETER = Typology("perimeter")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a straight stretch of spine: its axis, the way off it, where its edge is, and the hall's extent along it."""

    axis: str
    away: int
    edge: int
    low: int
    high: int

    def ring(self, bar: Bar) -> Polygon:
        u0, v0, u1, v1 = bar
        u0, u1, v0, v1 = min(u0, u1), max(u0, u1), min(v0, v1), max(v0, v1)
        corners = (u0, v0, u1, v1) if self.axis == "x" else (v0, u0, v1, u1)
        return box(*(c * DM for c in corners))

    def seen(self, p: tuple[int, int]) -> tuple[float, float]:
        """A point of the plan (mm) as (along, across), dm."""
        return (p[0] / DM, p[1] / DM) if self.axis == "x" else (p[1] / DM, p[0] / DM)


@dataclass(frozen=True, slots=True)
class _Kit:
    """What walls on one side are built by: the deepest bank's depth, what the public needs between a wall along the spine and
    the ends of the hall (it passes a bank there), the staff corridor's depth, columns, and what banks can be."""

    side: _Side
    depth: int
    margin: int
    strip: int
    columns: list[Bar]
    banks: tuple[tuple[Inside, ...], ...]

    def carries(self, a: int, b: int, low: int, high: int, across: int) -> int:
        """How many banks the faces a and b of a wall carry with all columns in a staff strip or among seats."""
        met = [c for c in self.columns if c[1 - across] < high and c[3 - across] > low]
        faces = [
            [sorted((way * (c[across] - at), way * (c[across + 2] - at))) for c in met]
            for at, way in ((max(a, b), 1), (min(a, b), -1))
        ]
        return sum(any(_lives(inside, columns) for inside in bank) for columns in faces for bank in self.banks)

    def round_its_end(self, a: int, b: int, end: int, way: int, along: int) -> int:
        """The free end of a wall between the faces a and b, drawn back until columns leave staff a way round it; where it is
        where none of the ends does. `way`: the direction out of the wall, in the coordinate `along`."""
        ends = range(end, end - way * (SHIFTS[-1] + 1), -way)
        low, high = min(a, b), max(a, b)
        return next((e for e in ends if all(self._leaves_a_way(c, low, high, e, way, along) for c in self.columns)), end)

    def _leaves_a_way(self, column: Bar, low: int, high: int, end: int, way: int, along: int) -> bool:
        """Can staff pass between a column and the end of the wall, beside it, or round it within their strip?"""
        near, far = sorted((way * (column[along] - end), way * (column[along + 2] - end)))
        beside = max(column[1 - along] - high, low - column[3 - along])
        if far <= 0 or near >= self.strip:
            return True
        return beside >= STAFF_WAY or near >= STAFF_WAY or self.strip - far >= STAFF_WAY


def _lives(inside: Inside, columns: list[list[int]]) -> bool:
    """Does every column (near and far off the wall) lie beyond a module or in a layer that can live with it?"""
    return all(
        far <= 0 or near >= inside.full[1] or any(low <= near and far <= high for low, high in inside.columns_allowed)
        for near, far in columns
    )


def as_built(problem: PlacementProblem, blocks: tuple[Obstacle, ...]) -> PlacementProblem:
    """The problem on the level with the walls of a typology."""
    if not blocks:
        return problem
    return replace(problem, level=replace(problem.level, obstacles=(*problem.level.obstacles, *blocks)))


def with_built_walls(layout: Layout, blocks: tuple[Obstacle, ...]) -> Layout:
    """The layout with its built walls as partitions among its items."""
    items = tuple(
        Item(id=block.id, kind="partition", polygon=block.outline, insert_mm=block.outline[0], rotation_deg=0.0)
        for block in blocks
    )
    if not items:
        return layout
    level, *others = layout.levels
    return Layout(levels=(replace(level, items=(*level.items, *items)), *others))


def at_no_wall(level: Level, poses: tuple[Pose, ...]) -> tuple[Pose, ...]:
    """Those of an earlier answer's modules whose backs stand at no wall of the level, as they were before a typology built any:
    walls are numbered anew with what is built, so that names do not tell. Modules beside the spine have no wall anyway."""
    walls = [(w.axis(), (w.ax, w.ay), (w.bx, w.by)) for w in walls_of(level)]

    def stands(pose: Pose) -> bool:
        along, across = (0, 1) if pose.axis == "x" else (1, 0)
        return any(
            axis == pose.axis and abs(a[across] - pose.back_dm) <= BACK_DM
            and min(a[along], b[along]) - BACK_DM <= pose.u_dm
            and pose.u_dm + pose.length_dm <= max(a[along], b[along]) + BACK_DM
            for axis, a, b in walls
        )  # fmt: skip

    slanted = any(axis is None for axis, *_ in walls)
    return () if slanted else tuple(p for p in poses if p.baseline.startswith("w") and not stands(p))


def typologies_for(problem: PlacementProblem, spine: SpineLine) -> tuple[Typology, ...]:
    """The typologies beyond the perimeter that a hall is deep enough for, beside one spine, whatever is pinned."""
    return _typologies(replace(problem, pins=()), spine)


@lru_cache(maxsize=64)
def _typologies(problem: PlacementProblem, spine: SpineLine) -> tuple[Typology, ...]:
    level, rules = problem.level, problem.programme.rules
    insides = (tuple(i for i in bank_insides(b, rules) if i.setback == 0 and not i.across) for b in problem.programme.banks)
    banks = tuple(one for one in insides if one)
    if not banks:
        return ()
    depth, strip = max(min(i.full[1] for i in one) for one in banks), dm(rules.staff_corridor_mm)
    hall = floor_polygon(level)
    aisle_end = max(i.waiting[0] if i.waiting else i.full[1] for one in banks for i in one)
    margin = aisle_end + strip + dm(rules.clear_width_mm)
    kits = [_Kit(side, depth, margin, strip, _columns(level, side), banks) for side in _sides(level, spine)]
    found = []
    for name, build in (("core", _core), ("comb", _comb)):
        on_sides = [[wall for door in level.doors if door.use == "staff" for wall in build(kit, door)] for kit in kits]
        kinds = [(name, [wall for walls in on_sides for wall in walls])]
        if all(on_sides):
            kinds += [(f"one_{name}", walls) for walls in on_sides]
        for kind, walls in kinds:
            blocks = _blocks(hall, walls, kind)
            if blocks:
                found.append(Typology(kind, blocks))
    return tuple(found)


def _sides(level: Level, spine: SpineLine) -> Iterator[_Side]:
    """Both sides of the longest straight stretch of the spine."""
    a, b = max(pairwise(spine.points), key=lambda ends: dist(*ends))
    axis = "x" if a[1] == b[1] else "y"
    xs, ys = [x // DM for x, _ in level.outline], [y // DM for _, y in level.outline]
    low, high = (min(xs), max(xs)) if axis == "x" else (min(ys), max(ys))
    centre, half = (a[1] if axis == "x" else a[0]), spine.width_dm // 2
    for away in (1, -1):
        yield _Side(axis, away, centre + away * half, low, high)


def _columns(level: Level, side: _Side) -> list[Bar]:
    """The columns' bounding boxes as seen along the side."""
    found = []
    for column in level.columns:
        us, vs = zip(*(side.seen(p) for p in column.outline))
        found.append((floor(min(us)), floor(min(vs)), ceil(max(us)), ceil(max(vs))))
    return found


def _core(kit: _Kit, door: Door) -> Iterator[Polygon]:
    """The wall along the spine, and its tie to the hall's wall beside a staff door.

    It stands as near the spine as banks fit, or farther where columns then fall into staff strips and among seats.
    """
    side, strip, columns = kit.side, kit.strip, kit.columns
    (u, v), (u2, v2) = side.seen(door.p), side.seen(door.q)
    low, high = side.low + kit.margin, side.high - kit.margin
    faces = [side.edge + side.away * (kit.depth + shift) for shift in SHIFTS]
    faces = [f for f in faces if _off_columns(f, f + side.away * THICK, low, high, columns, strip, 1)]
    if not faces or high - low < LEAST:
        return
    face = max(faces, key=lambda f: (kit.carries(f, f + side.away * THICK, low, high, 1), -abs(f - side.edge)))
    behind = face + side.away * THICK
    low, high = kit.round_its_end(face, behind, low, -1, 0), kit.round_its_end(face, behind, high, 1, 0)
    off = min(side.away * (v - behind), side.away * (v2 - behind))
    if high - low < LEAST:
        return
    if abs(v - v2) < 1 and off >= 2 * strip + THICK:  # the door's wall runs along the spine
        after, before = round(max(u, u2)) + BESIDE_DOOR, round(min(u, u2)) - BESIDE_DOOR - THICK
        ties = [t for t in range(low, high - THICK) if not before < t < after]
        ties.sort(key=lambda t: (min(abs(t - after), abs(t - before)), t))
        start, end = sorted((behind, round(v)))
        at = next((t for t in ties if _off_columns(t, t + THICK, start, end, columns, strip, 0)), None)
        if at is not None:
            yield side.ring((low, face, high, behind))
            yield side.ring((at, behind, at + THICK, round(v) + side.away))
    elif abs(u - u2) < 1 and off > BESIDE_DOOR:  # the door is in an end wall
        ends = (side.low - 1, high) if u < (side.low + side.high) / 2 else (low, side.high + 1)
        yield side.ring((ends[0], face, ends[1], behind))


def _comb(kit: _Kit, door: Door) -> Iterator[Polygon]:
    """Teeth from the door's wall towards the spine, at least as far apart as two banks that share their aisle."""
    side, depth = kit.side, kit.depth
    (u, v), (u2, v2) = side.seen(door.p), side.seen(door.q)
    if abs(v - v2) >= 1 or side.away * (v - side.edge) < LEAST + FRONT:
        return
    tip = side.edge + side.away * FRONT
    start, end = sorted((tip, round(v)))
    span = (min(u, u2) - BESIDE_DOOR - THICK, max(u, u2) + BESIDE_DOOR)
    teeth: list[int] = []
    free = [
        k for k in range(side.low + depth, side.high - depth + 1)
        if not span[0] < k < span[1] and _off_columns(k, k + THICK, start, end, kit.columns, kit.strip, 0)
    ]  # fmt: skip
    while free:
        near = [k for k in free if k <= free[0] + SHIFTS[-1]]
        teeth.append(max(near, key=lambda k: (kit.carries(k, k + THICK, start, end, 0), -k)))
        free = [k for k in free if k >= teeth[-1] + 2 * depth]
    if len(teeth) > 1:
        for k in teeth:
            yield side.ring((k, kit.round_its_end(k, k + THICK, tip, -side.away, 1), k + THICK, round(v) + side.away))


def _off_columns(a: int, b: int, low: int, high: int, columns: list[Bar], strip: int, across: int) -> bool:
    """Do columns leave staff a way along both faces of a wall between a and b, from low to high along it?

    `across` is 1 for a wall along the spine and 0 for one across it: the coordinate in which its faces lie.
    """
    for column in columns:
        near, far = column[across], column[across + 2]
        if column[1 - across] >= high or column[3 - across] <= low:
            continue
        for face, way in ((max(a, b), 1), (min(a, b), -1)):
            start, end = sorted((way * (near - face), way * (far - face)))
            taken = start < strip and end > 0
            if taken and start < STAFF_WAY and strip - end < STAFF_WAY:
                return False
    return True


def _blocks(hall: Polygon, walls: list[Polygon], name: str) -> tuple[Obstacle, ...]:
    """The walls as obstacles, cut at the hall's own; none where one would stand off the floor."""
    rings = []
    for wall in walls:
        cut = wall.intersection(hall)
        if not isinstance(cut, Polygon) or cut.area < 0.9 * wall.area - DM * DM * THICK * 2:
            return ()
        x0, y0, x1, y1 = (round(c) for c in cut.bounds)
        rings.append(((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
    return tuple(Obstacle(id=f"{name}-{k}", kind=BUILT, outline=ring) for k, ring in enumerate(dict.fromkeys(rings), start=1))
