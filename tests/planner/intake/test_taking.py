"""Files into a project: arrivals and times in place of the old ones, one revision, comments kept, faults told."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from math import fsum
from pathlib import Path

import pytest
from openpyxl import Workbook

from layouts.findings import BadInput
from planner.chain.demanding import demand_of
from planner.cli.entry import run
from planner.folder import read_folder
from planner.folder_demand import with_times
from planner.intake.naming import IntakeOptions
from planner.intake.taking import take_file
from planner.project import Project
from planner.storage import create_document, open_document
from solvers.services import Appointments, Season, ServiceTime
from tests.planner.intake.logs import a_log, clock
from tests.planner.small_centre import a_small_centre, a_small_folder

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
DATA = Path(os.environ.get("CENTRELINE_DATA", EXAMPLES.parent.parent / "shared" / "data")) / "queues"


def a_table(folder: Path, *rows: str, name: str = "demand.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(rows), "utf-8")
    return file


def per_day(project: Project, service: str) -> float:
    return fsum(row.persons for row in project.arrivals if row.service == service)


def refused(project: Project, file: Path, **options: object) -> BadInput:
    with pytest.raises(BadInput) as error:
        take_file(project, file, IntakeOptions(**options))  # type: ignore[arg-type]
    assert error.value.file == str(file)
    return error.value


def test_a_log_gives_arrivals_and_times_and_tells_what_changed(tmp_path):
    before = a_small_centre()
    taken = take_file(before, a_log(tmp_path, deeds=6.0, deed_min=10.0))
    assert per_day(taken.project, "deed") == pytest.approx(48, rel=0.15) and per_day(before, "deed") == 32
    time = taken.project.services[0].journey[0].time
    assert time.mean_min == pytest.approx(10.0, rel=0.1) and time.distribution == "lognormal" and "log.csv" in time.source
    assert taken.project.services[0].journey[1] == before.services[0].journey[1]
    told = taken.told
    assert (told["kind"], told["dates"]["count"], told["days_by_type"]) == ("log", 8, {"weekday": 8})
    assert told["persons_per_day"]["before"] == {"weekday": 56.0}
    assert {t["service"]: t["before"]["mean_min"] for t in told["times"]} == {"deed": 8.0, "enquiry": 2.0}


def test_demand_after_a_log_is_what_the_log_saw_though_some_come_twice_and_some_stay_away(tmp_path):
    project = a_small_centre()
    deed = replace(project.services[0], completion=0.8)
    project = replace(
        project,
        services=(deed, project.services[1]),
        appointments=(Appointments(service="deed", booked_share=0.5, no_show_share=0.2),),
    )
    taken = take_file(project, a_log(tmp_path))
    seen = next(s["per_day"] for s in taken.told["services"] if s["id"] == "deed")
    (day,) = demand_of(taken.project)["day_types"]
    assert next(s["per_day"] for s in day["services"] if s["id"] == "deed") == pytest.approx(seen, rel=1e-3)


def test_dates_in_a_season_do_not_make_the_usual_days(tmp_path):
    season = Season(id="rush", name="Rush", periods=("2027-01-10..2027-01-12",), factor=2.0)
    taken = take_file(a_small_centre(seasons=(season,)), a_log(tmp_path))
    assert (taken.told["left_out_in_season"], taken.told["days_by_type"]) == (3, {"weekday": 5})


def test_a_service_the_project_does_not_know_is_refused_or_named(tmp_path):
    file = a_log(tmp_path, enquiries="Information")
    error = refused(a_small_centre(), file)
    assert (error.code, error.values["given"]) == ("intake.unknown_service", "Information")
    assert "column Service" in error.place
    named = take_file(a_small_centre(), file, IntakeOptions(services={"Information": "enquiry"}))
    assert per_day(named.project, "enquiry") == pytest.approx(24, rel=0.2)


def test_a_log_goes_into_a_folder_whose_comments_stay(tmp_path):
    folder = tmp_path / "dahuk"
    folder.mkdir()
    for name in ("project.toml", "demand.csv", "staff.csv"):
        (folder / name).write_bytes((EXAMPLES / "dahuk" / name).read_bytes())
    lines = (folder / "project.toml").read_text("utf-8").splitlines()
    times = [(8 + n // 6, f"{n % 6}0", f"{n % 6}5") for n in range(24)]
    rows = [f"2027-01-{d:02d},complaint,{h:02d}:{a},{h:02d}:{b},{h + 1:02d}:{a}" for d in (4, 5) for h, a, b in times]
    file = a_table(tmp_path, "Date,Service,Arrival,Called,End", *rows)
    assert run(["demand", str(folder), "--log", str(file), "--json"]) == 0
    changed = [(a, b) for a, b in zip(lines, (folder / "project.toml").read_text("utf-8").splitlines(), strict=True) if a != b]
    assert len(changed) == 1 and "ticket log demand.csv, 48 visits" in changed[0][1]
    after = read_folder(folder)
    assert after.services[5].journey[2].time.mean_min == pytest.approx(55.0)
    assert per_day(after, "complaint") > 24


@pytest.mark.parametrize("name", ["dahuk", "justice"])
def test_times_change_in_their_own_lines_however_steps_are_written(name):
    text = (EXAMPLES / name / "project.toml").read_text("utf-8")
    new = with_times(text, {(1, 1): ServiceTime(mean_min=77.0, source='a "quoted" {source}')})
    assert new is not None
    assert [n for n, (a, b) in enumerate(zip(text.splitlines(), new.splitlines())) if a != b].__len__() == 1
    again = with_times(new, {(1, 1): ServiceTime(mean_min=78.0)})
    assert again is not None and "78.0" in again and "quoted" not in again


def test_a_time_in_a_table_of_its_own_makes_the_whole_file_anew(tmp_path):
    folder = a_small_folder(tmp_path)
    project = read_folder(folder)
    file = a_log(tmp_path, deed_min=12.0)
    assert run(["demand", str(folder), "--log", str(file), "--json"]) == 0
    after = read_folder(folder)
    assert after.services[0].journey[0].time.mean_min == pytest.approx(12.0, rel=0.1)
    assert replace(after, services=project.services, arrivals=project.arrivals) == project


def test_a_log_is_one_revision_of_a_project_file_and_a_dry_run_is_none(tmp_path, capsys):
    path = tmp_path / "small.centreline"
    create_document(path, a_small_centre()).close()
    file = str(a_log(tmp_path))
    assert run(["demand", str(path), "--log", file, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] is False
    assert run(["demand", str(path), "--log", file]) == 0
    document = open_document(path)
    labels = [revision.label for revision in document.history()]
    document.close()
    assert labels == ["new", "demand from log.csv"]


def test_a_table_of_intervals_in_other_words_is_averaged_over_its_weekdays(tmp_path):
    starts = [f"{m // 60:02d}:{m % 60:02d}" for m in range(480, 720, 30)]
    rows = [f"{day};{start};Deed;{n}" for day, n in (("الأحد", 2), ("Montag", 4)) for start in starts]
    taken = take_file(a_small_centre(), a_table(tmp_path, "Wochentag;Uhrzeit;Dienstleistung;Anzahl", *rows))
    assert (taken.told["kind"], per_day(taken.project, "deed"), per_day(taken.project, "enquiry")) == ("table", 24.0, 24.0)


def test_totals_of_days_take_the_profile_that_is_named(tmp_path):
    file = a_table(tmp_path, "day,service,persons", "sun,deed,100", "mon,deed,٢٠٠")
    for profile, first in (("project", 150 / 8), ("flat", 150 / 8), ("textbook", 150 * 22 / 257 / 1)):
        rows = take_file(a_small_centre(), file, IntakeOptions(profile=profile)).project.arrivals
        deeds = [row.persons for row in rows if row.service == "deed"]
        assert fsum(deeds) == pytest.approx(150, abs=1e-3)
        assert deeds[0] == pytest.approx(first, abs=1e-3)
    with pytest.raises(BadInput, match=r"document\.not_one_of"):
        take_file(a_small_centre(), file, IntakeOptions(profile="steep"))


def test_rows_of_closed_days_are_counted_and_a_file_of_nothing_else_is_refused(tmp_path):
    file = a_table(tmp_path, "day,service,persons", "sun,deed,100", "Freitag,deed,500")
    taken = take_file(a_small_centre(), file)
    assert (taken.told["on_other_days"], per_day(taken.project, "deed")) == (1, pytest.approx(100.0, abs=1e-3))
    closed = a_table(tmp_path, "day,service,persons", "Freitag,deed,500")
    assert refused(a_small_centre(), closed).code == "intake.nothing_used"


def test_rows_left_out_are_told_with_their_place(tmp_path, capsys):
    log = a_log(tmp_path)
    log.write_text(log.read_text("utf-8") + "2027-01-12;Deed;09:00:00;08:00:00;09:10:00\n", "utf-8")
    folder = str(a_small_folder(tmp_path))
    assert run(["demand", folder, "--log", str(log)]) == 2
    assert run(["demand", folder, "--log", str(log), "--skip"]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("column Called: the clock jumps") == 2 and "skipped" in printed.out


FULL = [f"weekday,{m // 60:02d}:{m % 60:02d},deed,3" for m in range(480, 720, 30)]


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([*FULL[:3], "weekday,09:30,deed,-1", *FULL[4:]], "intake.negative", "row 5, column persons"),
        ([*FULL[:3], "weekday,09:30,deed,", *FULL[4:]], "intake.missing", "row 5, column persons"),
        ([*FULL[:3], "weekday,09:30,deed,many", *FULL[4:]], "intake.not_a_number", "row 5, column persons"),
        ([*FULL[:3], "weekday,09:30,deed,٣٥٪", *FULL[4:]], "intake.not_a_number", "row 5, column persons"),
        ([*FULL, FULL[2]], "intake.interval_twice", "row 10, column start"),
        ([*FULL[:3], "weekday,09:15,deed,1", *FULL[4:]], "intake.not_an_interval", "row 5, column start"),
        (FULL[:-1], "intake.interval_missing", "column start"),
        (["friday,08:00,deed,1", *FULL[1:]], "", ""),
        (["someday,08:00,deed,1", *FULL[1:]], "intake.unknown_day", "row 2, column day_type"),
        ([*FULL[:3], "weekday,09:30,passport,1", *FULL[4:]], "intake.unknown_service", "row 5, column service"),
    ],
)
def test_a_broken_table_is_refused_with_row_and_column(tmp_path, rows, code, place):
    file = a_table(tmp_path, "day_type,start,service,persons", *rows)
    error = refused(a_small_centre(), file)
    assert error.code == (code or "intake.interval_missing")  # a closed weekday leaves the open ones with a gap
    assert place in error.place


def test_a_number_that_a_sheet_shows_as_a_percentage_is_no_number_of_persons(tmp_path):
    book = Workbook()
    for row in ["day_type,start,service,persons", *FULL]:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.split(",")])
    book.active["D4"].value, book.active["D4"].number_format = 0.35, "0.0%"
    book.save(tmp_path / "arrivals.xlsx")
    error = refused(a_small_centre(), tmp_path / "arrivals.xlsx")
    assert (error.code, error.values["given"]) == ("intake.not_a_number", "35 %") and "row 4, column persons" in error.place


def test_board_snapshots_give_arrivals_and_minutes_per_counter(tmp_path):
    rows, ticket, waiting = ["date,time,service,waiting,open,ticket"], 0, 5
    for n in range(49):
        rows.append(f"2027-01-03,{clock(480 + 5 * n)[:5]},Deed,{waiting},2,A{ticket:03d}")
        ticket, waiting = ticket + 1, 5
    file = a_table(tmp_path, *rows)
    taken = take_file(a_small_centre(), file)
    assert taken.told["kind"] == "snapshots"
    assert per_day(taken.project, "deed") == pytest.approx(48 + 5)
    # a counter may serve other lines too: its minutes are told, and taken only when asked for
    assert taken.told["services"][0]["service_min"] == pytest.approx(10.0)
    assert taken.project.services == a_small_centre().services
    timed = take_file(a_small_centre(), file, IntakeOptions(board_times=True)).project
    assert timed.services[0].journey[0].time.mean_min == pytest.approx(10.0)


def test_a_snapshot_with_a_negative_count_is_refused_with_its_place(tmp_path):
    rows = ["date,time,service,waiting,open,ticket", "2027-01-03,08:00,Deed,-3,2,1"]
    error = refused(a_small_centre(), a_table(tmp_path, *rows))
    assert (error.code, error.place) == ("intake.negative", "row 2, column waiting")


def test_a_real_office_s_board_is_taken_in(tmp_path):
    """Warsaw's open data: five minutes apart, headings in Polish."""
    import gzip
    from itertools import islice

    source = DATA / "warsaw_offices.csv.gz"
    if not source.exists():
        pytest.skip("no real queues here: set CENTRELINE_DATA")
    with gzip.open(source, "rt", encoding="utf-8") as whole:
        file = a_table(tmp_path, *(line.rstrip("\n") for line in islice(whole, 40_000)))
    group = "Z: Zgłoszenie zgonu na podstawie karty zgonu"
    taken = take_file(a_small_centre(), file, IntakeOptions(office="USC_Andersa", services={group: "deed"}))
    (service,) = taken.told["services"]
    assert service["days"] >= 2 and per_day(taken.project, "deed") > 0
