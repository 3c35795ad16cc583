"""Two layouts held against each other: what moved, came and went, and what became better."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.layout import Item, Layout, LevelLayout
from planner.variants import by_bank, by_module, deltas, differences, measures_of

FAR = st.integers(min_value=-20_000, max_value=20_000)


def thing(name: str, x: int, y: int, *, kind: str = "counter", bank: str = "deeds", turn: float = 0.0, **more: object) -> Item:
    ring = ((x, y), (x + 1000, y), (x + 1000, y + 600), (x, y + 600))
    return Item(
        id=name, kind=kind, bank=bank, polygon=ring, insert_mm=(x + 500, y), rotation_deg=turn, **more  # type: ignore[arg-type]
    )


def a_layout(*items: Item) -> Layout:
    return Layout(levels=(LevelLayout(level="L0", items=items, public=(), staff=()),))


def test_a_layout_differs_in_nothing_from_itself() -> None:
    layout = a_layout(thing("a", 0, 0), thing("b", 2000, 0))
    found = differences(layout, layout)
    assert (found.moved, found.added, found.removed, found.same) == ((), (), (), 2)


def test_like_things_are_paired_by_place_and_not_by_number() -> None:
    before = a_layout(thing("a", 0, 0), thing("b", 2000, 0))
    after = a_layout(thing("b", 0, 0), thing("a", 2000, 0))
    assert differences(before, after).same == 2


def test_a_thing_that_moved_says_how_far_and_from_where() -> None:
    found = differences(a_layout(thing("a", 0, 0)), a_layout(thing("a", 3000, 4000)))
    move = found.moved[0]
    assert (move.by_mm, move.from_mm, move.to_mm) == (5000, (500, 300), (3500, 4300))


def test_a_thing_that_only_turned_has_changed_too() -> None:
    found = differences(a_layout(thing("a", 0, 0)), a_layout(thing("a", 0, 0, turn=270.0)))
    assert (found.moved[0].by_mm, found.moved[0].turned_deg) == (0, -90)


def test_what_has_no_match_came_or_went() -> None:
    before = a_layout(thing("a", 0, 0), thing("k", 0, 5000, kind="kiosk", bank="kiosks"))
    after = a_layout(thing("a", 0, 0), thing("b", 2000, 0))
    found = differences(before, after)
    assert (found.added, found.removed) == (("b",), ("k",))


def test_a_row_that_moves_as_one_gets_one_arrow() -> None:
    before = a_layout(*(thing(f"s{n}", 1200 * n, 0, kind="seat") for n in range(5)))
    after = a_layout(*(thing(f"s{n}", 1200 * n, 9000, kind="seat") for n in range(5)))
    arrows = list(by_module(differences(before, after)))
    assert len(arrows) == 1
    assert arrows[0].by_mm == 9000


def test_a_bank_scattered_anew_is_one_arrow_from_middle_to_middle() -> None:
    before = a_layout(thing("r1", 0, 0), thing("r2", 2000, 0), thing("t1", 0, 5000, bank="tills"))
    after = a_layout(thing("r1", 0, 8000), thing("r2", 4000, 8000), thing("t1", 0, 6000, bank="tills"))
    assert sorted((m.bank, m.by_mm) for m in by_bank(differences(before, after))) == [("deeds", 8062), ("tills", 1000)]


@given(st.lists(st.tuples(FAR, FAR), min_size=1, max_size=6), st.lists(st.tuples(FAR, FAR), min_size=1, max_size=6))
def test_every_thing_is_told_once_and_the_way_back_is_as_long(old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
    first = a_layout(*(thing(f"a{n}", x, y) for n, (x, y) in enumerate(old)))
    second = a_layout(*(thing(f"b{n}", x, y) for n, (x, y) in enumerate(new)))
    there, back = differences(first, second), differences(second, first)
    assert len(there.moved) + there.same + len(there.removed) == len(old)
    assert len(there.moved) + there.same + len(there.added) == len(new)
    assert sum(m.by_mm for m in there.moved) == pytest.approx(sum(m.by_mm for m in back.moved), abs=12)


def test_measures_change_with_a_sign_and_a_verdict() -> None:
    first = {"linearity_index": 60.0, "walk_m_per_visit": 40.0, "counters": 5}
    second = {"linearity_index": 70.0, "walk_m_per_visit": 44.0, "counters": 6, "crossing": 1.0}
    told = {d.name: (d.change, d.better) for d in deltas(first, second)}
    assert told == {"linearity_index": (10.0, True), "walk_m_per_visit": (4.0, False), "counters": (1.0, None)}


def test_seats_and_counters_are_counted_on_the_layout_itself() -> None:
    layout = a_layout(
        thing("c", 0, 0, services=("deed",)),
        replace(thing("s", 0, 2000, kind="seat"), seats=0),
        replace(thing("beam", 0, 4000, kind="beam_seating"), seats=4),
    )
    assert measures_of(layout, {"walk_m_per_visit": 30.5, "spurious": 1}) == {
        "walk_m_per_visit": 30.5,
        "seats": 5,
        "counters": 1,
    }
