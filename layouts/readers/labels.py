"""Room names and written areas from texts, and north from the letter at its arrow."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from layouts.readers.marks import Label, Stroke

AREA = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ \u00a0'’]\d{3})+|\d+)(?:[.,](\d{1,2}))?\s*(?:m²|m2|m\^2|sqm|qm|м²|㎡|م²|م2)",
    re.IGNORECASE,
)
NORTH = {"n", "north", "nord", "ش", "شمال", "北", "с"}
INDIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


def name_and_area(text: str) -> tuple[str, float | None]:
    """`HALL 86.4 m²` -> ("HALL", 86.4); area None where none is written."""
    plain = text.translate(INDIC)
    found = AREA.search(plain)
    if not found:
        return text.strip(), None
    whole = re.sub(r"\D", "", found[1])
    name = (plain[: found.start()] + plain[found.end() :]).strip(" ,;:-/()")
    return " ".join(name.split()), float(f"{whole}.{found[2] or 0}")


def is_name(label: Label) -> bool:
    """Whether the text can be a room's name: two letters or more, once an area is taken off."""
    name, _ = name_and_area(label.text)
    return sum(c.isalpha() for c in name) >= 2


def north_deg(labels: Sequence[Label], strokes: Sequence[Stroke]) -> float | None:
    """The direction of north: from a circle's middle to the N beside it; None without one such pair."""
    rings = []
    for stroke in strokes:
        if stroke.kind == "CIRCLE" and len(stroke.points) > 8:
            xs, ys = [p[0] for p in stroke.points], [p[1] for p in stroke.points]
            rings.append(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (max(xs) - min(xs)) / 2))
    found = set()
    for label in labels:
        if label.text.strip().lower() in NORTH:
            for x, y, radius in rings:
                gap = math.dist((x, y), label.at)
                if 0.5 * radius < gap < 2.5 * radius:
                    found.add(round(math.degrees(math.atan2(label.at[1] - y, label.at[0] - x)), 1))
    return found.pop() if len(found) == 1 else None
