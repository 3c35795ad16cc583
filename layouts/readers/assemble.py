"""From what was found, in doubles, to a Level in whole millimetres whose outline starts at (0, 0)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LinearRing, LineString, Point, Polygon

from layouts import plan as p
from layouts.readers.centrelines import Centreline
from layouts.readers.doors import LEAF_THICK_MM, FoundDoor
from layouts.readers.enclosure import Room
from layouts.readers.imported import Doubt
from layouts.readers.labels import name_and_area
from layouts.readers.marks import XY
from layouts.readers.solids import clean_ring
from layouts.soundness import door_faults

Opening = tuple[p.Point, p.Point]
Place = Callable[[XY], p.Point]
ON_OUTLINE_MM = 60.0  # beyond half the wall's thickness
AREA_DIFFERS = 0.03  # written and measured area of a room


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All parts of a storey before they are rounded and numbered. `origin`: kept from an earlier reading, or None."""

    outline: Polygon
    rooms: Sequence[Room]
    hall: Room | None
    doors: Sequence[FoundDoor]
    walls: Sequence[Centreline]
    windows: Sequence[Polygon]
    columns: Sequence[Sequence[XY]]
    stairs: Sequence[Sequence[XY]]
    origin: p.Point | None = None


def level_of(found: Found) -> tuple[p.Level, p.Point, list[Doubt]]:
    """The level, the shift that brought its outline to (0, 0), and doubts met on the way."""
    left, low, _, _ = found.outline.bounds
    shift = found.origin or (round(left), round(low))

    def at(point: XY) -> p.Point:
        return round(point[0]) - shift[0], round(point[1]) - shift[1]

    def ring(points: Sequence[XY]) -> p.Ring:
        return _sound([at(q) for q in points])

    outline = ring(outline_ring(found.outline))
    shape = Polygon(outline)
    walls = tuple(
        p.Wall(id=f"wall-{i}", a=at(w.a), b=at(w.b), thickness_mm=round(w.thickness))
        for i, w in enumerate(sorted(found.walls, key=lambda w: (-round(w.length), w.a)), 1)
        if at(w.a) != at(w.b)
    )
    doubts: list[Doubt] = []
    columns = [ring(c) for c in found.columns]
    inside = [c for c in columns if Polygon(c).intersection(shape).area > 1]
    if len(inside) < len(columns):
        doubts.append(Doubt(code="columns.outside_outline", values={"count": len(columns) - len(inside)}))
    holes = tuple(ring(hole_ring(hole)) for hole in found.outline.interiors)
    level = p.Level(
        id="level-0",
        name="Level 0",
        elevation_mm=0,
        outline=outline,
        holes=holes,
        walls=walls,
        doors=_doors(found, at, (outline, *holes), walls, doubts),
        windows=_windows(found, at, (outline, *holes)),
        columns=tuple(p.Column(id=f"column-{i}", outline=c) for i, c in enumerate(inside, 1)),
        obstacles=tuple(
            p.Obstacle(id=f"stair-{i}", kind="stair", outline=ring(s))
            for i, s in enumerate((s for s in found.stairs if Polygon(ring(s)).intersection(shape).area > 1), 1)
        ),
        spaces=_spaces(found, ring, doubts),
    )
    return _without_floating_doors(level, doubts), shift, doubts


def _sound(points: Sequence[p.Point]) -> p.Ring:
    """A ring that does not touch itself: rounding to whole millimetres can pinch a narrow place; its largest part stays."""
    shape = Polygon(points)
    if shape.is_valid or len(set(points)) < 3:
        return tuple(points)
    largest = max(shapely.get_parts(shapely.make_valid(shape)), key=lambda part: part.area)
    if not isinstance(largest, Polygon):
        return tuple(points)
    corners = [(round(x), round(y)) for x, y in shapely.orient_polygons(largest).exterior.coords[:-1]]
    return tuple(q for i, q in enumerate(corners) if q != corners[i - 1])


def _without_floating_doors(level: p.Level, doubts: list[Doubt]) -> p.Level:
    """The level without doors that would not pass as sound: what looked like a leaf but stands in no wall."""
    floating = {door.id: fault for door, fault in door_faults(level)}
    for door in level.doors:
        if door.id in floating:
            doubts.append(Doubt(code="door.left_out", values={"door": door.id, "fault": floating[door.id].code}, at=door.p))
    return replace(level, doors=tuple(door for door in level.doors if door.id not in floating))


def outline_ring(area: Polygon) -> list[XY]:
    """The outer ring counter-clockwise from its lowest left corner, corners only."""
    points = clean_ring(list(shapely.orient_polygons(area).exterior.coords)[:-1], 1.5)
    start = min(range(len(points)), key=lambda i: (round(points[i][1]), round(points[i][0])))
    return points[start:] + points[:start]


def hole_ring(hole: LinearRing) -> list[XY]:
    """The ring of a hole, counter-clockwise as all our rings."""
    return clean_ring(list(shapely.orient_polygons(Polygon(hole)).exterior.coords)[:-1], 1.5)


def _spaces(found: Found, ring: Callable[[Sequence[XY]], p.Ring], doubts: list[Doubt]) -> tuple[p.Space, ...]:
    """The rooms with their names; the hall has kind `hall`. A written area that differs is a doubt."""
    spaces = []
    for i, room in enumerate(found.rooms, 1):
        named = [(*name_and_area(label.text), label) for label in (*room.names, *room.areas)]
        name = next((n for n, _, _ in named if n), "")
        written = next((area for _, area, _ in named if area is not None), None)
        outline = ring(outline_ring(room.area))
        holes = tuple(ring(hole_ring(hole)) for hole in room.area.interiors)
        measured = Polygon(outline, holes).area / 1e6
        if written and abs(measured / written - 1) > AREA_DIFFERS:
            doubts.append(
                Doubt(
                    code="space.area_differs",
                    at=outline[0],
                    values={"name": name, "written_m2": written, "measured_m2": round(measured, 1)},
                )
            )
        kind = "hall" if room is found.hall else ""
        spaces.append(p.Space(id=f"space-{i}", name=name, kind=kind, outline=p.Polygon(outer=outline, holes=holes)))
    return tuple(spaces)


def written_areas(rooms: Sequence[Room]) -> tuple[tuple[float, float], ...]:
    """(written, measured) m² of the rooms that have one area written in them."""
    found = []
    for room in rooms:
        areas = {area for label in (*room.names, *room.areas) if (area := name_and_area(label.text)[1])}
        if len(areas) == 1:
            found.append((areas.pop(), round(room.area.area / 1e6, 3)))
    return tuple(found)


def _face(a: p.Point, b: p.Point, reach: float, faces: Sequence[p.Ring]) -> tuple[p.Point, p.Point] | None:
    """The opening a-b moved square onto the nearest face of the floor, in the ring's direction; None without one."""
    best, least = None, reach
    edges = [(ring[i - 1], ring[i]) for ring in faces for i in range(len(ring))]
    for start, end in edges:
        length = math.dist(start, end)
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        along = sorted((x - start[0]) * ux + (y - start[1]) * uy for x, y in (a, b))
        off = max(abs((y - start[1]) * ux - (x - start[0]) * uy) for x, y in (a, b))
        if along[0] < -10 or along[1] > length + 10 or along[1] - along[0] < 0.9 * math.dist(a, b) or off > least:
            continue
        q = [(round(start[0] + ux * s), round(start[1] + uy * s)) for s in along]
        best, least = (q[0], q[1]), off
    return best


def _doors(
    found: Found,
    at: Place,
    faces: Sequence[p.Ring],
    walls: Sequence[p.Wall],
    doubts: list[Doubt],
) -> tuple[p.Door, ...]:
    """Doors with their ends on the outline where they lead out of the hall; other doors are internal."""
    shape, doors = Polygon(faces[0], faces[1:]), []
    hosts = _hosts([(at(door.a), at(door.b)) for door in found.doors], walls)
    for i, door in enumerate(sorted(found.doors, key=lambda d: (round(d.middle[1]), round(d.middle[0]))), 1):
        a, b = at(door.a), at(door.b)
        face = _face(a, b, door.thickness / 2 + ON_OUTLINE_MM, faces)
        ident = f"door-{i}"
        p_end, q_end = face or (a, b)
        use = door.use or "internal"
        if face is None:
            use = "internal"
        elif not door.use:
            doubts.append(Doubt(code="door.use_unknown", values={"door": ident}, at=p_end))
        swing, hinge = _swing(door, at, p_end, q_end, shape)
        width = math.dist(p_end, q_end)
        if not door.leaves and door.gap is not None:
            doubts.append(Doubt(code="door.no_symbol", values={"door": ident, "width_mm": round(width)}, at=p_end))
        doors.append(
            p.Door(
                id=ident,
                use=use,
                p=p_end,
                q=q_end,
                clear_mm=max(0, round(width) - LEAF_THICK_MM * len(door.leaves)),
                swing=swing,
                hinge=hinge,
                wall=hosts.get((a, b)),
            )
        )
    return tuple(doors)


def _swing(door: FoundDoor, at: Place, p_end: p.Point, q_end: p.Point, shape: Polygon) -> tuple[str, str]:
    """(in | out | none, hinge p | q) seen from the hall."""
    if not door.leaves:
        return "none", "p"
    leaf = door.leaves[0]
    hinge = at(leaf.centre)
    shut = Point(at(door.b if math.dist(leaf.centre, door.a) < math.dist(leaf.centre, door.b) else door.a))
    opened = max((at(leaf.a), at(leaf.b)), key=lambda end: LineString([hinge, shut]).distance(Point(end)))
    swing = "in" if shape.contains(Point(opened)) else "out"
    return swing, "p" if math.dist(hinge, p_end) <= math.dist(hinge, q_end) else "q"


def _hosts(openings: Sequence[Opening], walls: Sequence[p.Wall]) -> dict[Opening, str]:
    """The wall each opening lies in: the nearest to its middle."""
    middles = [Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in openings]
    tree = STRtree([LineString([w.a, w.b]) for w in walls])
    opening, near = tree.query(middles, predicate="dwithin", distance=ON_OUTLINE_MM) if middles else np.empty((2, 0), dtype=int)
    far = shapely.distance(np.asarray(middles, dtype=object)[opening], tree.geometries[near])
    found: dict[int, tuple[float, str]] = {}
    for i, k, gap in zip(opening.tolist(), near.tolist(), far.tolist()):
        found[i] = min(found.get(i, (math.inf, "")), (gap, walls[k].id))
    return {openings[i]: wall for i, (_, wall) in found.items()}


def _windows(found: Found, at: Place, faces: Sequence[p.Ring]) -> tuple[p.Window, ...]:
    """Windows whose box touches the outline, by their ends on it."""
    windows = []
    for box in found.windows:
        corners = list(box.exterior.coords)[:-1]
        sides = sorted(((math.dist(corners[i - 1], corners[i]), corners[i - 1], corners[i]) for i in range(4)), reverse=True)
        thick = sides[-1][0]
        (_, a, b), (_, c, d) = sides[0], sides[1]
        middle = (at(((a[0] + d[0]) / 2, (a[1] + d[1]) / 2)), at(((b[0] + c[0]) / 2, (b[1] + c[1]) / 2)))
        face = _face(*middle, thick / 2 + ON_OUTLINE_MM, faces)
        if face is not None:
            windows.append(face)
    ordered = sorted(set(windows), key=lambda w: (w[0][1], w[0][0]))
    return tuple(p.Window(id=f"window-{i}", p=a, q=b) for i, (a, b) in enumerate(ordered, 1))
