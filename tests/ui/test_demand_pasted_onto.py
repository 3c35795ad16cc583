"""Cells pasted or typed onto the table of arrivals: they lie from the cell in hand on, and move no others."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.ui.demand import edits
from planner.ui.demand.arriving import ArrivalsPart
from planner.ui.demand.catching import read_cells
from planner.ui.demand.paste import anchored, pasted
from tests.ui.test_demand_edits import SMALL
from tests.ui.test_demand_pasted import DAY, STARTS


def test_a_figure_typed_where_the_table_has_changed_meanwhile_is_told_of_and_changes_nothing():
    from planner.ui.demand.arriving import ArrivalsPart

    said, painted, changes = [], [], []
    fault = SimpleNamespace(tags=["p", ""], object="", visible=False)
    session = SimpleNamespace(
        project=SMALL, words=lambda code, **_: said.append(code) or code,
        workspace=SimpleNamespace(path=Path("a.centreline"), change=lambda *given: changes.append(given)),
    )  # fmt: skip
    services = tuple((s.id, s.name) for s in SMALL.services)
    for day, row, shape in (("gone", 0, None), (DAY.id, 99, (DAY.id, services)), (DAY.id, 0, (DAY.id, services[:1]))):
        part = SimpleNamespace(
            _session=session, _day=SimpleNamespace(value=day), _shape=shape, _fault=fault, _paint=lambda: painted.append(1)
        )
        ArrivalsPart._edited(part, row, "s1", "5", "4")  # type: ignore[arg-type]
    assert (said, len(painted), changes, fault.visible) == (["page.stale"] * 3, 3, [], True)


def test_bare_figures_pasted_onto_a_cell_lie_from_there_on():
    found = pasted(SMALL, DAY, anchored(SMALL, DAY, "5\n6\n7", "enquiry", 2))
    assert found.persons == {("enquiry", s): n for s, n in zip(STARTS[2:5], (5.0, 6.0, 7.0), strict=True)}
    for whole in ("5\n" * 9, "1\t2\t3", "from\tDeed\n08:00\t5"):  # more than there is room for, or told by its headings
        assert anchored(SMALL, DAY, whole, "deed", 0) == whole


@pytest.mark.parametrize("text", ["5\n\n7", "5\r\n\r\n7\r\n", "\n5\n\n7\n\n\n"])
def test_an_empty_cell_pasted_onto_the_table_empties_its_own_and_moves_no_other(text):
    found = pasted(SMALL, DAY, anchored(SMALL, DAY, text, "deed", 0))
    figures = [float(line or 0) for line in text.rstrip().splitlines()]
    assert found.persons == {("deed", s): n for s, n in zip(STARTS, figures)}


def test_an_empty_column_pasted_onto_the_table_keeps_its_place_too():
    three = edits.new_service(SMALL, "Deed")  # a name that is there already
    names = [s.id for s in three.services]
    for text, figures in (("5\t\t7", [5, 0, 7]), ("\t\t7\n\n5\t6\t7", [0, 0, 7, 0, 0, 0, 5, 6, 7])):
        found = pasted(three, DAY, anchored(three, DAY, text, names[0], 1)).persons
        assert [found[name, s] for s in STARTS[1 : 1 + len(figures) // 3] for name in names] == figures
        assert len(found) == len(figures)


def test_what_is_pasted_onto_a_day_that_is_gone_opens_the_window_as_it_is():
    opened = []
    session = SimpleNamespace(project=replace(SMALL, day_types=(), arrivals=()), told=nullcontext)
    part = SimpleNamespace(
        _session=session, _day=SimpleNamespace(value=DAY.id), _paste=SimpleNamespace(open=lambda *cells: opened.append(cells))
    )
    ArrivalsPart._caught(part, "5\n6", 0, "s0")
    assert opened == [("5\n6", "deed")]


def test_cells_told_by_the_browser_are_text_at_a_place_or_nothing():
    told = {"text": "1\n2", "row": 3, "column": "s0"}
    assert read_cells(told) == ("1\n2", 3, "s0")
    assert read_cells(told | {"row": "3"}) == ("1\n2", 0, "s0")
    assert [read_cells(t) for t in (None, {}, told | {"text": " "}, told | {"text": 5}, told | {"column": None})] == [None] * 5
