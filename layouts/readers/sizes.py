"""One kind of things whose size is known in life: what was met in the drawing, and how well it fits a scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

UNITS_MM = (1.0, 10.0, 1000.0, 25.4, 304.8)  # of drawings: mm, cm, m, in, ft
NOISE = 0.1  # of the things met are taken for something else
MOST_SHARE, LEAST_SHARE = 0.6, 0.15  # a kind speaks for a scale from the one on, against it below the other

Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Things met, each with as many measures (drawing units) as there are `ranges` (mm) that they have in life.

    `weight` is what one thing counts, up to `most` of them; from `enough` on the kind alone can tell a scale.
    """

    name: str
    met: tuple[tuple[float, ...], ...]
    ranges: tuple[Range, ...]
    weight: float
    most: int
    enough: int

    @property
    def speaks(self) -> bool:
        """Whether there are enough of them to tell a scale."""
        return len(self.met) >= self.enough

    def share(self, scale: float) -> float:
        """Which share of the things is as large as in life at this scale."""
        if not self.met:
            return 0.0
        fits = (all(low <= m * scale <= high for m, (low, high) in zip(thing, self.ranges)) for thing in self.met)
        return sum(fits) / len(self.met)

    def log_fit(self, scale: float) -> float:
        """Log-likelihood of the scale: w · min(n, most) · ln(noise + (1 - noise) · share)."""
        if not self.met:
            return 0.0
        return self.weight * min(len(self.met), self.most) * math.log(NOISE + (1 - NOISE) * self.share(scale))

    def is_for(self, scale: float) -> bool:
        """Whether this kind by itself speaks for the scale."""
        return self.speaks and self.share(scale) >= MOST_SHARE

    def is_against(self, scale: float) -> bool:
        """Whether this kind by itself rules the scale out."""
        return self.speaks and self.share(scale) <= LEAST_SHARE


def single(sizes: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """Things of one measure each."""
    return tuple((size,) for size in sizes)
