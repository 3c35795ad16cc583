"""The few names of BokehJS that the editor leans on, which its makers may change: when this fails, look at js/bokeh_view.js."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.editor_hand import Hand

NAMES = """(() => {
  const view = ed.view.view, model = ed.view.model, source = ed.view.sources.areas
  const x = model.x_range.start
  model.x_range.setv({start: x}, {sync: false})
  return {
    documents: Array.isArray(Bokeh.documents), by_name: typeof Bokeh.documents[0].get_model_by_name === "function",
    find_one: Bokeh.index.find_one(model) === view, frame: typeof view.frame.x_scale.compute(0) === "number",
    canvas: view.canvas_view.el instanceof Element, renderers: model.renderers.every((r) => r.name && r.data_source),
    setv: typeof source.setv === "function", data: "xs" in source.data,
  }
})()"""


def test_bokeh_still_has_the_names_that_the_editor_uses(open_editor: Callable[..., Hand]) -> None:
    found = open_editor().ed(NAMES)
    assert [name for name, there in found.items() if not there] == []


def test_columns_and_ranges_set_by_the_browser_are_told_to_nobody(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    editor = hand.bench.editor
    assert editor is not None
    start = editor.plan.x_range.start
    hand.page.mouse.move(*hand.at(3_000, 3_000))
    hand.page.mouse.wheel(0, -400)
    hand.page.wait_for_timeout(300)
    assert editor.plan.x_range.start == start
    assert all(not any(len(c) for c in r.data_source.data.values()) for r in editor.plan.renderers)
