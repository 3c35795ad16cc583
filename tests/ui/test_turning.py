"""Turning pages: those put away are out of reach of eyes, keys and screen readers, and are found again as they were left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.ui.conftest import cut_the_line
from tests.ui.serving import Served
from tests.ui.waiting import expect

STAGE = ".cl-page-plan .ed-stage"
HERE = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  for (let el = at; el; el = el.assignedSlot ?? el.parentElement ?? el.getRootNode().host) {
    const found = [...(el.classList ?? [])].find((name) => name.startsWith("cl-page-"))
    if (found) return found
  }
  return ""
}"""
TAKES_FOCUS = """(page) => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((el) => el.shadowRoot ? [el, ...all(el.shadowRoot)] : [el])
  const ones = all(page.shadowRoot).filter((el) => el.tabIndex >= 0)
  const taken = ones.filter((el) => { el.focus(); return el.matches(":focus") })
  return [ones.length > 5, taken.length]
}"""
AT_ONCE = """(page) => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "2", altKey: true, bubbles: true, composed: true}))
  return page.inert
}"""
NAMES = """(page) => {
  const model = [...Bokeh.documents[0].all_models].find((m) => m.css_classes?.includes("cl-page-demand"))
  const view = Bokeh.index.find_one(model)
  return ["update_layout", "measure_layout", "update_bbox", "_compute_layout", "after_layout", "r_after_render", "after_resize",
    "invalidate_layout", "compute_layout"].filter((name) => typeof Object.getPrototypeOf(view)[name] !== "function"
    || !Object.hasOwn(view, name))
}"""
TOLD = "() => [...Bokeh.documents[0].all_models].find((m) => m.data?.attributes?.here).data.here"
# no socket yet, a socket that is still opening, one that is open but has not brought the page yet
PRESSED_WHILE_CUT = """(button) => {
  const Socket = window.WebSocket, press = () => button.click()
  window.WebSocket = class extends Socket {
    constructor(...given) { super(...given); queueMicrotask(press); this.addEventListener("open", press) }
  }
  Bokeh.documents[0].on_event("connection_lost", press)
}"""
FILLS = """(root) => {
  const stage = root.querySelector(".ed-stage").getBoundingClientRect()
  const [w] = root.editor.view.size()
  return Math.abs(w - stage.width) < 2 && stage.right <= innerWidth
}"""


def test_pages_put_away_are_out_of_reach_and_found_again_as_they_were(
    open_project: Callable[..., Any], small_project: Any
) -> None:
    tab = open_project(small_project)
    page = tab.page
    tab.go_to("plan")
    plan, demand = page.locator(".cl-page-plan"), page.locator(".cl-page-demand")
    editor = plan.locator(".ed-root")
    tab.until(lambda: editor.evaluate("root => root.editor.rev > 0 && root.editor.view.ranges !== null"))
    page.keyboard.press("d")  # a tool that takes Tab for itself
    tab.until(lambda: editor.evaluate("root => root.editor.tool.id") == "door")
    tab.go_to("demand")
    expect(plan).not_to_be_visible()
    field = demand.locator(".cl-new-service input")
    field.fill("Half a na")
    demand.evaluate("el => { el.scrollTop = 40 }")

    # neither keys nor machines come to the page that is away, and its tools do not take keys
    assert plan.evaluate(TAKES_FOCUS) == [True, 0]
    field.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(HERE) == "cl-page-demand"
    read = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names = {n["name"]["value"] for n in read if not n["ignored"] and n.get("name")}
    assert "Services & demand" in names and not any("Drawing" in name for name in names if name != "Drawing"), names
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("w")
    assert editor.evaluate("root => root.editor.tool.id") == "door"

    # the browser turns before the server hears of it; Tab goes on in the page that came
    tab.go_to("capacity")
    assert demand.evaluate(AT_ONCE) is False
    page.keyboard.press("Tab")
    assert page.evaluate(HERE) == "cl-page-demand"
    assert field.input_value() == "Half a na" and demand.evaluate("el => el.scrollTop") == 40
    assert demand.evaluate(NAMES) == []

    # the last of several turns stands, and what was resized while it was away fits
    for key in ("3", "1", "3", "1"):
        page.keyboard.press(f"Alt+{key}")
    expect(plan).to_be_visible()
    page.keyboard.press("Alt+3")
    page.set_viewport_size({"width": 1100, "height": 700})
    page.locator(".cl-nav").get_by_text("Plan", exact=True).click()
    tab.until(lambda: editor.evaluate(FILLS))
    marked = page.locator(".cl-nav [aria-current=page]")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("Plan")
    expect(page.locator(".cl-page-capacity")).not_to_be_visible()

    # nor does a late answer about the page before move the mark
    tab.settle()  # until the server has told of all turns before
    turns = page.evaluate(TOLD)[1]
    with tab.workspace.locked():  # the server stands still on the first turn
        page.keyboard.press("Alt+3")
        page.wait_for_timeout(200)
        page.locator(".cl-nav").get_by_text("Services & demand", exact=True).click()
        expect(marked).to_contain_text("Services")
    tab.until(lambda: page.evaluate(TOLD)[0] == "demand" and page.evaluate(TOLD)[1] >= turns + 2)
    page.wait_for_timeout(200)
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("Services")
    expect(demand).to_be_visible()

    # what is pressed while a cut line is laid anew is not lost, and the page goes on afterwards
    workspace, before = tab.workspace, tab.workspace.project
    for name in "abc":
        workspace.change(replace(workspace.project, site=replace(before.site, name=name)), name)
    undo = page.locator(".cl-undo button")
    expect(undo).to_be_enabled()
    undo.evaluate(PRESSED_WHILE_CUT)
    cut_the_line(tab)
    tab.until(lambda: workspace.project == before)
    expect(page.get_by_text("The connection to Centreline is lost")).not_to_be_visible()
    page.locator(".cl-redo button").click()
    tab.until(lambda: workspace.project.site.name == "a")
    expect(page.locator(".cl-page-demand")).to_be_visible()


# whether charts would ask styles, and the sheets that name any for them
STYLES_FOR_CHARTS = """() => {
  const all = (root) => [root, ...[...root.querySelectorAll("*")].flatMap((el) => el.shadowRoot ? all(el.shadowRoot) : [])]
  const sheets = all(document).flatMap((root) => [...root.styleSheets, ...root.adoptedStyleSheets])
  const text = (sheet) => { try { return [...sheet.cssRules].map((rule) => rule.cssText).join() } catch { return "" } }
  const {Line, VisualProperties} = Bokeh.require("core/visuals")
  const asked = Line.prototype.get_line_color.toString().includes("_get_css_value")
  const silent = asked && VisualProperties.prototype._get_css_value("x") === ""
  return [silent, sheets.length > 20, sheets.map(text).filter((rules) => rules.includes("--bk-"))]
}"""
LAID_OUT = """() => {
  const charts = [...Bokeh.documents[0].all_models].filter((model) => model.type === "Figure")
  const away = charts.map((m) => Bokeh.index.find_one(m)).filter((v) => v && !v.el.checkVisibility({visibilityProperty: true}))
  return away.filter((view) => view.frame.bbox.width > 100).length > 1  // those of the page Capacity
}"""


def test_charts_look_as_their_models_say_since_no_sheet_of_styles_says_otherwise(
    open_project: Callable[..., Any], small_project: Any
) -> None:
    tab = open_project(small_project)
    tab.go_to("capacity")
    tab.page.locator(".cl-page-capacity .cl-capacity-bank").wait_for()
    assert tab.page.evaluate(STYLES_FOR_CHARTS) == [True, True, []]


def test_what_is_told_to_a_page_that_nobody_sees_is_laid_out_while_hands_rest(
    new_tab: Callable[..., Any], helpers: None, tmp_path: Any, small_project: Any
) -> None:
    served = Served(tmp_path / "home", leaves_helpers=True, ahead=True)
    try:
        tab = new_tab(served)
        tab.page.goto(served.link(small_project))
        tab.ready()
        tab.go_to("capacity")
        tab.go_to("plan")
        tab.page.locator(".cl-page-capacity .cl-capacity-bank").wait_for(state="attached")
        tab.page.wait_for_function(LAID_OUT)
        expect(tab.page.locator(".cl-page-capacity")).not_to_be_visible()
        tab.page.context.close()
    finally:
        served.stop()


ROWS_DRAWN = """(page) => {
  const tables = [...Bokeh.documents[0].all_models].filter((m) => m.type === "panel.models.tabulator.DataTabulator")
  const found = tables.map((m) => Bokeh.index.find_one(m)).filter((v) => v?.tabulator?.initialized && v.el.checkVisibility())
  window.drawn = 0
  for (const view of found) {
    const rows = view.tabulator.element.querySelector(".tabulator-table")
    new MutationObserver((all) => { window.drawn += all.length }).observe(rows, {childList: true, subtree: true})
  }
  return found.length
}"""


def test_a_page_turned_to_does_not_draw_its_tables_anew_unless_its_width_changed(
    open_project: Callable[..., Any], small_project: Any
) -> None:
    """Drawing two tables took most of the time for which people waited for the page Capacity."""
    tab = open_project(small_project)
    page = tab.page
    tab.go_to("capacity")
    capacity = page.locator(".cl-page-capacity")
    capacity.locator(".tabulator-row").first.wait_for()
    tab.go_to("demand")
    tab.go_to("capacity")  # the first turn draws what was built out of sight
    tab.painted()
    assert capacity.evaluate(ROWS_DRAWN) > 0
    tab.go_to("demand")
    tab.go_to("capacity")
    tab.painted()
    assert page.evaluate("window.drawn") == 0
    tab.go_to("demand")
    page.set_viewport_size({"width": 1000, "height": 800})
    tab.go_to("capacity")
    tab.until(lambda: page.evaluate("window.drawn") > 0)
