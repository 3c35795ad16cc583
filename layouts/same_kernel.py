"""Where equal rows of numbers stand; compiled, all of it in this one file."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled, inlined

Words = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

FACTOR, SHIFT = np.uint64(0xBF58476D1CE4E5B9), np.uint64(31)


@inlined
def place_of(rows: Words, k: int, places: int) -> np.int64:
    """Where in a table of so many places, a power of two, a row is looked for first."""
    mixed = np.uint64(0)
    for n in range(rows.shape[1]):
        mixed = (mixed ^ rows[k, n]) * FACTOR
        mixed ^= mixed >> SHIFT
    return np.int64(mixed & np.uint64(places - 1))


@inlined
def alike(one: Words, a: int, other: Words, b: int) -> bool:
    """Whether two rows hold the same bits."""
    n, wide = 0, one.shape[1]
    while n < wide and one[a, n] == other[b, n]:
        n += 1
    return bool(n == wide)


@compiled
def find_rows(one: Words, other: Words, table: Ints, found: Ints) -> None:
    """For each row of the other where it stands in the one, the last of several, -1 where it does not. `table`: room of a power
    of two, more than the one has rows."""
    table[:] = -1
    for k in range(len(one)):
        at = place_of(one, k, len(table))
        while table[at] >= 0 and not alike(one, table[at], one, k):
            at = (at + 1) & (len(table) - 1)
        table[at] = k
    for k in range(len(other)):
        at = place_of(other, k, len(table))
        while table[at] >= 0 and not alike(one, table[at], other, k):
            at = (at + 1) & (len(table) - 1)
        found[k] = table[at]
