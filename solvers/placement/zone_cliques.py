"""Sets of zones no two of which can be taken together, so that all of them together are taken once at most.

Where three modules stand by halves about one place each pair of them is right, and all three are not (Padberg 1973). Such sets
are grown from an answer's shares, always by the zone that keeps most of them, and then by all others that exclude the whole
set: so they hold for answers to come too.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from solvers.placement.zone_kernel import grow
from solvers.placement.zone_pairs import Bools, Floats, Ints, Pair, Table

LOOKED_AT = 120  # zones with the largest shares
LEAST = 0.01  # of a module: less is looked over


def excluded(tables: Mapping[Pair, Table], of: Mapping[str, Ints], size: int) -> Bools:
    """[k, l]: zones k and l are never taken together. None of a module's zones is taken with another one of it."""
    found = np.zeros((size, size), dtype=np.bool_)
    for numbers in of.values():
        found[np.ix_(numbers, numbers)] = True
    for (e, f), table in tables.items():
        found[np.ix_(of[e], of[f])] = table.clash
        found[np.ix_(of[f], of[e])] = table.clash.T
    np.fill_diagonal(found, False)
    return found


def crowded_sets(apart: Bools, z: Floats, most: int, over: float) -> list[list[int]]:
    """Sets whose shares sum to more than 1 + `over`, the worst first, with all that can be added to them."""
    some = np.argsort(-z, kind="stable")[:LOOKED_AT]
    some = some[z[some] > LEAST]
    found = _grown(apart[np.ix_(some, some)], z[some])
    total = found @ z[some]
    worst = [n for n in np.argsort(-total, kind="stable")[:most].tolist() if total[n] > 1 + over]
    return [_widened(apart, some[found[n]].tolist()) for n in worst]


def _grown(apart: Bools, z: Floats) -> Bools:
    """From each zone on, sets that grow by the zone which leaves most shares to go on with: a row of members each."""
    members = np.empty(apart.shape, dtype=np.bool_)
    grow(apart, z, members, np.empty(len(z), dtype=np.bool_), np.empty(len(z)))
    return np.asarray(np.unique(members, axis=0), dtype=np.bool_)


def _widened(apart: Bools, members: list[int]) -> list[int]:
    """With every other zone that excludes all members so far; those that exclude most come first."""
    others = np.flatnonzero(apart[members].all(axis=0))
    among: npt.NDArray[np.bool_] = apart[np.ix_(others, others)]
    left = np.ones(len(others), dtype=np.bool_)
    for n in np.argsort(-among.sum(axis=1), kind="stable").tolist():
        if left[n]:
            members.append(int(others[n]))
            left &= among[n]
    return members
