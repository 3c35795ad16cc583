"""The largest disc that fits on a floor with its middle in a given place: a wheelchair turns in one."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.findings import Witness
from layouts.geometry import parts

LARGEST_DISC_MM = 3000.0  # no larger one is looked for
SIZES = 4096  # how many are told apart, so that each is known to a millimetre
LOOKED_AT = 11  # places in a row, of a square of places that the largest disc is guessed from
NEARBY = 4  # sizes by which a guess may be wrong before more are looked at
Place = tuple[float, float]


def widest_disc(floor: BaseGeometry, within: BaseGeometry) -> tuple[float, Place] | None:
    """That disc's diameter, to a millimetre, and its middle; None where not even the smallest fits.

    A disc fits where all smaller ones do, so it is enough to know two sizes next to each other of which one fits: mostly the
    largest does; else a guess is bracketed, and what lies between is halved.
    """
    low, found = 0, _middles(floor, within, SIZES - 1)
    if not found.is_empty:
        return _told(SIZES - 1, found)
    high, tried, step = SIZES - 1, _guess(floor, within), NEARBY
    while high - low > 1:
        places = _middles(floor, within, tried)
        if places.is_empty:
            high, towards = tried, max(low, tried - step)
        else:
            low, found, towards = tried, places, min(high, tried + step)
        bracketed = low < towards < high
        tried, step = (towards, 4 * step) if bracketed else ((low + high) // 2, step)
    return None if low == 0 else _told(low, found)


def _middles(floor: BaseGeometry, within: BaseGeometry, size: int) -> BaseGeometry:
    """Where the middle of a disc of this size can be."""
    return floor.buffer(-_diameter(size) / 2, quad_segs=16).intersection(within)


def _diameter(size: int) -> float:
    return LARGEST_DISC_MM * size / SIZES


def _told(size: int, middles: BaseGeometry) -> tuple[float, Place]:
    spot = middles.representative_point()
    return _diameter(size), (float(spot.x), float(spot.y))


def _guess(floor: BaseGeometry, within: BaseGeometry) -> int:
    """About how large the largest disc is: as far as the floor's edge is from the best of some places and of some by it."""
    left, low, right, high = within.bounds
    edge = shapely.multilinestrings(shapely.get_rings(parts(floor)))  # of a floor that has come to lines here and there too
    at, half, best = ((left + right) / 2, (low + high) / 2), max(right - left, high - low) / 2, 0.0
    shapely.prepare(edge)
    shapely.prepare(floor)
    shapely.prepare(within)
    while half > 1.0:
        x, y = np.meshgrid(at[0] + np.linspace(-half, half, LOOKED_AT), at[1] + np.linspace(-half, half, LOOKED_AT))
        x, y = x.ravel(), y.ravel()
        there = np.flatnonzero(shapely.intersects_xy(floor, x, y) & shapely.intersects_xy(within, x, y))
        if len(there) == 0:
            break
        far = shapely.distance(edge, shapely.points(x[there], y[there]))
        k = int(far.argmax())
        best, at, half = max(best, float(far[k])), (float(x[there[k]]), float(y[there[k]])), half * 2 / (LOOKED_AT - 1)
    return min(max(1, int(2 * best / LARGEST_DISC_MM * SIZES)), SIZES - 2)


def disc_witness(diameter: float, middle: Place) -> Witness:
    """A disc as what shows a finding."""
    return Witness(kind="circle", points=((round(middle[0]), round(middle[1])),), diameter_mm=round(diameter))
