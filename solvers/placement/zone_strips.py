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
from solvers.placement.zone_floor import Room, segments
from solvers.placement.zones import Zone

A_STRIP = 2  # stretches of a strip that are said at once
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
    return tuple(_strip((n, zones[n].lo, zones[n].hi, zones[n].mode.inside.length) for n in ns) for ns in by_wall.values())


def _lines(ground: Ground, zones: Sequence[Zone]) -> Iterator[Strip]:
    for axis in ("y", "x"):
        ends: dict[int, list[tuple[int, int]]] = {}
        for at, low, high in segments(ground, axis):
            ends.setdefault(at, []).append((low, high))
        for at, found in ends.items():
            for low, high in found:
                if not any(a <= low and high <= b and (a, b) != (low, high) for a, b in found):
                    rows = tuple(_across(zones, axis, at, low, high))
                    if rows:
                        yield _strip(rows)


def _across(zones: Sequence[Zone], axis: str, at: int, low: int, high: int) -> Iterator[tuple[int, int, int, int]]:
    """What the line surely crosses, wherever the zones' modules stand: as they slide along it, or at their depth."""
    for number, zone in enumerate(zones):
        for cross, size in zone.crossings():
            if zone.mode.axis == axis:
                if cross <= at < cross + size and low <= zone.lo and zone.hi + zone.mode.inside.length <= high:
                    yield number, zone.lo, zone.hi, zone.mode.inside.length
            else:
                start, end = zone.core()
                if start <= at < end and low <= cross and cross + size <= high:
                    yield number, cross, cross, size


def _strip(rows: Iterator[tuple[int, int, int, int]] | tuple[tuple[int, int, int, int], ...]) -> Strip:
    table = np.array(list(rows), dtype=np.int64).reshape(-1, 4)
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
    found: list[tuple[float, int, int, int]] = []
    for n, strip in enumerate(strips):
        taken = shares[strip.zones]
        here = taken > 1e-6
        if not here.any():
            continue
        a, b = np.unique(strip.lo[here])[:, None], np.unique((strip.hi + strip.length)[here])[None, :]
        total = np.zeros((a.shape[0], b.shape[1]))
        for lo, hi, length, share in zip(strip.lo[here], strip.hi[here], strip.length[here], taken[here]):
            inside = np.minimum(np.minimum(length, b - a), np.minimum(lo + length - a, b - hi))
            total += share * np.maximum(0, inside)
        over = np.where(b > a, total - (b - a), -1.0)
        for at in np.argsort(-over, axis=None)[:A_STRIP].tolist():
            i, j = divmod(at, b.shape[1])
            if over[i, j] > EASE:
                found.append((-float(over[i, j]) / int(b[0, j] - a[i, 0]), n, int(a[i, 0]), int(b[0, j])))
    return list(dict.fromkeys(strips[n].room(a, b) for _, n, a, b in sorted(found)))
