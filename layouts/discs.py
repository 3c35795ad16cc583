"""The largest disc that fits on a floor with its middle in a given place: a wheelchair turns in one."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from layouts.findings import Witness

LARGEST_DISC_MM = 3000.0  # no larger one is looked for
Place = tuple[float, float]


def widest_disc(floor: BaseGeometry, within: BaseGeometry) -> tuple[float, Place] | None:
    """That disc's diameter, to a millimetre, and its middle; None where not even the smallest fits."""
    low, high, middle = 0.0, LARGEST_DISC_MM, None
    while high - low > 1.0:
        tried = (low + high) / 2
        places = floor.buffer(-tried / 2, quad_segs=16).intersection(within)
        low, high = (tried, high) if not places.is_empty else (low, tried)
        if not places.is_empty:
            spot = places.representative_point()
            middle = (float(spot.x), float(spot.y))
    return None if middle is None else (low, middle)


def disc_witness(diameter: float, middle: Place) -> Witness:
    """A disc as what shows a finding."""
    return Witness(kind="circle", points=((round(middle[0]), round(middle[1])),), diameter_mm=round(diameter))
