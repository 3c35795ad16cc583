"""What a changed layout leaves as it was: the floor on which things stood or stand now, and what lies away from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layouts.layout import LevelLayout

Box = tuple[float, float, float, float]


def changes(before: LevelLayout, after: LevelLayout) -> tuple[list[Box], set[str]]:
    """Bounds of the floor on which items stood or stand now, and the ids of the items that changed."""
    then, now = ({i.id: i for i in layout.items} for layout in (before, after))
    changed = [k for k in then.keys() | now.keys() if then.get(k) is not now.get(k) and then.get(k) != now.get(k)]
    stood = [s[k] for k in changed for s in (then, now) if k in s]
    return _merged([(min(x), min(y), max(x), max(y)) for i in stood for x, y in [tuple(zip(*i.polygon))]]), set(changed)


def _merged(boxes: list[Box]) -> list[Box]:
    """Bounds that overlap so far that one box round both is no larger than the two are."""
    found: list[Box] = []
    for box in boxes:
        for k, other in enumerate(found):
            both = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
            if _area(both) <= _area(box) + _area(other):
                found[k] = both
                break
        else:
            found.append(box)
    return found


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def away_from(boxes: Sequence[Box]) -> Callable[[Box], bool]:
    """Tells of bounds whether they meet none of the boxes, not even within a millimetre."""
    grown = [(left - 1, low - 1, right + 1, high + 1) for left, low, right, high in boxes]

    def away(within: Box) -> bool:
        x0, y0, x1, y1 = within
        for left, low, right, high in grown:  # noqa: SIM110 (asked of everything kept: the short way takes three times as long)
            if x0 <= right and x1 >= left and y0 <= high and y1 >= low:
                return False
        return True

    return away
