"""A GLB as its checker needs it: of every mesh its name, its storey, and where its corners lie, from the bytes themselves."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

JSON_CHUNK, BINARY_CHUNK, MAGIC = 0x4E4F534A, 0x004E4942, 0x46546C67
HEADER_BYTES, FLOAT = 12, 5126
UPRIGHT = np.array([[1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, -1.0, 0, 0], [0, 0, 0, 1.0]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One mesh: `extras` as written; `corners` (n, 3) in millimetres of the building, x and y as in the plan, z up."""

    storey: int
    extras: dict[str, Any]
    corners: NDArray[np.float64]


def built(path: Path) -> Iterator[Built]:
    """All meshes; ValueError for what is no such file. Storeys are the children of the one root, in their order."""
    told, data = _chunks(path.read_bytes())
    (root,) = told["scenes"][told.get("scene", 0)]["nodes"]
    back = np.linalg.inv(UPRIGHT)
    for storey, node in enumerate(told["nodes"][root]["children"]):
        above = back @ _matrix(told["nodes"][root])
        for mesh, matrix in _meshes(told, node, above):
            for primitive in told["meshes"][mesh]["primitives"]:
                points = _points(told, data, primitive["attributes"]["POSITION"])
                corners = (points @ matrix[:3, :3].T + matrix[:3, 3]) * 1000.0
                yield Built(storey=storey, extras=told["meshes"][mesh].get("extras", {}), corners=corners)


def _meshes(told: Any, index: int, above: NDArray[np.float64]) -> Iterator[tuple[int, NDArray[np.float64]]]:
    node = told["nodes"][index]
    here = above @ _matrix(node)
    if "mesh" in node:
        yield node["mesh"], here
    for child in node.get("children", ()):
        yield from _meshes(told, child, here)


def _matrix(node: Any) -> NDArray[np.float64]:
    """Column by column in the file."""
    if {"translation", "rotation", "scale"} & node.keys():
        raise ValueError("a node that is moved otherwise than by a matrix")
    return np.array(node.get("matrix", np.eye(4).ravel()), dtype=float).reshape(4, 4).T


def _points(told: Any, data: bytes, index: int) -> NDArray[np.float64]:
    accessor = told["accessors"][index]
    view = told["bufferViews"][accessor["bufferView"]]
    if accessor["componentType"] != FLOAT or accessor["type"] != "VEC3" or "byteStride" in view:
        raise ValueError("corners of a kind that is not read")
    at = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    return np.frombuffer(data, "<f4", 3 * accessor["count"], at).reshape(-1, 3).astype(float)


def _chunks(data: bytes) -> tuple[Any, bytes]:
    if len(data) < HEADER_BYTES + 8 or struct.unpack_from("<I", data)[0] != MAGIC:
        raise ValueError("no binary glTF")
    found: dict[int, bytes] = {}
    at = HEADER_BYTES
    while at + 8 <= len(data):
        size, kind = struct.unpack_from("<2I", data, at)
        found[kind] = data[at + 8 : at + 8 + size]
        at += 8 + size
    if JSON_CHUNK not in found:
        raise ValueError("no binary glTF")
    return json.loads(found[JSON_CHUNK]), found.get(BINARY_CHUNK, b"")
