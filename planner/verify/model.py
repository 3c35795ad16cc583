"""The model in three dimensions: counters and seats stand in the GLB where the answers place them, and no others do."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked

MODEL = "architect/model.glb"
KINDS = ("counter", "cashier", "collection", "seat")
CHAIR = "seat"
AGREE_MM = 10.0
JSON_CHUNK, MAGIC, HEADER_BYTES = 0x4E4F534A, 0x46546C67, 20

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in the project's millimetres


def things_stand_in_the_model(c: Contents) -> list[Finding]:
    """By id and storey: what the model has of a counter or seat takes the ground of its polygon.

    A mesh keeps the building's own axes in metres; only the node above all sets it upright."""
    code = "verify.model_items"
    if MODEL not in c.files:
        return [unchecked(code, missing=MODEL)]
    wrong: list[Finding] = []
    built, count = _built(c.folder / MODEL), 0
    levels = sorted(c.levels(), key=lambda level: need(level, "elevation_mm"))
    for k, level in enumerate(levels):
        told = {i["id"]: _box(need(i, "polygon")) for i in need(level, "items") if _is_looked_at(need(i, "kind"))}
        count += len(told)
        for id, box in told.items():
            here = built.get((k, id))
            if here is None:
                wrong.append(failed(code, id, problem="missing"))
            elif (away := _apart(box, here)) > AGREE_MM:
                wrong.append(failed(code, id, measured=round(away), required=AGREE_MM, unit="mm"))
        wrong += [failed(code, id, problem="not_listed") for storey, id in built if storey == k and id not in told]
    return all_or(wrong, code, items=count)


def _is_looked_at(kind: str) -> bool:
    return kind.removesuffix("_accessible") in KINDS


def _box(polygon: Any) -> Box:
    xs, ys = [p[0] for p in polygon], [p[1] for p in polygon]
    return min(xs), min(ys), max(xs), max(ys)


def _apart(a: Box, b: Box) -> float:
    return max(abs(p - q) for p, q in zip(a, b))


def _built(path: Path) -> dict[tuple[int, str], Box]:
    """Storey and id -> the ground that the model's meshes of it take; ValueError for what is no such file."""
    told = _json_of(path.read_bytes())
    found: dict[tuple[int, str], Box] = {}
    for storey, root in enumerate(_storeys(told)):
        for mesh in _meshes(told, root):
            extras = told["meshes"][mesh].get("extras", {})
            kind = str(extras.get("kind", ""))
            if not _is_looked_at(kind) or (extras.get("stuff") == CHAIR and kind != CHAIR):
                continue  # other things, and the clerks' chairs behind their counters
            for primitive in told["meshes"][mesh]["primitives"]:
                reach = told["accessors"][primitive["attributes"]["POSITION"]]
                box = (*(v * 1000 for v in reach["min"][:2]), *(v * 1000 for v in reach["max"][:2]))
                key = (storey, str(extras["id"]))
                found[key] = _around(found.get(key, box), box)
    return found


def _around(a: Any, b: Any) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _storeys(told: Any) -> list[int]:
    """The nodes of the storeys, lowest first: the children of the one node that sets the building upright."""
    (upright,) = told["scenes"][told.get("scene", 0)]["nodes"]
    return list(told["nodes"][upright]["children"])


def _meshes(told: Any, root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        node = told["nodes"][waiting.pop()]
        waiting += node.get("children", ())
        if "mesh" in node:
            yield node["mesh"]


def _json_of(data: bytes) -> Any:
    if len(data) < HEADER_BYTES:
        raise ValueError("no binary glTF")
    magic, _, _, size, kind = struct.unpack_from("<5I", data)
    if magic != MAGIC or kind != JSON_CHUNK:
        raise ValueError("no binary glTF")
    return json.loads(data[HEADER_BYTES : HEADER_BYTES + size])
