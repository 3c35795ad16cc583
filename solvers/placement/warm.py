"""Compiles what a search and its bounds run over and over, so that nobody waits for it:
`python -m solvers.placement.warm` after installing."""

from __future__ import annotations

from typing import Any

import numpy as np

from layouts import warm as checks
from layouts.compiled import lies_on_disk
from layouts.plan import Door, Level
from layouts.programme import BankRequirement, Flow, LayoutRules, Programme
from solvers.effort import Progress, Report
from solvers.placement.prepare import prepare
from solvers.placement.problem import PlacementProblem
from solvers.placement.quick import QuickSearch
from solvers.placement.zone_cliques import crowded_sets
from solvers.placement.zone_pairs import carried
from solvers.placement.zone_strips import Strip, crowded

RULES = LayoutRules(
    profile="warm", counter_width_mm=1600, accessible_counter_width_mm=1800, desk_depth_mm=800, staff_zone_mm=1800,
    customer_zone_mm=1400, approach_aisle_mm=1500, seat_width_mm=500, row_pitch_mm=900, gangway_mm=1500,
    spine_widths_mm=(2400,), clear_width_mm=1500, turning_mm=1500, staff_corridor_mm=1500, room_front_mm=1500,
    wheelchair_bay_mm=(900, 1400), toilet_distance_mm=200_000, setbacks_mm=(0,),
)  # fmt: skip


def compile_first(report: Report | None = None) -> None:
    """Compile before a search's time begins to run: once per machine that takes longer than a short search is given. The
    check of what is found is part of the search."""
    if all(getattr(f, "signatures", None) for f in (*_rounds(), *checks.kernels())) or is_warm():
        return
    if report:
        report(Progress(stage="preparing"))
    warm_up()


def warm_up() -> None:
    """The check, one counter in a small hall, and half of a thing carried; a second time this takes no time at all."""
    checks.warm_up()
    carried([(np.ones((1, 2)), np.ones(1), np.full(2, 0.5))])
    crowded_sets(~np.eye(2, dtype=np.bool_), np.full(2, 0.6), 1, 0.0)
    one = np.zeros(1, dtype=np.int64)
    crowded([Strip(zones=one, lo=one, hi=one + 1, length=one + 2)], np.ones(1))
    hall = ((0, 0), (12_000, 0), (12_000, 14_000), (0, 14_000))
    doors = (
        _door("in", "entrance", 0),
        _door("out", "exit", 14_000),
        Door(id="staff", use="staff", p=(0, 6000), q=(0, 7000), clear_mm=1000),
    )
    bank = BankRequirement(
        id="A", label="A", kind="counter", services=("s",), positions=1, accessible_positions=1, seats=0, wheelchair_bays=0
    )
    programme = Programme(
        banks=(bank,), rooms=(), islands=(), flows=(Flow(service="s", visitors_per_day=10, stops=("A",)),), rules=RULES
    )  # fmt: skip
    problem = PlacementProblem(level=Level(id="0", name="warm", elevation_mm=0, outline=hall, doors=doors), programme=programme)
    search = QuickSearch(prepare(problem).questions[0], RULES, problem.weights, seed=1)
    search.exclusions.by("A", "A", 0)
    search.fill(1)
    search.run(seconds=0, rounds=40, stop=lambda: search.bursts > 0)
    assert search.bursts


def _door(id: str, use: str, y: int) -> Door:
    return Door(id=id, use=use, p=(5000, y), q=(7000, y), clear_mm=2000)


def _rounds() -> tuple[Any, ...]:
    from solvers.placement import quick_kernel, taken_kernel, transport_kernel, zone_kernel

    rounds = quick_kernel.improve, quick_kernel.fill, taken_kernel.mark_excluded
    return *rounds, transport_kernel.carry, zone_kernel.grow, zone_kernel.overfull


def is_warm() -> bool:
    """Whether the compiled rounds and checks lie on disk for their files as they are now; False where that cannot be told."""
    return all(lies_on_disk(f) for f in _rounds()) and checks.is_warm()


if __name__ == "__main__":
    warm_up()
