"""A level as compact data for a screen: one small record a part, by key, and what changed between two of them.

Parts are frozen, so a part that is the same object has the same record: a scene is made from the one before it by looking
only at parts that were replaced.

Record: `k` key, `t` kind, `y` layer, `r` ring [[x, y]…] that can be hit, and where they apply `n` name, `e` the two ends,
`w` width or thickness, `s` catalogue id or use, `c` catalogue category, `o` insert, `a` rotation, `b` bank, `z` clear
zones [[use, ring]…], `h` holes, `pin`, `leaf` lines of a door's leaf, `cut` what an opening takes out of its wall,
`kept` whether people said that a wall stays or may_go, `share` per cent of all who come that take an entrance, `m` the
module that an area kept free is about, `mi` its id.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from layouts.catalogue import fittings
from layouts.geometry import parts as polygons_of
from layouts.geometry import to_polygons
from layouts.layout import Item, LevelLayout
from layouts.plan import Level, Polygon, Ring
from planner.editing.door_lines import cut_of, door_lines
from planner.editing.sheet import FIELDS, FREE, open_sheet
from planner.entrances import shares_on
from planner.project import Project
from solvers.placement.wish import Wish

Json = dict[str, Any]
AREAS = {"public", "staff"}  # of the ground: polygons with a hole for everything that stands in them
LAYER = {
    "wall": "walls", "door": "openings", "window": "openings", "column": "columns", "obstacle": "columns", "space": "rooms",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a screen shows of one level at one revision. `things` by key; `ground` what is drawn but not edited."""

    level: str
    things: Mapping[str, Json]
    ground: Mapping[str, Any]
    sources: Mapping[str, tuple[object, ...]] = field(default_factory=dict, repr=False)
    basis: tuple[object, ...] = field(default=(), repr=False)


def scene_of(project: Project, level_id: str, before: Scene | None = None) -> Scene:
    """The scene of a level; records are taken over from `before` where nothing changed."""
    sheet = open_sheet(project, level_id)
    level, placed = sheet.level, sheet.placed
    old = before if before is not None and before.level == level_id else None
    pinned = frozenset(p.id for p in sheet.pins)
    things: dict[str, Json] = {}
    sources: dict[str, tuple[object, ...]] = {}

    def keep(key: str, source: tuple[object, ...], make: Any) -> None:
        known = old.sources.get(key) if old else None
        same = known is not None and len(known) == len(source) and all(a is b for a, b in zip(known, source))
        sources[key] = source
        things[key] = old.things[key] if same and old else make()

    if level.outline:
        keep("outline:", (level.outline,), lambda: {"k": "outline:", "t": "outline", "y": "walls", "r": _points(level.outline)})
    for i, hole in enumerate(level.holes):
        keep(f"hole:{i}", (hole,), lambda i=i, h=hole: {"k": f"hole:{i}", "t": "hole", "y": "walls", "r": _points(h)})
    shares = shares_on(project, level_id)
    for kind in FIELDS:
        for part in getattr(level, FIELDS[kind]):
            source = (part, level.walls, level.outline) if kind in ("door", "window") else (part,)
            if kind == "door" and part.id in shares:  # it has its part of all who come
                told = {"share": round(100 * shares[part.id], 2)}
                source = (*source, project.entrances, level.doors)
                keep(f"door:{part.id}", source, lambda p=part, told=told: _door(p, level) | told)
                continue
            keep(f"{kind}:{part.id}", source, lambda k=kind, p=part: _RECORDS[k](p, level))
    names = {b.id: b.name for b in project.banks} | {r.id: r.name for r in project.rooms}
    for wish in sheet.free:
        keep(f"{FREE}:{wish.id}", (wish, project.banks, project.rooms), lambda w=wish: _free(w, names))
    for item in sheet.items:
        is_pinned = item.pinned or item.id in pinned or item.bank in pinned
        keep(f"item:{item.id}", (item, is_pinned), lambda i=item, pin=is_pinned: _item(i, pin))
    basis = (level.walls, level.doors, level.windows, level.outline, level.holes, placed.public if placed else (),
             placed.staff if placed else (), placed.spine if placed else None, placed.routes if placed else ())  # fmt: skip
    ground = _ground(level, placed, old, basis)
    return Scene(level=level_id, things=things, ground=ground, sources=sources, basis=basis)


def difference(before: Scene | None, after: Scene) -> Json:
    """What a screen that shows `before` must change: `set` records, `gone` keys, `ground` where it differs, `order`."""
    if before is None or before.level != after.level:
        return {"full": True, "set": list(after.things.values()), "gone": [], "ground": dict(after.ground)}
    told = before.things
    made: Json = {
        "set": [r for key, r in after.things.items() if told.get(key) is not r and told.get(key) != r],
        "gone": [key for key in told if key not in after.things],
    }
    changed = {name: value for name, value in after.ground.items() if before.ground.get(name) is not value}
    for name in AREAS & changed.keys():
        changed[name] = _with_known_holes(before.ground.get(name, []), changed[name])
    if changed:
        made["ground"] = changed
    return made


def _with_known_holes(before: list[Json], now: list[Json]) -> list[Json]:
    """Polygons whose holes are told by number where the screen has them: the n-th of all holes of the area it shows."""
    known = {id(hole): n for n, hole in enumerate(h for polygon in before for h in polygon["h"])}
    return [{"r": p["r"], "h": [known.get(id(hole), hole) for hole in p["h"]]} for p in now]


def _ground(level: Level, placed: LevelLayout | None, old: Scene | None, basis: tuple[object, ...]) -> Json:
    """Solid walls with their openings cut, public and staff floor, the main aisle, routes."""
    same = [old is not None and len(old.basis) == len(basis) and old.basis[i] is basis[i] for i in range(len(basis))]
    ground: Json = dict(old.ground) if old else {}
    if not all(same[:5]):
        ground["walls"] = _walls(level)
    if not all(same[5:]):
        ground["public"] = [_polygon(p) for p in placed.public] if placed else []
        ground["staff"] = [_polygon(p) for p in placed.staff] if placed else []
        ground["spine"] = _points(placed.spine.centreline) if placed and placed.spine else []
        ground["routes"] = [_points(r.centreline) for r in placed.routes] if placed else []
    return ground


def _walls(level: Level) -> list[Json]:
    """The walls' solid as it is drawn on paper: joined, openings cut. A level without any shows none."""
    from exports.floor_building import wall_area

    if not level.walls:
        return []
    return [_polygon(p) for part in polygons_of(wall_area(level)) for p in to_polygons(part, least_mm2=100.0)]


def _points(ring: Any) -> list[list[int]]:
    return [[x, y] for x, y in ring]


@lru_cache(maxsize=20_000)
def _hole(ring: Ring) -> list[list[int]]:
    """The same list for the same hole, so that what a screen has need not be told again."""
    return _points(ring)


def _polygon(polygon: Polygon) -> Json:
    return {"r": _points(polygon.outer), "h": [_hole(h) for h in polygon.holes]}


def strip(a: Any, b: Any, half_mm: float) -> list[list[int]]:
    """The rectangle round a segment."""
    length = math.dist(a, b) or 1.0
    nx, ny = -(b[1] - a[1]) / length * half_mm, (b[0] - a[0]) / length * half_mm
    corners = ((a[0] - nx, a[1] - ny), (b[0] - nx, b[1] - ny), (b[0] + nx, b[1] + ny), (a[0] + nx, a[1] + ny))
    return [[round(x), round(y)] for x, y in corners]


def _record(kind: str, part: Any, **more: Any) -> Json:
    return {"k": f"{kind}:{part.id}", "t": kind, "y": LAYER.get(kind, "fittings"), "i": part.id} | more


def _wall(wall: Any, _: Level) -> Json:
    body = strip(wall.a, wall.b, wall.thickness_mm / 2)
    kept = "" if wall.structural is None else "stays" if wall.structural else "may_go"
    return _record("wall", wall, r=body, e=_points((wall.a, wall.b)), w=wall.thickness_mm, kept=kept)


def _door(door: Any, level: Level) -> Json:
    return _record(
        "door", door, r=cut_of(level, door.p, door.q), e=_points((door.p, door.q)), s=door.use, w=door.clear_mm,
        swing=door.swing, hinge=door.hinge, leaf=door_lines(door, level),
    )  # fmt: skip


def _window(window: Any, level: Level) -> Json:
    return _record("window", window, r=cut_of(level, window.p, window.q), e=_points((window.p, window.q)), w=window.sill_mm)


def _column(column: Any, _: Level) -> Json:
    return _record("column", column, r=_points(column.outline))


def _obstacle(obstacle: Any, _: Level) -> Json:
    return _record("obstacle", obstacle, r=_points(obstacle.outline), s=obstacle.kind)


def _free(wish: Wish, names: Mapping[str, str]) -> Json:
    """`of`: what it may be kept free of."""
    offered = [[ident, name] for ident, name in ({wish.module: wish.module} | dict(names)).items() if ident]
    told = {"m": names.get(wish.module, wish.module), "mi": wish.module, "of": offered}
    return _record(FREE, wish, y="free", r=_points(wish.area), **told)


def _space(space: Any, _: Level) -> Json:
    holes = [_points(h) for h in space.outline.holes]
    return _record("space", space, r=_points(space.outline.outer), h=holes, n=space.name, s=space.kind)


_RECORDS: dict[str, Any] = {
    "wall": _wall, "door": _door, "window": _window, "column": _column, "obstacle": _obstacle, "space": _space,
}  # fmt: skip


def _item(item: Item, pinned: bool) -> Json:
    known = fittings().get(item.kind)
    category = known.category if known else ""
    return _record(
        "item", item, r=_points(item.polygon), s=item.kind, c=category, n=item.label,
        o=list(item.insert_mm), a=item.rotation_deg, b=item.bank or "", pin=pinned,
        z=[[z.use, _points(z.polygon)] for z in item.clear_zones], y="seats" if category == "seating" else "fittings",
    )  # fmt: skip
