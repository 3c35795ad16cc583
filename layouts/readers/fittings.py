"""Furniture and fittings as a measure: chairs, pans, beds and cars are known sizes wherever their layer or block says so."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import shapely

from layouts.readers.classes import words
from layouts.readers.marks import Block, Stroke
from layouts.readers.sizes import Kind, single

# longer side of the thing, mm: middle of what catalogues list; a third more or less is the same thing
LONGER_MM: Mapping[str, float] = {"chair": 520.0, "pan": 650.0, "bed": 2020.0, "car": 4600.0}
SPREAD = (0.72, 1.36)
ON_LAYERS = ("chair",)  # the layer of toilets holds rooms, that of cars parking bays
MOST_POINTS = 2000
MOST_THINGS = 400


def fittings(strokes: Sequence[Stroke], blocks: Sequence[Block]) -> Kind:
    """The longer sides of known things over what they are in life (so that 1 is life size in millimetres)."""
    names = {block.number: block.name for block in blocks}
    parts: dict[tuple[str, int], list[Stroke]] = defaultdict(list)
    for index, stroke in enumerate(strokes):
        if stroke.kind == "HATCH":
            continue
        if stroke.insert >= 0:
            if thing := thing_of(names.get(stroke.insert, "")):
                parts[thing, stroke.insert].append(stroke)
        elif stroke.closed and (thing := thing_of(stroke.layer)) in ON_LAYERS:
            parts[thing, -2 - index].append(stroke)
    sizes = []
    for (thing, _), drawn in list(parts.items())[:MOST_THINGS]:
        if (side := longer_side(drawn)) > 0:
            sizes.append(side / LONGER_MM[thing])
    return Kind(name="fittings", met=single(sizes), ranges=(SPREAD,), weight=0.25, most=8, enough=8)


@cache
def thing_of(name: str) -> str:
    """The thing a layer or block is named for, empty if none."""
    low = unicodedata.normalize("NFKC", name).lower()
    parts = set(re.split(r"[\W\d_]+", low))
    table: Mapping[str, list[str]] = words()["fittings"]  # type: ignore[assignment]
    return next((thing for thing, known in table.items() if any(_named(word, low, parts) for word in known)), "")


def _named(word: str, low: str, parts: set[str]) -> bool:
    """Short words must stand alone (`bed` is not in `bedroom`, nor `car` in `carpet`); long ones may be a part."""
    return word in parts if word.isascii() and len(word) < 6 else word in low


def longer_side(strokes: Sequence[Stroke]) -> float:
    """The longer side of the smallest turned box round the strokes, 0 without one."""
    points = [p for s in strokes for p in s.points][:MOST_POINTS]
    box = shapely.oriented_envelope(shapely.multipoints(np.asarray(points)))
    if box.geom_type != "Polygon":
        return 0.0
    corners = np.asarray(box.exterior.coords)
    return float(np.hypot(*(corners[1:3] - corners[:2]).T).max())
