"""The schedule of rooms: what they are called, how large they are within their walls, whom they serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from exports.blocks import PUBLIC_ROOMS
from exports.drawing import Panel
from exports.floor_building import floor_area
from exports.floor_doors import tables
from exports.floor_fittings import is_room
from exports.floor_void_doors import Closed
from exports.floor_voids import floor_in, used_voids, void_name
from exports.one_line import drawn
from exports.room_shells import floor_of, inside_of, rooms_of
from exports.room_tags import kind_name
from exports.words import say
from layouts.layout import Item
from layouts.plan import Level


def room_panels(level: Level, items: Sequence[Item], closed: Sequence[Closed], language: str) -> tuple[Panel, ...]:
    """The rooms that the layout sets up or uses, what it closes off, then those that stand and are left as they are."""
    heads = [say(f"drawing.rooms.{h}", {}, language) for h in ("room", "area", "size", "who", "state")]
    rows = [*room_rows(items, language), *_stores(closed, language), *_left(level, items, language)]
    return tables("rooms", say("drawing.rooms", {}, language), (0.0, 33.0, 43.5, 66.0, 83.0), heads, rows)


def room_rows(items: Sequence[Item], language: str) -> Iterator[tuple[str, ...]]:
    """New rooms and those that are used, of a divided block each of its own: name, area, size, for whom, state."""
    for item in items:
        if rooms := rooms_of(item):
            who = "public" if item.kind in PUBLIC_ROOMS else "staff"
            yield from (_row(kind_name(r.kind, language), floor_of(r, item), who, "new", language) for r in rooms)
        elif is_room(item):
            who = "public" if item.kind in PUBLIC_ROOMS else "staff"
            state = "existing" if item.space else "new"
            yield _row(item.label or kind_name(item.kind, language), inside_of(item), who, state, language)


def _stores(closed: Sequence[Closed], language: str) -> Iterator[tuple[str, ...]]:
    """Cupboards and stores in what the layout leaves over: the staff's, wherever their doors are."""
    for one in used_voids(closed):
        yield _row(void_name(one, language), floor_in(one), "staff", "new", language)


def _left(level: Level, items: Sequence[Item], language: str) -> Iterator[tuple[str, ...]]:
    taken, floor = {item.space for item in items}, floor_area(level)
    for space in level.spaces:
        area = shapely.Polygon(space.outline.outer, space.outline.holes)
        if space.id not in taken and space.name and area.buffer(0).intersection(floor).area <= floor.area / 2:
            yield _row(space.name, area, "", "existing", language)


def _row(name: str, area: shapely.Polygon, who: str, state: str, language: str) -> tuple[str, ...]:
    """Its clear size is told where it is a rectangle."""
    ring = shapely.minimum_rotated_rectangle(area)
    (ax, ay), (bx, by), (cx, cy) = list(ring.exterior.coords)[:3]
    sides = sorted((((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5, ((cx - bx) ** 2 + (cy - by) ** 2) ** 0.5), reverse=True)
    boxed = abs(ring.area - area.area) < 0.01 * ring.area
    return (
        drawn(name), f"{area.area / 1e6:.1f}", f"{sides[0] / 1000:.2f} × {sides[1] / 1000:.2f}" if boxed else "–",
        say(f"drawing.who.{who}", {}, language) if who else "–", say(f"drawing.state.{state}", {}, language),
    )  # fmt: skip
