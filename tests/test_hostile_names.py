"""Names are text, whatever they hold: one project full of markup, formulas and control codes goes through every export."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import ezdxf
import pytest
from defusedxml import ElementTree
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from layouts.findings import BadInput
from planner.cli.entry import run
from planner.cli.output import print_json, say_bad_input, tell
from planner.folder import read_folder, write_folder
from planner.project import Project
from tests.planner.small_centre import a_small_centre, a_small_folder

MARKUP = "\"'><script>hurt()</script><img src=x onerror=hurt()>]]>--></style></text>"
TYPST = '#read("/etc/passwd") $x$ @ref'
CAD = r"\P{\H9x;big} %%u %%127 ^J \U+0041"
EVIL = f"{MARKUP} {TYPST} {CAD}"
LINES = "END:VEVENT\r\nBEGIN:VALARM\r\nATTACH:http://evil.example/x"
STEERING = "\x1b[2J\x1b]8;;http://evil.example\x07\x9b31m\u202e"
FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "'=1+1")
ACTS = ("/JavaScript", "/JS", "/URI", "/Launch", "/EmbeddedFiles", "/AA")


def hostile() -> Project:
    """The small centre with every name as an attack; ids stay, since they are checked when they are read."""
    small = a_small_centre()
    assert small.plan is not None
    (level,) = small.plan.levels
    return replace(
        small,
        site=replace(small.site, name=f"=1+1 {EVIL} {LINES}", ministry=EVIL),
        plan=replace(small.plan, levels=(replace(level, name=EVIL),)),
        banks=tuple(replace(b, name=f"{b.name} {EVIL}") for b in small.banks),
        services=tuple(replace(s, name=f"={s.name} {EVIL} {LINES}", source=EVIL) for s in small.services),
        day_types=tuple(replace(d, name=f"{EVIL} {STEERING}") for d in small.day_types),
        rooms=tuple(replace(r, name=EVIL) for r in small.rooms),
        staff=tuple(replace(p, name=f"{f} {EVIL}") for p, f in zip(small.staff, FORMULAS, strict=True)),
        labour=replace(small.labour, source=EVIL),
        costs=replace(small.costs, source=EVIL),
    )


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `centreline plan` hands over of the hostile centre. Its own check of the package passes, or the code is not 0."""
    place = tmp_path_factory.mktemp("hostile")
    fields = {name: getattr(hostile(), name) for name in Project.__dataclass_fields__}
    assert run(["plan", str(a_small_folder(place, **fields)), "--out", str(place / "package"), "--seconds", "3"]) == 0
    return place / "package"


class Page(HTMLParser):
    """The tags, attributes and text that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_shows_names_and_obeys_none(package: Path) -> None:
    page = Page((package / "report/report.html").read_text("utf-8"))
    assert "<script>hurt()</script>" in page.text
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base"}
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    assert [value for name, value in page.attributes if name.endswith(("href", "src")) and not value.startswith("#")] == []


def test_the_picture_is_well_formed_and_holds_no_script(package: Path) -> None:
    root = ElementTree.fromstring((package / "architect/plan.svg").read_text("utf-8"))
    assert not {"script", "image", "foreignObject", "a"} & {str(each.tag).rpartition("}")[2] for each in root.iter()}
    names = {name.rpartition("}")[2] for each in root.iter() for name in each.attrib}
    assert [name for name in names if name.startswith("on")] == []
    assert "<script>hurt()</script>" in "".join(root.itertext())


def test_the_drawing_is_sound_and_shows_names_letter_by_letter(package: Path) -> None:
    document = ezdxf.readfile(package / "architect/plan.dxf")
    audit = document.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    shown = [text.plain_text() for layout in document.layouts for text in layout.query("MTEXT")]
    assert any(r"#read" in text and r"\P{\H9x;big}" in text and "%%u" in text for text in shown)


def test_the_sheet_runs_reads_and_links_nothing(package: Path) -> None:
    body = (package / "architect/plan.pdf").read_bytes()
    reader = PdfReader(package / "architect/plan.pdf")
    objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
    names = {str(key) for each in objects if isinstance(each, dict) for key in each}
    assert "/MediaBox" in names and not names & set(ACTS)
    assert b"root:" not in body and "root:" not in "".join(page.extract_text() for page in reader.pages)


def test_the_workbook_computes_sums_only(package: Path) -> None:
    book = load_workbook(package / "manager/roster.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(str(cell.value).startswith("=SUM(") for cell in cells if cell.data_type == "f")
    assert any(cell.data_type == "s" and str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_the_calendar_holds_one_event_a_duty_and_nothing_of_theirs(package: Path) -> None:
    calendar = Calendar.from_ical((package / "manager/roster.ics").read_bytes())
    answers = json.loads((package / "answers.json").read_text("utf-8"))
    kinds = [each.name for each in calendar.walk()]
    assert kinds.count("VEVENT") == len(answers["roster"]["assignments"])
    assert set(kinds) == {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD"} | (set(kinds) & {"DAYLIGHT"})
    assert not any("ATTACH" in each or "URL" in each for each in calendar.walk("VEVENT"))


def test_a_folder_gives_every_name_back_and_none_is_a_formula(tmp_path: Path) -> None:
    write_folder(hostile(), tmp_path / "project")
    assert read_folder(tmp_path / "project") == hostile()
    for file in ("staff.csv", "demand.csv"):
        with (tmp_path / "project" / file).open(encoding="utf-8", newline="") as text:
            assert [cell for row in csv.reader(text) for cell in row if re.match(r"[=+\-@\t\r]", cell)] == []


def test_an_apostrophe_of_a_name_stays(tmp_path: Path) -> None:
    small = a_small_centre()
    named = replace(small, staff=(replace(small.staff[0], name="'Abd al-Karim"), replace(small.staff[1], name="''=x")))
    write_folder(named, tmp_path / "project")
    assert "'Abd al-Karim" in (tmp_path / "project/staff.csv").read_text("utf-8")
    assert [person.name for person in read_folder(tmp_path / "project").staff] == ["'Abd al-Karim", "''=x"]


def test_names_do_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    name = f"{STEERING}\U000e0001 می\u200cشود"
    print_json({"name": name})
    tell("placement.with_wish", wish=name)
    told = capsys.readouterr()
    assert json.loads(told.out) == {"name": name}
    for line in (told.out, told.err, say_bad_input(BadInput("document.missing_file", file=name))):
        assert "می\u200cشود" in line, "letters that join stay joined"
        assert line.strip("\n").replace("\u200c", "").isprintable()
