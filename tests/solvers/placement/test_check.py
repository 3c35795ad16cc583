"""The checker lets a sound placement pass and refuses every tampered one, by the code of what was broken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from layouts.layout import Item
from layouts.plan import Polygon, Ring
from solvers.effort import SolutionRecord
from solvers.placement.check import CHECKS, breaches, check_placement
from solvers.placement.check_hall import HALL_CHECKS
from solvers.placement.check_objective import terms_again
from solvers.placement.problem import Missing, Pinned, Placement, PlacementProblem, Pose
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, box, island, small_placement
from tests.solvers.placement.test_solve import PROBLEMS

Answer = tuple[PlacementProblem, Placement]


@pytest.fixture(scope="module")
def sound() -> Answer:
    return small_placement()


@pytest.fixture(scope="module")
def staffed() -> Answer:
    return PROBLEMS["islands"], solve(PROBLEMS["islands"], QUICK)


@pytest.fixture(scope="module")
def near_toilets() -> Answer:
    return PROBLEMS["toilets near"], solve(PROBLEMS["toilets near"], QUICK)


def codes(answer: Answer) -> set[str]:
    return {f.code.removeprefix("placement_check.") for f in breaches(*answer)}


def with_items(answer: Answer, change: Callable[[Item], Item | None], *extra: Item) -> Answer:
    """The answer with each item changed or (None) taken away, and some more items."""
    problem, placement = answer
    level = placement.layout.levels[0]
    kept = [after for item in level.items if (after := change(item)) is not None]
    layout = replace(placement.layout, levels=(replace(level, items=(*kept, *extra)),))
    return problem, replace(placement, layout=layout)


def with_item(answer: Answer, name: str, /, **changes: object) -> Answer:
    assert any(i.id == name for i in answer[1].layout.levels[0].items), name
    return with_items(answer, lambda item: replace(item, **changes) if item.id == name else item)


def with_level(answer: Answer, **changes: object) -> Answer:
    problem, placement = answer
    level = replace(placement.layout.levels[0], **changes)
    return problem, replace(placement, layout=replace(placement.layout, levels=(level,)))


def with_pose(answer: Answer, element: str, **changes: object) -> Answer:
    problem, placement = answer
    poses = tuple(replace(p, **changes) if p.element == element else p for p in placement.poses)
    return problem, replace(placement, poses=poses)


def with_record(answer: Answer, **changes: object) -> Answer:
    return answer[0], replace(answer[1], record=replace(answer[1].record, **changes))


def moved(ring: Ring, dx: int = 0, dy: int = 0) -> Ring:
    return tuple((x + dx, y + dy) for x, y in ring)


def item_of(answer: Answer, id: str) -> Item:
    return next(i for i in answer[1].layout.levels[0].items if i.id == id)


def pose_of(answer: Answer, element: str) -> Pose:
    return next(p for p in answer[1].poses if p.element == element)


def moved_item(answer: Answer, id: str, dx: int = 0, dy: int = 0) -> Answer:
    item = item_of(answer, id)
    zones = tuple(replace(z, polygon=moved(z.polygon, dx, dy)) for z in item.clear_zones)
    return with_item(answer, id, polygon=moved(item.polygon, dx, dy), clear_zones=zones)


def a_block(answer: Answer, ring: Ring) -> Answer:
    block = Item(id="block", kind="partition", polygon=ring, insert_mm=ring[0], rotation_deg=0)
    return with_items(answer, lambda item: item, block)


def test_a_sound_placement_passes_every_check(sound: Answer) -> None:
    found = check_placement(*sound)
    assert {f.code for f in found} == {*CHECKS, *HALL_CHECKS}
    assert {f.status for f in found} == {"pass"}


def test_the_checker_imports_nothing_of_the_model() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, solvers.placement.check; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    ours = {m for m in told if m.startswith("solvers.placement.") and ".check" not in m}
    assert ours == {"solvers.placement.problem", "solvers.placement.wish"}
    assert not [m for m in told if m.split(".")[0] == "ortools"]


# -- programme --------------------------------------------------------------------------------------------------------


def test_a_missing_module_is_refused(sound: Answer) -> None:
    assert "each_module_once" in codes(with_items(sound, lambda i: None if i.bank == "prayer" else i))


def test_a_module_posed_twice_is_refused(sound: Answer) -> None:
    problem, placement = sound
    assert "each_module_once" in codes((problem, replace(placement, poses=(*placement.poses, placement.poses[0]))))


def test_a_thing_that_nobody_asked_for_is_refused(sound: Answer) -> None:
    stray = Item(id="vase", kind="planter", polygon=box(9000, 9000, 9100, 9100), insert_mm=(9050, 9000), rotation_deg=0)
    assert "each_module_once" in codes(with_items(sound, lambda i: i, stray))
    assert "each_module_once" in codes(with_items(sound, lambda i: i, replace(stray, bank="unknown")))


def test_two_items_of_one_id_are_refused(sound: Answer) -> None:
    assert "each_module_once" in codes(with_item(sound, "A-s001", id="A-s002"))


@pytest.mark.parametrize("id", ["A-01", "A-s003", "A-w01", "kiosk-01"])
def test_a_missing_counter_seat_bay_or_machine_is_refused(sound: Answer, id: str) -> None:
    assert item_of(sound, id)
    assert "counts" in codes(with_items(sound, lambda i: None if i.id == id else i))


def test_a_counter_that_lost_its_accessibility_is_refused(sound: Answer) -> None:
    accessible = next(i.id for i in sound[1].layout.levels[0].items if i.bank == "A" and i.accessible and i.clear_zones)
    assert "counts" in codes(with_item(sound, accessible, accessible=False))


def test_a_seat_that_seats_two_is_refused(sound: Answer) -> None:
    assert "counts" in codes(with_item(sound, "A-s001", seats=2))


def test_a_room_smaller_than_asked_is_refused(sound: Answer) -> None:
    x0, y0, x1, y1 = (f(v) for f, v in zip((min, min, max, max), [*zip(*item_of(sound, "prayer").polygon)] * 2))
    assert "counts" in codes(with_item(sound, "prayer", polygon=box(x0 + 500, y0, x1, y1)))


def test_a_room_is_measured_without_its_own_walls(sound: Answer) -> None:
    problem, placement = sound
    x0, y0, x1, y1 = (f(v) for f, v in zip((min, min, max, max), [*zip(*item_of(sound, "prayer").polygon)] * 2))
    long, deep = (x1 - x0, y1 - y0) if pose_of(sound, "prayer").axis == "x" else (y1 - y0, x1 - x0)
    net = (long - 200) * (deep - 100) / 1e6

    def asking(area_m2: float) -> Answer:
        rooms = tuple(replace(r, area_m2=area_m2) if r.id == "prayer" else r for r in problem.programme.rooms)
        return replace(problem, programme=replace(problem.programme, rooms=rooms)), placement

    assert "counts" not in codes(asking(net)) and "counts" in codes(asking(net + 0.01))


def test_a_staffed_island_without_its_way_in_is_refused(staffed: Answer) -> None:
    zones = item_of(staffed, "desk-01").clear_zones
    (way,) = (z for z in zones if z.use == "access")
    others = tuple(z for z in zones if z.use != "access")
    away = replace(way, polygon=moved(way.polygon, dx=100, dy=100))
    assert codes(staffed) == set()
    assert "sizes" in codes(with_item(staffed, "desk-01", clear_zones=others))
    assert "sizes" in codes(with_item(staffed, "desk-01", clear_zones=(*others, away)))
    assert "sizes" in codes(with_item(staffed, "kiosk-01", clear_zones=(*item_of(staffed, "kiosk-01").clear_zones, way)))


def test_a_way_in_that_is_blocked_or_out_of_reach_is_refused(staffed: Answer) -> None:
    x0, y0 = next(z.polygon for z in item_of(staffed, "desk-01").clear_zones if z.use == "access")[0]
    assert "zones_free" in codes(a_block(staffed, box(x0 - 50, y0 - 50, x0 + 50, y0 + 50)))
    assert "public_reached" in codes(with_level(staffed, public=(Polygon(outer=box(0, 0, 1000, 1000)),)))


def test_a_counter_narrower_than_the_profile_asks_is_refused(sound: Answer) -> None:
    (x0, y0), _, (x1, y1), _ = item_of(sound, "B-01").polygon
    assert "sizes" in codes(with_item(sound, "B-01", polygon=box(x0 + 100, y0, x1, y1)))


@pytest.mark.parametrize("use", ["customer", "staff", "turning"])
def test_a_counter_without_one_of_its_zones_is_refused(sound: Answer, use: str) -> None:
    item = next(i for i in sound[1].layout.levels[0].items if i.bank == "A" and any(z.use == use for z in i.clear_zones))
    zones = tuple(z for z in item.clear_zones if z.use != use)
    assert "sizes" in codes(with_item(sound, item.id, clear_zones=zones))


def test_a_customer_zone_elsewhere_than_before_its_counter_is_refused(sound: Answer) -> None:
    item = item_of(sound, "A-01")
    zones = tuple(replace(z, polygon=moved(z.polygon, dx=300, dy=300)) for z in item.clear_zones)
    assert "sizes" in codes(with_item(sound, "A-01", clear_zones=zones))


@pytest.mark.parametrize("id", ["A-01", "A-s001", "A-w01", "prayer", "kiosk-01", "server"])
def test_a_thing_drawn_beside_its_pose_is_refused(sound: Answer, id: str) -> None:
    pose = pose_of(sound, item_of(sound, id).bank)
    dx, dy = (5000, 0) if pose.axis == "x" else (0, 5000)
    assert "stand_as_posed" in codes(moved_item(sound, id, dx, dy))


def test_a_pose_elsewhere_than_what_is_drawn_is_refused(sound: Answer) -> None:
    assert "stand_as_posed" in codes(with_pose(sound, "B", u_dm=pose_of(sound, "B").u_dm + 7))


def test_a_bank_beyond_its_arc_is_refused(sound: Answer) -> None:
    problem, placement = sound
    (name, a, b), *others = placement.arcs
    assert "staff_on_their_arc" in codes((problem, replace(placement, arcs=((name, a + 10, b - 10), *others))))


def test_an_arc_that_runs_past_an_entrance_is_refused(sound: Answer) -> None:
    problem, placement = sound
    (name, a, b), *others = placement.arcs
    assert "staff_on_their_arc" in codes((problem, replace(placement, arcs=((name, a, b + 60), *others))))


def test_an_arc_without_its_door_is_refused(sound: Answer) -> None:
    problem, placement = sound
    (_, a, b), *others = placement.arcs
    assert "staff_on_their_arc" in codes((problem, replace(placement, arcs=(("staff-left", a, a + 50), *others))))
    assert b > a + 50


def test_an_island_beyond_its_share_of_the_spine_is_refused(sound: Answer) -> None:
    problem, placement = sound
    strict = replace(problem.programme, islands=(island("kiosk", within=0.01),))
    assert "within_first" in codes((replace(problem, programme=strict), placement))


def test_a_toilet_too_far_away_is_refused(near_toilets: Answer) -> None:
    problem, placement = near_toilets
    rules = replace(problem.programme.rules, toilet_distance_mm=1000)
    assert codes((problem, placement)) == set()
    assert "toilets_near" in codes((replace(problem, programme=replace(problem.programme, rules=rules)), placement))


def test_a_pin_that_does_not_hold_is_refused(sound: Answer) -> None:
    problem, placement = sound
    pose = pose_of(sound, "B")
    kept = replace(problem, pins=(Pinned(element="B", pose=pose),))
    assert "pins_hold" not in codes((kept, placement))
    lost = replace(problem, pins=(Pinned(element="B", pose=replace(pose, u_dm=pose.u_dm + 1)),))
    assert "pins_hold" in codes((lost, placement))


def test_a_spine_of_a_width_that_is_not_allowed_is_refused(sound: Answer) -> None:
    problem, placement = sound
    assert "spine_as_allowed" in codes((problem, replace(placement, spine=replace(placement.spine, width_dm=17))))


def test_a_spine_drawn_otherwise_than_planned_is_refused(sound: Answer) -> None:
    spine = sound[1].layout.levels[0].spine
    assert "spine_as_allowed" in codes(with_level(sound, spine=replace(spine, width_mm=1500)))
    assert "spine_as_allowed" in codes(with_level(sound, spine=None))


# -- floor ------------------------------------------------------------------------------------------------------------


def test_two_solids_on_one_floor_are_refused(sound: Answer) -> None:
    assert "solids_disjoint" in codes(moved_item(sound, "B-01", dx=3))
    other = item_of(sound, "A-s001").polygon
    assert "solids_disjoint" in codes(with_item(sound, "kiosk-01", polygon=other))


def test_a_seat_on_a_wheelchair_bay_is_refused(sound: Answer) -> None:
    (x0, y0), *_ = item_of(sound, "A-w01").polygon
    assert "solids_disjoint" in codes(with_item(sound, "A-s001", polygon=box(x0, y0, x0 + 550, y0 + 550)))


def test_a_thing_outside_the_floor_is_refused(sound: Answer) -> None:
    assert "solids_on_floor" in codes(moved_item(sound, "prayer", dx=50))


def test_a_thing_on_a_column_or_an_obstacle_is_refused(sound: Answer) -> None:
    assert "solids_on_floor" in codes(with_item(sound, "A-s001", polygon=box(3200, 12_100, 3750, 12_650)))
    problem, placement = sound
    (x0, y0), *_ = item_of(sound, "A-s001").polygon
    column = replace(problem.level.columns[0], id="new", outline=box(x0, y0, x0 + 100, y0 + 100))
    assert "solids_on_floor" in codes((replace(problem, level=replace(problem.level, columns=(column,))), placement))


def test_a_thing_on_the_spine_is_refused(sound: Answer) -> None:
    x = sound[1].layout.levels[0].spine.centreline[0][0]
    half = sound[1].layout.levels[0].spine.width_mm // 2
    assert "spine_free" in codes(with_item(sound, "kiosk-01", polygon=box(x + half - 10, 8000, x + half + 700, 9000)))
    assert "spine_free" not in codes(with_item(sound, "kiosk-01", polygon=box(x + half, 8000, x + half + 700, 9000)))


def test_a_spine_over_a_column_or_away_from_its_door_is_refused(sound: Answer) -> None:
    problem, placement = sound
    x, y = placement.layout.levels[0].spine.centreline[0]
    column = replace(problem.level.columns[0], outline=box(x, y + 5000, x + 200, y + 5200))
    assert "spine_free" in codes((replace(problem, level=replace(problem.level, columns=(column,))), placement))
    (px, py), *rest = placement.spine.points
    shorter = replace(placement.spine, points=((px, py + 8), *rest))
    assert "spine_free" in codes((problem, replace(placement, spine=shorter)))


@pytest.mark.parametrize(("id", "use"), [("A-01", "customer"), ("kiosk-01", "front"), ("prayer", "front")])
def test_a_solid_in_a_clear_zone_is_refused(sound: Answer, id: str, use: str) -> None:
    x0, y0 = next(z.polygon for z in item_of(sound, id).clear_zones if z.use == use)[0]
    assert "zones_free" in codes(a_block(sound, box(x0 + 100, y0 + 100, x0 + 150, y0 + 150)))


def test_a_turning_circle_that_does_not_fit_is_refused(sound: Answer) -> None:
    item = next(i for i in sound[1].layout.levels[0].items if i.bank == "A" and i.accessible and i.clear_zones)
    x0, y0 = next(z.polygon for z in item.clear_zones if z.use == "turning")[0]
    only = with_item(sound, item.id, clear_zones=tuple(z for z in item.clear_zones if z.use == "turning"))
    in_circle, in_corner = box(x0 + 700, y0 + 700, x0 + 800, y0 + 800), box(x0, y0, x0 + 100, y0 + 100)
    assert "zones_free" in codes(a_block(only, in_circle))
    assert "zones_free" not in codes(a_block(only, in_corner))


def test_a_zone_on_the_other_side_s_floor_is_refused(sound: Answer) -> None:
    level, zones = sound[1].layout.levels[0], item_of(sound, "A-01").clear_zones
    customer, staff = (next(Polygon(outer=z.polygon) for z in zones if z.use == use) for use in ("customer", "staff"))
    assert "zones_on_their_floor" in codes(with_level(sound, staff=(*level.staff, customer)))
    assert "zones_on_their_floor" in codes(with_level(sound, public=(*level.public, staff)))


def test_floor_that_is_both_staff_and_public_is_refused(sound: Answer) -> None:
    public = sound[1].layout.levels[0].public
    assert "floors_disjoint" in codes(with_level(sound, staff=(Polygon(outer=box(9000, 9000, 9200, 9200)),)))
    outside = (*public, Polygon(outer=box(-500, 0, 0, 500)))
    assert "floors_disjoint" in codes(with_level(sound, public=outside))


def test_staff_and_public_floor_without_a_partition_between_are_refused(sound: Answer) -> None:
    hall, strip = Polygon(outer=box(2000, 3000, 11_000, 4000)), Polygon(outer=box(0, 3000, 2000, 4000))
    assert "floors_parted" in codes(with_level(sound, public=(hall,), staff=(strip,)))
    apart = Polygon(outer=box(0, 3000, 1900, 4000))
    bare = with_items(sound, lambda i: i if i.id == "prayer" else None)
    between = Item(id="P", kind="partition", polygon=box(1900, 2850, 2000, 4150), insert_mm=(1900, 2850), rotation_deg=0)
    parted = with_items(bare, lambda i: i, between)
    assert "floors_parted" in codes(with_level(bare, public=(hall,), staff=(apart,)))
    assert "floors_parted" not in codes(with_level(parted, public=(hall,), staff=(apart,)))


def test_partitions_taken_away_are_missed(sound: Answer) -> None:
    assert [i for i in sound[1].layout.levels[0].items if i.kind == "partition"]
    assert "floors_parted" in codes(with_items(sound, lambda i: None if i.kind == "partition" else i))
    assert "floors_parted" in codes(with_items(sound, lambda i: None if i.kind == "staff_gate" else i))


def test_floor_under_a_solid_is_refused(sound: Answer) -> None:
    under = Polygon(outer=item_of(sound, "prayer").polygon)
    bare = with_items(sound, lambda i: i if i.id == "prayer" else None)
    assert "floors_parted" in codes(with_level(bare, public=(under,), staff=()))


def test_a_front_behind_a_gap_narrower_than_the_route_is_refused(sound: Answer) -> None:
    public = Polygon(outer=box(7700, 0, 14_000, 16_000))  # nothing left of x = 7700 is the public's any more
    assert "public_reached" in codes(with_level(sound, public=(public,)))
    narrow = (Polygon(outer=box(8300, 0, 9700, 16_000)),)  # 1.4 m where 1.5 m is the route
    assert "public_reached" in codes(with_level(sound, public=narrow))


def test_desks_and_rooms_that_staff_cannot_walk_to_are_refused(sound: Answer) -> None:
    assert "staff_reached" in codes(with_level(sound, staff=()))
    strip = (Polygon(outer=box(0, 0, 800, 16_000)),)  # 0.8 m where staff need 0.9 m
    assert "staff_reached" in codes(with_level(sound, staff=strip))


# -- objective --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "goal",
    [
        "walking",
        "backtracking",
        "lateral",
        "rooms_at_hand",
        "compact_staff_side",
        "few_frontlines",
        "disliked_insides",
        "nearness",
        "crowding",
        "daylight",
        "aisle_surplus",
    ],
)
def test_a_term_told_wrong_is_refused(sound: Answer, goal: str) -> None:
    terms = dict(sound[1].record.terms)
    terms[goal] -= 1
    assert "terms_agree" in codes(with_record(sound, terms=terms))
    del terms[goal]
    assert "terms_agree" in codes(with_record(sound, terms=terms))


def test_the_terms_are_recomputed_from_the_poses(sound: Answer) -> None:
    problem, placement = sound
    assert terms_again(problem, placement, placement.spine) == pytest.approx(placement.record.terms)
    assert "terms_agree" in codes(with_pose(sound, "prayer", back_dm=pose_of(sound, "prayer").back_dm + 3))


@pytest.mark.parametrize(
    "change",
    [{"objective": 1.0}, {"bound": 9e9}, {"gap": 0.5}, {"relaxation_bound": 9e9}, {"objective": None}, {"status": "unknown"}],
)
def test_a_record_that_does_not_add_up_is_refused(sound: Answer, change: dict[str, object]) -> None:
    assert "sums_agree" in codes(with_record(sound, **change))


def test_a_layout_that_calls_itself_optimal_with_a_gap_is_refused(sound: Answer) -> None:
    low = sound[1].record.objective * 0.9
    assert "sums_agree" in codes(with_record(sound, status="optimal", bound=low, gap=0.1))
    assert "sums_agree" not in codes(with_record(sound, status="feasible", bound=low, gap=0.1))


def an_answer_without_a_layout(status: str, missing: Missing | None) -> Placement:
    record = SolutionRecord(
        status=status, objective=None, bound=None, gap=None, relaxation_bound=None, terms={}, freedom={}, seed=1,
        effort="1 s", reproducible=False, seconds_to_first=None, seconds=1.0, versions={}, question_digest="",
    )  # fmt: skip
    return Placement(record=record, layout=None, missing=missing)


def test_no_layout_is_an_answer_only_with_its_reason(sound: Answer) -> None:
    reason = Missing(elements=("A",), reasons=(("placement.fits_nowhere", {"modules": "A"}),))
    assert breaches(sound[0], an_answer_without_a_layout("infeasible", reason)) == ()
    assert codes((sound[0], an_answer_without_a_layout("infeasible", None))) == {"explained"}
    assert codes((sound[0], an_answer_without_a_layout("optimal", reason))) == {"explained"}
