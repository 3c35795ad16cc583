"""A layout that grows in phases: what opens first, what stays together, and that nothing moves."""

from __future__ import annotations

from dataclasses import replace

from exports.floor_later import draw_later, roman
from layouts.layout import Item, LevelLayout
from solvers.phasing import Need, counted, opened_in_phases, standing_in


def _counter(n: int, *, accessible: bool = False, bank: str = "A") -> Item:
    x = n * 1600
    ring = ((x, 0), (x + 1600, 0), (x + 1600, 800), (x, 800))
    return Item(
        id=f"{bank}-{n:02d}", kind="counter", polygon=ring, insert_mm=(x + 800, 800), rotation_deg=180.0, bank=bank,
        accessible=accessible,
    )  # fmt: skip


def _seat(n: int, bank: str = "A") -> Item:
    x = n * 550
    ring = ((x, 4000), (x + 550, 4000), (x + 550, 4550), (x, 4550))
    return Item(id=f"{bank}-s{n}", kind="seat", polygon=ring, insert_mm=(x, 4000), rotation_deg=0.0, bank=bank, seats=1)


LAYOUT = LevelLayout(
    level="L0", items=(*(_counter(n, accessible=n == 5) for n in range(6)), *(_seat(n) for n in range(12))), public=(),
    staff=(),
)  # fmt: skip
NEEDS = (
    {"A": Need(positions=2, accessible_positions=1, seats=4)},
    {"A": Need(positions=4, accessible_positions=1, seats=8)},
    {"A": Need(positions=6, accessible_positions=1, seats=12)},
)
PHASED = opened_in_phases(LAYOUT, NEEDS)


def _phases(prefix: str) -> dict[str, int]:
    return {i.id: i.phase for i in PHASED.items if i.id.startswith(prefix)}


def test_accessible_counters_open_first_and_their_neighbours_next() -> None:
    assert _phases("A-0") == {"A-05": 0, "A-04": 0, "A-03": 1, "A-02": 1, "A-01": 2, "A-00": 2}


def test_seats_nearest_to_the_counters_in_use_open_first() -> None:
    seats = _phases("A-s")
    assert [seats[f"A-s{n}"] for n in range(12)] == [2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0]


def test_every_phase_opens_what_it_needs_and_the_last_everything() -> None:
    for number, needs in enumerate(NEEDS):
        assert counted(PHASED, number, ("A",)) == needs


def test_nothing_moves() -> None:
    assert tuple(replace(i, phase=0) for i in PHASED.items) == LAYOUT.items


def test_what_opens_later_does_not_stand_yet() -> None:
    assert len(standing_in(PHASED, 0).items) == 6 and standing_in(PHASED, 2).items == PHASED.items


def test_parts_of_a_long_bank_count_together() -> None:
    parts = (*(_counter(n, bank="A-1", accessible=n == 0) for n in range(3)), *(_counter(n + 9, bank="A-2") for n in range(3)))
    layout = opened_in_phases(replace(LAYOUT, items=parts), (NEEDS[1], NEEDS[2]))
    assert sum(i.phase == 0 for i in layout.items) == 4
    assert all(i.phase == 0 for i in layout.items if i.bank == "A-1")  # the part with the accessible counter fills first


def test_a_layout_of_rooms_alone_is_left_as_it_is() -> None:
    room = Item(id="r", kind="archive", polygon=((0, 0), (1, 0), (1, 1)), insert_mm=(0, 0), rotation_deg=0.0, bank="r")
    assert opened_in_phases(replace(LAYOUT, items=(room,)), NEEDS).items == (room,)


def test_later_things_are_marked_and_numbered_as_people_count() -> None:
    marked = list(draw_later(PHASED.items))
    assert {s.id for s in marked} == {i.id for i in PHASED.items if i.phase}
    numbers = {s.id: s.lines for s in marked if hasattr(s, "lines")}
    assert numbers == {"A-03": ("II",), "A-02": ("II",), "A-01": ("III",), "A-00": ("III",)}
    assert [roman(n) for n in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]
