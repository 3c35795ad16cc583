"""The floor to plan as people drew it round the drawing, which stands over any outline that was found."""

from __future__ import annotations

import math
from collections.abc import Sequence

from shapely.geometry import Polygon

from layouts.findings import BadInput
from layouts.plan import Frame
from layouts.readers.framing import to_ours
from layouts.readers.marks import XY

LEAST_MM2 = 1e6


def drawn_boundary(file: str, ring: Sequence[XY], local: Frame) -> Polygon | None:
    """The ring (drawing units) as an area in the millimetres of a frame; None where none was drawn."""
    if not ring:
        return None
    points = list(map(to_ours(local), ring))
    good = len(set(points)) >= 3 and all(math.isfinite(c) for q in points for c in q)
    area = Polygon(points) if good else Polygon()
    if not area.is_valid or area.area < LEAST_MM2:
        raise BadInput("recipe.boundary", file=file, corners=len(ring), area_m2=round(area.area / 1e6, 2))
    return area
