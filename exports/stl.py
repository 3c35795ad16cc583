"""Storeys -> STL for printing: one closed body at 1:100, in millimetres of print, open above the height at which plans are cut.

What a printer could not make is made stronger: walls of at least 1.2 mm of print; what hangs or is of glass is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import trimesh

from exports.solid_mesh import body, triangles
from exports.solids import Solid, Storey
from exports.solids_building import FINISH_MM, SLAB_MM

SCALE = 100
THIN_MM, GROWN_MM = 120.0, 30.0  # what a wall of 100 mm gains on each side to be printed
INTO_FLOOR_MM = 10.0
LEFT_OUT = frozenset({"glass", "display"})
GAP_MM = 10_000.0


def write_stl(storeys: Sequence[Storey], path: Path) -> tuple[float, float, float]:
    """Write the storeys side by side; the answer is the size of the print in mm (length, width, height)."""
    meshes, at = [], 0.0
    for storey in storeys:
        corners, faces = triangles(printed(storey))
        least, most = corners.min(axis=0), corners.max(axis=0)
        meshes.append(trimesh.Trimesh((corners - least + (at, 0.0, 0.0)) / SCALE, faces, process=False))
        at += most[0] - least[0] + GAP_MM
    whole = trimesh.util.concatenate(meshes)
    path.write_bytes(trimesh.exchange.stl.export_stl(whole))
    length, width, height = (float(x) for x in whole.extents)
    return length, width, height


def printed(storey: Storey) -> Any:
    """The storey's body, from under its floor to the plan's cut, in millimetres of the building."""
    return body(p for s in storey.solids if (p := _printable(s)) is not None)


def _printable(solid: Solid) -> Solid | None:
    """The solid as it can be printed, let into what carries it so that all is one body."""
    if solid.part in ("walls_above", "above") or solid.stuff in LEFT_OUT:
        return None
    if solid.part == "floor":
        return replace(solid, low_mm=-SLAB_MM, high_mm=0) if solid.stuff == "slab" else None
    ground = solid.ground
    if ground.buffer(-THIN_MM / 2).is_empty:
        ground = ground.buffer(GROWN_MM, join_style="mitre", mitre_limit=2)
    return replace(solid, ground=ground, low_mm=solid.low_mm - INTO_FLOOR_MM - (FINISH_MM if solid.low_mm == 0 else 0))
