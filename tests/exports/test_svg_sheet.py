"""The sheet: the smallest paper at the largest scale, and a PDF of exactly that size with its texts searchable."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from exports.drawing import Text
from exports.floor_panels import schedule_panel
from exports.pdf import write_pdf
from exports.sheet import paper_for
from exports.sheet_set import sheets_of
from exports.svg import sheet_svg
from tests.exports.sample_layout import item, sample_items


@pytest.mark.parametrize(
    ("width_mm", "height_mm", "expected"),
    [
        (20_000, 20_000, ("A3", 100)),
        (36_000, 25_000, ("A2", 100)),
        (60_000, 40_000, ("A1", 100)),
        (150_000, 100_000, ("A0", 200)),
    ],
)
def test_the_paper_fits_the_plan(width_mm, height_mm, expected):
    paper, _, _, scale = paper_for(width_mm, height_mm)
    assert (paper, scale) == expected


def test_a_long_narrow_hall_gets_a_standing_sheet():
    assert paper_for(26_000, 46_000) == ("A2", 420.0, 594.0, 100)


def test_a_long_schedule_needs_a_taller_paper():
    assert paper_for(20_000, 20_000, 240.0)[0] == "A2"
    assert paper_for(12_000, 20_000, 300.0)[:3] == ("A3", 297.0, 420.0)


def test_the_plan_is_drawn_at_the_scale_of_the_sheet(drawing):
    sheet = sheets_of(drawing)[0]
    svg = sheet_svg(drawing, sheet)
    scale = re.search(r"scale\(([0-9.]+)\)", svg)
    assert scale
    assert float(scale[1]) == pytest.approx(1 / sheet.scale)
    assert f'width="{sheet.width:.0f}mm"' in svg


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_pdf_has_the_paper_size_and_its_texts_can_be_found(drawing, tmp_path):
    path = tmp_path / "sheet.pdf"
    assert write_pdf(drawing, path) == "A2 1:100, A1 1:50, A3"
    said = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "CONCEPT, NOT FOR CONSTRUCTION" in said
    assert "Archive" in said
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    width, height = (float(v) / 72 * 25.4 for v in re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups())
    assert (round(width), round(height)) == (594, 420)


def test_the_schedule_counts_all_that_serve_visitors_and_not_only_counters():
    told = []
    for items in (sample_items(), [*sample_items(), a_desk("welcome-1", ("id",)), a_desk("flowers", ())]):
        texts = [s for s in schedule_panel(items, {}, "en").shapes if isinstance(s, Text)]
        total = next(s for s in texts if s.lines == ("Total",))
        told.append(int(min((s for s in texts if s.at[1] == total.at[1] and s is not total), key=lambda s: s.at[0]).lines[0]))
    assert told[1] == told[0] + 1


def a_desk(id: str, services: tuple[str, ...]):
    return item(id, "reception", (9000, 3000), 0.0, 1800, 800, bank=id, services=services)
