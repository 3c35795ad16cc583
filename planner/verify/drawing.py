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


Insert = tuple[str, str, float, float, float]  # kind, id, x, y, rotation


def _files(c: Contents) -> list[str]:
    """The drawing of the first level, and the numbered ones of those above."""
    first = PLAN.removesuffix(".dxf")
    return [PLAN, *(f"{first}-{k}.dxf" for k in range(2, len(c.levels()) + 1))]


def _drawings(c: Contents) -> list[tuple[str, Any, list[Insert]]]:
    """Every level's file with its document and the blocks of ours in it, in the file's own units."""
    if "dxf" not in c.read:
        c.read["dxf"] = [(name, *_blocks(c, name)) for name in _files(c)]
    known: list[tuple[str, Any, list[Insert]]] = c.read["dxf"]
    return known


def _blocks(c: Contents, name: str) -> tuple[Any, list[Insert]]:
    doc = ezdxf.filemanagement.readfile(c.folder / name)
    found = []
    for insert in doc.modelspace().query("INSERT"):
        if insert.has_xdata(APPID):
            kind, *parts = (str(tag.value) for tag in insert.get_xdata(APPID) if tag.code == 1000)
            at = insert.dxf.insert
            found.append((kind, "".join(parts), float(at.x), float(at.y), float(insert.dxf.rotation)))
    return doc, found


def _mm_per_unit(doc: Any) -> float | None:
    """What a file declares; None when it declares nothing we know."""
    return UNITS_MM.get(int(doc.header.get("$INSUNITS", 0)))


def _ours(c: Contents, x: float, y: float, mm: float) -> tuple[float, float]:
    """A point of the file in the project's frame: rotate(scale x source) - origin."""
    frame = need(c.answers, "layout", "frame")
    turn = math.radians(need(frame, "rotation_deg"))
    ox, oy = need(frame, "origin_mm")
    x, y = x * mm, y * mm
    return x * math.cos(turn) - y * math.sin(turn) - ox, x * math.sin(turn) + y * math.cos(turn) - oy


def the_drawing_declares_its_unit(c: Contents) -> list[Finding]:
    """$INSUNITS is a unit of length; a file that carries an imported drawing on keeps the import's scale."""
    code, scale, wrong = "verify.drawing_unit", need(c.answers, "layout", "frame", "scale_to_mm"), []
    units = [_mm_per_unit(doc) for _, doc, _ in _drawings(c)]
    for (name, _, _), mm in zip(_drawings(c), units):
        if mm is None:
            wrong.append(failed(code, name, problem="no_unit"))
        elif not any(math.isclose(mm, known, rel_tol=1e-6) for known in (1.0, scale)):
            wrong.append(failed(code, name, measured=mm, required=scale, unit="mm per unit"))
    return all_or(wrong, code, mm_per_unit=units[0] or 0.0)


def the_drawing_is_sound(c: Contents) -> list[Finding]:
    """ezdxf's audit finds no error and mends nothing."""
    wrong = []
    for name, doc, _ in _drawings(c):
        audit = doc.audit()
        wrong += [failed("verify.drawing_audit", name, said=e.message[:120]) for e in [*audit.errors, *audit.fixes][:5]]
    return all_or(wrong, "verify.drawing_audit")


def every_item_is_drawn_once(c: Contents) -> list[Finding]:
    """Blocks with our mark, counted by kind and id, against the items."""
    code, wrong, count = "verify.drawing_items", [], 0
    kinds = {i["kind"] for level in c.levels() for i in need(level, "items")}
    for level, (_, _, inserts) in zip(c.levels(), _drawings(c)):
        items = Counter((i["kind"], i["id"]) for i in need(level, "items"))
        drawn = Counter((kind, id) for kind, id, *_ in inserts if kind in kinds)
        count += sum(items.values())
        wrong += [
            failed(code, id, kind=kind, measured=drawn[kind, id], required=n)
            for (kind, id), n in items.items()
            if drawn[kind, id] != n
        ]
        wrong += [
            failed(code, id, kind=kind, measured=n, required=0) for (kind, id), n in drawn.items() if (kind, id) not in items
        ]
    return all_or(wrong, code, items=count, kinds=len(kinds))


def items_stand_where_the_answers_say(c: Contents) -> list[Finding]:
    """Insertion points to 1 mm and rotations, mapped into the project's frame by the unit that the file declares."""
    code, turn = "verify.drawing_places", need(c.answers, "layout", "frame", "rotation_deg")
    wrong: list[Finding] = []
    count = 0
    for level, (_, doc, inserts) in zip(c.levels(), _drawings(c)):
        mm = _mm_per_unit(doc)
        if mm is None:
            return [unchecked(code, missing="$INSUNITS")]
        told = {(i["kind"], i["id"]): i for i in need(level, "items")}
        for kind, id, x, y, rotation in inserts:
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
