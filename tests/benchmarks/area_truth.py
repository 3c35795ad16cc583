"""Areas known from somewhere else than the drawing's geometry, to score measured areas against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely

from layouts import plan as p
from layouts.readers.imported import Import
from tests.benchmarks.clinic_truth import truth

WITHIN = 0.03
CLOSING_MM = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The area of a room (`room`, all of that name together) or of the whole floor (no room), and how we know."""

    file: str
    m2: float
    known_by: str
    room: str = ""


AREAS = (
    Known(file="sky-floorplan.dxf", m2=195.0, known_by="an earlier study: 211 m² over the outer walls"),
    Known(file="fzk.ifc", m2=11.4 * 9.4, known_by="12 x 10 m over walls of 300 mm"),
    Known(file="duplex2x3.ifc", m2=135.15, known_by="the model's own space over both flats"),
    *(
        Known(file="fzk.ifc", room=room, m2=m2, known_by="GrossFloorArea of the model")
        for room, m2 in (
            ("Wohnen", 25.989),
            ("Schlafzimmer", 22.073),
            ("Küche", 16.305),
            ("Buero", 12.985),
            ("Bad", 12.503),
            ("Flur", 11.531),
        )
    ),
    *(
        Known(file="samplehouse4.ifc", room=room, m2=m2, known_by="NetFloorArea of the model")
        for room, m2 in (("Living room", 51.995), ("Bedroom", 15.417), ("Entrance hall", 8.694))
    ),
)
TWINS = (("escaldes.dwg", "escaldes.dxf"), ("ml3l.dwg", "ml3l.dxf"), ("medialab-ML_3.dxf", "ml3l.dxf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A known area beside the measured one."""

    file: str
    what: str
    known_m2: float
    measured_m2: float
    known_by: str

    @property
    def error(self) -> float:
        """The share by which the measured area is too large."""
        return self.measured_m2 / self.known_m2 - 1


def scored(reads: dict[str, Import], clinic: Path) -> list[Scored]:
    """All known areas of the plans that were read."""
    found = [
        Scored(
            file=k.file,
            what=k.room or "floor",
            known_m2=k.m2,
            measured_m2=_measured(reads[k.file], k.room),
            known_by=k.known_by,
        )
        for k in AREAS
        if k.file in reads
    ]
    for one, other in TWINS:
        if one in reads and other in reads:
            by = f"its twin {other}"
            known, measured = reads[other].outline_m2, reads[one].outline_m2
            found.append(Scored(file=one, what="floor", known_m2=known, measured_m2=measured, known_by=by))
    if "derived-rmf-clinic-L1.dxf" in reads and clinic.exists():
        read = reads["derived-rmf-clinic-L1.dxf"]
        by = "the makers' centre lines, less half a wall"
        thick = min(wall.thickness_mm for wall in read.plan.levels[0].walls)
        found.append(
            Scored(
                file="derived-rmf-clinic-L1.dxf",
                what="floor",
                known_m2=clinic_m2(clinic, thick),
                measured_m2=read.outline_m2,
                known_by=by,
            )
        )
    for file, read in reads.items():
        pairs = zip(range(1, 100), read.written)
        found += [
            Scored(file=file, what=f"room {i}", known_m2=w, measured_m2=m, known_by="written in it") for i, (w, m) in pairs
        ]
    return found


def clinic_m2(file: Path, thick: float) -> float:
    """The area within the makers' outermost wall lines, half a wall taken off."""
    walls, doors = truth(file)
    closed = shapely.union_all([*walls, *doors]).buffer(CLOSING_MM, join_style="mitre")
    outer = max(shapely.get_parts(closed), key=lambda part: part.area)
    return float(shapely.Polygon(outer.exterior).buffer(-CLOSING_MM - thick / 2, join_style="mitre").area) / 1e6


def _measured(read: Import, room: str) -> float:
    """The measured area of the floor, or of all rooms of that name."""
    if not room:
        return read.outline_m2
    return sum(_m2([s.outline]) for s in read.plan.levels[0].spaces if s.name == room)


def _m2(areas: Iterable[p.Polygon]) -> float:
    return sum(shapely.Polygon(a.outer, a.holes).area for a in areas) / 1e6
