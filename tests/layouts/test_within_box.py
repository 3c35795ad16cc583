"""What of a floor lies in a box is found also where a corner of it lies all but on the box's edge."""

from __future__ import annotations

from shapely.geometry import Polygon, box

from layouts.geometry import with_holes_about, with_holes_for, within_box


def test_a_corner_all_but_on_the_edge_is_no_error() -> None:
    floor = Polygon([(1, 1e-9), (6, -1e-9), (3, 5.000000001), (0, 3.999999999), (3, 4.999999999)])
    assert floor.is_valid
    assert abs(within_box(floor, 0, 2, 2, 4).area - floor.intersection(box(0, 2, 2, 4)).area) < 1e-6


def test_holes_far_from_a_box_are_filled_and_the_others_stay_as_they_are() -> None:
    near, far = box(10, 10, 20, 20), box(60, 60, 70, 70)
    floor = box(0, 0, 100, 100).difference(near).difference(far)
    apart = box(200, 0, 300, 100).difference(box(210, 10, 220, 20))
    found = with_holes_about(floor, (0, 0, 15, 15), 1.0)
    assert found.equals(box(0, 0, 100, 100).difference(near))
    assert with_holes_about(floor, (0, 0, 8, 8), 1.0).equals(box(0, 0, 100, 100))
    assert with_holes_about(floor, (0, 0, 8, 8), 2.0).equals(found)
    assert with_holes_about(floor.union(apart), (0, 0, 15, 15), 1.0).equals(found.union(box(200, 0, 300, 100)))
    assert with_holes_about(Polygon(), (0, 0, 1, 1), 1.0).is_empty


def test_holes_in_which_nothing_of_another_shape_lies_are_filled_for_it() -> None:
    taken, other = box(10, 10, 20, 20), box(60, 60, 70, 70)
    floor = box(0, 0, 100, 100).difference(taken).difference(other)
    assert with_holes_for(floor, box(12, 12, 14, 14)).equals(box(0, 0, 100, 100).difference(taken))
    assert with_holes_for(floor, box(30, 30, 40, 40)).equals(box(0, 0, 100, 100))
    assert with_holes_for(floor, Polygon()).equals(box(0, 0, 100, 100))
