"""Wishes about a bank hold when demand grows and it stands in several lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.findings import BadInput
from planner.chain.asked import ask
from planner.chain.placement_question import placement_problem
from planner.chain.wish_parts import bound, lines_of
from planner.project import Project
from solvers.placement.changes import changes_of
from solvers.placement.clash import smallest_clash
from solvers.placement.problem import PlacementProblem
from solvers.placement.wish import Wish
from tests.planner.small_centre import a_small_centre

LINES = frozenset({"cashier", "registration-1", "registration-2", "registration-10", "toilets"})
BANKS = frozenset({"cashier", "registration"})


def grown(*wishes: Wish) -> Project:
    """Registration in two lines of counters."""
    project = a_small_centre(wishes=wishes)
    busy = tuple(replace(a, persons=3 * a.persons) if a.service == "deed" else a for a in project.arrivals)
    banks = tuple(replace(b, most_in_a_row=4) if b.id == "registration" else b for b in project.banks)
    return replace(project, arrivals=busy, banks=banks)


def asked_of(*wishes: Wish) -> list[tuple[str, str, str]]:
    return [(w.id, w.module, w.other) for w in placement_problem(ask(grown(*wishes)), {}).wishes]


def test_a_bank_in_lines_is_near_with_its_first_line_and_apart_with_each() -> None:
    near = Wish(id="n", kind="near_entrance", module="registration", within_m=9.0)
    apart = Wish(id="a", kind="apart", module="cashier", other="registration", within_m=1.0)
    assert asked_of(near) == [("n", "registration-1", "")]
    assert asked_of(apart) == [("a", "cashier", "registration-1"), ("a", "cashier", "registration-2")]


def test_from_every_line_is_seen_what_people_there_must_see() -> None:
    sees = Wish(id="s", kind="sees", module="registration", other="cashier")
    seen = Wish(id="t", kind="sees", module="cashier", other="registration")
    assert asked_of(sees) == [("s", "registration-1", "cashier"), ("s", "registration-2", "cashier")]
    assert asked_of(seen) == [("t", "cashier", "registration-1")]


def test_every_line_keeps_off_floor_that_is_to_stay_free_of_its_bank() -> None:
    area = ((0, 0), (3000, 0), (3000, 3000), (0, 3000))
    off = Wish(id="o", kind="keep_out", module="registration", area=area)
    free = Wish(id="f", kind="keep_out", area=area)
    assert asked_of(off, free) == [("o", "registration-1", ""), ("o", "registration-2", ""), ("f", "", "")]


def test_lines_are_taken_in_their_order_and_a_line_that_is_one_no_more_is_its_bank() -> None:
    assert lines_of("registration", LINES, BANKS) == ("registration-1", "registration-2", "registration-10")
    assert lines_of("cashier-2", LINES, BANKS) == ("cashier",)
    assert lines_of("registration-7", LINES, BANKS) == lines_of("registration", LINES, BANKS)
    assert lines_of("nobody", LINES, BANKS) == () == lines_of("toilets-2", LINES, BANKS)


def test_of_lines_on_two_storeys_those_are_near_that_stand_on_one() -> None:
    storeys = [frozenset({"registration-1", "toilets"}), frozenset({"registration-2", "cashier"})]
    near = Wish(id="n", kind="near", module="registration", other="cashier", within_m=3.0)
    assert [(w.module, w.other) for w in bound(near, storeys, BANKS)] == [("registration-2", "cashier")]


def test_toilets_in_two_places_keep_the_wishes_about_them() -> None:
    away = Wish(id="w", kind="apart", module="toilets", other="cashier", within_m=1.0)
    project = replace(grown(away), rooms=tuple(replace(r, count=2) for r in grown().rooms))
    assert [w.module for w in placement_problem(ask(project), {}).wishes] == ["toilets-1", "toilets-2"]


def test_a_wish_about_lines_is_tried_without_and_told_as_one() -> None:
    area = ((0, 0), (3000, 0), (3000, 3000), (0, 3000))
    off = Wish(id="o", kind="keep_out", module="registration", area=area)
    near = Wish(id="n", kind="near_entrance", module="registration", within_m=2.0)
    problem = placement_problem(ask(grown(off, near)), {})
    (change, _) = (c for c in changes_of(problem) if c.kind == "wish")
    assert [w.id for w in change.make(problem).wishes] == ["n"]
    tried: list[list[str]] = []

    def test(asked: PlacementProblem, seconds: float) -> bool:
        tried.append([w.id for w in asked.wishes])
        return len({w.id for w in asked.wishes}) < 2

    clash = smallest_clash(problem, seconds=10, test=test)
    assert clash is not None and clash.wishes == ("o", "n")
    assert tried == [[], ["n"], ["o", "o"], ["o", "o", "n"]]


def test_a_wish_about_what_is_no_bank_is_still_bad_input() -> None:
    with pytest.raises(BadInput) as told:
        placement_problem(ask(grown(Wish(id="w", kind="near_entrance", module="nobody", within_m=3.0))), {})
    assert told.value.code == "wish.no_such_module"
