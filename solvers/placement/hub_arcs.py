"""Staff arcs step by step: a step of an arc is walked by as large a share as any module beyond it has there, and by all that
stand beyond it one after the other.

B of an arc is its door and the steps walked upwards, A the same downwards. A step once left is not walked again further on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from solvers.placement.baselines import Arc
from solvers.placement.modes import SIGMA_SCALE
from solvers.placement.variables import arc_ends
from solvers.placement.zones import Zone

STEP = 50  # dm
Row = tuple[dict[int, float], float]  # sum of number x share <= limit


def arc_rows(
    arcs: Sequence[Arc], zones: Sequence[Zone], kind: npt.NDArray[np.int64], count: Sequence[int], column: int
) -> Iterator[tuple[list[int], list[Row]]]:
    """For each way off each arc's door: the steps' lengths, in columns from `column` on, and what ties zones to them."""
    for d, arc in enumerate(arcs):
        served = [k for k, zone in enumerate(zones) if zone.reach is not None and zone.reach.arc == d]
        (least, door_low), (door_high, most) = arc_ends(arc)
        all_along: dict[int, float] = {k: float(zones[k].mode.inside.length) for k in served}
        for way, start, end in ((1, door_high, most), (-1, -door_low, -least)):
            marks = [*range(start, end, STEP), end] if end > start else []
            steps = [high - low for low, high in pairwise(marks)]
            far, near = [_far(zones[k], way) for k in served], [_near(zones[k], way) for k in served]
            rows: list[Row] = []
            for j, (low, high) in enumerate(pairwise(marks)):
                if j:
                    rows.append(({column + j: 1.0, column + j - 1: -1.0}, 0.0))
                beyond: dict[int, dict[int, float]] = {}
                for k, reached in zip(served, far):
                    if reached >= high:
                        beyond.setdefault(int(kind[k]), {})[k] = 1.0 / count[kind[k]]
                rows += [({**shares, column + j: -1.0}, 0.0) for shares in beyond.values()]
                after = {k: all_along[k] for k, begun in zip(served, near) if begun >= low}
                if after:
                    rows.append(({**after, **{column + i: -float(steps[i]) for i in range(j, len(steps))}}, 0.0))
            all_along |= {column + j: -float(step) for j, step in enumerate(steps)}
            if way < 0:
                rows.append((all_along, float(door_high - door_low)))
            yield steps, rows
            column += len(steps)


def _far(zone: Zone, way: int) -> int:
    """How far the arc must reach for the zone, seen this way."""
    return zone.arc_high() if way > 0 else -zone.arc_low()


def _near(zone: Zone, way: int) -> float:
    """Where the stretch that the zone needs begins at the least, seen this way."""
    reach = zone.reach
    assert reach is not None
    if way > 0:
        return min(reach.s * u + reach.low for u in (zone.lo, zone.hi)) / SIGMA_SCALE
    return -max(reach.s * u + reach.high for u in (zone.lo, zone.hi)) / SIGMA_SCALE
