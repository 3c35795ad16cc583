"""The imported drawing behind a plan: how it is read, and what the reading is said to have found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from planner.files import write_whole
from planner.project import DrawingSource

if TYPE_CHECKING:
    from layouts.readers.imported import Import


def read_drawing(file: Path, *, unit: str = "", layers: dict[str, tuple[str, ...]] | None = None) -> Import:
    """Read a drawing as people decided (unit, layers by class); where they did not, the reader decides."""
    if file.suffix.lower() != ".dxf":
        raise BadInput("drawing.unknown_kind", file=str(file), kind=file.suffix or "-")
    if not file.is_file():
        raise BadInput("document.missing_file", file=str(file))
    from layouts.readers.dxf import read_dxf  # heavy, and only wanted here
    from layouts.readers.imported import Recipe

    classes = {layer: kind for kind, names in (layers or {}).items() for layer in names}
    return read_dxf(file, unit=unit or None, recipe=Recipe(layers=classes))


def import_summary(read: Import) -> dict[str, Any]:
    """What `centreline import --json` prints."""
    plan = read.plan
    return {
        "unit": read.unit,
        "scale_to_mm": read.scale_to_mm,
        "outline_m2": round(read.outline_m2, 2),
        "spaces": [
            {"name": space.name, "area_m2": round(area_m2(space.outline.outer, space.outline.holes), 2)}
            for level in plan.levels
            for space in level.spaces
        ],
        "walls": sum(len(level.walls) for level in plan.levels),
        "doors": sum(len(level.doors) for level in plan.levels),
        "columns": sum(len(level.columns) for level in plan.levels),
        "confidence": dict(read.confidence),
        "warnings": [*({"code": d.code, "values": dict(d.values), "at": d.at} for d in read.warnings), *_faults(read)],
        "census": {
            "read": dict(read.census.read),
            "skipped": [
                {"entity": s.entity, "layer": s.layer, "reason": s.reason, "count": s.count} for s in read.census.skipped
            ],
        },
    }


def _faults(read: Import) -> list[dict[str, Any]]:
    """What must still be mended before anything can be placed on the plan; importing it is no fault."""
    from layouts.soundness import plan_faults

    faults = plan_faults(read.plan, file="")
    return [{"code": f.code, "values": {"place": f.place} | f.values, "at": None} for f in faults]


def area_m2(outer: tuple[tuple[int, int], ...], holes: tuple[tuple[tuple[int, int], ...], ...] = ()) -> float:
    """Area of a ring less its holes: half the sum of cross products (the surveyor's formula)."""
    return (_twice_area_mm2(outer) - sum(_twice_area_mm2(hole) for hole in holes)) / 2e6


def _twice_area_mm2(ring: tuple[tuple[int, int], ...]) -> int:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1])))


def drawing_record(name: str, sha256: str, read: Import) -> DrawingSource:
    """What the project keeps about an imported drawing."""
    return DrawingSource(name=name, sha256=sha256, unit=read.unit)


def write_preview(read: Import, file: Path) -> None:
    """A picture of what was read, for people to judge."""
    from layouts.readers.preview import preview_svg

    write_whole(file, preview_svg(read).encode())
