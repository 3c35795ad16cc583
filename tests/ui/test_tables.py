"""Tables as a browser shows them: a name that nobody gave, and titles in a narrow window."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from planner.ui import kit
from tests.ui.conftest import a_project

TITLES = {"name": "Bank", "a": "Positions", "b": "Accessible", "c": "Wheelchair places", "d": "Least share in time"}
ROWS = [{"name": name, "a": 1, "b": 2, "c": 3, "d": "82 %"} for name in ("Cashier", "", "<i>Notary</i>")]
LINES = """title => {
  const range = document.createRange()
  range.selectNodeContents(title)
  return new Set([...range.getClientRects()].map(r => Math.round(r.top))).size
}"""


class Two:
    """The same rows with names on one line and on several."""

    def __init__(self, _: Any) -> None:
        self._one = kit.table(TITLES, ROWS, css_classes=["t-one"], **kit.EVEN)
        self.pressed: list[int] = []
        marked = [{"name": name, "remove": "✕"} for name in ("Cashier", "Notary")]
        titles = {"name": "Bank", "remove": "Remove"}
        self._marked = kit.table(titles, marked, on_click=self.pressed.append, css_classes=["t-marked"])
        self._several = kit.table(TITLES, ROWS, wrap=("name",), css_classes=["t-several"], **kit.EVEN)

    def view(self) -> Any:
        return kit.column(self._one, self._several, self._marked, width=480)

    def refresh(self) -> None: ...


@pytest.fixture
def tables(open_part, tmp_path):
    return open_part(a_project(tmp_path, "tables"), Two)


def test_a_blank_name_is_a_dash_that_says_what_it_is_and_names_stay_text(tables):
    for kind in ("one", "several"):
        cells = tables.page.locator(f'.t-{kind} .tabulator-cell[tabulator-field="name"]')
        expect(cells).to_have_text(["Cashier", "–", "<i>Notary</i>"])
        expect(cells.nth(1)).to_have_attribute("title", "unnamed")


def test_a_mark_is_pressed_by_keys_and_says_what_it_does_to_which_row(tables):
    for number, key in ((1, "Enter"), (0, "Space")):
        mark = tables.page.locator(".t-marked").get_by_role("button").nth(number)
        expect(mark).to_have_accessible_name(f"Remove: {('Cashier', 'Notary')[number]}")
        mark.focus()
        tables.page.keyboard.press(key)
    tables.until(lambda: tables.part.pressed == [1, 0])


def test_in_a_narrow_window_no_word_of_a_title_is_broken(tables):
    size = tables.page.viewport_size
    tables.page.set_viewport_size({"width": 1000, "height": 700})
    try:
        for title in ("Positions", "Accessible"):
            shown = tables.page.locator(".t-one .tabulator-col-title").get_by_text(title)
            tables.until(lambda shown=shown: shown.evaluate(LINES) == 1)
    finally:
        tables.page.set_viewport_size(size)


ONE = "[...Bokeh.index.query((view) => view.el?.matches?.('.t-one'))][0]"
MISSES_A_SHEET = f"""() => {{
  const table = {ONE}
  table._initialized_stylesheets.set("came before it was listened for", false)
  table._request_resize_redraw()
}}"""
ASKS = f"""async () => {{
  const table = {ONE}, line = new MessageChannel()
  let asks = 0
  table._has_active_editor = () => {{ asks += 1; return true }}
  table._request_resize_redraw()
  for (let turn = 0; turn < 200; turn += 1) {{
    await new Promise((go) => {{ line.port1.onmessage = go; line.port2.postMessage(null) }})
  }}
  delete table._has_active_editor
  return asks
}}"""


def test_a_table_that_missed_a_style_sheet_is_drawn_anew_all_the_same(tables):
    tables.page.evaluate(MISSES_A_SHEET)
    tables.until(lambda: not tables.page.evaluate(f"{ONE}._resize_pending"))


def test_a_table_whose_cell_is_edited_leaves_the_browser_in_peace_until_it_may_be_drawn_anew(tables):
    assert tables.page.evaluate(ASKS) < 100
    tables.until(lambda: not tables.page.evaluate(f"{ONE}._resize_pending"))
