"""An SVG file -> marks: groups and classes are its layers; y is turned up. SVG knows no true scale, so it is always asked."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from layouts.readers.curve_points import FARTHEST, circle_through
from layouts.readers.drawing import read_sketch
from layouts.readers.flatten import printable
from layouts.readers.imported import Import, Recipe
from layouts.readers.load import head_of
from layouts.readers.marks import XY, Arc, Label, Marks, Sketch, Stroke
from layouts.readers.svg_path import Matrix, apply, matrix_of, subpaths, times

MOST_BYTES = 30_000_000
MOST_ELEMENTS = 200_000
MOST_SECONDS = 60.0
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
HIDDEN = ("display:none", "display: none", "visibility:hidden")
SILENT = ("defs", "style", "metadata", "title", "desc", "clipPath", "mask", "pattern", "symbol", "marker", "namedview")
ROUND_STEPS = 32


def read_svg(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from an SVG file. Raises BadInput with one code where nothing sensible can be read."""
    path, recipe = Path(path), recipe or Recipe()
    head_of(path)
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(
            "file.too_large", file=path.name, megabytes=round(path.stat().st_size / 1e6), most=MOST_BYTES // 1_000_000
        )
    sketch = Sketch(marks=_marks(_root(path), path.name, recipe.hidden), paper=True)
    return read_sketch(path.name, sketch, unit, recipe)


def _root(path: Path) -> Any:
    """The document; entities and external things, the makings of XML bombs, are refused by defusedxml."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(path.read_bytes(), forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError, MemoryError) as failure:
        raise BadInput("svg.unreadable", file=path.name, reason=type(failure).__name__) from failure
    if _tag(root) != "svg":
        raise BadInput("svg.not_svg", file=path.name, tag=str(_tag(root))[:40])
    return root


def _tag(element: Any) -> str:
    """The element's name without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _marks(root: Any, file: str, hidden: bool) -> Marks:
    """All shapes and texts. The walk keeps its own stack: nesting cannot overflow ours."""
    marks, met = Marks(), 0
    deadline = time.monotonic() + MOST_SECONDS
    stack: list[tuple[Any, Matrix, str]] = [(root, (1.0, 0.0, 0.0, -1.0, 0.0, 0.0), "0")]
    while stack:
        element, matrix, layer = stack.pop()
        met += 1
        if met > MOST_ELEMENTS or (met % 256 == 0 and time.monotonic() > deadline):
            raise BadInput("dxf.too_many_entities", file=file, most=MOST_ELEMENTS)
        tag = _tag(element)
        if tag in SILENT or not tag:
            continue
        layer = _layer(element, tag, layer)
        if not hidden and _is_hidden(element):
            marks.skip(tag, layer, "hidden")
            continue
        try:
            matrix = times(matrix, matrix_of(element.get("transform", "")))
            _shape(marks, element, tag, matrix, layer)
        except (ValueError, OverflowError, ZeroDivisionError):
            marks.skip(tag, layer, "broken_geometry")
        stack += [(child, matrix, layer) for child in reversed(list(element))]
    return marks


def _layer(element: Any, tag: str, inherited: str) -> str:
    """What a group, or else the shape's class, is called."""
    called = (element.get(LABEL), element.get("id")) if tag == "g" else ()
    name = next((word for word in (*called, element.get("class")) if word), "")
    return printable(name) if name else inherited


def _is_hidden(element: Any) -> bool:
    style = element.get("style", "").replace(" ", "")
    return element.get("display") == "none" or any(word.replace(" ", "") in style for word in HIDDEN)


def _number(element: Any, name: str) -> float:
    """An attribute as a number; user units only, a missing one is 0."""
    text = element.get(name, "0").strip().removesuffix("px")
    value = float(text or 0)
    if not math.isfinite(value):
        raise ValueError(name)
    return value


def _shape(marks: Marks, element: Any, tag: str, m: Matrix, layer: str) -> None:
    """One element's marks."""
    if tag == "line":
        ends = [(_number(element, f"x{k}"), _number(element, f"y{k}")) for k in (1, 2)]
        _stroke(marks, "LINE", layer, m, ends, False)
    elif tag == "rect":
        x, y, w, h = (_number(element, name) for name in ("x", "y", "width", "height"))
        _stroke(marks, "LWPOLYLINE", layer, m, [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], True)
    elif tag in ("polyline", "polygon"):
        numbers = [float(v) for v in element.get("points", "").replace(",", " ").split()]
        points = list(zip(numbers[::2], numbers[1::2]))
        closed = tag == "polygon"
        _stroke(marks, "LWPOLYLINE", layer, m, [*points, *(points[:1] if closed else [])], closed)
    elif tag in ("circle", "ellipse"):
        rx = _number(element, "r" if tag == "circle" else "rx")
        ry = rx if tag == "circle" else _number(element, "ry")
        cx, cy = _number(element, "cx"), _number(element, "cy")
        turns = [2 * math.pi * k / ROUND_STEPS for k in range(ROUND_STEPS)]
        ring = [(cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns]
        _stroke(marks, tag.upper(), layer, m, [*ring, ring[0]], True)
    elif tag == "path":
        for points, closed, arc in subpaths(element.get("d", "")):
            _stroke(marks, "ARC" if arc else "LWPOLYLINE", layer, m, points, closed)
    elif tag == "text":
        _text(marks, element, m, layer)
    elif tag in ("use", "image", "foreignObject"):
        marks.skip(tag, layer, "type_not_used")


def _stroke(marks: Marks, kind: str, layer: str, m: Matrix, points: list[XY], closed: bool) -> None:
    """Points through the transform as a stroke; an arc also as a possible door's swing."""
    placed = [apply(m, q) for q in points]
    if any(not (abs(x) < FARTHEST and abs(y) < FARTHEST) for x, y in placed):
        marks.skip(kind, layer, "no_place")
        return
    if len(placed) < 2 or all(q == placed[0] for q in placed):
        marks.skip(kind, layer, "no_length")
        return
    marks.strokes.append(Stroke(kind=kind, layer=layer, points=tuple(placed), closed=closed))
    if kind == "ARC" and (circle := circle_through(placed[0], placed[len(placed) // 2], placed[-1])) is not None:
        centre, radius = circle
        half = min(1.0, math.dist(placed[0], placed[-1]) / 2 / radius)
        sweep = math.degrees(2 * math.asin(half))
        marks.arcs.append(Arc(layer=layer, centre=centre, radius=radius, a=placed[0], b=placed[-1], sweep_deg=sweep))


def _text(marks: Marks, element: Any, m: Matrix, layer: str) -> None:
    """A text with all its spans at its first place."""
    words = printable(" ".join(element.itertext()))
    span = next((e for e in element.iter() if e.get("x") is not None), element)
    at = apply(m, (_first(span.get("x", "0")), _first(span.get("y", "0"))))
    if not words or not all(map(math.isfinite, at)):
        marks.skip("TEXT", layer, "empty_text")
        return
    size = element.get("font-size") or next(
        (part.split(":")[1] for part in element.get("style", "").split(";") if part.strip().startswith("font-size:")), "0"
    )
    scale = math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))
    marks.labels.append(Label(kind="TEXT", layer=layer, text=words, at=at, height=_first(size) * scale))


def _first(text: str) -> float:
    """The first number of a list such as `12 24 36` or `12px`."""
    word = text.replace(",", " ").split()[0] if text.strip() else "0"
    return float(word.rstrip("pxtmcin%e") or 0)
