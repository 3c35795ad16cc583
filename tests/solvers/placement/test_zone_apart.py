"""What zones are said to exclude, no layout holds: staff corridors against visitors, and sets grown from such pairs. And what
shares of them cost to carry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from solvers import cpsat
from solvers.placement.model import build
from solvers.placement.modes import Mode
from solvers.placement.modules import dm
from solvers.placement.variables import Question, arc_ends
from solvers.placement.zone_cliques import crowded_sets
from solvers.placement.zone_corridors import corridor, in_the_way
from solvers.placement.zone_pairs import carried
from solvers.placement.zones import Zone, zones_of
from tests.solvers.placement.problems import PROBLEMS
from tests.solvers.placement.test_zoning import EFFORT, solved_once, taken

NAMES = ["two banks and a room", "an L", "a slant"]


def alone_in(q: Question, *zones: Zone) -> Question:
    """The question of these modules alone, each in its zone."""
    modes: dict[str, tuple[Mode, ...]] = {
        z.element: (replace(z.mode, runs=(replace(z.run, lo=z.lo, hi=z.hi),), reach=(z.reach,) if z.reach else ()),)
        for z in zones
    }
    return replace(q, modes=modes, legs=(), first={}, last={}, aside=(), toilets=(), near=(), doors={})


def fits(q: Question, name: str) -> bool:
    outcome = cpsat.run(build(q, PROBLEMS[name].programme.rules, PROBLEMS[name].weights).model, seconds=20, effort=EFFORT)
    assert outcome.status in ("infeasible", "optimal", "feasible")
    return outcome.status != "infeasible"


@pytest.mark.parametrize("name", NAMES)
def test_whose_visitors_stand_in_another_zones_corridor_finds_no_layout_with_it(name: str) -> None:
    placement, q = solved_once(name)
    zones = zones_of(q, 20, along=20)
    found = in_the_way(q, PROBLEMS[name].programme.rules, zones)
    standing = taken(zones, placement)
    own = np.array([[a.element == b.element for b in zones] for a in zones])
    assert not found[np.ix_(standing, standing)][~own[np.ix_(standing, standing)]].any()
    rng = np.random.default_rng(1)
    for k in rng.permutation(np.flatnonzero(np.diag(found)))[:2].tolist():
        assert not fits(alone_in(q, zones[k]), name)
    pairs = rng.permutation(np.argwhere(found & ~own & ~np.diag(found) & ~np.diag(found)[:, None]))[:4].tolist()
    for s, p in pairs:
        assert not fits(alone_in(q, zones[s], zones[p]), name)
    assert pairs


def test_a_corridor_runs_from_the_door_along_the_wall_and_round_a_corner() -> None:
    _, q = solved_once("two banks and a room")  # staff door 1.4 to 2.4 m up the left wall of a hall of 12 x 14 m
    rules = PROBLEMS["two banks and a room"].programme.rules
    depth = dm(rules.staff_corridor_mm)
    (_, door_low), (door_high, _) = arc_ends(q.ground.arcs[0])
    assert corridor(q.ground, 0, door_low, door_high, depth) == [(0, 10, depth, 18)]
    longer = corridor(q.ground, 0, door_low - 30, door_high, depth)
    assert len(longer) == 1 and longer[0][3] == 48
    round_it = corridor(q.ground, 0, door_low, door_high + 30, depth)
    assert len(round_it) == 2 and sum(w * h for _, _, w, h in round_it) > depth * 28


def test_three_zones_by_halves_that_exclude_each_other_are_a_set_with_all_that_excludes_them() -> None:
    apart = np.zeros((6, 6), dtype=np.bool_)
    for a, b in ((0, 1), (1, 2), (0, 2), (3, 0), (3, 1), (3, 2), (4, 0), (4, 1)):
        apart[a, b] = apart[b, a] = True
    ((members),) = crowded_sets(apart, np.array([0.5, 0.5, 0.5, 0.0, 0.0, 1.0]), 9, 0.02)
    assert sorted(members) == [0, 1, 2, 3]
    assert crowded_sets(apart, np.array([0.5, 0.5, 0.0, 0.0, 0.0, 1.0]), 9, 0.02) == []


def test_no_two_zones_of_a_set_stand_together() -> None:
    rng = np.random.default_rng(3)
    apart = np.triu(rng.random((60, 60)) < 0.7, 1)
    apart[7], apart[:, 7] = False, False  # that one goes with all others
    apart |= apart.T
    found = crowded_sets(apart, rng.random(60) * 0.4, 20, 0.02)
    assert len(found) == 20
    for members in found:
        assert (
            len({*members}) == len(members) and (apart[np.ix_(members, members)] | np.eye(len(members), dtype=np.bool_)).all()
        )


def test_a_set_grows_by_the_zone_that_leaves_most_to_go_on_with() -> None:
    apart = np.zeros((5, 5), dtype=np.bool_)
    for a, b in ((0, 1), (0, 2), (0, 3), (2, 3), (1, 4), (0, 4)):
        apart[a, b] = apart[b, a] = True
    # from 0 on: 2 leaves itself and 3 (0.6), 1 itself and 4 (0.7), though 2 alone has more than 1
    assert [sorted(s) for s in crowded_sets(apart, np.array([0.6, 0.3, 0.35, 0.25, 0.4]), 1, 0.02)] == [[0, 1, 4]]


def test_what_is_carried_costs_what_the_linear_program_says_and_its_prices_prove_it() -> None:
    rng, jobs = np.random.default_rng(0), []
    for k in range(12):
        cost = np.round(rng.random(rng.integers(1, 9, 2)) * 1e5)
        cost[rng.random(cost.shape) < 0.1 * k] += 1e6
        jobs.append((cost, rng.random(cost.shape[:1]), rng.random(cost.shape[1:])))
    for (cost, a, b), (price, v) in zip(jobs, carried(jobs)):
        a, b = a / a.sum(), b / b.sum()
        sums = [np.ones(cost.shape) * (np.arange(len(a)) == i)[:, None] for i in range(len(a))]
        sums += [np.ones(cost.shape) * (np.arange(len(b)) == j)[None, :] for j in range(len(b))]
        least = linprog(cost.reshape(-1), A_eq=np.array(sums).reshape(len(sums), -1), b_eq=np.concatenate([a, b])).fun
        assert price == pytest.approx(least, abs=0.01)
        assert float(a @ (cost - v[None, :]).min(axis=1) + b @ v) == pytest.approx(least, abs=0.01)
    assert carried([]) == []
