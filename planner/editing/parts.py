"""Edits of single parts: adding, deleting, naming, sizing, placing, pinning."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from layouts.findings import BadInput
from layouts.plan import Column, Level, Obstacle, Point, Polygon, Ring, Space
from planner.editing import commands as c
from planner.editing.fittings import GREATEST_MM, new_item, resized
from planner.editing.hosts import host_of
from planner.editing.motion import box_of, item_at, points_of, with_ring
from planner.editing.outlines import counter_clockwise
from planner.editing.sheet import FREE, Sheet, added, change, expand, find, fresh_id, split
from planner.editing.shifting import move
from planner.editing.walling import opening_widened, wall_turned
from planner.project import Pin
from planner.ranges import ID
from planner.reading import shown
from solvers.placement.wish import Wish

LONGEST_NAME = 200


def add_column(sheet: Sheet, command: c.AddColumn) -> Sheet:
    ring = counter_clockwise(command.outline)
    return added(sheet, "column", Column(id=fresh_id(sheet, "column"), outline=ring))


def add_obstacle(sheet: Sheet, command: c.AddObstacle) -> Sheet:
    ring, kind = counter_clockwise(command.outline), _name(command.kind, "kind")
    return added(sheet, "obstacle", Obstacle(id=fresh_id(sheet, "obstacle"), kind=kind, outline=ring))


def add_free(sheet: Sheet, command: c.AddFree) -> Sheet:
    area = counter_clockwise(command.outline)
    return added(sheet, FREE, Wish(id=fresh_id(sheet, FREE), kind="keep_out", area=area, level=sheet.level.id))


def set_free(sheet: Sheet, command: c.SetFree) -> Sheet:
    kind, _ = split(command.key)
    if kind != FREE:
        raise BadInput("edit.not_for_this", place=command.key, known=FREE)
    find(sheet, command.key)
    module = _name(command.module, "module")
    return change(sheet, [command.key], lambda _, wish: replace(wish, module=module))


def add_space(sheet: Sheet, command: c.AddSpace) -> Sheet:
    outline = Polygon(outer=counter_clockwise(command.outline))
    ident = fresh_id(sheet, "space")
    space = Space(id=ident, name=_name(command.name, "name"), kind=_name(command.kind, "kind"), outline=outline)
    return added(sheet, "space", space)


def add_item(sheet: Sheet, command: c.AddItem) -> Sheet:
    ident = fresh_id(sheet, command.kind if ID.fullmatch(command.kind) else "item")
    return added(sheet, "item", new_item(ident, command.kind, command.at, command.rotation_deg))


def delete(sheet: Sheet, command: c.Delete) -> Sheet:
    """Parts taken away with what cannot stand without them: openings in deleted walls, pins of deleted items."""
    keys = with_openings(sheet.level, expand(sheet, command.keys))
    changed = change(sheet, keys, lambda _, part: None)
    standing = {i.id for i in changed.items} | {i.bank for i in changed.items}
    fell = {i.id for i in sheet.items} | {i.bank for i in sheet.items}
    return replace(changed, pins=tuple(p for p in sheet.pins if p.id in standing or p.id not in fell))


def with_openings(level: Level, keys: Iterable[str]) -> set[str]:
    """The keys, and those of the openings in inner walls among them."""
    found = set(keys)
    for kind, openings in (("door", level.doors), ("window", level.windows)):
        for opening in openings:
            host = host_of(level, opening.p, opening.q, getattr(opening, "wall", None))
            if host is not None and host.name[0] == "wall" and f"wall:{host.wall}" in found:
                found.add(f"{kind}:{opening.id}")
    return found


def rename(sheet: Sheet, command: c.Rename) -> Sheet:
    kind, _ = split(command.key)
    field = {"space": "name", "item": "label"}.get(kind)
    if field is None:
        raise BadInput("edit.not_for_this", place=command.key, known="space, item")
    find(sheet, command.key)
    return change(sheet, [command.key], lambda _, part: replace(part, **{field: _name(command.name, command.key)}))


def set_size(sheet: Sheet, command: c.SetSize) -> Sheet:
    """A rectangle about its own middle; an item about the middle of its front; an opening along its wall."""
    kind, _ = split(command.key)
    part = find(sheet, command.key)
    if kind in ("door", "window"):
        return opening_widened(sheet, command.key, command.width_mm)
    if kind == "wall":
        raise BadInput("edit.not_for_this", place=command.key, known="item, column, obstacle, free, space, door, window")
    if kind == "item":
        return change(sheet, [command.key], lambda _, item: resized(item, command.width_mm, command.depth_mm))
    if not (0 < command.width_mm <= GREATEST_MM and 0 < command.depth_mm <= GREATEST_MM):
        raise BadInput(
            "edit.bad_size", place=command.key, width_mm=command.width_mm, depth_mm=command.depth_mm, most_mm=GREATEST_MM
        )
    ring = _stretched(points_of(kind, part), command.width_mm, command.depth_mm)
    return change(sheet, [command.key], lambda k, p: with_ring(k, p, ring))


def set_place(sheet: Sheet, command: c.SetPlace) -> Sheet:
    kind, _ = split(command.key)
    left, low, _, _ = box_of(points_of(kind, find(sheet, command.key)))
    shift = c.Move(level=command.level, keys=(command.key,), dx_mm=command.x_mm - left, dy_mm=command.y_mm - low, alone=True)
    return move(sheet, shift)


def set_angle(sheet: Sheet, command: c.SetAngle) -> Sheet:
    """A wall or a fitting turned to so many degrees; BadInput for anything else."""
    kind, _ = split(command.key)
    if kind == "wall":
        return wall_turned(sheet, command)
    if kind != "item":
        raise BadInput("edit.not_for_this", place=command.key, known="wall, item")
    find(sheet, command.key)
    return change(sheet, [command.key], lambda _, item: _turned_about_middle(item, command.degrees))


def set_pinned(sheet: Sheet, command: c.SetPinned) -> Sheet:
    """Pins are kept by id in the project and shown on the items."""
    names = []
    for key in command.keys:
        kind, ident = split(key)
        if kind not in ("item", "bank"):
            raise BadInput("edit.not_for_this", place=key, known="item, bank")
        expand(sheet, (key,))
        names.append(ident)
    if not names:
        raise BadInput("edit.nothing_selected")
    kept = [p.id for p in sheet.pins if p.id not in names] + (names if command.pinned else [])
    keys = expand(sheet, command.keys)
    sheet = change(sheet, keys, lambda _, item: replace(item, pinned=command.pinned))
    return replace(sheet, pins=tuple(Pin(id=name) for name in dict.fromkeys(kept)))


def _turned_about_middle(item: Any, degrees: float) -> Any:
    """An item with a rotation, the middle of its box where it was."""
    left, low, right, high = box_of(item.polygon)
    made = item_at(item, item.insert_mm, degrees)
    l2, b2, r2, t2 = box_of(made.polygon)
    shift: Point = (round((left + right - l2 - r2) / 2), round((low + high - b2 - t2) / 2))
    return item_at(made, (made.insert_mm[0] + shift[0], made.insert_mm[1] + shift[1]), degrees)


def _stretched(ring: Ring, width_mm: int, depth_mm: int) -> Ring:
    """The ring scaled about its box's middle so that the box has this size."""
    left, low, right, high = box_of(ring)
    mx, my = (left + right) / 2, (low + high) / 2
    sx, sy = width_mm / max(right - left, 1), depth_mm / max(high - low, 1)
    new_left, new_low = math.floor(mx - width_mm / 2), math.floor(my - depth_mm / 2)
    return tuple((new_left + round((x - left) * sx), new_low + round((y - low) * sy)) for x, y in ring)


def _name(text: str, place: str) -> str:
    """A name on one line, not endless."""
    if len(text) > LONGEST_NAME or not all(ch.isprintable() for ch in text):
        raise BadInput("edit.bad_name", place=place, given=shown(text), most=LONGEST_NAME)
    return text
