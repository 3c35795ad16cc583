"""What a browser does not know yet is told it in full, whatever comes from there meanwhile."""

from __future__ import annotations

import json

from bokeh.document import Document
from bokeh.models import Column, Div, Slider
from bokeh.protocol import Protocol

from planner.ui.unsent import keep_unsent


def a_page() -> tuple[Document, Column, Slider]:
    """A document that its browser has as it is."""
    keep_unsent()
    column, slider = Column(children=[]), Slider(start=0, end=9, value=1)
    document = Document()
    document.add_root(column)
    document.add_root(slider)
    document.to_json()
    return document, column, slider


def from_the_browser(document: Document, slider: Slider) -> None:
    change = {"kind": "ModelChanged", "model": {"id": slider.id}, "attr": "value", "new": 5}
    document.apply_json_patch({"events": [change]})
    assert slider.value == 5


def sent(document: Document, events: list) -> str:
    return json.dumps(Protocol().create("PATCH-DOC", events).content, default=str)


def test_what_was_built_before_a_change_from_the_browser_is_sent_in_full_after_it() -> None:
    document, column, slider = a_page()
    events: list = []
    document.on_change(events.append)
    column.children = [Div(text="a layout")]
    changed = list(events)
    from_the_browser(document, slider)
    assert "a layout" in sent(document, changed)


def test_what_was_sent_while_a_change_was_applied_is_known_after_it() -> None:
    document, column, slider = a_page()
    events: list = []
    document.on_change(events.append)
    slider.on_change("value", lambda attr, old, new: sent(document, events[:1]))
    column.children = [Div(text="a layout")]
    changed = list(events)
    from_the_browser(document, slider)
    assert "a layout" not in sent(document, changed)
