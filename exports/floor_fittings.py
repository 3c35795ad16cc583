"""What the layout places: each item as one block at its insertion point, rooms with walls and door as well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from exports.blocks import PUBLIC_ROOMS, ROOMS, SIGNS, SYMBOLS, TAGS, fitting_block, is_counter, layer_of, table_block
from exports.blocks_divided import divided
from exports.blocks_rooms import prayer_room
from exports.blocks_shapes import circle, line, ring
from exports.drawing import Block, BlockRef, Polyline, Shape, Text, Xy, turned
from exports.floor_shapes import between, fills, outlines, readable_angle
from exports.floor_standing import PRAYER_ROOMS, furniture, ground_of, pieces_of
from exports.item_boxes import is_box, local, size_of
from exports.one_line import drawn
from exports.room_shells import room_shell, rooms_of
from exports.room_tags import kind_name
from layouts.catalogue import fittings
from layouts.layout import Item
from layouts.plan import Level
from layouts.screening import PARTS, SCREEN, TABLE

NOWHERE = shapely.Polygon()
PLANT_MM = 200.0  # half the room that one takes
CHAIR_MM = 750  # no chair is larger
STAFFED_ISLANDS = frozenset({"reception", "document_check"})
# What numbers or signs tell of.
PLAIN_KINDS = frozenset({"seat", "wheelchair_bay", "partition", "void", "staff_gate", *PARTS})


def is_room(item: Item) -> bool:
    known = fittings().get(item.kind)
    return item.kind in ROOMS or (known is not None and known.category.startswith("room"))


def gate_swings(items: Iterable[Item]) -> BaseGeometry:
    """The floor over which the leaves of the staff's gates swing."""
    found = []
    for item in items:
        if item.kind == "staff_gate":
            width, depth = size_of(item)
            corners = ((-width / 2, 0.0), (width / 2, 0.0), (width / 2, depth + width), (-width / 2, depth + width))
            found.append(shapely.Polygon([turned(p, item.insert_mm, item.rotation_deg) for p in corners]))
    return shapely.union_all(found)


def _beside_gates(item: Item, swings: BaseGeometry) -> Block | None:
    """An open room furnished without the desks over which a gate of its own would swing, as drawn or each of its rooms in a
    mirror, whichever keeps more; None where none does."""
    if item.solid or item.space or item.kind not in ROOMS or item.kind not in SYMBOLS or not is_box(item):
        return None
    if shapely.Polygon(item.polygon).intersection(swings).area < 1:
        return None
    whole, rooms = _block_of(item), rooms_of(item)
    other = divided([replace(r, mirrored=not r.mirrored) for r in rooms]) if rooms else ()
    found = [_clear_of(item, _with_their_chairs(pieces_of(item.kind, s)), swings) for s in (whole.shapes, other) if s]
    kept, lost = min(found, key=lambda f: f[1])
    if not lost and kept is found[0][0]:
        return None
    return Block(name=f"{whole.name}_{_safe(item.id)}", shapes=tuple(s for p in kept for s in p), tags=TAGS)


def _clear_of(
    item: Item, pieces: Sequence[tuple[Shape, ...]], swings: BaseGeometry
) -> tuple[list[tuple[Shape, ...]], float]:
    """The pieces that stand clear of the gates, and how much floor those take that do not."""
    ground = [shapely.Polygon(ground_of(p, item.insert_mm, item.rotation_deg)) for p in pieces]
    free = [g.intersection(swings).area < 1 for g in ground]
    kept = [p for p, ok in zip(pieces, free, strict=True) if ok]
    return kept, sum(g.area for g, ok in zip(ground, free, strict=True) if not ok)


def _with_their_chairs(pieces: Sequence[tuple[Shape, ...]]) -> list[tuple[Shape, ...]]:
    """Desks with the chairs nearest to them: a chair goes where its desk goes."""
    grounds = [shapely.Polygon(ground_of(p, (0.0, 0.0), 0.0)) for p in pieces]
    desks = [k for k, g in enumerate(grounds) if max(g.bounds[2] - g.bounds[0], g.bounds[3] - g.bounds[1]) > CHAIR_MM]
    if not desks:
        return list(pieces)
    found = {k: list(pieces[k]) for k in desks}
    for k, ground in enumerate(grounds):
        if k not in found:
            found[min(desks, key=lambda d: grounds[d].distance(ground))] += pieces[k]
    return [tuple(p) for p in found.values()]


def block_of(item: Item, storey: Level, *, screened: bool = False) -> Block:
    """The symbol of its kind and size; an unknown kind or an odd shape is its own outline. `screened`: arch and bypass stand
    beside the screening's table."""
    if screened and item.kind == TABLE and is_box(item):
        return table_block(*size_of(item))
    if item.space:  # its walls and doors are the building's
        inside = furniture(item, storey)
        name = f"CL_STANDING_ROOM_{_safe(item.id)}" if inside else "CL_STANDING_ROOM"
        return Block(name=name, shapes=inside, tags=TAGS)
    return _block_of(item)


def _block_of(item: Item) -> Block:
    width, depth = size_of(item)
    if item.kind in SYMBOLS and is_box(item):
        if rooms := rooms_of(item):
            name = f"CL_{item.kind.upper()}_{round(width)}X{round(depth)}_DIVIDED"
            return Block(name="_".join((name, *(f"{100 * s:.0f}" for s in item.shares))), shapes=divided(rooms), tags=TAGS)
        return fitting_block(item.kind, width, depth)
    outline = tuple((round(x, 1), round(y, 1)) for x, y in (local(p, item) for p in item.polygon))
    mark = f"{math.fsum(x * 3 + y * 7 + x * y / 1000 for x, y in outline):.0f}".replace("-", "M")
    name = f"CL_{_safe(item.kind)}_{round(width)}X{round(depth)}_{mark}"
    return Block(name=name, shapes=(ring(*outline), *_crossed(item.kind, outline)), tags=TAGS)


def _safe(name: str) -> str:
    """A name that blocks may have."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in name.upper())[:40]


def _crossed(kind: str, outline: tuple[Xy, ...]) -> tuple[Shape, ...]:
    """The cross of a void, from corner to corner of the least rectangle round it."""
    if kind != "void":
        return ()
    area = shapely.Polygon(outline)
    a, b, c, d = list(area.minimum_rotated_rectangle.exterior.coords)[:4]
    strokes = (shapely.LineString(ends).intersection(area) for ends in ((a, c), (b, d)))
    pieces = (p for s in strokes for p in getattr(s, "geoms", (s,)) if isinstance(p, shapely.LineString))
    ends = (tuple((round(x, 1), round(y, 1)) for x, y in p.coords) for p in pieces)
    return tuple(line(e[0], e[-1]) for e in ends if len(e) > 1)


def _bed(item: Item) -> Block:
    """Plants side by side in a void."""
    bare = _block_of(item)
    outline = next(s for s in bare.shapes if isinstance(s, Polyline))
    ground = shapely.Polygon(outline.points).buffer(-PLANT_MM)
    x0, y0, x1, y1 = ground.bounds if not ground.is_empty else (0.0, 0.0, 0.0, 0.0)
    spots = [
        (round(x, 1), round(y, 1))
        for n, y in enumerate(np.arange(y0, y1, 2 * PLANT_MM).tolist())
        for x in np.arange(x0 + n % 2 * PLANT_MM, x1, 2 * PLANT_MM).tolist()
        if ground.covers(shapely.Point(x, y))
    ]
    plants = [circle(at, radius) for at in spots for radius in (0.9 * PLANT_MM, 0.3 * PLANT_MM)]
    return Block(name=f"{bare.name}_PLANTED", shapes=(outline, *plants), tags=TAGS)


def _mats_across(item: Item, prayer_deg: float | None) -> Block | None:
    """A new prayer room whose mats lie across it, since that is nearer to the direction of prayer; None where they need not."""
    if prayer_deg is None or item.kind not in PRAYER_ROOMS or item.space or not is_box(item):
        return None
    along = math.radians(prayer_deg - item.rotation_deg)
    if abs(math.sin(along)) >= abs(math.cos(along)):
        return None
    rooms, size = rooms_of(item), size_of(item)
    shapes = divided(rooms, across=True) if rooms else prayer_room(*size, across=True)
    return Block(name=f"{_block_of(item).name}_ACROSS", shapes=shapes, tags=TAGS)


def draw_item(
    item: Item, storey: Level, tint: int, language: str, swings: BaseGeometry = NOWHERE, prayer_deg: float | None = None,
    *, screened: bool = False, cut: BaseGeometry = NOWHERE, planted: bool = False,
) -> tuple[list[Shape], list[Block]]:
    """One item: its block, and walls, door and tag where it is a room. `swings`: where gates open (`gate_swings`);
    `prayer_deg`: the direction of prayer in the plan; `cut`: what doors of cupboards take out of rooms' walls; `planted`: a
    void for plants."""
    shapes: list[Shape] = []
    blocks: list[Block] = []
    if is_room(item) and not item.solid and not item.space:
        shapes += _open_floor(item)
    elif is_room(item) and not item.space:
        walls, doors = _room_walls(item, cut)
        shapes += walls
        blocks += doors
    if item.kind == SCREEN:
        shapes += fills(shapely.Polygon(item.polygon), "A-WALL-SCRN-N", item.kind, item.id)
    if item.kind == "partition":
        shapes += fills(shapely.Polygon(item.polygon), "A-WALL-PATT-N", item.kind, item.id)
    block = _bed(item) if planted else None
    block = block or _beside_gates(item, swings) or _mats_across(item, prayer_deg) or block_of(item, storey, screened=screened)
    width, _ = size_of(item)
    values = (
        ("ID", item.id),
        ("SERVICE", ", ".join(item.services) or item.bank or ""),
        ("WIDTH", str(round(width))),
        ("ACCESSIBLE", "1" if item.accessible else "0"),
    )
    ref = BlockRef(
        layer=layer_of(item.kind, item.accessible),
        kind=item.kind,
        id=item.id,
        block=block.name,
        at=item.insert_mm,
        rotation_deg=item.rotation_deg,
        values=values,
        tint=tint,
    )
    return [*shapes, ref, *_label(item, language)], [*blocks, block]


def standing_floors(items: Iterable[Item]) -> Iterator[Shape]:
    """The floors of rooms that stand and are used, to lie under the building's walls and doors."""
    for item in items:
        if item.space:
            yield from fills(shapely.Polygon(item.polygon), _floor_layer(item), item.kind, item.id)


def island_floors(items: Iterable[Item]) -> Iterator[Shape]:
    """The floor that islands stand on: the staff's round a desk with people, the public's under machines."""
    for item in items:
        known = fittings().get(item.kind)
        if known is not None and known.category == "island":
            staffed = item.kind in STAFFED_ISLANDS
            layer = "A-AREA-STAF-PATT" if staffed else "A-AREA-PUBL-PATT"
            yield from fills(shapely.Polygon(item.polygon), layer, item.kind, item.id)


def _open_floor(item: Item) -> Iterator[Shape]:
    """A room that is walked through has no walls of its own: its floor and a dashed edge."""
    area = shapely.Polygon(item.polygon)
    yield from fills(area, _floor_layer(item), item.kind, item.id)
    yield from outlines(area, "A-CLRN-N", item.kind, item.id)


def _floor_layer(item: Item) -> str:
    return "A-AREA-ROOM-PATT" if item.kind in PUBLIC_ROOMS else "A-AREA-STAF-PATT"


def _room_walls(item: Item, cut: BaseGeometry) -> tuple[list[Shape], list[Block]]:
    shell = room_shell(item)
    walls = shell.walls.difference(cut)
    shapes: list[Shape] = [*fills(shapely.Polygon(item.polygon), _floor_layer(item), item.kind, item.id)]
    shapes += fills(walls, "A-WALL-PATT-N", item.kind, item.id)
    shapes += outlines(walls, "A-WALL-N", item.kind, item.id)
    return [*shapes, *(ref for ref, _ in shell.doors)], [block for _, block in shell.doors]


def _label(item: Item, language: str) -> Iterator[Shape]:
    """The name of what is neither room, counter nor seat, before its front (behind it may be a wall)."""
    if is_room(item) or is_counter(item.kind) or item.kind in PLAIN_KINDS | SIGNS:
        return
    width, _ = size_of(item)
    name = drawn(item.label or kind_name(item.kind, language))
    height = max(150.0, min(180.0, width / (0.75 * max(6, len(name)))))
    at = turned((0.0, -height * 1.1), item.insert_mm, item.rotation_deg)
    if item.kind not in SYMBOLS:
        at = between(item.polygon[0], item.polygon[len(item.polygon) // 2])
    turn = readable_angle(item.rotation_deg)
    yield Text(layer="I-FURN-IDEN-N", kind=item.kind, id=item.id, at=at, lines=(name,), height=height, rotation_deg=turn)


def tints(items: tuple[Item, ...]) -> Mapping[str, int]:
    """A number per bank, 1.. in order of appearance, so that what belongs together looks alike on screen."""
    banks = dict.fromkeys(item.bank for item in items if item.bank and is_counter(item.kind))
    return {bank: i + 1 for i, bank in enumerate(banks)}
