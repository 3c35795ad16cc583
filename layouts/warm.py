"""Compiles what a check runs over and over, so that no check waits for it: `python -m layouts.warm` after installing."""

from __future__ import annotations

import shapely

from layouts.egress_paths import common_paths
from layouts.sight import shortest_walks, sight_graph
from layouts.steps import trees_of, walk_steps
from layouts.travel import farthest_walk


def warm_up() -> None:
    """The ways through a small square; a second time this takes no time at all."""
    square, doors = shapely.box(0, 0, 2000, 2000), [(0.0, 0.0), (2000.0, 0.0)]
    trees = trees_of(walk_steps(square, (0.0, 0.0, 2000.0, 2000.0), 250), doors)
    assert trees is not None
    common_paths(trees)
    farthest_walk(square, doors, trees=trees)
    shortest_walks(sight_graph(square), doors).length(0, 1)


if __name__ == "__main__":
    warm_up()
