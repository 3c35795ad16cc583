"""The last try on a DXF file that ezdxf refuses: its lines read pair by pair, out of step lines skipped, what is whole kept.

Only what a plan needs is taken: layers with their state, blocks, and the entities that carry lines, arcs and texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from ezdxf.document import Drawing
from ezdxf.filemanagement import new
from ezdxf.lldxf.const import DXFError

CODE = re.compile(r"\s*(-?\d{1,4})\s*$")
MOST_TAGS = 8_000_000
Tags = list[tuple[int, str]]


def rescued(path: Path, encoding: str = "") -> Drawing | None:
    """What can be read of the file as a new document; None where not one entity could."""
    document, met = new("R2010"), 0
    document.header["$INSUNITS"] = 0
    home: Any = document.modelspace()
    section, polyline, closed = "", list[tuple[float, float, float]](), False
    layer = "0"
    for kind, tags in _entities(path, encoding):
        try:
            if kind == "SECTION":
                section = _text(tags, 2).upper()
                if section == "ENTITIES":
                    home = document.modelspace()
                elif section == "HEADER":
                    _take_unit(document, tags)
            elif section == "TABLES" and kind == "LAYER":
                _take_layer(document, tags)
            elif section == "BLOCKS" and kind == "BLOCK":
                home = _block(document, _text(tags, 2))
            elif section in ("BLOCKS", "ENTITIES"):
                if kind == "POLYLINE":
                    polyline, closed, layer = [], bool(_whole(tags, 70) & 1), _text(tags, 8) or "0"
                elif kind == "VERTEX":
                    polyline.append((_number(tags, 10), _number(tags, 20), _number(tags, 42)))
                elif kind == "SEQEND" and len(polyline) > 1:
                    home.add_lwpolyline(polyline, format="xyb", close=closed, dxfattribs={"layer": layer})
                    met, polyline = met + 1, []
                else:
                    met += _take(home, document, kind, tags)
        except (DXFError, ValueError, TypeError, ArithmeticError, LookupError):
            continue  # one entity without its numbers is lost; the drawing is told to be damaged anyhow
    return document if met else None


def _entities(path: Path, encoding: str) -> Iterator[tuple[str, Tags]]:
    """(type, tags) of everything that begins with group code 0; sections too."""
    kind, tags = "", Tags()
    for code, value in _pairs(path, encoding):
        if code == 0:
            if kind:
                yield kind, tags
            kind, tags = value.strip().upper(), []
        else:
            tags.append((code, value))
    if kind:
        yield kind, tags


def _pairs(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """Group codes with their values; a line that is no code is skipped, which brings a shifted file back into step."""
    lines = path.read_bytes().decode(encoding or "utf-8", "replace").splitlines()
    i, count = 0, 0
    while i + 1 < len(lines) and count < MOST_TAGS:
        found = CODE.match(lines[i])
        if not found:
            i += 1
            continue
        count += 1
        yield int(found[1]), lines[i + 1]
        i += 2


def _take_unit(document: Drawing, tags: Tags) -> None:
    """$INSUNITS of the header: the number after its name."""
    for (code, name), (_, value) in pairwise(tags):
        if code == 9 and name.strip() == "$INSUNITS" and value.strip().isdigit():
            document.header["$INSUNITS"] = min(int(value.strip()), 24)


def _take_layer(document: Drawing, tags: Tags) -> None:
    name = _text(tags, 2)
    try:
        if name and name not in document.layers:
            made = document.layers.add(name)
            if _whole(tags, 62) < 0:
                made.off()
            if _whole(tags, 70) & 1:
                made.freeze()
    except (DXFError, ValueError):  # a name no layer may have; its entities still carry it
        return


def _block(document: Drawing, name: str) -> Any:
    """The block; layouts' own blocks and nameless ones go to one that nobody refers to."""
    if not name or name[:6].lower() in ("*model", "*paper"):
        name = "rescued-nowhere"
    return document.blocks.get(name) if name in document.blocks else document.blocks.new(name)


def _take(home: Any, document: Drawing, kind: str, tags: Tags) -> int:
    """One entity; 1 where it was taken."""
    attributes: dict[str, Any] = {"layer": _text(tags, 8) or "0"}
    if _number(tags, 230, 1.0) < 0:
        attributes["extrusion"] = (0, 0, -1)
    at = (_number(tags, 10), _number(tags, 20))
    if kind == "LINE":
        attributes.pop("extrusion", None)
        home.add_line(at, (_number(tags, 11), _number(tags, 21)), attributes)
    elif kind == "LWPOLYLINE":
        points = _vertices(tags)
        if len(points) < 2:
            return 0
        home.add_lwpolyline(points, format="xyb", close=bool(_whole(tags, 70) & 1), dxfattribs=attributes)
    elif kind == "ARC":
        home.add_arc(at, _number(tags, 40), _number(tags, 50), _number(tags, 51), dxfattribs=attributes)
    elif kind == "CIRCLE":
        home.add_circle(at, _number(tags, 40), dxfattribs=attributes)
    elif kind in ("TEXT", "MTEXT"):
        words = "".join(value for code, value in tags if code in (3, 1))
        if kind == "TEXT":
            home.add_text(words, height=_number(tags, 40, 1.0), dxfattribs=attributes | {"insert": at})
        else:
            home.add_mtext(words, attributes | {"insert": at, "char_height": _number(tags, 40, 1.0)})
    elif kind == "INSERT" and (name := _text(tags, 2)):
        _block(document, name)
        scale = {"xscale": _number(tags, 41, 1.0), "yscale": _number(tags, 42, 1.0), "rotation": _number(tags, 50, 0.0)}
        home.add_blockref(name, at, attributes | scale)
    else:
        return 0
    return 1


def _vertices(tags: Tags) -> list[tuple[float, float, float]]:
    """x, y, bulge of a polyline's vertices."""
    found: list[tuple[float, float, float]] = []
    for code, value in tags:
        if code == 10:
            found.append((_as_number(value), math.nan, 0.0))
        elif code == 20 and found and math.isnan(found[-1][1]):
            found[-1] = (found[-1][0], _as_number(value), 0.0)
        elif code == 42 and found:
            found[-1] = (found[-1][0], found[-1][1], _as_number(value))
    return [vertex for vertex in found if all(map(math.isfinite, vertex))]


def _text(tags: Tags, code: int) -> str:
    return next((value.strip() for c, value in tags if c == code), "")


def _number(tags: Tags, code: int, default: float = 0.0) -> float:
    """A number; ValueError where it is none, so that no entity is drawn somewhere it is not."""
    text = next((value for c, value in tags if c == code), None)
    if text is None:
        if default == 0.0 and code in (10, 20, 11, 21, 40):
            raise ValueError(code)
        return default
    return _as_number(text)


def _as_number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _whole(tags: Tags, code: int) -> int:
    text = _text(tags, code)
    return int(text) if text.lstrip("-").isdigit() and len(text) < 9 else 0
