"""Reading a folder: what is right is read whole, what is wrong is refused with file and place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from exports.words import say
from layouts.findings import BadInput
from planner.folder import read_folder, write_folder
from planner.project import Pin
from solvers.staff import Availability, DayRequest
from tests.planner.builders import DEMAND, STAFF, TOML, a_folder, a_plan, a_project


def refused(folder: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_folder(folder)
    return caught.value


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    project = read_folder(a_folder(tmp_path))
    assert project.site.name == "مركز صغير"
    assert project.plan == a_plan()
    assert [a.persons for a in project.arrivals] == [4.0, 6.5, 2.0]
    zaynab = project.staff[0]
    assert zaynab.skills == ("filing", "cashier")
    assert zaynab.availability[0] == Availability(weekday="sun", from_min=480, to_min=900)
    assert zaynab.leave == ("2026-12-01", "2026-12-03", "2026-12-04", "2026-12-05")
    assert zaynab.requests == (DayRequest(date="2026-12-07", wish="off", weight=3),)


def test_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    project = read_folder(a_folder(tmp_path))
    crlf = [("\ufeff" + text).replace("\n", "\r\n") for text in (TOML, DEMAND, STAFF)]
    assert read_folder(a_folder(tmp_path, toml=crlf[0], demand=crlf[1], staff=crlf[2])) == project


def test_dates_may_stand_with_or_without_quotes(tmp_path: Path) -> None:
    toml = TOML.replace('ministry = "Justice"', 'ministry = "Justice"\nclosed_dates = [2026-12-01, "2026-12-02"]')
    assert read_folder(a_folder(tmp_path, toml=toml)).site.closed_dates == ("2026-12-01", "2026-12-02")


def test_staff_and_plan_may_be_missing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, plan=False)
    (folder / "staff.csv").unlink()
    project = read_folder(folder)
    assert project.staff == ()
    assert project.plan is None


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('ministry = "Justice"', 'ministry = "Justice"\ncolour = "red"', "document.unknown_field", "site.colour"),
        ('ministry = "Justice"', "", "document.missing_field", "site.ministry"),
        ('ministry = "Justice"', "ministry = 7", "document.not_text", "site.ministry"),
        ("mean_min = 6", 'mean_min = "6"', "document.not_number", "services[0].journey[0].time.mean_min"),
        ("mean_min = 6", "mean_s = 360", "document.wrong_unit", "services[0].journey[0].time.mean_s"),
        ("mean_min = 6", "mean_min = 0", "document.not_above", "services[0].journey[0].time.mean_min"),
        ("mean_min = 6", "mean_min = nan", "document.not_number", "services[0].journey[0].time.mean_min"),
        ('bank = "notary"', 'bank = "notery"', "document.dangling_id", "services[0].journey[0].bank"),
        ('skill = "filing"', 'skill = "sealing"', "services.step_skill_nobody", "services[0].journey[0].skill"),
        ("open_min = 480", "open_min = 480.5", "document.not_whole", "day_types[0].open_min"),
        ("open_min = 480", "open_min = true", "document.not_whole", "day_types[0].open_min"),
        ("open_min = 480", "open_min = -10", "document.out_of_range", "day_types[0].open_min"),
        ("open_min = 480", "open_min = 600", "document.ends_before_start", "day_types[0].close_min"),
        ('"sun", "mon"', '"sun", "Sonntag"', "document.not_one_of", "day_types[0].weekdays[1]"),
        ('kind = "counter"', 'kind = "throne"', "document.not_one_of", "banks[0].kind"),
        ('id = "deed"', 'id = "de;ed"', "document.not_an_id", "services[0].id"),
        ("format_version = 1", "format_version = 99", "document.newer_format", "format_version"),
        ("format_version = 1", "format_version = 0", "document.unknown_format", "format_version"),
        ("format_version = 1", "arrivals = []", "document.stands_elsewhere", "arrivals"),
        ('id = "tiny"', 'id = "tiny', "document.not_toml", "line 1, column 11"),
    ],
)
def test_a_fault_in_project_toml_is_named_with_its_path(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    assert old in TOML
    error = refused(a_folder(tmp_path, toml=TOML.replace(old, new, 1)))
    assert (error.code, error.place) == (code, place)
    assert error.file.endswith("project.toml")
    assert place in say(error.code, {"file": error.file, "place": error.place} | error.values)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("weekday,08:30,deed,6.5\n", "", "arrivals.gap", "row 3, column start"),
        ("weekday,08:00,deed,4\n", "", "arrivals.gap", "row 2, column start"),
        ("weekday,09:00,deed,2\n", "", "arrivals.gap", "row 3, column start"),
        ("08:30", "08:15", "arrivals.overlap", "row 3, column start"),
        ("08:30", "08:00", "arrivals.overlap", "row 3, column start"),
        ("08:30", "07:30", "arrivals.outside_hours", "row 3, column start"),
        ("08:30", "8.30", "table.not_a_time", "row 3, column start"),
        ("6.5", "-6.5", "document.out_of_range", "row 3, column persons"),
        ("6.5", "many", "table.not_number", "row 3, column persons"),
        ("6.5", "nan", "table.not_number", "row 3, column persons"),
        ("6.5", "", "table.not_number", "row 3, column persons"),
        ("6.5", "6.5,7", "table.wrong_cells", "row 3"),
        ("08:30,deed", "08:30,deeed", "document.dangling_id", "row 3, column service"),
        ("weekday,08:30", "feast,08:30", "document.dangling_id", "row 3, column day_type"),
        ("persons", "people", "table.wrong_columns", "row 1"),
    ],
)
def test_a_fault_in_demand_is_named_with_its_row(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    assert old in DEMAND
    error = refused(a_folder(tmp_path, demand=DEMAND.replace(old, new, 1)))
    assert (error.code, error.place) == (code, place)
    assert error.file.endswith("demand.csv")


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        (",35,", ",0,", "staff.no_hours", "contract_hours_per_week"),
        (",35,", ",,", "staff.no_hours_given", "contract_hours_per_week"),
        (",35,", ",-3,", "document.out_of_range", "contract_hours_per_week"),
        ("sun 08:00-15:00", "sun 08:00", "table.not_availability", "availability"),
        ("sun 08:00-15:00", "sun 15:00-08:00", "document.ends_before_start", "availability"),
        ("sun 08:00-15:00", "sol 08:00-15:00", "document.not_one_of", "availability"),
        ("2026-12-01;", "2026-02-30;", "table.not_a_date", "leave"),
        ("03..2026-12-05", "03..2026-12-01", "table.not_a_leave", "leave"),
        ("off 3", "off 9", "document.out_of_range", "requests"),
        ("off 3", "off maybe 3", "table.not_a_request", "requests"),
        ("s1,", "s2,", "document.double_id", "id"),
    ],
)
def test_a_fault_in_the_staff_list_is_named_with_its_row(tmp_path: Path, old: str, new: str, code: str, column: str) -> None:
    assert old in STAFF
    error = refused(a_folder(tmp_path, staff=STAFF.replace(old, new, 1)))
    row = 3 if code == "document.double_id" else 2
    assert (error.code, error.place) == (code, f"row {row}, column {column}")


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "demand.csv").write_bytes("day_type,start,service,persons\nwéekday".encode("latin-1"))
    error = refused(folder)
    assert (error.code, error.place) == ("document.not_utf8", "row 2, character 2")


def test_a_missing_folder_and_a_missing_table_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").code == "document.missing_folder"
    folder = a_folder(tmp_path)
    (folder / "demand.csv").unlink()
    assert refused(folder).code == "document.missing_file"


def test_an_unknown_field_of_the_plan_is_refused_with_its_path(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    text = (folder / "plan.json").read_text("utf-8").replace('"clear_mm"', '"clear_cm"')
    (folder / "plan.json").write_text(text, "utf-8")
    error = refused(folder)
    assert (error.code, error.place) == ("document.wrong_unit", "levels[0].doors[0].clear_cm")


def test_a_written_folder_reads_back_the_same(tmp_path: Path) -> None:
    project = replace(read_folder(a_folder(tmp_path)), pins=(Pin(id="notary"),))
    write_folder(project, tmp_path / "again")
    assert read_folder(tmp_path / "again") == project


def test_a_project_without_people_writes_no_staff_list(tmp_path: Path) -> None:
    write_folder(a_project(staff=()), tmp_path / "p")
    assert not (tmp_path / "p" / "staff.csv").exists()
    assert read_folder(tmp_path / "p") == a_project(staff=())


def test_a_number_that_is_none_is_told_where_it_stands(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "plan.json").write_text('{"levels": [{"id": "NaN",\n  "elevation_mm": -Infinity}]}', "utf-8")
    fault = refused(folder)
    assert (fault.code, fault.place, fault.values["given"]) == ("document.not_number", "line 2, column 19", "-Infinity")
