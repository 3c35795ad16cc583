"""Wishes about one module that no place holds to are told before any solve, and no more of them than it takes."""

from __future__ import annotations

from dataclasses import replace

from solvers.placement.barring import Barred, barred
from solvers.placement.problem import PlacementProblem
from solvers.placement.wish import Wish
from tests.builders_placement import a_problem, bank, box, straight_hall

NEAR = Wish(id="near", kind="near_entrance", module="A", within_m=4.0)
FAR_OFF = Wish(id="corner", kind="keep_out", module="A", area=((0, 0), (100, 0), (100, 100), (0, 100)))


def wished(*wishes: Wish) -> PlacementProblem:
    return replace(a_problem(bank("A"), bank("B")), wishes=wishes)


def whole_floor(id: str, module: str = "A") -> Wish:
    outline = straight_hall().outline
    return Wish(id=id, kind="keep_out", module=module, area=outline)


def test_wishes_with_a_place_bar_nothing() -> None:
    assert barred(wished(Wish(id="near", kind="near_entrance", module="A", within_m=200.0), FAR_OFF)) == ()


def test_a_module_kept_off_the_whole_floor_is_barred_by_that_wish_alone() -> None:
    assert barred(wished(FAR_OFF, whole_floor("nowhere"))) == (Barred(module="A", wishes=("nowhere",)),)


def test_two_wishes_that_only_together_leave_no_place_are_told_together() -> None:
    lower = Wish(id="lower", kind="keep_out", module="A", area=box(0, 0, 12_000, 9000))
    upper = Wish(id="upper", kind="keep_out", module="A", area=box(0, 5000, 12_000, 14_000))
    assert barred(wished(lower)) == barred(wished(upper)) == ()
    assert barred(wished(lower, FAR_OFF, upper)) == (Barred(module="A", wishes=("lower", "upper")),)


def test_a_wish_about_all_modules_bars_each_of_them() -> None:
    assert {b.module for b in barred(wished(whole_floor("nothing", module="")))} == {"A", "B"}


def test_wishes_about_two_modules_are_none_of_its_business() -> None:
    assert barred(wished(Wish(id="apart", kind="apart", module="A", other="B", within_m=500.0))) == ()
