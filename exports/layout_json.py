"""The layout as JSON and back: millimetres in the project's frame, every ring counter-clockwise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from layouts.findings import BadInput, Finding, Witness
from layouts.geometry import parts, to_polygons
from layouts.hall import planned_level
from layouts.layout import ClearZone, Hall, Item, Layout, LevelLayout, RemovedWall, Route, Spine
from layouts.plan import Column, Door, FloorPlan, Frame, Level, Obstacle, Point, Polygon, Ring
from layouts.walkable import inner_walls
from layouts.wall_ends import KIND as WALL_END

Json = dict[str, Any]
LATER = ("witness", "source")  # of a finding: answers stored earlier have none


def _ccw(ring: Ring) -> list[list[int]]:
    """The ring counter-clockwise, from its own first point."""
    doubled = sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, (*ring[1:], ring[0])))
    turned = ring if doubled >= 0 else (ring[0], *reversed(ring[1:]))
    return [[x, y] for x, y in turned]


def _points(line: Sequence[Point]) -> list[list[int]]:
    return [[x, y] for x, y in line]


def _area(polygon: Polygon) -> Json:
    return {"outer": _ccw(polygon.outer), "holes": [_ccw(h) for h in polygon.holes]}


def _floor(level: Level) -> Json:
    """The empty floor. Walls that stand inside the outline are solid like obstacles, and are told as such."""
    walls = [p for part in parts(inner_walls(level)) for p in to_polygons(part)]
    return {
        "outline": _ccw(level.outline),
        "holes": [_ccw(h) for h in level.holes],
        "columns": [_ccw(c.outline) for c in level.columns],
        "obstacles": [
            *({"id": o.id, "kind": o.kind, "polygon": _ccw(o.outline)} for o in level.obstacles if o.kind != WALL_END),
            *({"id": f"wall-{k}", "kind": "wall", "polygon": _ccw(w.outer)} for k, w in enumerate(walls, 1)),
        ],
        "doors": [_door(d) for d in level.doors],
        "spaces": [{"id": s.id, "name": s.name, "kind": s.kind, "polygon": _area(s.outline)} for s in level.spaces],
    }


def _door(door: Door) -> Json:
    return {
        "id": door.id, "use": door.use, "p": list(door.p), "q": list(door.q), "clear_mm": door.clear_mm, "swing": door.swing,
    }  # fmt: skip


def _hall(hall: Hall | None) -> Json | None:
    """What the planned floor was made of, where the building had rooms."""
    if hall is None:
        return None
    return {
        "spaces": list(hall.spaces),
        "removed_walls": [{"wall": r.wall, "polygon": _ccw(r.polygon), "length_mm": r.length_mm} for r in hall.removed],
        "staff_doors": list(hall.staff_doors),
        "behind": list(hall.behind),
        "doors": [_door(d) for d in hall.doors],
        "uses": [[door, use] for door, use in hall.uses],
    }


def _item(item: Item) -> Json:
    return {
        "id": item.id,
        "kind": item.kind,
        "bank": item.bank,
        "services": list(item.services),
        "label": item.label,
        "polygon": _ccw(item.polygon),
        "insert_mm": list(item.insert_mm),
        "rotation_deg": item.rotation_deg,
        "clear_zones": [{"use": z.use, "polygon": _ccw(z.polygon)} for z in item.clear_zones],
        "accessible": item.accessible,
        "pinned": item.pinned,
        "space": item.space,
        "seats": item.seats,
        "phase": item.phase,
        "solid": item.solid,
    } | ({"shares": list(item.shares)} if item.shares else {})


def _route(route: Route) -> Json:
    return {
        "from": route.from_id,
        "to": route.to_id,
        "visitors_per_day": route.visitors_per_day,
        "centreline": _points(route.centreline),
        "length_mm": route.length_mm,
        "clear_width_mm": route.clear_width_mm,
        "narrowest": list(route.narrowest),
    }


def layout_to_json(plan: FloorPlan, layout: Layout) -> Json:
    """Plan and layout in the shape of the command line's JSON. Levels without a layout are left out."""
    levels = {level.id: level for level in plan.levels}
    told = []
    for placed in layout.levels:
        level = planned_level(levels[placed.level], placed)
        spine = placed.spine
        told.append(
            {
                "id": level.id,
                "elevation_mm": level.elevation_mm,
                "floor": _floor(level),
                "items": [_item(i) for i in placed.items],
                "public": [_area(p) for p in placed.public],
                "staff": [_area(p) for p in placed.staff],
                "spine": None if spine is None else {"centreline": _points(spine.centreline), "width_mm": spine.width_mm},
                "routes": [_route(r) for r in placed.routes],
                "hall": _hall(placed.hall),
            }
        )
    frame = {
        "source_unit": plan.frame.source_unit,
        "scale_to_mm": plan.frame.scale_to_mm,
        "origin_mm": list(plan.frame.origin_mm),
        "rotation_deg": plan.frame.rotation_deg,
    }
    return {"frame": frame, "levels": told}


def _take(obj: Any, key: str, place: str) -> Any:
    """A field that must be there; BadInput `layout_json.missing_field` names its path."""
    if not isinstance(obj, Mapping) or key not in obj:
        raise BadInput("layout_json.missing_field", place=f"{place}.{key}")
    return obj[key]


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput("layout_json.not_a_number", place=place, value=str(value)[:40])
    return value


def _point(value: Any, place: str) -> Point:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise BadInput("layout_json.not_a_point", place=place, value=str(value)[:40])
    return round(_number(value[0], place)), round(_number(value[1], place))


def _line(value: Any, place: str) -> tuple[Point, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise BadInput("layout_json.not_a_point", place=place, value=str(value)[:40])
    return tuple(_point(p, f"{place}[{k}]") for k, p in enumerate(value))


def _list(obj: Any, key: str, place: str) -> list[tuple[Any, str]]:
    """The entries of a list field with their paths."""
    value = _take(obj, key, place)
    if not isinstance(value, list):
        raise BadInput("layout_json.not_a_list", place=f"{place}.{key}")
    return [(entry, f"{place}.{key}[{k}]") for k, entry in enumerate(value)]


def _read_area(value: Any, place: str) -> Polygon:
    """An area with its holes; one without any may be told as its ring alone."""
    if isinstance(value, list):
        return Polygon(outer=_line(value, place))
    holes = tuple(_line(h, p) for h, p in _list(value, "holes", place))
    return Polygon(outer=_line(_take(value, "outer", place), f"{place}.outer"), holes=holes)


def _read_door(value: Any, place: str) -> Door:
    return Door(
        id=str(_take(value, "id", place)),
        use=str(_take(value, "use", place)),
        p=_point(_take(value, "p", place), f"{place}.p"),
        q=_point(_take(value, "q", place), f"{place}.q"),
        clear_mm=round(_number(_take(value, "clear_mm", place), f"{place}.clear_mm")),
        swing=str(_take(value, "swing", place)),
    )


def _read_hall(value: Any, place: str) -> Hall | None:
    if value is None:
        return None
    return Hall(
        spaces=tuple(str(s) for s, _ in _list(value, "spaces", place)),
        removed=tuple(
            RemovedWall(
                wall=str(_take(r, "wall", p)),
                polygon=_line(_take(r, "polygon", p), f"{p}.polygon"),
                length_mm=round(_number(_take(r, "length_mm", p), f"{p}.length_mm")),
            )
            for r, p in _list(value, "removed_walls", place)
        ),
        staff_doors=tuple(str(s) for s, _ in _list(value, "staff_doors", place)),
        behind=tuple(str(s) for s, _ in _list(value, "behind", place)),
        doors=tuple(_read_door(d, p) for d, p in _list(value, "doors", place)),
        uses=tuple((str(door), str(use)) for (door, use), _ in _list(value, "uses", place)),
    )


def _read_item(value: Any, place: str) -> Item:
    bank, space = _take(value, "bank", place), _take(value, "space", place)
    return Item(
        id=str(_take(value, "id", place)),
        kind=str(_take(value, "kind", place)),
        bank=None if bank is None else str(bank),
        services=tuple(str(s) for s, _ in _list(value, "services", place)),
        label=str(_take(value, "label", place)),
        polygon=_line(_take(value, "polygon", place), f"{place}.polygon"),
        insert_mm=_point(_take(value, "insert_mm", place), f"{place}.insert_mm"),
        rotation_deg=_number(_take(value, "rotation_deg", place), f"{place}.rotation_deg"),
        clear_zones=tuple(
            ClearZone(use=str(_take(z, "use", p)), polygon=_line(_take(z, "polygon", p), f"{p}.polygon"))
            for z, p in _list(value, "clear_zones", place)
        ),
        accessible=bool(_take(value, "accessible", place)),
        pinned=bool(_take(value, "pinned", place)),
        space=None if space is None else str(space),
        seats=round(_number(_take(value, "seats", place), f"{place}.seats")),
        phase=round(_number(_take(value, "phase", place), f"{place}.phase")),
        solid=bool(_take(value, "solid", place)),
        shares=tuple(_number(s, p) for s, p in _list(value, "shares", place)) if "shares" in value else (),
    )


def _read_route(value: Any, place: str) -> Route:
    return Route(
        from_id=str(_take(value, "from", place)),
        to_id=str(_take(value, "to", place)),
        visitors_per_day=round(_number(_take(value, "visitors_per_day", place), f"{place}.visitors_per_day")),
        centreline=_line(_take(value, "centreline", place), f"{place}.centreline"),
        length_mm=round(_number(_take(value, "length_mm", place), f"{place}.length_mm")),
        clear_width_mm=round(_number(_take(value, "clear_width_mm", place), f"{place}.clear_width_mm")),
        narrowest=_point(_take(value, "narrowest", place), f"{place}.narrowest"),
    )


def _read_level(value: Any, place: str) -> tuple[Level, LevelLayout]:
    floor, at = _take(value, "floor", place), f"{place}.floor"
    id = str(_take(value, "id", place))
    spine = _take(value, "spine", place)
    level = Level(
        id=id,
        name=id,
        elevation_mm=round(_number(_take(value, "elevation_mm", place), f"{place}.elevation_mm")),
        outline=_line(_take(floor, "outline", at), f"{at}.outline"),
        holes=tuple(_line(h, p) for h, p in _list(floor, "holes", at)),
        columns=tuple(Column(id=f"column-{k}", outline=_line(c, p)) for k, (c, p) in enumerate(_list(floor, "columns", at), 1)),
        obstacles=tuple(
            Obstacle(
                id=str(_take(o, "id", p)),
                kind=str(_take(o, "kind", p)),
                outline=_line(_take(o, "polygon", p), f"{p}.polygon"),
            )
            for o, p in _list(floor, "obstacles", at)
        ),
        doors=tuple(_read_door(d, p) for d, p in _list(floor, "doors", at)),
    )
    layout = LevelLayout(
        level=id,
        items=tuple(_read_item(i, p) for i, p in _list(value, "items", place)),
        public=tuple(_read_area(a, p) for a, p in _list(value, "public", place)),
        staff=tuple(_read_area(a, p) for a, p in _list(value, "staff", place)),
        spine=None
        if spine is None
        else Spine(
            centreline=_line(_take(spine, "centreline", f"{place}.spine"), f"{place}.spine.centreline"),
            width_mm=round(_number(_take(spine, "width_mm", f"{place}.spine"), f"{place}.spine.width_mm")),
        ),
        routes=tuple(_read_route(r, p) for r, p in _list(value, "routes", place)),
        hall=_read_hall(value.get("hall"), f"{place}.hall"),  # layouts stored earlier have none
    )
    return level, layout


def layout_from_json(obj: Any) -> tuple[FloorPlan, Layout]:
    """Plan and layout from JSON; BadInput with the path of whatever is missing or is not what it should be.

    The plan holds what the JSON holds: outline, holes, columns, obstacles and doors, no walls, windows or names.
    """
    frame = _take(obj, "frame", "$")
    pairs = [_read_level(level, place) for level, place in _list(obj, "levels", "$")]
    plan = FloorPlan(
        levels=tuple(level for level, _ in pairs),
        frame=Frame(
            source_unit=str(_take(frame, "source_unit", "$.frame")),
            scale_to_mm=float(_number(_take(frame, "scale_to_mm", "$.frame"), "$.frame.scale_to_mm")),
            origin_mm=_point(_take(frame, "origin_mm", "$.frame"), "$.frame.origin_mm"),
            rotation_deg=float(_number(_take(frame, "rotation_deg", "$.frame"), "$.frame.rotation_deg")),
        ),
    )
    return plan, Layout(levels=tuple(layout for _, layout in pairs))


def finding_to_json(finding: Finding) -> Json:
    """A finding with all its fields; a measure that is not finite is told as none (JSON has no infinity)."""
    measured = finding.measured
    return {
        "code": finding.code,
        "status": finding.status,
        "severity": finding.severity,
        "certainty": finding.certainty,
        "profile": finding.profile,
        "edition": finding.edition,
        "clause": finding.clause,
        "source": finding.source,
        "measured": None if measured is None or not math.isfinite(measured) else measured,
        "required": finding.required,
        "unit": finding.unit,
        "where": list(finding.where),
        "values": dict(finding.values),
        "witness": [
            {"kind": w.kind, "points": [list(p) for p in w.points], "diameter_mm": w.diameter_mm} for w in finding.witness
        ],
    }


def finding_from_json(obj: Any) -> Finding:
    """A finding read back; BadInput names a missing field."""
    named = (key for key in Finding.__dataclass_fields__ if key not in LATER or key in obj)
    fields = {key: _take(obj, key, "finding") for key in named if key != "witness"}
    witness = tuple(
        Witness(
            kind=_take(w, "kind", place),
            points=_line(_take(w, "points", place), f"{place}.points"),
            diameter_mm=round(_number(_take(w, "diameter_mm", place), f"{place}.diameter_mm")),
        )
        for w, place in (_list(obj, "witness", "finding") if "witness" in obj else ())
    )
    return Finding(**{**fields, "where": tuple(fields["where"]), "values": dict(fields["values"]), "witness": witness})
