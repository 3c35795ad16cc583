"""Which width of the spine is taken where several are allowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.plan import Obstacle
from solvers.placement.first import first_layouts
from solvers.placement.prepare import prepare, widths_of
from solvers.placement.problem import PlacementProblem, Pose
from solvers.placement.race import Race
from solvers.placement.solve import solve, with_pins
from tests.builders_placement import QUICK, RULES, a_problem, bank, flow, island, straight_hall
from tests.solvers.placement.problems import faults

TWO_WIDTHS = replace(RULES, spine_widths_mm=(1800, 4000))


def width_taken(problem: PlacementProblem) -> int:
    placement = solve(problem, QUICK)
    assert placement.layout is not None and faults(problem, placement) == []
    return placement.spine.width_dm


def test_the_widest_spine_that_leaves_room_is_taken() -> None:
    assert widths_of(a_problem(bank("A", 3), rules=TWO_WIDTHS)) == (40, 18)
    assert width_taken(a_problem(bank("A", 3), flows=(flow("A"),), rules=TWO_WIDTHS)) == 40


def test_a_main_aisle_narrower_than_a_wheelchair_needs_at_a_door_is_found_all_the_same() -> None:
    """The check tells that it is too narrow; no way at all would be untrue."""
    narrow = replace(RULES, spine_widths_mm=(1000,))
    assert prepare(a_problem(bank("A", 3), rules=narrow), 10).questions


def test_aisles_of_all_widths_share_what_the_floor_alone_decides() -> None:
    wide, narrow = (prepare(a_problem(bank("A", 3), rules=TWO_WIDTHS), width) for width in (40, 18))
    assert wide.raster is narrow.raster and wide.questions[0].ground.memo is narrow.questions[0].ground.memo
    other = prepare(a_problem(bank("A", 3), rules=replace(TWO_WIDTHS, seat_width_mm=600)), 18)
    assert other.questions[0].ground.memo is not narrow.questions[0].ground.memo  # columns leave other seats


@pytest.mark.parametrize("off", [0, 200, 300])
def test_an_aisle_runs_through_a_lobby_that_it_all_but_fills_wherever_the_door_stands(off: int) -> None:
    """The lobby is 2.2 m wide and the aisle 1.8: on a grid through the middle of a door at its side there is none."""
    lobby = replace(straight_hall(9000, 12_000, way_x=5000), obstacles=(
        Obstacle(id="l", kind="wall", outline=((0, 0), (3900, 0), (3900, 3000), (0, 3000))),
        Obstacle(id="r", kind="wall", outline=((6100, 0), (9000, 0), (9000, 3000), (6100, 3000))),
    ))  # fmt: skip
    aside = {"p": (5100 + off, 0), "q": (6000, 0), "clear_mm": 900 - off}
    level = replace(lobby, doors=tuple(replace(d, **aside) if d.use == "entrance" else d for d in lobby.doors))
    assert prepare(a_problem(bank("A", 1), rules=replace(RULES, spine_widths_mm=(1800,)), level=level), 18).questions


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


def test_a_pin_leaves_the_rest_beside_the_aisle_where_it_stood() -> None:
    """A wider aisle has room too, but there all that nobody pinned would move."""
    problem = a_problem(bank("A", 3), island("desk", staffed=True), flows=(flow("desk", "A"),), rules=TWO_WIDTHS)
    narrow = solve(problem, QUICK, prepared=prepare(problem, 18))
    assert narrow.spine is not None and narrow.spine.width_dm == 18
    pinned = with_pins(problem, narrow, ("A",))
    assert width_taken(pinned) == 40
    again = solve(pinned, QUICK, hint=narrow.poses)
    assert again.spine is not None and again.spine.width_dm == 18 and faults(pinned, again) == []
