"""Means, shares and percentiles of simulated days with their 95 % intervals. Days are independent of one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt

import numpy as np
from scipy.special import stdtrit

from solvers.simulation.tables import BIN_MIN, Floats, Ints

CONFIDENCE = 0.95
LEAST_BATCHES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value and half the width of its interval; `half` is infinite where there are too few days to tell.

    `ends` are the interval's own where it does not lie evenly about the value: a share has no room beyond 0 and 1.
    """

    value: float
    half: float
    ends: tuple[float, float] | None = None

    @property
    def low(self) -> float:
        return self.ends[0] if self.ends else self.value - self.half

    @property
    def high(self) -> float:
        return self.ends[1] if self.ends else self.value + self.half


def mean(values: Floats) -> Estimate:
    """Student's interval for the mean over days."""
    n = values.size
    if n == 0:
        return Estimate(value=0.0, half=inf)
    half = _quantile(n - 1) * float(values.std(ddof=1)) / sqrt(n) if n > 1 else inf
    return Estimate(value=float(values.mean()), half=half)


def ratio(over: Floats, under: Floats) -> Estimate:
    """Sum over / sum under with the days as clusters: var = n/(n-1) sum (y - r x)^2 / (sum x)^2 (Cochran 1977, ch. 6)."""
    n, total = over.size, float(under.sum())
    if total == 0.0:
        return Estimate(value=0.0, half=0.0)
    r = float(over.sum()) / total
    if n < 2:
        return Estimate(value=r, half=inf)
    variance = n / (n - 1) * float(((over - r * under) ** 2).sum()) / total**2
    return Estimate(value=r, half=_quantile(n - 1) * sqrt(variance))


def share(over: Floats, under: Floats) -> Estimate:
    """A ratio that is a share of all who came."""
    return within_bounds(ratio(over, under), float(under.sum()))


def within_bounds(each: Estimate, count: float) -> Estimate:
    """A share out of `count`; where the even interval leaves [0, 1], or has no width at 0 or 1, that of Wilson (1927).

    Its number of trials is the one at which chance alone would give the width found: n = z^2 r (1 - r) / half^2.
    """
    r, half = each.value, each.half
    if count == 0.0 or half == inf or (r - half >= 0.0 and r + half <= 1.0 and half > 0.0):
        return each
    z = 1.959964
    n = min(count, z * z * r * (1.0 - r) / half**2) if half > 0.0 and 0.0 < r < 1.0 else count
    centre, squared = (r + z * z / (2.0 * n)) / (1.0 + z * z / n), r * (1.0 - r) / n + z * z / (4.0 * n * n)
    width = z / (1.0 + z * z / n) * sqrt(max(0.0, squared))
    return Estimate(value=r, half=half, ends=(max(0.0, min(r, centre - width)), min(1.0, max(r, centre + width))))


def rest_of(each: Estimate) -> Estimate:
    """1 - the share."""
    ends = (1.0 - each.high, 1.0 - each.low) if each.ends else None
    return Estimate(value=1.0 - each.value, half=each.half, ends=ends)


def ratio_of_sums(days: int, x: float, y: float, xx: float, xy: float, yy: float) -> Estimate:
    """The same from the days' sums of x, y, x^2, x y and y^2."""
    if x == 0.0:
        return Estimate(value=0.0, half=0.0)
    r = y / x
    if days < 2:
        return Estimate(value=r, half=inf)
    squares = max(0.0, yy - 2.0 * r * xy + r * r * xx)
    return Estimate(value=r, half=_quantile(days - 1) * sqrt(days / (days - 1) * squares) / x)


def percentile(counts: Ints, share: float) -> Estimate:
    """The percentile over all days; its interval from the percentiles of the batches `counts[batch, bin]`."""
    value = bin_percentile(counts.sum(axis=0), share)
    batches = [bin_percentile(row, share) for row in counts if row.any()]
    if len(batches) < LEAST_BATCHES:
        return Estimate(value=value, half=inf)
    half = _quantile(len(batches) - 1) * float(np.std(batches, ddof=1)) / sqrt(len(batches))
    return Estimate(value=value, half=half)


def bin_percentile(counts: Ints, share: float) -> float:
    """Least wait that `share` do not exceed, straight within its bin; 0 where so many do not wait a whole bin."""
    total = int(counts.sum())
    if total == 0:
        return 0.0
    sums = np.cumsum(counts)
    wanted = share * total
    place = int(np.searchsorted(sums, wanted))
    if place == 0:
        return 0.0
    before = sums[place - 1]
    return float((place + (wanted - before) / counts[place]) * BIN_MIN)


@lru_cache(maxsize=4096)
def _quantile(freedom: int) -> float:
    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0))
