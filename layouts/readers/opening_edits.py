"""Doors that people add, take out or change, on the walls and outline that were read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from layouts import plan as p
from layouts.readers.imported import Doubt, OpeningEdit
from layouts.readers.porches import without_porch
from layouts.soundness import door_faults

At = Callable[[tuple[float, float]], p.Point]
REACH_MM = 1500.0  # a door told within this distance of a wall or door is meant to be there
USUAL_MM = 1000
OUTER = ("entrance", "exit", "entrance_exit", "staff")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A straight piece that a door may lie in: an edge of the floor, or a wall's centreline."""

    a: p.Point
    b: p.Point
    wall: str | None

    @property
    def length(self) -> float:
        return math.dist(self.a, self.b)

    def along(self, q: p.Point) -> float:
        """Where on the line q comes to stand, millimetres from a."""
        return ((q[0] - self.a[0]) * (self.b[0] - self.a[0]) + (q[1] - self.a[1]) * (self.b[1] - self.a[1])) / self.length

    def at(self, s: float) -> p.Point:
        """The point s millimetres from a."""
        t = s / self.length
        return round(self.a[0] + t * (self.b[0] - self.a[0])), round(self.a[1] + t * (self.b[1] - self.a[1]))

    def distance(self, q: p.Point) -> float:
        return math.dist(q, self.at(min(max(self.along(q), 0.0), self.length)))


def edited(level: p.Level, edit: OpeningEdit, place: At, doubts: list[Doubt]) -> p.Level:
    """The level with the edit done; where it finds no door, no wall, or would not be sound, a doubt and no change."""
    at = place(edit.at)
    said = {"action": edit.action, "x": f"{edit.at[0]:g}", "y": f"{edit.at[1]:g}"}
    if edit.action == "add":
        made = _added(level, edit, at)
        if made is None:
            doubts.append(Doubt(code="recipe.opening_nowhere", values=dict(said), at=at))
            return level
        return _kept(level, (*level.doors, made), made, said, doubts)
    near = min(level.doors, key=lambda d: math.dist(_middle(d), at), default=None)
    if near is None or math.dist(_middle(near), at) > REACH_MM:
        doubts.append(Doubt(code="recipe.opening_gone", values=dict(said), at=at))
        return level
    if edit.action == "remove":
        return replace(level, doors=tuple(door for door in level.doors if door.id != near.id))
    indoors = without_porch(level, near) if edit.use in OUTER else level
    changed = _changed(indoors, near, edit)
    done = _kept(indoors, tuple(changed if d.id == near.id else d for d in indoors.doors), changed, said, doubts)
    return level if done is indoors else done


def _kept(
    level: p.Level, doors: tuple[p.Door, ...], told: p.Door, said: dict[str, str], doubts: list[Doubt]
) -> p.Level:
    """The level with these doors, unless the one that was told is not sound there."""
    made = replace(level, doors=doors)
    fault = next((fault for door, fault in door_faults(made) if door.id == told.id), None)
    if fault is None:
        return made
    doubts.append(Doubt(code="recipe.opening_unsound", values=said | {"fault": fault.code}, at=told.p))
    return level


def _added(level: p.Level, edit: OpeningEdit, at: p.Point) -> p.Door | None:
    width = edit.width_mm or USUAL_MM
    line = _nearest(level, at, width, faces_only=edit.use in OUTER)
    if line is None:
        return None
    ends = _ends(line, line.along(at), width)
    taken = {door.id for door in level.doors}
    number = next(i for i in range(1, len(taken) + 2) if f"{p.TOLD_DOOR}{i}" not in taken)
    return p.Door(
        id=f"{p.TOLD_DOOR}{number}",
        use=edit.use or "internal",
        p=ends[0],
        q=ends[1],
        clear_mm=round(min(width, math.dist(*ends))),
        swing=edit.swing or "none",
        wall=line.wall or _host(level, line.at(line.along(at))),
    )


def _changed(level: p.Level, door: p.Door, edit: OpeningEdit) -> p.Door:
    """The door with another use, width or swing; one that becomes an outer door moves onto the floor's edge beside it."""
    use, middle = edit.use or door.use, _middle(door)
    width = edit.width_mm or math.dist(door.p, door.q)
    line = _nearest(level, middle, width, faces_only=True) if use in OUTER else None
    line = line or _Line(a=door.p, b=door.q, wall=door.wall)
    p_end, q_end = _ends(line, line.along(middle), width, free=line.a == door.p)
    clear = edit.width_mm or min(door.clear_mm, round(math.dist(p_end, q_end)))
    return replace(door, use=use, p=p_end, q=q_end, clear_mm=clear, swing=edit.swing or door.swing)


def _ends(line: _Line, s: float, width: float, *, free: bool = False) -> tuple[p.Point, p.Point]:
    """The ends of an opening of that width round s, kept on the line unless `free`."""
    middle = s if free else min(max(s, width / 2), line.length - width / 2)
    return line.at(middle - width / 2), line.at(middle + width / 2)


def _nearest(level: p.Level, at: p.Point, width: float, *, faces_only: bool) -> _Line | None:
    """The nearest piece that is long enough, within reach; the floor's edges go before walls of the same distance."""
    lines = [line for line in _lines(level, faces_only) if line.length >= width]
    best = min(lines, key=lambda line: (line.distance(at), line.wall or ""), default=None)
    return best if best is not None and best.distance(at) <= REACH_MM else None


def _lines(level: p.Level, faces_only: bool) -> Iterator[_Line]:
    for ring in (level.outline, *level.holes):
        for i, end in enumerate(ring):
            if ring[i - 1] != end:
                yield _Line(a=ring[i - 1], b=end, wall=None)
    if not faces_only:
        yield from (_Line(a=w.a, b=w.b, wall=w.id) for w in level.walls if w.a != w.b)


def _host(level: p.Level, at: p.Point) -> str | None:
    """The wall beside a door on the floor's edge."""
    walls = [(_Line(a=w.a, b=w.b, wall=w.id), w.thickness_mm) for w in level.walls if w.a != w.b]
    near = [(line.distance(at), line.wall) for line, thick in walls if line.distance(at) <= thick / 2 + 60]
    return min(near)[1] if near else None


def _middle(door: p.Door) -> p.Point:
    return round((door.p[0] + door.q[0]) / 2), round((door.p[1] + door.q[1]) / 2)
