"""Where no gangway of a bank's rows lets anybody through: known before a layout is drawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.plan import Column
from solvers.placement.prepare import prepare
from solvers.placement.problem import PlacementProblem
from solvers.placement.quick import QuickSearch
from solvers.placement.row_ways import shut_stretches
from solvers.placement.seat_rows import Box
from solvers.placement.seating import gangway_options, mirrored, seat_block, turned
from tests.builders_placement import RULES, a_problem, bank, box, flow, straight_hall

WIDTH, GANGWAY = RULES.seat_width_mm, RULES.gangway_mm


def test_rows_with_seats_to_spare_are_open_all_along() -> None:
    assert shut_stretches(9000, 2, 10, 0, (), RULES) == ()


def test_rows_that_hold_just_the_seats_asked_for_are_open_wherever_their_gangway_may_run() -> None:
    assert shut_stretches(4800, 2, 12, 0, (), RULES) == ()  # six a row beside a gangway anywhere
    long = shut_stretches(4800 + WIDTH // 2, 2, 12, 0, (), RULES)
    assert sum(b - a for a, b in long) < WIDTH  # what no gangway covers is narrower than a seat


def test_a_column_in_each_gangway_that_leaves_seats_enough_shuts_the_rows() -> None:
    middle = seat_block(4800, 2, 12, 0, (), RULES).gangway
    column = (middle[0] + 300, 100, middle[1] - 300, 700)
    assert seat_block(4800, 2, 12, 0, (column,), RULES) is not None  # it can be drawn, with a column in its gangway
    assert shut_stretches(4800, 2, 12, 0, (column,), RULES) == ((0, 4800),)


def test_a_column_that_leaves_a_way_as_wide_as_visitors_need_shuts_nothing_in_a_wide_gangway() -> None:
    wide = replace(RULES, gangway_mm=RULES.clear_width_mm + 600)
    beside = (0, 100, 500, 700)
    assert shut_stretches(wide.gangway_mm + WIDTH, 1, 1, 0, (beside,), wide) == ()
    assert shut_stretches(GANGWAY + WIDTH, 1, 1, 0, ((700, 100, 1900, 700),), RULES)


columns = st.tuples(st.integers(0, 7000), st.integers(0, 1800), st.integers(200, 600)).map(
    lambda c: (c[0], c[1], c[0] + c[2], c[1] + c[2])
)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1500, 9000), st.integers(1, 3), st.integers(1, 30), st.integers(0, 1), st.lists(columns, max_size=2).map(tuple)
)
def test_no_open_gangway_that_can_be_drawn_lies_in_what_is_called_shut(
    length: int, rows: int, seats: int, bays: int, cols: tuple[Box, ...]
) -> None:
    shut = shut_stretches(length, rows, seats, bays, cols, RULES)
    for before in gangway_options(length, RULES):
        low = seat_block(length, rows, seats, bays, cols, RULES, gangway=before)
        high = seat_block(length, rows, seats, bays, turned(cols, length), RULES, gangway=before)
        for block in (low, mirrored(high, length) if high is not None and bays else None):
            if block is None:
                continue
            u0, u1 = block.gangway
            if not any(a < u1 and b > u0 for a, _, b, _ in cols):
                assert not any(a < u1 and b > u0 for a, b in shut)


def test_a_layout_whose_rows_no_gangway_opens_is_refused_unless_people_walk_round_them() -> None:
    """The bank fills the wall between two piers: behind its rows nobody comes to its counters but through them."""
    piers = (box(0, 1500, 7300, 2300), box(0, 8100, 7300, 8900))
    level = straight_hall(14_000, 12_000, way_x=11_000, obstacles=piers)
    asked = a_problem(bank("A", 3, seats=12), flows=(flow("A"),), level=level, rules=RULES, spines=1)
    assert _refused(asked) == 0
    column = Column(id="c", outline=box(6000, 5000, 6300, 5600))
    assert _refused(replace(asked, level=replace(level, columns=(column,)))) > 0


def _refused(problem: PlacementProblem) -> int:
    """Fronts that are refused from some place on the left wall, without staff corridors."""
    ready = prepare(problem)
    search = QuickSearch(ready.questions[0], RULES, problem.weights, seed=1)
    refused = []
    for k in range(len(search.places["A"].u)):
        mode = search.q.modes["A"][int(search.places["A"].mode[k])]
        if mode.inside.waiting is not None and mode.axis == "y" and mode.back == 0:
            refused.append(search.access.unreached({"A": k}, [(0, 0)] * len(search.q.ground.arcs)))
    return max(refused, default=-1)
