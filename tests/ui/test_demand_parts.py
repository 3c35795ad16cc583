"""What the page Services & demand does without a browser: edits that leave nothing dangling, pasted cells, cells read."""

from __future__ import annotations

import io
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from layouts.findings import BadInput
from planner.editing import apply
from planner.editing.commands import Delete, RetypeDoor
from planner.intake.naming import IntakeOptions
from planner.references import first_fault
from planner.ui.demand import cells, edits
from planner.ui.demand.arriving import ArrivalsPart
from planner.ui.demand.asking import questions_of, with_answers
from planner.ui.demand.catching import read_cells
from planner.ui.demand.entrances import door_cell, entrances_matter, with_all_entrances
from planner.ui.demand.flow import flow_svg
from planner.ui.demand.paste import anchored, pasted
from planner.ui.demand.taking import MOST_MB, Offered, check_offered, taken_from
from planner.ui.roster.names import skill_cell, skills_cell
from planner.ui.words import Words
from solvers.effort import Cancel
from solvers.services import Appointments
from tests.planner.small_centre import a_small_centre

SMALL = a_small_centre()
DAY = SMALL.day_types[0]
STARTS = list(range(480, 720, 30))
IN_ENGLISH = cells.days_in(Words("en"))


def test_a_removed_service_takes_its_arrivals_and_appointments_along():
    booked = Appointments(service="deed", booked_share=0.5, no_show_share=0.1)
    left = edits.without_row(replace(SMALL, appointments=(booked,)), "services", 0)
    assert [s.id for s in left.services] == ["enquiry"]
    assert {a.service for a in left.arrivals} == {"enquiry"} and left.appointments == ()
    assert first_fault(left) is None


@given(opens=st.integers(0, 40), intervals=st.integers(1, 7))
def test_arrivals_follow_the_opening_hours_so_that_the_project_stays_sound(opens, intervals):
    start = 30 * opens
    changed = edits.with_row(SMALL, "day_types", 0, open_min=start, close_min=start + 30 * intervals)
    assert first_fault(changed) is None
    kept = {(a.service, a.start_min): a.persons for a in changed.arrivals if a.persons}
    assert kept == {
        (a.service, a.start_min): a.persons for a in SMALL.arrivals if start <= a.start_min < start + 30 * intervals
    }


def test_the_flow_of_a_service_is_a_picture_whatever_its_banks_are_called():
    banks = tuple(replace(b, name=f"{b.name}\x07\x1b[31m<b>\n{'W' * 400}") for b in SMALL.banks)
    svg = flow_svg(replace(SMALL, banks=banks), SMALL.services[0], Words("en"))
    root = ElementTree.fromstring(svg)  # else a browser shows a broken picture
    assert max(len(text.text or "") for text in root.iter("{http://www.w3.org/2000/svg}text")) <= 30


def test_a_name_that_would_turn_the_words_beside_it_round_is_steadied():
    from planner.ui import kit

    assert cells.NAME.read("safe\u202egnp.exe\x07", "") == "safe gnp.exe"
    assert kit.safe_text("\u202ea<b>\n") == " a&lt;b&gt; " and kit.safe_text("\u2066-1\u2069") == "\u2066-1\u2069"


def test_a_cell_chosen_from_a_list_is_marked_and_escaped_throughout():
    cell = cells.named_from({"a": "<b>One</b>"})
    assert cell.marked and [cell.show(ident) for ident in ("a", "<i>")] == ["&lt;b&gt;One&lt;/b&gt;", "&lt;i&gt;"]
    assert cell.read(cell.choices[0], "") == "a"


def test_a_new_service_a_new_bank_and_a_new_kind_of_day_are_sound_at_once():
    project = edits.new_day_type(edits.new_bank(edits.new_service(SMALL, "Deed"), "Deed"), "Friday")
    assert first_fault(project) is None
    assert project.services[-1].id == "deed_2" and project.banks[-1].id == "deed"
    moved = edits.with_step_moved(SMALL, 0, 1, -1)
    assert [s.bank for s in moved.services[0].journey] == ["cashier", "registration"]


def two_entrances():
    """The small centre with its exit an entrance too."""
    level = SMALL.plan.levels[0]
    doors = tuple(replace(d, use="entrance_exit") if d.use in ("entrance", "exit") else d for d in level.doors)
    return replace(SMALL, plan=replace(SMALL.plan, levels=(replace(level, doors=doors),)))


def test_shares_of_entrances_are_told_for_every_door_at_once_and_go_with_their_door():
    assert not entrances_matter(SMALL)
    both = two_entrances()
    assert entrances_matter(both) and both.entrances == ()
    told = with_all_entrances(both, "")
    assert [e.door for e in told.entrances] == [d.id for d in told.plan.levels[0].doors if d.use == "entrance_exit"]
    assert sum(e.share for e in told.entrances) == pytest.approx(1.0) and first_fault(told) is None
    with pytest.raises(BadInput, match="all_told"):
        with_all_entrances(told, "")
    english, arabic = (door_cell(told, language).show(told.entrances[0].door) for language in ("en", "ar"))
    assert "ntrance" in english and arabic != english
    kept, gone = told.entrances
    level = told.plan.levels[0].id
    assert apply(told, RetypeDoor(level=level, key=f"door:{gone.door}", use="exit")).entrances == (kept,)
    assert apply(told, Delete(level=level, keys=(f"door:{gone.door}",))).entrances == (kept,)
    assert first_fault(replace(told, entrances=(kept, kept))).code == "document.double_id"


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


def test_a_figure_typed_where_the_table_has_changed_meanwhile_is_told_of_and_changes_nothing():
    from planner.ui.demand.arriving import ArrivalsPart

    said, painted, changes = [], [], []
    fault = SimpleNamespace(tags=["p", ""], object="", visible=False)
    session = SimpleNamespace(
        project=SMALL, words=lambda code, **_: said.append(code) or code,
        workspace=SimpleNamespace(path=Path("a.centreline"), change=lambda *given: changes.append(given)),
    )  # fmt: skip
    services = tuple((s.id, s.name) for s in SMALL.services)
    for day, row, shape in (("gone", 0, None), (DAY.id, 99, (DAY.id, services)), (DAY.id, 0, (DAY.id, services[:1]))):
        part = SimpleNamespace(
            _session=session, _day=SimpleNamespace(value=day), _shape=shape, _fault=fault, _paint=lambda: painted.append(1)
        )
        ArrivalsPart._edited(part, row, "s1", "5", "4")  # type: ignore[arg-type]
    assert (said, len(painted), changes, fault.visible) == (["page.stale"] * 3, 3, [], True)


def test_a_place_is_told_as_it_is_in_what_was_copied():
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, "\tArrivals\t\n\tfrom\tDeed\n\t08:00\tmany")
    assert told.value.place == "3:3"


def test_bare_figures_pasted_onto_a_cell_lie_from_there_on():
    found = pasted(SMALL, DAY, anchored(SMALL, DAY, "5\n6\n7", "enquiry", 2))
    assert found.persons == {("enquiry", s): n for s, n in zip(STARTS[2:5], (5.0, 6.0, 7.0), strict=True)}
    for whole in ("5\n" * 9, "1\t2\t3", "from\tDeed\n08:00\t5"):  # more than there is room for, or told by its headings
        assert anchored(SMALL, DAY, whole, "deed", 0) == whole


@pytest.mark.parametrize("text", ["5\n\n7", "5\r\n\r\n7\r\n", "\n5\n\n7\n\n\n"])
def test_an_empty_cell_pasted_onto_the_table_empties_its_own_and_moves_no_other(text):
    found = pasted(SMALL, DAY, anchored(SMALL, DAY, text, "deed", 0))
    figures = [float(line or 0) for line in text.rstrip().splitlines()]
    assert found.persons == {("deed", s): n for s, n in zip(STARTS, figures)}


def test_an_empty_column_pasted_onto_the_table_keeps_its_place_too():
    three = edits.new_service(SMALL, "Deed")  # a name that is there already
    names = [s.id for s in three.services]
    for text, figures in (("5\t\t7", [5, 0, 7]), ("\t\t7\n\n5\t6\t7", [0, 0, 7, 0, 0, 0, 5, 6, 7])):
        found = pasted(three, DAY, anchored(three, DAY, text, names[0], 1)).persons
        assert [found[name, s] for s in STARTS[1 : 1 + len(figures) // 3] for name in names] == figures
        assert len(found) == len(figures)


def test_what_is_pasted_onto_a_day_that_is_gone_opens_the_window_as_it_is():
    opened = []
    session = SimpleNamespace(project=replace(SMALL, day_types=(), arrivals=()), told=nullcontext)
    part = SimpleNamespace(
        _session=session, _day=SimpleNamespace(value=DAY.id), _paste=SimpleNamespace(open=lambda *cells: opened.append(cells))
    )
    ArrivalsPart._caught(part, "5\n6", 0, "s0")
    assert opened == [("5\n6", "deed")]


@pytest.mark.parametrize("last", ["Total\t3", "المجموع الكلي:\t7", "\t3", "Σ\t3", "Nachmittags\t5", "Source: the ministry\t"])
def test_a_last_row_that_is_named_or_comes_to_the_sums_is_no_time(last):
    found = pasted(SMALL, DAY, f"from\tDeed\n08:00\t2\n08:30\t3\n{last}")
    assert found.persons == {("deed", 480): 2.0, ("deed", 510): 3.0}


@pytest.mark.parametrize("last", ["O9:00\t3", "after 9\t30", "later\t4", "9 am\t3", "Total 9\t6", "later\tmany"])
def test_a_last_row_of_persons_is_never_taken_for_sums(last):
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, f"from\tDeed\n08:00\t2\n08:30\t3\n{last}")
    assert (told.value.code, told.value.place) == ("page.demand.paste.time", "4:1")


def test_cells_told_by_the_browser_are_text_at_a_place_or_nothing():
    told = {"text": "1\n2", "row": 3, "column": "s0"}
    assert read_cells(told) == ("1\n2", 3, "s0")
    assert read_cells(told | {"row": "3"}) == ("1\n2", 0, "s0")
    assert [read_cells(t) for t in (None, {}, told | {"text": " "}, told | {"text": 5}, told | {"column": None})] == [None] * 5


def test_a_pasted_column_of_percentages_that_make_up_the_whole_shares_out_the_service_s_day():
    written = ("10%", "10 %", "٢٠٪", "12,5 %", "%12.5", "١٢٫٥٪", "12.5%", "10 %")
    text = "from\tDeed\tEnquiry\n" + "\n".join(
        f"{s // 60:02d}:{s % 60:02d}\t{share}\t{n}" for n, (s, share) in enumerate(zip(STARTS, written, strict=True))
    )
    found = pasted(SMALL, DAY, text)
    assert [found.persons["deed", s] for s in STARTS] == [3.2, 3.2, 6.4, 4.0, 4.0, 4.0, 4.0, 3.2]  # of 32 persons
    assert [found.persons["enquiry", s] for s in STARTS] == [float(n) for n in range(8)]
    assert pasted(SMALL, DAY, "\n".join(written), "deed").persons["deed", STARTS[2]] == 6.4


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("from\tDeed\n08:00\t12 %", "page.demand.paste.percent", "2:2"),
        ("from\tDeed\n08:00\t4\n08:30\t١٠٠٪", "page.demand.paste.percent", "3:2"),
        ("from\tDeed\n08:00\t160 %\n08:30\t-60 %", "page.demand.paste.percent", "3:2"),
        ("from\tDeed\n08:00\t5 % %", "page.demand.paste.number", "2:2"),
    ],
)
def test_percentages_that_are_no_day_are_refused_at_their_cell(text, code, place):
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, text)
    assert (told.value.code, told.value.place) == (code, place)


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


def test_a_single_column_goes_to_the_chosen_service_and_leaves_the_others():
    found = pasted(SMALL, DAY, "\n".join("1,5" for _ in STARTS), "enquiry")
    now = edits.persons_of(found.project, "weekday")
    assert all(now["enquiry", s] == 1.5 and now["deed", s] == 4.0 for s in STARTS)


def test_own_words_are_shown_in_the_reader_s_language_and_read_back() -> None:
    words = Words("ar")
    days = cells.days_in(words)
    assert days.show(("sun", "thu")) == "الأحد، الخميس"
    assert days.read("الأحد، الخميس", "") == days.read("sun, Thursday", "") == ("sun", "thu")
    staffed = cells.yes_or_no(words)
    assert [staffed.read(staffed.show(on), "") for on in (True, False)] == [True, False]


def test_where_rates_come_from_is_said_in_the_reader_s_language_where_the_sentence_is_ours() -> None:
    from planner.templates import names, worked_out

    ours = worked_out(names()[0], "small").costs.source
    assert Words("en").source(ours) == ours != Words("ar").source(ours)
    assert Words("ar").source("our own tender") == "our own tender"


def test_skills_are_shown_and_typed_by_the_name_of_their_bank() -> None:
    people = skills_cell(SMALL)
    both = tuple(dict.fromkeys(step.skill for step in SMALL.services[0].journey))
    assert people.read(people.show(both), "") == both and "registration" not in people.show(both)
    assert people.read("something new, Registration", "") == ("something new", "registration")
    assert skill_cell(SMALL).read("", "") == ""


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
    ],
)
def test_cells_that_cannot_be_arrivals_are_refused_with_their_place(text, code, place):
    with pytest.raises(BadInput) as told:
        pasted(SMALL, DAY, text)
    assert (told.value.code, told.value.place) == (code, place)
    assert Words("en").of_input(told.value) and Words("ar").of_input(told.value) != Words("en").of_input(told.value)


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


def test_a_flow_is_sound_xml_whatever_the_banks_are_called():
    from defusedxml.ElementTree import fromstring

    evil = '<img src=x onerror="alert(1)"> & "quotes"'
    project = edits.with_row(SMALL, "banks", 1, name=evil)
    for language in ("en", "ar"):
        svg = fromstring(flow_svg(project, project.services[0], Words(language)))
        assert not [e for e in svg.iter() if e.tag.endswith(("img", "script"))]


def a_log(days: int = 3) -> bytes:
    out = io.StringIO("")
    out.write("date,arrival,call,end,service\n")
    for day in range(days):
        for n in range(30):
            at = 485 + 7 * n
            clock = [f"{(at + k) // 60:02d}:{(at + k) % 60:02d}" for k in (0, 4, 4 + 6 + n % 5)]
            out.write(f"2026-11-{1 + day:02d},{','.join(clock)},Deed\n")
    return out.getvalue().encode()


def test_a_file_that_leaves_something_open_is_read_once_people_have_said_it():
    body = a_log().replace(b"call", b"rung up").replace(b"Deed", b"Akt")
    offered, answers, asked = Offered(name="t.csv", body=body), {}, []
    for choice in ("rung up", "deed"):
        with pytest.raises(BadInput) as open_question:
            taken_from(SMALL, offered, with_answers(IntakeOptions(), answers), lambda _: None, Cancel())
        (question,) = questions_of(open_question.value, SMALL, Words("ar"))
        asked.append((question.part, question.key))
        assert choice in question.choices.values()
        answers[question.part, question.key] = choice
    assert asked == [("columns", "call"), ("services", "Akt")]
    taken = taken_from(SMALL, offered, with_answers(IntakeOptions(), answers), lambda _: None, Cancel())
    assert sum(a.persons for a in taken.project.arrivals if a.service == "deed") == pytest.approx(30.0)
    assert questions_of(BadInput("intake.not_text", file="x"), SMALL, Words("en")) == []
    assert Words("ar").of_input(BadInput("intake.negative", file="x", place="row 3, column n", given="-1")).count("row") == 0


def test_a_log_gives_arrivals_and_names_the_file_as_people_know_it():
    taken = taken_from(SMALL, Offered(name="tickets of May.csv", body=a_log()), IntakeOptions(), lambda _: None, Cancel())
    assert taken.told["kind"] == "log" and taken.told["file"] == "tickets of May.csv"
    deeds = [a.persons for a in taken.project.arrivals if a.service == "deed"]
    assert sum(deeds) == pytest.approx(30.0)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.exe", b"MZ", "page.demand.file.ending"),
        ("a.csv", b"", "page.demand.file.empty"),
        ("a.csv", bytes((MOST_MB + 1) * 2**20), "page.demand.file.too_large"),
    ],
)
def test_files_of_another_kind_or_size_are_refused_before_they_are_read(name, body, code):
    with pytest.raises(BadInput) as told:
        check_offered(Offered(name=name, body=body))
    assert told.value.code == code and "/" not in Words("en").of_input(told.value)


def test_a_broken_file_is_told_by_its_own_name_and_not_by_the_folder_it_was_read_in():
    with pytest.raises(BadInput) as told:
        taken_from(SMALL, Offered(name="x.csv", body=b"nothing,of,this\n1,2,3\n"), IntakeOptions(), lambda _: None, Cancel())
    assert told.value.file == "x.csv"
    assert "/file" not in Words("en").of_input(told.value)
