"""What each page waits for, what is done and what is outdated."""

from __future__ import annotations

from planner.readiness import PAGES, Answered, readiness
from tests.planner.small_centre import a_small_centre


def state(page: str, answered: Answered, **changed: object) -> tuple[str, list[str]]:
    found = readiness(a_small_centre(**changed), answered)[page]
    return found.state, [code for code, _ in found.missing]


def test_every_page_has_a_state_in_the_order_of_the_work():
    assert tuple(readiness(a_small_centre(), Answered())) == PAGES


def test_without_a_plan_the_layout_waits_for_one():
    assert state("plan", Answered(), plan=None) == ("empty", ["page.missing.plan"])
    assert state("layout", Answered(), plan=None) == ("empty", ["page.missing.plan"])


def test_a_project_with_plan_and_demand_can_be_laid_out():
    assert state("layout", Answered()) == ("partial", ["page.missing.layout"])
    assert state("checks", Answered()) == ("empty", ["page.missing.layout"])


def test_a_layout_for_another_question_is_stale():
    assert state("layout", Answered(layout=False)) == ("stale", ["page.stale.layout"])
    assert state("checks", Answered(layout=False))[0] == "stale"
    assert state("handover", Answered(layout=False, roster=True)) == ("stale", ["page.stale.layout"])


def test_failed_checks_are_counted():
    assert state("checks", Answered(layout=True, failed=3)) == ("partial", ["page.missing.failed"])
    assert state("checks", Answered(layout=True)) == ("ready", [])


def test_a_roster_needs_people():
    assert state("roster", Answered(), staff=()) == ("empty", ["page.missing.staff"])
    assert state("handover", Answered(layout=True, roster=True)) == ("ready", [])


def test_what_keeps_capacity_from_being_planned_shows_on_the_demand():
    answered = Answered(capacity_fault=("arrivals.gap", {}))
    assert state("demand", answered) == ("partial", ["arrivals.gap"])
    assert state("capacity", answered)[0] == "empty"
