"""Screens from a screening's gates, or its table, to what stands firm: straight ones, and such as turn on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon

from layouts.geometry import parts
from layouts.screening import SCREEN_MM
from layouts.screening_site import GRACE_MM, Site, Stand, Xy

STEP_MM = 200
LONGEST_MM = 15_000.0  # a longer screen is no light one any more
LINES, AT_ONCE = 800, 40  # the shortest that are looked at, and how many of them together: mostly a few tell enough
EVERY, MOST_TURNS, FARTHEST_MM = 2, 5, 6000  # of the places where a screen may turn twice, and how far it goes on between
ASKEW, SQUARE_MM = 1.4, 5.0  # what a screen that is square to nothing counts for


@dataclass(frozen=True, slots=True)
class Leg:
    """Screens from the gates or the table to a wall."""

    length: float
    pieces: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a screen may turn to a wall, in the table's frame; what of it stands before that, how long that is, and which way
    it turned."""

    x: float
    y: float
    length: float = 0.0
    pieces: tuple[Polygon, ...] = ()
    turned: int = 0


def across(stand: Stand, site: Site, end: float) -> Iterator[Start]:
    """From the last post farther and farther across the floor, as long as that is free, and as far as it is."""
    whole = Polygon(stand.box(0, end, SCREEN_MM, end + LONGEST_MM))
    taken = shapely.get_coordinates(whole.difference(site.free)) - stand.at(0, end)
    most = max(0.0, min((taken @ np.asarray(stand.out)).tolist(), default=LONGEST_MM) - GRACE_MM)
    for long in (*np.arange(SCREEN_MM, most, STEP_MM).tolist(), most):
        slab = Polygon(stand.box(0, end, SCREEN_MM, end + long))
        if long >= SCREEN_MM and site.free.covers(slab):
            yield Start(SCREEN_MM / 2, end + long - SCREEN_MM / 2, long, (slab,))


def behind(stand: Stand) -> Iterator[Start]:
    """Places along the table's back, at its ends, and before its front where visitors come to it first."""
    inner = SCREEN_MM / 2
    steps = max(1, round(stand.length / STEP_MM))
    for k in range(steps + 1):
        yield Start(-inner - (stand.length - 2 * inner) * k / steps, -stand.depth + inner)
    for x in (-inner, -stand.length + inner):
        yield Start(x, -stand.depth / 2)
    yield Start(-stand.length + inner, inner)


def turning(stand: Stand, site: Site, starts: Iterable[Start]) -> Iterator[Start]:
    """The same starts gone on, once, square to themselves or to the table's back, so that a screen may turn twice."""
    half = SCREEN_MM / 2
    for start in islice(starts, 0, MOST_TURNS * EVERY, EVERY):
        ways = ((-1, 0), (1, 0)) if start.pieces else ((0, -1),)
        for dx, dy in ways:
            gone = STEP_MM
            while gone <= FARTHEST_MM:
                x, y = start.x + dx * gone, start.y + dy * gone
                near = (start.x + dx * half, start.y + dy * half)  # beyond what the start itself stands on
                xs, ys = sorted((near[0], x + dx * half)), sorted((near[1], y + dy * half))
                ring = stand.box(xs[0] - half * abs(dy), ys[0] - half * abs(dx), xs[1] + half * abs(dy), ys[1] + half * abs(dx))
                if not site.free.covers(Polygon(ring)):
                    break
                yield Start(x, y, start.length + gone, (*start.pieces, Polygon(ring)), dx or dy)
                gone += 2 * STEP_MM


def legs(stand: Stand, site: Site, starts: Iterable[Start]) -> Iterator[Leg]:
    """The shortest ways to walls, one to each for each way to turn: it is told later what they part."""
    begun = list(starts)
    if not begun or not site.sides:
        return
    points = shapely.points([stand.at(start.x, start.y) for start in begun])
    sides = np.asarray(site.sides, dtype=object)
    lines = shapely.shortest_line(points[:, None], sides[None, :])
    cost = shapely.length(lines) * _askew(lines, stand.on) + np.asarray([start.length for start in begun])[:, None]
    nearest = np.argsort(cost, axis=None, kind="stable")[:LINES]
    nearest = nearest[cost.ravel()[nearest] <= LONGEST_MM]
    met: set[tuple[int, int]] = set()
    for first in range(0, len(nearest), AT_ONCE):
        told = [divmod(flat, len(sides)) for flat in nearest[first : first + AT_ONCE].tolist()]
        told = [(k, side) for k, side in told if (side, begun[k].turned) not in met]
        free = shapely.covers(site.free, _inner(np.asarray([lines[k, side] for k, side in told], dtype=object)))
        for (k, side), lies_free in zip(told, free.tolist()):
            name = (side, begun[k].turned)
            if lies_free and name not in met and (piece := _piece(site, lines[k, side])) is not None:
                met.add(name)
                yield Leg(float(cost[k, side]), (*begun[k].pieces, *piece))


def _askew(lines: npt.NDArray[np.object_], on: Xy) -> npt.NDArray[np.float64]:
    """What a line counts for: more where it is square to nothing."""
    ends = shapely.get_coordinates(lines.ravel()).reshape(-1, 2, 2)
    way = np.abs((ends[:, 1] - ends[:, 0]) @ np.asarray([on, (-on[1], on[0])]).T)
    found: npt.NDArray[np.float64] = np.where(way.min(axis=1) > SQUARE_MM, ASKEW, 1.0).reshape(lines.shape)
    return found


def _inner(lines: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """The lines without their ends, which lie in what they join."""
    ends, long = shapely.get_coordinates(lines).reshape(-1, 2, 2), np.maximum(shapely.length(lines), 1e-9)
    share = np.minimum(0.5, (SCREEN_MM / 2 + GRACE_MM) / long)[:, None]
    way = ends[:, 1] - ends[:, 0]
    found: npt.NDArray[np.object_] = shapely.linestrings(np.stack([ends[:, 0] + share * way, ends[:, 1] - share * way], axis=1))
    return found


def _piece(site: Site, line: LineString) -> tuple[Polygon, ...] | None:
    """The screen along a line to a wall; nothing to build where that is there already, None where it cannot stand."""
    if line.length <= SCREEN_MM:
        return ()
    body = line.buffer(SCREEN_MM / 2, cap_style="flat").intersection(site.public)
    found = max(parts(body), key=lambda p: p.area, default=Polygon())
    return (found,) if not found.is_empty and site.free.covers(found) else None
