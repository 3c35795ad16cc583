"""How linear the business flow is: one function, one formula, one source for each measure.

A visitor's trip is a chain of legs between stops. f is the visitors per day on a trip, d a leg's walking distance, s a
stop's coordinate along the spine. M1..M8: transport work after Muther's intensity x distance; backtracking and
straightness after the flow-line literature (Hollier; Aneke and Carrie); own forms where no source gives one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from shapely.geometry import LineString

from layouts.crossings import lines_cross

BACKTRACK_EPSILON_M = 0.5  # a step back shorter than this is turning round at a counter, not going back


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A walk from one stop to the next, metres. `s_start`, `s_end` are coordinates along the spine."""

    start: str
    end: str
    length_m: float
    s_start: float
    s_end: float
    line: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What the visitors of one service walk. `direct_m` is the least walk there could be (see `flow.measure_flow`)."""

    visitors: float
    legs: tuple[Leg, ...]
    direct_m: float


def _visitors(trips: Iterable[Trip]) -> float:
    return sum(t.visitors for t in trips)


def _work(trips: Iterable[Trip]) -> float:
    """Transport work: sum over trips of f x sum of d."""
    return sum(t.visitors * leg.length_m for t in trips for leg in t.legs)


def walk_m_per_visit(trips: Sequence[Trip]) -> float:
    """M1 = sum_k f_k sum_i d(s_i, s_i+1) / sum_k f_k (Muther: intensity x distance)."""
    return _work(trips) / _visitors(trips) if trips else 0.0


def backtrack_share(trips: Sequence[Trip]) -> float:
    """M2 = sum f d [s(next) < s(prev) - epsilon] / sum f d (flow-line literature). Aim 0."""
    legs = [(t.visitors, leg) for t in trips for leg in t.legs]
    back = sum(f * leg.length_m for f, leg in legs if leg.s_end < leg.s_start - BACKTRACK_EPSILON_M)
    return back / _work(trips) if _work(trips) > 0 else 0.0


def linearity(trips: Sequence[Trip]) -> float:
    """M3 = sum f max(0, s(next) - s(prev)) / sum f d. 1 is straight on, every step forward (own composite).

    No leg goes further forward than it is walked: where the spine comes back, who turns round early skips the rest of it.
    """
    forward = sum(t.visitors * min(leg.length_m, max(0.0, leg.s_end - leg.s_start)) for t in trips for leg in t.legs)
    return forward / _work(trips) if _work(trips) > 0 else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Two legs without a common end that cross, with the visitors on each."""

    one: tuple[str, str]
    other: tuple[str, str]
    one_visitors: float
    other_visitors: float


def crossings(trips: Sequence[Trip]) -> tuple[Crossing, ...]:
    """All pairs of legs, visitors summed over trips, that cross and share no end."""
    visitors: dict[tuple[str, str], float] = {}
    lines: dict[tuple[str, str], LineString] = {}
    for trip in trips:
        for leg in trip.legs:
            key = (leg.start, leg.end)
            visitors[key] = visitors.get(key, 0.0) + trip.visitors
            if len(leg.line) > 1:
                lines.setdefault(key, LineString(leg.line))
    return tuple(
        Crossing(one=a, other=b, one_visitors=visitors[a], other_visitors=visitors[b])
        for a, b in combinations(lines, 2)
        if not {*a} & {*b} and lines_cross(lines[a], lines[b])
    )


def crossing(trips: Sequence[Trip], found: Sequence[Crossing]) -> float:
    """M4 = sum over crossing leg pairs of f_a f_b / (sum f)^2 (own formula). Aim 0."""
    return sum(c.one_visitors * c.other_visitors for c in found) / _visitors(trips) ** 2 if trips else 0.0


def crossing_persons(trips: Sequence[Trip], found: Sequence[Crossing]) -> float:
    """Sum over crossing leg pairs of min(f_a, f_b) / sum f: crossings met by one person (own formula)."""
    return sum(min(c.one_visitors, c.other_visitors) for c in found) / _visitors(trips) if trips else 0.0


def back_m_per_visit(trips: Sequence[Trip]) -> float:
    """Mean metres of negative progress along the spine per person."""
    back = sum(t.visitors * max(0.0, leg.s_start - leg.s_end) for t in trips for leg in t.legs)
    return back / _visitors(trips) if trips else 0.0


def walk_ratio(trips: Sequence[Trip]) -> float:
    """Sum f x walk / sum f x direct: 1 is as short as can be."""
    direct = sum(t.visitors * t.direct_m for t in trips)
    return _work(trips) / direct if direct > 0 else 1.0


def linearity_index(trips: Sequence[Trip]) -> float:
    """FLI = 100 x direct / walk x (1 - back / walk), at least 0 (own formula). 100: everyone walks straight through."""
    walk = walk_m_per_visit(trips)
    if walk <= 0:
        return 100.0
    return 100.0 / walk_ratio(trips) * max(0.0, 1.0 - back_m_per_visit(trips) / walk)


def linearity_of_bound(trips: Sequence[Trip], least: Sequence[Trip]) -> float | None:
    """The most the index could be with every stop where it is, though nothing were in the way (own formula, at most 100).

    `least` are the same trips through the empty hall: no walk is shorter than w = sum f x least. The steps back b between the
    stops stay, and direct / w x (1 - b / w) falls with w from 2 b on. None where no trip can be walked.
    """
    if not trips or len(trips) != len(least):
        return None
    back = back_m_per_visit(trips)
    walk = max(walk_m_per_visit(least), 2 * back)
    direct = sum(t.visitors * t.direct_m for t in trips) / _visitors(trips)
    return min(100.0, 100.0 * direct / walk * (1.0 - back / walk)) if walk > 0 else 100.0


def detour(accessible: Sequence[Trip], shortest: Sequence[Trip]) -> float:
    """M8 = sum f d_access / sum f d_shortest over the same trips; 1.0 is best, 1.1 still good (ADA 206.3 intent)."""
    return _work(accessible) / _work(shortest) if _work(shortest) > 0 else 1.0
