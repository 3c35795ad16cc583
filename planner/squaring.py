"""A project whose plan lies turned, put square to its walls with all that stands on it: undone like any other step. Pure.

Modules stand square to the axes; a hall drawn turned as a whole has slanted walls only. The frame turns along, so that a
drawing handed over lies where the architect's does, and a newer revision is read in the same directions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from layouts import plan as p
from layouts.directions import edges, turn_of
from layouts.layout import Hall, Item, Layout, LevelLayout
from layouts.squaring import Rows, squared, turned_pieces, turned_rows
from planner.editing.motion import item_at
from planner.project import Project, UnderlaySource

At = Callable[[p.Point], p.Point]
LOST_MM = 1.1  # what was turned before has lost as much by rounding
UPRIGHT_DEG = 0.05  # an item as near to square stands square: angles are kept to a thousandth


def turn_to_square(project: Project) -> float:
    """By how many degrees the plan must be turned so that its floor's edges run along the axes; 0 where they do."""
    levels = project.plan.levels if project.plan else ()
    used = [f.level for f in project.floors]
    planned = [lv for lv in levels if lv.id in used] or levels[:1]
    return turn_of(edges([ring for lv in planned for ring in (lv.outline, *lv.holes)]))


def squared_project(project: Project) -> Project:
    """The project square to its walls; as it is where it stands so already."""
    turn = turn_to_square(project)
    return turned_project(project, turn, lost_mm=LOST_MM) if turn else project


def turned_project(project: Project, degrees: float, *, lost_mm: float = 0.0) -> Project:
    """The project turned counter-clockwise, its first outline's lower left corner at (0, 0).

    What comes to lie within `lost_mm` of a whole centimetre is put there.
    """
    plan = project.plan
    assert plan is not None and plan.levels
    old = plan.frame.origin_mm
    origin = turned_rows(np.asarray([old], dtype=float), degrees)[0]
    low = turned_rows(np.asarray(plan.levels[0].outline, dtype=float), degrees).min(axis=0)
    kept = np.round(origin + low)  # the frame's origin stays in whole millimetres
    shift = kept - origin
    pieces = turned_pieces(np.vstack([_lines(lv) for lv in plan.levels]), degrees) - np.tile(shift, 2)
    onto = squared(pieces)

    def near(points: p.Ring) -> Rows:
        return onto(turned_rows(np.asarray(points, dtype=float), degrees) - shift)

    corner = near(plan.levels[0].outline).min(axis=0).round()  # a millimetre off where rounding made it so
    kept += corner

    def at(q: p.Point) -> p.Point:
        x, y = _rounded(near((q,)) - corner, lost_mm)[0].tolist()
        return int(x), int(y)

    frame = replace(plan.frame, origin_mm=(int(kept[0]), int(kept[1])), rotation_deg=_half(plan.frame.rotation_deg + degrees))
    north = (plan.north_deg + degrees) % 360
    levels = tuple(level_put(lv, at) for lv in plan.levels)
    drawing = project.drawing
    accepted = project.accepted
    return replace(
        project,
        plan=replace(plan, levels=levels, frame=frame, north_deg=north),
        drawing=drawing and replace(drawing, origin_mm=frame.origin_mm, turn_deg=frame.rotation_deg),
        underlays=tuple(_underlay(u, degrees, (shift + corner).tolist()) for u in project.underlays),
        wishes=tuple(replace(w, area=tuple(map(at, w.area))) for w in project.wishes),
        accepted=accepted and replace(accepted, layout=_layout(accepted.layout, at, degrees)),
        variants=tuple(replace(v, layout=_layout(v.layout, at, degrees)) for v in project.variants),
    )


def _rounded(points: Rows, lost_mm: float) -> Rows:
    """Whole millimetres; whole centimetres where those are as near as rounding, as most lengths of buildings are: a column
    that stands a millimetre farther bars a decimetre more.
    """
    centimetres = np.round(points / 10) * 10
    made: Rows = np.where(np.abs(points - centimetres) <= lost_mm, centimetres, np.round(points))
    return made


def level_put(level: p.Level, at: At) -> p.Level:
    """Everything on the level where `at` puts it."""

    def ring(points: p.Ring) -> p.Ring:
        return tuple(map(at, points))

    return replace(
        level,
        outline=ring(level.outline),
        holes=tuple(map(ring, level.holes)),
        walls=tuple(replace(w, a=at(w.a), b=at(w.b)) for w in level.walls),
        doors=tuple(replace(d, p=at(d.p), q=at(d.q)) for d in level.doors),
        windows=tuple(replace(w, p=at(w.p), q=at(w.q)) for w in level.windows),
        columns=tuple(replace(c, outline=ring(c.outline)) for c in level.columns),
        obstacles=tuple(replace(o, outline=ring(o.outline)) for o in level.obstacles),
        spaces=tuple(replace(s, outline=_area(s.outline, at)) for s in level.spaces),
    )


def _area(polygon: p.Polygon, at: At) -> p.Polygon:
    return p.Polygon(outer=tuple(map(at, polygon.outer)), holes=tuple(tuple(map(at, h)) for h in polygon.holes))


def _lines(level: p.Level) -> Rows:
    """The straight pieces that say where walls lie."""
    walls = np.asarray([(*w.a, *w.b) for w in level.walls], dtype=float).reshape(-1, 4)
    return np.vstack([edges((level.outline, *level.holes)), walls])


def _layout(layout: Layout, at: At, degrees: float) -> Layout:
    return replace(layout, levels=tuple(_placed(lv, at, degrees) for lv in layout.levels))


def _placed(level: LevelLayout, at: At, degrees: float) -> LevelLayout:
    spine = level.spine
    return replace(
        level,
        items=tuple(_item(i, at, degrees) for i in level.items),
        public=tuple(_area(a, at) for a in level.public),
        staff=tuple(_area(a, at) for a in level.staff),
        spine=spine and replace(spine, centreline=tuple(map(at, spine.centreline))),
        routes=tuple(replace(r, centreline=tuple(map(at, r.centreline)), narrowest=at(r.narrowest)) for r in level.routes),
        hall=level.hall and _hall(level.hall, at),
    )


def _item(item: Item, at: At, degrees: float) -> Item:
    turned = item.rotation_deg + degrees
    upright = 90.0 * round(turned / 90.0)
    return item_at(item, at(item.insert_mm), upright if abs(turned - upright) <= UPRIGHT_DEG else turned)


def _hall(hall: Hall, at: At) -> Hall:
    return replace(
        hall,
        removed=tuple(replace(w, polygon=tuple(map(at, w.polygon))) for w in hall.removed),
        doors=tuple(replace(d, p=at(d.p), q=at(d.q)) for d in hall.doors),
    )


def _underlay(underlay: UnderlaySource, degrees: float, shift: list[float]) -> UnderlaySource:
    """The picture turned about its lower left corner, which goes with the plan."""
    x, y = turned_rows(np.asarray([underlay.origin_mm]), degrees)[0].tolist()
    origin = round(x - shift[0], 3), round(y - shift[1], 3)
    return replace(underlay, origin_mm=origin, rotation_deg=_half(underlay.rotation_deg + degrees))


def _half(degrees: float) -> float:
    """The same turn between -180 and 180."""
    return round(180.0 - (180.0 - degrees) % 360.0, 6)
