"""Alternatives differ in kind; a Pareto set holds no layout that another beats in everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.findings import BadInput, Finding
from solvers.effort import Cancel, Effort
from solvers.placement.aims import aim, aims, wishes_of
from solvers.placement.alternatives import Alternative, Kind, _best_first, alternatives, kind_of, searching
from solvers.placement.check import breaches
from solvers.placement.pareto import LEANINGS, Point, comfort, leaning, new_walls_m, pareto, undominated, unlike
from solvers.placement.prepare import Prepared
from solvers.placement.problem import Placement, PlacementProblem, Pose, Weights
from solvers.placement.typologies import Typology
from tests.builders_placement import a_problem, bank, flow, small_placement, straight_hall
from tests.layouts.centre import a_centre

TWO_SIDES = a_problem(
    bank("A", 2), bank("B", 2), flows=(flow("A", "B", visitors=60), flow("B", visitors=40)),
    level=straight_hall(14_000, 16_000, way_x=7000, staff_doors=("left", "right")),
)  # fmt: skip


def test_alternatives_differ_in_kind_and_each_passes_the_check() -> None:
    found = alternatives(TWO_SIDES, Effort(seconds=8), 3)
    assert len(found) >= 2
    kinds = [a.kind for a in found]
    assert len(set(kinds)) == len(kinds)
    assert found[0].differs_in == ()
    assert all(a.differs_in for a in found[1:])
    for one in found:
        assert breaches(TWO_SIDES, one.placement) == ()


def test_a_cancelled_search_keeps_what_it_has() -> None:
    cancel = Cancel()
    cancel.set()
    _, placement = small_placement()
    found = alternatives(TWO_SIDES, Effort(seconds=4), 3, cancel=cancel, search=lambda *_: placement)
    assert len(found) == 1


def test_the_same_layout_twice_is_one_alternative() -> None:
    problem, placement = small_placement()
    found = alternatives(problem, Effort(seconds=4), 3, search=lambda *_: placement)
    assert [a.condition for a in found] == ["free"]


def test_the_cheapest_comes_first_under_whatever_condition_it_was_found() -> None:
    one, *others = alternatives(TWO_SIDES, Effort(seconds=4), 2)
    dear = replace(one.placement, record=replace(one.placement.record, objective=one.placement.record.objective * 2))
    answers = iter([dear, *(other.placement for other in others)])
    found = alternatives(TWO_SIDES, Effort(seconds=4), 2, search=lambda *_: next(answers, dear))
    assert [a.condition for a in found] == [others[0].condition, "free"]
    assert found[0].differs_in == () and found[1].differs_in


def test_one_that_keeps_the_rules_about_ways_comes_before_a_cheaper_one_that_does_not() -> None:
    one, other = alternatives(TWO_SIDES, Effort(seconds=4), 2)
    code = "placement.no_layout_keeps_egress"
    broken = Finding(code=code, status="fail", severity="warning", certainty="default", profile="p")
    cheap = replace(one, placement=replace(one.placement, given_up=(broken,)))
    assert [a.placement for a in _best_first([cheap, other])] == [other.placement, cheap.placement]


def slow_search(seconds: float) -> tuple[PlacementProblem, list[float], Placement, Callable[..., Placement]]:
    """A problem, what efforts were asked of its search, the answer without a layout, and the search: it finds none in less."""
    problem, placement = small_placement()
    none = replace(placement, layout=None, record=replace(placement.record, status="unknown", objective=None))
    given: list[float] = []

    def search(_: PlacementProblem, effort: Effort, *__: object) -> Placement:
        given.append(effort.seconds)
        return none if effort.seconds < seconds else placement

    return problem, given, none, search


def test_half_of_the_effort_may_go_to_a_first_layout_that_is_slow_to_come() -> None:
    problem, given, none, search = slow_search(3)
    assert [a.condition for a in alternatives(problem, Effort(seconds=12), 4, search=search)] == ["free"]
    assert given[:2] == [12 / 5, 6 - 12 / 5] and sum(given) <= 12 + 12 / 5
    never = replace(none, record=replace(none.record, status="infeasible"))
    given.clear()
    assert alternatives(problem, Effort(seconds=12), 4, search=lambda p, e, *_: given.append(e.seconds) or never) == ()
    assert set(given) == {12 / 5}, "what is proven impossible is not asked again"


def test_half_of_the_effort_may_go_to_the_first_layout_of_a_pareto_set_and_all_of_it_is_the_whole_effort() -> None:
    problem, given, _, search = slow_search(20)
    _, at_once, _, finds = slow_search(0)
    assert pareto(problem, Effort(seconds=70), search=finds)
    assert at_once == pytest.approx([10] * 7)
    assert not pareto(problem, Effort(seconds=14), search=search)
    assert sum(given) <= 2 * 14, "a search for nothing ends about when it was told to"
    given.clear()
    assert pareto(problem, Effort(seconds=70), search=search)
    assert given[:2] == [10, 25] and sum(given) == pytest.approx(70)


def test_each_search_of_a_pareto_set_begins_with_what_the_first_one_found(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, placement = small_placement()
    hints = []

    def solve(*_: object, hint: tuple[Pose, ...], **__: object) -> Placement:
        hints.append(hint)
        return placement

    monkeypatch.setattr("solvers.placement.alternatives.solve", solve)
    pareto(problem, Effort(seconds=7))
    assert hints == [(), *[placement.poses] * (len(LEANINGS) - 1)]
    hints.clear()
    alternatives(problem, Effort(seconds=4), 2)
    assert set(hints) == {()}, "alternatives are another kind each"


def test_alternatives_have_walls_built_where_the_hall_is_deep_enough() -> None:
    deep = a_problem(
        bank("A", 3), bank("B", 3), flows=(flow("A", "B"),),
        level=straight_hall(44_000, 30_000, way_x=22_000, staff_doors=("left", "right")),
    )  # fmt: skip
    built = []

    def search(problem: PlacementProblem, effort: Effort, ready: Prepared, typology: Typology) -> Placement:
        built.append(typology.name)
        work = replace(effort, seconds=0.4, reproducible=True)  # as much, whatever else runs
        return searching(None, None)(problem, work, ready, typology)

    found = alternatives(deep, Effort(seconds=4), 3, search=search)
    assert built[0] == "perimeter" and "core" in built
    one = next(a for a in found if a.kind.typology == "core")
    assert breaches(deep, one.placement) == () and one.placement.blocks
    assert found[0] is one or "typology" in one.differs_in


def test_a_kind_tells_the_banks_in_order_along_the_spine() -> None:
    problem, placement = small_placement()
    kind = kind_of(problem, placement)
    assert kind is not None
    assert set(kind.order) == {"A", "B"}
    assert dict(kind.sides).keys() == {"A", "B"}
    assert kind.differs_in(replace(kind, order=kind.order[::-1])) == ("order",)


def a_point(linearity: float, comfort: float, walls: float) -> Point:
    _, placement = small_placement()
    kind = Kind(spine=(), sides=(), order=())
    one = Alternative(placement=placement, kind=kind, differs_in=(), condition="", weights=Weights())
    return Point(alternative=one, linearity=linearity, comfort=comfort, new_walls_m=walls)


FIGURES = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))


@given(st.lists(FIGURES, min_size=1, max_size=8))
def test_no_layout_of_the_set_is_beaten_and_every_other_one_is(figures: list[tuple[int, int, int]]) -> None:
    points = [a_point(*f) for f in figures]
    kept = undominated(points)
    assert kept
    assert not any(a.better_or_equal(b) for a, b in permutations(kept, 2))
    for point in points:
        assert any(k.better_or_equal(point) for k in kept)


SET = [(84.8, 61.9, 90.3), (84.6, 84.5, 90.5), (83.0, 98.8, 88.9), (80.7, 72.6, 83.6)]


def test_a_layout_that_gains_a_hairs_breadth_over_another_is_no_choice_beside_it() -> None:
    straightest, *others = [a_point(*figures) for figures in SET]
    assert unlike([straightest, *others]) == tuple(others)
    assert unlike([a_point(85.2, 61.9, 90.3), *others])[0].linearity == 85.2  # a step more, and it is one


def test_a_set_is_never_made_fewer_than_three_and_of_two_alike_one_stays() -> None:
    assert len(unlike([a_point(*figures) for figures in SET[:3]])) == 3
    alike = [a_point(80.0 + n / 10, 90.0 - n, 70.0) for n in range(2)]
    others = [a_point(90.0, 50.0, 70.0), a_point(60.0, 95.0, 70.0), a_point(55.0, 50.0, 50.0)]
    assert unlike([*alike, *others]) == (alike[0], *others)


def test_a_pareto_set_is_found_for_a_small_centre() -> None:
    points = pareto(TWO_SIDES, Effort(seconds=7))
    assert points
    assert [p.linearity for p in points] == sorted((p.linearity for p in points), reverse=True)
    for point in points:
        own = replace(TWO_SIDES, weights=point.alternative.weights)
        assert breaches(own, point.alternative.placement) == ()


def test_every_leaning_names_weights_there_are() -> None:
    for name in LEANINGS:
        assert isinstance(leaning(Weights(), name), Weights)
    assert leaning(Weights(), "balanced") == Weights()


def test_comfort_falls_when_a_screen_hides_the_desks() -> None:
    level, layout, programme = a_centre()
    open_hall = comfort(level, layout, programme)
    assert open_hall == pytest.approx(50.0), "all seats see a desk, and all of them lie beyond the aisle"
    across = ((0, 9000), (20_000, 9000), (20_000, 9100), (0, 9100))
    screen = replace(layout.items[3], id="screen", bank="screen", polygon=across)
    assert comfort(level, replace(layout, items=(*layout.items, screen)), programme) == 0.0


def test_new_walls_are_partitions_and_the_sides_of_rooms_off_the_building_s_own() -> None:
    level, layout, programme = a_centre()
    partitions = 6.25 + 4.0
    toilet = 2 * 2.3 + 1.9
    assert new_walls_m(level, layout, programme) == pytest.approx(partitions + toilet, abs=0.2)


def test_every_aim_says_why_and_weighs_something() -> None:
    assert set(aims()) == {"time", "dignity_comfort", "access", "corruption"}
    for one in aims().values():
        assert len(one.reason) > 30
        assert one.told()["weights"]
    assert aim("time").weights == Weights()
    assert aim("dignity_comfort").weights != Weights()


def test_against_corruption_cashiers_stand_apart_from_those_who_decide() -> None:
    programme = a_problem(bank("A"), bank("till", kind="cashier")).programme
    (wish,) = wishes_of(aim("corruption"), programme)
    assert (wish.kind, wish.module, wish.other, wish.within_m) == ("apart", "till", "A", 1.5)
    assert wishes_of(aim("time"), programme) == ()


def test_an_unknown_aim_is_told_with_those_there_are() -> None:
    with pytest.raises(BadInput) as told:
        aim("beauty")
    assert "dignity_comfort" in str(told.value.values["known"])
