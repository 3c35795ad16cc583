"""Buildings with rooms: our own office building, and real plans imported; which give a layout, and why the others do not.

    python -m pytest -s tests/benchmarks/test_standing_rooms.py

Plans are looked for in $CENTRELINE_DATA/plans. Ways in and out and the staff's door are told where the drawing has none, as
a planner would on the page; walls of single lines have no thickness, so the reader's default makes them ones that may go.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace

import pytest

from layouts.plan import Door, Level
from layouts.programme import Flow, Programme
from layouts.readers.read import read_plan
from layouts.standards import profile
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from solvers.placement.upfront import impossible
from solvers.programme import layout_rules
from tests.benchmarks.study import study_folder
from tests.builders_building import office_building
from tests.builders_placement import bank, island, programme, room

SECONDS = float(os.environ.get("CENTRELINE_SECONDS", "20"))
RULES = layout_rules(profile("iraq-default"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A plan, who told which doors (`uses`: of doors that were read; `added`: new ones), and the size of the programme."""

    name: str
    file: str = ""
    uses: tuple[tuple[str, str], ...] = ()
    added: tuple[Door, ...] = ()
    size: str = "small"


def told(id: str, use: str, p: tuple[int, int], q: tuple[int, int]) -> Door:
    return Door(id=id, use=use, p=p, q=q, clear_mm=1500)


CLINIC, HOTEL, HOUSE = "derived-rmf-clinic-L1.dxf", "derived-rmf-hotel-L2.dxf", "sky-floorplan.dxf"
CASES = (
    Case(name="office building, 28 rooms", size="medium"),
    Case(name="clinic, 55 rooms, as read", file=CLINIC),
    Case(
        name="clinic, doors told", file=CLINIC, uses=(("door-3", "entrance"), ("door-1", "exit")),
        added=(told("s1", "staff", (38_000, 0), (39_000, 0)), told("s2", "staff", (29_000, 39_346), (28_000, 39_339))),
    ),
    Case(name="hotel floor, 25 rooms, as read", file=HOTEL),
    Case(
        name="hotel floor, doors told", file=HOTEL,
        added=(
            told("in", "entrance_exit", (30_317, 10_500), (30_317, 12_300)),
            told("s1", "staff", (29_500, 14_082), (28_500, 14_080)),
        ),
    ),
    Case(name="house, 17 rooms, doors told", file=HOUSE, uses=(("door-17", "entrance_exit"), ("door-1", "staff"))),
)


def small(rules=RULES) -> Programme:
    """Six counters, a reception, a kiosk and six rooms, as a branch office has."""
    return programme(
        bank("A", 3, seats=10, bays=1), bank("B", 2, seats=6), bank("cash", 1, kind="cashier"),
        island("kiosk", within=0.5), room("toilets", 5.0, depth=2400, kind="toilets"),
        room("prayer", 9.0, depth=3000, kind="prayer_room_men"), room("nursing", 6.0, depth=2400, kind="nursing_room"),
        room("archive", 12.0, side="staff", depth=3000, kind="archive"),
        room("server", 6.0, side="staff", depth=2400, kind="server_room"),
        room("office", 14.0, side="staff", depth=3000, kind="back_office"),
        flows=(Flow(service="s", visitors_per_day=150, stops=("kiosk", "A", "cash")),
               Flow(service="s", visitors_per_day=60, stops=("B",))), rules=rules,
    )  # fmt: skip


def medium(rules=RULES) -> Programme:
    """Fourteen counters, with more and larger rooms."""
    return programme(
        bank("A", 6, seats=24, bays=1), bank("B", 4, seats=12, bays=1), bank("cash", 2, kind="cashier"),
        bank("out", 2, kind="collection"), island("kiosk", within=0.5), island("welcome", within=0.4, width=2400, staffed=True),
        room("toilets", 14.0, depth=3000, kind="toilets"), room("prayer", 14.0, depth=3000, kind="prayer_room_men"),
        room("nursing", 9.0, depth=3000, kind="nursing_room"), room("archive", 15.0, side="staff", depth=3000, kind="archive"),
        room("server", 10.0, side="staff", depth=3000, kind="server_room"),
        room("office", 40.0, side="staff", depth=6000, kind="back_office"),
        room("rest", 15.0, side="staff", depth=3000, kind="staff_room"),
        flows=(Flow(service="s", visitors_per_day=300, stops=("welcome", "A", "cash", "out")),
               Flow(service="s", visitors_per_day=150, stops=("welcome", "B", "out")),
               Flow(service="s", visitors_per_day=100, stops=("kiosk",))), rules=rules,
    )  # fmt: skip


def level_of(case: Case) -> Level | None:
    """The plan with the doors told; None where its file is not at hand."""
    if not case.file:
        return office_building(depth=12_000)  # a hall of 10 m is too shallow for the default profile's rows of seats
    folder = study_folder()
    path = folder.parent / "plans" / case.file if folder is not None else None
    if path is None or not path.exists():
        return None
    level = read_plan(path).plan.levels[0]
    uses = dict(case.uses)
    doors = (*(replace(d, use=uses.get(d.id, d.use)) for d in level.doors), *case.added)
    return replace(level, doors=doors)


def solved(case: Case, level: Level) -> tuple[PlacementProblem, Placement | None, float]:
    """What `centreline place` does with the plan: proofs without a solve first."""
    problem = PlacementProblem(level=level, programme=medium() if case.size == "medium" else small(), max_spines=3)
    started = time.process_time()
    if impossible(problem):
        return problem, None, time.process_time() - started
    return problem, solve(problem, Effort(seconds=SECONDS, seed=1)), time.process_time() - started


def line(case: Case, level: Level, problem: PlacementProblem, placement: Placement | None, seconds: float) -> str:
    rooms = len(level.spaces)
    if placement is None or placement.layout is None:
        reasons = impossible(problem) if placement is None else placement.missing.reasons
        status = "impossible" if placement is None else placement.record.status
        why = ", ".join(dict.fromkeys(code for code, _ in reasons))
        return f"| {case.name} | {rooms} | {status} | {why} | | | {seconds:.1f} |"
    hall, items = placement.hall, placement.layout.levels[0].items
    used = sum(i.space is not None for i in items)
    removed = sum(r.length_mm for r in hall.removed) / 1000 if hall else 0.0
    first, gap = placement.record.seconds_to_first or 0.0, 100 * (placement.record.gap or 0.0)
    made = f"hall of {len(hall.spaces) if hall else 0} rooms, {removed:.1f} m of wall gone, {used} rooms used as they stand"
    return f"| {case.name} | {rooms} | {placement.record.status} | {made} | {first:.1f} | {gap:.1f} | {seconds:.1f} |"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_building_gives_a_layout_that_passes_or_a_reason(case: Case) -> None:
    level = level_of(case)
    if level is None:
        pytest.skip(f"{case.file} is not at hand")
    problem, placement, seconds = solved(case, level)
    print("\n" + line(case, level, problem, placement, seconds))
    if placement is None:
        assert impossible(problem)
    elif placement.layout is None:
        assert placement.missing is not None and placement.missing.reasons
    else:
        assert [(f.code, f.where) for f in breaches(problem, placement)] == []
