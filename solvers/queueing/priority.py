"""M/M/c where some are served before others, nobody interrupted: the mean wait of each class."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from solvers.queueing.mmc import chance_of_waiting
from solvers.queueing.station import Station


def class_waits_min(station: Station, shares: Sequence[float]) -> tuple[float, ...]:
    """Mean waits of classes by rank, first served first: W0 / ((1 - s(k-1)) (1 - s(k))) with W0 = C / (c mu) and s(k)
    the utilisation by the first k classes (Cobham 1954; all classes share one exponential service time).

    `shares` of the arrivals by rank add up to 1. Weighted by them the waits give that of one line: priority shares
    waiting out, it does not make any.
    """
    if abs(sum(shares) - 1.0) > 1e-6 or min(shares, default=1.0) < 0.0:
        raise ValueError(f"shares must be >= 0 and add up to 1, not {shares}")
    if not station.is_stable:
        return (inf,) * len(shares)
    least = chance_of_waiting(station) * station.mean_service_min / station.positions
    waits, before = [], 0.0
    for share in shares:
        after = before + station.utilisation * share
        waits.append(least / ((1.0 - before) * (1.0 - after)))
        before = after
    return tuple(waits)
