"""What it costs at the least to carry shares of one kind to shares of another, compiled: shortest ways that add up.

Each share is carried along the shortest way of what is left, and prices u + v <= cost rise on the way (Edmonds and Karp 1972,
Tomizawa 1971). Prices are right wherever it stops, so that u a + v b is never more than the cost. All compiled code stands in
this one file (compiled.py).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NOTHING = 1e-9  # of a share
FAR = 1e300
TURNS = 20  # ways for each share, at the most


@compiled
def carry(
    shape: Ints, cost: Floats, first: Floats, second: Floats, price: Floats, v: Floats, u: Floats, flow: Floats, near: Floats,
    reached: Floats, left: Floats, wanted: Floats, came: Ints, via: Ints,
) -> None:  # fmt: skip
    """One job after the other: `shape` tells how many shares each has, which lie in `first` and `second` one after the other,
    as do their costs row by row. Told: each job's `price`, and `v`. The rest is room to work in."""
    at = a = b = 0
    for k in range(len(shape)):
        m, n = shape[k, 0], shape[k, 1]
        for j in range(n):
            wanted[j], low = second[b + j], FAR
            for i in range(m):
                flow[i * n + j] = 0.0
                low = min(low, cost[at + i * n + j])
            v[b + j] = low
        for i in range(m):
            left[i], low = first[a + i], FAR
            for j in range(n):
                low = min(low, cost[at + i * n + j] - v[b + j])
            u[i] = low
        turns = TURNS * (m + n)
        for source in range(m):
            while left[source] > NOTHING and turns > 0:
                turns -= 1
                end = _nearest(m, n, at, b, source, cost, v, u, flow, near, reached, wanted, came, via)
                if end < 0:
                    break
                far = near[end]
                for i in range(m):
                    if reached[i] < FAR:
                        u[i] += max(0.0, far - reached[i])
                for j in range(n):
                    if near[j] < far:
                        v[b + j] -= far - near[j]
                _carry_along(n, source, end, flow, left, wanted, came, via)
        total = 0.0
        for i in range(m):
            total += u[i] * first[a + i]
        for j in range(n):
            total += v[b + j] * second[b + j]
        price[k] = total
        at, a, b = at + m * n, a + m, b + n


@compiled
def _nearest(
    m: int, n: int, at: int, b: int, source: int, cost: Floats, v: Floats, u: Floats, flow: Floats, near: Floats,
    reached: Floats, wanted: Floats, came: Ints, via: Ints,
) -> int:  # fmt: skip
    """The nearest share that wants more, by ways there and back along what is carried; below 0 where none does."""
    for j in range(n):
        near[j], came[j] = FAR, -1
    for i in range(m):
        reached[i], via[i] = FAR, -1
    reached[source] = 0.0
    for j in range(n):
        near[j], came[j] = cost[at + source * n + j] - u[source] - v[b + j], source
    passed = 0.0
    while True:
        end = -1
        for j in range(n):  # the nearest that was not looked at
            if came[j] < m and near[j] < FAR and (end < 0 or near[j] < near[end]):
                end = j
        if end < 0 or wanted[end] > NOTHING:
            for j in range(n):
                if came[j] >= m:
                    came[j] -= m
                elif j != end:
                    near[j] = FAR  # farther than what is looked for
            return end
        passed = here = max(near[end], passed)
        came[end] += m  # which marks it as looked at
        for i in range(m):
            if reached[i] == FAR and flow[i * n + end] > NOTHING:
                reached[i], via[i] = here, end
                for j in range(n):
                    if came[j] < m:
                        far = here + max(0.0, cost[at + i * n + j] - u[i] - v[b + j])
                        if far < near[j]:
                            near[j], came[j] = far, i


@compiled
def _carry_along(n: int, source: int, end: int, flow: Floats, left: Floats, wanted: Floats, came: Ints, via: Ints) -> None:
    """As much as the way found takes, from its source to its end."""
    much, i = min(left[source], wanted[end]), came[end]
    while i != source:
        much = min(much, flow[i * n + via[i]])
        i = came[via[i]]
    j, i = end, came[end]
    flow[i * n + j] += much
    while i != source:
        back = i * n + via[i]
        flow[back] = flow[back] - much if flow[back] - much > NOTHING else 0.0
        j = via[i]
        i = came[j]
        flow[i * n + j] += much
    left[source] -= much
    wanted[end] -= much
