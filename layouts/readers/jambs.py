"""Door openings as a measure: two ends of walls that face each other, with the wall going on behind both.

It tells where walls are simply interrupted and no swing is drawn. No scale is needed to find them: a jamb is a short
line from whose ends two faces run away at right angles, and its counterpart looks at it across the opening.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from layouts.readers.marks import XY, Stroke
from layouts.readers.sizes import Kind

OPENING_MM = (600.0, 1400.0)  # single and narrow double leaves with their frames
WALL_MM = (40.0, 460.0)
ACROSS = (1.2, 20.0)  # opening over thickness
ALIKE = 0.15  # in length and in line
SQUARE = 0.1
MEETS = 2e-5  # of the plan's length: ends nearer than that meet
LONGEST = 0.03  # of the plan's length: no wall is thicker
MOST_LINES, MOST_JAMBS = 20_000, 3000

Segment = tuple[XY, XY]


def jambs(walls: Sequence[Stroke]) -> Kind:
    """The openings between wall ends: (width, thickness of the wall)."""
    return Kind(name="jambs", met=openings(walls), ranges=(OPENING_MM, WALL_MM), weight=0.25, most=10, enough=12)


def openings(walls: Sequence[Stroke]) -> tuple[tuple[float, float], ...]:
    """(width, thickness) of each opening between two facing jambs."""
    segments = [(a, b) for s in walls for a, b in zip(s.points, s.points[1:]) if math.dist(a, b) > 0]
    segments = sorted(segments, key=lambda ab: -math.dist(*ab))[:MOST_LINES]
    if len(segments) < 4:
        return ()
    rows = np.asarray(_jambs(segments)[:MOST_JAMBS]).reshape(-1, 5)
    found = []
    for i, (x, y, nx, ny, thick) in enumerate(rows):
        ahead = (rows[:, 0] - x) * nx + (rows[:, 1] - y) * ny
        aside = np.abs((rows[:, 1] - y) * nx - (rows[:, 0] - x) * ny)
        faces = rows[:, 2] * nx + rows[:, 3] * ny < -0.99
        good = faces & (np.abs(rows[:, 4] / thick - 1) < ALIKE) & (aside < ALIKE * thick)
        good &= (ahead > ACROSS[0] * thick) & (ahead < ACROSS[1] * thick)
        if good.any() and i < (other := int(np.where(good, ahead, np.inf).argmin())):
            found.append((float(ahead[other]), float(thick)))
    return tuple(found)


def _jambs(segments: Sequence[Segment]) -> list[tuple[float, float, float, float, float]]:
    """Middle, outward direction and length of each line that ends a wall."""
    points = np.asarray(segments, dtype=float).reshape(-1, 2)
    extent = float(np.ptp(points, axis=0).max())
    tree = cKDTree(points)
    meeting = np.asarray(tree.query_ball_point(points, MEETS * extent), dtype=object)
    found = []
    for k, ((x1, y1), (x2, y2)) in enumerate(segments):
        length = math.hypot(x2 - x1, y2 - y1)
        if length > LONGEST * extent:
            continue
        along = ((x2 - x1) / length, (y2 - y1) / length)
        sides = [_sides(segments, 2 * k + end, meeting[2 * k + end], along, length) for end in (0, 1)]
        if len(sides[0]) == len(sides[1]) == 1 and sides[0] == sides[1]:
            (side,) = sides[0]
            found.append(((x1 + x2) / 2, (y1 + y2) / 2, side * along[1], -side * along[0], length))
    return found


def _sides(segments: Sequence[Segment], end: int, meeting: Sequence[int], along: XY, length: float) -> set[int]:
    """On which sides (1: left) faces run away square from this end of a line."""
    found = set()
    for other in meeting:
        if other // 2 == end // 2:
            continue
        a, b = segments[other // 2] if other % 2 == 0 else segments[other // 2][::-1]
        dx, dy = b[0] - a[0], b[1] - a[1]
        reach = math.hypot(dx, dy)
        if reach >= 0.4 * length and abs(dx * along[0] + dy * along[1]) < SQUARE * reach:
            found.add(1 if dy * along[0] - dx * along[1] > 0 else -1)
    return found
