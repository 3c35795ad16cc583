"""Means, shares and percentiles of simulated days with their 95 % intervals. Days are independent of one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt

import numpy as np
from scipy.stats import t as student

from solvers.simulation.tables import BIN_MIN, Floats, Ints

CONFIDENCE = 0.95
LEAST_BATCHES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value and half the width of its interval; `half` is infinite where there are too few days to tell."""

    value: float
    half: float

    @property
    def low(self) -> float:
        return self.value - self.half

    @property
    def high(self) -> float:
        return self.value + self.half


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
    return float(student.ppf(0.5 + CONFIDENCE / 2.0, freedom))
