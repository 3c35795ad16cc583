"""The picture of a revision: the plan before in grey, what moved, came and went in colours, and what that hits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from layouts import plan as p
from layouts.layout import Layout
from layouts.readers import svg_shapes as svg
from layouts.readers.preview import INK, Say, bounds, codes

BEFORE, SAME, MOVED, GROWN = "#d1d5db", "#4b5563", "#ea580c", "#eab308"
ADDED, REMOVED, HIT, PLACED = "#15803d", "#dc2626", "#dc2626", "#e0e7ff"
STAYED_MM = 20
KINDS = ("walls", "columns", "doors")


def revision_svg(
    before: p.FloorPlan,
    after: p.FloorPlan,
    revision: Mapping[str, Any],
    layout: Layout | None,
    *,
    width_px: int = 1400,
    say: Say = codes,
) -> str:
    """Both first levels over each other; `revision` is `compare`'s account of them."""
    old, new = before.levels[0], after.levels[0]
    boxes = (bounds(old), bounds(new))
    left, low = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, high = max(b[2] for b in boxes), max(b[3] for b in boxes)
    size = max(right - left, high - low)
    margin, panel = size * 0.04, size * 0.34
    changed = {
        kind: {thing["after"]: MOVED if _went(thing) else GROWN for thing in revision[kind]["moved"]}
        | {thing["after"]: ADDED for thing in revision[kind]["added"]}
        for kind in KINDS
    }
    gone = {
        kind: {thing["before"] for thing in (*filter(_went, revision[kind]["moved"]), *revision[kind]["removed"])}
        for kind in KINDS
    }
    parts = [
        *_items(layout, revision.get("hits", ()), size),
        *_level(old, {}, gone, size, BEFORE),
        *_level(new, changed, None, size, SAME),
        *_removed(old, revision, size),
        *_arrows(old, new, revision, size),
        *_key(revision, right + margin * 1.5, high, size / 55, say),
    ]
    view = (left - margin, min(low, high - size * 0.55) - margin, right + margin + panel, high + margin)
    return svg.page(view, parts, width_px=width_px)


def _went(thing: Mapping[str, Any]) -> bool:
    """Whether a changed thing stands somewhere else, and did not only become longer or shorter where it was."""
    return bool(thing["by_mm"] > STAYED_MM)


def _items(layout: Layout | None, hits: Sequence[Mapping[str, Any]], size: float) -> Iterator[str]:
    """What is placed, the things that are hit in red."""
    struck = {hit["item"] for hit in hits}
    for item in layout.levels[0].items if layout and layout.levels else ():
        hit = item.id in struck
        fill, edge, width = ("#fecaca", HIT, size / 400) if hit else (PLACED, "#a5b4fc", size / 1200)
        yield svg.titled(item.id, svg.ring(item.polygon, fill=fill, stroke=edge, width=width))


def _level(
    level: p.Level, colours: Mapping[str, Mapping[str, str]], only: Mapping[str, set[str]] | None, size: float, plain: str
) -> Iterator[str]:
    """Walls, columns, doors and the outline; `only` are the ids to draw of each kind, None for all."""

    def wanted(kind: str, ident: str) -> bool:
        return only is None or ident in only[kind]

    def colour(kind: str, ident: str) -> str:
        return colours.get(kind, {}).get(ident, plain)

    yield svg.ring(level.outline, stroke=plain, width=size / 700, dash=True)
    for wall in level.walls:
        if wanted("walls", wall.id):
            yield svg.line(wall.a, wall.b, colour("walls", wall.id), wall.thickness_mm, cap="square")
    for column in level.columns:
        if wanted("columns", column.id):
            yield svg.ring(column.outline, fill=colour("columns", column.id))
    for door in level.doors:
        if wanted("doors", door.id):
            yield svg.line(door.p, door.q, "white", size / 120)
            yield svg.line(door.p, door.q, colour("doors", door.id), size / 240)


def _removed(old: p.Level, revision: Mapping[str, Any], size: float) -> Iterator[str]:
    """A red cross where something is no longer."""
    half = size / 130
    for kind in KINDS:
        for thing in revision[kind]["removed"]:
            x, y = thing["at"]
            for sign in (1, -1):
                a, b = (round(x - half), round(y - sign * half)), (round(x + half), round(y + sign * half))
                yield svg.line(a, b, REMOVED, size / 400)


def _arrows(old: p.Level, new: p.Level, revision: Mapping[str, Any], size: float) -> Iterator[str]:
    """From where a thing stood to where it stands, with how far."""
    places = {kind: _places(old, kind) for kind in KINDS}
    for kind in KINDS:
        for thing in revision[kind]["moved"]:
            start, end = places[kind].get(thing["before"]), (thing["at"][0], thing["at"][1])
            if not _went(thing):
                beside = (end[0] + size / 120, end[1] + size / 120)
                yield svg.words(beside, f"{thing['longer_mm']:+d} mm", size / 90, INK)
                continue
            if start is None or math.dist(start, end) < size / 400:
                continue
            yield svg.line(start, end, MOVED, size / 500)
            yield svg.circle(end, size / 300, stroke=MOVED, fill=MOVED)
            above = (end[0] + size / 120, end[1] + size / 120)
            yield svg.words(above, f"{thing['by_mm']} mm", size / 75, MOVED, bold=True)


def _places(level: p.Level, kind: str) -> dict[str, p.Point]:
    """The middle of each thing of a kind."""
    if kind == "columns":
        return {
            c.id: (round(sum(x for x, _ in c.outline) / len(c.outline)), round(sum(y for _, y in c.outline) / len(c.outline)))
            for c in level.columns
        }
    pairs = [(w.id, w.a, w.b) for w in level.walls] if kind == "walls" else [(d.id, d.p, d.q) for d in level.doors]
    return {ident: (round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)) for ident, a, b in pairs}


def _key(revision: Mapping[str, Any], x: float, top: float, height: float, say: Say) -> Iterator[str]:
    """The colours, how many of each kind changed, and what is hit."""
    step, y = height * 1.6, top - height
    counts = {change: sum(len(revision[kind][change]) for kind in KINDS) for change in ("added", "removed")}
    changed = [thing for kind in KINDS for thing in revision[kind]["moved"]]
    went = sum(map(_went, changed))
    rows = [
        (BEFORE, "revision.before", {}),
        (SAME, "revision.same", {}),
        (MOVED, "revision.moved", {"count": went}),
        (GROWN, "revision.grown", {"count": len(changed) - went}),
        (ADDED, "revision.added", {"count": counts["added"]}),
        (REMOVED, "revision.removed", {"count": counts["removed"]}),
    ]
    for colour, code, values in rows:
        middle = round(y + height * 0.35)
        yield svg.line((round(x), middle), (round(x + height * 2.4), middle), colour, height * 0.6)
        yield svg.words((x + height * 3.2, y), say(code, values), height, INK)
        y -= step
    hits = revision.get("hits", ())
    yield svg.words((x, y - step * 0.4), say("revision.hits", {"count": len(hits)}), height, HIT if hits else INK, bold=True)
    for number, hit in enumerate(hits[:18], 1):
        words = say(f"revision.{hit['cause']}", {"item": hit["item"], "area_m2": hit["area_m2"]})
        yield svg.words((x, y - step * (0.4 + number * 0.8)), words, height * 0.75, HIT)
