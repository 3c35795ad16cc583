"""Whole answers on tiny halls: sound, explained, pinned, hinted, cancelled, reproducible, and the same when turned."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from layouts.programme import Flow, LayoutRules, Nearness
from solvers.effort import Cancel, Effort, Progress
from solvers.placement import model
from solvers.placement.check import breaches
from solvers.placement.check_objective import terms_again
from solvers.placement.explain import explain
from solvers.placement.first import first_layouts
from solvers.placement.model import same_mode
from solvers.placement.prepare import prepare, widths_of
from solvers.placement.problem import Placement, PlacementProblem, Pose
from solvers.placement.race import Race
from solvers.placement.rules import RULES as MODEL_RULES
from solvers.placement.solve import solve, with_pins
from tests.builders_placement import (
    QUICK,
    RULES,
    a_problem,
    bank,
    box,
    flow,
    hall_of_many_ways,
    island,
    l_hall,
    room,
    slanted_hall,
    small_placement,
    straight_hall,
    turned,
)

ROOT = Path(__file__).resolve().parents[3]
REPRODUCIBLE = Effort(seconds=2, reproducible=True, seed=1)


def two_banks(level=None, *more, rules: LayoutRules = RULES) -> PlacementProblem:
    return a_problem(bank("A"), bank("B"), room("prayer"), *more, flows=(flow("A", "B"),), level=level, rules=rules)


def with_toilets(distance_mm: int) -> PlacementProblem:
    """The kiosk must stand near the entrance, so counters and toilets cannot all be as near to one another as one likes."""
    return a_problem(
        bank("A", 3), room("toilets", kind="toilets"), island("kiosk", within=0.3), flows=(flow("kiosk", "A"),),
        rules=replace(RULES, toilet_distance_mm=distance_mm),
    )  # fmt: skip


def faults(problem: PlacementProblem, placement: Placement) -> list[tuple[str, tuple[str, ...]]]:
    """What the check refuses."""
    return [(f.code, f.where) for f in breaches(problem, placement)]


def proven(problem: PlacementProblem) -> tuple[float, float]:
    """Proven bound and checked objective; an optimum may lie anywhere between (a thousandth of it)."""
    placement = solve(problem, replace(QUICK, seconds=12))  # ends as soon as it is proven
    assert placement.record.status == "optimal", placement.record
    assert faults(problem, placement) == []
    return placement.record.bound, placement.record.objective


def rated(modules: tuple[object, ...], *ratings: tuple[str, str, str]) -> PlacementProblem:
    """A hall in which ratings weigh as much as the ways: pairs on one wall, of public and staff rooms, with a door."""
    problem = a_problem(*modules, flows=(flow("A", "B"),), level=straight_hall(14_000, 18_000, way_x=9000))
    nearness = tuple(Nearness(a=a, b=b, rating=rating) for a, b, rating in ratings)
    weights = replace(problem.weights, nearness=1.0)
    return replace(problem, programme=replace(problem.programme, nearness=nearness), weights=weights)


PROBLEMS = {
    "two banks and a room": two_banks(),
    "an L": two_banks(l_hall()),
    "two staff doors": a_problem(
        bank("A", 3), bank("B", 3), flows=(flow("A"), flow("B")), level=straight_hall(staff_doors=("left", "right"))
    ),
    "both sides": a_problem(
        bank("A", 7), bank("B", 7), flows=(flow("A", "B"),), level=straight_hall(staff_doors=("left", "right"))
    ),
    "columns": two_banks(straight_hall(columns=(box(2600, 4000, 2900, 4300), box(2600, 9000, 2900, 9300)))),
    "seats and bays": a_problem(bank("A", 3, seats=6, bays=1), flows=(flow("A"),), level=straight_hall(way_x=10_000)),
    "seats across the spine": a_problem(bank("A", 3, seats=6, bays=1), flows=(flow("A"),), level=straight_hall(9000, 16_000)),
    "islands": a_problem(
        island("kiosk", positions=2, width=2400), island("desk", within=0.5, staffed=True), flows=(flow("desk", "kiosk"),)
    ),
    "staff rooms": a_problem(
        bank("A"), room("office", 12.0, side="staff", depth=3000, kind="back_office"),
        room("server", 4.5, side="staff", depth=2400, kind="server_room"), flows=(flow("A"),),
    ),
    "a shaft among the staff": two_banks(straight_hall(obstacles=(box(0, 6000, 1500, 8000),))),
    "a slant": two_banks(slanted_hall()),
    "toilets near": with_toilets(8500),
    "ratings": rated(
        (
            bank("A", 2), bank("B", 2), room("prayer"), room("office", 9.0, side="staff", depth=3000, kind="back_office"),
            island("kiosk", width=1200),
        ),
        ("A", "office", "A"), ("prayer", "B", "E"), ("kiosk", "office", "X"), ("A", "B", "X"), ("prayer", "entrance", "O"),
        ("A", "nowhere", "A"), ("A", "kiosk", "U"),
    ),
    "a shaft": two_banks(straight_hall(obstacles=(box(10_500, 6000, 12_000, 8000),))),
    "many ways": a_problem(
        bank("A", 2), bank("B", 2), level=hall_of_many_ways(), spines=4,
        flows=(
            Flow(service="s", visitors_per_day=50, stops=("A", "B"), enters="in"),
            Flow(service="s", visitors_per_day=30, stops=("A", "B"), enters="side"),
            Flow(service="t", visitors_per_day=20, stops=("B",), enters="side", leaves="lift"),
            Flow(service="u", visitors_per_day=10, stops=("A", "lift", "B")),
            Flow(service="v", visitors_per_day=10, stops=("lift",)),
            Flow(service="w", visitors_per_day=10, stops=("lift",), enters="side", leaves="lift"),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_small_centre_is_placed_soundly(name: str) -> None:
    problem = PROBLEMS[name]
    placement = solve(problem, QUICK)
    assert placement.layout is not None, placement.missing
    assert faults(problem, placement) == []


def test_the_answer_tells_its_freedom_bound_and_effort() -> None:
    problem, placement = small_placement()
    record = placement.record
    assert record.status == "optimal" and record.gap <= 0.001
    assert record.relaxation_bound <= record.bound <= record.objective
    assert record.freedom["modules"] == 5 and record.freedom["setbacks_mm"] == [0]
    assert len(record.freedom["spines"]) == len(record.freedom["spine_bounds"]) >= 1
    assert record.terms == pytest.approx(terms_again(problem, placement, placement.spine))
    assert record.seconds_to_first is not None and "ortools" in record.versions


# -- why nothing fits -------------------------------------------------------------------------------------------------


def reasons(problem: PlacementProblem) -> dict[str, dict[str, object]]:
    placement = solve(problem, QUICK)
    assert placement.layout is None and placement.record.status == "infeasible"
    assert faults(problem, placement) == []
    return dict(placement.missing.reasons)


def test_a_missing_staff_door_is_named() -> None:
    assert "placement.no_staff_door" in reasons(a_problem(bank("A"), level=straight_hall(staff_doors=())))


def test_a_programme_larger_than_the_floor_is_named_with_both_areas() -> None:
    told = reasons(a_problem(*(bank(name, 6) for name in "ABCDE")))["placement.larger_than_floor"]
    assert told["need_m2"] > told["floor_m2"] == 168.0


def test_a_module_that_fits_nowhere_is_named() -> None:
    problem = a_problem(bank("A", 12), bank("B"))
    assert reasons(problem)["placement.fits_nowhere"] == {"modules": "A"}
    assert solve(problem, QUICK).missing.elements == ("A",)


def test_modules_that_fit_nowhere_are_named_in_one_sentence() -> None:
    problem = a_problem(bank("A", 12), bank("B"), bank("C", 13))
    told = [values for code, values in solve(problem, QUICK).missing.reasons if code == "placement.fits_nowhere"]
    assert told == [{"modules": "A, C"}]


def test_modules_that_fit_nowhere_are_not_told_again_as_left_out() -> None:
    problem = a_problem(bank("A", 12), bank("B"))
    told = [code for code, _ in explain(problem, prepare(problem), QUICK, None, proven=True, lacking=("A",)).reasons]
    assert "placement.fits_nowhere" in told and "placement.left_out" not in told


def test_too_little_wall_for_the_counters_is_named_with_both_lengths() -> None:
    told = reasons(a_problem(*(bank(name, 5) for name in "ABCD")))["placement.frontage"]
    assert told["need_m"] == 4 * 8.2 and told["offered_m"] < told["need_m"]


def test_what_leaves_out_more_than_half_for_want_of_time_names_no_culprit() -> None:
    problem, most = a_problem(*(bank(name, 5) for name in "ABCD")), ("A", "B", "C")
    told = {
        proven: {code for code, _ in explain(problem, prepare(problem), QUICK, None, proven=proven, lacking=most).reasons}
        for proven in (True, False)
    }
    assert "placement.left_out" in told[True] and "placement.left_out" not in told[False]


def test_what_leaves_out_everything_names_no_culprit() -> None:
    problem, stopped = a_problem(*(bank(name, 5) for name in "ABCD")), Cancel()
    stopped.set()  # nothing fuller is looked for
    told = {
        lacking: explain(problem, prepare(problem), QUICK, stopped, proven=True, lacking=tuple(lacking))
        for lacking in ("ABCD", "A")
    }
    assert set(told["ABCD"].elements) == set("ABCD")
    assert {lacking: "placement.left_out" in dict(each.reasons) for lacking, each in told.items()} == {"ABCD": False, "A": True}


def test_what_the_fullest_layout_leaves_out_is_named() -> None:
    told = reasons(a_problem(*(bank(name, 5) for name in "ABCD")))["placement.left_out"]
    assert set(told["modules"].split(", ")) < set("ABCD")


def test_a_hall_too_narrow_for_any_spine_is_named() -> None:
    told = reasons(a_problem(level=straight_hall(1700, way_x=850)))
    assert told == {"placement.no_spine": {"least_width_mm": 1800}}


# -- widths of the spine ----------------------------------------------------------------------------------------------

TWO_WIDTHS = replace(RULES, spine_widths_mm=(1800, 4000))


def width_taken(problem: PlacementProblem) -> int:
    placement = solve(problem, QUICK)
    assert placement.layout is not None and faults(problem, placement) == []
    return placement.spine.width_dm


def test_the_widest_spine_that_leaves_room_is_taken() -> None:
    assert widths_of(a_problem(bank("A", 3), rules=TWO_WIDTHS)) == (40, 18)
    assert width_taken(a_problem(bank("A", 3), flows=(flow("A"),), rules=TWO_WIDTHS)) == 40


def test_a_narrower_spine_is_taken_where_a_module_fits_beside_no_wider_one() -> None:
    hall = straight_hall(8000, 14_000, way_x=5000)  # 4.1 m of bank and 4 m of spine are too wide
    assert width_taken(a_problem(bank("A", 3), flows=(flow("A"),), rules=TWO_WIDTHS, level=hall)) == 18


def test_a_narrower_spine_is_taken_where_wider_ones_are_proven_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """11.4 m and 3.4 m of counters are more than the 14 m wall; B fits on the head wall only beside the narrow spine."""
    monkeypatch.setattr(
        "solvers.placement.answering.explain", lambda *_, **__: None
    )  # why the wide one fails takes seconds to tell
    problem = a_problem(
        bank("A", 7), bank("B", 2), flows=(flow("A", "B"),), rules=TWO_WIDTHS, level=straight_hall(way_x=10_500)
    )
    assert all(q.modes["A"] and q.modes["B"] for q in prepare(problem, 40).questions)
    assert solve(problem, replace(QUICK, seconds=6), prepared=prepare(problem, 40)).record.status == "infeasible"
    assert width_taken(problem) == 18


def test_a_narrower_spine_is_tried_soon_where_the_wide_one_shows_no_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is proven of the wide one; whoever waits for that sees no layout in a hall that holds one."""

    def blind_to_the_wide(race: Race, hint: tuple[Pose, ...]) -> None:
        if race.lanes[0].spine.width_dm < 40:
            first_layouts(race, hint)

    monkeypatch.setattr("solvers.placement.widths.first_layouts", blind_to_the_wide)
    assert width_taken(a_problem(bank("A", 3), flows=(flow("A"),), rules=TWO_WIDTHS)) == 18


def test_nothing_is_proven_of_widths_that_time_left_untried() -> None:
    hall = straight_hall(8000, 14_000, way_x=5000)  # as above: nothing fits beside the wide aisle, and that shows at once
    problem = a_problem(bank("A", 3), flows=(flow("A"),), rules=TWO_WIDTHS, level=hall)
    assert solve(problem, replace(QUICK, seconds=1e-6), explained=False).record.status == "unknown"


# -- pins, hints, cancelling ------------------------------------------------------------------------------------------


def test_a_pinned_module_stays_where_it_was() -> None:
    problem = two_banks()
    reverse = replace(problem, programme=replace(problem.programme, flows=(flow("B", "A"),)))
    best, other = solve(problem, QUICK), solve(reverse, QUICK)
    pinned = with_pins(problem, other, ("A", "B"))
    after = solve(pinned, QUICK)
    assert after.layout is not None
    assert {p for p in after.poses if p.element != "prayer"} == {p for p in other.poses if p.element != "prayer"}
    assert faults(pinned, after) == []
    assert after.record.objective > best.record.objective + 1  # they walk back now


def test_all_pinned_gives_the_same_layout_again() -> None:
    problem, before = small_placement()
    again = solve(with_pins(problem, before, tuple(p.element for p in before.poses)), QUICK)
    assert {p.element: p for p in again.poses} == {p.element: p for p in before.poses}


def test_a_hint_costs_nothing_and_its_poses_are_found_again_by_their_words() -> None:
    problem, before = small_placement()
    modes = next(q.modes for q in prepare(problem).questions if q.ground.spine == before.spine)
    for pose in before.poses:
        assert sum(same_mode(m, pose) and any(r.lo <= pose.u_dm <= r.hi for r in m.runs) for m in modes[pose.element]) == 1
    again = solve(problem, QUICK, hint=before.poses)
    assert again.record.objective == pytest.approx(before.record.objective)


def test_cancelling_keeps_the_best_so_far() -> None:
    problem, _ = small_placement()
    cancel = Cancel()

    def stop_at_the_first_layout(progress: Progress) -> None:
        if progress.answer is not None:
            cancel.set()

    placement = solve(problem, Effort(seconds=30), report=stop_at_the_first_layout, cancel=cancel)
    assert placement.record.status == "cancelled" and placement.layout is not None
    assert faults(problem, placement) == []


def test_cancelled_before_anything_was_found_there_is_no_layout_and_no_claim() -> None:
    cancel = Cancel()
    cancel.set()
    placement = solve(two_banks(), QUICK, cancel=cancel)
    assert placement.layout is None and placement.record.status == "cancelled"


def test_progress_is_told_with_bounds_that_never_pass_the_objective() -> None:
    told: list[Progress] = []
    solve(two_banks(), QUICK, report=told.append)
    assert {"bounds", "layout"} <= {p.stage for p in told}
    assert all(p.bound <= p.objective + 1e-6 for p in told if p.stage == "layout")
    assert all(0 <= p.done <= 1 for p in told)


# -- the same again ---------------------------------------------------------------------------------------------------


def answer_line() -> str:
    """A reproducible answer of the small centre as one line (run by the test below in processes of its own)."""
    placement = solve(small_placement()[0], REPRODUCIBLE)
    return f"{placement.record.objective} {placement.poses} {placement.arcs} {hash_free(placement)}"


def hash_free(placement: Placement) -> str:
    return "".join(f"{i.id}{i.polygon}" for i in placement.layout.levels[0].items)


def test_reproducible_work_gives_the_same_layout_twice_and_in_other_processes() -> None:
    here = answer_line()
    assert answer_line() == here
    code = "from tests.solvers.placement.test_solve import answer_line; print(answer_line())"
    for seed in ("1", "77"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd=ROOT, check=True)
        assert told.stdout.strip() == here


# -- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["two banks and a room", "an L", "staff rooms", "islands"])
def test_turning_the_plan_leaves_the_proven_optimum_unchanged(name: str) -> None:
    problem = PROBLEMS[name]
    found = [proven(problem)]
    level = problem.level
    for _ in range(3):
        level = turned(level)
        found.append(proven(replace(problem, level=level)))
    assert max(bound for bound, _ in found) <= min(cost for _, cost in found) + 1e-6


@pytest.mark.parametrize("more", [bank("C", 1), room("nursing"), island("kiosk")], ids=["bank", "room", "island"])
def test_one_module_more_never_makes_a_proven_optimum_better(more) -> None:
    assert proven(two_banks(None, more))[1] >= proven(two_banks())[0] - 1e-6


def test_a_column_more_never_makes_a_proven_optimum_better() -> None:
    assert proven(PROBLEMS["columns"])[1] >= proven(two_banks())[0] - 1e-6


def test_wider_customer_zones_never_make_a_proven_optimum_better() -> None:
    problem = two_banks()
    rules = replace(problem.programme.rules, customer_zone_mm=1800)
    wider = replace(problem, programme=replace(problem.programme, rules=rules))
    assert proven(wider)[1] >= proven(problem)[0] - 1e-6


def test_nearer_toilets_cost_something_and_too_near_ones_are_impossible() -> None:
    assert proven(with_toilets(6500))[0] > proven(with_toilets(20_000))[1] + 1
    assert solve(with_toilets(5000), QUICK).record.status == "infeasible"


IMPLIED = (  # not places_follow_from_runs: t and lat follow from the runs without it, but it alone tells the side
    "modules_share_a_wall_in_turn",
    "walls_hold_no_more_than_their_length",
    "arcs_are_as_long_as_what_they_serve",
    "rows_step_back_in_any_order",
)


@pytest.mark.parametrize("name", ["two banks and a room", "an L", "two staff doors", "staff rooms", "both sides"])
def test_implied_rules_change_no_optimum(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are said again for the bound's sake: without them the same optimum is proven."""
    with_them = proven(PROBLEMS[name])
    monkeypatch.setattr(model, "RULES", tuple(rule for rule in MODEL_RULES if rule.__name__ not in IMPLIED))
    without = proven(PROBLEMS[name])
    assert with_them[0] <= without[1] + 1e-6 and without[0] <= with_them[1] + 1e-6
