"""Tables and logs of other systems: their languages, encodings and ways of writing; what is refused, and where."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.words import sentence_for_input
from layouts.findings import BadInput
from planner.intake import cells
from planner.intake.decoding import LOOKED_AT_BYTES
from planner.intake.grid import read_grid
from planner.intake.headings import kinds, plain_heading, table
from planner.intake.log_file import read_log
from solvers.ticket_log import LoggedTicket

ENGLISH = "Date,Service,Arrival,Called,End,Counter"
ROW = "2027-01-03,Deed,08:05,08:10,08:20,1"


def a_file(folder: Path, *lines: str, name: str = "log.csv", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes("\n".join(lines).encode(encoding))
    return file


def a_workbook(folder: Path, rows: list[list[object]], merge: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    file = folder / "log.xlsx"
    book.save(file)
    return file


def refused(file: Path, **more: object) -> BadInput:
    with pytest.raises(BadInput) as error:
        read_log(file, **more)
    sentence = sentence_for_input(error.value)
    assert file.name in sentence and sentence.endswith((".", ")."))
    assert error.value.place in sentence
    return error.value


def the_ticket(file: Path, **more: object) -> LoggedTicket:
    (ticket,) = read_log(file, **more).tickets
    return ticket


LANGUAGES = {
    "en": (ENGLISH, ROW, "Deed"),
    "ar": (
        "التاريخ;نوع الخدمة;وقت الوصول;وقت النداء;وقت الانتهاء;الشباك",
        "٠٣/٠١/٢٠٢٧;تجديد هوية;٠٨:٠٥;٠٨:١٠;٠٨:٢٠;١",
        "تجديد هوية",
    ),
    "pl": (
        "Data;Usługa;Godzina przybycia;Początek obsługi;Zakończenie;Okienko",
        "03.01.2027;Dowód osobisty – żółty;08:05;08:10;08:20;1",
        "Dowód osobisty – żółty",
    ),
    "de": (
        "Datum\tDienstleistung\tAnkunft\tAufruf\tEnde\tSchalter",
        "03.01.2027\tFührerschein\t8:05\t8:10\t8:20\t1",
        "Führerschein",
    ),
    "fr": (
        "Jour;Démarche;Heure d'arrivée;Heure d'appel;Heure de fin;Guichet",
        "03/01/2027;Carte d'identité;8h05;8h10;8h20;1",
        "Carte d'identité",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_log_is_read_in_five_languages_and_any_unicode(tmp_path, language, encoding):
    heading, row, service = LANGUAGES[language]
    ticket = the_ticket(a_file(tmp_path, heading, row, encoding=encoding))
    assert (ticket.date, ticket.service, ticket.counter) == ("2027-01-03", service, "1")
    assert (ticket.arrived_min, ticket.called_min, ticket.ended_min) == (485, 490, 500)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(tmp_path, language, encoding):
    heading, row, service = LANGUAGES[language]
    file = a_file(tmp_path, heading, *[row] * 3_000, encoding=encoding)
    assert file.stat().st_size > LOOKED_AT_BYTES
    grid = read_grid(file, kind="log")
    assert (grid.encoding, {line.get("service") for line in grid.lines}) == (encoding, {service})


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("pl", "cp1250"), ("de", "cp1252"), ("de", "latin-1"), ("fr", "cp1252"), ("pl", "iso-8859-2"), ("ar", "cp1256")],
)
def test_older_encodings_are_found_out(tmp_path, language, encoding):
    heading, row, service = LANGUAGES[language]
    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")  # no single-byte page has them
    row, service = (text.translate(digits).replace("–", "-") for text in (row, service))
    assert the_ticket(a_file(tmp_path, heading, row, encoding=encoding)).service == service


def test_an_encoding_that_is_named_is_obeyed_and_a_wrong_one_refused(tmp_path):
    heading, row, service = LANGUAGES["pl"]
    file = a_file(tmp_path, heading, row.replace("–", "-"), encoding="cp1250")
    assert the_ticket(file, encoding="cp1250").service == service.replace("–", "-")
    assert refused(file, encoding="utf-8").code == "intake.not_in_encoding"
    with pytest.raises(BadInput, match=r"intake\.no_such_encoding"):
        read_log(file, encoding="klingon")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    file = tmp_path / "log.csv"
    picture = b"PNG\r\n\x1a\n\x00\x00 and so on"
    for body in (b"\x00\x01\xff\xfe\x00" * 50, b"\x07\x00\x01\x00" * 50, b"\0" * 64, picture):
        file.write_bytes(body)
        with pytest.raises(BadInput) as error:
            read_log(file)
        assert error.value.code == "intake.not_text"


def test_titles_may_stand_above_the_headings_and_a_packed_file_is_unpacked(tmp_path):
    file = tmp_path / "log.csv.gz"
    file.write_bytes(gzip.compress("\n".join(["Ticket report,,,,,", ",,,,,", ENGLISH, ROW]).encode()))
    assert the_ticket(file).row == 4


def test_a_workbook_with_real_dates_and_times_is_read(tmp_path):
    row = [dt.date(2027, 1, 3), "Deed", dt.time(8, 5), dt.time(8, 10, 30), dt.time(8, 20), 3]
    ticket = the_ticket(a_workbook(tmp_path, [ENGLISH.split(","), row]))
    assert (ticket.date, ticket.called_min, ticket.counter) == ("2027-01-03", 490.5, "3")


def test_a_workbook_with_dates_and_times_as_text_is_read(tmp_path):
    rows = [
        ENGLISH.split(","),
        ["13/01/2027", "Deed", "08:05", "08:10", "08:20 PM", "3"],
        ["٠٣/٠١/٢٠٢٧", "Deed", "٨:٠٥", "", "", ""],
    ]
    rows[1][4] = "08:20 AM"
    log = read_log(a_workbook(tmp_path, rows))
    assert [t.date for t in log.tickets] == ["2027-01-13", "2027-01-03"]
    assert log.tickets[1].called_min is None


def test_merged_cells_above_the_headings_are_titles_and_below_are_refused(tmp_path):
    rows = [["Report", None, None, None, None, None], ENGLISH.split(","), [*ROW.split(",")], [*ROW.split(",")]]
    assert len(read_log(a_workbook(tmp_path, rows, merge="A1:F1")).tickets) == 2
    error = refused(a_workbook(tmp_path, rows, merge="B3:B4"))
    assert (error.code, error.place) == ("intake.merged_cells", "row 3, column B")


def test_formulas_without_a_value_and_error_cells_are_refused_with_their_place(tmp_path):
    rows = [ENGLISH.split(","), ["2027-01-03", "Deed", "08:05", "=C2+1/144", "08:20", "1"]]
    error = refused(a_workbook(tmp_path, rows))
    assert (error.code, error.place) == ("intake.formula_without_value", "row 2, column D")
    rows[1][3] = "#REF!"
    assert refused(a_workbook(tmp_path, rows)).place == "row 2, column D"


def test_a_formula_kept_as_text_is_refused(tmp_path):
    error = refused(a_file(tmp_path, ENGLISH, '2027-01-03,Deed,08:05,"=C2+1/144",08:20,1'))
    assert (error.code, error.place) == ("intake.formula_as_text", "row 2, column Called")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("2027-01-03,Deed,08:05,08:01,08:20,1", "intake.clock_jumps", "Called"),
        ("2027-01-03,Deed,08:05,08:10,08:09,1", "intake.clock_jumps", "End"),
        ("2027-01-03,Deed,08:05,,08:20,1", "intake.end_without_call", "Called"),
        ("2027-01-03,Deed,08:05,08:10,18:20,1", "intake.service_too_long", "End"),
        ("2027-02-30,Deed,08:05,08:10,08:20,1", "intake.not_a_date", "Date"),
        (",Deed,08:05,08:10,08:20,1", "intake.not_a_date", "Date"),
        ("2027-01-03,Deed,,08:10,08:20,1", "intake.not_a_time", "Arrival"),
        ("2027-01-03,Deed,08:65,08:70,08:80,1", "intake.not_a_time", "Arrival"),
        ("2027-01-03,Deed,08:05,soon,08:20,1", "intake.not_a_time", "Called"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_or_left_out_and_counted(tmp_path, row, code, column):
    file = a_file(tmp_path, ENGLISH, ROW, row, ROW)
    error = refused(file)
    assert (error.code, error.place) == (code, f"row 3, column {column}")
    log = read_log(file, skip=True)
    assert (len(log.tickets), log.skipped, log.faults[0].code) == (2, 1, code)


def test_a_clock_set_back_shows_in_the_order_of_the_tickets(tmp_path):
    rows = ["2027-01-03,Deed,08:05,08:10,08:20,11", "2027-01-03,Deed,07:06,07:12,07:20,12"]
    error = refused(a_file(tmp_path, ENGLISH.replace("Counter", "Ticket"), *rows))
    assert (error.code, error.place) == ("intake.clock_set_back", "row 3, column Arrival")


def test_a_second_of_difference_between_two_clocks_is_no_wait(tmp_path):
    assert the_ticket(a_file(tmp_path, ENGLISH, "2027-01-03,Deed,08:05:20,08:05:00,08:20,1")).wait_min == 0.0


def test_headings_that_are_missing_are_named(tmp_path):
    error = refused(a_file(tmp_path, "Date,Service,Arrival,End", "2027-01-03,Deed,08:05,08:20"))
    assert error.code == "intake.no_columns"
    assert error.values["missing"] == "call"
    error = refused(a_file(tmp_path, ENGLISH, ROW), given={"call": "Gong"})
    assert (error.code, error.values["missing"]) == ("intake.no_columns", "call")


def test_where_no_heading_is_known_the_kinds_of_file_are_told(tmp_path):
    error = refused(a_file(tmp_path, "hello,world", "1,2"))
    assert error.code == "intake.no_known_heading"
    assert "arrival" in str(error.values["known"])


def test_a_column_may_be_named_by_hand(tmp_path):
    file = a_file(tmp_path, ENGLISH.replace("Called", "Gong"), ROW)
    assert the_ticket(file, given={"call": "Gong"}).called_min == 490


def test_old_excel_a_broken_workbook_and_an_empty_table_are_refused(tmp_path):
    (tmp_path / "log.xls").write_bytes(b"\xd0\xcf\x11\xe0rest")
    (tmp_path / "log.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    for name, code in (("log.xls", "intake.old_excel"), ("log.xlsx", "intake.not_a_workbook")):
        with pytest.raises(BadInput) as error:
            read_grid(tmp_path / name)
        assert error.value.code == code
    assert refused(a_file(tmp_path, ENGLISH)).code == "intake.no_rows"


def test_a_workbook_with_a_password_is_told_as_that(tmp_path):
    (tmp_path / "log.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le") + bytes(64))
    with pytest.raises(BadInput) as error:
        read_grid(tmp_path / "log.xlsx")
    assert error.value.code == "intake.protected"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0), ("7,5", 7.5), ("1 234,5", 1234.5), ("1,234", 1234.0), ("1.234,5", 1234.5), ("١٢٫٥", 12.5),
        ("-3", -3.0), ("1'000", 1000.0), ("twelve", None), ("", None), ("1e5", None), (True, None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, value):
    assert cells.number(text) == value


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("08:05", 485), ("8.05 Uhr", 485), ("8h05", 485), ("12:00 AM", 0), ("12:30 PM", 750), ("٨:٠٥ م", 1205),
        ("2027-01-03T08:05:30Z", 485.5), ("03.01.2027 08:05", 485), (0.5, 720), ("24:00", 1440),
        ("24:01", None), ("25:00", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text, minutes):
    assert cells.minutes(text) == minutes


def test_one_date_past_the_twelfth_tells_the_order_of_all():
    assert cells.month_first(["03/04/2027", "03/25/2027"]) is True
    assert cells.month_first(["03/04/2027", "25/03/2027"]) is False
    assert cells.month_first(["03/04/2027"]) is None
    assert cells.date("03/04/2027", months_first=True) == "2027-03-04"
    assert cells.date("03.04.2027", months_first=True) == "2027-04-03"
    assert cells.date(46390) == "2027-01-03"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.integers(0, 24 * 3600 - 1))
def test_whatever_is_written_reads_back(day, seconds):
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    for text in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%Y/%m/%d")):
        assert cells.date(text) == day.isoformat()
        assert cells.minutes(f"{text} {clock}") == pytest.approx(seconds / 60)


@given(st.text(max_size=200))
def test_no_text_makes_the_readers_stumble(text):
    cells.number(text), cells.date(text), cells.minutes(text), plain_heading(text)


def test_no_heading_means_two_roles_of_one_kind_in_one_file():
    """A heading in two roles goes to the first; then the second must know others, or it could never be found."""
    for kind in kinds():
        roles = table()[kind]["roles"]
        for role, names in roles.items():
            others = {plain_heading(n) for r, rest in roles.items() if r != role for n in rest}
            assert {plain_heading(n) for n in names} - others, (kind, role)


def test_a_stray_word_in_the_last_corner_of_a_sheet_takes_no_time(tmp_path):
    book = Workbook()
    sheet = book.active
    for at, cells_ in ((3, ("arrival", "call")), (5, (dt.datetime(2026, 11, 1, 8, 5), dt.datetime(2026, 11, 1, 8, 9)))):
        for column, value in enumerate(cells_, start=2):
            sheet.cell(at, column, value)
    sheet["XFD1"] = "seen"
    sheet["XFD1048576"] = None
    sheet["A1048576"].number_format = "0 %"
    file = tmp_path / "log.xlsx"
    book.save(file)
    assert [line.number for line in read_grid(file, kind="log").lines] == [5]


def test_stray_words_in_the_last_column_of_many_rows_take_no_room(tmp_path):
    book = Workbook()
    sheet = book.active
    day = dt.datetime(2026, 11, 1)
    for row in range(1, 301):
        arrived = day + dt.timedelta(minutes=row)
        told = ("arrival", "call") if row == 1 else (arrived, arrived + dt.timedelta(minutes=4))
        for column, value in zip((2, 4, 16_384), (*told, "seen"), strict=True):
            sheet.cell(row, column, value)
    file = tmp_path / "log.xlsx"
    book.save(file)
    grid = read_grid(file, kind="log")
    assert [line.get("call") for line in grid.lines[:2]] == [day + dt.timedelta(minutes=n) for n in (6, 7)]
    assert max(len(line.cells) for line in grid.lines) == 3 and len(grid.lines) == 299
