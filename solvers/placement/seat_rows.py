"""Which seats of a block stay where it holds more than are asked for: whole rows, nobody alone, those near the aisle first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import inf

Box = tuple[int, int, int, int]  # u0, v0, u1, v1 in the block's local millimetres; v = 0 is the aisle

CUT_OFF, ALONE, PAIR, LONG = 80.0, 40.0, 8.0, 6.0  # unease of a group that no gangway ends, of one seat, of two, of too many
GROUP, RAGGED = 1.0, 1.0  # of every group, and of one shorter than its place
FARTHER = 0.2  # of every seat for every row between it and the aisle
LONGEST = 7  # seats with a gangway at one end only


def whole_rows(seats: tuple[Box, ...], surplus: int, gangway: tuple[int, int]) -> tuple[tuple[Box, ...], float]:
    """The seats without `surplus` of them, and the unease that is left: the least there can be.

    Seats go from a group's outer end. Exact: over the groups one by one, the least unease for every number that went.
    """
    groups = list(_groups(seats, gangway))
    depths = sorted({g[0][1] for g in groups})
    best, chosen = [0.0, *[inf] * surplus], []  # by how many went, and how many each group kept for that
    rest = len(seats)  # that may still go
    for group in groups:
        rest -= len(group)
        whole, of = len(group), _uneases(len(group), _at_gangway(group, gangway), depths.index(group[0][1]))
        grown, left_of = [inf] * (surplus + 1), [0] * (surplus + 1)
        for gone, known in enumerate(best):
            if known == inf:
                continue
            for total in range(max(gone, surplus - rest), min(gone + whole, surplus) + 1):
                cost = known + of[whole + gone - total]
                if cost < grown[total] - 1e-9:
                    grown[total], left_of[total] = cost, whole + gone - total
        best = grown
        chosen.append(left_of)
    unease, went, kept = best[surplus], surplus, []
    for group, left_of in zip(reversed(groups), reversed(chosen)):
        kept += group[: left_of[went]]
        went -= len(group) - left_of[went]
    assert unease < inf  # there are at least `surplus` seats to leave out
    return tuple(sorted(kept, key=lambda s: (s[1], s[0]))), unease


@lru_cache(maxsize=4096)
def _uneases(seats: int, at_gangway: bool, row: int) -> tuple[float, ...]:
    """How ill it is that so many seats of a group stay: none, one, and on to all of them."""
    return tuple(_unease(seats, left, at_gangway, row) for left in range(seats + 1))


def _unease(seats: int, left: int, at_gangway: bool, row: int) -> float:
    """How ill it is that `left` seats of a group stay."""
    if left == 0:
        return 0.0
    cost = GROUP + FARTHER * row * left + (RAGGED if left < seats else 0.0)
    cost += ALONE if left == 1 else PAIR if left == 2 else LONG if left > LONGEST else 0.0
    return cost if at_gangway else cost + CUT_OFF


def _at_gangway(group: list[Box], gangway: tuple[int, int]) -> bool:
    return group[0][2] == gangway[0] or group[0][0] == gangway[1]


def _groups(seats: tuple[Box, ...], gangway: tuple[int, int]) -> Iterator[list[Box]]:
    """Seats side by side in a row, each group from the gangway outwards."""
    found: list[list[Box]] = []
    for seat in sorted(seats, key=lambda s: (s[1], s[0])):
        if found and found[-1][-1][1] == seat[1] and found[-1][-1][2] == seat[0]:
            found[-1].append(seat)
        else:
            found.append([seat])
    return (group[::-1] if group[-1][2] <= gangway[0] else group for group in found)
