"""Positions through a day by the exact transient line: what the stationary formula gets wrong when rates change.

After a quiet start the stationary formula asks for too many; after a peak that leaves a line, for too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from solvers.queueing.mmc import ROUNDING
from solvers.queueing.transient import Followed, Period, mean_busy, share_late
from solvers.services import ServiceStandard

BELOW_LOAD = 2
"""How far under the offered load the search starts: a line that is filling needs fewer than the long run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffedDay:
    """The answer: positions per period, and the day followed under them."""

    positions: tuple[int, ...]
    followed: Followed


def positions_through_a_day(periods: Sequence[Period], standards: Sequence[ServiceStandard]) -> StaffedDay:
    """Positions for which every period keeps every standard, none of which could be left out singly.

    The periods' own positions are not looked at. Forward: the least c that keeps the standard in its own period, as if
    it stayed. Repair: where fewer positions later make those still in line late, one more there. Trim: take away
    singly, the period with most slack first, while all periods keep.
    """
    day = Followed(())
    for period in periods:
        day = _extended(day, period, standards)
    day = _repaired(day, standards)
    day = _trimmed(day, standards)
    return StaffedDay(positions=tuple(period.positions for period in day.periods), followed=day)


def keeps(day: Followed, i: int, standards: Sequence[ServiceStandard]) -> bool:
    """True when period `i` keeps every standard: few enough late, and nobody used beyond the limit in the mean."""
    period = day.periods[i]
    if period.arrivals_per_min == 0.0:
        return True
    most = min(standard.max_utilisation for standard in standards)
    return all(
        share_late(day, i, standard.within_min) <= 1.0 - standard.share_within + ROUNDING for standard in standards
    ) and (most >= 1.0 or mean_busy(period, day.states(i)) / period.positions <= most + ROUNDING)


def _extended(day: Followed, period: Period, standards: Sequence[ServiceStandard]) -> Followed:
    """The day with `period` behind it, at the least positions that keep the standards there."""
    load = period.arrivals_per_min * period.mean_service_min
    c = max(1, ceil(load - ROUNDING) - BELOW_LOAD)
    longer = day.with_period(len(day.periods), replace(period, positions=c))
    while not keeps(longer, len(day.periods), standards):
        c += 1
        longer = day.with_period(len(day.periods), replace(period, positions=c))
    return longer


def _repaired(day: Followed, standards: Sequence[ServiceStandard]) -> Followed:
    """One more position, in the next period where that one is leaner, until no period misses a standard."""
    i = 0
    while i < len(day.periods):
        if keeps(day, i, standards):
            i += 1
            continue
        leaner = i + 1 < len(day.periods) and day.periods[i + 1].positions < day.periods[i].positions
        day = _changed(day, i + leaner, +1)
        i = max(0, i - 1)
    return day


def _trimmed(day: Followed, standards: Sequence[ServiceStandard]) -> Followed:
    """Single positions away, most slack first, until none can go."""
    slack = [period.positions - period.arrivals_per_min * period.mean_service_min for period in day.periods]
    for i in sorted(range(len(slack)), key=lambda i: (-slack[i], i)):
        while day.periods[i].positions > 1:
            leaner = _changed(day, i, -1)
            if not _all_keep_from(leaner, i, standards):
                break
            day = leaner
    return day


def _all_keep_from(day: Followed, i: int, standards: Sequence[ServiceStandard]) -> bool:
    """Period `i` first, since it is the likeliest to miss; then those after it, then those that look ahead to it."""
    order = [*range(i, len(day.periods)), *range(i)]
    return all(keeps(day, j, standards) for j in order)


def _changed(day: Followed, i: int, by: int) -> Followed:
    return day.with_period(i, replace(day.periods[i], positions=day.periods[i].positions + by))
