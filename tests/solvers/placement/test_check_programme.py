"""The checker refuses a placement tampered with in what was asked for: its modules, their numbers, sizes and zones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.layout import Item
from layouts.plan import Polygon
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, box
from tests.solvers.placement.problems import PROBLEMS
from tests.solvers.placement.tampered import Answer, a_block, codes, item_of, moved, pose_of, with_item, with_items, with_level


@pytest.fixture(scope="module")
def staffed() -> Answer:
    return PROBLEMS["islands"], solve(PROBLEMS["islands"], QUICK)


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
    net = (long - 200) * (deep - 200) / 1e6

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
