"""The two inner loops of the transient line, compiled: a day of one station is followed a hundred times to staff it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solvers.compiled import compiled

Array = NDArray[np.float64]


@compiled
def follow(states: Array, room: Array, weights: Array, up: float, down: Array, stay: Array) -> None:
    """Fills rows 1, 2, … of `states` from row 0: p(t + 1) = sum_k weights_k p P^k with P the jump chances of the chain,
    `up` to one more, `down[n]` from n to one fewer, `stay[n]`. `room` is two rows of space with a zero at either end."""
    size = states.shape[1]
    for minute in range(1, states.shape[0]):
        now, then = 0, 1
        for n in range(size):
            room[0, n + 1] = states[minute - 1, n]
            states[minute, n] = weights[0] * states[minute - 1, n]
        for k in range(1, weights.size):
            for n in range(size):
                chance = room[now, n] * up + room[now, n + 1] * stay[n] + room[now, n + 2] * down[n + 1]
                room[then, n + 1] = chance
                states[minute, n] += weights[k] * chance
            now, then = then, now
        total = 0.0
        for n in range(size):
            total += states[minute, n]
        for n in range(size):
            states[minute, n] /= total


@compiled
def late(states: Array, first: Array, left: Array, out: Array) -> None:
    """For each minute sum_n p_n P[Poisson(left) <= n - first]: the chance that too few leave in time."""
    for minute in range(states.shape[0]):
        term = np.exp(-left[minute])
        below, total = term, 0.0
        start = int(first[minute])
        for n in range(start, states.shape[1]):
            total += states[minute, n] * min(1.0, below)
            term *= left[minute] / (n - start + 1)
            below += term
        out[minute] = total
