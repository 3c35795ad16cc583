"""The rooms that stand in a building: what each may be used for, through which doors, and which walls part them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations
from typing import Any

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry import Polygon as ShapelyPolygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from layouts.geometry import door_middle, parts, polygon_shape
from layouts.plan import Door, Level, Ring, Space, Wall

SLACK_MM = 30  # between a room's edge and a wall's face: rounding, plaster
PROBES_MM = (120, 250, 400, 600)  # from a door's line into the rooms on both sides
ALONG_MM = 60  # of a room beside a wall: enough to see how far it reaches along it
SHORTEST_MM = 300  # a shorter stretch of wall parts no rooms
ROOMS_COVER = 0.6  # of the outline: rooms that cover less stand in a hall
OUTSIDE = "outside"  # the kind of porches and terraces
SHORT_WORD = 3  # letters: such a word stands alone in a room's name


@cache
def standing_rules() -> dict[str, Any]:
    """What is assumed of walls and rooms where nobody said it."""
    return tomllib.loads(resources.files("layouts").joinpath("standing.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A stretch of one wall between two rooms, and whether it has to stay."""

    wall: str
    rooms: tuple[str, str]
    polygon: Ring
    length_mm: int
    stays: bool


def stays(wall: Wall) -> bool:
    """Does the wall have to stay? What people said counts, else its thickness."""
    if wall.structural is not None:
        return wall.structural
    return bool(wall.thickness_mm >= standing_rules()["walls"]["structural_from_mm"])


@lru_cache(maxsize=4096)
def kind_of(space: Space) -> str:
    """What a room is: its kind where the plan tells it, else what its name says, else empty."""
    if space.kind:
        return space.kind
    name = space.name.casefold()
    words = set(re.split(r"[^\w]+|_", name))
    for kind, hints in standing_rules()["kinds"].items():
        if any(hint in words if len(hint) <= SHORT_WORD else hint in name for hint in hints):
            return str(kind)
    return ""


def is_toilet(space: Space) -> bool:
    """Is the room a toilet, as far as its kind or name tells?"""
    if space.kind:
        return space.kind in standing_rules()["use"]["needs_water"]
    name = space.name.casefold()
    words = set(re.split(r"[^\w]+|_", name))
    hints = standing_rules()["toilets"]["names"]
    return any(hint in words if len(hint) <= SHORT_WORD else hint in name for hint in hints)


def is_wet(space: Space) -> bool:
    """Has the room water and drains, as far as its kind or name tells?"""
    return kind_of(space) == "wet" or kind_of(space) in standing_rules()["use"]["needs_water"]


@lru_cache(maxsize=4096)
def shape_of(space: Space) -> BaseGeometry:
    return polygon_shape(space.outline).buffer(0)


@lru_cache(maxsize=4096)
def width_mm(space: Space) -> int:
    """The room's least width where it is widest: the largest circle that fits in."""
    circle = shapely.maximum_inscribed_circle(shape_of(space), tolerance=20)
    return round(2 * float(circle.length))


def has_rooms(level: Level) -> bool:
    """Is the level a building of several rooms, not one hall with a few inside? Then the hall has to be chosen."""
    outline = ShapelyPolygon(level.outline, level.holes)
    inside = [s for s in level.spaces if shape_of(s).representative_point().within(outline)]
    return len(inside) > 1 and sum(float(shape_of(s).area) for s in inside) > ROOMS_COVER * float(outline.area)


Sides = tuple[str | None, str | None]


@lru_cache(maxsize=32)
def door_sides(level: Level) -> dict[str, Sides]:
    """The rooms on both sides of every door, by id; None where there is none (outdoors, or the open hall)."""
    shapes = [shape_of(s) for s in level.spaces]
    tree = STRtree(shapes)

    def room_at(probes: list[Point]) -> str | None:
        for probe in probes:
            for k in sorted(tree.query(probe, predicate="within")):
                return level.spaces[int(k)].id
        return None

    return {door.id: _sides(door, room_at) for door in level.doors}


def _sides(door: Door, room_at: Callable[[list[Point]], str | None]) -> Sides:
    (x, y), (px, py), (qx, qy) = door_middle(door), door.p, door.q
    length = math.dist(door.p, door.q)
    nx, ny = -(qy - py) / length, (qx - px) / length
    left, right = (room_at([Point(x + s * d * nx, y + s * d * ny) for d in PROBES_MM]) for s in (1, -1))
    return (left, None) if left == right else (left, right)


def sides_of(level: Level, door: Door) -> Sides:
    """The rooms on both sides of one door."""
    return door_sides(level)[door.id]


def rooms_at(level: Level, uses: tuple[str, ...]) -> tuple[str, ...]:
    """The rooms onto which doors of these uses open, in the doors' order: of a door under a porch the room behind it."""
    sides, spaces = door_sides(level), {s.id: s for s in level.spaces}
    found: dict[str, None] = {}
    for door in level.doors:
        if door.use in uses:
            rooms = [room for room in sides[door.id] if room is not None]
            found |= dict.fromkeys([room for room in rooms if kind_of(spaces[room]) != OUTSIDE] or rooms)
    return tuple(found)


@lru_cache(maxsize=16)
def partings(level: Level) -> tuple[Parting, ...]:
    """The stretches of walls between every two rooms that lie side by side: one along one face, the other along the other."""
    shapes = [shape_of(s) for s in level.spaces]
    tree = STRtree(shapes)
    found: list[Parting] = []
    for wall in level.walls:
        line = LineString([wall.a, wall.b])
        reach = wall.thickness_mm / 2 + SLACK_MM + ALONG_MM
        near = sorted(int(k) for k in tree.query(line, predicate="dwithin", distance=reach))
        left, right = (line.buffer(side * reach, cap_style="flat", single_sided=True) for side in (1, -1))
        beside = {k: (_along(wall, shapes[k].intersection(left)), _along(wall, shapes[k].intersection(right))) for k in near}
        for a, b in combinations(near, 2):
            for low, high in (*_common(beside[a][0], beside[b][1]), *_common(beside[a][1], beside[b][0])):
                if high - low >= SHORTEST_MM:
                    rooms = (level.spaces[a].id, level.spaces[b].id)
                    found.append(_parting(wall, rooms, low, high))
    return tuple(sorted(found, key=lambda p: (p.rooms, p.wall, p.polygon)))


def beside(wall: Wall, side: int) -> BaseGeometry:
    """Where floor lies that is on one side of a wall (1: left of a to b, -1: right), its own half with it."""
    reach = side * (wall.thickness_mm / 2 + SLACK_MM + ALONG_MM)
    return LineString([wall.a, wall.b]).buffer(reach, cap_style="flat", single_sided=True)


def with_floor_on_both_sides(wall: Wall, floor: BaseGeometry, but: BaseGeometry) -> list[tuple[float, float]]:
    """The stretches of a wall, from its end a, before and behind which the same floor lies; those whose ground is `but` not."""
    left, right = beside(wall, 1), beside(wall, -1)
    both = _common(_along(wall, floor.intersection(left)), _along(wall, floor.intersection(right)))
    ux, uy = _unit(wall)
    found: list[tuple[float, float]] = []
    for low, high in both:
        ends = ((wall.a[0] + ux * s, wall.a[1] + uy * s) for s in (low, high))
        rest = LineString(list(ends)).difference(but)
        pieces = [g for g in getattr(rest, "geoms", [rest]) if not g.is_empty]
        alongs = ([(x - wall.a[0]) * ux + (y - wall.a[1]) * uy for x, y in piece.coords] for piece in pieces)
        found += [(min(along), max(along)) for along in alongs]
    return found


def _parting(wall: Wall, rooms: tuple[str, str], low: float, high: float) -> Parting:
    ring = stretch_of(wall, low, high)
    return Parting(wall=wall.id, rooms=rooms, polygon=ring, length_mm=round(high - low), stays=stays(wall))


def _unit(wall: Wall) -> tuple[float, float]:
    length = math.dist(wall.a, wall.b)
    return (wall.b[0] - wall.a[0]) / length, (wall.b[1] - wall.a[1]) / length


def _along(wall: Wall, shape: BaseGeometry) -> list[tuple[float, float]]:
    """The stretches of a wall, from its end a, beside which a shape lies."""
    ux, uy = _unit(wall)
    found = []
    for part in parts(shape):
        along = [(x - wall.a[0]) * ux + (y - wall.a[1]) * uy for x, y, *_ in part.exterior.coords]
        found.append((min(along), max(along)))
    return found


def _common(some: list[tuple[float, float]], others: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for a, b in some:
        yield from ((max(a, c), min(b, d)) for c, d in others if min(b, d) > max(a, c))


def stretch_of(wall: Wall, low: float, high: float) -> Ring:
    """The wall's body, from low to high along it."""
    ux, uy = _unit(wall)
    half = wall.thickness_mm / 2
    corners = ((low, -half), (high, -half), (high, half), (low, half))
    return tuple((round(wall.a[0] + ux * s - uy * t), round(wall.a[1] + uy * s + ux * t)) for s, t in corners)


@lru_cache(maxsize=256)
def behind_hall(level: Level, rooms: frozenset[str]) -> tuple[str, ...]:
    """The rooms that staff reach from a staff door without the hall, through corridors and stairs alone."""
    ways = standing_rules()["use"]["ways"]
    spaces, sides_by = {s.id: s for s in level.spaces}, door_sides(level)
    todo = [r for r in rooms_at(level, ("staff",)) if r not in rooms and kind_of(spaces[r]) != "hall"]
    found: list[str] = []
    while todo:
        room = todo.pop()
        if room in found:
            continue
        found.append(room)
        if kind_of(spaces[room]) in ways:
            for door in level.doors:
                sides = sides_by[door.id]
                if door.use == "internal" and room in sides:
                    other = sides[sides[0] == room]
                    if other is not None and other not in rooms and kind_of(spaces[other]) != "hall":
                        todo.append(other)
    return tuple(sorted(found))
