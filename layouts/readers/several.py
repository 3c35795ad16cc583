"""More than one drawing in a model space, and frames drawn round them on wall layers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from shapely import STRtree
from shapely.geometry import LineString, Polygon

from layouts.readers.marks import Stroke
from layouts.readers.unions import groups_of, near_pairs

Box = tuple[float, float, float, float]
BESIDE_MM = 1000.0
APART_MM = 4000.0  # drawings stand at least this far apart; wings of one building are joined by walls
LEAST_SHARE = 0.15  # of the main drawing's wall length: less is a detail or a stray wall, not a drawing
FRAME_HOLDS = 0.98  # share of all wall points that lie inside a sheet frame
LEAST_FRAME = 0.5  # of the box round everything
FRAME_CLEAR_MM = 300.0  # what is a frame touches nothing


def without_frames(walls: Sequence[Stroke]) -> tuple[list[Stroke], int]:
    """The walls without sheet frames: closed rectangles round everything else that nothing touches."""
    kept, frames = list(walls), 0
    everything = np.asarray([p for s in walls for p in s.points]).reshape(-1, 2)
    span = np.ptp(everything, axis=0) if len(everything) else np.zeros(2)
    for stroke in walls:
        corners = list(dict.fromkeys(stroke.points))
        if len(corners) != 4 or not stroke.closed:
            continue
        box = Polygon(corners)
        # most rectangles on a wall layer are columns and piers: told by their size before anything is compared
        if box.area < LEAST_FRAME * float(span[0] * span[1]):
            continue
        others = [s for s in kept if s is not stroke]
        if not others or box.area / box.minimum_rotated_rectangle.area < 0.999:
            continue
        inner = box.buffer(-FRAME_CLEAR_MM)
        left, low, right, high = inner.bounds if not inner.is_empty else (0.0, 0.0, 0.0, 0.0)
        points = np.asarray([p for s in others for p in s.points])
        within = ((points >= (left, low)) & (points <= (right, high))).all(axis=1)
        touched = any(LineString(s.points).intersects(box.exterior) for s in others)
        # the outer face of a building also holds everything, but its inner face runs close along it
        if within.mean() >= FRAME_HOLDS and not touched:
            kept.remove(stroke)
            frames += 1
    return kept, frames


def main_drawing(faces: Sequence[Polygon], singles: Sequence[LineString]) -> tuple[list[Polygon], list[LineString], list[Box]]:
    """The drawing with most walls, and the boxes of the other drawings (small strays stay with it)."""
    parts: list[Polygon | LineString] = [*faces, *singles]
    if not parts:
        return [], [], []
    groups = _beside_each_other(_groups(parts), parts)
    if len(groups) == 1:
        return list(faces), list(singles), []
    lengths = [sum(parts[i].length for i in group) for group in groups]
    main = max(range(len(groups)), key=lambda g: lengths[g])
    others = [g for g in range(len(groups)) if g != main and lengths[g] >= LEAST_SHARE * lengths[main]]
    away = {i for g in others for i in groups[g]}
    boxes = [_box(groups[g], parts) for g in others]
    kept = [i for i in range(len(parts)) if i not in away]
    return (
        [faces[i] for i in kept if i < len(faces)],
        [singles[i - len(faces)] for i in kept if i >= len(faces)],
        boxes,
    )


def _box(group: Sequence[int], parts: Sequence[Polygon | LineString]) -> Box:
    """The box round a group."""
    bounds = np.asarray([parts[i].bounds for i in group])
    left, low = bounds[:, :2].min(axis=0).tolist()
    right, high = bounds[:, 2:].max(axis=0).tolist()
    return left, low, right, high


def _beside_each_other(groups: list[list[int]], parts: Sequence[Polygon | LineString]) -> list[list[int]]:
    """Groups whose boxes overlap are one drawing: free-standing walls in a hall are no drawing of their own."""
    merged = [(group, _box(group, parts)) for group in groups]
    changed = True
    while changed:
        changed = False
        kept: list[tuple[list[int], Box]] = []
        for group, box in sorted(merged, key=lambda entry: (entry[1], entry[0])):
            for k, (other, held) in enumerate(kept):
                if box[0] < held[2] and held[0] < box[2] and box[1] < held[3] and held[1] < box[3]:
                    both = (min(box[0], held[0]), min(box[1], held[1]), max(box[2], held[2]), max(box[3], held[3]))
                    kept[k], changed = (sorted(group + other), both), True
                    break
            else:
                kept.append((group, box))
        merged = kept
    return [group for group, _ in merged]


def _groups(parts: Sequence[Polygon | LineString]) -> list[list[int]]:
    """Parts that stand apart by less than APART_MM, chained.

    First by a door's width, which joins most of a building and asks of few neighbours; then only what is not with the most
    has to look as far as APART_MM, since every link left has such an end.
    """
    size = len(parts)
    left, right = near_pairs(parts, BESIDE_MM)
    groups = groups_of(left, right, size)
    if len(groups) > 1:
        most = max(range(len(groups)), key=lambda k: len(groups[k]))
        rest = np.concatenate([group for k, group in enumerate(groups) if k != most])
        ahead, beyond = STRtree(parts).query([parts[i] for i in rest.tolist()], predicate="dwithin", distance=APART_MM)
        groups = groups_of(np.concatenate([left, rest[ahead]]), np.concatenate([right, beyond]), size)
    return [group.tolist() for group in groups]
