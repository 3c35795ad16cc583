"""What an answer's shares of zones crowd, compiled: stretches of strips that hold too much, and sets of zones of which one
alone can be taken. All compiled code stands in this one file (compiled.py).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@compiled
def overfull(
    start: Ints, lo: Ints, hi: Ints, length: Ints, shares: Floats, least: float, ease: float, lows: Ints, highs: Ints, on: Ints,
    over: Floats, stretch: Ints,
) -> None:  # fmt: skip
    """Of each strip, whose parts stand from `start` on, the two stretches that hold the most too much, more than `ease` (dm):
    what of it, in `over`, or 0, and its ends, in `stretch`. A part whose share is `least` or less is looked over. The rest is
    room to work in, for as many parts as a strip has."""
    for s in range(len(start) - 1):
        count = a_count = b_count = 0
        over[s, 0] = over[s, 1] = 0.0
        for k in range(start[s], start[s + 1]):
            if shares[k] > least:
                on[count] = k
                count += 1
                a_count = _put_in(lows, a_count, lo[k])
                b_count = _put_in(highs, b_count, hi[k] + length[k])
        for i in range(a_count):
            a = lows[i]
            for j in range(b_count):
                b = highs[j]
                if b <= a:
                    continue
                much = 0.0
                for n in range(count):
                    k = on[n]
                    inside = min(min(length[k], b - a), min(lo[k] + length[k] - a, b - hi[k]))
                    if inside > 0:
                        much += shares[k] * inside
                much -= b - a
                if much > ease and much > over[s, 1]:
                    at = 0 if much > over[s, 0] else 1
                    if at == 0:
                        over[s, 1], stretch[s, 2], stretch[s, 3] = over[s, 0], stretch[s, 0], stretch[s, 1]
                    over[s, at], stretch[s, 2 * at], stretch[s, 2 * at + 1] = much, a, b


@compiled
def _put_in(values: Ints, count: int, value: int) -> int:
    """One more among values in order, unless it is there: how many they are now."""
    at = count
    while at > 0 and values[at - 1] >= value:
        at -= 1
    if at < count and values[at] == value:
        return count
    for k in range(count, at, -1):
        values[k] = values[k - 1]
    values[at] = value
    return count + 1


@compiled
def grow(apart: Bools, shares: Floats, members: Bools, left: Bools, worth: Floats) -> None:
    """From each zone on a set, in `members`: it grows by the zone that leaves most shares to go on with, itself counted.
    `left` and `worth`: room to work in, one for each zone."""
    n = len(shares)
    for first in range(n):
        going = False
        for k in range(n):
            members[first, k] = k == first
            left[k] = apart[first, k]
            going |= left[k]
        while going:
            best = -1
            for k in range(n):
                if left[k]:
                    worth[k] = shares[k]
                    for m in range(n):
                        if left[m] and apart[k, m]:
                            worth[k] += shares[m]
                    if best < 0 or worth[k] > worth[best]:
                        best = k
            members[first, best] = True
            going = False
            for k in range(n):
                left[k] = left[k] and apart[best, k]
                going |= left[k]
