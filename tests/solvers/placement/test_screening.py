"""A layout with security has its screening across the way in, checked without the solver; others stay as they were."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest
from shapely.geometry import MultiPolygon, Polygon

from layouts.layout import ClearZone, Item
from layouts.screening import ARCH, BYPASS, PARTS, SCREEN, TABLE
from layouts.screening_line import LANDING_MM, screening
from layouts.standards import profile
from solvers.effort import Effort
from solvers.placement import screening as put_across
from solvers.placement.check import breaches
from solvers.placement.detail import Drawn, draw_layout
from solvers.placement.keeping import broken_rules
from solvers.placement.prepare import prepare
from solvers.placement.problem import Placement, PlacementProblem, Pose
from solvers.placement.race import Race
from solvers.placement.repair import hardly_moved
from solvers.placement.screening import screened
from solvers.placement.solve import solve
from solvers.placement.wish import Wish
from tests.builders_placement import a_problem, bank, box, flow, island, small_placement, straight_hall

REPRODUCIBLE = Effort(seconds=1, seed=1, reproducible=True)


@cache
def guarded() -> tuple[PlacementProblem, Placement]:
    """A bank with seats behind a screening, solved once."""
    table = replace(island("security", within=0.4, width=3000), kind=TABLE, depth_mm=1000, front_mm=1800)
    hall = straight_hall(12_000, 18_000)
    problem = a_problem(table, bank("A", 2, seats=4, bays=1), flows=(flow("security", "A"),), level=hall, spines=1)
    problem = replace(problem, access=profile("iraq-default"), egress=profile("ibc-2021"))
    return problem, solve(problem, REPRODUCIBLE)


def with_items(change: dict[str, Item | None]) -> Placement:
    """The answer with some items changed or taken away."""
    _, placement = guarded()
    assert placement.layout is not None
    level = placement.layout.levels[0]
    items = tuple(now for i in level.items if (now := change.get(i.id, i)) is not None)
    return replace(placement, layout=replace(placement.layout, levels=(replace(level, items=items),)))


def parts_of(placement: Placement, *kinds: str) -> list[Item]:
    assert placement.layout is not None
    return [i for i in placement.layout.levels[0].items if i.kind in kinds]


def codes(placement: Placement) -> set[str]:
    return {f.code.removeprefix("placement_check.") for f in breaches(guarded()[0], placement)}


def test_a_layout_with_security_has_its_gates_and_screens_and_passes_every_check() -> None:
    problem, placement = guarded()
    assert {i.kind for i in parts_of(placement, *PARTS)} == set(PARTS)
    assert breaches(problem, placement) == ()


def test_its_rules_are_kept_like_those_about_ways() -> None:
    problem, placement = guarded()
    open_hall = with_items({i.id: None for i in parts_of(placement, *PARTS)}).layout
    assert placement.layout is not None and open_hall is not None
    assert broken_rules(problem, problem.level, placement.layout.levels[0]) == ()
    broken = broken_rules(problem, problem.level, open_hall.levels[0])
    assert {f.code for f in broken} == {"access.screening_walked_round"}


def test_the_first_layout_is_not_waited_for_because_of_it_and_no_later_one_breaks_it() -> None:
    walked_round, dead_end = (SimpleNamespace(code=code) for code in ("access.screening_walked_round", "egress.dead_end"))
    first, later = (SimpleNamespace(best=best, given_up=set()) for best in (None, object()))
    for race, accepted in ((first, True), (later, False)):
        assert Race.accepts(race, SimpleNamespace(faults=(), broken=(walked_round,))) is accepted
        assert not Race.accepts(race, SimpleNamespace(faults=(), broken=(walked_round, dead_end)))
        assert not Race.accepts(race, SimpleNamespace(faults=("unreached",), broken=()))


def test_a_screen_that_is_missing_is_refused() -> None:
    _, placement = guarded()
    longest = max(parts_of(placement, SCREEN), key=lambda i: Polygon(i.polygon).area)
    assert "screening_parts" in codes(with_items({longest.id: None}))


def test_a_gate_narrower_than_it_must_be_is_refused() -> None:
    for gate in parts_of(guarded()[1], ARCH, BYPASS):
        xs, ys = zip(*gate.polygon)
        thin = replace(gate, polygon=box(min(xs), min(ys), min(xs) + 700, min(ys) + 100))
        assert "screening_parts" in codes(with_items({gate.id: thin}))


def test_a_layout_without_security_is_drawn_as_it_was() -> None:
    problem, placement = small_placement()
    ready = prepare(problem)
    drawn = draw_layout(problem, ready, ready.spines[0], placement.poses, ())
    assert screened(problem, drawn) is drawn


def test_no_screen_stands_where_a_wish_keeps_the_floor_free() -> None:
    problem, placement = guarded()
    longest = max((Polygon(i.polygon) for i in parts_of(placement, SCREEN)), key=lambda p: p.area)
    x0, y0, x1, y1 = (round(v) for v in longest.bounds)
    kept = Wish(id="free", kind="keep_out", area=box(x0, y0, x1, y1))
    wished = replace(problem, wishes=(kept,))
    other = solve(wished, REPRODUCIBLE)
    assert other.layout is not None and breaches(wished, other) == ()
    assert not any(Polygon(i.polygon).intersects(longest.buffer(-10)) for i in parts_of(other, SCREEN))


@pytest.mark.parametrize(("off_mm", "sought"), [(LANDING_MM - 100, 1), (LANDING_MM + 100, 0)])
def test_screening_is_sought_anew_only_where_a_pocket_is_closed_beside_it(
    off_mm: int, sought: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, placement = guarded()
    ready = prepare(problem)
    plain = draw_layout(problem, ready, ready.spines[0], placement.poses, placement.arcs)
    plain = replace(plain, closing=lambda pockets: plain)
    drawn = screened(problem, plain)
    line = [i for i in drawn.layout.levels[0].items if i.kind in PARTS]
    times: list[int] = []
    monkeypatch.setattr(put_across, "screening", lambda *a, **k: times.append(1) or screening(*a, **k))
    _, _, right, high = MultiPolygon([Polygon(i.polygon) for i in line]).bounds
    pocket = Polygon(box(round(right) + off_mm, round(high), round(right) + 9000, round(high) + 9000))
    assert line and drawn.closing is not None
    closed = drawn.closing((pocket,))
    assert len(times) == sought and closed.layout == drawn.layout and not closed.faults


def test_screening_that_somebody_walks_round_once_a_pocket_is_closed_is_sought_anew() -> None:
    problem, placement = guarded()
    ready = prepare(problem)
    plain = draw_layout(problem, ready, ready.spines[0], placement.poses, placement.arcs)
    line = [i for i in screened(problem, plain).layout.levels[0].items if i.kind in PARTS]
    far = (Polygon(box(100_000, 0, 101_000, 1000)),)
    assert put_across._stands(problem, plain, tuple(line), far)
    for missing in (i for i in line if i.kind in (SCREEN, BYPASS) and Polygon(i.polygon).area > 50_000):
        assert not put_across._stands(problem, plain, tuple(i for i in line if i is not missing), far)


def with_a_machine_at_the_door() -> tuple[PlacementProblem, tuple[Pose, ...], Drawn]:
    """The same hall with one that is used before anybody comes to the table: no line parts it from the entrance."""
    problem, placement = guarded()
    ready = prepare(problem)
    drawn = draw_layout(problem, ready, ready.spines[0], placement.poses, placement.arcs)
    placed, body = drawn.layout.levels[0], box(8000, 1000, 8600, 2800)
    front = ClearZone(use="front", polygon=box(6500, 1000, 8000, 2800))
    machine = Item(
        id="K-01", kind="self_service_kiosk", bank="K", polygon=body, insert_mm=(8000, 1900), rotation_deg=270.0,
        clear_zones=(front,),
    )  # fmt: skip
    layout = replace(drawn.layout, levels=(replace(placed, items=(*placed.items, machine)),))
    floors = replace(drawn.floors, public=drawn.floors.public.difference(Polygon(body)))
    pose = replace(next(p for p in placement.poses if p.element == "security"), element="K", u_dm=10)
    return problem, (*placement.poses, pose), screened(problem, replace(drawn, layout=layout, floors=floors))


def test_the_one_module_that_leaves_no_clean_line_is_blamed_for_it() -> None:
    problem, _, drawn = with_a_machine_at_the_door()
    assert not any(i.kind in PARTS for i in drawn.layout.levels[0].items)
    assert drawn.blamed is not None and drawn.blamed() == ("K", "security")
    plain = draw_layout(problem, prepare(problem), prepare(problem).spines[0], guarded()[1].poses, guarded()[1].arcs)
    assert screened(problem, plain).blamed is None


def test_the_quick_search_leaves_alone_that_module_and_the_table_whatever_else_stands_where() -> None:
    problem, poses, drawn = with_a_machine_at_the_door()
    broken = broken_rules(problem, problem.level, drawn.layout.levels[0])
    assert [f.code for f in broken] == ["access.screening_walked_round"]
    cut = hardly_moved(poses, replace(drawn, broken=broken))
    assert {e for e, *_ in cut.parts} == {"K", "security"}
    assert all(low < p.u_dm < high for _, p, low, high in cut.parts)
    whole = hardly_moved(poses, replace(drawn, broken=broken, blamed=lambda: ()))
    assert "A" in {e for e, *_ in whole.parts} or len(whole.parts) == len(poses)
