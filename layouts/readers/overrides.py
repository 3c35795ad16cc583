"""What people told about a reading laid over it: the hall, rooms, doors, and what they looked at and found right.

Everything is told in drawing units, so that it holds for the next revision of the file too. What no longer finds its
place there becomes a doubt and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shapely.geometry import Point, Polygon

from layouts import plan as p
from layouts.readers.framing import to_ours, to_source, whole
from layouts.readers.imported import Doubt, Import, Recipe, RoomEdit
from layouts.readers.opening_edits import At, edited

Reader = Callable[[Recipe], Import]
# doubts that a confirmed part, or a drawn boundary, answers
DOUBTS_OF = {
    "unit": ("unit.header_disagrees", "unit.from_", "unit.not_confirmed", "unit.told_by_areas", "unit.ask"),
    "walls": ("walls.",),
    "outline": ("outline.", "drawings.several"),
    "doors": ("door.", "rooms.parted"),
    "spaces": ("space.",),
}


def overridden(read: Import, recipe: Recipe, again: Reader) -> Import:
    """The reading with the recipe's decisions over it. `again` reads once more, where a room was told to be the hall."""
    read = _with_hall(read, recipe, again)
    level, doubts = read.plan.levels[0], list[Doubt]()
    place = placer(read.plan.frame)
    for room in recipe.rooms:
        level = _named(level, room, place, doubts)
    read = with_doors_told(replace(read, plan=replace(read.plan, levels=(level, *read.plan.levels[1:]))), recipe)
    level = read.plan.levels[0]
    sure = set(recipe.confirmed) | ({"outline"} if recipe.boundary else set())
    return replace(
        read,
        confidence={part: 1.0 if part in sure else value for part, value in read.confidence.items()},
        warnings=(*(d for d in read.warnings if not _answered(d, sure)), *doubts),
        ask=read.ask and "unit" not in sure,
        outline_m2=round(Polygon(level.outline, level.holes).area / 1e6, 2),
    )


def with_doors_told(read: Import, recipe: Recipe) -> Import:
    """The reading with the doors that people told of its storey."""
    level, doubts = read.plan.levels[0], list[Doubt]()
    for opening in (o for o in recipe.openings if o.storey in ("", level.name)):
        level = edited(level, opening, placer(read.plan.frame), doubts)
    return replace(
        read, plan=replace(read.plan, levels=(level, *read.plan.levels[1:])), warnings=(*read.warnings, *doubts)
    )


def placer(frame: p.Frame) -> At:
    """Drawing units to our millimetres."""
    return whole(to_ours(frame))


def _answered(doubt: Doubt, sure: set[str]) -> bool:
    """Whether people already answered this doubt by looking. A unit that doors and walls contradict is told always."""
    return any(doubt.code.startswith(DOUBTS_OF[part]) for part in sure)


def _with_hall(read: Import, recipe: Recipe, again: Reader) -> Import:
    """The reading whose floor is the room that people called the hall; a boundary they drew goes first."""
    told = [room for room in recipe.rooms if room.kind == "hall"]
    if not told or recipe.boundary:
        return read
    frame = read.plan.frame
    room = _room_at(read.plan.levels[0], placer(frame)(told[-1].at))
    if room is None or room.kind == "hall":
        return read  # no such room: said when it is named; already the hall: nothing to do
    ring = tuple(map(to_source(frame), room.outline.outer))
    found = again(replace(recipe, boundary=ring, turn_deg=frame.rotation_deg))
    confidence = {part: 1.0 if part == "outline" else value for part, value in found.confidence.items()}
    return replace(found, confidence=confidence, warnings=tuple(d for d in found.warnings if not _answered(d, {"outline"})))


def _room_at(level: p.Level, at: p.Point) -> p.Space | None:
    """The smallest room round a point."""
    round_it = [s for s in level.spaces if Polygon(s.outline.outer, s.outline.holes).contains(Point(at))]
    return min(round_it, key=lambda s: Polygon(s.outline.outer).area, default=None)


def _named(level: p.Level, room: RoomEdit, place: At, doubts: list[Doubt]) -> p.Level:
    at = place(room.at)
    found = _room_at(level, at)
    if found is None:
        doubts.append(Doubt(code="recipe.room_gone", values={"name": room.name or room.kind}, at=at))
        return level

    def told(space: p.Space) -> p.Space:
        if space.id == found.id:
            return replace(space, name=room.name or space.name, kind=room.kind or space.kind)
        return replace(space, kind="") if room.kind == "hall" and space.kind == "hall" else space

    return replace(level, spaces=tuple(told(space) for space in level.spaces))
