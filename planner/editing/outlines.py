"""Edits of outlines, corner by corner: of the level, its rooms, columns and obstacles."""

from __future__ import annotations

from dataclasses import replace

from layouts.findings import BadInput
from layouts.plan import Point, Ring
from planner.editing import commands as c
from planner.editing.follow import with_openings
from planner.editing.motion import points_of, with_ring
from planner.editing.sheet import Sheet, change, find, split

CORNERED = ("outline", "hole", "space", "column", "obstacle", "free")


def draw_outline(sheet: Sheet, command: c.DrawOutline) -> Sheet:
    ring = counter_clockwise(command.points)
    return replace(sheet, level=with_openings(sheet.level, replace(sheet.level, outline=ring)))


def move_corner(sheet: Sheet, command: c.MoveCorner) -> Sheet:
    ring = _ring(sheet, command.key, command.index)
    return _with_ring(sheet, command.key, (*ring[: command.index], command.to, *ring[command.index + 1 :]))


def insert_corner(sheet: Sheet, command: c.InsertCorner) -> Sheet:
    ring = _ring(sheet, command.key, command.index)
    return _with_ring(sheet, command.key, (*ring[: command.index + 1], command.to, *ring[command.index + 1 :]))


def remove_corner(sheet: Sheet, command: c.RemoveCorner) -> Sheet:
    ring = _ring(sheet, command.key, command.index)
    if len(ring) <= 3:
        raise BadInput("edit.too_few", place=command.key, count=len(ring) - 1, least=3)
    return _with_ring(sheet, command.key, (*ring[: command.index], *ring[command.index + 1 :]))


def counter_clockwise(points: Ring) -> Ring:
    """The ring counter-clockwise, points given twice in a row dropped."""
    kept = [q for i, q in enumerate(points) if q != points[i - 1] or len(points) == 1]
    doubled = sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(kept, kept[1:] + kept[:1]))
    return tuple(kept if doubled >= 0 else reversed(kept))


def _ring(sheet: Sheet, key: str, index: int) -> Ring:
    kind, _ = split(key)
    if kind not in CORNERED:
        raise BadInput("edit.not_for_this", place=key, known=", ".join(CORNERED))
    if kind == "outline":
        ring = sheet.level.outline
    elif kind == "hole":
        ring = sheet.level.holes[_hole(sheet, key)]
    else:
        ring = points_of(kind, find(sheet, key))
    if not 0 <= index < len(ring):
        raise BadInput("edit.unknown_corner", place=key, index=index, count=len(ring))
    return ring


def _hole(sheet: Sheet, key: str) -> int:
    ident = split(key)[1]
    if not ident.isdecimal() or int(ident) >= len(sheet.level.holes):
        raise BadInput("edit.unknown_part", place=key)
    return int(ident)


def _with_ring(sheet: Sheet, key: str, ring: tuple[Point, ...]) -> Sheet:
    kind, _ = split(key)
    if kind not in ("outline", "hole"):
        return change(sheet, [key], lambda k, part: with_ring(k, part, ring))
    level = sheet.level
    if kind == "outline":
        changed = replace(level, outline=ring)
    else:
        at = _hole(sheet, key)
        changed = replace(level, holes=(*level.holes[:at], ring, *level.holes[at + 1 :]))
    if len(ring) == len(level.outline if kind == "outline" else level.holes[_hole(sheet, key)]):
        changed = with_openings(level, changed)  # edges keep their numbers
    return replace(sheet, level=changed)
