"""Wishes hold on the layouts that are found, and a layout that breaks one is told so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import Polygon

from solvers.placement.check import wishes_hold
from solvers.placement.check_wishes import broken
from solvers.placement.prepare import prepare
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from solvers.placement.wish import WISH_KINDS, Wish
from tests.builders_placement import QUICK, a_problem, bank, box, flow, island
from tests.layouts.centre import a_centre
from tests.layouts.halls import block


def two_banks(*wishes: Wish) -> PlacementProblem:
    problem = a_problem(bank("A"), bank("B"), island("kiosk"), flows=(flow("kiosk", "A", "B"),))
    return replace(problem, wishes=wishes)


def breaches(problem: PlacementProblem, placement: Placement) -> list[str]:
    return [where for where, *_ in wishes_hold(problem, placement)]


def test_a_module_wished_near_the_entrance_is_near_the_entrance() -> None:
    far = Wish(id="w", kind="near_entrance", module="B", within_m=4.0)
    problem = two_banks(far)
    placement = solve(problem, QUICK)
    assert placement.layout is not None
    assert breaches(problem, placement) == []
    plain = solve(two_banks(), QUICK)
    assert breaches(problem, plain) == ["w"], "without the wish it stands elsewhere, so the wish did something"


def test_nothing_stands_in_an_area_kept_out() -> None:
    plain = solve(two_banks(), QUICK)
    assert plain.layout is not None
    stood = next(i for i in plain.layout.levels[0].items if i.bank == "B")
    wish = Wish(id="w", kind="keep_out", area=stood.polygon)
    assert breaches(two_banks(wish), plain) == ["w"]
    placement = solve(two_banks(wish), QUICK)
    assert placement.layout is not None
    area = Polygon(wish.area)
    assert all(Polygon(i.polygon).intersection(area).area < 1000 for i in placement.layout.levels[0].items if i.solid)


def test_banks_that_must_not_touch_stand_apart() -> None:
    wish = Wish(id="w", kind="apart", module="A", other="B", within_m=1.0)
    problem = two_banks(wish)
    placement = solve(problem, QUICK)
    assert placement.layout is not None
    assert breaches(problem, placement) == []


def test_a_wish_that_leaves_no_place_leaves_no_mode() -> None:
    wish = Wish(id="w", kind="near_entrance", module="B", within_m=0.1)
    ready = prepare(two_banks(wish))
    assert all(question.modes["B"] == () for question in ready.questions)
    assert all(question.modes["A"] != () for question in ready.questions)


WISHES = {
    "near_entrance": (Wish(id="w", kind="near_entrance", module="reception", within_m=5), 1.0),
    "near": (Wish(id="w", kind="near", module="reception", other="bank", within_m=3), 0.5),
    "apart": (Wish(id="w", kind="apart", module="reception", other="bank", within_m=1), 3.0),
    "sees": (Wish(id="w", kind="sees", module="bank", other="reception"), None),
    "keep_out": (Wish(id="w", kind="keep_out", area=box(17_000, 1000, 19_000, 3000)), box(2000, 9000, 5000, 11_000)),
}


def test_every_kind_of_wish_is_tested() -> None:
    assert set(WISHES) == set(WISH_KINDS)


@pytest.mark.parametrize("kind", WISHES)
def test_a_wish_holds_until_it_asks_more(kind: str) -> None:
    level, layout, _ = a_centre()
    wish, harder = WISHES[kind]
    items = layout.items
    if kind == "sees":
        screen = block("screen", box(5000, 9700, 5100, 12_000))
        asked, items_then = wish, (*items, replace(screen, bank="screen"))
    elif kind == "keep_out":
        asked, items_then = replace(wish, area=harder), items
    else:
        asked, items_then = replace(wish, within_m=harder), items
    assert broken((wish,), level, items) == ()
    (found,) = broken((asked,), level, items_then)
    assert found.wish.id == "w"
    assert found.measured != found.required
    if kind == "sees":
        assert "screen" in found.modules


def test_a_wish_about_a_module_that_does_not_stand_is_not_broken() -> None:
    level, layout, _ = a_centre()
    assert broken((Wish(id="w", kind="near", module="bank", other="nobody", within_m=1),), level, layout.items) == ()
