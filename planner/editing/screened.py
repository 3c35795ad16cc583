"""Gates and screens follow their table: drawn anew where it stands now, or gone where no line is clean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from layouts.geometry import polygon_shape, sides_mm, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level, Ring
from layouts.screening import BYPASS, PARTS, TABLE, with_fronts
from layouts.screening_line import screening
from planner.editing.floors import floors_after


def follows(before: LevelLayout | None, after: LevelLayout | None) -> bool:
    """Did a table move, or one that gates stand beside come or go?"""
    if before is None or after is None or before.items is after.items:
        return False
    stood, stands = _tables(before.items), _tables(after.items)
    if any(i.kind in PARTS for i in before.items):
        return stood != stands
    return any(ring != stood[ident] for ident, ring in stands.items() if ident in stood)


def screened_anew(
    level: Level, before: LevelLayout, after: LevelLayout, kept: Iterable[Ring], clear_mm: int
) -> LevelLayout:
    """`after` with the gates and screens that its tables ask for now; none where no line is clean, which a finding tells. The
    bypass is as wide as it was, else as wide as routes are (`clear_mm`)."""
    bare = replace(after, items=with_fronts(i for i in after.items if i.kind not in PARTS))
    bare = floors_after(level, before, bare) or bare
    wide = max((round(sides_mm(i)[0]) for i in before.items if i.kind == BYPASS), default=clear_mm)
    public = union(polygon_shape(p) for p in bare.public)
    found = screening(level, bare.items, public, clear_mm=wide, kept=tuple(kept))
    whole = replace(bare, items=with_fronts(sorted((*bare.items, *found), key=lambda i: i.id)) if found else bare.items)
    return floors_after(level, bare, whole) or whole


def _tables(items: Iterable[Item]) -> dict[str, Ring]:
    return {i.id: i.polygon for i in items if i.kind == TABLE}
