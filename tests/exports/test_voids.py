"""Floor that a layout closes off is told as what it can serve for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.drawing import Text
from exports.floor_drawing import draw_floor
from exports.floor_voids import use_of
from layouts.layout import Item, Layout
from tests.exports.sample_layout import item, sample_layout, sample_plan


def void(width: int, depth: int) -> Item:
    return item("V001", "void", (20_000, 9000), 0.0, width, depth)


@pytest.mark.parametrize(("width", "use"), [(400, "duct"), (700, "cupboard"), (1300, "store")])
def test_what_is_closed_off_serves_by_its_width(width: int, use: str) -> None:
    assert use_of(void(width, 3000)) == use


def test_a_wedge_is_as_wide_as_the_circle_in_it() -> None:
    wedge = replace(void(1500, 1500), polygon=((0, 0), (1500, 0), (0, 3000)))
    assert use_of(wedge) == "cupboard"


@pytest.mark.parametrize(("width", "name"), [(400, None), (700, "Cupboard"), (1300, "Store")])
def test_cupboards_and_stores_are_named_with_their_area_in_plan_and_schedule(width: int, name: str | None) -> None:
    one = void(width, 3000)
    placed = replace(sample_layout().levels[0], items=(one,))
    shown = draw_floor(sample_plan(), Layout(levels=(placed,)))
    names = [s for s in shown.shapes if isinstance(s, Text) and s.kind == "void"]
    assert [s.lines[0] for s in names] == ([name] if name else [])
    assert all(s.lines[1] == f"{width * 3000 / 1e6:.1f} m²" for s in names)
    rows = [t.lines[0] for panel in shown.schedules for t in panel.shapes if isinstance(t, Text)]
    assert ("closed off" in rows) == (name is not None)
