"""Where words begin at the right: names of fields, words of tables and icons stand there too; and what a dark page turns."""

from __future__ import annotations

from typing import Any

import pytest

from planner.ui import kit
from planner.ui.demand.flow import flow_svg
from planner.ui.words import Words
from tests.planner.small_centre import a_small_centre
from tests.ui.conftest import a_project

MIDDLES = """el => {
  const middle = (box) => box.left + box.width / 2
  const at = (css) => middle(el.querySelector(css).getBoundingClientRect())
  return [at(".MuiInputLabel-root"), middle(el.querySelector(".MuiInputBase-root").getBoundingClientRect())]
}"""


class Fields:
    """One of each kind that has a name or words of its own."""

    def __init__(self, _: Any) -> None:
        self._parts = [
            kit.text_field("الاسم", "Dahuk", css_classes=["t-text"]),
            kit.select("الخدمة", {"Passport": 1}, css_classes=["t-select"]),
            kit.whole_field("النسخة", 1, 1, 9, css_classes=["t-number"]),
            kit.table({"file": "الملف"}, [{"file": "a.dxf"}], css_classes=["t-table"], **kit.EVEN),
            kit.image(
                flow_svg(a_small_centre(), a_small_centre().services[0], Words("ar")), "", ground="none", css_classes=["t-flow"]
            ),
        ]

    def view(self) -> Any:
        return kit.column(*self._parts, styles={"direction": "rtl"}, width=700)  # for tables, which look at once

    def refresh(self) -> None: ...


@pytest.fixture
def fields(open_part, tmp_path):
    tab = open_part(a_project(tmp_path, "sides"), Fields, language="ar", dark=True)
    tab.page.evaluate("document.documentElement.dir = 'rtl'")  # as the shell's keys.js does
    yield tab
    tab.page.evaluate("document.documentElement.dir = ''")


def test_names_of_fields_stand_at_the_right_where_words_begin_there(fields):
    for kind in ("text", "select", "number"):
        label, field = fields.page.locator(f".t-{kind} .MuiFormControl-root").first.evaluate(MIDDLES)
        assert label > field + 100, kind


def test_words_of_a_table_stand_below_their_title(fields):
    cell = fields.page.locator('.t-table .tabulator-cell[tabulator-field="file"] > div')
    fields.until(lambda: cell.count())  # and again where the table was just built anew
    fields.until(lambda: cell.evaluate("el => getComputedStyle(el).textAlign") == "start")


def test_a_number_stands_off_the_frame_of_its_field(fields):
    assert fields.page.locator(".t-number input").evaluate("el => getComputedStyle(el).paddingInlineStart") == "14px"


def test_the_journey_is_turned_with_other_paper_on_a_dark_page(fields):
    style = fields.page.locator(".t-flow img").get_attribute("style")
    assert kit.ON_PAPER in style
