"""The SVG is well formed, searchable, and the same every time."""

from __future__ import annotations

import re
from dataclasses import replace

from defusedxml.ElementTree import fromstring
from sample_layout import sample_layout, sample_plan

from exports.drawing import Arc, Block, Drawing, Polyline
from exports.floor_drawing import draw_floor
from exports.svg import svg_text
from exports.svg_shapes import Pen, symbol

NS = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> set[str]:
    return {e.text or "" for e in fromstring(svg).iter(f"{NS}text")}


def test_texts_stay_text(drawing):
    assert {"Registration ×5", "Archive", "Legend", "30000"} <= texts(svg_text(drawing))


def test_every_symbol_used_is_defined_once(drawing):
    root = fromstring(svg_text(drawing))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    used = {e.get("href", "").removeprefix("#") for e in root.iter(f"{NS}use")}
    assert len(ids) == len(set(ids))
    assert used <= set(ids)
    assert len(used) > 10


def test_names_from_people_cannot_become_markup():
    name = '</text><script>alert(1)</script>&"\x07 مركز'
    layout = sample_layout()
    level = layout.levels[0]
    items = tuple(replace(i, label=name, id=name) if i.id == "archive" else i for i in level.items)
    svg = svg_text(draw_floor(sample_plan(), replace(layout, levels=(replace(level, items=items),)), title=name))
    root = fromstring(svg)
    assert not [e for e in root.iter() if e.tag.endswith("script")]
    shown = " ".join(texts(svg))  # a long name stands on two lines
    assert "\x07" not in svg and all(word in shown for word in name.replace("\x07", " ").split())


def test_the_same_drawing_gives_the_same_text(drawing):
    again = draw_floor(sample_plan(), sample_layout(), title="Sample centre")
    assert svg_text(again) == svg_text(drawing)


def test_y_points_up_in_the_plan_and_down_in_the_file():
    shapes = (Arc(layer="A-WALL-E", centre=(0, 0), radius=100, start_deg=0, end_deg=90),)
    svg = svg_text(Drawing(title="t", subtitle="", shapes=shapes, blocks=()))
    assert 'd="M100 0A100 100 0 0 0 0 -100"' in svg


def test_nothing_is_fetched_from_elsewhere(drawing):
    svg = svg_text(drawing).replace("http://www.w3.org/2000/svg", "")
    assert "http" not in svg
    assert "url(" not in svg


def test_strokes_of_a_symbol_on_a_layer_of_their_own_bear_its_style_themselves():
    """Rules that name the drawing do not reach into what `use` shows: floor kept clear before racks was painted white, over a
    door's swing."""
    free = Polyline(layer="A-CLRN-N", points=((0.0, 0.0), (900.0, 0.0), (900.0, 900.0)), closed=True)
    edge = Polyline(layer="0", points=free.points, closed=True)
    seen = symbol(Block(name="RACKS", shapes=(edge, free)), Pen(100.0, "cl", frozenset({"RACKS"})))
    plain, dashed = re.findall("<path[^>]*>", seen)
    assert "style" not in plain and "fill" not in plain, "it takes its bank's tint"
    assert "class" not in dashed and "fill:none" in dashed and "stroke-dasharray:300 150" in dashed
