"""Inside a furnished room: floor to open its door, to turn, and before what stands in it; each rule passes and refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.access_rooms import Furnished, check_rooms, refused
from layouts.findings import Finding
from layouts.layout import Item
from layouts.plan import Door
from layouts.standards import profile
from tests.layouts.halls import box

RULES = profile("iraq-default")
DOOR = Door(id="d", use="internal", p=(500, -100), q=(1450, -100), clear_mm=900, swing="out")


def interview_room(*pieces: tuple[tuple[int, int], ...], door: Door = DOOR, public: bool = True) -> Furnished:
    """Four by four metres, its door in the south wall at the left; a table stands at the back unless others are given."""
    ring = box(0, 0, 4000, 4000)
    item = Item(id="r", kind="interview_room", bank="r", polygon=ring, insert_mm=(975, -100), rotation_deg=180, space="s")
    return Furnished(item=item, doors=(door,), pieces=pieces or (box(2000, 2600, 3400, 3400),), public=public)


def found(room: Furnished, code: str) -> Finding:
    (one,) = (f for f in check_rooms([room], RULES) if f.code == code)
    return one


def test_a_table_at_the_back_leaves_a_room_usable() -> None:
    assert refused(interview_room(), RULES) == ()
    assert check_rooms([], RULES) == ()


def test_a_shelf_behind_the_door_leaves_no_floor_to_open_it_by() -> None:
    """Pulled: 1525 deep and 455 beyond the latch, or nearer with 610 beside it; pushed, 1220 are enough."""
    shelf = box(0, 1400, 4000, 1800)
    pulled = found(interview_room(shelf, door=replace(DOOR, swing="in")), "access.room_door_manoeuvring")
    pushed = found(interview_room(shelf), "access.room_door_manoeuvring")
    pull_side = {pulled.values["side"], pushed.values["side"]}
    assert pull_side == {"pull", "push"}
    near = found(interview_room(box(0, 900, 4000, 1300)), "access.room_door_manoeuvring")
    assert (near.status, near.severity, near.where) == ("fail", "error", ("r>d",))
    assert near.measured is not None and 0.5 < near.measured < 0.95 and near.values["gap_mm"] in (898, 899, 900)
    assert len(near.witness) == 2


@pytest.mark.parametrize(("room", "door"), [("r", "d>1"), ("a>b", "d"), ("a>b", "c>d")])
def test_rooms_and_doors_bear_any_names(room: str, door: str) -> None:
    named = interview_room(box(0, 900, 4000, 1300), door=replace(DOOR, id=door))
    near = found(replace(named, item=replace(named.item, id=room)), "access.room_door_manoeuvring")
    assert near.status == "fail" and near.where == (f"{room}>{door}",)


def test_at_doors_of_staff_rooms_it_is_advised() -> None:
    near = found(interview_room(box(0, 900, 4000, 1300), public=False), "access.room_door_manoeuvring")
    assert (near.status, near.severity) == ("fail", "warning")
    assert {f.code for f in check_rooms([interview_room(public=False)], RULES) if f.status == "not_applicable"} == {
        "access.room_turning_circle", "access.room_clear_floor",
    }  # fmt: skip


@pytest.mark.parametrize(("free", "status"), [(1525, "pass"), (1400, "fail")])
def test_the_turning_circle_is_as_wide_as_the_floor_before_the_shelf(free: int, status: str) -> None:
    room = interview_room(box(0, free, 4000, 4000))
    turning = found(room, "access.room_turning_circle")
    assert (turning.status, turning.unit) == (status, "mm")
    assert turning.measured == pytest.approx(free, abs=3)
    assert turning.witness[0].kind == "circle"


def test_floor_that_no_way_leads_to_does_not_count_for_turning() -> None:
    across = box(0, 1300, 3300, 1400)  # leaves 700 mm to the free floor behind
    turning = found(interview_room(across), "access.room_turning_circle")
    assert turning.status == "fail" and turning.measured == pytest.approx(1300, abs=3)
    through = found(interview_room(box(0, 1300, 3000, 1400)), "access.room_turning_circle")
    assert through.status == "pass" and through.measured is not None and through.measured > 2000


def test_before_every_thing_lies_floor_for_a_wheelchair() -> None:
    assert found(interview_room(), "access.room_clear_floor").measured == 1220
    cupboards = (box(0, 3400, 4000, 4000), box(0, 2300, 4000, 2700))  # 700 mm between the two: the one behind is shut in
    shut_in = [f for f in check_rooms([interview_room(*cupboards)], RULES) if f.code == "access.room_clear_floor"]
    assert [(f.status, f.measured, f.where) for f in shut_in] == [("fail", pytest.approx(700, abs=2), ("r",))]
    assert (shut_in[0].values["x"], shut_in[0].values["y"]) == (2000, 3700)


def test_things_that_touch_are_one_and_columns_stand_in_the_way_too() -> None:
    chair = box(2300, 2100, 2800, 2600)  # at the table: beside it there is floor
    assert found(interview_room(box(2000, 2600, 3400, 3400), chair), "access.room_clear_floor").status == "pass"
    column = replace(interview_room(), columns=(box(500, 500, 1400, 900),))
    assert "access.room_door_manoeuvring" in refused(column, RULES)


def test_a_profile_without_the_numbers_is_told_as_not_checked() -> None:
    told = {f.code: f.status for f in check_rooms([interview_room()], profile("uk-adm"))}
    assert told["access.room_clear_floor"] == "not_checked"
