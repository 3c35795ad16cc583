"""Edits of walls and of the doors and windows in them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from shapely import Polygon

from layouts.findings import BadInput
from layouts.geometry import to_polygons
from layouts.plan import Door, Point, Ring, Wall, Window
from layouts.soundness import LEAST_DOOR_MM
from planner.editing import commands as c
from planner.editing.follow import walls_moved
from planner.editing.hosts import nearest_host, set_on
from planner.editing.motion import turned
from planner.editing.sheet import Sheet, added, find, fresh_id, split, with_parts
from planner.editing.shifting import on_nearest

THINNEST_MM, THICKEST_MM = 20, 2_000
SHORTEST_MM = 10
USES = ("entrance", "exit", "entrance_exit", "staff", "internal")
SWINGS = ("in", "out", "slide", "none")
FRAME_MM = 50  # a leaf's clear width is less than its opening by frame and leaf


def add_walls(sheet: Sheet, command: c.AddWalls) -> Sheet:
    """The chain's walls; closed and without an outline yet, the floor inside becomes the outline."""
    _check_thickness(command.thickness_mm, "wall")
    points = [p for i, p in enumerate(command.points) if i == 0 or p != command.points[i - 1]]
    if command.closed and len(points) > 2:
        points.append(points[0])
    if len(points) < 2:
        raise BadInput("edit.too_few", place="points", count=len(points), least=2)
    for a, b in pairwise(points):
        _check_length(math.dist(a, b), "wall")
        wall = Wall(id=fresh_id(sheet, "wall"), a=a, b=b, thickness_mm=command.thickness_mm)
        sheet = added(sheet, "wall", wall)
    if command.closed and not sheet.level.outline:
        inner = inner_face(tuple(points[:-1]), command.thickness_mm)
        sheet = replace(sheet, level=replace(sheet.level, outline=inner))
    return sheet


def inner_face(ring: Ring, thickness_mm: int) -> Ring:
    """The ring inside a closed chain of walls of one thickness."""
    shape = Polygon(ring)
    if not shape.is_valid:
        raise BadInput("plan.outline_crosses_itself", place="outline")
    inside = to_polygons(shape.buffer(-thickness_mm / 2, join_style="mitre"))
    if len(inside) != 1:
        raise BadInput("edit.no_floor_inside", place="outline")
    return inside[0].outer


def set_wall(sheet: Sheet, command: c.SetWall) -> Sheet:
    wall = _wall(sheet, command.key)
    _check_length(math.dist(command.a, command.b), command.key)
    after = {wall.id: replace(wall, a=command.a, b=command.b)}
    return replace(sheet, level=walls_moved(sheet.level, after))


def set_length(sheet: Sheet, command: c.SetLength) -> Sheet:
    """The wall's other end moves along the wall; a window or door gets the width instead."""
    if command.fixed not in ("a", "b"):
        raise BadInput("edit.not_one_of", place="fixed", given=command.fixed, known="a, b")
    wall = _wall(sheet, command.key)
    _check_length(command.length_mm, command.key)
    share = command.length_mm / math.dist(wall.a, wall.b)
    a, b = (wall.a, wall.b) if command.fixed == "a" else (wall.b, wall.a)
    end = (round(a[0] + (b[0] - a[0]) * share), round(a[1] + (b[1] - a[1]) * share))
    ends = (a, end) if command.fixed == "a" else (end, a)
    return set_wall(sheet, c.SetWall(level=command.level, key=command.key, a=ends[0], b=ends[1]))


def wall_turned(sheet: Sheet, command: c.SetAngle) -> Sheet:
    wall = _wall(sheet, command.key)
    x, y = turned(math.dist(wall.a, wall.b), 0, command.degrees)
    b: Point = (round(wall.a[0] + x), round(wall.a[1] + y))
    return set_wall(sheet, c.SetWall(level=command.level, key=command.key, a=wall.a, b=b))


def set_thickness(sheet: Sheet, command: c.SetThickness) -> Sheet:
    wall = _wall(sheet, command.key)
    _check_thickness(command.thickness_mm, command.key)
    made = replace(wall, thickness_mm=command.thickness_mm)
    return with_parts(sheet, "wall", tuple(made if w.id == wall.id else w for w in sheet.level.walls))


def set_structural(sheet: Sheet, command: c.SetStructural) -> Sheet:
    made = replace(_wall(sheet, command.key), structural=command.structural)
    return with_parts(sheet, "wall", tuple(made if w.id == made.id else w for w in sheet.level.walls))


def add_door(sheet: Sheet, command: c.AddDoor) -> Sheet:
    """A door of `width_mm` in the wall nearest to where it was put; BadInput for a use or a swing nobody knows."""
    _check_word(command.use, USES, "use")
    _check_word(command.swing, SWINGS, "swing")
    host = nearest_host(sheet.level, command.near, inner=command.use == "internal", width_mm=command.width_mm)
    p, q = set_on(host, command.near, command.width_mm)
    door = Door(
        id=fresh_id(sheet, "door"), use=command.use, p=p, q=q, clear_mm=_clear(command.width_mm), swing=command.swing,
        wall=host.wall,
    )  # fmt: skip
    return added(sheet, "door", door)


def add_window(sheet: Sheet, command: c.AddWindow) -> Sheet:
    host = nearest_host(sheet.level, command.near, inner=False, width_mm=command.width_mm)
    p, q = set_on(host, command.near, command.width_mm)
    return added(sheet, "window", Window(id=fresh_id(sheet, "window"), p=p, q=q, sill_mm=max(0, command.sill_mm)))


def place_opening(sheet: Sheet, command: c.PlaceOpening) -> Sheet:
    kind, part = _opening(sheet, command.key)
    return _with_opening(sheet, kind, on_nearest(sheet.level, kind, part, command.near))


def opening_widened(sheet: Sheet, key: str, width_mm: int) -> Sheet:
    """An opening of another width about its middle; the door's clear width grows and shrinks with it."""
    kind, part = _opening(sheet, key)
    middle = ((part.p[0] + part.q[0]) // 2, (part.p[1] + part.q[1]) // 2)
    was = round(math.dist(part.p, part.q))
    share = (width_mm - was) / 2 / max(was, 1)
    dx, dy = (part.q[0] - part.p[0]) * share, (part.q[1] - part.p[1]) * share
    wide = replace(part, p=(round(part.p[0] - dx), round(part.p[1] - dy)), q=(round(part.q[0] + dx), round(part.q[1] + dy)))
    if isinstance(wide, Door):
        wide = replace(wide, clear_mm=max(1, wide.clear_mm + width_mm - was))
    if width_mm < LEAST_DOOR_MM:
        raise BadInput("edit.opening_too_narrow", place=key, width_mm=width_mm, least_mm=LEAST_DOOR_MM)
    return _with_opening(sheet, kind, on_nearest(sheet.level, kind, wide, middle))


def flip_door(sheet: Sheet, command: c.FlipDoor) -> Sheet:
    """The door hung at its other end (hinge), or opening to the other side (swing)."""
    door = _door(sheet, command.key)
    if command.what == "hinge":
        made = replace(door, hinge="q" if door.hinge == "p" else "p")
    elif command.what == "swing":
        made = replace(door, swing={"in": "out", "out": "in"}.get(door.swing, "in"))
    else:
        raise BadInput("edit.not_one_of", place="what", given=command.what, known="hinge, swing")
    return _with_opening(sheet, "door", made)


def retype_door(sheet: Sheet, command: c.RetypeDoor) -> Sheet:
    door = _door(sheet, command.key)
    use, swing = command.use or door.use, command.swing or door.swing
    _check_word(use, USES, "use")
    _check_word(swing, SWINGS, "swing")
    return _with_opening(sheet, "door", replace(door, use=use, swing=swing))


def _clear(width_mm: int) -> int:
    return width_mm - FRAME_MM if width_mm > LEAST_DOOR_MM + FRAME_MM else width_mm


def _with_opening(sheet: Sheet, kind: str, made: Door | Window) -> Sheet:
    parts: tuple[Door | Window, ...] = sheet.level.doors if kind == "door" else sheet.level.windows
    return with_parts(sheet, kind, tuple(made if o.id == made.id else o for o in parts))


def _wall(sheet: Sheet, key: str) -> Wall:
    _check_kind(key, ("wall",))
    return find(sheet, key)  # type: ignore[no-any-return]


def _door(sheet: Sheet, key: str) -> Door:
    _check_kind(key, ("door",))
    return find(sheet, key)  # type: ignore[no-any-return]


def _opening(sheet: Sheet, key: str) -> tuple[str, Door | Window]:
    _check_kind(key, ("door", "window"))
    return split(key)[0], find(sheet, key)


def _check_kind(key: str, kinds: tuple[str, ...]) -> None:
    if split(key)[0] not in kinds:
        raise BadInput("edit.not_for_this", place=key, known=", ".join(kinds))


def _check_word(given: str, known: tuple[str, ...], place: str) -> None:
    if given not in known:
        raise BadInput("edit.not_one_of", place=place, given=given, known=", ".join(known))


def _check_length(length_mm: float, place: str) -> None:
    if length_mm < SHORTEST_MM:
        raise BadInput("edit.too_short", place=place, length_mm=round(length_mm), least_mm=SHORTEST_MM)


def _check_thickness(thickness_mm: int, place: str) -> None:
    if not THINNEST_MM <= thickness_mm <= THICKEST_MM:
        raise BadInput("edit.bad_thickness", place=place, thickness_mm=thickness_mm, least_mm=THINNEST_MM, most_mm=THICKEST_MM)
