"""Solids: prisms on named floors, the middle form between a layout and a model file. Millimetres, z up from the storey's floor.

As a `Drawing` knows no file format, a `Storey` knows none: writers (`glb`, `stl`) turn it into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

# Heights that no plan gives: those of a common storey. A model is looked into at the height at which plans are cut.
STOREY_MM, DOOR_HEAD_MM, PLAN_CUT_MM = 2700, 2100, 1200

Part = Literal["floor", "walls", "walls_above", "fittings", "above"]
Stuff = Literal[
    "slab", "public", "staff", "room", "aisle", "wall", "new_wall", "column", "glass", "door", "partition",
    "counter", "accessible", "seat", "desk", "machine", "sanitary", "display", "void", "plants",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Solid:
    """What stands on `ground` between two heights. `id` and `kind` are those of the thing it is a part of.

    `part`: what is shown and hidden together; `walls_above` and `above` lie over the plan's cut.
    """

    id: str
    kind: str
    part: Part
    stuff: Stuff
    ground: BaseGeometry
    low_mm: float
    high_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Storey:
    """The solids of one level, whose floor lies at `elevation_mm`."""

    id: str
    name: str
    elevation_mm: int
    solids: tuple[Solid, ...]


def cut_at_plan(solids: Iterable[Solid]) -> Iterator[Solid]:
    """The same, each that goes through the height of the plan's cut as two; of fittings that hardly pass it, one remains."""
    for solid in solids:
        if solid.part not in ("walls", "fittings") or solid.high_mm <= PLAN_CUT_MM:
            yield solid
        elif solid.low_mm >= PLAN_CUT_MM:
            yield _between(solid, solid.low_mm, solid.high_mm, above=True)
        else:
            yield _between(solid, solid.low_mm, PLAN_CUT_MM, above=False)
            yield _between(solid, PLAN_CUT_MM, solid.high_mm, above=True)


def _between(solid: Solid, low: float, high: float, *, above: bool) -> Solid:
    over: Part = "walls_above" if solid.part == "walls" else "above"
    return Solid(
        id=solid.id, kind=solid.kind, part=over if above else solid.part, stuff=solid.stuff, ground=solid.ground,
        low_mm=low, high_mm=high,
    )  # fmt: skip
