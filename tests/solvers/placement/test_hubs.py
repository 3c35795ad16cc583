"""Boxes of hubs bound a spine: no sound layout is cheaper, at any step, and the bound only rises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solvers.placement.evaluate import terms_of_poses
from solvers.placement.hubs import RECENT, HubTree, Trip, _least
from solvers.placement.lanes import lane_on
from solvers.placement.prepare import prepare
from solvers.placement.typologies import PERIMETER
from tests.solvers.placement.problems import PROBLEMS
from tests.solvers.placement.test_zoning import solved_once, taken

STEPS = 12
NAMES = ["two banks and a room", "an L", "both sides", "many ways", "staff rooms", "a slant", "ratings"]


@pytest.mark.parametrize("name", NAMES)
def test_no_layout_is_cheaper_than_the_bound_by_hubs_of_its_spine(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solvers.placement.hubs.SHARED", 1)  # every stop is a hub
    problem = PROBLEMS[name]
    placement, question = solved_once(name)
    cost = sum(terms_of_poses(question, placement.poses, placement.arcs, problem.weights).values())
    tree, bounds = HubTree(question, problem, problem.weights), []
    while len(bounds) < STEPS and not tree.done:
        tree.step(20.0)
        bounds.append(tree.bound)
    assert bounds[0] > 0 and bounds == sorted(bounds)
    assert bounds[-1] <= cost + 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_with_every_module_in_the_zones_where_a_layout_has_it_nothing_lacks_a_place(name: str) -> None:
    placement, question = solved_once(name)
    tree = HubTree(question, PROBLEMS[name], PROBLEMS[name].weights)
    cost = sum(terms_of_poses(question, placement.poses, placement.arcs, PROBLEMS[name].weights).values())
    standing = np.zeros(len(tree.zones), dtype=np.bool_)
    standing[taken(tree.zones, placement)] = True
    node = tree._solved({e: standing & (tree.kind == k) for e, k in tree.kind_of.items()}, float("-inf"), 20.0, 8)
    assert node is not None and node.x is not None
    assert node.bound <= cost + 1e-3
    assert node.x[: len(tree.zones)].sum() == pytest.approx(len(question.modes))


def trip(*stops: str) -> Trip:
    return Trip(stops, 1.0, 10.0)


def test_a_trip_walks_off_the_spine_only_as_far_as_its_stops_ask() -> None:
    boxes = {"reception": (0, 20, 0, 50), "cashier": (-60, -40, 300, 400)}
    y, t = np.array([[100, 100], [-30, -30]]), np.array([[200, 200], [200, 200]])
    walked = _least(trip("reception", "bank", "cashier"), boxes | {"bank": (-30, 100, 200, 200)}, "bank", y, t)
    assert walked.tolist() == [100 + 140 + 40, 30 + 10 + 40]


def test_a_trip_pays_for_steps_against_the_flow_that_no_place_in_the_boxes_avoids() -> None:
    boxes = {"reception": (0, 0, 0, 250), "cashier": (0, 0, 100, 150), "bank": (0, 0, 200, 300)}
    y, t = np.zeros((2, 2), dtype=int), np.array([[200, 210], [120, 130]])
    assert _least(trip("reception", "bank", "cashier"), boxes, "bank", y, t).tolist() == [500.0, 0.0]


def test_who_comes_by_another_door_walks_from_there() -> None:
    boxes = {"door:side": (-50, -50, 100, 100), "bank": (20, 20, 80, 80)}
    y, t = np.array([[20, 20]]), np.array([[80, 80]])
    assert _least(trip("door:side", "bank"), boxes, "bank", y, t).tolist() == [70 + 20 + 10 * 20]
    assert _least(trip("bank", "door:side"), boxes, "bank", y, t).tolist() == [20 + 70]


def test_modules_that_are_alike_are_counted_together() -> None:
    _, question = solved_once("staff rooms")
    tree = HubTree(question, PROBLEMS["staff rooms"], PROBLEMS["staff rooms"].weights)
    assert sum(tree.count) == len(question.modes)


def test_a_spine_is_left_to_the_tree_of_zones_once_boxes_tell_little_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solvers.placement.lanes.MANY", 1)
    problem = PROBLEMS["ratings"]
    _, question = solved_once("ratings")
    ready = replace(prepare(problem), questions=(question,), spines=(question.ground.spine,))
    lane = lane_on(0, PERIMETER, problem, ready, 0, problem.weights)
    assert not lane.by_hubs()  # rated, and soon told by the tree of zones
    monkeypatch.setattr("solvers.placement.lanes.WIDE", 1)
    assert lane.by_hubs()
    tree = lane.hubs = HubTree(question, problem, problem.weights)
    tree.before, tree.bound = [100.0, *[110.0] * (RECENT - 1)], 110.0
    assert lane.by_hubs()
    tree.before.append(110.0)
    assert not lane.by_hubs()
