"""M6, visual access: how much of the hall sees the welcome desk and the call display (isovist: Turner et al. 2001)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.catalogue import fittings
from layouts.geometry import before_front, ring_shape, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level
from layouts.screening import SCREEN
from layouts.walkable import level_floor, public_floor

EYE_MM = 1500  # eye level of a person who stands and looks for the desk
DESK_KINDS = ("reception",)
DISPLAY_KINDS = ("call_display",)
ROOM_CATEGORIES = ("room_public", "room_staff", "partition")


def blocks_sight(item: Item) -> bool:
    """Whether a solid item stands above eye level. A kind without a known height hides what is behind it."""
    known = fittings().get(item.kind)
    if not item.solid or known is None:
        return item.solid
    if item.kind == SCREEN:
        return False  # it is of glass
    return known.category in ROOM_CATEGORIES or known.height_mm == 0 or known.height_mm > EYE_MM


def _seen_from(sight: BaseGeometry, targets: Sequence[tuple[float, float]], points: np.ndarray) -> np.ndarray:
    """Which points see at least one of the targets in a straight line."""
    seen = np.zeros(len(points), dtype=bool)
    for target in targets:
        rays = np.stack([np.broadcast_to(np.asarray(target), points.shape), points], axis=1)
        seen |= shapely.covers(sight, shapely.linestrings(rays))
    return seen


def seen_share(
    level: Level, items: Sequence[Item], eyes: Sequence[tuple[float, float]], targets: Sequence[tuple[float, float]]
) -> tuple[float, tuple[str, ...]]:
    """The share of the eyes that see at least one target in a straight line, and the modules that hide it from the others.

    What the eye or the target stands at is not in the way.
    """
    if not eyes or not targets:
        return 1.0, ()
    high = [i for i in items if blocks_sight(i)]
    floor = level_floor(level).buffer(1.0)
    hiding: dict[str, None] = {}
    seen = 0
    for eye in eyes:
        lines = [shapely.LineString([eye, target]) for target in targets]
        met = [[i for i in high if ring_shape(i.polygon).buffer(-10).intersects(line)] for line in lines]
        if any(floor.covers(line) and not blockers for line, blockers in zip(lines, met)):
            seen += 1
            continue
        hiding |= dict.fromkeys(i.bank or i.id for i in min(met, key=len))
    return seen / len(eyes), tuple(hiding)


def visual_access(level: Level, layout: LevelLayout, *, cell_mm: int = 500) -> float | None:
    """M6 = public floor with a clear line of sight to a welcome desk and, where there is one, to a call display / all.

    Sampled every `cell_mm`. None when there is no welcome desk to see.
    """
    both, _, _ = floor_in_sight(level, layout, cell_mm=cell_mm)
    return both


def floor_in_sight(
    level: Level, layout: LevelLayout, *, cell_mm: int = 500
) -> tuple[float | None, float | None, float | None]:
    """The shares of the public floor from which M6 holds, a welcome desk is seen, and a call display is seen: isovists of the
    desks and displays over the floor. None for what there is not."""
    desks = [before_front(i, 50.0) for i in layout.items if i.kind in DESK_KINDS]
    displays = [before_front(i, 50.0) for i in layout.items if i.kind in DISPLAY_KINDS]
    if not desks and not displays:
        return None, None, None
    floor = public_floor(level, layout)
    hidden = union(ring_shape(i.polygon) for i in layout.items if blocks_sight(i))
    sight = level_floor(level).difference(hidden).buffer(1.0)
    shapely.prepare(sight)
    shapely.prepare(floor)
    left, low, right, high = floor.bounds
    xs, ys = np.meshgrid(np.arange(left + cell_mm / 2, right, cell_mm), np.arange(low + cell_mm / 2, high, cell_mm))
    points = np.column_stack([xs.ravel(), ys.ravel()])
    points = points[shapely.contains_xy(floor, points[:, 0], points[:, 1])]
    if len(points) == 0:
        return 0.0 if desks else None, 0.0 if desks else None, 0.0 if displays else None
    desk, display = _seen_from(sight, desks, points), _seen_from(sight, displays, points)
    both = desk & display if displays else desk
    return (
        float(both.mean()) if desks else None, float(desk.mean()) if desks else None,
        float(display.mean()) if displays else None,
    )  # fmt: skip
