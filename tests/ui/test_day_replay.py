"""The data of the animated day: nobody in two places, nobody through time backwards, lines that are the kernel's."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from layouts.layout import Item, Layout, LevelLayout, Route
from layouts.plan import Door, FloorPlan, Polygon, Space
from planner.chain.simulating import simulate_days
from planner.chain.tracing import traced_day
from planner.project import Project
from planner.ui.day.places import Pool
from planner.ui.day.replay import SERVED, WAITING, WALKING, replay_of
from tests.planner.small_centre import a_hall, a_small_centre

BANKS = ("reception", "registration", "cashier")


def a_layout() -> Layout:
    """Counters along the north wall facing south, a seat before each, and ways from door to bank to door."""
    items, routes = [], []
    for n, bank in enumerate(BANKS):
        for k in range(4):
            x, y = 4_000 + 5_000 * n + 1_000 * k, 12_000
            items.append(_item(f"{bank}{k}", "counter", bank, x, y, ("s",)))
            items.append(_item(f"{bank}-seat{k}", "seat", bank, x, y - 4_000, ()))
        middle = (5_500 + 5_000 * n, 10_000)
        routes.append(_route("in", bank, ((0, 7_500), (2_000, 8_000), middle)))
        routes.append(_route(bank, "out", (middle, (20_000, 7_500))))
    routes.append(_route("registration", "cashier", ((10_500, 10_000), (15_500, 10_000))))
    return Layout(levels=(LevelLayout(level="L0", items=tuple(items), public=(), staff=(), routes=tuple(routes)),))


def _item(id_: str, kind: str, bank: str, x: int, y: int, services: tuple[str, ...]) -> Item:
    ring = ((x - 300, y - 300), (x + 300, y - 300), (x + 300, y + 300), (x - 300, y + 300))
    return Item(id=id_, kind=kind, polygon=ring, insert_mm=(x, y), rotation_deg=0.0, bank=bank, services=services)


def _route(a: str, b: str, line) -> Route:
    return Route(
        from_id=a, to_id=b, visitors_per_day=10, centreline=line, length_mm=8_000, clear_width_mm=2_000, narrowest=line[0]
    )


@cache
def traced(layout: bool = True):
    return traced_day(a_small_centre(), seed=3, layout=a_layout() if layout else None)


@cache
def a_replay(layout: bool = True):
    return replay_of(a_small_centre(), traced(layout), a_layout() if layout else None)


def moves(person):
    return [person[i : i + 5] for i in range(0, len(person), 5)]


def test_everybody_moves_forwards_in_time_and_from_where_they_stand():
    replay = a_replay()
    assert len(replay["people"]) == len(traced().visitors) > 20
    for person in replay["people"]:
        rows = moves(person)
        assert all(start <= end for start, end, *_ in rows)
        assert all(a[1] <= b[0] for a, b in pairwise(rows))
        for a, b in pairwise(rows):
            assert replay["ways"][a[3]][-1] == replay["ways"][b[3]][0]


def test_everybody_comes_in_by_one_door_and_goes_out_by_the_other():
    replay = a_replay()
    for person, visitor in zip(replay["people"], traced().visitors, strict=True):
        rows = moves(person)
        assert replay["ways"][rows[0][3]][0] == [0, 750]
        assert rows[0][0] >= 60 * visitor.came_min - 1
        if visitor.left_min is not None:
            assert replay["ways"][rows[-1][3]][-1] == [2000, 750] and rows[-1][2] == WALKING


@pytest.mark.parametrize("doing", [WAITING, SERVED])
def test_no_two_people_have_the_same_place_at_the_same_time(doing):
    replay = a_replay()
    spells = {}
    for person in replay["people"]:
        for start, end, what, way, _ in moves(person):
            if what == doing:
                spells.setdefault(way, []).append((start, end))
    assert sum(map(len, spells.values())) > 10
    for rows in spells.values():
        assert all(a[1] <= b[0] + 1 for a, b in pairwise(sorted(rows)))


def test_lines_by_the_minute_sum_up_to_the_waits_of_the_day():
    replay = a_replay()
    for n in range(len(replay["banks"])):
        waited = sum(
            v.called_min - v.joined_min for p in traced().visitors for v in p.visits if v.bank == n and v.called_min is not None
        )
        seen = sum(row[0] for row in replay["counts"][n])
        calls = sum(v.bank == n for p in traced().visitors for v in p.visits)
        assert abs(seen - waited) <= calls**0.5 * 2 + 3
    assert replay["inside"][-1] == 0 and max(replay["inside"]) > 3


def test_the_traced_day_is_one_of_those_that_the_page_simulates():
    answer = simulate_days(a_small_centre(), days=1, seed=3, layout=a_layout())
    assert answer["visitors_per_day"]["value"] == len(traced().visitors)
    assert answer["banks"][1]["visits_per_day"] == sum(v.bank == 1 for p in traced().visitors for v in p.visits)


def test_without_a_layout_nobody_has_a_place_but_the_lines_are_told():
    replay = a_replay(False)
    assert replay["people"] == [] and len(replay["counts"]) == 3 and max(replay["inside"]) > 3


def two_storeys() -> tuple[Project, Layout]:
    """The cashiers stand on the floor above; a lift at (0, 3000) joins both."""
    (placed,) = a_layout().levels
    hall = a_hall().levels[0]
    west = Polygon(outer=((-2_300, 2_000), (0, 2_000), (0, 4_000), (-2_300, 4_000)))
    shaft = Space(id="lift", name="LIFT", kind="", outline=west)
    lift = Door(id="lift", use="internal", p=(0, 2_500), q=(0, 3_500), clear_mm=950)
    below = replace(hall, doors=(*hall.doors, lift), spaces=(*hall.spaces, shaft))
    above = replace(hall, id="upper", elevation_mm=4_000, doors=(lift,), spaces=(shaft,))
    up = [i for i in placed.items if i.bank == "cashier"]
    ground = replace(
        placed, items=tuple(i for i in placed.items if i not in up),
        routes=(*(r for r in placed.routes if "cashier" not in (r.from_id, r.to_id)),
                _route("registration", "lift", ((10_500, 10_000), (4_000, 5_000), (0, 3_000)))),
    )  # fmt: skip
    upper = replace(placed, level="upper", items=tuple(up), routes=(_route("lift", "cashier", ((0, 3_000), (15_500, 10_000))),))
    return a_small_centre(plan=FloorPlan(levels=(below, above))), Layout(levels=(ground, upper))


def test_people_of_several_storeys_walk_on_their_own_and_change_by_the_lift():
    project, layout = two_storeys()
    replay = replay_of(project, traced(), layout)
    assert replay["storeys"] == ["L0", "upper"] and replay["counts"] == a_replay()["counts"]
    cashier = BANKS.index("cashier")
    changes = 0
    for person in replay["people"]:
        rows = moves(person)
        assert all(replay["on"][way] == (bank == cashier) for _, _, doing, way, bank in rows if doing != WALKING)
        for a, b in pairwise(rows):
            leaves, comes = replay["ways"][a[3]][-1], replay["ways"][b[3]][0]
            if replay["on"][a[3]] == replay["on"][b[3]]:
                assert leaves == comes
            else:
                assert leaves == comes == [0, 300] and a[1] == b[0]
                changes += 1
        assert replay["on"][rows[0][3]] == 0 and replay["ways"][rows[0][3]][0] == [0, 750]
    assert changes > 10 and changes % 2 == 0
    assert [0, 300] in replay["ways"][next(m[3] for p in replay["people"] for m in moves(p) if replay["on"][m[3]])]


def test_whoever_finds_all_places_taken_stands_in_a_line_behind_them():
    pool = Pool([(0, 0), (1_000, 0)], (0, -1_000), (0.0, -600.0))
    taken = [pool.take() for _ in range(4)]
    assert [pool.at(n) for n in taken] == [(0, 0), (1_000, 0), (0, -1_000), (0, -1_600)]
    pool.give(taken[0])
    assert pool.take() == taken[0]
