"""The layout as JSON, as scripts and checks rely on it (design §4), and back again."""

from __future__ import annotations

from typing import Any

from layouts.layout import Layout
from layouts.plan import Door, FloorPlan, Level, Polygon
from planner.reading import plain, read_typed

ROUTE_NAMES = {"from_id": "from", "to_id": "to"}


def layout_to_json(plan: FloorPlan, layout: Layout) -> dict[str, Any]:
    """`layout` on the floors of `plan`; polygons are lists of [x, y], with holes {outer, holes}."""
    levels = {level.id: level for level in plan.levels}
    return {
        "frame": plain(plan.frame),
        "levels": [_level_to_json(levels[data["level"]], data) for data in plain(layout)["levels"]],
    }


def layout_from_json(data: Any, *, file: str = "") -> Layout:
    """The layout in its JSON form; what belongs to the plan (frame, floor) is left out."""
    levels = [_level_from_json(level) for level in data["levels"]]
    return read_typed({"levels": levels}, Layout, file=file)


def _level_to_json(level: Level, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": level.id,
        "elevation_mm": level.elevation_mm,
        "floor": {
            "outline": level.outline,
            "holes": level.holes,
            "columns": [column.outline for column in level.columns],
            "doors": [_door(door) for door in level.doors],
        },
        "items": data["items"],
        "public": [_polygon_to_json(p) for p in data["public"]],
        "staff": [_polygon_to_json(p) for p in data["staff"]],
        "spine": data["spine"],
        "routes": [{ROUTE_NAMES.get(k, k): v for k, v in route.items()} for route in data["routes"]],
    }


def _door(door: Door) -> dict[str, Any]:
    return {"id": door.id, "use": door.use, "p": door.p, "q": door.q, "clear_mm": door.clear_mm, "swing": door.swing}


def _polygon_to_json(polygon: dict[str, Any]) -> Any:
    return polygon if polygon["holes"] else polygon["outer"]


def _level_from_json(data: dict[str, Any]) -> dict[str, Any]:
    back = {name: key for key, name in ROUTE_NAMES.items()}
    kept = {k: v for k, v in data.items() if k not in ("id", "elevation_mm", "floor")}
    return kept | {
        "level": data["id"],
        "public": [_polygon_from_json(p) for p in data["public"]],
        "staff": [_polygon_from_json(p) for p in data["staff"]],
        "routes": [{back.get(k, k): v for k, v in route.items()} for route in data.get("routes", ())],
    }


def _polygon_from_json(polygon: Any) -> Any:
    return polygon if isinstance(polygon, dict) else plain(Polygon(outer=tuple(polygon)))
