"""The drawing set: every sheet numbered, parts at 1:50 that leave nothing out, print that can be read, schedules."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import ezdxf
import pytest
import shapely

from exports.drawing import BlockRef, Drawing, Line, Panel, Text, extents
from exports.dxf import write_dxf
from exports.floor_doors import door_panels, numbered_doors
from exports.floor_panels import LEAST_TEXT_MM, mirrored, schedule_panel, table_panel
from exports.labels import text_box
from exports.sheet import COLUMN_MM, Sheet
from exports.sheet_set import PART_SCALE, sheet_sets, sheets_of
from exports.svg import sheet_svg
from layouts.plan import TOLD_DOOR
from tests.exports.sample_layout import sample_items, sample_plan

HALL = (60_000.0, 45_000.0)


def texts(sheet: Sheet | Panel) -> list[Text]:
    return [s for s in sheet.shapes if isinstance(s, Text)]


def said(sheet: Sheet | Panel) -> set[str]:
    return {line for text in texts(sheet) for line in text.lines}


@pytest.fixture(scope="module")
def sheets(drawing: Drawing) -> tuple[Sheet, ...]:
    return sheets_of(drawing)


def test_the_set_begins_with_the_whole_and_ends_with_the_schedules(sheets):
    assert sheets[0].name == "Furnished floor plan"
    assert sheets[-1].name == "Schedules of rooms, doors and windows" and sheets[-1].view_centre is None
    assert {s.scale for s in sheets[1:-1]} == {PART_SCALE}


def test_every_sheet_says_its_number_and_how_many_there_are(sheets):
    for number, sheet in enumerate(sheets, start=1):
        assert any(line.startswith(f"Sheet {number} of {len(sheets)} ·") for line in said(sheet))


def test_sheets_of_several_floors_are_numbered_through_the_set_with_the_floor_in_the_number(drawing):
    floors = [replace(drawing, subtitle=name) for name in ("Ground floor", "First floor")]
    below, above = sheet_sets(floors)
    assert [s.code for s in below] == [f"A-1{n:02}" for n in range(1, len(below) + 1)]
    assert [s.code for s in above] == [f"A-2{n:02}" for n in range(1, len(above) + 1)]
    whole = [*below, *above]
    for number, sheet in enumerate(whole, start=1):
        lines = said(sheet)
        assert any(line.startswith(f"Sheet {number} of {len(whole)} ·") for line in lines)
        assert {sheet.code, sheet.name} <= lines


@pytest.mark.parametrize("count", [1, 2, 9])
def test_the_list_of_sheets_names_every_sheet_of_the_set_once(drawing, count):
    floors = [replace(drawing, subtitle=f"Floor {n}") for n in range(count)]
    whole = [s for own in sheet_sets(floors) for s in own]
    listing = [t.lines[0] for s in whole for t in texts(s) if t.kind != "title" and re.fullmatch(r"A-\d+", t.lines[0])]
    assert listing == [s.code for s in whole]
    low = min(t.at[1] for s in whole for t in texts(s) if t.lines[0] in listing)
    assert low > 10, "within the frame"


def test_the_parts_show_the_whole_floor_and_overlap_at_their_seams(drawing):
    large = replace(drawing, shapes=(*drawing.shapes, Text(layer="A-ANNO-NOTE", at=HALL, lines=("far",), height=200)))
    parts = [s for s in sheets_of(large) if s.scale == PART_SCALE]
    assert len(parts) > 1
    x0, y0, x1, y1 = extents(large)
    for k in range(21):
        for m in range(21):
            x, y = x0 + (x1 - x0) * k / 20, y0 + (y1 - y0) * m / 20
            assert any(
                abs(x - p.view_centre[0]) <= p.view_size[0] * PART_SCALE / 2
                and abs(y - p.view_centre[1]) <= p.view_size[1] * PART_SCALE / 2
                for p in parts
                if p.view_centre is not None
            )
    assert all("Key plan" in said(p) for p in parts)


def test_a_part_holds_what_its_view_shows_and_no_more(drawing):
    far = Text(layer="A-ANNO-NOTE", at=HALL, lines=("far",), height=200)
    large = replace(drawing, shapes=(*drawing.shapes, far))
    pictures = [sheet_svg(large, s) for s in sheets_of(large)]
    holding = [">far<" in picture for picture in pictures]
    assert holding[0]
    assert 1 <= sum(holding[1:-1]) < len(holding) - 2


def test_print_on_the_paper_of_every_sheet_is_large_enough_to_read(sheets):
    assert {(t.lines, t.height) for sheet in sheets for t in texts(sheet) if t.height < LEAST_TEXT_MM} == set()


def test_every_word_in_the_plan_is_large_enough_to_read_on_the_parts(drawing):
    assert {t.lines for t in drawing.shapes if isinstance(t, Text) and t.height / PART_SCALE < LEAST_TEXT_MM} == set()


def test_a_long_title_goes_on_two_lines_whole(drawing):
    name = "Centre for residents, civil registration and social protection"
    first = sheets_of(replace(drawing, title=name))[0]
    title = [t for t in texts(first) if t.kind == "title" and t.bold and t.height > 3.0 and t.lines != (first.code,)]
    assert " ".join(line for t in title for line in t.lines) == name
    left = min(x for t in title for x in text_box(t).exterior.xy[0])
    assert all(max(text_box(t).exterior.xy[0]) - left <= COLUMN_MM for t in title), "within its column"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_number_of_a_sheet_stands_on_nothing_else_of_the_title_block(drawing, language):
    name = "Dahuk one-stop shop for social services"
    first = sheets_of(replace(drawing, title=name, subtitle="Level 0", language=language))[0]
    (code,) = [t for t in texts(first) if t.lines == (first.code,)]
    rows = [t.at[1] - t.height / 2 for t in texts(first) if t.kind == "title" and t.at[1] > code.at[1]]
    assert len(rows) > 4 and min(rows) - (code.at[1] + code.height / 2) > 2.0, "mm: the two ran together"
    assert not [t.lines for t in texts(first) if t is not code and text_box(t).intersects(text_box(code))]
    signed = [s for s in first.shapes if isinstance(s, Line) and s.kind == "sheet" and abs(s.a[1] - s.b[1]) < 0.1]
    assert not any(text_box(code).intersects(shapely.LineString([s.a, s.b])) for s in signed)


def test_the_doors_of_plan_and_schedule_bear_the_same_numbers(drawing, sheets):
    on_plan = {t.lines[0] for t in drawing.shapes if isinstance(t, Text) and t.kind == "door_number"}
    doors = [s for s in drawing.shapes if isinstance(s, BlockRef) and s.kind in ("door", "room_door", "staff_gate")]
    assert len(on_plan) == len(doors) > 0
    assert on_plan <= said(sheets[-1])


def test_a_gate_is_told_by_the_width_between_its_posts():
    storey = sample_plan().levels[0]
    gates = [i for i in sample_items() if i.kind == "staff_gate"]
    doors = {d.id: d for d in numbered_doors(storey, sample_items(), frozenset(), "en")}
    for gate in gates:
        width = int(max(abs(p[0] - q[0]) + abs(p[1] - q[1]) for p in gate.polygon for q in gate.polygon))
        assert doors[gate.id].clear_mm < width
    assert all(not doors[d.id].new for d in storey.doors)


def test_a_table_cell_too_long_for_its_column_goes_on_two_lines_without_touching_the_next():
    panel = table_panel("t", "T", (0.0, 50.0), ("Bank", "n"), [("Disability assessment and booking", "2"), ("Cash", "1")])
    lines = said(panel)
    assert {"Disability assessment", "and booking"} <= lines
    ys = [t.at[1] for t in texts(panel) if t.at[0] == 0.0]
    assert all(a - b > LEAST_TEXT_MM for a, b in pairwise(ys))


def test_a_panel_in_a_mirror_reads_from_the_right_and_twice_mirrored_is_itself():
    panel = table_panel("t", "T", (0.0, 50.0), ("Bank", "n"), [("Cash", "1")])
    other = mirrored(panel)
    head = next(t for t in texts(other) if t.lines == ("Bank",))
    assert (head.at[0], head.anchor) == (panel.width, "right")
    assert mirrored(other) == panel


def test_arabic_lines_are_set_from_the_right_in_pictures_and_latin_ones_are_left_alone(drawing):
    arabic = replace(drawing, language="ar")
    picture = sheet_svg(arabic, sheets_of(arabic)[0])
    assert re.search("\u202bلوحة 1 من \\d+ · [^<]*\u202c<", picture)
    assert ">Sample centre<" in picture
    assert "\u202b" not in sheet_svg(drawing, sheets_of(drawing)[0])


def test_each_sheet_is_a_layout_of_the_dxf_and_its_view_is_locked_at_its_scale(drawing, tmp_path):
    path = tmp_path / "set.dxf"
    record = write_dxf(drawing, path)
    doc = ezdxf.readfile(path)
    assert record.sheets == tuple(doc.layouts.names_in_taborder())[1:], "and no empty layout beside them"
    audit = doc.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    for name, sheet in zip(record.sheets, sheets_of(drawing)):
        views = [v for v in doc.layouts.get(name).query("VIEWPORT") if v.dxf.id != 1]
        assert [v.dxf.view_height / v.dxf.height for v in views] == ([] if sheet.view_centre is None else [sheet.scale])
        assert all(v.dxf.flags & 0x4000 for v in views)
        (title,) = doc.layouts.get(name).query("INSERT")
        values = {a.dxf.tag: a.dxf.text for a in title.attribs}
        assert (values["PROJECT"], values["PAPER"]) == ("Sample centre", sheet.paper)
        assert values["NUMBER"] == sheet.code
        assert sheet.code in name


def test_a_door_that_was_told_over_a_drawing_is_neither_existing_nor_new_in_the_schedule() -> None:
    storey = sample_plan().levels[0]
    first = replace(storey.doors[0], id=f"{TOLD_DOOR}1")
    doors = numbered_doors(replace(storey, doors=(first, *storey.doors[1:])), (), frozenset({storey.doors[1].id}), "en")
    cells = [line for panel in door_panels(doors, "en") for text in texts(panel) for line in text.lines]
    assert [c for c in cells if c in ("exists", "new", "not drawn")][:3] == ["not drawn", "new", "exists"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_heads_of_the_schedule_of_positions_stand_apart(language):
    panel = schedule_panel(sample_items(), {}, language)
    row = sorted((text_box(t).bounds for t in texts(panel) if t.bold and t.height < 3.0), key=lambda b: (-b[1], b[0]))[:5]
    assert len({round(b[1], 3) for b in row}) == 1, "one line of heads"
    assert min(after[0] - before[2] for before, after in pairwise(row)) > 0.5
    assert row[-1][2] <= panel.width + 0.5
