"""Which seats of a block stay where it holds more than are asked for: whole rows, nobody alone, those near the aisle first."""

from __future__ import annotations

from collections.abc import Iterator

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
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ()), *[None] * surplus]
    for group in groups:
        uneases = [_unease(group, left, gangway, depths.index(group[0][1])) for left in range(len(group) + 1)]
        grown: list[tuple[float, tuple[int, ...]] | None] = [None] * (surplus + 1)
        for gone, known in enumerate(best):
            if known is None:
                continue
            for left in range(len(group), -1, -1):
                total = gone + len(group) - left
                if total > surplus:
                    break
                cost = known[0] + uneases[left]
                before = grown[total]
                if before is None or cost < before[0] - 1e-9:
                    grown[total] = (cost, (*known[1], left))
        best = grown
    found = best[surplus]
    assert found is not None  # there are at least `surplus` seats to leave out
    kept = (s for group, left in zip(groups, found[1]) for s in group[:left])
    return tuple(sorted(kept, key=lambda s: (s[1], s[0]))), found[0]


def _unease(group: list[Box], left: int, gangway: tuple[int, int], row: int) -> float:
    """How ill it is that `left` seats of a group stay."""
    if left == 0:
        return 0.0
    cost = GROUP + FARTHER * row * left + (RAGGED if left < len(group) else 0.0)
    cost += ALONE if left == 1 else PAIR if left == 2 else LONG if left > LONGEST else 0.0
    at_gangway = group[0][2] == gangway[0] or group[0][0] == gangway[1]
    return cost if at_gangway else cost + CUT_OFF


def _groups(seats: tuple[Box, ...], gangway: tuple[int, int]) -> Iterator[list[Box]]:
    """Seats side by side in a row, each group from the gangway outwards."""
    found: list[list[Box]] = []
    for seat in sorted(seats, key=lambda s: (s[1], s[0])):
        if found and found[-1][-1][1] == seat[1] and found[-1][-1][2] == seat[0]:
            found[-1].append(seat)
        else:
            found.append([seat])
    return (group[::-1] if group[-1][2] <= gangway[0] else group for group in found)
