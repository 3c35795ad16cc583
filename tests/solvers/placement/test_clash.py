"""The smallest set of clashing wishes, by a test that knows which sets clash; and one by the real optimiser."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from solvers.effort import Cancel
from solvers.placement import clash
from solvers.placement.changes import changes_of
from solvers.placement.clash import Clash, Enough, Fits, fits, smallest_clash
from solvers.placement.columns import in_the_aisle
from solvers.placement.problem import PlacementProblem
from solvers.placement.relaxing import found, what_would_relax
from solvers.placement.wish import Wish
from tests.builders_placement import RULES, a_problem, bank, box, flow, room, straight_hall

NAMES = "abcde"


def wished(names: str = NAMES) -> PlacementProblem:
    wishes = tuple(Wish(id=n, kind="near_entrance", module="A", within_m=5.0) for n in names)
    return replace(a_problem(bank("A")), wishes=wishes)


@given(st.sets(st.sampled_from(NAMES), min_size=1))
def test_the_set_found_is_the_set_that_clashes(culprits: set[str]) -> None:
    def test(problem: PlacementProblem, seconds: float) -> bool:
        return not culprits <= {w.id for w in problem.wishes}

    assert smallest_clash(wished(), seconds=10, test=test) == Clash(wishes=tuple(sorted(culprits)), pins=(), proven=True)


def neither_whole(one: set[str], other: set[str]) -> Fits:
    """A hall in which all fits but two sets of wishes."""

    def test(problem: PlacementProblem, seconds: float) -> bool:
        kept = {w.id for w in problem.wishes}
        return not (one <= kept or other <= kept)

    return test


@given(st.sets(st.sampled_from(NAMES), min_size=1), st.sets(st.sampled_from(NAMES), min_size=1))
def test_of_two_clashes_one_whole_one_is_told(one: set[str], other: set[str]) -> None:
    test = neither_whole(one, other)
    found = smallest_clash(wished(), seconds=10, test=test)
    assert found is not None
    assert set(found.wishes) in (one, other) or set(found.wishes) == min(one, other, key=len)
    assert one <= set(found.wishes) or other <= set(found.wishes)


def test_what_was_searched_for_its_whole_time_in_vain_needed_no_more_wishes_and_the_set_is_not_called_proven() -> None:
    """No search proves anything; two of four wishes clash, and only those two are told."""

    def test(problem: PlacementProblem, seconds: float) -> bool | None:
        return True if not {"a", "c"} <= {w.id for w in problem.wishes} else None

    found = smallest_clash(wished(), seconds=10, test=test)
    assert found is not None
    assert found.wishes == ("a", "c") and not found.proven


def test_a_test_that_was_cut_short_keeps_its_wish() -> None:
    def test(problem: PlacementProblem, seconds: float) -> bool | None:
        return None if problem.wishes else True

    found = smallest_clash(wished("ab"), seconds=1, test=test)
    assert found is not None
    assert found.wishes == ("a", "b") and not found.proven


def test_a_programme_that_does_not_fit_at_all_has_no_clash() -> None:
    assert smallest_clash(wished(), seconds=10, test=lambda problem, seconds: False) is None


@given(st.sets(st.sampled_from(NAMES), min_size=1), st.sets(st.sampled_from(NAMES), min_size=1))
def test_of_every_clash_it_is_told_with_what_left_out_a_layout_was_found(one: set[str], other: set[str]) -> None:
    """Of two clashes that share nothing no wish alone helps: then several go together, and all of them help for sure."""
    test = neither_whole(one, other)
    found = smallest_clash(wished(), seconds=10, test=test)
    assert found is not None
    gone = {id for _, id in found.without}
    assert test(replace(wished(), wishes=tuple(w for w in wished().wishes if w.id not in gone)), 1.0)
    assert {id for _, id in found.alone} <= one & other
    assert not found.alone or len(found.without) == 1


def test_what_was_found_on_the_way_is_told_without_another_try() -> None:
    """Three of four wishes clash; each of them alone helps, and the try for the fourth had no answer in time."""
    tried: list[set[str]] = []

    def test(problem: PlacementProblem, seconds: float) -> bool:
        tried.append({w.id for w in problem.wishes})
        return len(problem.wishes) < 4

    found = smallest_clash(wished("abcd"), seconds=10, test=test)
    assert found is not None and {id for _, id in found.alone} == set("abcd")
    tried.clear()
    relaxed = what_would_relax(wished("abcd"), seconds=10, known=found.alone, test=test)
    wishes = [values["wish"] for ((code, values),) in relaxed if code == "placement.relax_wish"]
    assert wishes == list("abcd") and not any(len(each) == 3 for each in tried)


def test_stopped_nothing_is_tried_any_more_and_nothing_is_claimed() -> None:
    cancel = Cancel()
    cancel.set()
    tried: list[PlacementProblem] = []

    def test(problem: PlacementProblem, seconds: float) -> bool:
        tried.append(problem)
        return True

    assert smallest_clash(wished(), seconds=10, cancel=cancel, test=test) is None
    assert what_would_relax(wished(), seconds=10, cancel=cancel, test=test) == ()
    assert tried == []
    assert fits(wished("a"), 10.0, cancel) is None, "a try under way hears it too"


def test_two_wishes_that_pull_a_bank_to_two_ends_clash() -> None:
    """A bank may not stand within 4 m of the entrance and 10 m off it at once; a third wish has no part in it."""
    level = straight_hall()
    near = Wish(id="near", kind="near_entrance", module="B", within_m=4.0)
    off = Wish(id="off", kind="keep_out", module="B", area=((0, 0), (12_000, 0), (12_000, 8000), (0, 8000)))
    calm = Wish(id="calm", kind="near_entrance", module="A", within_m=50.0)
    problem = replace(a_problem(bank("A"), bank("B"), flows=(flow("A", "B"),), level=level), wishes=(calm, near, off))
    found = smallest_clash(problem, seconds=20)
    assert found == Clash(wishes=("near", "off"), pins=(), proven=True)
    relaxed = dict(each for (each,) in what_would_relax(replace(problem, max_spines=1), seconds=10))
    assert relaxed["placement.relax_wish"]["wish"] in ("near", "off")


def test_a_clash_is_proven_only_where_all_of_its_wishes_together_are_disproven() -> None:
    """Each of two wishes can be left out, says the test; of both together it does not know, or knows one way or the other."""
    wishes = tuple(Wish(id=id, kind="near_entrance", module="A", within_m=4.0) for id in ("one", "other"))
    problem = replace(a_problem(bank("A")), wishes=wishes)
    both = Clash(wishes=("one", "other"), pins=(), proven=True)

    def told(answer: bool | None, *, disproven: bool = False) -> Clash | None:
        def test(asked: PlacementProblem, seconds: float) -> bool | None:
            return answer if len(asked.wishes) == 2 else True

        return smallest_clash(problem, seconds=10, test=test, disproven=disproven)

    assert told(False) == told(None, disproven=True) == both
    assert told(None) == replace(both, proven=False)
    assert told(True) is None, "a search found nothing, and there is a layout"


def test_what_helps_is_what_was_tried_and_found() -> None:
    """Nothing but a second staff door helps here, says the test; so nothing else is told."""

    def test(problem: PlacementProblem, seconds: float) -> bool:
        return any(d.id == "another-staff-door" for d in problem.level.doors)

    problem = a_problem(bank("A", 6, seats=20))
    ((reason,),) = what_would_relax(problem, seconds=10, test=test)
    assert reason[0] == "placement.relax_staff_door"
    assert reason[1]["x_m"] == 12.0, "the wall without a staff door is the right one"


def test_wishes_that_clash_are_tried_without_before_others() -> None:
    tried: list[set[str]] = []

    def test(problem: PlacementProblem, seconds: float) -> bool:
        tried.append({w.id for w in wished("abc").wishes} - {w.id for w in problem.wishes})
        return True

    found = what_would_relax(wished("abc"), seconds=60, test=test, clashing=[("wish", "c")])
    assert tried[:3] == [{"c"}, {"a"}, {"b"}]
    assert found[0] == (("placement.relax_wish", {"wish": "c"}),)


def test_where_no_change_alone_is_enough_two_together_are_tried() -> None:
    """Shorter lines and another staff door help here, says the test; what the reasons ask for comes first."""
    asked: list[tuple[int, int]] = []

    def test(problem: PlacementProblem, seconds: float) -> bool:
        banks, doors = len(problem.programme.banks), sum(d.use == "staff" for d in problem.level.doors)
        asked.append((banks, doors))
        return banks == 2 and doors == 2

    problem = a_problem(bank("A", 6, seats=20))
    reasons = (("placement.frontage", {}), ("placement.columns_in_the_way", {"modules": "A"}))
    (pair,) = what_would_relax(problem, seconds=10, reasons=reasons, test=test)
    assert [code for code, _ in pair] == ["placement.relax_staff_door", "placement.relax_split"]
    alone = sum(each in ((1, 1), (2, 1), (1, 2)) for each in asked[:-1])
    assert asked[-1] == (2, 2) and alone <= 9, "pairs that no reason asks for are tried later"
    assert what_would_relax(problem, seconds=10, test=lambda problem, seconds: False) == ()


def test_columns_before_counters_ask_for_less_depth_behind_them() -> None:
    """Columns 5.6 m off a wall stand in the aisle before counters, which ends 6.2 m off it; 600 mm less, and among seats."""
    rows = tuple(box(5600, y, 6000, y + 400) for y in (9000, 15_000))
    level = straight_hall(30_000, 30_000, way_x=15_000, columns=rows)
    problem = a_problem(bank("A", 6, seats=20), level=level, rules=replace(RULES, staff_zone_mm=2400))
    found = in_the_aisle(problem)
    assert found is not None
    assert (found.near_mm, found.far_mm, found.high_mm, found.staff_zone_mm) == (5600, 6000, 6200, 1800)
    assert in_the_aisle(a_problem(bank("A", 6, seats=20), level=level)) is None
    assert in_the_aisle(replace(problem, level=straight_hall(30_000, 30_000, way_x=15_000))) is None


def test_toilets_in_two_places_are_each_for_half_of_the_people() -> None:
    problem = a_problem(bank("A", 2), room("wc", 30.0, kind="toilets"), level=straight_hall(40_000, 50_000))
    (change,) = [c for c in changes_of(problem) if c.kind == "toilets"]
    assert [(r.id, r.area_m2) for r in change.make(problem).programme.rooms] == [("wc-1", 15.0), ("wc-2", 15.0)]


def test_toilets_in_two_places_need_not_be_as_wide_as_the_only_ones_were() -> None:
    """A block of 6 m by 10 m asked for as that was halved at depths of 3.8 m and still asked to be 6 m wide."""
    whole = replace(room("wc", 60.0, kind="toilets"), min_width_mm=6000)
    problem = a_problem(bank("A", 2), whole, level=straight_hall(40_000, 50_000))
    (change,) = [c for c in changes_of(problem) if c.kind == "toilets"]
    halves = change.make(problem).programme.rooms
    assert len(halves) == 2 and all(min(half.depths_mm) >= half.min_width_mm for half in halves)


def test_a_try_ends_with_its_time_whatever_is_still_to_be_prepared() -> None:
    people = Cancel()
    assert Enough(people, 0.0) and not Enough(people, 60.0) and not Enough(None)
    assert fits(wished("a"), 1e-6) is None, "no layout is looked for: a quick machine finds one within a hundredth of a second"
    people.set()
    assert Enough(people, 60.0), "and people may stop it before"


def test_a_change_is_tried_beside_the_narrowest_aisle_and_disproves_nothing() -> None:
    wide = replace(a_problem(bank("A"), level=straight_hall()), max_spines=1)
    rules = replace(RULES, spine_widths_mm=(1800, 3000))
    assert found(replace(wide, programme=replace(wide.programme, rules=rules)), 5.0)
    none = a_problem(bank("A", 12), rules=rules)
    assert fits(none, 5.0) is False and found(none, 5.0) is False


def test_with_hardly_any_time_bystanders_are_not_named() -> None:
    """Two of five wishes clash, searches that find nothing take all the time they get, and there is time for hardly two."""
    now = [0.0]

    def test(problem: PlacementProblem, seconds: float) -> bool | None:
        kept = {w.id for w in problem.wishes}
        found = not {"b", "d"} <= kept
        now[0] += 0.2 if found else seconds
        return True if found else None

    with_clock(now)
    try:
        told = smallest_clash(wished(), seconds=3.2, test=test)
    finally:
        with_clock(None)
    assert told is not None and told.wishes == ("b", "d") and not told.proven
    assert {id for _, id in told.alone} == {"b", "d"}


def with_clock(now: list[float] | None) -> None:
    """Time for the search for clashes as the test tells it; None: as it is."""
    clash.time = time if now is None else SimpleNamespace(monotonic=lambda: now[0])  # type: ignore[attr-defined]


def test_where_a_search_found_nothing_though_there_is_a_layout_its_wish_is_found_beside_the_needed_one() -> None:
    """Without the one of two that clash a search finds nothing in vain; what was left of the wishes did not clash at all."""

    def test(problem: PlacementProblem, seconds: float) -> bool | None:
        kept = {w.id for w in problem.wishes}
        return None if {"a", "c"} <= kept or kept == {"b", "c", "d"} else True

    told = smallest_clash(wished("abcd"), seconds=10, test=test)
    assert told is not None
    assert told.wishes == ("a", "c") and not told.proven
