"""Edits that shift or turn what stands: move, rotate, duplicate, array, align, distribute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from layouts.findings import BadInput
from layouts.plan import Door, Level, Window
from planner.editing import commands as c
from planner.editing.arrange import Box, Shift, aligned, array_shifts, distributed
from planner.editing.follow import walls_moved
from planner.editing.hosts import host_of, nearest_host, set_on
from planner.editing.motion import Motion, box_of, part_moved, points_of
from planner.editing.sheet import (
    FIELDS,
    FREE,
    OPENINGS,
    Sheet,
    change,
    expand,
    find,
    fresh_id,
    ids_of,
    parts_of,
    split,
    with_parts,
)


def move(sheet: Sheet, command: c.Move) -> Sheet:
    motion = Motion(dx_mm=command.dx_mm, dy_mm=command.dy_mm)
    return _in_motion(sheet, expand(sheet, command.keys), motion, alone=command.alone)


def rotate(sheet: Sheet, command: c.Rotate) -> Sheet:
    keys = expand(sheet, command.keys)
    left, low, right, high = box_round(sheet, keys)
    about = command.about or (round((left + right) / 2), round((low + high) / 2))
    return _in_motion(sheet, keys, Motion(degrees=command.degrees, about=about), alone=True)


def duplicate(sheet: Sheet, command: c.Duplicate) -> Sheet:
    return with_copies(sheet, _parts(sheet, expand(sheet, command.keys)), [(command.dx_mm, command.dy_mm)])


def array(sheet: Sheet, command: c.Array) -> Sheet:
    keys = expand(sheet, command.keys)
    shifts = array_shifts(box_round(sheet, keys), command.columns, command.rows, command.gap_x_mm, command.gap_y_mm)
    return with_copies(sheet, _parts(sheet, keys), shifts)


def align(sheet: Sheet, command: c.Align) -> Sheet:
    groups = grouped(sheet, command.keys)
    return _all_shifted(sheet, groups, aligned([box_round(sheet, g) for g in groups], command.to))


def distribute(sheet: Sheet, command: c.Distribute) -> Sheet:
    groups = grouped(sheet, command.keys)
    return _all_shifted(sheet, groups, distributed([box_round(sheet, g) for g in groups], command.axis, command.gap_mm))


def grouped(sheet: Sheet, keys: Iterable[str]) -> list[tuple[str, ...]]:
    """One group for each key: a bank keeps its items together."""
    return [expand(sheet, (key,)) for key in dict.fromkeys(keys)]


def box_round(sheet: Sheet, keys: Iterable[str]) -> Box:
    """The box round parts."""
    return box_of(q for key in keys for q in points_of(split(key)[0], find(sheet, key)))


def _all_shifted(sheet: Sheet, groups: Sequence[tuple[str, ...]], shifts: Sequence[Shift]) -> Sheet:
    for keys, (dx, dy) in zip(groups, shifts):
        if (dx, dy) != (0, 0):
            sheet = _in_motion(sheet, keys, Motion(dx_mm=dx, dy_mm=dy), alone=True)
    return sheet


def _in_motion(sheet: Sheet, keys: tuple[str, ...], motion: Motion, *, alone: bool) -> Sheet:
    """Parts moved: walls first with what hangs on them, then the rest; openings whose host stays slide along it."""
    walls = {w.id: part_moved("wall", w, motion) for w in sheet.level.walls if f"wall:{w.id}" in keys}
    before = sheet.level
    if walls:
        sheet = replace(sheet, level=walls_moved(before, walls, alone=alone))
    rest = [key for key in keys if split(key)[0] not in ("wall", *OPENINGS)]
    sheet = change(sheet, rest, lambda kind, part: part_moved(kind, part, motion))
    slid = [k for k in keys if split(k)[0] in OPENINGS and not _carried_by(before, find(sheet, k), walls)]
    return replace(sheet, level=_slid(sheet.level, slid, motion))


def _carried_by(level: Level, opening: Door | Window, walls: dict[str, Any]) -> bool:
    """Whether the opening's own wall was moved, and took it along."""
    host = host_of(level, opening.p, opening.q, getattr(opening, "wall", None))
    return host is not None and host.wall in walls


def _slid(level: Level, keys: Sequence[str], motion: Motion) -> Level:
    """Openings moved as far as their walls let them."""
    for key in keys:
        kind, ident = split(key)
        parts = getattr(level, FIELDS[kind])
        part = next(p for p in parts if p.id == ident)
        middle = part_moved(kind, part, motion)
        made = on_nearest(level, kind, part, ((middle.p[0] + middle.q[0]) // 2, (middle.p[1] + middle.q[1]) // 2))
        changes: dict[str, Any] = {FIELDS[kind]: tuple(made if p.id == ident else p for p in parts)}
        level = replace(level, **changes)
    return level


def on_nearest(level: Level, kind: str, part: Any, near: tuple[int, int]) -> Any:
    """An opening set on the host nearest to a point, its hinge end kept on the same side."""
    width = round(((part.p[0] - part.q[0]) ** 2 + (part.p[1] - part.q[1]) ** 2) ** 0.5)
    inner = kind == "door" and part.use == "internal"
    host = nearest_host(level, near, inner=inner, width_mm=width)
    p, q = set_on(host, near, width)
    (ux, uy) = host.along
    if (part.q[0] - part.p[0]) * ux + (part.q[1] - part.p[1]) * uy < 0:
        p, q = q, p
    return replace(part, p=p, q=q, wall=host.wall) if kind == "door" else replace(part, p=p, q=q)


def _parts(sheet: Sheet, keys: Iterable[str]) -> list[tuple[str, Any]]:
    return [(split(key)[0], find(sheet, key)) for key in keys]


def with_copies(
    sheet: Sheet, originals: Sequence[tuple[str, Any]], shifts: Sequence[Shift], elsewhere: frozenset[str] = frozenset()
) -> Sheet:
    """Copies of parts, each with a new id where its own is taken, here or `elsewhere`; a copied bank keeps to its bank."""
    if len(originals) * len(shifts) > 20_000:
        raise BadInput("edit.too_many", place="keys", count=len(originals) * len(shifts), most=20_000)
    for kind in dict.fromkeys(kind for kind, _ in originals):
        copies = []
        for dx, dy in shifts:
            for other, part in originals:
                if other == kind:
                    copies.append(_copy(kind, part, Motion(dx_mm=dx, dy_mm=dy), sheet.level))
        sheet = _with_new_ids(sheet, kind, copies, elsewhere)
    return sheet


def _copy(kind: str, part: Any, motion: Motion, level: Level) -> Any:
    if kind in OPENINGS:
        shifted = part_moved(kind, part, motion)
        return on_nearest(level, kind, part, ((shifted.p[0] + shifted.q[0]) // 2, (shifted.p[1] + shifted.q[1]) // 2))
    made = part_moved(kind, part, motion)
    if kind == FREE:
        return replace(made, level=level.id)
    return replace(made, pinned=False) if kind == "item" else made


def _with_new_ids(sheet: Sheet, kind: str, copies: Sequence[Any], elsewhere: frozenset[str]) -> Sheet:
    """All copies of a kind added at once; an id that is taken gives way to the first free one counted on from it."""
    named: dict[str, int] = {}
    taken = ids_of(sheet) | elsewhere
    made = []
    for part in copies:
        if part.id not in taken:
            taken.add(part.id)
            made.append(part)
            continue
        stem = part.id.rstrip("0123456789").rstrip("-") or kind
        number = named.get(stem) or int(fresh_id(sheet, stem).rpartition("-")[2])
        while f"{stem}-{number}" in taken:
            number += 1
        named[stem] = number + 1
        made.append(replace(part, id=f"{stem}-{number}"))
    return with_parts(sheet, kind, (*parts_of(sheet, kind), *made))
