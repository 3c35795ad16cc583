"""Zones: stretches of places of one module that cost and cover nearly the same, whatever the position inside.

A zone keeps what every position in it shares: the least it costs, the floor it always covers, the perimeter it always takes.
Bounds over zones need no positions, so that the many orders in which modules can stand along a wall are one and the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from solvers.placement.modes import SIGMA_SCALE, Mode, Reach, Run
from solvers.placement.near import middle
from solvers.placement.variables import Question

ZONE_DM = 60  # longest zone where moving along the baseline changes the distance off the spine


@dataclass(frozen=True, slots=True)
class Zone:
    """Positions lo .. hi of one run of a mode. `reach`: how its staff arc is met, None for what needs none."""

    element: str
    mode: Mode
    run: Run
    lo: int
    hi: int
    reach: Reach | None

    def t(self) -> tuple[int, int]:
        """Least and most coordinate along the spine."""
        return _ends(self.run.ta * self.lo + self.run.tb, self.run.ta * self.hi + self.run.tb)

    def lat(self) -> tuple[int, int]:
        """Least and most distance off the spine."""
        return _ends(self.run.la * self.lo + self.run.lb, self.run.la * self.hi + self.run.lb)

    def y(self) -> tuple[int, int]:
        """Least and most signed distance off the spine, positive on its left."""
        low, high = self.lat()
        return (low, high) if self.run.side else (-high, -low)

    def crossings(self) -> list[tuple[int, int]]:
        """World intervals (low, size) across the baseline: the whole module, and its rows beyond the spine."""
        low, size = self.mode.offset(self.mode.inside.full)
        boxes = [(self.run.back + low, size)] if size else []
        return [*boxes, self.mode.across_box()] if self.mode.across_edge is not None else boxes

    def extent(self) -> tuple[int, int]:
        """World interval along the baseline that holds every position."""
        return self.lo, self.hi + self.mode.inside.length

    def low_middle(self) -> tuple[int, int]:
        """(x, y) of the module's middle when it stands lowest."""
        return middle(self.mode, self.run, self.lo)

    def high_middle(self) -> tuple[int, int]:
        """(x, y) of the module's middle when it stands highest."""
        return middle(self.mode, self.run, self.hi)

    def core(self) -> tuple[int, int]:
        """World interval along the baseline that every position covers; empty where the zone is longer than the module."""
        return self.hi, self.lo + self.mode.inside.length

    def arc_low(self) -> int:
        """The largest that A of its arc may be."""
        assert self.reach is not None
        return max(self.reach.s * u + self.reach.low for u in (self.lo, self.hi)) // SIGMA_SCALE

    def arc_high(self) -> int:
        """The least that B of its arc may be."""
        assert self.reach is not None
        return -(-min(self.reach.s * u + self.reach.high for u in (self.lo, self.hi)) // SIGMA_SCALE)


def _ends(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def zones_of(question: Question, longest: int = ZONE_DM, *, along: int | None = None) -> tuple[Zone, ...]:
    """All zones of all modules, in a fixed order. `along`: the longest where the distance off the spine stays the same."""
    return tuple(
        Zone(e, mode, run, lo, hi, reach)
        for e, modes in question.modes.items()
        for mode in modes
        for run in mode.runs
        for lo, hi in _pieces(run, longest if run.la else along)
        for reach in (mode.reach if mode.inside.staff else (None,))
    )


def _pieces(run: Run, longest: int | None) -> Iterator[tuple[int, int]]:
    span = run.hi - run.lo + 1
    count = -(-span // longest) if longest is not None else 1
    edges = [run.lo + span * k // count for k in range(count + 1)]
    for low, high in pairwise(edges):
        yield low, high - 1
