"""What strips of floor are said to hold is true of every sound layout."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from solvers.placement.zone_linear import Linear, solve_linear
from solvers.placement.zone_strips import crowded, strips_of, walls, whole
from solvers.placement.zones import zones_of
from tests.solvers.placement.handmade import inside, mode, question
from tests.solvers.placement.test_zoning import solved_once, taken


@pytest.mark.parametrize("name", ["two banks and a room", "both sides", "islands", "columns", "a slant"])
def test_a_sound_layout_crowds_no_stretch_of_any_strip(name: str) -> None:
    placement, q = solved_once(name)
    zones = zones_of(q)
    one_each = {zones[k].element: k for k in taken(zones, placement)}  # a module with two ways to its arc stands in two zones
    shares = np.zeros(len(zones))
    shares[list(one_each.values())] = 1.0
    assert crowded(strips_of(q.ground, zones), shares) == []


def test_three_modules_on_a_wall_of_five_metres_crowd_it() -> None:
    q = question(*(mode(name, inside(length=20), lo=0, hi=30) for name in "ABC"))
    zones = zones_of(q)
    (wall,) = walls(zones)
    room = whole(wall, zones)
    assert room is not None and room.length == 50 and sum(chord for _, chord in room.chords) == 60
    assert crowded((wall,), np.ones(len(zones)))[0].length == 50
    assert crowded((wall,), np.full(len(zones), 0.5)) == []


def test_a_module_covers_of_a_stretch_what_cannot_lie_outside_it() -> None:
    (wall,) = walls(zones_of(question(mode("A", inside(length=20), lo=10, hi=16))))
    # from 10 .. 16 it covers 16 .. 30 wherever it stands
    assert wall.covered(16, 30).tolist() == [14]
    assert wall.covered(10, 36).tolist() == [20]
    assert wall.covered(0, 18).tolist() == [2]
    assert wall.covered(0, 12).tolist() == [0]


def test_the_bound_is_what_the_multipliers_prove() -> None:
    form = Linear(
        np.array([2000.0, 3000.0]), 0.0, csr_array(np.array([[-1.0, -2.0]])), np.array([-7.0]), np.zeros(2), np.full(2, 10.0)
    )
    assert solve_linear(form, 5.0).bound == pytest.approx(10.5)
