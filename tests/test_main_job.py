"""The main job from end to end, as people run it: one command makes a package, another proves it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import ezdxf
import icalendar
import openpyxl
import pytest

from planner.cli.entry import run
from planner.folder import read_folder
from tests.planner.small_centre import NAMES, QUICK, a_small_folder

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "import sys; from planner.cli.entry import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("main job مركز")


@pytest.fixture(scope="module")
def package(home: Path) -> Path:
    """The small centre, planned once for all these tests."""
    out = home / "out"
    assert run(["plan", str(a_small_folder(home)), "--out", str(out), *QUICK]) == 0
    return out


@pytest.fixture(scope="module")
def answers(package: Path) -> Any:
    return json.loads((package / "answers.json").read_text("utf-8"))


def test_the_package_holds_what_the_design_promises(package: Path, answers: Any) -> None:
    files = {p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file()}
    assert files >= {
        "architect/plan.dxf", "architect/plan.pdf", "architect/plan.svg", "manager/roster.xlsx", "manager/roster.ics",
        "report/report.html", "answers.json", "manifest.json", "project/project.toml", "project/demand.csv",
    }  # fmt: skip
    assert set(answers) >= {
        "project", "capacity", "programme", "costs", "solution", "measures", "layout", "findings", "not_checked", "roster",
        "assumptions", "engine",
    }  # fmt: skip


def test_verify_passes_what_was_delivered(package: Path) -> None:
    assert run(["verify", str(package)]) == 0


def edit_answers(package: Path) -> None:
    file = package / "answers.json"
    file.write_text(file.read_text("utf-8").replace('"seats": 1', '"seats": 2', 1), "utf-8")


def drop_the_calendar(package: Path) -> None:
    (package / "manager/roster.ics").unlink()


def add_a_file(package: Path) -> None:
    (package / "architect/plan2.dxf").write_text("0\nEOF\n", "utf-8")


def move_a_counter(package: Path) -> None:
    file = package / "architect/plan.dxf"
    doc = ezdxf.readfile(file)
    next(i for i in doc.modelspace().query("INSERT") if i.has_xdata("CENTRELINE")).translate(300, 0, 0)
    doc.saveas(file)


@pytest.mark.parametrize("tamper", [edit_answers, drop_the_calendar, add_a_file, move_a_counter])
def test_verify_finds_what_was_changed_afterwards(package: Path, tmp_path: Path, tamper: Any) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(package, changed)
    tamper(changed)
    assert run(["verify", str(changed)]) == 1


def test_the_drawing_opens_without_errors_and_holds_every_item(package: Path, answers: Any) -> None:
    doc = ezdxf.readfile(package / "architect/plan.dxf")
    audit = doc.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    drawn = [i for i in doc.modelspace().query("INSERT") if i.has_xdata("CENTRELINE")]
    items = [i for level in answers["layout"]["levels"] for i in level["items"]]
    assert len(drawn) >= len(items) > 10


def test_the_sheet_is_a_pdf_of_one_page(package: Path) -> None:
    body = (package / "architect/plan.pdf").read_bytes()
    assert body.startswith(b"%PDF-")
    assert b"%%EOF" in body[-1024:]


def test_workbook_and_calendar_hold_the_same_duties(package: Path, answers: Any) -> None:
    duties = answers["roster"]["assignments"]
    events = icalendar.Calendar.from_ical((package / "manager/roster.ics").read_bytes()).walk("VEVENT")
    by_day = Counter(d["date"] for d in duties)
    assert Counter(e.decoded("DTSTART").date().isoformat() for e in events) == by_day
    week = openpyxl.load_workbook(package / "manager/roster.xlsx").worksheets[0]
    cells = [str(c) for row in week.iter_rows(values_only=True) for c in row if c]
    assert sum(c[:2].isdigit() and "–" in c for c in cells) == len(duties)
    assert set(NAMES) <= set(cells)


def test_the_report_is_one_well_formed_page_that_loads_nothing(package: Path) -> None:
    class Page(HTMLParser):
        loads: list[str] = []
        sections: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            self.loads += [v for k, v in attrs if k in ("src", "href") and v and not v.startswith("#")]
            if tag == "section":
                self.sections.append(given.get("id") or "")

    page = Page()
    page.feed((package / "report/report.html").read_text("utf-8"))
    assert page.loads == []
    assert {"capacity", "solution", "measures", "findings", "roster", "assumptions"} <= set(page.sections)


def test_sums_reconcile_across_the_answers(answers: Any) -> None:
    items = [i for level in answers["layout"]["levels"] for i in level["items"]]
    seats, bays = (sum(b[k] for b in answers["capacity"]["banks"]) for k in ("seats", "wheelchair_bays"))
    assert sum(i["seats"] for i in items if i["kind"] == "seat") == seats > 0
    assert sum(i["kind"] == "wheelchair_bay" for i in items) >= bays > 0
    assert sum(answers["solution"]["terms"].values()) == pytest.approx(answers["solution"]["objective"])
    routes = [r for level in answers["layout"]["levels"] for r in level["routes"]]
    walked = sum(r["visitors_per_day"] * r["length_mm"] for r in routes) / 1000
    visitors = sum(f["visitors_per_day"] for f in answers["programme"]["flows"])
    assert walked / visitors == pytest.approx(answers["measures"]["walk_m_per_visit"], rel=0.01)
    lines = answers["costs"]["capital_lines"]
    assert sum(line["amount"] for line in lines) == pytest.approx(answers["costs"]["capital"])


def test_people_are_named_in_the_manager_s_folder_only(package: Path, answers: Any) -> None:
    for file in (p for p in package.rglob("*") if p.is_file() and "manager" not in p.parts):
        text = file.read_bytes().decode("utf-8", "ignore").casefold()
        named = [n for n in NAMES for part in (n, *n.split()) if part.casefold() in text]
        assert named == [], file.name
    people = read_folder(package / "project").staff
    assert [p.name for p in people] == [p.id for p in people] == ["s1", "s2", "s3", "s4", "s5"]
    assert all(not p.leave and not p.requests for p in people)
    assert "unmet_requests" not in answers["roster"]


def test_the_project_in_the_package_asks_the_same_question(package: Path, home: Path) -> None:
    inside, outside = read_folder(package / "project"), read_folder(home / "small")
    assert (inside.plan, inside.arrivals, inside.services) == (outside.plan, outside.arrivals, outside.services)


def test_an_earlier_package_is_replaced_and_other_people_s_files_are_not(package: Path, home: Path, tmp_path: Path) -> None:
    folder = str(home / "small")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/dear.txt").write_text("mine", "utf-8")
    assert run(["plan", folder, "--out", str(tmp_path / "letters"), *QUICK]) == 2
    assert [p.name for p in (tmp_path / "letters").iterdir()] == ["dear.txt"]
    again = tmp_path / "again"
    shutil.copytree(package, again)
    (again / "old.txt").write_text("of the earlier package", "utf-8")
    assert run(["plan", folder, "--out", str(again), *QUICK]) == 0
    assert not (again / "old.txt").exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == [], "nothing is left half-way"


def test_the_accepted_layout_is_the_one_that_is_delivered_and_exported(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    shutil.copytree(home / "small", folder)
    assert run(["place", str(folder), *QUICK]) == 0
    assert run(["accept", str(folder)]) == 0
    assert run(["pin", str(folder), "cashier"]) == 0
    assert run(["check", str(folder)]) == 0
    assert run(["plan", str(folder), "--out", str(tmp_path / "out"), *QUICK]) == 0
    told = json.loads((tmp_path / "out/answers.json").read_text("utf-8"))
    accepted = read_folder(folder).accepted
    assert accepted is not None
    assert told["layout_in_force"] == {"candidate": accepted.candidate, "accepted": True}
    wanted = {f"--{kind}": tmp_path / f"x.{kind}" for kind in ("dxf", "svg", "pdf", "html", "xlsx", "ics")}
    assert run(["export", str(folder), *(str(w) for pair in wanted.items() for w in pair)]) == 0
    assert all(file.stat().st_size > 500 for file in wanted.values())
    assert run(["export", str(folder), "--ifc", str(tmp_path / "x.ifc")]) == 2


@pytest.fixture
def pinned(home: Path, tmp_path: Path) -> Path:
    """The small centre with its cashier pinned where the accepted layout has it."""
    folder = tmp_path / "small"
    shutil.copytree(home / "small", folder)
    for words in (["place", str(folder), *QUICK], ["accept", str(folder)], ["pin", str(folder), "cashier"]):
        assert run(words) == 0
    return folder


def more_come(folder: Path, row: str, more: str) -> None:
    demand = folder / "demand.csv"
    demand.write_text(demand.read_text("utf-8").replace(row, more), "utf-8")


def test_a_pinned_bank_stays_when_the_rest_is_placed_anew(pinned: Path, capsys: Any) -> None:
    more_come(pinned, "enquiry,3", "enquiry,12")
    capsys.readouterr()
    assert run(["place", str(pinned), "--json", *QUICK]) == 0
    items = json.loads(capsys.readouterr().out)["layout"]["levels"][0]["items"]
    accepted = read_folder(pinned).accepted
    assert accepted is not None
    before = {i.id: i.insert_mm for i in accepted.layout.levels[0].items if i.bank == "cashier" and i.kind.startswith("cash")}
    after = {i["id"]: tuple(i["insert_mm"]) for i in items if i["id"] in before}
    assert after == before
    assert {i["bank"] for i in items if i["pinned"]} == {"cashier"}


def test_a_pin_that_no_longer_fits_is_named(pinned: Path, capsys: Any) -> None:
    more_come(pinned, "deed,4", "deed,9")
    assert run(["place", str(pinned), *QUICK]) == 3
    assert "pinned cashier" in capsys.readouterr().err


def test_a_plan_for_changed_demand_says_that_the_accepted_layout_is_outdated(pinned: Path, tmp_path: Path, capsys: Any) -> None:
    more_come(pinned, "enquiry,3", "enquiry,12")
    assert run(["plan", str(pinned), "--out", str(tmp_path / "out"), *QUICK]) == 0
    assert "accepted layout" in capsys.readouterr().err


def test_the_same_question_with_reproducible_effort_has_the_same_layout_in_two_processes(home: Path, tmp_path: Path) -> None:
    layouts = []
    for name in ("first", "second"):
        folder = tmp_path / name
        shutil.copytree(home / "small", folder, ignore=shutil.ignore_patterns(".answers"))
        words = ["place", str(folder), "--json", "--reproducible", "--seconds", "3"]
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
        )
        layouts.append(json.loads(done.stdout)["layout"])
    assert layouts[0] == layouts[1]
    assert len(layouts[0]["levels"][0]["items"]) > 10
