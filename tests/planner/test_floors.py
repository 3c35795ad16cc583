"""A centre on two floors: a question and a layout for each, one answer, one package with a drawing for each floor."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import Door, FloorPlan, Level, Polygon, Space, Wall
from planner import chain
from planner.chain.asked import ask
from planner.chain.checking import judge
from planner.chain.drawing import floor_drawings
from planner.chain.floors import uses_above
from planner.folder import write_folder
from planner.found import OneFound
from planner.project import Floor, Project, WallKept
from planner.references import first_fault
from planner.source import open_source
from planner.verify import verify_package
from solvers.effort import Cancel, Effort
from solvers.placement import alternatives, pareto
from tests.planner.small_centre import a_hall, a_small_centre

GROUND = a_hall().levels[0]


def upper(*, lift: bool = True) -> Level:
    """The same hall above: a lift in the west, a stair in the east, a staff door in the north."""
    west = Polygon(outer=((-2300, 6000), (-200, 6000), (-200, 8400), (-2300, 8400)))
    east = Polygon(outer=((20_200, 5000), (23_000, 5000), (23_000, 9000), (20_200, 9000)))
    doors = (
        Door(id="u-lift", use="internal", p=(0, 6700), q=(0, 7700), clear_mm=950),
        Door(id="u-stair", use="internal", p=(20_000, 6700), q=(20_000, 7900), clear_mm=1150),
        Door(id="u-staff", use="staff", p=(1500, 15_000), q=(2500, 15_000), clear_mm=950),
    )
    spaces = (
        Space(id="lift", name="LIFT" if lift else "STORE", kind="", outline=west),
        Space(id="stair", name="STAIR", kind="", outline=east),
    )
    return Level(
        id="L1", name="First floor", elevation_mm=4000, outline=GROUND.outline, doors=doors, spaces=spaces
    )


def two_floors(*, lift: bool = True) -> Project:
    plan = FloorPlan(levels=(GROUND, upper(lift=lift)))
    return a_small_centre(plan=plan, floors=(Floor(level="L0"), Floor(level="L1", banks=("cashier",))))


@pytest.fixture(scope="module")
def delivered(tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    """The whole job once, for all that look at its answer and its files."""
    folder = tmp_path_factory.mktemp("floors")
    write_folder(two_floors(), folder / "centre")
    with open_source(folder / "centre", write=True) as source:
        told = chain.deliver(source, folder / "out", Effort(seconds=1.0, seed=1, reproducible=True), lambda _: None, Cancel())
    return folder / "out", told


@pytest.fixture(scope="module")
def layout(delivered) -> Layout:
    return layout_from_json(delivered[1]["layout"])[1]


def test_a_lift_need_not_be_as_wide_as_an_entrance(delivered) -> None:
    about = [f for f in delivered[1]["findings"] if "u-lift" in f["where"] and f["status"] == "fail"]
    assert about == []


def test_no_sign_leads_out_by_the_lift(layout) -> None:
    upstairs = floor_drawings(two_floors(), layout, ())[1]
    signs = {s.id: s.lines[0] for s in upstairs.shapes if s.kind == "sign"}
    assert (signs["u-lift"], signs["u-stair"]) == ("LIFT", "EXIT")


def test_visitors_come_up_by_the_lift_and_stairs_are_exits_beside_it() -> None:
    assert dict(uses_above(upper())) == {"u-lift": "entrance_exit", "u-stair": "exit"}
    assert dict(uses_above(upper(lift=False))) == {"u-stair": "entrance_exit"}


def test_without_floors_the_first_level_holds_everything() -> None:
    assert ask(replace(two_floors(), floors=())).others == ()


def test_a_floor_that_the_plan_lacks_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as wrong:
        ask(replace(two_floors(), floors=(Floor(level="L7"),)))
    assert wrong.value.code == "floors.unknown_level" and "L0" in str(wrong.value.values["known"])


@pytest.mark.parametrize(
    ("floors", "path"),
    [
        ((Floor(level="L0"), Floor(level="L0", banks=("cashier",))), "floors[1].level"),
        ((Floor(level="L0", banks=("cashier",)), Floor(level="L1", banks=("cashier",))), "floors[1].banks"),
    ],
)
def test_a_storey_or_a_bank_that_is_named_on_two_floors_is_told(floors: tuple[Floor, ...], path: str) -> None:
    fault = first_fault(replace(two_floors(), floors=floors))
    assert fault is not None and (fault.code, fault.path) == ("document.double_id", path)
    assert first_fault(two_floors()) is None


def test_each_floor_has_a_layout_of_its_own(layout) -> None:
    ground, above = layout.levels
    assert {i.bank for i in ground.items if i.bank} == {"registration", "toilets", "reception"}
    assert {i.bank for i in above.items if i.bank} == {"cashier", "toilets@L1"}
    ids = [i.id for level in (ground, above) for i in level.items]
    assert len(ids) == len(set(ids))


def test_objective_bound_and_terms_are_the_floors_sums(delivered) -> None:
    solution = delivered[1]["solution"]
    assert solution["objective"] == pytest.approx(sum(lv["objective"] for lv in solution["levels"].values()))
    assert solution["bound"] == pytest.approx(sum(lv["bound"] for lv in solution["levels"].values()))
    assert sum(solution["terms"].values()) == pytest.approx(solution["objective"])
    assert set(solution["freedom"]["levels"]) == {"L0", "L1"}


def test_the_walk_is_the_mean_over_the_persons_on_each_floor(delivered) -> None:
    measures = delivered[1]["measures"]
    low, high = (measures["levels"][lv] for lv in ("L0", "L1"))
    persons = [sum(f.visitors_per_day for f in one.programme.flows) for one in ask(two_floors()).floors()]
    mean = (low["walk_m_per_visit"] * persons[0] + high["walk_m_per_visit"] * persons[1]) / sum(persons)
    assert measures["walk_m_per_visit"] == pytest.approx(mean)
    assert measures["egress_max_m"] == pytest.approx(max(low["egress_max_m"], high["egress_max_m"]))


def test_an_upper_floor_without_a_lift_is_told(layout) -> None:
    def lift(project: Project) -> str:
        return next(f.status for f in judge(ask(project), layout).findings if f.code == "floors.lift")

    assert lift(two_floors()) == "pass"
    assert lift(two_floors(lift=False)) == "fail"


def test_each_floor_has_a_drawing(layout) -> None:
    first, second = floor_drawings(two_floors(), layout, ())
    assert first.title == second.title and second.subtitle == "First floor"
    uses = {shape.id: dict(shape.values)["USE"] for shape in second.shapes if shape.kind == "door"}
    assert uses["u-lift"] == "entrance_exit" and uses["u-stair"] == "exit"


def test_a_package_of_two_floors_holds_a_drawing_of_each_and_verifies(delivered) -> None:
    folder, told = delivered
    wrong = [f for f in told["findings"] if f["code"].startswith("verify.") and f["status"] == "fail"]
    assert [(f["code"], f["where"]) for f in wrong if f["severity"] == "error"] == []
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {"architect/plan.dxf", "architect/plan-2.dxf", "architect/plan.svg", "architect/plan-2.svg"} <= files


def test_a_floor_s_drawing_that_is_not_there_is_missed(delivered, tmp_path) -> None:
    copy = shutil.copytree(delivered[0], tmp_path / "copy")
    (copy / "architect/plan-2.dxf").unlink()
    wrong = {f["code"] for f in verify_package(copy)["findings"] if f["status"] == "fail" and f["severity"] == "error"}
    assert wrong >= {"verify.files_match", "verify.unreadable"}


def test_what_people_said_of_a_wall_counts_and_a_wall_that_is_not_there_is_refused() -> None:
    wall = Wall(id="mid", a=(8000, 0), b=(8000, 15_000), thickness_mm=100)
    plan = FloorPlan(levels=(replace(GROUND, walls=(wall,)),))
    kept = a_small_centre(plan=plan, walls=(WallKept(id="mid", structural=True),))
    assert ask(kept).level.walls[0].structural is True
    with pytest.raises(BadInput) as wrong:
        ask(replace(kept, walls=(WallKept(id="elsewhere", structural=True),)))
    assert wrong.value.code == "walls.unknown"


@pytest.fixture
def little(monkeypatch) -> Effort:
    """Searches of a fraction of a second, and two leanings."""
    for module in (alternatives, pareto):
        monkeypatch.setattr(module, "LEAST_SECONDS", 0.3)
    monkeypatch.setattr(pareto, "LEANINGS", {name: pareto.LEANINGS[name] for name in ("balanced", "cost")})
    return Effort(seconds=0.8, reproducible=True)  # work that is counted: a busy machine finds the same


def own_checks(answer: dict[str, Any]) -> set[str]:
    return {f["status"] for f in answer["findings"] if f["code"].startswith("placement_check.")}


def shown_on_the_way(told: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first layout of the lowest storey alone, and the first that was found for the whole building."""
    found = [p.answer for p in told if isinstance(p.answer, OneFound)]
    whole = next(one for one in found if len(one.layout.levels) == 2)
    return found[0].make(), whole.make()


def test_alternatives_of_several_floors_are_whole_buildings_each_checked(little) -> None:
    told_on_the_way: list[Any] = []
    choice = chain.choose_alternatives(two_floors(), replace(little, seconds=1.2), 2, told_on_the_way.append, Cancel())
    below, whole = shown_on_the_way(told_on_the_way)
    assert [level["id"] for level in below["layout"]["levels"]] == [below["choice"]["level"]] == ["L0"]
    assert [level["id"] for level in whole["layout"]["levels"]] == ["L0", "L1"] and whole["choice"]["differs_on"] == ["L1"]
    assert own_checks(below) == own_checks(whole) == {"pass"}
    assert len({answer["candidate"] for answer in choice.answers}) == len(choice.answers) >= 1
    for answer, told in zip(choice.answers, choice.told["alternatives"]):
        assert [level["id"] for level in answer["layout"]["levels"]] == ["L0", "L1"]
        assert own_checks(answer) == {"pass"}
        assert told["conditions"].keys() == {"L0", "L1"}
    assert [told["differs_on"] == [] for told in choice.told["alternatives"]] == [k == 0 for k in range(len(choice.answers))]


def test_a_pareto_set_of_several_floors_adds_up_their_figures(little) -> None:
    told_on_the_way: list[Any] = []
    choice = chain.choose_pareto(two_floors(), little, told_on_the_way.append, Cancel())
    below, whole = shown_on_the_way(told_on_the_way)
    assert below["choice"]["level"] == "L0" and "level" not in whole["choice"]
    assert whole["choice"]["new_walls_m"] == pytest.approx(sum(g["new_walls_m"] for g in whole["goals"].values()), abs=0.11)
    assert len(choice.answers) == len(choice.told["pareto"]) >= 1
    assert {name for told in choice.told["pareto"] for name in told["best_in"]} == {"linearity", "comfort", "new_walls"}
    for answer, told in zip(choice.answers, choice.told["pareto"]):
        assert own_checks(answer) == {"pass"}
        assert told["linearity_index"] == pytest.approx(answer["measures"]["linearity_index"], abs=0.02)
        assert told["new_walls_m"] == pytest.approx(sum(g["new_walls_m"] for g in answer["goals"].values()), abs=0.11)
        assert (told["leaning"] == "mixed") == (len(set(told["leanings"].values())) > 1) == ("levels" in answer["aim"])


def test_a_floor_on_which_nothing_can_stand_is_named(little) -> None:
    no_way_for_staff = replace(upper(), doors=upper().doors[:2])
    project = replace(two_floors(), plan=FloorPlan(levels=(GROUND, no_way_for_staff)))
    choice = chain.choose_alternatives(project, little, 2, lambda _: None, Cancel())
    assert choice.answers == ()
    assert choice.told["level"] == "L1"
    assert "placement.no_staff_door" in {reason["code"] for reason in choice.told["explanation"]}
