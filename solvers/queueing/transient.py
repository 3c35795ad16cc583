"""M(t)/M/c(t): how a line lives through a day of changing rates and positions, exact by uniformisation.

State: the number in line and at open positions. Idle clerks leave first; a busy one who leaves finishes the visitor in
hand, who is then no longer counted, until the position opens again (`finishing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from solvers.queueing import finishing

Array = NDArray[np.float64]

STEP_MIN = 1.0
"""The line is looked at once a minute."""
LOST_MASS = 1e-9
"""Most chance that may lie beyond the longest line followed."""
TAIL_MASS = 1e-12
TAIL_WEIGHT = 1e-14
MOST_LEFT = 600.0
"""Above this mean the first Poisson chance is too small to build on."""
ROOM = 32
"""States tried beyond the start's, before doubling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of constant rates: lambda, 1/mu, c and how long it lasts."""

    arrivals_per_min: float
    mean_service_min: float
    positions: int
    length_min: float

    def with_positions(self, positions: int) -> Period:
        return replace(self, positions=positions)


class Followed:
    """A day under given positions, followed as far as asked for; it starts empty.

    `states(i)` is [minute, n]: the chances of n present at the start of period `i`, after one minute, …, at its end.
    A changed day shares what lies before the change.
    """

    def __init__(self, periods: Sequence[Period], known: Sequence[Array] = (), finish: Sequence[Array] = ()) -> None:
        self.periods = tuple(periods)
        self._known = list(known)
        self._finishing = list(finish)

    def with_period(self, i: int, period: Period) -> Followed:
        """The day with period `i` replaced, or added behind the last."""
        return Followed((*self.periods[:i], period, *self.periods[i + 1 :]), self._known[:i], self._finishing[:i])

    def states(self, i: int) -> Array:
        while len(self._known) <= i:
            self._known.append(self._next())
        return self._known[i]

    def not_free(self, i: int) -> Array:
        """The chances that 0, 1, … of the positions opening at the end of period `i` still finish a visitor of before."""
        self.states(i)
        period, then = self.periods[i], self.periods[i + 1]
        if self._finishing[i].size <= period.positions:
            return finishing.CERTAINLY_NONE
        chances = finishing.later(self._finishing[i], period.length_min, period.mean_service_min)
        return finishing.not_free(chances, period.positions, then.positions)

    def _next(self) -> Array:
        i = len(self._known)
        period = self.periods[i]
        if i == 0:
            self._finishing.append(finishing.NOBODY)
            return _roomy(np.ones(1), period)
        last = self.periods[i - 1]
        start, before, after = self._known[-1][-1], last.positions, period.positions
        chances = finishing.later(self._finishing[-1], last.length_min, last.mean_service_min)
        if after < before:
            chances = finishing.closed(start, chances, before, after)
            start = clerks_leave(start, before, after)
        elif chances.size > before:
            not_free = finishing.not_free(chances, before, after)
            start = np.convolve(start, not_free) if not_free.size > 1 else start
            chances = finishing.opened(chances, before, after)
        self._finishing.append(chances)
        return _roomy(start, period)


def _roomy(start: Array, period: Period) -> Array:
    """Evolved in a state space that doubles until less than LOST_MASS lies at its edge, then cut to what matters."""
    size = max(start.size, period.positions) + ROOM
    while True:
        wide = np.zeros(size)
        wide[: start.size] = start
        states = evolve(wide, period)
        if states[:, -1].max() < LOST_MASS:
            break
        size *= 2
    beyond = np.flatnonzero(states.max(axis=0) > TAIL_MASS)
    return states[:, : max(int(beyond[-1]) + 1, 1)]


def clerks_leave(chances: Array, before: int, after: int) -> Array:
    """n stays up to `after`; up to `before` those above are with leaving clerks; beyond, all of these have one each."""
    if chances.size <= after:
        return chances
    left = np.zeros_like(chances)
    left[:after] = chances[:after]
    left[after] = chances[after : before + 1].sum()
    beyond = chances[before + 1 :]
    left[after + 1 : after + 1 + beyond.size] += beyond
    return left


def evolve(start: Array, period: Period) -> Array:
    """p(t + 1) = sum_k Poisson(k; L) p P^k minute by minute, L = lambda + c mu, P = I + Q/L (Jensen 1953)."""
    from solvers.queueing.transient_kernel import follow  # brings the compiler with it, which most plans do not need

    minutes = round(period.length_min / STEP_MIN)
    pace = period.arrivals_per_min + period.positions / period.mean_service_min
    if pace == 0.0:
        return np.tile(start, (minutes + 1, 1))
    states = np.empty((minutes + 1, start.size))
    states[0] = start
    weights = poisson_weights(pace * STEP_MIN)
    up = period.arrivals_per_min / pace
    down = np.minimum(np.arange(start.size + 1.0), period.positions) / period.mean_service_min / pace
    stay = 1.0 - down[:-1] - up
    stay[-1] += up  # nobody is followed beyond the last state
    room = start.size + 2
    follow(states, np.zeros(room), np.zeros(room), np.empty(start.size), weights, up, down, stay)
    return states


@lru_cache(maxsize=4096)
def poisson_weights(mean: float) -> Array:
    """Poisson chances 0, 1, … up to where they fall below TAIL_WEIGHT. Not to be written to."""
    from scipy.special import gammaln  # a seventh of a second to load, which reading a project does without

    counts = np.arange(int(mean + 10.0 * mean**0.5 + 30.0))
    weights = np.exp(counts * np.log(mean) - mean - gammaln(counts + 1.0))
    whole: Array = weights[: int(np.flatnonzero(weights > TAIL_WEIGHT)[-1]) + 1]
    return whole


def share_late(day: Followed, i: int, within_min: float) -> float:
    """P(W > x) over the arrivals of period `i`, with the positions of later periods as they will be.

    An arrival that sees n waits longer than x when at most n - c - (positions opened by then and free) visitors leave
    open positions in x: Poisson with mean integral of c/mean service. After the last period its positions stay.
    """
    states = day.states(i)
    minutes = _minutes(states.shape[0])
    left, opened = _ahead(day.periods, i, minutes, within_min)
    first = day.periods[i].positions + opened
    at = _late_at(states, first, left)
    if opened.any() and i + 1 < len(day.periods) and (not_free := day.not_free(i)).size > 1:
        see = opened > 0.0
        at[see] = sum(chance * _late_at(states[see], first[see] - k, left[see]) for k, chance in enumerate(not_free))
    return over_time(at)


def _late_at(states: Array, first: Array, left: Array) -> Array:
    """For each minute sum_n p_n P[Poisson(left) <= n - first]."""
    if left.max() > MOST_LEFT:
        from scipy.special import pdtr

        spare = np.arange(states.shape[1])[None, :] - first[:, None]
        longer = np.where(spare >= 0, pdtr(np.maximum(spare, 0), left[:, None]), 0.0)
        return np.asarray((states * longer).sum(axis=1))
    from solvers.queueing.transient_kernel import late

    at = np.empty(states.shape[0])
    late(states, first, left, at)
    return at


@lru_cache(maxsize=64)
def _minutes(count: int) -> Array:
    """0, 1, … in steps. Not to be written to."""
    return np.linspace(0.0, STEP_MIN * (count - 1), count)


def over_time(at: Array) -> float:
    """The mean of a value looked at in equal steps, ends by half (trapezoidal rule)."""
    return float((at.sum() - 0.5 * (at[0] + at[-1])) / (at.size - 1))


def _ahead(periods: Sequence[Period], i: int, minutes: Array, within_min: float) -> tuple[Array, Array]:
    """For an arrival at each minute of period `i`: mean departures and positions opened within `within_min`."""
    departures, opened = np.zeros(minutes.size), np.zeros(minutes.size)
    start = 0.0
    until = minutes + within_min
    last = float(until[-1])
    for j in range(i, len(periods)):
        if start > last:
            break
        end = start + periods[j].length_min if j + 1 < len(periods) else np.inf
        overlap = np.minimum(until, end) - np.maximum(minutes, start)
        departures += np.maximum(overlap, 0.0) * (periods[j].positions / periods[j].mean_service_min)
        if j > i and (more := periods[j].positions - periods[j - 1].positions) > 0:
            opened[(minutes < start) & (until >= start)] += more
        start = end
    return departures, opened


def mean_busy(period: Period, states: Array) -> float:
    """Mean number of busy positions over the period."""
    busy = states @ np.minimum(np.arange(float(states.shape[1])), period.positions)
    return over_time(busy)


def mean_line(period: Period, chances: Array) -> float:
    """E[(n - c)+]."""
    return float(chances @ np.clip(np.arange(chances.size) - period.positions, 0, None))


def line_quantile(period: Period, states: Array, share: float) -> int:
    """The least q with P((n - c)+ <= q) >= share at every minute of the period."""
    sums = np.cumsum(states, axis=1)
    present = int((sums < share - TAIL_MASS).sum(axis=1).max())
    return max(0, present - period.positions)


def mean_line_wait_min(period: Period, states: Array) -> tuple[float, float]:
    """(P(W > 0), E[W]) over the period's arrivals, positions taken to stay: E[W | n] = (n - c + 1) / (c mu)."""
    n = np.arange(states.shape[1])
    over = np.clip(n - period.positions + 1, 0, None)
    chance = states @ (over > 0)
    wait = states @ over * period.mean_service_min / period.positions
    return over_time(chance), over_time(wait)
