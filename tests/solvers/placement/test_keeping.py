"""Rules about ways are asked of what is drawn: a layout that breaks one is laid aside for one that keeps it, or it is told."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from layouts.access import ACCESS_RULES
from layouts.access_screening import SCREENING_RULES
from layouts.egress import EGRESS_RULES
from layouts.findings import Finding
from layouts.layout import Item, LevelLayout
from layouts.plan import Column, Level
from layouts.standards import Profile, profile
from solvers.effort import Effort, Progress
from solvers.placement.check import breaches
from solvers.placement.detail import Drawn, draw_layout
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.keeping import ACCESS_KEPT, EGRESS_KEPT, broken_rules, kept_to
from solvers.placement.prepare import prepare
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.rank import Merit, merit_of
from solvers.placement.repair import cuts_for, hardly_moved
from solvers.placement.solve import solve
from tests.builders_placement import a_problem, bank, box, flow, room, small_centre, small_placement, straight_hall
from tests.solvers.placement.test_repair import layouts, the_hall, with_arcs

REPRODUCIBLE = Effort(seconds=2, seed=1, reproducible=True)


def with_numbers(name: str, **numbers: float) -> Profile:
    """A profile with some of its numbers changed."""
    own = profile(name)
    return replace(own, rules=own.rules | {key: replace(own.rules[key], value=value) for key, value in numbers.items()})


@cache
def a_layout() -> tuple[PlacementProblem, LevelLayout]:
    """A small centre with toilets, solved once."""
    centre = small_centre()
    more = room("toilets", 5.0, depth=2400, kind="toilet_accessible")
    problem = replace(centre, programme=replace(centre.programme, rooms=(*centre.programme.rooms, more)))
    placement = solve(problem, REPRODUCIBLE)
    assert placement.layout is not None
    return problem, placement.layout.levels[0]


def broken(layout: LevelLayout | None = None, *, access: Profile | None = None, egress: Profile | None = None) -> set[str]:
    problem, own = a_layout()
    asked = replace(problem, access=access, egress=egress)
    return {f.code for f in broken_rules(asked, problem.level, layout or own)}


def with_thing(ring: tuple[tuple[int, int], ...]) -> LevelLayout:
    """The layout with something solid put down."""
    _, layout = a_layout()
    thing = Item(id="thing", kind="planter", polygon=ring, insert_mm=ring[0], rotation_deg=0.0)
    return replace(layout, items=(*layout.items, thing))


def zone(use: str) -> tuple[tuple[int, int], ...]:
    _, layout = a_layout()
    return next(z.polygon for i in layout.items for z in i.clear_zones if z.use == use)


def of_kind(kind: str) -> Item:
    return next(i for i in a_layout()[1].items if i.kind == kind)


def round_about(item: Item, by: int) -> tuple[tuple[int, int], ...]:
    xs, ys = zip(*item.polygon)
    return box(min(xs) - by, min(ys) - by, max(xs) + by, max(ys) + by)


def before_seats() -> tuple[tuple[int, int], ...]:
    """Floor taken up to all seats of a row, and their own."""
    seats = [i for i in a_layout()[1].items if i.kind == "seat"]
    xs, ys = zip(*(p for i in seats for p in i.polygon))
    return box(min(xs) - 200, min(ys) - 200, max(xs) + 200, max(ys) + 200)


def test_a_sound_layout_keeps_every_rule_of_egress_and_access() -> None:
    assert broken(egress=profile("ibc-2021"), access=profile("iraq-default")) == set()


def test_nothing_is_asked_of_a_layout_without_profiles() -> None:
    assert broken(with_thing(zone("customer"))) == set()


@pytest.mark.parametrize(("code", "key", "value"), [
    ("egress.common_path", "common_path_m", 0.5),
    ("egress.travel_distance", "travel_distance_m", 5.0),
])  # fmt: skip
def test_a_layout_is_refused_whose_ways_out_are_too_long(code: str, key: str, value: float) -> None:
    assert broken(egress=with_numbers("ibc-2021", **{key: value})) == {code}


def test_the_way_out_may_be_as_long_as_the_access_profile_says_too() -> None:
    access = with_numbers("iraq-default", max_egress_m=5.0)
    assert broken(egress=profile("ibc-2021"), access=access) == {"egress.travel_distance"}


def test_a_layout_is_refused_that_leaves_no_way_along_a_row_of_seats() -> None:
    assert "egress.row_accessway" in broken(with_thing(before_seats()), egress=profile("ibc-2021"))


@pytest.mark.parametrize(("code", "numbers"), [
    ("access.reached", {"clear_route_mm": 4000}),
    ("access.passing_space", {"passing_width_mm": 6000, "passing_every_m": 1}),
    ("access.dead_end_turning", {"turning_circle_mm": 5000, "dead_end_turn_m": 0.1}),
    ("access.turning_circle", {"turning_circle_mm": 4000}),
    ("access.toilet_distance", {"accessible_toilet_distance_m": 1}),
])  # fmt: skip
def test_a_layout_is_refused_whose_ways_for_visitors_break_a_rule(code: str, numbers: dict[str, float]) -> None:
    assert code in broken(access=with_numbers("iraq-default", **numbers))


@pytest.mark.parametrize(("code", "where"), [
    ("access.clear_floor_free", lambda: zone("customer")),
    ("access.wheelchair_bay_free", lambda: of_kind("wheelchair_bay").polygon),
    ("access.wheelchair_bay_reached", lambda: round_about(of_kind("wheelchair_bay"), 900)),
    ("access.seat_gangway", lambda: round_about(of_kind("seat"), 2000)),
])  # fmt: skip
def test_a_layout_is_refused_in_which_something_stands_in_the_way(code: str, where) -> None:
    assert code in broken(with_thing(where()), access=profile("iraq-default"))


def test_of_access_nothing_is_asked_while_egress_is_broken() -> None:
    short = with_numbers("ibc-2021", travel_distance_m=1)
    both = broken(with_thing(zone("customer")), egress=short, access=profile("iraq-default"))
    assert both == {"egress.travel_distance"}


def test_every_rule_that_is_kept_is_one_of_the_checks_own() -> None:
    assert set(EGRESS_KEPT) <= set(EGRESS_RULES)
    assert set(ACCESS_KEPT) <= {*ACCESS_RULES, *SCREENING_RULES}


def hall_with_a_niche() -> Level:
    """The straight hall with a niche, eleven metres deep, in its left wall; a column parts its mouth, so that it is no pocket
    by its mouth alone."""
    level = straight_hall(12_000, 16_000, way_x=8000)
    outline = (
        (0, 0), (12_000, 0), (12_000, 16_000), (0, 16_000), (0, 10_700), (-11_000, 10_700), (-11_000, 8200), (0, 8200),
    )  # fmt: skip
    return replace(level, outline=outline, columns=(Column(id="c", outline=box(-500, 9300, -100, 9700)),))


@cache
def niche(egress: str, dead_end_m: float = 6.1) -> tuple[PlacementProblem, Placement]:
    problem = a_problem(bank("A", 2), room("prayer"), flows=(flow("A"),), level=hall_with_a_niche(), spines=1)
    problem = replace(problem, egress=with_numbers(egress, dead_end_m=dead_end_m) if egress else None)
    return problem, solve(problem, REPRODUCIBLE)


def dead_end_m(problem: PlacementProblem, placement: Placement) -> float:
    assert placement.layout is not None
    asked = replace(problem, egress=with_numbers("ibc-2021", dead_end_m=0.0))
    found = broken_rules(asked, problem.level, placement.layout.levels[0])
    return max((f.measured or 0.0 for f in found if f.code == "egress.dead_end"), default=0.0)


def test_a_dead_end_where_nobody_has_business_is_walled_up() -> None:
    assert dead_end_m(*niche("")) > 8.0
    problem, placement = niche("ibc-2021")
    assert dead_end_m(problem, placement) <= 6.1
    assert placement.layout is not None and any(i.kind == "void" for i in placement.layout.levels[0].items)
    assert placement.given_up == ()
    assert breaches(problem, placement) == ()


def test_a_dead_end_that_is_allowed_is_left_open() -> None:
    _, placement = niche("ibc-2021", 10.0)
    assert placement.layout is not None and not any(i.kind == "void" for i in placement.layout.levels[0].items)


def test_walling_up_a_pocket_costs_no_layout() -> None:
    assert niche("ibc-2021")[1].record.objective == niche("")[1].record.objective


def test_what_is_told_of_a_floor_with_a_pocket_walled_up_is_what_is_told_of_it_anew() -> None:
    """Only floors are drawn again for a pocket, and what was measured far from it is carried over."""
    for most_m in (6.1, 1.0):
        problem, placement = niche("ibc-2021")
        problem = replace(problem, egress=with_numbers("ibc-2021", dead_end_m=most_m))
        ready = prepare(problem)
        spine = next(s for s in ready.spines if s == placement.spine)
        plain = draw_layout(problem, ready, spine, placement.poses, placement.arcs)
        told = kept_to(problem, problem.level, plain)
        layout = told.layout.levels[0]
        assert any(i.kind == "void" for i in layout.items) and layout != plain.layout.levels[0]
        assert told.broken == broken_rules(problem, problem.level, layout)


def test_a_pocket_is_walled_up_though_a_rule_of_access_is_broken_which_nobody_asked_about_before() -> None:
    """Of access nothing is told while egress is broken: what shows once it is mended says nothing against the pocket."""
    problem, placement = niche("ibc-2021")
    problem = replace(problem, access=with_numbers("iraq-default", clear_route_mm=9000))
    ready = prepare(problem)
    spine = next(s for s in ready.spines if s == placement.spine)
    plain = draw_layout(problem, ready, spine, placement.poses, placement.arcs)
    assert {f.code for f in broken_rules(problem, problem.level, plain.layout.levels[0])} == {"egress.dead_end"}
    told = kept_to(problem, problem.level, plain)
    assert any(i.kind == "void" for i in told.layout.levels[0].items)
    assert told.broken and all(f.code.startswith("access.") for f in told.broken)


@cache
def with_ways_of(metres: float) -> tuple[PlacementProblem, Placement, tuple[Placement, ...]]:
    problem = replace(small_centre(), egress=with_numbers("ibc-2021", travel_distance_m=metres))
    told: list[Placement] = []

    def hear(progress: Progress) -> None:
        if isinstance(progress.answer, Placement):
            told.append(progress.answer)

    return problem, solve(problem, REPRODUCIBLE, report=hear), tuple(told)


def travel_m(problem: PlacementProblem, placement: Placement) -> float:
    assert placement.layout is not None
    return travel_of(problem, placement.layout.levels[0])


def travel_of(problem: PlacementProblem, layout: LevelLayout) -> float:
    asked = replace(problem, egress=with_numbers("ibc-2021", travel_distance_m=0.0))
    found = broken_rules(asked, problem.level, layout)
    return next(f.measured or 0.0 for f in found if f.code == "egress.travel_distance")


def test_a_layout_that_breaks_a_rule_is_laid_aside_for_one_that_keeps_it() -> None:
    problem, placement, told = with_ways_of(10.0)
    assert travel_m(problem, told[0]) > 10.0  # shown at once
    assert travel_m(problem, placement) <= 10.0
    assert placement.given_up == ()
    assert placement.record.freedom["layouts_laid_aside"] >= 1
    assert placement.record.freedom["rules_given_up"] == []
    assert breaches(problem, placement) == ()


def test_where_no_layout_keeps_a_rule_the_best_is_given_and_the_rule_named() -> None:
    problem, placement, _ = with_ways_of(6.0)
    assert breaches(problem, placement) == ()
    (finding,) = placement.given_up
    assert finding.code == "placement.no_layout_keeps_egress"
    assert (finding.status, finding.severity, finding.required, finding.unit) == ("fail", "warning", 6.0, "m")
    assert finding.values["rule"] == "egress.travel_distance"
    assert finding.values["tried"] == placement.record.freedom["layouts_laid_aside"]
    assert 6.0 < (finding.measured or 0.0) <= travel_m(problem, placement)
    assert finding.where and finding.witness


def test_a_rule_that_is_given_up_costs_no_layout_and_its_bound_is_still_one() -> None:
    _, free = small_placement()
    _, placement, _ = with_ways_of(6.0)
    assert placement.record.objective == pytest.approx(free.record.objective, rel=0.01)
    assert placement.record.bound is not None
    assert placement.record.bound <= min(placement.record.objective, free.record.objective)


def as_broken() -> tuple[Finding, ...]:
    problem, layout = a_layout()
    asked = replace(problem, egress=with_numbers("ibc-2021", travel_distance_m=1.0))
    return broken_rules(asked, problem.level, layout)


def test_a_layout_that_breaks_a_rule_is_cut_off_alone() -> None:
    problem, ready = the_hall()
    for poses, drawn in layouts()[:3]:
        (cut,) = cuts_for(problem, ready, ready.spines[0], poses, replace(drawn, faults=(), broken=as_broken()))
        assert {(e, low, high) for e, _, low, high in cut.parts} == {(p.element, p.u_dm, p.u_dm) for p in poses}


def test_the_quick_search_leaves_alone_what_stands_about_the_way_and_is_hardly_moved() -> None:
    poses, drawn = next((p, d) for p, d in layouts() if not d.faults)
    placed = drawn.layout.levels[0]
    low = next(i for i in placed.items if i.id == "low")
    at = as_broken()[0]
    at = replace(at, witness=(replace(at.witness[0], points=(low.polygon[0], low.polygon[1])),))
    cut = hardly_moved(poses, replace(drawn, broken=(at,)))
    assert "low" in {e for e, *_ in cut.parts} and len(cut.parts) < len(poses)
    assert all(high - low > 0 for _, _, low, high in cut.parts)


def test_no_layout_that_keeps_the_rules_costs_less_than_the_bound_of_the_search_for_them() -> None:
    """By brute force: all layouts of a small hall, drawn, and walked."""
    problem, ready = the_hall()
    sound = [(poses, arcs, drawn) for poses, arcs, drawn in with_arcs() if not drawn.faults]
    walks = {poses: travel_of(problem, drawn.layout.levels[0]) for poses, _, drawn in sound}
    limit = sorted(walks.values())[len(walks) // 2]
    found = solve(replace(problem, egress=with_numbers("ibc-2021", travel_distance_m=limit)), REPRODUCIBLE)
    assert found.record.bound is not None
    keeping = [each for each in sound if walks[each[0]] <= limit]
    assert 0 < len(keeping) < len(sound)
    for poses, arcs, _ in keeping:
        cost = sum(terms_of_poses(ready.questions[0], poses, arcs, problem.weights).values())
        assert cost >= found.record.bound - 1e-6


def test_of_the_last_layouts_one_that_keeps_the_rules_is_shown_before_cheaper_ones_that_do_not() -> None:
    problem, placement = small_placement()
    ready = prepare(problem)
    spine = next(s for s in ready.spines if s == placement.spine)
    keeps = draw_layout(problem, ready, spine, placement.poses, placement.arcs)
    breaks = replace(keeps, broken=as_broken())

    def merit(cost: float, drawn: Drawn) -> Merit:
        return merit_of(cost, 100.0, drawn, problem.level, problem.programme)

    assert merit(101.0, keeps) < merit(100.0, breaks)
    assert merit(100.0, keeps) < merit(101.0, keeps)
