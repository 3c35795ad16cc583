"""Compiles what a check runs over and over, so that no check waits for it: `python -m layouts.warm` after installing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import shapely

from layouts.compiled import lies_on_disk
from layouts.egress_paths import common_paths
from layouts.gaps import find_gaps
from layouts.narrowest import narrowest_of
from layouts.sight import shortest_walks, sight_graph
from layouts.steps import trees_of, walk_steps
from layouts.travel import farthest_walk

KERNELS = tuple(f"layouts.{name}_kernel" for name in ("across", "gap", "raster", "same", "sight", "step"))


def kernels() -> Iterator[Any]:
    """All that a check calls of compiled code; what is only written out in it (`inlined`) is no part of them."""
    for module in map(import_module, KERNELS):
        found = [f for f in vars(module).values() if hasattr(f, "targetoptions") and f.py_func.__module__ == module.__name__]
        yield from (f for f in found if not f.targetoptions.get("forceinline"))


def is_warm() -> bool:
    """Whether the compiled checks lie on disk for their files as they are now; False where that cannot be told."""
    return all(lies_on_disk(f) for f in kernels())


def warm_up() -> None:
    """The ways through a small square, with a block in it and then without; a second time this takes no time at all."""
    square, doors, bounds = shapely.box(0, 0, 2000, 2000), [(0.0, 0.0), (2000.0, 0.0)], (0.0, 0.0, 2000.0, 2000.0)
    block = shapely.box(900, 900, 1200, 1200)
    around = square.difference(block)
    steps = walk_steps(around, bounds, 250)
    trees = trees_of(walk_steps(square, bounds, 250, earlier=steps, changed=[block.bounds]), doors)
    assert trees is not None
    common_paths(trees)
    farthest_walk(square, doors, trees=trees)
    changed = [block.bounds]
    graph = sight_graph(around, earlier=sight_graph(around), changed=changed)
    looked = shortest_walks(graph, doors).looked
    shortest_walks(graph, doors, earlier=looked, changed=changed).length(0, 1)
    narrowest_of(find_gaps(around), [((0.0, 0.0), (1000.0, 0.0), (2000.0, 2000.0))])


if __name__ == "__main__":
    warm_up()
