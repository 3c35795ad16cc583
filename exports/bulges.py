"""Arcs handed back as arcs: chords of one circle become a single bulged segment of a polyline.

Curves are chords to us from the reading on. An architect wants the arc: snapping to its centre, offsetting it, one grip
instead of thirty.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, tan

import numpy as np
import numpy.typing as npt

from exports.drawing import Xy

Bulged = tuple[float, float, float]

LEAST_CHORDS = 5
OFF_MM = 1.3  # points are whole millimetres: off their circle by so much
CHORD_MM = 20.0  # a chord whose arc stands farther off it is a straight piece of a wall in facets
RADIUS_MM = (500.0, 500_000.0)
LEAST_RISE_MM = 20.0  # of a whole arc: flatter ones are straight
Floats = npt.NDArray[np.float64]


def bulged(points: Sequence[Xy], *, closed: bool) -> list[Bulged]:
    """The polyline's corners with the bulge of the segment after each: 0 for straight ones (tan of a quarter of the arc)."""
    if len(points) <= LEAST_CHORDS:
        return [(x, y, 0.0) for x, y in points]
    ring = np.asarray(points, dtype=np.float64)
    if closed:
        ring = np.roll(ring, -_sharpest(ring), axis=0)
        ring = np.concatenate([ring, ring[:1]])
    found: list[Bulged] = []
    at = 0
    while at < len(ring) - 1:
        end, bulge = _arc_from(ring, at)
        found.append((float(ring[at, 0]), float(ring[at, 1]), bulge))
        at = end
    if not closed:
        found.append((float(ring[-1, 0]), float(ring[-1, 1]), 0.0))
    return found


def _sharpest(ring: Floats) -> int:
    """The corner at which a ring bends most: no arc runs over it."""
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    return int(np.argmax(np.abs(np.arctan2(cross, (before * after).sum(axis=1)))))


def _arc_from(ring: Floats, at: int) -> tuple[int, float]:
    """Where the longest arc that begins at a corner ends, and its bulge; the next corner and 0 where none does."""
    best: tuple[int, float] | None = None
    for end in range(at + LEAST_CHORDS, len(ring)):
        bulge = _bulge(ring[at : end + 1])
        if bulge is None:
            break
        best = end, bulge
    return best or (at + 1, 0.0)


def _bulge(run: Floats) -> float | None:
    """The bulge of the arc through all points of a run, none where they lie on no circle or run to and fro on it; half a circle
    at most, since bulges of more are hard on other programs."""
    a, b, c = run[0], run[len(run) // 2], run[-1]
    u, v = b - a, c - a
    cross = u[0] * v[1] - u[1] * v[0]
    if abs(cross) < LEAST_RISE_MM * hypot(*v) / 2:
        return None
    uu, vv = u @ u, v @ v
    centre = a + np.array([uu * v[1] - vv * u[1], vv * u[0] - uu * v[0]]) / (2 * cross)
    spokes = run - centre
    radii = np.hypot(spokes[:, 0], spokes[:, 1])
    radius = float(radii[0])
    if not RADIUS_MM[0] <= radius <= RADIUS_MM[1] or np.abs(radii - radius).max() > OFF_MM:
        return None
    turns = np.arctan2(
        spokes[:-1, 0] * spokes[1:, 1] - spokes[:-1, 1] * spokes[1:, 0], (spokes[:-1] * spokes[1:]).sum(axis=1)
    )
    whole = float(turns.sum())
    if np.any(turns * whole <= 0) or abs(whole) > np.pi + 1e-6 or radius * (1 - np.cos(np.abs(turns).max() / 2)) > CHORD_MM:
        return None
    return tan(whole / 4)
