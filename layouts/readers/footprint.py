"""The building's footprint where walls do not close: gaps bridged by growing and shrinking, the least radius that holds.

Area-morphological closing: the walls grown by r, filled and shrunk by r again keep the outline and lose openings up to 2r.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.readers.solids import polygons_of

RADII_MM = (0.0, 300.0, 600.0, 1000.0, 1500.0, 2200.0, 3500.0)
PLATEAU = 0.93  # of the largest footprint: the outline has closed
PLAINLY = 0.95
SIMPLER_MM = 5.0
MOST_CORNERS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """The area inside the outermost walls and the radius of closing that was needed."""

    area: Polygon
    radius_mm: float


def plainly_closed(closed: BaseGeometry) -> bool:
    """Whether walls fill their hull so well that `footprint` will bridge nothing, which is told without simplifying them."""
    as_it_is = _filled(closed, 0.0)
    return as_it_is is not None and as_it_is.area >= PLAINLY * closed.convex_hull.area


def footprint(closed: BaseGeometry) -> Footprint | None:
    """The largest closed area at the least radius on the plateau."""
    walls = shapely.simplify(closed, SIMPLER_MM)
    if walls.is_empty or shapely.get_num_coordinates(walls) > MOST_CORNERS:
        return None
    as_it_is = _filled(walls, 0.0)
    if as_it_is is not None and as_it_is.area >= PLATEAU * walls.convex_hull.area:
        return Footprint(area=as_it_is, radius_mm=0.0)  # closing adds nothing beyond the hull
    found = [(radius, area) for radius in RADII_MM if (area := _filled(walls, radius)) is not None]
    if not found:
        return None
    most = max(area.area for _, area in found)
    radius, area = next((r, a) for r, a in found if a.area >= PLATEAU * most)
    return Footprint(area=area, radius_mm=radius)


def _filled(walls: BaseGeometry, radius: float) -> Polygon | None:
    """The largest part of the walls grown by the radius, without its holes, shrunk back."""
    grown = walls.buffer(radius, quad_segs=2, join_style="mitre", mitre_limit=2) if radius else walls
    parts = polygons_of(shapely.unary_union([Polygon(part.exterior) for part in polygons_of(grown)]))
    if not parts:
        return None
    back = polygons_of(parts[0].buffer(-radius, quad_segs=2, join_style="mitre", mitre_limit=2)) if radius else parts
    return Polygon(back[0].exterior) if back else None
