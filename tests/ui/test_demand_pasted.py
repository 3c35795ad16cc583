"""Days pasted into the window for arrivals, however they were copied and written; what cannot be is refused at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.findings import BadInput
from planner.references import first_fault
from planner.ui.demand import edits
from planner.ui.demand.paste import pasted
from planner.ui.words import Words
from tests.ui.test_demand_edits import SMALL

DAY = SMALL.day_types[0]
STARTS = list(range(480, 720, 30))


@given(st.lists(st.lists(st.integers(0, 500), min_size=2, max_size=2), min_size=8, max_size=8))
def test_pasted_numbers_are_the_arrivals_whichever_way_they_were_copied(rows):
    bare = "\n".join("\t".join(map(str, row)) for row in rows)
    timed = "\n".join(
        ["from;Deed;Enquiry", *(f"{s // 60:02d}:{s % 60:02d};{a};{b}" for s, (a, b) in zip(STARTS, rows, strict=True))]
    )
    one, other = pasted(SMALL, DAY, bare), pasted(SMALL, DAY, timed)
    wanted = {
        (s, start): float(row[k]) for start, row in zip(STARTS, rows, strict=True) for k, s in enumerate(("deed", "enquiry"))
    }
    assert one.persons == other.persons == wanted
    assert edits.persons_of(one.project, "weekday") == wanted
    assert one.after == sum(map(sum, rows)) and first_fault(one.project) is None


def test_pasted_numbers_may_be_written_in_any_way():
    text = "من\tDeed\tEnquiry\n" + "\n".join(f"{s // 60:02d}:{s % 60:02d}\t١٬٢٣٤٫٥\t1.234,5" for s in STARTS)
    found = pasted(SMALL, DAY, text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert set(found.persons.values()) == {1234.5} and len(found.persons) == 2 * len(STARTS)


def as_copied(*rows, before="", after=""):
    """A block as a spreadsheet puts it on the clipboard: tabs, carriage returns, an empty line at its end."""
    lines = [f"{s // 60}:{s % 60:02d} AM\t{n}\t {2 * n}.00 " for n, s in enumerate(STARTS)]
    return "".join(f"{line}\r\n" for line in (*rows, *(before + line for line in lines), *([after] if after else ())))


@pytest.mark.parametrize(
    "text",
    [
        as_copied("From\tDeed\tEnquiry"),
        as_copied("Arrivals\t\t", "\t\t", 'From\tDeed\t"Enqui\nry"'),  # a title, a line broken within a cell
        as_copied("\tFrom\tDeed\tEnquiry", before="\t"),  # an empty column before
        as_copied("From\tDeed\tEnquiry", after="Total\t28\t56.00"),
        as_copied("\tDeed\tEnquiry").replace("\t0\t", "\t -   \t"),  # how amounts of nothing are shown
    ],
)
def test_what_spreadsheets_put_round_their_cells_is_left_out(text):
    found = pasted(SMALL, DAY, text)
    assert [found.persons["deed", s] for s in STARTS] == [float(n) for n in range(8)]
    assert [found.persons["enquiry", s] for s in STARTS] == [2.0 * n for n in range(8)]


@pytest.mark.parametrize("heading", ["", "Deed\tEnquiry\n"])
@pytest.mark.parametrize("empty", [1, 4, 6])
def test_an_empty_row_among_bare_figures_is_an_interval_and_moves_none(heading, empty):
    rows = ["" if n == empty else f"{n}\t{2 * n}" for n in range(8)]
    found = pasted(SMALL, DAY, heading + "\n".join(rows) + "\n\n")
    assert [found.persons["deed", s] for s in STARTS] == [0.0 if n == empty else float(n) for n in range(8)]
    assert [found.persons["enquiry", s] for s in STARTS] == [0.0 if n == empty else 2.0 * n for n in range(8)]


def test_an_empty_row_above_bare_figures_counts_only_where_the_day_is_whole_with_it():
    figures = [f"{n}\t{n}" for n in range(1, 9)]
    first_empty, all_told = pasted(SMALL, DAY, "\n".join(["", *figures[:7]])), pasted(SMALL, DAY, "\n".join(["", *figures]))
    assert [first_empty.persons["deed", s] for s in STARTS] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    assert [all_told.persons["deed", s] for s in STARTS] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]


def test_bare_figures_that_fill_the_day_only_without_their_gap_are_refused_not_moved_up():
    figures = [f"{n}\t{n}" for n in range(8)]
    with pytest.raises(BadInput, match="rows") as told:
        pasted(SMALL, DAY, "\n".join([*figures[:3], "", *figures[3:]]))
    assert told.value.values["given"] == 9


def test_a_place_below_an_empty_row_is_told_by_its_own_line():
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, "from\tDeed\n\n08:00\t3\n\n08:30\tmany")
    assert told.value.place == "5:2"


def test_a_place_is_told_as_it_is_in_what_was_copied():
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, "\tArrivals\t\n\tfrom\tDeed\n\t08:00\tmany")
    assert told.value.place == "3:3"


@pytest.mark.parametrize("last", ["Total\t3", "المجموع الكلي:\t7", "\t3", "Σ\t3", "Nachmittags\t5", "Source: the ministry\t"])
def test_a_last_row_that_is_named_or_comes_to_the_sums_is_no_time(last):
    found = pasted(SMALL, DAY, f"from\tDeed\n08:00\t2\n08:30\t3\n{last}")
    assert found.persons == {("deed", 480): 2.0, ("deed", 510): 3.0}


@pytest.mark.parametrize("last", ["O9:00\t3", "after 9\t30", "later\t4", "9 am\t3", "Total 9\t6", "later\tmany"])
def test_a_last_row_of_persons_is_never_taken_for_sums(last):
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, f"from\tDeed\n08:00\t2\n08:30\t3\n{last}")
    assert (told.value.code, told.value.place) == ("page.demand.paste.time", "4:1")


def test_a_pasted_column_of_percentages_that_make_up_the_whole_shares_out_the_service_s_day():
    written = ("10%", "10 %", "٢٠٪", "12,5 %", "%12.5", "١٢٫٥٪", "12.5%", "10 %")
    text = "from\tDeed\tEnquiry\n" + "\n".join(
        f"{s // 60:02d}:{s % 60:02d}\t{share}\t{n}" for n, (s, share) in enumerate(zip(STARTS, written, strict=True))
    )
    found = pasted(SMALL, DAY, text)
    assert [found.persons["deed", s] for s in STARTS] == [3.2, 3.2, 6.4, 4.0, 4.0, 4.0, 4.0, 3.2]  # of 32 persons
    assert [found.persons["enquiry", s] for s in STARTS] == [float(n) for n in range(8)]
    assert pasted(SMALL, DAY, "\n".join(written), "deed").persons["deed", STARTS[2]] == 6.4


def test_a_single_column_goes_to_the_chosen_service_and_leaves_the_others():
    found = pasted(SMALL, DAY, "\n".join("1,5" for _ in STARTS), "enquiry")
    now = edits.persons_of(found.project, "weekday")
    assert all(now["enquiry", s] == 1.5 and now["deed", s] == 4.0 for s in STARTS)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "page.demand.paste.empty", ""),
        ("1\t2\n3\t4", "page.demand.paste.rows", "1"),
        ("1\t2\t3\t4\n" * 8, "page.demand.paste.columns", "1:1"),
        ("from\tDeed\tPassport\tEnquiry\n08:00\t1\t2\t3", "page.demand.paste.service", "1:3"),
        ("from\tDeed\n08:10\t1", "page.demand.paste.time", "2:1"),
        ("from\tDeed\n08:00\tmany", "page.demand.paste.number", "2:2"),
        ("from\tDeed\n08:00\t-1", "page.demand.paste.number", "2:2"),
        ("from\tDeed\n08:00\t12 %", "page.demand.paste.percent", "2:2"),
        ("from\tDeed\n08:00\t4\n08:30\t١٠٠٪", "page.demand.paste.percent", "3:2"),
        ("from\tDeed\n08:00\t160 %\n08:30\t-60 %", "page.demand.paste.percent", "3:2"),
        ("from\tDeed\n08:00\t5 % %", "page.demand.paste.number", "2:2"),
    ],
)
def test_cells_that_cannot_be_arrivals_are_refused_with_their_place(text, code, place):
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, text)
    assert (told.value.code, told.value.place) == (code, place)
    assert Words("en").of_input(told.value) and Words("ar").of_input(told.value) != Words("en").of_input(told.value)
