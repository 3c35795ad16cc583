"""Doors from swing arcs (in blocks or loose) and straight door lines, matched to the openings between wall ends."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon

from layouts.readers.classes import door_use
from layouts.readers.line_work import as_lines
from layouts.readers.marks import XY, Arc, Block, Label, Stroke
from layouts.readers.nearness import distance_to
from layouts.readers.openings import Gap, closed_end

LEAF_MM = (450.0, 1500.0)
SWEEP_DEG = (15.0, 125.0)
LEAF_THICK_MM = 50  # taken off the opening for each leaf that stands open in it, where no leaf thickness is drawn
ON_FACE_MM = 5.0  # off the face of a wall, a line still runs along it
LOOSE_MM = 20.0  # an opening known from its leaf alone is closed by a line this thick
NEAR_TEXT_MM = 3500.0  # words within this distance of a door may speak of it
NOT_DOORS = ("furniture", "stair", "ignore", "window")


@dataclass(slots=True, kw_only=True)
class FoundDoor:
    """An opening with the leaves that swing in it; `a`-`b` its ends on the wall's middle."""

    a: XY
    b: XY
    thickness: float
    gap: Gap | None
    leaves: list[Arc] = field(default_factory=list)
    use: str = ""
    told_by: str = ""
    insert: int = -1

    @property
    def middle(self) -> XY:
        """The middle of the opening."""
        return (self.a[0] + self.b[0]) / 2, (self.a[1] + self.b[1]) / 2


def swings(arcs: Sequence[Arc], kinds: Mapping[str, str]) -> list[Arc]:
    """The arcs that are door leaves: by size and sweep, on door layers if there are any."""
    fits = [arc for arc in arcs if LEAF_MM[0] <= arc.radius <= LEAF_MM[1] and SWEEP_DEG[0] <= arc.sweep_deg <= SWEEP_DEG[1]]
    on_layers = [arc for arc in fits if kinds.get(arc.layer) == "door"]
    return on_layers or [arc for arc in fits if kinds.get(arc.layer) not in NOT_DOORS]


def find_doors(
    arcs: Sequence[Arc], strokes: Sequence[Stroke], gaps: Sequence[Gap], windows: Sequence[Stroke]
) -> tuple[list[FoundDoor], list[Arc]]:
    """Doors in the gaps, plain openings, and the arcs that belong to no gap."""
    doors = [in_gap(gap) for gap in gaps]
    rooms = shapely.buffer(shapely.polygons([gap.quad for gap in gaps]), 60) if gaps else np.empty(0, dtype=object)
    tree, left = STRtree(rooms), []
    for arc in arcs:
        fit = [int(i) for i in tree.query(Point(arc.centre)) if closed_end(arc, rooms[i]) is not None]
        if fit:
            doors[min(fit)].leaves.append(arc)
            doors[min(fit)].insert = arc.insert
        else:
            left.append(arc)
    in_leaves, in_panes = _lengths_within(strokes, rooms), _lengths_within(windows, rooms)
    kept = []
    for door, leaf_lines, panes in zip(doors, in_leaves, in_panes):
        half = math.dist(door.a, door.b) / 2
        # swing leaves; else lines of a door layer across the opening (sliding doors, thresholds); else an opening
        # without symbol, unless it is filled by a window
        if door.leaves or leaf_lines > half or panes < half:
            kept.append(door)
    return kept, left


def _lengths_within(strokes: Sequence[Stroke], rooms: NDArray[np.object_]) -> list[float]:
    """For each room the length of line work in it."""
    lines = as_lines(strokes)
    room, line = STRtree(lines).query(rooms)
    within = shapely.length(shapely.intersection(lines[line], rooms[room]))
    return [float(length) for length in np.bincount(room, weights=within, minlength=len(rooms))]


def in_gap(gap: Gap) -> FoundDoor:
    """The opening as a door without leaves so far."""
    b, c, d, a = gap.quad
    return FoundDoor(
        a=((a[0] + b[0]) / 2, (a[1] + b[1]) / 2),
        b=((c[0] + d[0]) / 2, (c[1] + d[1]) / 2),
        thickness=gap.thickness,
        gap=gap,
    )


def loose_doors(arcs: Sequence[Arc], walls: Polygon) -> list[FoundDoor]:
    """Doors in openings without wall ends (beside a crossing wall): from the arc, shut towards the nearer wall."""
    found, distance = [], distance_to(walls)
    for arc in arcs:
        shut = min((arc.a, arc.b), key=distance)
        if distance(shut) <= 200 and distance(arc.centre) <= 200:
            found.append(FoundDoor(a=arc.centre, b=shut, thickness=LOOSE_MM, gap=None, leaves=[arc], insert=arc.insert))
    return found


def straight_doors(strokes: Sequence[Stroke], walls: Polygon, taken: Sequence[FoundDoor]) -> list[FoundDoor]:
    """Doors drawn as one line from wall to wall (evacuation plans, robot maps); none along the face of a closed wall."""
    found = []
    closed = walls.buffer(ON_FACE_MM)
    shapely.prepare(closed)
    across = shapely.linestrings([(door.a, door.b) for door in taken]) if taken else []
    bodies = shapely.buffer(across, [door.thickness for door in taken])
    hinges = STRtree([Point(leaf.centre) for door in taken for leaf in door.leaves])
    over, distance = STRtree(bodies), distance_to(walls)
    for stroke in strokes:
        if len(stroke.points) != 2 or stroke.insert >= 0:
            continue
        a, b = stroke.points
        if not 500 <= math.dist(a, b) <= 6000:
            continue
        if any(len(hinges.query(Point(end), predicate="dwithin", distance=60)) for end in (a, b)):
            continue  # an open leaf
        if len(over.query(LineString([a, b]), predicate="covered_by")):
            continue
        if distance(a) <= 80 and distance(b) <= 80 and not closed.covers(LineString([a, b])):
            found.append(FoundDoor(a=a, b=b, thickness=100.0, gap=None))
    return found


def tell_uses(doors: Sequence[FoundDoor], blocks: Sequence[Block], labels: Sequence[Label], layers: Mapping[int, str]) -> None:
    """Set each door's use from its block's attributes, its block's name, its layer, or the words beside it."""
    for door in doors:
        if door.insert >= 0:
            block = blocks[door.insert]
            spoken = [(value, "attribute") for _, value in block.attributes]
            spoken += [(block.name, "block"), (block.layer, "layer")]
        else:
            spoken = [(leaf.layer, "layer") for leaf in door.leaves]
        for text, source in spoken:
            if use := door_use(text):
                door.use, door.told_by = use, source
                break
    silent = [door for door in doors if not door.use]
    nearest: dict[int, tuple[float, str]] = {}
    for label in labels:
        use = door_use(label.text)
        if not use or not doors:
            continue
        # words belong to the door nearest to them, whether or not that door already knows its use
        gap, index = min((math.dist(label.at, door.middle), i) for i, door in enumerate(doors))
        if gap <= NEAR_TEXT_MM and gap < nearest.get(index, (math.inf, ""))[0]:
            nearest[index] = gap, use
    for index, (_, use) in nearest.items():
        if doors[index] in silent:
            doors[index].use, doors[index].told_by = use, "text"
