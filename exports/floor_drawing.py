"""plan + layout -> Drawing: the furnished floor, lowest things first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import shapely

from exports.drawing import Block, Drawing, Panel, Polyline, Shape, Xy, points_of
from exports.floor_building import ENVELOPE_MM, draw_building, floor_area
from exports.floor_dimensions import draw_dimensions
from exports.floor_doors import door_panels, draw_door_numbers, numbered_doors
from exports.floor_fittings import draw_item, gate_swings, is_room, island_floors, standing_floors, tints
from exports.floor_guidance import draw_guidance, ground_of
from exports.floor_labels import settle_labels
from exports.floor_later import draw_later
from exports.floor_marks import (
    draw_banks,
    draw_clear_zones,
    draw_findings,
    draw_routes,
    draw_spine,
    draw_zones,
)
from exports.floor_panels import legend_panel, north_panel, note_panel, scale_panel, schedule_panel
from exports.floor_prayer import draw_prayer, prayer_deg
from exports.floor_reserves import draw_reserves, kept_panel, reserves_panel
from exports.floor_room_list import room_panels
from exports.floor_void_doors import Closed, closed_off, draw_closed, through_rooms
from exports.floor_voids import draw_void_names
from exports.floor_windows import draw_window_marks, window_panels, window_types
from exports.room_tags import room_tags, tag_at
from layouts.findings import Finding
from layouts.hall import planned_level
from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import FloorPlan, Level
from layouts.reserve import Reserve, kept_for_phases, reserves
from layouts.screening import is_screened


def draw_floor(
    plan: FloorPlan,
    layout: Layout | None,
    *,
    language: str = "en",
    findings: Sequence[Finding] = (),
    title: str = "",
    names: Mapping[str, str] | None = None,
    level: str | None = None,
    place: Xy | None = None,
) -> Drawing:
    """One level as a drawing: the first, or the one named. `names` gives banks the names people know; `place`: degrees north
    and east, where the centre stands on earth."""
    storey = next(lv for lv in plan.levels if level in (None, lv.id))
    placed = next((lv for lv in layout.levels if lv.level == storey.id), None) if layout else None
    columns = storey.columns  # those of rooms beside the hall too: furniture keeps off them
    storey = planned_level(storey, placed)
    building, blocks = draw_building(storey, language, _new_doors(placed))
    shapes: list[Shape] = []
    closed = closed_off(placed, storey.windows)
    if placed:
        whole, praying = replace(storey, columns=columns), prayer_deg(place, plan.north_deg)
        zones, things, more = _draw_layout(placed, storey, whole, closed, names or {}, language, praying)
        shapes += zones
        blocks += more
    else:
        things = []
    tags, tag_blocks = _space_tags(storey, placed, language)
    kept = reserves(storey, placed, queued=ground_of(things)) if placed and _items(placed) else ()
    shapes += [*draw_reserves(kept, language), *building, *_gone(placed), *things, *draw_later(_items(placed)), *tags]
    shapes += draw_prayer(_items(placed), place, plan.north_deg)
    shapes += draw_findings(findings, storey, placed)
    shapes += draw_dimensions(storey, placed, _reach(storey, building, blocks))
    doors = numbered_doors(storey, _items(placed), _new_doors(placed), language, closed)
    shapes += draw_door_numbers(doors, language)
    glazed = window_types(storey, plan.north_deg)
    shapes += draw_window_marks(storey, glazed, language)
    shapes = settle_labels(shapes, [*blocks, *tag_blocks], _items(placed), storey)
    return Drawing(
        title=title or storey.name,
        subtitle=storey.name if title else "",
        shapes=tuple(shapes),
        blocks=_once([*blocks, *tag_blocks]),
        panels=_panels(plan, placed, shapes, names or {}, language, kept),
        schedules=(
            *room_panels(storey, _items(placed), closed, language),
            *door_panels(doors, language),
            *window_panels(glazed, language),
        ),
        language=language,
    )


def _reach(storey: Level, building: Sequence[Shape], blocks: Sequence[Block]) -> tuple[float, float]:
    """How far walls and entrance marks reach to the left of the floor and below it: dimension strings stand clear."""
    x0, y0, _, _ = floor_area(storey).bounds
    symbols = {block.name: block for block in blocks}
    points = [p for shape in building for p in points_of(shape, symbols)] or [(x0, y0)]
    return max(ENVELOPE_MM, x0 - min(p[0] for p in points)), max(ENVELOPE_MM, y0 - min(p[1] for p in points))


def _draw_layout(
    placed: LevelLayout, storey: Level, whole: Level, closed: Sequence[Closed], names: Mapping[str, str], language: str,
    praying: float | None,
) -> tuple[list[Shape], list[Shape], list[Block]]:  # fmt: skip
    """Zones that lie under the building, things that stand in it, and their blocks."""
    tint_of = tints(placed.items)
    things: list[Shape] = []
    labels: list[Shape] = []
    blocks: list[Block] = []
    swings, screened, cut = gate_swings(placed.items), is_screened(placed.items), through_rooms(closed)
    planted = {one.item.id for one in closed if one.planted}
    for item in sorted(placed.items, key=lambda i: not is_room(i)):
        tint = tint_of.get(item.bank or "", 0)
        shapes, more = draw_item(
            item, whole, tint, language, swings, praying, screened=screened, cut=cut, planted=item.id in planted
        )
        things += shapes
        blocks += more
        if is_room(item):
            tag, block = room_tags(item, language)
            labels += tag
            blocks.append(block)
    for shapes, more in (draw_closed(closed), draw_void_names(closed, language)):
        labels += shapes
        blocks += more
    marks = [*draw_clear_zones(placed.items), *draw_spine(placed), *draw_routes(placed.routes, language)]
    guides = draw_guidance(storey, placed, language)
    floors = [*draw_zones(placed, storey), *standing_floors(placed.items), *island_floors(placed.items)]
    return floors, [*marks, *things, *guides, *labels, *draw_banks(placed.items, names)], blocks


def _new_doors(placed: LevelLayout | None) -> frozenset[str]:
    """Doors that the layout opens into rooms that stand."""
    return frozenset(d.id for d in placed.hall.doors) if placed and placed.hall else frozenset()


def _gone(placed: LevelLayout | None) -> list[Shape]:
    """Standing walls that are taken away, dashed where they stood."""
    removed = placed.hall.removed if placed and placed.hall else ()
    return [Polyline(layer="A-WALL-D", kind="wall", id=r.wall, points=r.polygon, closed=True) for r in removed]


def _space_tags(storey: Level, placed: LevelLayout | None, language: str) -> tuple[list[Shape], list[Block]]:
    """Names and areas of the rooms that stand already, but for those an item has taken over."""
    taken = {item.space for item in _items(placed)}
    shapes: list[Shape] = []
    blocks: list[Block] = []
    for space in storey.spaces:
        area = shapely.Polygon(space.outline.outer, space.outline.holes)
        if space.id in taken or not space.name or (placed and _is_hall(area, storey)):
            continue
        tag, block = tag_at(area, "space", space.id, space.name, area.area / 1e6, language, "A-AREA-IDEN-E")
        shapes += tag
        blocks.append(block)
    return shapes, blocks


def _is_hall(area: shapely.Polygon, storey: Level) -> bool:
    """Whether a room is the floor being furnished: its name would stand among the furniture."""
    floor = floor_area(storey)
    return bool(area.buffer(0).intersection(floor).area > floor.area / 2)


def _items(placed: LevelLayout | None) -> tuple[Item, ...]:
    return placed.items if placed else ()


def _panels(
    plan: FloorPlan, placed: LevelLayout | None, shapes: Iterable[Shape], names: Mapping[str, str], language: str,
    kept: Sequence[Reserve],
) -> tuple[Panel, ...]:  # fmt: skip
    used = tuple({shape.layer for shape in shapes})
    panels = [legend_panel(used, language), scale_panel(100, language), north_panel(plan, language)]
    if placed and any(item.bank for item in placed.items):
        panels.insert(0, schedule_panel(placed.items, names, language))
    if kept:
        panels.insert(1, reserves_panel(kept, language))
    if placed and (later := kept_for_phases(placed)):
        panels.insert(1, kept_panel(later, names, language))
    return (*panels, note_panel(language))


def _once(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Each block name once, sorted; two different symbols under one name would be a fault."""
    found: dict[str, Block] = {}
    for block in blocks:
        known = found.setdefault(block.name, block)
        if known != block:
            raise ValueError(f"two different blocks are called {block.name}")
    return tuple(found[name] for name in sorted(found))
