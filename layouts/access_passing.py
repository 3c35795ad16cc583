"""Along routes: places where two wheelchairs pass, short pinches that are forgiven, and turns round narrow things."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from layouts.access_question import AccessQuestion, Case, judge, line_witness, not_checked
from layouts.findings import Finding, Witness
from layouts.geometry import line_shape
from layouts.plan import Ring
from layouts.walkable import TOLERANCE_MM

PINCH_SAMPLE_MM = 20.0
STRAIGHT_DEG = 120.0  # a way that turns by this much within a few metres turns back


def _segments(shape: BaseGeometry) -> list[LineString]:
    """The lines of a shape, joined where they touch."""
    if shape.is_empty:
        return []
    merged = shapely.line_merge(shape) if shape.geom_type != "LineString" else shape
    return [g for g in getattr(merged, "geoms", [merged]) if isinstance(g, LineString)]


def wheelchairs_can_pass(q: AccessQuestion) -> tuple[Finding, ...]:
    """Where a route is narrower than two wheelchairs, a place to pass comes at reasonable intervals (ADA 403.5.3).

    Measured: metres of the longest stretch on which nowhere a disc of the passing width fits beside the walk.
    """
    code, key = "access.passing_space", "passing_every_m"
    if key not in q.profile.rules or "passing_width_mm" not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    width = q.profile.value("passing_width_mm")
    clear = q.profile.mm("clear_route_mm")
    routes = q.routes(clear)
    cases = []
    for route, (metres, witness) in zip(routes, _without_room(q, [r.centreline for r in routes], width)):
        values = {"passing_width_mm": width}
        cases.append(Case(where=f"{route.from_id}>{route.to_id}", measured=metres, values=dict(values), witness=witness))
    return judge(q.profile, code, key, cases, at_most=True)


def _without_room(q: AccessQuestion, lines: Sequence[Ring], width: float) -> list[tuple[float, tuple[Witness, ...]]]:
    """For each walk the metres of its longest stretch beside which no disc of this width fits, and that stretch. It depends
    on no floor farther from the walk than the disc is wide."""

    def look(missing: list[int]) -> list[tuple[float, tuple[Witness, ...]]]:
        wide = q.on().opened(width)
        walks = [line_shape(lines[k]) for k in missing]
        return [_longest(w, wide) if not c else (0.0, ()) for w, c in zip(walks, shapely.covers(wide, walks).tolist())]

    return q.on().along(f"passing {width}", lines, width + TOLERANCE_MM, look)


def _longest(line: LineString, wide: BaseGeometry) -> tuple[float, tuple[Witness, ...]]:
    """The longest stretch of a walk outside an area, in metres."""
    longest = max(_segments(line.difference(wide)), key=lambda s: s.length, default=None)
    metres = longest.length / 1000 if longest is not None else 0.0
    return metres, (line_witness("route", longest.coords),) if longest is not None and metres > 0.5 else ()


def dead_ends_leave_room_to_turn(q: AccessQuestion) -> tuple[Finding, ...]:
    """Whoever comes to the end of a way can turn there, or after backing out no farther than the profile allows.

    Measured: metres of the last stretch of a walk to a stop beside which the turning circle fits nowhere.
    """
    code, key = "access.dead_end_turning", "dead_end_turn_m"
    for needed in (key, "turning_circle_mm"):
        if needed not in q.profile.rules:
            return (not_checked(q.profile, code, missing_rule=needed),)
    doors, width = {d.id for d in q.level.doors}, q.profile.value("turning_circle_mm")
    routes = [r for r in q.routes(q.profile.mm("clear_route_mm")) if r.to_id not in doors]
    measured = _backing_out(q, [r.centreline for r in routes], width)
    cases = []
    for route, metres in zip(routes, measured):
        witness = (line_witness("route", route.centreline),) if metres > 0.5 else ()
        cases.append(Case(where=route.to_id, measured=metres, values={"turning_mm": width}, witness=witness))
    return judge(q.profile, code, key, cases, at_most=True)


def _backing_out(q: AccessQuestion, lines: Sequence[Ring], width: float) -> list[float]:
    """That stretch of each walk in metres, 0 where it has none. Where wheelchairs can pass they can turn: only other ends are
    looked at. It depends on no floor farther from the walk than the discs are wide."""
    passing = q.profile.value("passing_width_mm") if "passing_width_mm" in q.profile.rules else 0.0

    def look(missing: list[int]) -> list[float]:
        ends = np.asarray([lines[k][-1] for k in missing], dtype=np.float64).reshape(-1, 2)
        sure = np.zeros(len(ends), dtype=bool)
        if passing >= width:
            sure = shapely.intersects_xy(q.on().opened(passing), ends[:, 0], ends[:, 1])
        return [0.0 if there else _last_stretch(q, lines[k], width) for k, there in zip(missing, sure)]

    return q.on().along(f"backing out {width} {passing}", lines, max(width, passing) + TOLERANCE_MM, look)


def _last_stretch(q: AccessQuestion, walk: Ring, width: float) -> float:
    """The metres before a walk's end beside which no disc of this width fits."""
    end = shapely.Point(walk[-1])
    last = [s for s in _segments(line_shape(walk).difference(q.on().opened(width))) if s.distance(end) < 1.0]
    return float(max((s.length for s in last), default=0.0) / 1000)


def pinches(line: LineString, floor: BaseGeometry, clear_mm: float) -> tuple[tuple[float, float, float], ...]:
    """Stretches of a walk on which the floor straight across it is narrower than the clear width: start, end and the
    least width (mm along, mm along, mm), told to PINCH_SAMPLE_MM."""
    count = max(2, math.ceil(line.length / PINCH_SAMPLE_MM))
    along = (np.arange(count) + 0.5) / count * line.length
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(along + 1.0, line.length)))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 1.0, 0.0)))
    way = (ahead - behind) / np.maximum(np.hypot(*(ahead - behind).T), 1e-9)[:, None]
    off = np.column_stack([-way[:, 1], way[:, 0]]) * clear_mm
    across = shapely.intersection(floor, shapely.linestrings(np.stack([points - off, points + off], axis=1)))
    widths = [_own_length(shape, point) for shape, point in zip(across, shapely.points(points))]
    found: list[tuple[float, float, float]] = []
    step = line.length / count / 2
    for at, width in zip(along, widths):
        if width >= clear_mm - TOLERANCE_MM:
            continue
        if found and at - step - found[-1][1] <= step:
            found[-1] = (found[-1][0], at + step, min(found[-1][2], width))
        else:
            found.append((at - step, at + step, width))
    return tuple(found)


def _own_length(shape: BaseGeometry, point: BaseGeometry) -> float:
    """The length of the part of a line that holds a point."""
    pieces = getattr(shape, "geoms", [shape])
    return float(max((g.length for g in pieces if g.distance(point) <= 1.0), default=0.0))


def pinch_is_forgiven(stretches: Sequence[tuple[float, float, float]], *, width: float, length: float, apart: float) -> bool:
    """Whether every pinch is wide and short enough, and the next one far enough (ADA 403.5.1 exception)."""
    wide = all(least >= width - TOLERANCE_MM for _, _, least in stretches)
    short = all(end - start <= length + TOLERANCE_MM for start, end, _ in stretches)
    spread = all(after[0] - before[1] >= apart - TOLERANCE_MM for before, after in pairwise(stretches))
    return wide and short and spread


def pinches_are_forgiven(q: AccessQuestion, line: Sequence[tuple[float, float]]) -> bool:
    """Whether a walk that is narrower than the clear width somewhere is so only in pinches that the profile forgives."""
    keys = ("pinch_width_mm", "pinch_length_mm", "pinch_apart_mm")
    if any(k not in q.profile.rules for k in keys) or len(line) < 2:
        return False
    clear = q.profile.mm("clear_route_mm")
    stretches = pinches(LineString(line), q.ways(clear).floor, clear)
    width, length, apart = (q.profile.value(k) for k in keys)
    return pinch_is_forgiven(stretches, width=width, length=length, apart=apart)


def turns_round_narrow_things_are_wide(q: AccessQuestion) -> tuple[Finding, ...]:
    """Where a route turns back round something narrower than `turn_round_under_mm`, the way is wider at the turn
    (ADA 403.5.2: 1220 at the turn with 1065 before and after it, or 1525 at the turn).

    Measured: the clear width of the route, which is the least of its legs and its turn.
    """
    code, key = "access.turn_round", "turn_round_width_mm"
    if key not in q.profile.rules or "turn_round_under_mm" not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    clear, under = q.profile.mm("clear_route_mm"), q.profile.value("turn_round_under_mm")
    cases = []
    for route in q.routes(clear):
        across = turn_back_mm(route.centreline)
        if across is not None and across - clear < under:
            witness = (line_witness("route", route.centreline), line_witness("place", [route.narrowest]))
            cases.append(
                Case(where=f"{route.from_id}>{route.to_id}", measured=float(route.clear_width_mm), witness=witness)
            )
    return judge(q.profile, code, key, cases, tolerance=TOLERANCE_MM)


@lru_cache(maxsize=4096)
def turn_back_mm(centreline: Ring) -> float | None:
    """Where the walk turns by STRAIGHT_DEG or more one way round: how far apart its legs are at the bend, which is the
    thing's own width and the walked clear width; None where it does not turn back."""
    points = [p for k, p in enumerate(centreline) if k == 0 or p != centreline[k - 1]]
    headings = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(points)]
    turned, start = 0.0, 0
    for k in range(1, len(headings)):
        step = math.degrees((headings[k] - headings[k - 1] + math.pi) % (2 * math.pi) - math.pi)
        if step * turned < 0:
            turned, start = 0.0, k - 1
        turned += step
        if abs(turned) >= STRAIGHT_DEG:
            return math.dist(points[start + 1], points[k])
    return None
