"""A walk through all models asks only those that changed what they refer to, and finds what a walk that asks all finds."""

from __future__ import annotations

import pytest
from bokeh.document import Document
from bokeh.model.util import collect_models
from bokeh.models import Button, Column, CustomJS, Div, Model, Slider
from bokeh.plotting import figure

from planner.ui import remembered
from planner.ui.remembered import keep_references


@pytest.fixture(autouse=True)
def kept() -> None:
    keep_references()


def a_page() -> tuple[Document, Column]:
    document, column = Document(), Column(children=[Div(text="one"), a_chart(), Slider(start=0, end=9, value=1)])
    document.add_root(column)
    return document, column


def a_chart() -> Model:
    chart = figure()
    chart.line([1, 2], [3, 4], legend_label="a")
    return chart


def test_whatever_changes_the_document_knows_all_that_can_be_reached() -> None:
    document, column = a_page()
    chart, slider = column.children[1], column.children[2]
    button, script = Button(label="b"), CustomJS(code="")
    changes = [
        lambda: setattr(column, "children", [chart, button, slider]),
        lambda: column.children.append(a_chart()),  # in place
        lambda: chart.add_layout(figure().xaxis[0], "above"),
        lambda: chart.line([1], [2]),
        lambda: slider.js_on_change("value", script),
        lambda: script.args.update(other=Div(text="deep")),
        lambda: column.children.pop(0),
        lambda: column.children.insert(0, chart),
        lambda: setattr(column, "children", []),
    ]
    for change in changes:
        change()
        assert set(document.models) == set(collect_models(column))
        assert all(model.document is document for model in document.models)
    assert chart.document is None


def test_a_part_that_changed_while_it_was_away_comes_back_as_it_is() -> None:
    document, column = a_page()
    inner = Column(children=[Div(text="first")])
    column.children = [inner]
    column.children = []
    inner.children = [Div(text="second")]
    column.children = [inner]
    assert set(document.models) == {column, inner, inner.children[0]}


def test_parts_that_did_not_change_are_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, column = a_page()
    column.children = [*column.children, Div(text="two")]
    asked: list[Model] = []
    own = remembered._asked
    monkeypatch.setattr(remembered, "_asked", lambda model: (asked.append(model), own(model))[1])
    new = Div(text="three")
    column.children = [*column.children[:-1], new]
    assert asked == [column, new]
