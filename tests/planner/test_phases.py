"""Phases of a project: each year opens what its demand needs, the first alone does its work, and the answer tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.layout_json import finding_from_json, finding_to_json, layout_from_json
from exports.words import sentence_for, sentence_for_input
from layouts.findings import BadInput
from layouts.layout import Layout
from planner.chain.asked import ask
from planner.chain.checking import judge
from planner.chain.phasing import in_phases, needs_of, phases_json, phases_of
from planner.chain.placement_question import placement_problem
from planner.chain.placing import place_layout
from planner.project import Growth, Phase, Project
from solvers.effort import Cancel, Effort
from solvers.phasing import is_position
from solvers.services import Arrivals
from tests.planner.small_centre import a_small_centre

GROWTH = Growth(per_year=0.15, years=6)


def growing(*phases: Phase) -> Project:
    """A centre whose demand more than doubles in six years."""
    arrivals = tuple(
        Arrivals(day_type="weekday", service=service, start_min=start, persons=persons)
        for service, persons in (("deed", 8.0), ("enquiry", 3.0))
        for start in range(480, 720, 30)
    )
    return a_small_centre(arrivals=arrivals, growth=GROWTH, phases=phases)


@pytest.fixture(scope="module")
def placed() -> tuple[Project, dict]:
    project = growing(Phase(year=0, name="Opening"), Phase(year=3))
    return project, place_layout(project, Effort(seconds=2, seed=1), lambda _: None, Cancel())


def test_phases_come_in_order_and_the_last_is_the_year_planned_for() -> None:
    assert [p.year for p in phases_of(growing(Phase(year=3), Phase(year=0)))] == [0, 3, 6]
    assert phases_of(growing()) == ()


def test_a_phase_beyond_the_growth_is_refused() -> None:
    with pytest.raises(BadInput) as wrong:
        phases_of(growing(Phase(year=9)))
    assert wrong.value.code == "phases.beyond_growth"
    told = sentence_for_input(wrong.value)
    assert told.startswith("small: phases[0].year is 9") and "from 0 (the opening) to" in told, "file, place, what was expected"


def test_a_phase_beyond_the_growth_is_refused_before_anything_is_searched_for() -> None:
    with pytest.raises(BadInput):
        placement_problem(ask(growing(Phase(year=9))), {})


def test_needs_grow_and_end_at_what_is_built() -> None:
    asked = ask(growing(Phase(year=0)))
    first, last = needs_of(asked)
    built = {b.bank.id: b.positions for b in asked.capacity.banks}
    assert first["registration"].positions < last["registration"].positions == built["registration"]


def test_the_answer_tells_what_each_phase_opens(placed) -> None:
    phases = placed[1]["phases"]
    assert [(p["phase"], p["year"], p["name"]) for p in phases] == [(1, 0, "Opening"), (2, 3, ""), (3, 6, "")]
    for phase in phases:
        for bank in phase["banks"]:
            assert bank["opens"]["positions"] >= bank["needs"]["positions"]


def test_each_phase_is_checked_and_the_first_stands_alone(placed) -> None:
    found = {(f["code"], f["status"]) for f in placed[1]["findings"] if f["code"].startswith("phases.")}
    assert found == {("phases.opens_enough", "pass"), ("phases.first_stands", "pass")}


def test_a_bank_all_of_whose_positions_are_accessible_need_not_open_them_all_at_first(placed) -> None:
    project, answer = placed
    asked, layout = ask(project), layout_from_json(answer["layout"])[1]
    banks = tuple(replace(b, accessible_positions=b.positions) for b in asked.programme.banks)
    everyone = replace(asked, programme=replace(asked.programme, banks=banks))
    at_all = Layout(levels=tuple(
        replace(lv, items=tuple(replace(i, accessible=True) if is_position(i) else i for i in lv.items))
        for lv in layout.levels
    ))  # fmt: skip
    opens = needs_of(asked)[0]
    assert any(opens[b.id].positions < b.positions for b in banks), "some open later"
    (found,) = [f for f in judge(everyone, at_all).findings if f.code == "phases.first_stands"]
    assert "access.accessible_counter_per_bank" not in found.where


def test_a_first_phase_without_its_accessible_counter_does_not_stand_alone(placed) -> None:
    project, answer = placed
    asked, layout = ask(project), layout_from_json(answer["layout"])[1]
    late = Layout(levels=tuple(
        replace(lv, items=tuple(replace(i, phase=2) if i.bank == "registration" and i.accessible else i for i in lv.items))
        for lv in layout.levels
    ))  # fmt: skip
    findings = judge(asked, late).findings
    (found,) = [f for f in findings if f.code == "phases.first_stands"]
    assert found.status == "fail" and "access.accessible_counter_per_bank" in found.where
    said = [sentence_for(f) for f in findings if f.code == "phases.first_fails"]
    assert len(said) == found.measured, "each check that fails is told in its own words"
    assert "The first phase alone: Accessible counters in the bank registration: 0; at least 1 required." in said
    again = [finding_from_json(finding_to_json(f)) for f in findings if f.code == "phases.first_fails"]
    assert [sentence_for(f) for f in again] == said and all(sentence_for(f, "ar") for f in again)


def test_a_bank_whose_people_sit_in_a_room_is_no_row_of_the_phases(placed) -> None:
    project, answer = placed
    _, layout = layout_from_json(answer["layout"])
    asked = ask(project)
    gone = next(iter(needs_of(asked)[-1]))
    levels = tuple(replace(lv, items=tuple(i for i in lv.items if i.bank != gone)) for lv in layout.levels)
    for told in (phases_json(asked, layout), phases_json(asked, Layout(levels=levels))):
        rows = {row["id"] for phase in told for row in phase["banks"]}
        assert (gone in rows) == (told == answer["phases"])


def test_a_first_phase_that_opens_too_little_is_told(placed) -> None:
    project, answer = placed
    layout = layout_from_json(answer["layout"])[1]
    late = Layout(levels=tuple(
        replace(lv, items=tuple(replace(i, phase=2) if i.bank == "registration" else i for i in lv.items))
        for lv in layout.levels
    ))  # fmt: skip
    wrong = [f for f in judge(ask(project), late).findings if f.code == "phases.opens_enough" and f.status == "fail"]
    assert [f.values["phase"] for f in wrong] == [1, 2] and wrong[0].where == ("registration",)


def test_without_phases_nothing_is_marked(placed) -> None:
    asked = ask(growing())
    layout = layout_from_json(placed[1]["layout"])[1]
    bare = Layout(levels=tuple(replace(lv, items=tuple(replace(i, phase=0) for i in lv.items)) for lv in layout.levels))
    assert in_phases(asked, bare) == bare and phases_json(asked, bare) == []
