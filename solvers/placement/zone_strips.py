"""Strips of floor along which zones slide: in any stretch of one, the modules take at least what of them cannot lie outside.

A strip is a wall, which modules share in turn, or a line drawn across the floor. A module of length L whose low end is
somewhere in lo .. hi covers of a stretch [a, b] at least min(L, b - a, lo + L - a, b - hi), if that is positive; all together
cover no more than b - a (energetic reasoning, Baptiste, Le Pape and Nuijten 1999). It holds for every position in the zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.placement.modes import Ground
from solvers.placement.zone_floor import Room, boxes_of, segments
from solvers.placement.zone_kernel import overfull
from solvers.placement.zones import Zone

A_STRIP = 2  # stretches of a strip that are said at once, which the compiled code has room for
TAKEN = 1e-6  # of a module: less of it is looked over
EASE = 0.5  # dm: less is not worth a line

Ints = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Strip:
    """Zones on one strip: their numbers, least and highest low end, and length along it (dm)."""

    zones: Ints
    lo: Ints
    hi: Ints
    length: Ints

    def covered(self, a: int, b: int) -> Ints:
        """What of [a, b] each zone covers for sure."""
        inside = np.minimum(np.minimum(self.length, b - a), np.minimum(self.lo + self.length - a, b - self.hi))
        return np.asarray(np.maximum(0, inside))

    def room(self, a: int, b: int) -> Room:
        """The stretch as a capacity; a zone that is on the strip twice counts with both parts."""
        chords: dict[int, int] = {}
        for number, chord in zip(self.zones.tolist(), self.covered(a, b).tolist()):
            if chord:
                chords[number] = chords.get(number, 0) + chord
        return Room(tuple(chords.items()), b - a)


def strips_of(ground: Ground, zones: Sequence[Zone]) -> tuple[Strip, ...]:
    """All walls, then all lines across the floor from wall to wall."""
    return (*walls(zones), *_lines(ground, zones))


def walls(zones: Sequence[Zone]) -> tuple[Strip, ...]:
    """The stretches of wall, each with all zones on it."""
    by_wall: dict[str, list[int]] = {}
    for number, zone in enumerate(zones):
        if zone.mode.baseline.startswith("w"):
            by_wall.setdefault(zone.mode.baseline, []).append(number)
    return tuple(_strip([(n, zones[n].lo, zones[n].hi, zones[n].mode.inside.length) for n in ns]) for ns in by_wall.values())


def _lines(ground: Ground, zones: Sequence[Zone]) -> Iterator[Strip]:
    boxes = boxes_of(zones)
    for axis in ("y", "x"):
        ends: dict[int, list[tuple[int, int]]] = {}
        for at, low, high in segments(ground, axis):
            ends.setdefault(at, []).append((low, high))
        for at, found in ends.items():
            crossed = _across(boxes, axis, at)
            for low, high in found:
                if not any(a <= low and high <= b and (a, b) != (low, high) for a, b in found):
                    within = crossed[(low <= crossed[:, 1]) & (crossed[:, 2] + crossed[:, 3] <= high)]
                    if len(within):
                        yield _strip(within)


def _across(boxes: Ints, axis: str, at: int) -> Ints:
    """What the line surely crosses, wherever the zones' modules stand: as they slide along it, or at their depth. A row for
    each: its number, the least and the highest low end along the line, and its length there."""
    number, on_x, lo, hi, length, low, high = boxes.T
    along = on_x == (axis == "x")
    met = np.where(along, (low <= at) & (at < high), (hi <= at) & (at < lo + length))
    rows = [number, np.where(along, lo, low), np.where(along, hi, low), np.where(along, length, high - low)]
    return np.stack([row[met] for row in rows], axis=1)


def _strip(rows: Ints | Sequence[tuple[int, int, int, int]]) -> Strip:
    table = np.asarray(rows, dtype=np.int64).reshape(-1, 4)
    return Strip(*(np.ascontiguousarray(column) for column in table.T))


def whole(strip: Strip, zones: Sequence[Zone]) -> Room | None:
    """All of a strip as a capacity; None where it holds whatever stands on it."""
    a, b = int(strip.lo.min()), int((strip.hi + strip.length).max())
    most: dict[str, int] = {}
    for number, length in zip(strip.zones.tolist(), strip.length.tolist()):
        most[zones[number].element] = max(most.get(zones[number].element, 0), length)
    return strip.room(a, b) if sum(most.values()) > b - a else None


def crowded(strips: Sequence[Strip], shares: Shares) -> list[Room]:
    """The stretches that hold too much when zones are taken by these shares, the worst first."""
    if not strips:
        return []
    parts = [len(strip.zones) for strip in strips]
    number, lo, hi, length = (np.concatenate([getattr(s, name) for s in strips]) for name in ("zones", "lo", "hi", "length"))
    over, stretch = np.empty((len(strips), A_STRIP)), np.empty((len(strips), 2 * A_STRIP), dtype=np.int64)
    lows, highs, on = (np.empty(max(parts), dtype=np.int64) for _ in range(3))
    overfull(np.cumsum([0, *parts]), lo, hi, length, shares[number], TAKEN, EASE, lows, highs, on, over, stretch)
    found: list[tuple[float, int, int, int]] = []
    for n, k in np.argwhere(over > 0).tolist():
        a, b = stretch[n, 2 * k : 2 * k + 2].tolist()
        found.append((-float(over[n, k]) / (b - a), n, a, b))
    return list(dict.fromkeys(strips[n].room(a, b) for _, n, a, b in sorted(found)))
