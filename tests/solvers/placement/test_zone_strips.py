"""What strips of floor are said to hold is true of every sound layout."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from solvers.placement.zone_floor import Room
from solvers.placement.zone_linear import Linear, solve_linear
from solvers.placement.zone_strips import A_STRIP, EASE, Strip, crowded, strips_of, walls, whole
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


@pytest.mark.parametrize("seed", range(4))
def test_of_each_strip_the_two_fullest_stretches_are_told(seed: int) -> None:
    rng = np.random.default_rng(seed)
    strips, first = [], 0
    for parts in (1, 7, 12):
        lo, slack, length = (rng.integers(low, high, parts) for low, high in ((0, 60), (0, 25), (5, 40)))
        strips.append(Strip(zones=np.arange(first, first + parts), lo=lo, hi=lo + slack, length=length))
        first += parts
    shares = np.where(rng.random(first) < 0.2, 0.0, rng.random(first))
    told = crowded(strips, shares)
    found: list[tuple[float, Room]] = []
    for strip in strips:
        taken = shares[strip.zones]
        stretches = {(int(a), int(b)) for a in strip.lo[taken > 0] for b in (strip.hi + strip.length)[taken > 0] if a < b}
        over = {(a, b): float(strip.covered(a, b) @ taken) - (b - a) for a, b in stretches}
        worst = sorted((s for s in over if over[s] > EASE), key=lambda s: -over[s])[:A_STRIP]
        found += [(over[s] / (s[1] - s[0]), strip.room(*s)) for s in worst]
    assert told == [room for _, room in sorted(found, key=lambda each: -each[0])]
    assert told


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
