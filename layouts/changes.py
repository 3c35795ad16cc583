"""What a changed layout leaves as it was: the floor on which things stood or stand now, and what lies away from it."""

from __future__ import annotations

from itertools import zip_longest

from layouts.layout import LevelLayout

Box = tuple[float, float, float, float]


def changes(before: LevelLayout, after: LevelLayout) -> tuple[list[Box], set[str]]:
    """Bounds of the floor on which items stood or stand now, and the ids of the items that changed."""
    pairs = [pair for pair in zip_longest(before.items, after.items) if pair[0] is not pair[1]]  # few, where none is taken away
    then, now = ({i.id: i for i in found if i is not None} for found in ([a for a, _ in pairs], [b for _, b in pairs]))
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

