"""A hall is made of the right rooms of a building, and the programme's rooms go into those that stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from layouts.hall import as_planned, hall_floor
from layouts.layout import Hall, Item
from layouts.plan import Door, Level, Polygon, Space, Wall
from layouts.standing import has_rooms, partings, shape_of
from solvers.effort import Cancel, Effort
from solvers.placement.changes import another_staff_door, without_modules
from solvers.placement.check import breaches
from solvers.placement.clock import Clock
from solvers.placement.first import _from_hint, first_layouts
from solvers.placement.halls import halls_for, least_depth_mm, least_hall_m2, no_hall
from solvers.placement.lanes import known_places
from solvers.placement.model import same_mode
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.race import Race
from solvers.placement.relaxing import found
from solvers.placement.rooms import fits
from solvers.placement.sites import sites_of, soonest_of
from solvers.placement.solve import solve
from solvers.placement.upfront import impossible
from solvers.placement.zoning import price_of_hall
from tests.builders_building import office_building, small_office, small_office_placed
from tests.builders_placement import QUICK, a_problem, bank, box, flow, room, straight_hall

Answer = tuple[PlacementProblem, Placement]
LEVEL = office_building(6, 10)


@pytest.fixture(scope="module")
def placed() -> tuple[PlacementProblem, Placement]:
    return small_office_placed()


def codes(problem: PlacementProblem, placement: Placement) -> set[str]:
    return {f.code.removeprefix("placement_check.") for f in breaches(problem, placement)}


def test_an_empty_hall_is_no_building_of_rooms() -> None:
    assert has_rooms(LEVEL) and not has_rooms(straight_hall())
    corners = tuple(
        Space(id=f"c{k}", name="", kind="", outline=Polygon(outer=box(4000 * k, 0, 4000 * k + 2000, 2000))) for k in range(3)
    )
    assert not has_rooms(replace(straight_hall(), spaces=corners))  # they stand in a hall


def test_every_hall_holds_the_rooms_of_entrance_and_exit_and_is_large_enough() -> None:
    halls = halls_for(small_office())
    assert halls and len({h.spaces for h in halls}) == len(halls)
    assert all({"s1", "s2", "s3"} <= set(h.spaces) for h in halls)
    assert all({r.wall for r in h.removed} >= {"t-s2", "t-s3"} for h in halls)
    assert all("corridor" not in h.spaces and h.staff_doors for h in halls)  # a thick wall keeps the corridor off


def test_a_larger_programme_is_offered_larger_halls() -> None:
    more = a_problem(bank("A", 8, seats=30), bank("B", 8, seats=30), flows=(flow("A", "B"),), level=office_building(9, 18))
    spaces = {s.id: s for s in more.level.spaces}
    areas = [sum(shape_of(spaces[r]).area for r in h.spaces) for h in halls_for(more)]
    assert max(areas) > 1.2 * min(areas)


def bedroom_floor() -> Level:
    """Rooms of 4 x 6.4 m on both sides of a corridor of 2.4 m, doors in thin walls, the way in at the corridor's end."""
    spaces = [Space(id="way", name="", kind="", outline=Polygon(outer=box(0, 6500, 32_700, 8900)))]
    walls, doors = [], []
    for k in range(8):
        x = k * 4100
        for side, low in (("a", 0), ("b", 9000)):
            spaces.append(Space(id=f"{side}{k}", name="", kind="", outline=Polygon(outer=box(x, low, x + 4000, low + 6400))))
            walls.append(Wall(id=f"t-{side}{k}", a=(x - 50, low), b=(x - 50, low + 6400), thickness_mm=100)) if k else None
            at = 6450 if side == "a" else 8950
            doors.append(Door(id=f"d-{side}{k}", use="internal", p=(x + 1500, at), q=(x + 2700, at), clear_mm=1100))
            for piece, (left, right) in enumerate(((x - 100, x + 1500), (x + 2700, x + 4000))):
                walls.append(Wall(id=f"c-{side}{k}{piece}", a=(left, at), b=(right, at), thickness_mm=100))
    doors.append(Door(id="in", use="entrance_exit", p=(0, 8500), q=(0, 6900), clear_mm=1500))
    doors.append(Door(id="staff", use="staff", p=(32_700, 7000), q=(32_700, 8000), clear_mm=950))
    return Level(
        id="l", name="", elevation_mm=0, outline=box(0, 0, 32_700, 15_400), walls=tuple(walls), doors=tuple(doors),
        spaces=tuple(spaces),
    )  # fmt: skip


def test_between_the_rooms_of_a_hall_no_wall_that_may_go_is_left_standing() -> None:
    problem = a_problem(bank("A", 4, seats=12), flows=(flow("A"),), level=bedroom_floor())
    halls = halls_for(problem)
    assert halls
    for hall in halls:
        between = {p.wall for p in partings(problem.level) if set(p.rooms) <= set(hall.spaces)}
        assert between == {r.wall for r in hall.removed}
        assert not hall_floor(problem.level, hall).interiors  # the ground of doors and of walls' ends is floor too


def test_a_hall_is_deep_enough_for_a_bank_beside_an_aisle_and_not_of_corridors_alone() -> None:
    problem = a_problem(bank("A", 4, seats=12), flows=(flow("A"),), level=bedroom_floor())
    half = least_depth_mm(problem) / 2
    need = least_hall_m2(problem, frozenset({"way"}))
    assert need < 32.7 * 15.4
    for hall in halls_for(problem):
        floor = hall_floor(problem.level, hall)
        assert floor.buffer(-half).buffer(half, join_style="mitre").intersection(floor).area >= need * 1e6
    assert any(len(hall.spaces) < len(problem.level.spaces) for hall in halls_for(problem))


def test_the_small_centre_gets_a_layout_that_every_check_passes(placed) -> None:
    problem, placement = placed
    assert placement.layout is not None and codes(problem, placement) == set()


def test_rooms_are_put_into_rooms_that_stand(placed) -> None:
    items = {i.id: i for i in placed[1].layout.levels[0].items}
    assert items["archive"].space in placed[1].hall.behind and items["server"].space in placed[1].hall.behind
    assert items["archive"].space != items["server"].space
    assert items["nursing"].space not in (None, *placed[1].hall.spaces)


def test_the_price_of_walls_is_part_of_objective_and_bound(placed) -> None:
    problem, placement = placed
    metres = sum(r.length_mm for r in placement.hall.removed) / 1000
    assert placement.record.terms["walls_removed"] == pytest.approx(metres * 0.1 * 100)
    assert placement.record.bound <= placement.record.objective
    assert len(placement.record.freedom["halls"]) == len(halls_for(problem))


def test_water_area_width_and_kind_decide_what_a_room_may_become() -> None:
    spaces = {s.id: s for s in LEVEL.spaces}
    toilets = room("wc", 12.0, kind="toilets")
    assert fits(toilets, spaces["n3"]) and not fits(toilets, spaces["n0"])
    assert fits(room("r", 15.0), spaces["n0"]) and not fits(room("r", 15.0), spaces["n3"])
    assert not fits(room("r", 17.0), spaces["n0"])  # 16.8 m2
    assert not fits(replace(room("r", 12.0), min_width_mm=3200), spaces["n0"])
    assert not fits(room("r", 10.0), spaces["s0"])  # 60 m2 for 10
    assert not fits(room("r", 40.0), spaces["corridor"]) and not fits(room("r", 40.0), spaces["n9"])


def test_walls_that_stay_keep_entrance_and_exit_apart_and_that_is_told_before_any_solve() -> None:
    solid = replace(LEVEL, walls=tuple(replace(w, structural=True) for w in LEVEL.walls))
    problem = replace(small_office(), level=solid)
    assert halls_for(problem) == ()
    assert [code for code, _ in impossible(problem)] == ["placement.rooms_kept_apart"]
    answer = solve(problem, QUICK)
    assert answer.record.status == "infeasible" and answer.missing.reasons == no_hall(problem)


def test_a_lobby_that_walls_which_stay_keep_small_is_told_with_the_walls() -> None:
    """The entrance and the exit in one room, every wall of which stays."""
    uses = {"in": "entrance_exit", "out": "internal"}
    doors = tuple(replace(d, use=uses.get(d.id, d.use)) for d in LEVEL.doors)
    walls = tuple(replace(w, structural=True) if w.id in ("t-s1", "t-s2") else w for w in LEVEL.walls)
    level = replace(LEVEL, doors=doors, walls=walls)
    many = a_problem(bank("A", 9, seats=6), bank("B", 9), flows=(flow("A", "B"),), level=level)
    told = dict(impossible(many))["placement.hall_kept_small"]
    assert told["rooms"] == "ROOM 2" and told["area_m2"] == pytest.approx(60.0) and told["needed_m2"] > 60
    assert "ROOM 1 (t-s1)" in told["walls"] and "ROOM 3 (t-s2)" in told["walls"]
    assert "placement.hall_kept_small" not in dict(impossible(replace(many, level=replace(level, walls=LEVEL.walls))))
    assert "placement.hall_kept_small" not in dict(impossible(small_office()))


def test_no_room_at_an_entrance_is_told() -> None:
    shut = replace(LEVEL, doors=tuple(d for d in LEVEL.doors if d.id != "in"))
    assert no_hall(replace(small_office(), level=shut))[0][0] == "placement.no_room_at_door"


def test_one_hall_is_prepared_before_the_search_and_the_others_wait_with_the_price_of_their_walls() -> None:
    problem = small_office()
    sites, waiting = soonest_of(problem, 18, lambda: False)
    assert len(sites) == 1 and len(sites) + len(waiting) == len(halls_for(problem)) > 1
    race = Race(problem, Effort(seconds=20.0), sites, Clock(Effort(seconds=20.0)), None, None, "")
    race.waiting = [(offer, 18) for offer in waiting]
    prices = [price_of_hall(offer.problem, problem.weights) for offer in waiting]
    assert race.unbuilt() and race.bound() <= min(prices) and min(prices) > 0
    lanes = len(race.lanes)
    while race.unbuilt():
        race.build_walls()
    assert len(race.lanes) > lanes and len(race.sites) == len(halls_for(problem))
    for lane in race.lanes:
        assert lane.bound >= price_of_hall(lane.problem, problem.weights)


def test_an_earlier_layout_is_taken_up_in_its_own_hall_though_another_is_prepared_first() -> None:
    problem, effort = small_office(), Effort(seconds=20.0, seed=1)
    sites, waiting = soonest_of(problem, 18, lambda: False)
    race = Race(problem, effort, sites, Clock(effort), None, None, "")
    race.waiting = [(offer, 18) for offer in waiting]
    *_, other = waiting
    (question, *_) = other.prepared(18).ready.questions
    first = {e: [m for q in sites[0].ready.questions for m in q.modes[e]] for e in question.modes}
    poses = [
        mode.pose(run.lo) for e, modes in question.modes.items() for mode in modes for run in mode.runs[:1]
        if not any(same_mode(m, mode.pose(run.lo)) for m in first[e])
    ]  # fmt: skip
    hint = tuple({pose.element: pose for pose in poses}.values())  # where the first hall has no place
    assert hint
    _from_hint(race, hint)
    assert max(known_places(lane.question, hint) for lane in race.lanes) == len(hint)


def test_where_the_first_hall_gives_no_layout_the_next_ones_are_searched() -> None:
    problem, effort = small_office(), Effort(seconds=20.0, seed=1)
    sites, waiting = soonest_of(problem, 18, lambda: False)
    race = Race(problem, effort, sites, Clock(effort), None, None, "")
    race.waiting = [(offer, 18) for offer in waiting]
    for lane in race.lanes:
        lane.closed, lane.bound = True, float("inf")  # as if nothing fitted there
    first_layouts(race, ())
    assert race.best is not None and race.lanes[race.best.lane].problem.hall != sites[0].problem.hall


def test_who_stops_waits_for_one_hall_at_most_and_nothing_is_said_to_be_proven() -> None:
    cancel = Cancel()
    cancel.set()
    found = solve(small_office(), Effort(seconds=20.0, seed=1), cancel=cancel)
    assert found.layout is None and found.record.status != "infeasible"
    assert len(found.record.freedom["halls"]) == 1


def test_where_staff_reach_no_wall_of_a_hall_one_spine_of_it_is_enough_to_tell() -> None:
    closed = replace(LEVEL, doors=tuple(d for d in LEVEL.doors if d.id != "staff"))
    for site in sites_of(replace(small_office(), level=closed), 18):
        if not site.ready.arcs:
            assert not any(all(q.modes.values()) for q in site.ready.questions)
    assert any(not site.ready.arcs for site in sites_of(replace(small_office(), level=closed), 18))


def test_a_hall_that_is_chosen_already_is_the_only_site() -> None:
    problem = small_office()
    site, *_ = sites_of(problem, 18)
    assert [s.typology.name for s in sites_of(site.problem, 18)] == ["perimeter"]


# -- tampered answers -------------------------------------------------------------------------------------------------


def _with_hall(answer: Answer, **changes: object) -> Answer:
    problem, placement = answer
    hall = replace(placement.hall, **changes)
    levels = tuple(replace(lv, hall=hall) for lv in placement.layout.levels)
    return problem, replace(placement, hall=hall, layout=replace(placement.layout, levels=levels))


def _with_items(answer: Answer, change: Callable[[Item], Item]) -> Answer:
    problem, placement = answer
    (level,) = placement.layout.levels
    items = tuple(change(i) for i in level.items)
    return problem, replace(placement, layout=replace(placement.layout, levels=(replace(level, items=items),)))


def test_a_wall_that_stays_may_not_be_told_to_go(placed) -> None:
    problem, placement = placed
    wall = placement.hall.removed[0].wall
    walls = tuple(replace(w, structural=True) if w.id == wall else w for w in problem.level.walls)
    assert "removed_walls_may_go" in codes(replace(problem, level=replace(problem.level, walls=walls)), placement)


def test_a_removed_wall_may_not_be_kept_quiet(placed) -> None:
    assert codes(*_with_hall(placed, removed=placed[1].hall.removed[:-1])) & {"hall_of_rooms", "terms_agree"}


def test_a_length_that_is_not_the_wall_s_is_refused(placed) -> None:
    removed = tuple(replace(r, length_mm=r.length_mm // 2) for r in placed[1].hall.removed)
    assert "removed_walls_may_go" in codes(*_with_hall(placed, removed=removed))


def test_layout_and_answer_tell_the_same_hall(placed) -> None:
    problem, placement = placed
    assert "hall_of_rooms" in codes(problem, replace(placement, hall=replace(placement.hall, spaces=("s1", "s2"))))


def test_a_building_without_a_hall_told_is_refused(placed) -> None:
    problem, placement = placed
    levels = tuple(replace(lv, hall=None) for lv in placement.layout.levels)
    bare = replace(placement, hall=None, layout=replace(placement.layout, levels=levels))
    assert "hall_of_rooms" in codes(problem, bare)


def _archive_in(space: str, level: Level) -> Callable[[Item], Item]:
    outline = next(s for s in level.spaces if s.id == space).outline.outer
    return lambda item: replace(item, space=space, polygon=outline) if item.id == "archive" else item


@pytest.mark.parametrize("space", ["n3", "n9", "s2"], ids=["wet", "stair", "the hall's own"])
def test_a_room_that_must_not_be_used_is_refused(placed, space: str) -> None:
    assert "rooms_that_stand" in codes(*_with_items(placed, _archive_in(space, placed[0].level)))


def test_two_rooms_in_one_are_refused(placed) -> None:
    server = next(i for i in placed[1].layout.levels[0].items if i.id == "server")
    assert "rooms_that_stand" in codes(*_with_items(placed, _archive_in(server.space, placed[0].level)))


def test_a_room_too_small_for_what_it_becomes_is_refused(placed) -> None:
    problem, placement = placed
    rooms = tuple(replace(r, area_m2=20.0) if r.id == "archive" else r for r in problem.programme.rooms)
    grown = replace(problem, programme=replace(problem.programme, rooms=rooms))
    assert "rooms_that_stand" in codes(grown, placement)


def test_staff_rooms_that_staff_cannot_reach_are_refused(placed) -> None:
    problem, placement = placed
    doors = tuple(d for d in problem.level.doors if d.id != "staff")
    assert "rooms_entered_rightly" in codes(replace(problem, level=replace(problem.level, doors=doors)), placement)


def test_a_public_room_without_free_floor_at_its_door_is_refused(placed) -> None:
    bare = _with_items(placed, lambda i: replace(i, clear_zones=()) if i.id == "nursing" else i)
    assert "rooms_entered_rightly" in codes(*bare)


def test_a_new_door_may_not_be_cut_into_a_wall_that_stays(placed) -> None:
    problem, placement = placed
    assert placement.hall.doors, "the nursing room has no door to the hall of its own"
    walls = tuple(replace(w, structural=True) if w.id == "t-s4" else w for w in problem.level.walls)
    assert "rooms_entered_rightly" in codes(replace(problem, level=replace(problem.level, walls=walls)), placement)


def test_no_hall_is_empty_and_says_nothing() -> None:
    assert Hall(spaces=()).removed == ()


def closet_for_staff(*, may_go: bool) -> PlacementProblem:
    """The small office, whose staff come in by the room at its far end, that has no other door; thin walls about it."""
    shut = ("staff", "d-s5")
    doors = [d for d in LEVEL.doors if d.id not in shut]
    x = 6 * 6120 - 120
    doors.append(Door(id="closet", use="staff", p=(x, 4000), q=(x, 5000), clear_mm=950))
    walls = (replace(w, structural=not may_go) if w.id == "t-s5" else w for w in LEVEL.walls)
    return replace(small_office(), level=replace(LEVEL, doors=tuple(doors), walls=tuple(walls)))


def test_a_building_without_a_staff_door_is_told_before_any_search() -> None:
    closed = replace(LEVEL, doors=tuple(d for d in LEVEL.doors if d.id != "staff"))
    assert impossible(replace(small_office(), level=closed)) == (("placement.no_staff_door", {"level": "0"}),)


def test_a_staff_door_into_a_room_that_no_hall_can_take_in_is_told_before_any_search() -> None:
    problem = closet_for_staff(may_go=False)
    assert impossible(problem) == (("placement.staff_door_serves_no_hall", {"door": "closet", "level": "0"}),)
    answer = solve(problem, QUICK)
    assert answer.layout is None, "what is told to be impossible is not found either"


def test_a_hall_takes_in_the_room_that_the_staff_door_opens_on_where_no_other_hall_has_staff() -> None:
    problem = closet_for_staff(may_go=True)
    assert impossible(problem) == ()
    first, *_ = halls_for(problem)
    assert "s5" in first.spaces
    assert any(d.use == "staff" for d in as_planned(problem.level, first).doors)


def test_another_staff_door_is_proposed_where_a_hall_of_rooms_has_one() -> None:
    problem = closet_for_staff(may_go=False)
    door = another_staff_door(problem.level)
    assert door is not None
    mended = replace(problem, level=replace(problem.level, doors=(*problem.level.doors, door)))
    assert impossible(mended) == ()
    assert any(d.use == "staff" for hall in halls_for(mended) for d in as_planned(mended.level, hall).doors)


def test_a_change_in_a_building_is_tried_in_the_halls_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """To grow halls for each change took longer than the change's test."""
    problem, asked = small_office(), []
    monkeypatch.setattr("solvers.placement.relaxing.fits", lambda changed, seconds, cancel: asked.append(changed))
    room = max(problem.programme.rooms, key=lambda r: r.area_m2)
    changed = without_modules(problem, frozenset({room.id}))
    assert not found(changed, 30.0, of=problem)
    assert [each.hall for each in asked] == list(halls_for(problem))
    assert all(room.id not in {r.id for r in each.programme.rooms} for each in asked)
