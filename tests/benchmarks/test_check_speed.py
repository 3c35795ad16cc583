"""Routes, access and egress of a full layout: the whole check, and the check after one thing moved; medians of processor time.

Aims: 150 ms whole, 30 ms after a move. While a thing is dragged the ways out of the building wait (`moved(dragging=True)`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from layouts.layout import LevelLayout
from layouts.live import LiveCheck, live_check, shifted
from layouts.plan import Level
from layouts.programme import Programme
from layouts.standards import profile
from planner.folder import read_folder
from solvers.effort import Effort
from solvers.placement.solve import solve
from tests.benchmarks.test_placement_examples import EXAMPLES, problem_of
from tests.layouts.centre import a_large_centre

MOVES = 50
REPEATS = 3


def placed(name: str) -> tuple[Level, LevelLayout, Programme]:
    """An example with a layout, or the large hall of the tests."""
    if name == "large":
        return a_large_centre()
    problem = problem_of(read_folder(Path(EXAMPLES) / name))
    placement = solve(problem, Effort(seconds=20.0, seed=1))
    assert placement.layout is not None
    return problem.level, placement.layout.levels[0], problem.programme


def milliseconds(work: Callable[[], LiveCheck]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return median(times)


@pytest.mark.parametrize("name", ["dahuk", "justice", "large"])
def test_a_layout_is_checked_whole_and_after_a_move(name: str) -> None:
    level, layout, programme = placed(name)
    access, egress = profile("iraq-default"), profile("ibc-2021")

    def whole() -> LiveCheck:
        return live_check(level, layout, programme, access=access, egress=egress)

    live, rng = whole(), random.Random(1)
    full = median(milliseconds(whole) for _ in range(3))
    moves = [shifted(rng.choice(layout.items), dx_mm=300) for _ in range(MOVES)]
    dropped = [milliseconds(lambda m=m: live.moved(m)) for m in moves]
    dragged = [milliseconds(lambda m=m: live.moved(m, dragging=True)) for m in moves]
    print(
        f"\n{name}: {len(layout.items)} things; whole {full:.0f} ms; moved {median(dropped):.0f} ms (most {max(dropped):.0f}); "
        f"dragging {median(dragged):.0f} ms (most {max(dragged):.0f}) of processor time"
    )
    moved = live.moved(moves[0])
    fresh = live_check(level, moved.layout, programme, access=access, egress=egress)
    assert (moved.findings, moved.routes) == (fresh.findings, fresh.routes)
