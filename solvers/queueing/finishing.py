"""Clerks whose position has closed and who still serve the visitor in hand: only those matter whose position opens again.

Positions close from the highest, those of idle clerks before those of busy ones: of a line's positions `after` … `before`
the lowest are idle. `chances[s]` is the chance that position `s`, closed, is not free yet; it fades with the service. The
line that meanwhile grew and this chance are taken as independent.
"""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

NOBODY = np.zeros(0)
CERTAINLY_NONE = np.ones(1)
LEAST_CHANCE = 1e-3
"""Below this a position that opens is taken to be free."""


def closed(present: Array, chances: Array, before: int, after: int) -> Array:
    """Position `s` of those closing is busy where fewer are idle than close below and at it: n > before - (s + 1 - after)."""
    found = np.zeros(max(chances.size, before))
    found[: chances.size] = chances
    more = 1.0 - present[: before + 1].cumsum()[after:before]
    found[after:before] = 0.0
    found[before - more.size : before] = more[::-1].clip(0.0)
    return found


def later(chances: Array, minutes: float, mean_service_min: float) -> Array:
    """P(still serving) fades as e^(-t / mean), service times being exponential."""
    return chances * exp(-minutes / mean_service_min) if chances.size else chances


def not_free(chances: Array, before: int, after: int) -> Array:
    """The chances that 0, 1, … of the positions `before` … `after` - 1, which now open, are not free yet."""
    number = CERTAINLY_NONE
    for chance in chances[before:after]:
        if chance > LEAST_CHANCE:
            number = np.convolve(number, [1.0 - chance, chance])
    return number


def opened(chances: Array, before: int, after: int) -> Array:
    """What is left when the positions `before` … `after` - 1 have opened."""
    found = chances.copy()
    found[before:after] = 0.0
    return found
