"""Solids as closed meshes, and several as one body: manifold3d does the geometry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import manifold3d
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from exports.solids import Solid
from layouts.geometry import parts

LEAST_MM2 = 100.0


def prism(ground: BaseGeometry, low: float, high: float) -> Any:
    """A manifold over every polygon of `ground` between two heights."""
    rings = [np.asarray(ring.coords)[:-1, :2] for p in _faces(ground) for ring in (p.exterior, *p.interiors)]
    section = manifold3d.CrossSection(rings, manifold3d.FillRule.EvenOdd)
    return manifold3d.Manifold.extrude(section, high - low).translate((0.0, 0.0, low))


def _faces(ground: BaseGeometry) -> list[shapely.Polygon]:
    return [p for p in parts(ground) if isinstance(p, shapely.Polygon) and p.area > LEAST_MM2]


def body(solids: Iterable[Solid]) -> Any:
    """All as one manifold."""
    prisms = [prism(s.ground, s.low_mm, s.high_mm) for s in solids]
    return manifold3d.Manifold.batch_boolean(prisms, manifold3d.OpType.Add)


def triangles(manifold: Any) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Its corners (n, 3) and its faces (m, 3), counter-clockwise seen from without."""
    mesh = manifold.to_mesh()
    return np.asarray(mesh.vert_properties, dtype=float)[:, :3], np.asarray(mesh.tri_verts, dtype=np.int64)
