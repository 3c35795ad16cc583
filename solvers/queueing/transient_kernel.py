"""The two inner loops of the transient line, compiled: a day of one station is followed a hundred times to staff it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layouts.compiled import compiled, inlined

Array = NDArray[np.float64]


@inlined
def jump(before: Array, after: Array, total: Array, weight: float, up: float, down: Array, stay: Array) -> None:
    """One jump of the chain, and its share of the sum. Plain rows and one plain loop: eight states are done at once."""
    for n in range(total.size):
        chance = before[n] * up + before[n + 1] * stay[n] + before[n + 2] * down[n + 1]
        after[n + 1] = chance
        total[n] += weight * chance


@compiled
def follow(
    states: Array, one: Array, other: Array, total: Array, weights: Array, up: float, down: Array, stay: Array
) -> None:
    """Fills rows 1, 2, … of `states` from row 0: p(t + 1) = sum_k weights_k p P^k with P the jump chances of the chain,
    `up` to one more, `down[n]` from n to one fewer, `stay[n]`. `one` and `other` are rows with a zero at either end."""
    size = states.shape[1]
    for minute in range(1, states.shape[0]):
        for n in range(size):
            one[n + 1] = states[minute - 1, n]
            total[n] = weights[0] * one[n + 1]
        for k in range(1, weights.size, 2):
            jump(one, other, total, weights[k], up, down, stay)
            if k + 1 < weights.size:
                jump(other, one, total, weights[k + 1], up, down, stay)
        whole = 0.0
        for n in range(size):
            whole += total[n]
        for n in range(size):
            states[minute, n] = total[n] / whole


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
