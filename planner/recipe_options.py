"""The import recipe as people type it: layers, crop, boundary, doors and rooms as words of the command line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from layouts.findings import BadInput
from layouts.readers.imported import PARTS, OpeningEdit, RoomEdit

LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|m|in|ft)\s*")
ACTIONS = ("add", "remove", "change")
USES = ("entrance", "exit", "entrance_exit", "staff", "internal")
SWINGS = ("in", "out", "slide", "none")
MOST_WIDTH_MM = 20_000
Pair = tuple[float, float]


def layers_of(given: Sequence[str], ignored: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """`wall=A-WALL` … as class -> layers; `ignored` are layers to leave out."""
    from layouts.readers.classes import CLASSES

    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        kind, equals, layer = text.partition("=")
        if not equals or kind.strip() not in CLASSES or not layer.strip():
            raise BadInput("import.layer", given=text, known=", ".join(CLASSES))
        found[kind.strip()] = (*found.get(kind.strip(), ()), layer.strip())
    if ignored:
        found["ignore"] = (*found.get("ignore", ()), *ignored)
    return found


def scale_from(given: tuple[str, str, str]) -> float:
    """Millimetres in one drawing unit, from two points in drawing units and their true distance."""
    p, q, length_mm = two_points(given)
    return length_mm / math.dist(p, q)


def two_points(given: tuple[str, str, str]) -> tuple[Pair, Pair, float]:
    """Two different points and their true distance in millimetres."""
    from layouts.readers.units import TO_MM

    p, q = point_from(given[0]), point_from(given[1])
    length = LENGTH.fullmatch(given[2])
    if p is None or q is None or p == q or not length or float(length[1]) <= 0:
        raise BadInput("import.scale", given=" ".join(given))
    return p, q, float(length[1]) * TO_MM[length[2]]


def crop_from(given: str) -> tuple[float, ...]:
    """`left,low,right,high` as numbers."""
    numbers = _numbers(given)
    if numbers is None or len(numbers) != 4 or numbers[0] >= numbers[2] or numbers[1] >= numbers[3]:
        raise BadInput("import.crop", file="", given=given)
    return numbers


def boundary_from(given: str) -> tuple[Pair, ...]:
    """`x,y x,y x,y …` as a ring."""
    points = [point_from(part) for part in given.split()]
    ring = tuple(q for q in points if q is not None)
    if len(ring) != len(points) or len(set(ring)) < 3:
        raise BadInput("import.boundary", given=given)
    return ring


def opening_from(given: str) -> OpeningEdit:
    """`add 4500,0 use=entrance width=1200 swing=in`, `remove 4500,0`, `change 4500,0 use=staff storey=Level 2`."""
    told, _, storey = given.partition(" storey=")  # a storey's name may hold spaces, so it is told last
    words = told.split()
    at = point_from(words[1]) if len(words) > 1 else None
    said = dict(word.partition("=")[::2] for word in words[2:])
    width = said.pop("width", "0").removesuffix("mm")
    use, swing = said.pop("use", ""), said.pop("swing", "")
    good = bool(words) and words[0] in ACTIONS and at is not None and not said
    good = good and width.isdigit() and int(width) <= MOST_WIDTH_MM and use in ("", *USES) and swing in ("", *SWINGS)
    if not good or at is None or (words[0] == "change" and not (use or swing or int(width))):
        raise BadInput("import.door", given=given, uses=", ".join(USES), swings=", ".join(SWINGS))
    return OpeningEdit(action=words[0], at=at, use=use, width_mm=int(width), swing=swing, storey=storey.strip())


def room_from(given: str) -> RoomEdit:
    """`12000,4000=Archive` or `12000,4000=Hall:hall`: name and, after the last colon, kind."""
    place, equals, words = given.partition("=")
    at = point_from(place)
    name, _, kind = words.rpartition(":") if ":" in words else (words, "", "")
    if at is None or not equals or not (name.strip() or kind.strip()):
        raise BadInput("import.room", given=given)
    return RoomEdit(at=at, name=name.strip(), kind=kind.strip())


def turn_from(given: str) -> float | None:
    """`auto` (None: the reader decides) or degrees counter-clockwise, by which the drawing is turned; 0: as drawn."""
    if given == "auto":
        return None
    numbers = _numbers(given)
    if numbers is None or len(numbers) != 1 or abs(numbers[0]) > 360:
        raise BadInput("import.turn", given=given)
    return numbers[0]


def parts_from(given: Sequence[str]) -> tuple[str, ...]:
    """Parts of the reading that people say are right."""
    for part in given:
        if part not in PARTS:
            raise BadInput("import.confirm", given=part, known=", ".join(PARTS))
    return tuple(dict.fromkeys(given))


def point_from(given: str) -> Pair | None:
    """`x,y`, or None."""
    numbers = _numbers(given)
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


def _numbers(given: str) -> tuple[float, ...] | None:
    try:
        numbers = tuple(float(part) for part in given.split(","))
    except ValueError:
        return None
    return numbers if all(map(math.isfinite, numbers)) else None
