"""Compiles the walks over rasters, so that no check waits for it: `python -m layouts.warm` after installing."""

from __future__ import annotations

import shapely

from layouts.egress_paths import common_paths
from layouts.steps import trees_of, walk_steps


def warm_up() -> None:
    """The ways out of a small square with two doors; a second time this takes no time at all."""
    trees = trees_of(walk_steps(shapely.box(0, 0, 2000, 2000), (0.0, 0.0, 2000.0, 2000.0), 250), [(0.0, 0.0), (2000.0, 0.0)])
    assert trees is not None
    common_paths(trees)


if __name__ == "__main__":
    warm_up()
