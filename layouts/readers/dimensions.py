"""Dimensions as evidence of scale: the number that a dimension shows beside the distance that it measures.

A dimension line of 350 units that shows `3.50` is drawn in centimetres and written in metres; one of 150 units that shows
`12'-6"` is drawn in inches. Factor and unit are told apart since no two pairs of our units have the same ratio.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from layouts.readers.marks import Dimension
from layouts.readers.sizes import UNITS_MM, Kind, single

WRITTEN_MM = (1.0, 10.0, 1000.0)  # what a bare number may mean; feet and inches carry their signs
SIGNS_MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "мм": 1.0, "см": 10.0, "м": 1000.0, "in": 25.4, "ft": 304.8}
NEAR = 0.01
SAME = 0.004  # a factor this near to one says nothing
PRECISE = (0.99, 1.01)
ARCHITECTURAL = (3, 4)  # $DIMLUNIT engineering and architectural: one drawing unit is one inch
FEET = re.compile(r"(?:(\d+(?:\.\d+)?)\s*['’′])?\s*-?\s*(?:(\d+(?:\.\d+)?)(?:[ -]+(\d+)/(\d+))?|(\d+)/(\d+))?\s*[\"”″]?")
NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|m|мм|см|м|in|ft)?", re.IGNORECASE)


def dimensions(found: Sequence[Dimension]) -> Kind:
    """What each telling dimension says: drawing units in a millimetre, so that one is met at the true scale."""
    told = [1 / scale for dimension in found if (scale := scale_of(dimension))]
    return Kind(name="dimensions", met=single(told), ranges=(PRECISE,), weight=0.8, most=8, enough=3)


def scale_of(dimension: Dimension) -> float | None:
    """Millimetres in a drawing unit as the dimension tells, None where it says nothing."""
    if not (math.isfinite(dimension.drawn) and dimension.drawn > 0):
        return None
    text = re.sub(r"\s+", " ", dimension.text).strip()
    if text and text != "<>":
        return _of_text(text, dimension.drawn)
    if dimension.number_kind in ARCHITECTURAL:
        return _known(25.4 * dimension.factor)
    sign = SIGNS_MM.get(dimension.suffix.strip().lower())
    return _known(dimension.factor * sign) if sign else _of_factor(dimension.factor)


def _of_text(text: str, drawn: float) -> float | None:
    """The scale a written text tells."""
    if any(sign in text for sign in "'’′\"”″"):
        feet = FEET.fullmatch(text)
        if feet is None:
            return None
        whole, part = feet[2] or 0, float(feet[3] or feet[5] or 0) / float(feet[4] or feet[6] or 1) if _sound(feet) else 0.0
        inches = 12 * float(feet[1] or 0) + float(whole) + part
        return _known(inches * 25.4 / drawn) if inches else None
    number = NUMBER.fullmatch(text)
    if number is None or not float(number[1].replace(",", ".")):
        return None
    shown = float(number[1].replace(",", ".")) / drawn
    sign = SIGNS_MM.get((number[2] or "").lower())
    return _known(shown * sign) if sign else _of_factor(shown)


def _sound(feet: re.Match[str]) -> bool:
    """Whether the fraction has a denominator."""
    return float(feet[4] or feet[6] or 1) != 0


def _of_factor(factor: float) -> float | None:
    """The one unit of ours in which a drawing shows other numbers by this factor, in millimetres, centimetres or metres."""
    if not math.isfinite(factor) or factor <= 0 or abs(factor - 1) <= SAME:
        return None
    told = {unit for written in WRITTEN_MM if (unit := _known(factor * written)) is not None and unit != written}
    return told.pop() if len(told) == 1 else None


def _known(scale: float) -> float | None:
    """The unit of ours that is this large."""
    return next((mm for mm in UNITS_MM if abs(scale / mm - 1) <= NEAR), None)
