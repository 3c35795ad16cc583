"""The imported drawing behind a plan: how it is read, and what the reading is said to have found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from planner.project import DrawingSource

if TYPE_CHECKING:
    from layouts.readers.imported import Import, Recipe, UnitChoice

NATIVE = (".ifc", ".dwg")
FENCED_ABOVE_BYTES = 1_000_000  # smaller drawings of one's own project are read here: a process costs a second


def read_drawing(
    file: Path, decided: DrawingSource | None = None, *, fenced: bool | None = None, stop: Callable[[], bool] = lambda: False
) -> Import:
    """Read a drawing as people decided (the import recipe); where they did not, the reader decides.

    `fenced` reads in a process of its own with limits; left out, large files are, and those that native libraries
    read, which a broken file can end with the whole process. `stop` ends such a process when it says so.
    """
    from layouts.readers.read import SUFFIXES, kind_of, read_plan  # heavy, and only wanted here

    if file.suffix.lower() not in SUFFIXES:
        raise BadInput("drawing.unknown_kind", file=str(file), kind=file.suffix or "-")
    if not file.is_file():
        raise BadInput("document.missing_file", file=str(file))
    if fenced is None:
        fenced = file.stat().st_size > FENCED_ABOVE_BYTES or kind_of(file) in NATIVE
    unit = (decided.unit if decided else "") or None
    if fenced:
        from layouts.readers.fenced import read_fenced

        return read_fenced(file, unit=unit, recipe=recipe_of(decided), stop=stop)
    return read_plan(file, unit=unit, recipe=recipe_of(decided))


def recipe_of(decided: DrawingSource | None) -> Recipe:
    """What the project keeps about a drawing, as the reader's recipe."""
    from layouts.readers.imported import Recipe

    if decided is None:
        return Recipe()
    crop = decided.crop
    if crop and len(crop) != 4:
        raise BadInput("import.crop", file=decided.name, given=", ".join(f"{c:g}" for c in crop))
    return Recipe(
        layers={layer: kind for kind, names in decided.layers.items() for layer in names},
        crop=(crop[0], crop[1], crop[2], crop[3]) if crop else None,
        hall=decided.hall,
        gap_mm=decided.gap_mm or Recipe().gap_mm,
        encoding=decided.encoding,
        hidden=decided.hidden,
        scale_to_mm=decided.scale_to_mm,
        storey=decided.storey,
        origin_mm=(decided.origin_mm[0], decided.origin_mm[1]) if len(decided.origin_mm) == 2 else None,
        boundary=decided.boundary,
        openings=decided.openings,
        rooms=decided.rooms,
        confirmed=decided.confirmed,
        all_storeys=decided.storeys == "all",
        page=decided.page,
        turn_deg=decided.turn_deg,
    )


def import_summary(read: Import) -> dict[str, Any]:
    """What `centreline import --json` prints."""
    plan = read.plan
    chosen = next((c for c in read.choices if abs(c.scale_to_mm / read.scale_to_mm - 1) < 1e-6), None)
    return {
        "unit": read.unit,
        "scale_to_mm": read.scale_to_mm,
        "turn_deg": plan.frame.rotation_deg,
        "size_m": [chosen.length_m, chosen.width_m] if chosen else None,
        "door_m": chosen.door_m if chosen else None,
        "alternatives": choices_json(read.choices),
        "outline_m2": round(read.outline_m2, 2),
        "storeys": list(read.storeys),
        "levels": [
            {
                "id": level.id,
                "name": level.name,
                "elevation_mm": level.elevation_mm,
                "outline_m2": round(area_m2(level.outline, level.holes), 2),
            }
            for level in plan.levels
        ],
        "spaces": [
            {"name": space.name, "area_m2": round(area_m2(space.outline.outer, space.outline.holes), 2)}
            for level in plan.levels
            for space in level.spaces
        ],
        "walls": sum(len(level.walls) for level in plan.levels),
        "doors": sum(len(level.doors) for level in plan.levels),
        "windows": sum(len(level.windows) for level in plan.levels),
        "columns": sum(len(level.columns) for level in plan.levels),
        "confidence": dict(read.confidence),
        "warnings": [*({"code": d.code, "values": dict(d.values), "at": d.at} for d in read.warnings), *_faults(read)],
        "doors_offered": _doors_offered(read),
        "few_exits": _few_exits(read),
        "hidden": dict(read.hidden),
        "census": {
            "read": dict(read.census.read),
            "skipped": [
                {"entity": s.entity, "layer": s.layer, "reason": s.reason, "count": s.count} for s in read.census.skipped
            ],
        },
    }


def _doors_offered(read: Import) -> list[dict[str, Any]]:
    """Ways in and out and a staff door where the drawing names none: guesses, each with the option that takes it."""
    from layouts.readers.ways_offered import ways_offered

    return [
        {"level": w.level, "storey": w.storey, "use": w.use, "at": list(w.at), "door": w.door, "option": w.option()}
        | ({"serves_m": round(w.serves_mm / 1000, 1)} if w.serves_mm else {})
        for w in ways_offered(read.plan, read.frames)
    ]


def _few_exits(read: Import) -> list[dict[str, Any]]:
    """Storeys whose size asks for more exits than their drawing shows doors outdoors."""
    from layouts.readers.ways_offered import few_exits

    return [
        {"level": f.level, "name": f.name, "doors": f.doors, "persons": f.persons, "exits": f.exits}
        for f in few_exits(read.plan)
    ]


def choices_json(choices: tuple[UnitChoice, ...]) -> list[dict[str, Any]]:
    """The readings of the scale, the likeliest first."""
    return [
        {
            "unit": c.unit,
            "scale_to_mm": c.scale_to_mm,
            "share": c.share,
            "length_m": c.length_m,
            "width_m": c.width_m,
            "door_m": c.door_m,
        }
        for c in choices
    ]


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
