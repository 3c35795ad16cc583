"""The model in three dimensions: counters and seats stand in the GLB where the answers place them, and no others do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked
from planner.verify.glb import built

MODEL = "architect/model.glb"
KINDS = ("counter", "cashier", "collection", "seat")
CHAIR = "seat"
AGREE_MM = 10.0

Box = tuple[float, float, float, float, float]  # x0, y0, x1, y1 in the project's millimetres, and the lowest z


def things_stand_in_the_model(c: Contents) -> list[Finding]:
    """By id and storey: the corners of a counter or seat lie on the ground of its polygon and on its storey's floor."""
    code = "verify.model_items"
    if MODEL not in c.files:
        return [unchecked(code, missing=MODEL)]
    wrong: list[Finding] = []
    boxes, count = _boxes(c.folder / MODEL), 0
    levels = sorted(c.levels(), key=lambda level: need(level, "elevation_mm"))
    for k, level in enumerate(levels):
        floor = need(level, "elevation_mm")
        told = {i["id"]: _box(need(i, "polygon"), floor) for i in need(level, "items") if _is_looked_at(need(i, "kind"))}
        count += len(told)
        for id, box in told.items():
            here = boxes.get((k, id))
            if here is None:
                wrong.append(failed(code, id, problem="missing"))
            elif (away := max(abs(p - q) for p, q in zip(box, here))) > AGREE_MM:
                wrong.append(failed(code, id, measured=round(away), required=AGREE_MM, unit="mm"))
        wrong += [failed(code, id, problem="not_listed") for storey, id in boxes if storey == k and id not in told]
    return all_or(wrong, code, items=count)


def _is_looked_at(kind: str) -> bool:
    return kind.removesuffix("_accessible") in KINDS


def _box(polygon: Any, floor: float) -> Box:
    xs, ys = [p[0] for p in polygon], [p[1] for p in polygon]
    return min(xs), min(ys), max(xs), max(ys), floor


def _boxes(path: Path) -> dict[tuple[int, str], Box]:
    """Storey and id -> what the model's meshes of it take."""
    found: dict[tuple[int, str], Box] = {}
    for mesh in built(path):
        kind = str(mesh.extras.get("kind", ""))
        if not _is_looked_at(kind) or (mesh.extras.get("stuff") == CHAIR and kind != CHAIR):
            continue  # other things, and the clerks' chairs behind their counters
        (x0, y0, z0), (x1, y1, _) = mesh.corners.min(axis=0), mesh.corners.max(axis=0)
        key = (mesh.storey, str(mesh.extras["id"]))
        before = found.get(key, (x0, y0, x1, y1, z0))
        found[key] = (
            min(before[0], x0), min(before[1], y0), max(before[2], x1), max(before[3], y1), min(before[4], z0),
        )  # fmt: skip
    return found
