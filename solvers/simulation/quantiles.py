"""Any law of service times as one table: minutes against cumulated chance, finer and finer towards the long times.

Level k covers chances 1 - 16^-k to 1 - 16^-(k+1) in CELLS equal steps of 16^-k / 512; between steps the kernel goes straight.
One uniform number therefore gives one time, whatever the law, and a higher number a longer time: what keeps common random
numbers common when a law is changed.
"""

from __future__ import annotations

from functools import lru_cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from solvers.services import ServiceTime
from solvers.simulation.problem import Observed, TimeLaw, Triangular, Uniform
from solvers.simulation.tables import CELLS, LEVELS

RATIO = 16.0
"""Beyond 1 - 16^-6 (one visitor in 17 million) the longest time of the table is taken."""

Array = NDArray[np.float64]


@lru_cache(maxsize=512)
def quantile_table(law: TimeLaw) -> Array:
    """[LEVELS, CELLS + 1] minutes, scaled so that the straight pieces have exactly the law's mean. Not to be written to."""
    table = np.array([_quantiles(law, level_chances(level)) for level in range(LEVELS)])
    if isinstance(law, Observed):
        return table
    measured = table_mean(table)
    return table * (mean_min(law) / measured) if measured > 0.0 else table


def level_chances(level: int) -> Array:
    """Cumulated chances at the edges of a level's cells; the very last stays short of 1."""
    left = RATIO**-level
    steps: Array = np.linspace(0.0, 1.0 - 1.0 / RATIO, CELLS + 1)
    return 1.0 - left * (1.0 - steps)


def table_mean(table: Array) -> float:
    """Mean of the piecewise straight quantile function, the last of the tail at the longest time."""
    weights = RATIO ** -np.arange(LEVELS) * (1.0 - 1.0 / RATIO)
    middles = (table[:, :-1] + table[:, 1:]).mean(axis=1) / 2.0
    return float(weights @ middles + RATIO**-LEVELS * table[-1, -1])


def mean_min(law: TimeLaw) -> float:
    """The law's mean in minutes."""
    match law:
        case ServiceTime():
            return law.mean_min
        case Triangular():
            return (law.low_min + law.mode_min + law.high_min) / 3.0
        case Uniform():
            return (law.low_min + law.high_min) / 2.0
        case Observed():
            return float(np.mean(law.minutes))


def _quantiles(law: TimeLaw, chances: Array) -> Array:
    match law:
        case Triangular():
            from scipy import stats  # takes most of a second to load, and few laws are told so

            width = law.high_min - law.low_min
            return np.asarray(stats.triang.ppf(chances, (law.mode_min - law.low_min) / width, law.low_min, width))
        case Uniform():
            return law.low_min + (law.high_min - law.low_min) * chances
        case Observed():
            return np.asarray(np.quantile(np.array(law.minutes), chances))
        case ServiceTime():
            return _named_quantiles(law, chances)


def _named_quantiles(time: ServiceTime, chances: Array) -> Array:
    """Lognormal: sigma^2 = ln(1 + cv^2), mu = ln mean - sigma^2/2. Gamma: shape 1/cv^2, scale mean x cv^2."""
    if time.distribution == "exponential":
        return -time.mean_min * np.log1p(-chances)
    if time.distribution == "deterministic" or time.cv == 0.0:
        return np.full(chances.shape, time.mean_min)
    if time.distribution == "gamma":
        return np.asarray(time.mean_min * time.cv**2 * gammaincinv(time.cv**-2, chances))
    sigma = sqrt(log(1.0 + time.cv**2))
    return np.asarray(np.exp(log(time.mean_min) - sigma**2 / 2.0 + sigma * ndtri(chances)))
