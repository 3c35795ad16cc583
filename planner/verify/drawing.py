"""The drawing: every item stands in the DXF where the answers say, in the unit the file declares."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import ezdxf.filemanagement

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked

APPID = "CENTRELINE"
PLAN = "architect/plan.dxf"
UNITS_MM = {1: 25.4, 2: 304.8, 4: 1.0, 5: 10.0, 6: 1000.0}
AGREE_MM = 1.0
AGREE_DEG = 0.1


def _inserts(c: Contents) -> tuple[Any, list[tuple[str, str, float, float, float]]]:
    """The document, and (kind, id, x, y, rotation) of every block of ours in the file's own units."""
    if "dxf" not in c.read:
        doc = ezdxf.filemanagement.readfile(c.folder / PLAN)
        found = []
        for insert in doc.modelspace().query("INSERT"):
            if insert.has_xdata(APPID):
                kind, *parts = (str(tag.value) for tag in insert.get_xdata(APPID) if tag.code == 1000)
                at = insert.dxf.insert
                found.append((kind, "".join(parts), float(at.x), float(at.y), float(insert.dxf.rotation)))
        c.read["dxf"] = doc, found
    known: tuple[Any, list[tuple[str, str, float, float, float]]] = c.read["dxf"]
    return known


def _mm_per_unit(c: Contents) -> float | None:
    """What the file declares; None when it declares nothing we know."""
    doc, _ = _inserts(c)
    return UNITS_MM.get(int(doc.header.get("$INSUNITS", 0)))


def _ours(c: Contents, x: float, y: float, mm: float) -> tuple[float, float]:
    """A point of the file in the project's frame: rotate(scale x source) - origin."""
    frame = need(c.answers, "layout", "frame")
    turn = math.radians(need(frame, "rotation_deg"))
    ox, oy = need(frame, "origin_mm")
    x, y = x * mm, y * mm
    return x * math.cos(turn) - y * math.sin(turn) - ox, x * math.sin(turn) + y * math.cos(turn) - oy


def _items(c: Contents) -> list[Any]:
    return [i for level in c.levels() for i in need(level, "items")]


def the_drawing_declares_its_unit(c: Contents) -> list[Finding]:
    """$INSUNITS is a unit of length; a file that carries an imported drawing on keeps the import's scale."""
    code, mm = "verify.drawing_unit", _mm_per_unit(c)
    if mm is None:
        return [failed(code, PLAN, problem="no_unit")]
    scale = need(c.answers, "layout", "frame", "scale_to_mm")
    if not any(math.isclose(mm, known, rel_tol=1e-6) for known in (1.0, scale)):
        return [failed(code, PLAN, measured=mm, required=scale, unit="mm per unit")]
    return all_or([], code, mm_per_unit=mm)


def the_drawing_is_sound(c: Contents) -> list[Finding]:
    """ezdxf's audit finds no error and mends nothing."""
    doc, _ = _inserts(c)
    audit = doc.audit()
    wrong = [failed("verify.drawing_audit", PLAN, said=e.message[:120]) for e in [*audit.errors, *audit.fixes][:5]]
    return all_or(wrong, "verify.drawing_audit")


def every_item_is_drawn_once(c: Contents) -> list[Finding]:
    """Blocks with our mark, counted by kind and id, against the items."""
    code = "verify.drawing_items"
    items = Counter((i["kind"], i["id"]) for i in _items(c))
    kinds = {kind for kind, _ in items}
    drawn = Counter((kind, id) for kind, id, *_ in _inserts(c)[1] if kind in kinds)
    wrong = [
        failed(code, id, kind=kind, measured=drawn[kind, id], required=n)
        for (kind, id), n in items.items()
        if drawn[kind, id] != n
    ]
    wrong += [
        failed(code, id, kind=kind, measured=n, required=0)
        for (kind, id), n in drawn.items()
        if (kind, id) not in items
    ]
    return all_or(wrong, code, items=sum(items.values()), kinds=len(kinds))


def items_stand_where_the_answers_say(c: Contents) -> list[Finding]:
    """Insertion points to 1 mm and rotations, mapped into the project's frame by the unit that the file declares."""
    code, mm = "verify.drawing_places", _mm_per_unit(c)
    if mm is None:
        return [unchecked(code, missing="$INSUNITS")]
    told = {(i["kind"], i["id"]): i for i in _items(c)}
    turn, wrong, count = need(c.answers, "layout", "frame", "rotation_deg"), [], 0
    for kind, id, x, y, rotation in _inserts(c)[1]:
        item = told.get((kind, id))
        if item is None:
            continue
        count += 1
        away = math.dist(_ours(c, x, y, mm), need(item, "insert_mm"))
        skew = abs((rotation + turn - need(item, "rotation_deg") + 180) % 360 - 180)
        if away > AGREE_MM:
            wrong.append(failed(code, id, measured=round(away, 2), required=AGREE_MM, unit="mm"))
        if skew > AGREE_DEG:
            wrong.append(failed(code, id, measured=round(skew, 2), required=AGREE_DEG, unit="deg"))
    return all_or(wrong, code, items=count)
