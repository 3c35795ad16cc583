"""Where a centre's only toilets may stand: near both ends of the visitors' way, if any place is.

People wait and leave by the doors too. Between modules the rule is `rules.toilets_are_near`; this one looks at the toilets and
the building alone, so that it is settled in the domains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor

from layouts.plan import Level
from layouts.programme import LayoutRules
from solvers.placement.modes import Mode, Run


def near_both_ends(modes: tuple[Mode, ...], length_dm: int, most_dm: int) -> tuple[Mode, ...]:
    """The modes with the positions from which t + lat and length - t + lat are within the distance, along a spine of this
    length. Rooms that stand are used as they stand; where no other place is near enough, all are left as they were."""
    near = tuple(m if m.space is not None else replace(m, runs=tuple(_cut(m.runs, length_dm, most_dm))) for m in modes)
    return tuple(m for m in near if m.runs) if any(m.runs for m in near if m.space is None) else modes


def _cut(runs: tuple[Run, ...], length: int, most: int) -> Iterator[Run]:
    for run in runs:
        low, high = run.lo, run.hi
        for slope, start in ((run.la + run.ta, run.lb + run.tb), (run.la - run.ta, run.lb - run.tb + length)):
            if slope == 0:
                low, high = (low, high) if start <= most else (low, low - 1)
            elif slope > 0:
                high = min(high, floor((most - start) / slope))
            else:
                low = max(low, ceil((start - most) / -slope))
        if low <= high:
            yield replace(run, lo=low, hi=high)


def are_far(level: Level, rules: LayoutRules) -> bool:
    """Whether toilets half-way down the hall, at its wall, are farther than the profile's distance from its ends."""
    xs, ys = zip(*level.outline)
    return bool((max(xs) - min(xs)) / 2 + (max(ys) - min(ys)) / 2 > rules.toilet_distance_mm)
