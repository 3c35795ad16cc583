"""What of a floor lies in a box is found also where a corner of it lies all but on the box's edge."""

from __future__ import annotations

from shapely.geometry import Polygon, box

from layouts.geometry import within_box


def test_a_corner_all_but_on_the_edge_is_no_error() -> None:
    floor = Polygon([(1, 1e-9), (6, -1e-9), (3, 5.000000001), (0, 3.999999999), (3, 4.999999999)])
    assert floor.is_valid
    assert abs(within_box(floor, 0, 2, 2, 4).area - floor.intersection(box(0, 2, 2, 4)).area) < 1e-6
