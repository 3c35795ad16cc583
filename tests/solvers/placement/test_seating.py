"""Waiting blocks: seats, gangway, bays and columns, in the block's own millimetres."""

from __future__ import annotations

from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from solvers.placement.modules import bank_length, rows_needed, seats_per_row, waiting_depth
from solvers.placement.seat_rows import Box
from solvers.placement.seating import CLEAR_OF_COLUMN_MM, Seating, gangway_options, mirrored, seat_block, seats_fit
from tests.builders_placement import RULES, bank


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_a_row_holds_as_many_seats_as_fit_beside_the_gangway() -> None:
    block = seat_block(4800, 1, 6, 0, (), RULES)  # 1.5 m of gangway leave 3.3 m: six seats
    assert block is not None and len(block.seats) == 6
    assert seat_block(4800, 1, 7, 0, (), RULES) is None
    assert seat_block(4799, 1, 6, 0, (), RULES) is None


def test_the_gangway_runs_near_the_middle_and_no_seat_stands_in_it() -> None:
    block = seat_block(4800, 3, 18, 0, (), RULES)
    assert block.gangway == (1650, 3150)
    assert not [s for s in block.seats if s[0] < block.gangway[1] and block.gangway[0] < s[2]]


def test_the_gangway_stands_where_it_is_told_to() -> None:
    assert [seat_block(4800, 1, 6, 0, (), RULES, gangway=k).gangway[0] for k in gangway_options(4800, RULES)] == [
        550 * k for k in range(7)
    ]


def test_bays_end_the_first_rows_and_take_their_seats() -> None:
    block = seat_block(6000, 3, 1, 2, (), RULES)
    assert block.bays == ((0, 0, 900, 1400), (900, 0, 1800, 1400))
    full = seat_block(6000, 3, 16, 2, (), RULES)  # 4.5 m seat 8 a row; two rows lose 1.8 m to the bays
    assert full is not None and all(not overlap(s, b) for s in full.seats for b in full.bays)


def test_a_bay_on_a_column_is_no_bay() -> None:
    assert seat_block(6000, 2, 4, 1, ((300, 300, 600, 600),), RULES) is None
    assert seat_block(6000, 2, 4, 1, ((3000, 300, 3300, 600),), RULES) is not None


def test_a_column_costs_the_seats_it_touches_and_no_others() -> None:
    free = seat_block(4800, 1, 6, 0, (), RULES)
    first = free.seats[0]
    column = (first[0] + 100, first[1] + 100, first[0] + 200, first[1] + 200)
    assert seat_block(4800, 1, 6, 0, (column,), RULES, gangway=3) is None
    assert seat_block(4800, 1, 5, 0, (column,), RULES, gangway=3).seats == free.seats[1:]


def test_the_gangway_moves_to_a_column_that_would_cost_seats() -> None:
    moved = seat_block(4800, 1, 6, 0, ((100, 450, 200, 550),), RULES)
    assert moved is not None and moved.gangway == (0, 1500)


def test_surplus_seats_leave_the_row_at_the_aisle_whole() -> None:
    block = seat_block(4800, 2, 9, 0, (), RULES)  # twelve would fit
    rows = {v: [s for s in block.seats if s[1] == v] for v in {s[1] for s in block.seats}}
    assert [len(rows[v]) for v in sorted(rows)] == [6, 3]


def test_a_short_block_has_whole_rows_beside_one_gangway_at_their_end() -> None:
    block = seat_block(4400, 2, 10, 0, (), RULES)  # five a row: two and three beside a gangway in the middle
    assert {len(g) for g in groups(block)} == {5}


def test_a_row_that_is_not_needed_stays_empty_instead_of_thinning_all() -> None:
    block = seat_block(5400, 3, 7, 0, (), RULES)
    assert len({s[1] for s in block.seats}) == 1


def test_seats_stand_beside_their_bay_without_a_gap() -> None:
    block = seat_block(6600, 2, 12, 1, (), RULES)
    first = min(s[0] for s in block.seats if s[1] < block.bays[0][3])
    assert first == block.bays[0][2] or first == block.gangway[1]


def test_seen_from_the_other_end_a_block_is_the_same() -> None:
    block = seat_block(6600, 2, 10, 1, (), RULES)
    turned = mirrored(block, 6600)
    assert turned.bays == ((5700, 0, 6600, 1400),) and mirrored(turned, 6600) == block


def test_a_block_without_seats_still_has_its_gangway() -> None:
    assert seat_block(1500, 1, 0, 0, (), RULES).gangway == (0, 1500)
    assert seat_block(1400, 1, 0, 0, (), RULES) is None


columns = st.tuples(st.integers(0, 7000), st.integers(0, 3000), st.integers(200, 600)).map(
    lambda c: (c[0], c[1], c[0] + c[2], c[1] + c[2])
)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1500, 9000), st.integers(1, 4), st.integers(0, 30), st.integers(0, 2), st.lists(columns, max_size=2).map(tuple)
)
def test_whatever_is_seated_is_seated_soundly(length: int, rows: int, seats: int, bays: int, cols: tuple[Box, ...]) -> None:
    block = seat_block(length, rows, seats, bays, cols, RULES)
    if block is None:
        return
    assert (len(block.seats), len(block.bays)) == (seats, bays)
    gangway = (block.gangway[0], -1, block.gangway[1], 10_000)
    things = [*block.seats, *block.bays, gangway]
    assert not [1 for a, b in combinations(things, 2) if overlap(a, b)]
    assert all(t[0] >= 0 and t[2] <= length for t in things) and block.gangway[1] - block.gangway[0] == RULES.gangway_mm
    k = CLEAR_OF_COLUMN_MM
    apart = [(u0 - k, v0 - k, u1 + k, v1 + k) for u0, v0, u1, v1 in cols]
    assert not [1 for s in (*block.seats, *block.bays) for c in apart if overlap(s, c)]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), st.integers(0, 30), st.integers(0, 2))
def test_rows_counted_for_the_model_seat_the_bank_when_drawn(positions: int, seats: int, bays: int) -> None:
    asked = bank("A", positions, seats=seats, bays=bays)
    length = bank_length(asked, RULES)
    rows = rows_needed(asked, length, RULES)
    if rows is None or length * 100 < RULES.gangway_mm + bays * RULES.wheelchair_bay_mm[0]:
        return
    drawn = seat_block(length * 100, rows, seats, bays, (), RULES)
    lost = 1  # the gangway behind the bays may cost one seat a row against the count
    assert isinstance(drawn or seat_block(length * 100, rows, max(0, seats - lost * rows), bays, (), RULES), Seating)


def test_a_waiting_block_is_never_shallower_than_its_bay() -> None:
    assert waiting_depth(bank("A", bays=1), 1, RULES) == 14
    assert waiting_depth(bank("A"), 1, RULES) == 9
    assert waiting_depth(bank("A", bays=1), 3, RULES) == 27


def test_seats_per_row_leave_room_for_gangway_and_bays() -> None:
    assert seats_per_row(48, 0, 0, RULES) == 6
    assert [seats_per_row(48, row, 1, RULES) for row in (0, 1, 2)] == [4, 4, 6]


def groups(block: Seating) -> list[list[Box]]:
    """Seats side by side."""
    found: list[list[Box]] = []
    for seat in sorted(block.seats, key=lambda s: (s[1], s[0])):
        if found and found[-1][-1][1] == seat[1] and found[-1][-1][2] == seat[0]:
            found[-1].append(seat)
        else:
            found.append([seat])
    return found


@settings(deadline=None)
@given(st.integers(4000, 9000), st.integers(2, 4), st.integers(4, 40))
def test_nobody_sits_alone_where_seats_are_dropped(length: int, rows: int, seats: int) -> None:
    """Unless the side of the gangway holds one seat alone, or an odd seat is all that is left."""
    block = seat_block(length, rows, seats, 0, (), RULES)
    if block is None:
        return
    full = seat_block(length, rows, 1, 0, (), RULES, gangway=0)
    assert full is not None
    sides = [(block.gangway[0]) // RULES.seat_width_mm, (length - block.gangway[1]) // RULES.seat_width_mm]
    alone = [g for g in groups(block) if len(g) == 1]
    assert len(block.seats) == seats
    assert len(alone) <= 1 or 1 in sides


def test_seats_cut_off_from_the_gangway_by_a_column_are_dropped_first() -> None:
    column = (1150, 400, 1350, 600)
    block = seat_block(7000, 1, 6, 0, (column,), RULES, gangway=4)
    assert block is not None
    assert all(s[2] > 1350 for s in block.seats), "the seats beyond the column went, those at the gangway stayed"


@given(
    length=st.integers(10, 160), rows=st.integers(1, 4), seats=st.integers(0, 50), bays=st.integers(0, 2),
    at=st.lists(st.tuples(st.integers(-6, 160), st.integers(-6, 40), st.integers(3, 5)), max_size=3),
)  # fmt: skip
@example(length=132, rows=2, seats=35, bays=2, at=[(34, 0, 5)])  # only with the gangway moved up to the bays
@settings(max_examples=300, deadline=None)
def test_seats_are_counted_as_they_are_laid_out(
    length: int, rows: int, seats: int, bays: int, at: list[tuple[int, int, int]]
) -> None:
    columns = tuple((100 * u, 100 * v, 100 * (u + size), 100 * (v + size)) for u, v, size in at)
    laid_out = seat_block(100 * length, rows, seats, bays, columns, RULES)
    assert seats_fit(100 * length, rows, seats, bays, columns, RULES) == (laid_out is not None)


def test_a_gangway_past_the_end_keeps_three_seats_together_beside_their_bay() -> None:
    through = seat_block(3600, 2, 3, 1, (), RULES)  # 1.5 m of gangway leave two seats a row beside the bay
    past = seat_block(3600, 2, 3, 1, (), RULES, gangway=-3)
    assert through is not None and past is not None
    assert sorted(len(g) for g in groups(through)) == [1, 2]
    assert [len(g) for g in groups(past)] == [3] and past.seats[0][0] == past.bays[0][2]
    assert past.gangway == (2550, 2550 + RULES.gangway_mm), "it runs on beside the block"
    assert past.unease < through.unease


def test_a_gangway_past_the_end_never_takes_seats_out_of_the_block() -> None:
    assert seat_block(3600, 2, 4, 1, (), RULES, gangway=-5) is None, "five seats beside a bay are longer than the block"
    assert seat_block(3600, 1, 4, 1, (), RULES, gangway=-4) is not None
