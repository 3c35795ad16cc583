"""Cells of the tables of services and demand: how they are shown, what is read from what people type, what is refused."""

from __future__ import annotations

import pytest

from layouts.findings import BadInput
from planner.ui.demand import cells
from planner.ui.roster.names import skill_cell, skills_cell
from planner.ui.words import Words
from tests.ui.test_demand_edits import SMALL

IN_ENGLISH = cells.days_in(Words("en"))


def test_a_name_that_would_turn_the_words_beside_it_round_is_steadied():
    from planner.ui import kit

    assert cells.NAME.read("safe\u202egnp.exe\x07", "") == "safe gnp.exe"
    assert kit.safe_text("\u202ea<b>\n") == " a&lt;b&gt; " and kit.safe_text("\u2066-1\u2069") == "\u2066-1\u2069"


def test_a_cell_chosen_from_a_list_is_marked_and_escaped_throughout():
    cell = cells.named_from({"a": "<b>One</b>"})
    assert cell.marked and [cell.show(ident) for ident in ("a", "<i>")] == ["&lt;b&gt;One&lt;/b&gt;", "&lt;i&gt;"]
    assert cell.read(cell.choices[0], "") == "a"


def test_shares_are_typed_with_or_without_a_sign_in_any_digits_and_counts_are_none():
    for told in ("35", "35%", "35 %", "٣٥٪", "35,0 %", "٣٥٫٠", "%35", 35.0):
        assert cells.SHARE.read(told, "") == 0.35, told
    assert cells.SHARE.read("12,5 %", "") == 0.125 and cells.SHARE.show(0.35) == "35" and cells.NUMBER.show(7.5) == "7.5"
    for cell, other in ((cells.NUMBER, "35%"), (cells.WHOLE, "٣٥٪"), (cells.SHARE, "35 % %")):
        with pytest.raises(BadInput, match=r"page\.demand\.not_a_number"):
            cell.read(other, "here")


def test_a_column_of_figures_has_one_number_of_decimals():
    assert cells.evened([4.0, 12.0]) == ["4", "12"] and cells.evened([4.0, None, 3.25]) == ["4.00", "", "3.25"]
    assert cells.evened([1 / 3, 2.0]) == ["0.33", "2.00"] and cells.evened([]) == []


def test_own_words_are_shown_in_the_reader_s_language_and_read_back() -> None:
    words = Words("ar")
    days = cells.days_in(words)
    assert days.show(("sun", "thu")) == "الأحد، الخميس"
    assert days.read("الأحد، الخميس", "") == days.read("sun, Thursday", "") == ("sun", "thu")
    staffed = cells.yes_or_no(words)
    assert [staffed.read(staffed.show(on), "") for on in (True, False)] == [True, False]


def test_skills_are_shown_and_typed_by_the_name_of_their_bank() -> None:
    people = skills_cell(SMALL)
    both = tuple(dict.fromkeys(step.skill for step in SMALL.services[0].journey))
    assert people.read(people.show(both), "") == both and "registration" not in people.show(both)
    assert people.read("something new, Registration", "") == ("something new", "registration")
    assert skill_cell(SMALL).read("", "") == ""


@pytest.mark.parametrize(
    ("cell", "given", "read"),
    [
        (cells.TIME, "8:30", 510), (cells.TIME, "24:00", 1440), (cells.SHARE, "82 %", 0.82), (cells.NUMBER, "7,5", 7.5),
        (IN_ENGLISH, "Sunday, mon", ("sun", "mon")), (IN_ENGLISH, "", ()), (cells.WHOLE, 3.0, 3), (cells.NAME, " A ", "A"),
    ],
)  # fmt: skip
def test_what_people_type_is_read(cell, given, read):
    assert cell.read(given, "here") == read


@pytest.mark.parametrize(
    ("cell", "given", "code"),
    [
        (cells.TIME, "noon", "page.demand.not_a_time"), (cells.NUMBER, None, "page.demand.not_a_number"),
        (cells.WHOLE, 2.5, "page.demand.not_whole"), (cells.NAME, "  ", "page.demand.no_name"),
        (IN_ENGLISH, "someday", "page.demand.not_a_weekday"), (cells.TEXT, "x" * 500, "page.demand.too_long"),
    ],
)  # fmt: skip
def test_what_people_mistype_is_told_with_its_place(cell, given, code):
    with pytest.raises(BadInput) as told:
        cell.read(given, "here")
    assert (told.value.code, told.value.place) == (code, "here")
