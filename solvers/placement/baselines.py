"""Baselines: the wall lines and spine edges along which modules slide.

Every wall edge parallel to an axis is one baseline. A slanted wall becomes steps: for each step of half a metre along its
dominant axis a short baseline at the wall's innermost point, so that modules stay square to the grid and the wedge behind
them becomes staff floor. A curve is a few such walls, its facets
(`layouts/facets.py`). World coordinates in dm; `sign` is the direction from the wall into the floor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from shapely.geometry import Polygon
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

from layouts.facets import faceted
from layouts.plan import Door, Level, Ring
from solvers.placement.problem import DM

Box = tuple[int, int, int, int]  # x, y, width, height in dm
MIN_EDGE = 12  # dm: shorter walls carry nothing
JAMB = 4  # dm on both sides of a staff door: no partition stands at its very edge, and a leaf is passed at its latch


@dataclass(frozen=True, slots=True)
class Wall:
    """One edge of the outline: end points in dm (fractions kept), perimeter coordinates of its ends (dm from the start)."""

    index: int
    ax: float
    ay: float
    bx: float
    by: float
    sigma0: float
    sigma1: float

    def axis(self) -> str | None:
        """World axis it runs along, None when slanted."""
        if abs(self.ay - self.by) < 0.5:
            return "x"
        return "y" if abs(self.ax - self.bx) < 0.5 else None

    def dominant(self) -> str:
        return "x" if abs(self.bx - self.ax) >= abs(self.by - self.ay) else "y"

    def sign(self) -> int:
        """Direction, across the dominant axis, from the wall into the floor (the floor is to the left of a -> b)."""
        along = self.bx - self.ax if self.dominant() == "x" else self.by - self.ay
        return (1 if along > 0 else -1) if self.dominant() == "x" else (-1 if along > 0 else 1)

    def span(self) -> tuple[float, float]:
        """Its extent along the dominant axis, low and high."""
        ends = (self.ax, self.bx) if self.dominant() == "x" else (self.ay, self.by)
        return min(ends), max(ends)

    def at(self, u: float) -> float:
        """Its coordinate across the dominant axis at `u` along it."""
        if self.dominant() == "x":
            return self.ay + (self.by - self.ay) * (u - self.ax) / (self.bx - self.ax)
        return self.ax + (self.bx - self.ax) * (u - self.ay) / (self.by - self.ay)

    def sigma(self, u: float) -> float:
        """Perimeter coordinate at `u` along the dominant axis."""
        a, b = (self.ax, self.bx) if self.dominant() == "x" else (self.ay, self.by)
        return self.sigma0 + (self.sigma1 - self.sigma0) * (u - a) / (b - a)


def walls_of(level: Level) -> tuple[Wall, ...]:
    """The edges of the floor's outer ring with perimeter coordinates, in order: what stands against a wall is wall too, and a
    curve is its facets."""
    walls, sigma = [], 0.0
    ring = faceted(_outer_ring(level), level.doors)
    ring = tuple(point for k, point in enumerate(ring) if point != ring[k - 1])  # a doubled point is no wall
    for k, (a, b) in enumerate(zip(ring, (*ring[1:], ring[0]))):
        ax, ay, bx, by = a[0] / DM, a[1] / DM, b[0] / DM, b[1] / DM
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        walls.append(Wall(k, ax, ay, bx, by, sigma, sigma + length))
        sigma += length
    return tuple(walls)


def _outer_ring(level: Level) -> Ring:
    if not level.obstacles:
        return level.outline
    floor = Polygon(level.outline).difference(unary_union([Polygon(o.outline) for o in level.obstacles]))
    largest = max(getattr(floor, "geoms", [floor]), key=lambda part: part.area)
    return tuple((round(x), round(y)) for x, y, *_ in orient(largest).exterior.coords[:-1])


def perimeter(walls: tuple[Wall, ...]) -> float:
    return walls[-1].sigma1


def sigma_of(walls: tuple[Wall, ...], x_mm: float, y_mm: float) -> float:
    """Perimeter coordinate of the point of the outline nearest to (x, y)."""
    x, y = x_mm / DM, y_mm / DM
    best = (float("inf"), 0.0)
    for wall in walls:
        dx, dy = wall.bx - wall.ax, wall.by - wall.ay
        length2 = dx * dx + dy * dy
        share = min(1.0, max(0.0, ((x - wall.ax) * dx + (y - wall.ay) * dy) / length2))
        gap = (wall.ax + share * dx - x) ** 2 + (wall.ay + share * dy - y) ** 2
        best = min(best, (gap, wall.sigma0 + share * (wall.sigma1 - wall.sigma0)))
    return best[1]


@dataclass(frozen=True, slots=True)
class DoorSpan:
    """A door as an interval of the perimeter coordinate."""

    id: str
    use: str
    low: float
    high: float


def door_span(walls: tuple[Wall, ...], door: Door) -> DoorSpan:
    """Where a door lies on the perimeter; a door across the start of the ring keeps low < high by wrapping high."""
    a, b = sigma_of(walls, *door.p), sigma_of(walls, *door.q)
    low, high = min(a, b), max(a, b)
    if high - low > perimeter(walls) / 2:
        low, high = high, low + perimeter(walls)
    return DoorSpan(door.id, door.use, low, high)


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of the perimeter between public doors that one staff door can serve: low .. high holds the door inside.

    `door_low` .. `door_high`: the door with room beside it to open and pass it, which every corridor along the arc holds.
    Coordinates may run past the perimeter: `round` is one turn, to be added to or taken from a wall's coordinates.
    """

    id: str
    low: float
    high: float
    door_low: float
    door_high: float
    round: float


def staff_arcs(level: Level, walls: tuple[Wall, ...], beside: int = JAMB) -> tuple[Arc, ...]:
    """One arc per staff door: from the public door before it to the public door after it (exclusive).

    `beside`: the room (dm) that is held on both sides of the door.
    """
    whole = perimeter(walls)
    spans = [door_span(walls, d) for d in level.doors if d.use != "internal"]
    public = [s for s in spans if s.use != "staff"]
    arcs = []
    for staff in (s for s in spans if s.use == "staff"):
        before = max(((s.high - staff.low) % whole - whole for s in public), default=-whole / 2)
        after = min(((s.low - staff.high) % whole for s in public), default=whole / 2)
        low, high = staff.low - min(beside, -before), staff.high + min(beside, after)
        arcs.append(Arc(staff.id, staff.low + before, staff.high + after, low, high, whole))
    return tuple(arcs)


def stretches(arcs: tuple[Arc, ...]) -> tuple[tuple[Arc, ...], ...]:
    """The arcs by the stretch of wall they are: of several staff doors between the same two public doors it is the same one."""
    found: list[list[Arc]] = []
    for arc in arcs:
        same = next((each for each in found if _same_stretch(each[0], arc)), None)
        if same is None:
            found.append([arc])
        else:
            same.append(arc)
    return tuple(map(tuple, found))


def _same_stretch(one: Arc, other: Arc) -> bool:
    turns = (one.low - other.low) / one.round
    return abs(turns - round(turns)) * one.round < 1 and abs((one.high - one.low) - (other.high - other.low)) < 1


def clear_of_spine(arcs: tuple[Arc, ...], walls: tuple[Wall, ...], boxes: list[Box], depth: int) -> tuple[Arc, ...]:
    """The arcs, ended where the staff corridor (`depth` dm) along the wall would meet one of the spine's boxes."""

    def meets(sigma: float) -> bool:
        x, y, nx, ny = outline_point(walls, sigma)
        probes = [(x + nx * d, y + ny * d) for d in (0.5, depth / 2, depth - 0.5)]
        return any(bx < px < bx + w and by < py < by + h for px, py in probes for bx, by, w, h in boxes)

    found = []
    for arc in arcs:
        low, high = arc.door_low, arc.door_high
        for _ in range(JAMB):  # a spine close by takes the room beside the door
            low, high = low + meets(low), high - meets(high)
        door_low, door_high = low, high
        while low - 1 > arc.low and not meets(low - 1):
            low -= 1
        while high + 1 < arc.high and not meets(high + 1):
            high += 1
        found.append(replace(arc, low=low, high=high, door_low=door_low, door_high=door_high))
    return tuple(found)


def outline_point(walls: tuple[Wall, ...], sigma: float) -> tuple[float, float, float, float]:
    """The outline's point at a perimeter coordinate and the unit vector into the floor there."""
    sigma %= perimeter(walls)
    wall = next((w for w in walls if w.sigma0 <= sigma <= w.sigma1), walls[-1])
    length = wall.sigma1 - wall.sigma0
    dx, dy = (wall.bx - wall.ax) / length, (wall.by - wall.ay) / length
    along = sigma - wall.sigma0
    return wall.ax + dx * along, wall.ay + dy * along, -dy, dx


def reflex_corners(walls: tuple[Wall, ...]) -> dict[tuple[float, float], int]:
    """Corners at which the floor turns round a wall, with the perimeter decimetre they begin at."""
    found = {}
    for wall, after in zip(walls, (*walls[1:], walls[0])):
        turning = (wall.bx - wall.ax) * (after.by - after.ay) - (wall.by - wall.ay) * (after.bx - after.ax)
        if turning < 0:
            found[wall.bx, wall.by] = int(wall.sigma1) % int(perimeter(walls))
    return found
