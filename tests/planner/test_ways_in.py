"""Several entrances: shares are the project's data or openly assumed, and hold in objective, measures and simulated walks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import Door, FloorPlan
from planner.chain.asked import ask
from planner.chain.checking import judge
from planner.chain.floors import upward_doors
from planner.chain.placement_question import placement_problem
from planner.chain.placing import place_layout
from planner.folder import read_folder, write_folder
from planner.project import Entrance, Project
from solvers.effort import Cancel, Effort
from solvers.simulation.walking import walks_between_banks
from tests.planner.small_centre import a_hall, a_small_centre
from tests.planner.test_floors import GROUND, two_floors, upper

SOUTH = Door(id="south", use="entrance", p=(15_000, 0), q=(16_200, 0), clear_mm=1200)
SHARES = (Entrance(door="in", share=3), Entrance(door="south", share=1))


def two_ways_in(*told: Entrance) -> Project:
    (level,) = a_hall().levels
    plan = FloorPlan(levels=(replace(level, doors=(*level.doors, SOUTH)),))
    return a_small_centre(plan=plan, entrances=told)


def by_door(project: Project) -> dict[str, int]:
    found: dict[str, int] = {}
    for flow in ask(project).programme.flows:
        found[flow.enters] = found.get(flow.enters, 0) + flow.visitors_per_day
    return found


@pytest.fixture(scope="module")
def placed() -> tuple[dict[str, Any], Layout]:
    answer = place_layout(two_ways_in(*SHARES), Effort(seconds=1.0, reproducible=True), lambda _: None, Cancel())
    return answer, layout_from_json(answer["layout"])[1]


def test_shares_are_read_and_written_and_deal_out_whole_persons(tmp_path) -> None:
    write_folder(two_ways_in(*SHARES), tmp_path / "p")
    project = read_folder(tmp_path / "p")
    assert project.entrances == SHARES
    found, alone = by_door(project), sum(by_door(a_small_centre()).values())
    assert sum(found.values()) == alone
    assert found["in"] == pytest.approx(0.75 * alone, abs=len(project.services))


def test_untold_shares_follow_the_widths_of_the_doors_and_are_said_to_be_assumed(placed) -> None:
    found = by_door(two_ways_in())
    assert found["in"] / found["south"] == pytest.approx(1800 / 1200, rel=0.15)
    (told,) = (f for f in judge(ask(two_ways_in()), placed[1]).findings if f.code == "flow.entrance_shares")
    assert (told.status, told.values["shares"]) == ("not_checked", "in 60 %, south 40 %")


def test_a_door_that_is_no_entrance_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as wrong:
        ask(two_ways_in(Entrance(door="out", share=1)))
    assert (wrong.value.code, wrong.value.place) == ("entrances.unknown_door", "entrances[0].door")


def test_the_layout_passes_the_check_and_everybody_walks_from_their_door(placed) -> None:
    answer, layout = placed
    own = {f["status"] for f in answer["findings"] if f["code"].startswith(("placement_check.", "flow."))}
    assert own == {"pass"} and "flow.entrance_shares" not in {f["code"] for f in answer["findings"]}
    assert [(e["door"], e["share"], e["assumed"]) for e in answer["entrances"]] == [("in", 0.75, False), ("south", 0.25, False)]
    flows = ask(two_ways_in(*SHARES)).programme.flows
    for stop in ("registration", "reception"):
        routes = {r.from_id: r for r in layout.levels[0].routes if r.to_id == stop and r.from_id in ("in", "south")}
        persons = {d: sum(f.visitors_per_day for f in flows if f.enters == d and f.stops[0] == stop) for d in ("in", "south")}
        assert {d: r.visitors_per_day for d, r in routes.items()} == persons
        mean = sum(routes[d].length_mm * n for d, n in persons.items()) / sum(persons.values())
        assert walks_between_banks(layout, ["registration", "reception"])["", stop] == pytest.approx(mean / 60_000)


def test_who_goes_upstairs_walks_to_the_lift_and_nothing_stands_before_it() -> None:
    lift = Door(id="g-lift", use="internal", p=(0, 2700), q=(0, 3700), clear_mm=950)
    shaft = replace(upper().spaces[0], id="shaft", outline=replace(upper().spaces[0].outline, outer=(
        (-2300, 2000), (-200, 2000), (-200, 4400), (-2300, 4400))))  # fmt: skip
    ground = replace(GROUND, doors=(*GROUND.doors, lift), spaces=(shaft,))
    asked = ask(replace(two_floors(), plan=FloorPlan(levels=(ground, upper()))))
    low, high = asked.floors()
    assert {(f.stops, f.enters, f.leaves) for f in low.programme.flows} == {
        (("registration", "g-lift"), "", ""), (("reception",), "", ""),
    }  # fmt: skip
    assert {(f.stops, f.enters, f.leaves) for f in high.programme.flows} == {(("cashier",), "u-lift", "u-lift")}
    assert upward_doors(asked.project) == {ground.id: ("g-lift",), upper().id: ("u-lift",)}
    (wish,) = placement_problem(replace(low, others=()), {}, asked).wishes
    assert wish.kind == "keep_out" and set(wish.area) == {(0, 2400), (0, 4000), (1500, 4000), (1500, 2400)}
