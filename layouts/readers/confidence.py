"""How sure the reader may be of each part, as numbers between 0 and 1 that fall with every thing it had to assume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.readers.doors import FoundDoor
from layouts.readers.enclosure import Room

CLOSING = ((0.0, 1.0), (300.0, 0.9), (600.0, 0.8), (1000.0, 0.7), (1500.0, 0.6), (2200.0, 0.5), (3500.0, 0.4))
GUESSED_WALLS = 0.5  # at most, where no layer's name speaks of walls
GUESSED_OUTLINE = 0.6
SMALLEST_FLOOR_M2 = 30.0  # of a centre: a smaller outline is rather a room read for the building


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the reading met."""

    unit: float
    double_walls: float
    guessed: bool
    outline: float
    closing_mm: float
    doors: Sequence[FoundDoor]
    rooms: Sequence[Room]
    area_m2: float


def confidence_of(q: Quality) -> dict[str, float]:
    """Confidence by part."""
    walls = max(0.3, q.double_walls)
    outline = q.outline * next(factor for radius, factor in CLOSING if q.closing_mm <= radius)
    if q.guessed:
        walls, outline = min(walls, GUESSED_WALLS), min(outline, GUESSED_OUTLINE)
    if q.area_m2 < SMALLEST_FLOOR_M2:
        outline *= 0.4
    return {
        "unit": q.unit,
        "walls": round(walls, 2),
        "outline": round(min(outline, 0.3 + 0.7 * q.unit), 2),  # an outline cannot be surer than its scale
        "doors": _share(sum(bool(door.leaves) and door.gap is not None for door in q.doors), len(q.doors)),
        "spaces": _share(sum(bool(room.names) for room in q.rooms), len(q.rooms)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 2) if whole else 0.0
