"""A package's files, read once: answers, manifest, and the levels as shapes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

from layouts.findings import BadInput
from planner.verify.found import need

ANSWERS, MANIFEST = "answers.json", "manifest.json"
LARGEST_ANSWERS = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What lies in the folder. `names` are people's names, when the caller knows them."""

    folder: Path
    files: tuple[str, ...]
    answers: Any
    manifest: Any
    names: tuple[str, ...] = ()
    read: dict[str, Any] = field(default_factory=dict)

    def levels(self) -> list[Any]:
        return list(need(self.answers, "layout", "levels"))

    def rules(self) -> Any:
        """The lengths the layout was planned with."""
        return need(self.answers, "programme", "rules")


def read_contents(folder: Path, names: Sequence[str]) -> Contents:
    """Read a package; BadInput when there is no folder or its answers or manifest are no JSON."""
    if not folder.is_dir():
        raise BadInput("verify.missing_folder", file=str(folder))
    files = tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))
    return Contents(
        folder=folder,
        files=files,
        answers=_json(folder / ANSWERS),
        manifest=_json(folder / MANIFEST),
        names=tuple(n for n in names if n.strip()),
    )


def _json(path: Path) -> Any:
    if not path.is_file():
        raise BadInput("verify.missing_file", file=path.name)
    if path.stat().st_size > LARGEST_ANSWERS:
        raise BadInput("verify.file_too_large", file=path.name, most=LARGEST_ANSWERS)
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BadInput("verify.no_json", file=path.name, said=str(error)[:120]) from error


def shape(polygon: Any) -> BaseGeometry:
    """A polygon of the JSON: a list of points, or outer and holes."""
    if isinstance(polygon, dict):
        return Shape(polygon["outer"], polygon.get("holes", ()))
    return Shape(polygon)


def joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(shapes) if shapes else Shape()


def planned(level: Any) -> BaseGeometry:
    """Outline without holes."""
    floor = need(level, "floor")
    return shape(need(floor, "outline")).difference(joined([shape(h) for h in need(floor, "holes")]))


def standing(level: Any) -> BaseGeometry:
    """Columns and obstacles of the building."""
    floor = need(level, "floor")
    obstacles = [shape(need(o, "polygon")) for o in floor.get("obstacles", ())]
    return joined([*(shape(c) for c in need(floor, "columns")), *obstacles])


def solid_items(level: Any) -> list[Any]:
    return [i for i in need(level, "items") if need(i, "solid")]


def staff_ground(level: Any) -> BaseGeometry:
    return joined([shape(p) for p in need(level, "staff")])


def public_ground(level: Any, *, bays: bool = True) -> BaseGeometry:
    """Free public floor, put together anew: planned floor without what stands, solids, wheelchair bays (somebody waits there;
    without `bays` nobody does), staff areas and closed gates."""
    shut = ("staff_gate", "wheelchair_bay") if bays else ("staff_gate",)
    closed = [shape(i["polygon"]) for i in level["items"] if i["solid"] or i["kind"] in shut]
    return areas_of(planned(level).difference(joined([standing(level), staff_ground(level), *closed])))


def areas_of(ground: BaseGeometry) -> BaseGeometry:
    """Without the hairs that are left where edges run along each other a fraction of a millimetre apart."""
    return joined([g for g in getattr(ground, "geoms", [ground]) if g.area > 0])


def doorsteps(level: Any, uses: tuple[str, ...], width: float) -> BaseGeometry:
    """Ground outside the doors, so that a person can stand in the doorway: a square on the outer side of each."""
    hall = planned(level)
    steps = []
    for door in need(level, "floor", "doors"):
        if need(door, "use") in uses:
            line = LineString([door["p"], door["q"]])
            reach = max(width, line.length) + 20
            middle = line.centroid
            scaled = shapely.affinity.scale(line, reach / line.length, reach / line.length, origin=middle)
            steps.append(scaled.buffer(reach, cap_style="flat").difference(hall).buffer(1.5, join_style="mitre"))
    return joined(steps)


def door_middles(level: Any, uses: tuple[str, ...]) -> list[BaseGeometry]:
    return [LineString([d["p"], d["q"]]).centroid for d in level["floor"]["doors"] if d["use"] in uses]


IN, OUT, ANY_PUBLIC = ("entrance", "entrance_exit"), ("exit", "entrance_exit"), ("entrance", "exit", "entrance_exit")
