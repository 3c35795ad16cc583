"""The clinic's walls and doors as its makers wrote them, to score the reading of its drawing against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from shapely import LineString, unary_union

from layouts.plan import FloorPlan

VERTEX = re.compile(r"\s+- \[(-?[\d.]+), (-?[\d.]+), ")
PAIR = re.compile(r"\s+- \[(\d+), (\d+), \{")
DISTANCE_M = re.compile(r"\[(\d+), (\d+), \{distance: \[3, ([\d.]+)\]")
NEAR_MM, DOOR_NEAR_MM = 200.0, 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares of what is there that was found (recall), and of what was found that is there (precision)."""

    walls_found: float
    walls_right: float
    doors_found: float
    doors_right: float
    doors: int


def truth(file: Path) -> tuple[list[LineString], list[LineString]]:
    """Walls and doors of level L1, millimetres, y up: picture points times the measured scale."""
    level = file.read_text("utf-8").split("\n  L1:\n")[1].split("\n  L2:\n")[0]
    cut = re.split(r"^    (\w+):", level, flags=re.MULTILINE)
    parts = dict(zip(cut[1::2], cut[2::2]))
    points = [(float(x), float(y)) for x, y in VERTEX.findall(parts["vertices"])]
    i, j, metres = DISTANCE_M.findall(parts["measurements"])[0]
    (ax, ay), (bx, by) = points[int(i)], points[int(j)]
    scale = float(metres) * 1000 / ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5

    def lines(name: str) -> list[LineString]:
        placed = [(x * scale, -y * scale) for x, y in points]
        return [LineString([placed[int(a)], placed[int(b)]]) for a, b in PAIR.findall(parts[name])]

    return lines("walls"), lines("doors")


def score(plan: FloorPlan, file: Path) -> Score:
    """How the first level's walls and doors lie against the truth."""
    walls, doors = truth(file)
    ox, oy = plan.frame.origin_mm
    level = plan.levels[0]
    read_walls = [LineString([(w.a[0] + ox, w.a[1] + oy), (w.b[0] + ox, w.b[1] + oy)]) for w in level.walls]
    read_doors = [LineString([(d.p[0] + ox, d.p[1] + oy), (d.q[0] + ox, d.q[1] + oy)]).centroid for d in level.doors]
    here, there = unary_union(read_walls), unary_union(walls)
    with_doors = unary_union([there, *doors])  # centrelines run through openings
    middles = [door.centroid for door in doors]
    return Score(
        walls_found=there.intersection(here.buffer(NEAR_MM)).length / there.length,
        walls_right=here.intersection(with_doors.buffer(NEAR_MM)).length / here.length,
        doors_found=sum(any(m.distance(r) < DOOR_NEAR_MM for r in read_doors) for m in middles) / len(middles),
        doors_right=sum(any(m.distance(r) < DOOR_NEAR_MM for m in middles) for r in read_doors) / max(1, len(read_doors)),
        doors=len(read_doors),
    )
