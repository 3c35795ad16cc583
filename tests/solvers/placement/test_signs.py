"""Call displays hang over counters, face their seats, and are seen from them."""

from __future__ import annotations

from layouts.geometry import before_front, ring_shape
from layouts.views import seen_share
from solvers.placement.problem import Placement
from solvers.placement.signs import COUNTERS_EACH, call_displays
from tests.builders_placement import bank, small_placement
from tests.layouts.centre import counter, seats


def test_a_bank_with_seats_has_one_display_for_every_few_counters() -> None:
    counters = tuple(counter(f"n{k}", 1000 + 1500 * k, 12_000, 1500, ("s",), bank="A") for k in range(COUNTERS_EACH + 1))
    found = call_displays((bank("A", COUNTERS_EACH + 1, seats=10), bank("B", seats=0)), counters)
    assert [d.id for d in found] == ["D-A-1", "D-A-2"]
    assert all(not d.solid and d.bank is None for d in found)


def test_a_display_hangs_within_its_counters_and_faces_where_they_face() -> None:
    counters = tuple(counter(f"n{k}", 1000 + 1500 * k, 12_000, 1500, ("s",), bank="A") for k in range(3))
    (display,) = call_displays((bank("A", 3, seats=10),), counters)
    assert display.rotation_deg == counters[0].rotation_deg
    assert ring_shape(display.polygon).within(ring_shape(((250, 12_000), (4750, 12_000), (4750, 12_800), (250, 12_800))))


def test_the_seats_of_a_bank_see_its_display() -> None:
    _, placement = small_placement()
    level, layout = small_level(placement)
    displays = [i for i in layout if i.kind == "call_display"]
    places = [ring_shape(i.polygon).centroid.coords[0] for i in layout if i.kind == "seat"]
    share, _ = seen_share(level, layout, places, [before_front(d, 50.0) for d in displays])
    assert displays
    assert share == 1.0


def small_level(placement: Placement):  # type: ignore[no-untyped-def]
    problem, _ = small_placement()
    assert placement.layout is not None
    return problem.level, placement.layout.levels[0].items


def test_no_display_hangs_where_nobody_sits() -> None:
    assert call_displays((bank("A"),), seats("s", 0, 0, 2, 1, bank="A")) == ()
