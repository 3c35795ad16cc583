"""The placement's door: wishes and aims of the project, bad input with its reason and remedy, layouts to choose from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Polygon

from exports.words import say
from layouts.findings import BadInput
from layouts.plan import Door, Level, Obstacle, Space, Wall
from layouts.plan import Polygon as Area
from layouts.programme import Programme
from planner.chain.asked import ask
from planner.chain.choosing import choose_alternatives
from planner.chain.earlier_years import years_of_growth
from planner.chain.not_placed import nothing_found
from planner.chain.placement_question import placement_problem
from planner.chain.placing import place_layout
from planner.cli.entry import run
from planner.folder import read_folder, write_folder
from planner.project import Growth, Planning, Project
from solvers.effort import Cancel, Effort
from solvers.placement.problem import PlacementProblem
from solvers.placement.solve import solve
from solvers.placement.wish import Wish
from solvers.services import Arrivals
from tests.planner.small_centre import a_small_centre

QUICK = Effort(seconds=3)


def placed(project: Project, effort: Effort = QUICK) -> dict[str, Any]:
    return place_layout(project, effort, lambda progress: None, Cancel())


def the_codes(answer: dict[str, Any]) -> set[str]:
    return {reason["code"] for reason in answer["explanation"]}


def with_level(**changed: Any) -> Project:
    project = a_small_centre()
    assert project.plan is not None
    level: Level = replace(project.plan.levels[0], **changed)
    return replace(project, plan=replace(project.plan, levels=(level,)))


def the_doors() -> tuple[Door, ...]:
    project = a_small_centre()
    assert project.plan is not None
    return project.plan.levels[0].doors


def wall(gap: tuple[int, int]) -> tuple[Obstacle, ...]:
    rings = (((9900, 0), (10_100, 0), (10_100, gap[0]), (9900, gap[0])),
             ((9900, gap[1]), (10_100, gap[1]), (10_100, 15_000), (9900, 15_000)))  # fmt: skip
    return tuple(Obstacle(id=f"w{k}", kind="wall", outline=ring) for k, ring in enumerate(rings))


BROKEN = {
    "placement.floor_in_pieces": lambda: with_level(
        obstacles=(Obstacle(id="w", kind="wall", outline=((9900, 0), (10_100, 0), (10_100, 15_000), (9900, 15_000))),)
    ),
    "placement.way_too_narrow": lambda: with_level(obstacles=wall((6900, 8100))),
    "placement.staff_door_off_wall": lambda: with_level(
        doors=(*the_doors()[:2], replace(the_doors()[2], p=(9000, 12_000), q=(10_000, 12_000)))
    ),
    "placement.no_staff_door": lambda: with_level(doors=the_doors()[:2]),
}


@pytest.mark.parametrize("code", BROKEN)
def test_what_is_impossible_is_told_by_name_without_a_solve(code: str) -> None:
    answer = placed(BROKEN[code]())
    assert answer["solution"]["status"] == "infeasible"
    assert answer["solution"]["seconds"] == 0.0
    assert code in the_codes(answer)


def test_wishes_that_clash_are_named_with_what_would_relax_them() -> None:
    near = Wish(id="till-near", kind="near_entrance", module="cashier", within_m=6.0)
    off = Wish(id="front-free", kind="keep_out", module="cashier", area=((0, 0), (13_000, 0), (13_000, 15_000), (0, 15_000)))
    answer = placed(replace(a_small_centre(), wishes=(near, off)), Effort(seconds=12))  # ends when it is proven
    assert answer["solution"]["status"] == "infeasible"
    (clash,) = (r for r in answer["explanation"] if r["code"].startswith("placement.clash"))
    assert set(clash["values"]["wishes"].split(", ")) == {"till-near", "front-free"}
    assert "placement.relax_wish" in the_codes(answer)


def test_of_wishes_that_clash_in_several_ways_it_is_told_which_have_to_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one of three wishes can be held, and no change of the hall helps: no wish alone is a remedy."""
    wanted = (("cashier", "toilets"), ("toilets", "registration"), ("registration", "cashier"))
    wishes = tuple(Wish(id=f"{a}-{b}", kind="near", module=a, other=b, within_m=1.0) for a, b in wanted)
    problem = placement_problem(ask(replace(a_small_centre(), wishes=wishes)), {})
    none = replace(solve(replace(problem, wishes=()), Effort(seconds=0.5)), layout=None)

    def one_at_most(asked: PlacementProblem, seconds: float, cancel: Cancel | None = None) -> bool:
        return len(asked.wishes) < 2 and asked.level == problem.level

    for place in ("solvers.placement.clash.fits", "solvers.placement.relaxing.fits"):
        monkeypatch.setattr(place, one_at_most)
    told = nothing_found(none, problem, Effort(seconds=20), Cancel())["explanation"]
    (together,) = (each["values"]["wishes"] for each in told if each["code"] == "placement.relax_together")
    assert len(together.split(", ")) == 2
    assert "placement.relax_wish" not in {each["code"] for each in told}


def test_a_wish_is_read_from_the_project_s_file_and_held(tmp_path: Path) -> None:
    wish = Wish(id="w", kind="near_entrance", module="cashier", within_m=9.0)
    write_folder(replace(a_small_centre(), wishes=(wish,)), tmp_path / "p")
    project = read_folder(tmp_path / "p")
    assert project.wishes == (wish,)
    answer = placed(project)
    held = [f for f in answer["findings"] if f["code"] == "placement_check.wishes_hold"]
    assert [f["status"] for f in held] == ["pass"]
    assert answer["wishes"][0]["id"] == "w"


WRONG_WISHES = {
    "wish.unknown_kind": Wish(id="w", kind="pretty", module="cashier"),
    "wish.no_such_module": Wish(id="w", kind="near", module="cashier", other="nobody", within_m=3),
    "wish.no_such_level": Wish(id="w", kind="keep_out", area=((0, 0), (1000, 0), (0, 1000)), level="attic"),
    "wish.no_area": Wish(id="w", kind="keep_out", area=((0, 0), (1, 1))),
}


@pytest.mark.parametrize("code", WRONG_WISHES)
def test_a_wish_that_makes_no_sense_is_bad_input(code: str) -> None:
    with pytest.raises(BadInput) as told:
        placed(replace(a_small_centre(), wishes=(WRONG_WISHES[code],)))
    assert told.value.code == code
    assert told.value.place == "wishes[0]"


def test_two_wishes_of_one_id_are_bad_input() -> None:
    wish = Wish(id="w", kind="near_entrance", module="cashier", within_m=9.0)
    with pytest.raises(BadInput) as told:
        placed(replace(a_small_centre(), wishes=(wish, wish)))
    assert told.value.code == "wish.double_id"


def test_the_problem_solved_first_sets_the_weights_and_they_are_told() -> None:
    project = replace(a_small_centre(), planning=Planning(solves_first="corruption"))
    problem = placement_problem(ask(project), {})
    assert problem.weights.frontline == 0.6
    assert [w.id for w in problem.wishes] == ["corruption:cashier:registration"]
    with pytest.raises(BadInput) as told:
        placement_problem(ask(replace(project, planning=Planning(solves_first="beauty"))), {})
    assert told.value.code == "placement.unknown_aim"


def test_alternatives_are_candidates_of_their_own_each_checked() -> None:
    choice = choose_alternatives(a_small_centre(), Effort(seconds=6), 2, lambda progress: None, Cancel())
    names = [answer["candidate"] for answer in choice.answers]
    assert len(set(names)) == len(names) >= 1
    for answer in choice.answers:
        assert any(f["code"].startswith("placement_check.") for f in answer["findings"])
    assert [a["candidate"] for a in choice.told["alternatives"]] == names
    assert choice.told["candidate"] == names[0]


def test_alternatives_and_pareto_together_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(a_small_centre(), tmp_path / "p")
    code = run(["place", str(tmp_path / "p"), "--alternatives", "3", "--pareto"])
    assert code == 2
    assert "expected one of them" in capsys.readouterr().err
    assert run(["place", str(tmp_path / "p"), "--alternatives", "1"]) == 2


def test_a_choice_of_nothing_says_that_nothing_is_proven_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(a_small_centre(), tmp_path / "p")
    monkeypatch.setattr("planner.chain.choosing.pareto", lambda *_, **__: ())
    assert run(["place", str(tmp_path / "p"), "--pareto", "--seconds", "7", "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert "placement.not_proven" in {reason["code"] for reason in told["explanation"]}


def test_a_pareto_set_is_stored_and_the_straightest_is_the_newest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(a_small_centre(), tmp_path / "p")
    run(["place", str(tmp_path / "p"), "--pareto", "--seconds", "7", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["pareto"]
    run(["check", str(tmp_path / "p"), "--json"])
    assert json.loads(capsys.readouterr().out)["layout_in_force"]["candidate"] == told["pareto"][0]["candidate"]


def test_a_programme_beyond_its_floor_is_told_by_how_much_and_what_to_ask_less_of() -> None:
    crowd = tuple(
        Arrivals(day_type="weekday", service=service, start_min=start, persons=150.0)
        for service in ("deed", "enquiry")
        for start in range(480, 720, 30)
    )
    answer = placed(a_small_centre(arrivals=crowd), Effort(seconds=0.2, seed=1))
    assert answer["solution"]["status"] == "infeasible"
    larger, less = answer["explanation"][:2]
    assert (larger["code"], less["code"]) == ("programme.larger_than_floor", "placement.ask_for_less")
    share = 1 - larger["values"]["required"] / larger["values"]["measured"]
    assert 100 * share <= less["values"]["percent"] <= 100 * share + 1


def test_of_a_building_with_rooms_that_is_too_small_no_wall_is_blamed() -> None:
    crowd = tuple(
        Arrivals(day_type="weekday", service=service, start_min=start, persons=150.0)
        for service in ("deed", "enquiry")
        for start in range(480, 720, 30)
    )
    project = a_small_centre(arrivals=crowd)
    assert project.plan is not None
    level = project.plan.levels[0]
    left, low, right, high = Polygon(level.outline).bounds
    middle = (left + right) / 2
    halves = (
        Space(id=name, name=name, kind="", outline=Area(outer=tuple((round(x), round(y)) for x, y in ring)))
        for name, ring in (
            ("west", ((left, low), (middle - 50, low), (middle - 50, high), (left, high))),
            ("east", ((middle + 50, low), (right, low), (right, high), (middle + 50, high))),
        )
    )
    between = Wall(id="between", a=(round(middle), round(low)), b=(round(middle), round(high)), thickness_mm=100)
    parted = replace(level, spaces=tuple(halves), walls=(between,))
    rooms = replace(project, plan=replace(project.plan, levels=(parted,)))
    told = [reason["code"] for reason in placed(rooms, Effort(seconds=0.2, seed=1))["explanation"]]
    assert told == ["programme.larger_than_floor", "placement.ask_for_less"]


def test_where_growth_finds_no_room_it_is_told_up_to_which_year_a_layout_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six years of growth ask for more counters than fit, says the test; those of three do."""
    project = replace(a_small_centre(), growth=Growth(per_year=0.25, years=6))
    asked = ask(project)
    problem = placement_problem(asked, {})
    none = replace(solve(problem, Effort(seconds=0.5)), layout=None)
    counters = {y: positions_in(ask(replace(project, growth=replace(project.growth, years=y))).programme) for y in (0, 3, 5)}
    assert counters[0] < counters[3] < counters[5]

    def up_to_three(asked: PlacementProblem, seconds: float, cancel: Cancel | None = None) -> bool:
        return positions_in(asked.programme) <= counters[3] and asked.level == problem.level and len(asked.programme.rooms) > 0

    monkeypatch.setattr("solvers.placement.relaxing.fits", up_to_three)
    told = nothing_found(none, problem, Effort(seconds=20), Cancel(), years_of_growth(asked))["explanation"]
    assert [e["values"] for e in told if e["code"] == "placement.relax_growth"] == [{"years": 3}]
    assert "year 3" in say("placement.relax_growth", {"years": 3})


def positions_in(programme: Programme) -> int:
    return sum(bank.positions for bank in programme.banks)


def test_where_no_test_of_single_wishes_found_anything_none_of_them_is_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    others = ("reception", "registration", "toilets")
    wishes = tuple(Wish(id=n, kind="near", module="cashier", other=n, within_m=1.0) for n in others)
    problem = placement_problem(ask(replace(a_small_centre(), wishes=wishes)), {})
    none = replace(solve(replace(problem, wishes=()), Effort(seconds=0.5)), layout=None)

    def without_all(asked: PlacementProblem, seconds: float, cancel: Cancel | None = None) -> bool | None:
        return True if not asked.wishes and asked.level == problem.level else None

    for place in ("solvers.placement.clash.fits", "solvers.placement.relaxing.fits"):
        monkeypatch.setattr(place, without_all)
    stages: list[str] = []
    told = nothing_found(none, problem, Effort(seconds=3), Cancel(), (), lambda p: stages.append(p.stage))["explanation"]
    assert stages == ["explain"]  # the search has ended, and people see what still takes time
    assert not [each for each in told if each["code"].startswith("placement.clash")]
    (together,) = (each["values"]["wishes"] for each in told if each["code"] == "placement.relax_together")
    assert together == "reception, registration, toilets"
