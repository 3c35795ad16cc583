"""An IFC model opened: its storeys, and the solids of its products in world coordinates, built once.

ifcopenshell (an extra: `centreline[ifc]`) makes the solids; lengths come in metres whatever the file's unit is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from layouts.findings import BadInput
from layouts.readers.ifc_sections import Floats, Ints
from layouts.readers.load import head_of
from layouts.readers.units import TO_MM

MOST_PRODUCTS = 50_000
FARTHEST_M = 1e7


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An opened model, millimetres in one of its length units, and the solids built so far: storeys share them."""

    file: str
    ifc: Any
    scale_to_mm: float
    solids: dict[int, tuple[Floats, Ints] | None] = field(default_factory=dict)


def open_ifc(path: Path) -> Model:
    """The model; BadInput where there is none."""
    head_of(path)
    try:
        import ifcopenshell
        import ifcopenshell.util.unit
    except ImportError as missing:
        raise BadInput("ifc.not_installed", file=path.name) from missing
    try:
        model = ifcopenshell.open(str(path))
        products = model.by_type("IfcProduct")
        scale_m = float(ifcopenshell.util.unit.calculate_unit_scale(model))
    except Exception as failure:  # whatever is wrong inside, the planner needs one sentence and not a traceback
        raise BadInput("ifc.unreadable", file=path.name, reason=type(failure).__name__) from failure
    if not products:
        raise BadInput("ifc.no_products", file=path.name)
    if len(products) > MOST_PRODUCTS:
        raise BadInput("ifc.too_many_products", file=path.name, count=len(products), most=MOST_PRODUCTS)
    return Model(file=path.name, ifc=model, scale_to_mm=scale_m * 1000)


def unit_name(scale_to_mm: float) -> str:
    return next((unit for unit, mm in TO_MM.items() if math.isclose(mm, scale_to_mm, rel_tol=1e-4)), "")


def storey_of(model: Any, wanted: str, file: str) -> tuple[str, float | None, tuple[str, ...]]:
    """(name, elevation in metres, all names) of the storey to plan: the one named, else the one with most doors."""
    import ifcopenshell.util.element
    import ifcopenshell.util.placement
    import ifcopenshell.util.unit

    scale = float(ifcopenshell.util.unit.calculate_unit_scale(model))
    levels = []
    for storey in model.by_type("IfcBuildingStorey"):
        parts = ifcopenshell.util.element.get_decomposition(storey)
        count = sum(part.is_a("IfcDoor") or part.is_a("IfcSpace") for part in parts)
        walls = sum(part.is_a("IfcWall") for part in parts)
        height = float(ifcopenshell.util.placement.get_storey_elevation(storey)) * scale
        levels.append((count, walls, -height, str(storey.Name or storey.LongName or f"#{storey.id()}")))
    names = tuple(name for *_, name in sorted(levels, key=lambda level: -level[2]))
    if wanted:
        said = [level for level in levels if level[3].casefold() == wanted.casefold()]
        if not said:
            raise BadInput("ifc.storey_unknown", file=file, storey=wanted, known=", ".join(names) or "-")
        return said[0][3], -said[0][2], names
    if not levels:
        return "", None, ()
    best = max(levels)
    return best[3], -best[2], names


def shapes(model: Model, classes: Sequence[str]) -> list[tuple[Any, Floats, Ints]]:
    """The products of the classes with their solids in world coordinates, metres."""
    found = []
    for product in [p for kind in classes for p in model.ifc.by_type(kind)]:
        if product.Representation is None:
            continue
        if (solid := solid_of(model, product)) is not None:
            found.append((product, *solid))
    return found


def not_built(model: Model, classes: Sequence[str]) -> list[Any]:
    """The products of the classes that ought to have a solid and whose solid the kernel could not build."""
    return [
        product
        for kind in classes
        for product in model.ifc.by_type(kind)
        if product.Representation is not None and not product.IsDecomposedBy and solid_of(model, product) is None
    ]


def solid_of(model: Model, product: Any) -> tuple[Floats, Ints] | None:
    """Points and triangles of a product in world coordinates, metres, built once."""
    number = int(product.id())
    if number not in model.solids:
        model.solids[number] = _built(product)
    return model.solids[number]


def _built(product: Any) -> tuple[Floats, Ints] | None:
    """A product's solid; None where the kernel cannot build it."""
    import ifcopenshell.geom

    settings: Any = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    try:
        shape: Any = ifcopenshell.geom.create_shape(settings, product)
    except RuntimeError:
        return None
    points = np.asarray(shape.geometry.verts, dtype=float).reshape(-1, 3)
    triangles = np.asarray(shape.geometry.faces, dtype=np.int64).reshape(-1, 3)
    if not len(points) or not np.isfinite(points).all() or np.abs(points).max() > FARTHEST_M:
        return None
    return points, triangles
