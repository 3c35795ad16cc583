"""Two layouts of one floor held against each other: what moved, came and went, and how the measures differ. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from layouts.layout import Item, Layout

SAME_MM = 10.0
SAME_DEG = 1.0
SEATS = ("seat", "wheelchair_bay")
# measure -> whether more of it is better; None: neither
MEASURES: Mapping[str, bool | None] = {
    "linearity_index": True,
    "walk_m_per_visit": False,
    "crossing": False,
    "egress_max_m": False,
    "seats": True,
    "counters": None,
}
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One thing of both layouts that stands elsewhere, or otherwise turned. `bank`: the module it belongs to."""

    level: str
    kind: str
    bank: str
    before: str
    after: str
    from_mm: Pair
    to_mm: Pair
    by_mm: int
    turned_deg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What changes from the first layout to the second; `added` and `removed` are ids, `same` how many stand as they did."""

    moved: tuple[Moved, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """One measure in both; `better` is None where neither is, or where more is neither good nor bad."""

    name: str
    first: float
    second: float
    change: float
    better: bool | None


def differences(first: Layout, second: Layout) -> Differences:
    """Things alike (level, kind, module, services) are paired so that the sum of their ways is least (linear assignment)."""
    from scipy.optimize import linear_sum_assignment

    left, right = _groups(first), _groups(second)
    moved: list[Moved] = []
    added: list[str] = []
    removed: list[str] = []
    same = 0
    for key in dict.fromkeys((*left, *right)):
        old, new = left.get(key, []), right.get(key, [])
        rows, columns = linear_sum_assignment(_ways(old, new)) if old and new else ((), ())
        for i, j in zip(rows, columns):
            change = _moved(key[0], old[i], new[j])
            if change is None:
                same += 1
            else:
                moved.append(change)
        removed += [item.id for i, item in enumerate(old) if i not in set(rows)]
        added += [item.id for j, item in enumerate(new) if j not in set(columns)]
    moved.sort(key=lambda m: (-m.by_mm, m.after))
    return Differences(moved=tuple(moved), added=tuple(sorted(added)), removed=tuple(sorted(removed)), same=same)


def deltas(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[Delta, ...]:
    """The change of each measure that both know, as `measures_of` gives them."""
    found = []
    for name, more_is_better in MEASURES.items():
        a, b = first.get(name), second.get(name)
        if not isinstance(a, (int, float)) or not isinstance(b, (int, float)):
            continue
        change = round(b - a, 9)
        better = None if more_is_better is None or change == 0 else (change > 0) == more_is_better
        found.append(Delta(name=name, first=float(a), second=float(b), change=change, better=better))
    return tuple(found)


def measures_of(layout: Layout, answered: Mapping[str, Any] | None) -> dict[str, float]:
    """Those the answer of the placement holds, and what can be counted on the layout itself."""
    items = [item for level in layout.levels for item in level.items]
    told = {name: value for name, value in (answered or {}).items() if name in MEASURES and isinstance(value, (int, float))}
    seats = sum(item.seats or (item.kind in SEATS) for item in items)
    counters = sum(bool(item.services) and item.solid and item.kind not in SEATS for item in items)
    return told | {"seats": seats, "counters": counters}


def _groups(layout: Layout) -> dict[tuple[str, str, str, tuple[str, ...]], list[Item]]:
    found: dict[tuple[str, str, str, tuple[str, ...]], list[Item]] = defaultdict(list)
    for level in layout.levels:
        for item in level.items:
            found[level.level, item.kind, item.bank or item.id, item.services].append(item)
    return dict(found)


def _ways(old: list[Item], new: list[Item]) -> np.ndarray:
    """Distances between the middles of all pairs; a thing that only turned costs a little, so that the like stay together."""
    a = np.array([_middle(item) for item in old])
    b = np.array([_middle(item) for item in new])
    turned = np.array([[_turned(x, y) for y in new] for x in old])
    ways: np.ndarray = np.hypot(*(a[:, None, :] - b[None, :, :]).transpose(2, 0, 1)) + np.abs(turned)
    return ways


def _moved(level: str, a: Item, b: Item) -> Moved | None:
    start, end = _middle(a), _middle(b)
    by, turned = math.dist(start, end), _turned(a, b)
    if by <= SAME_MM and abs(turned) <= SAME_DEG:
        return None
    return Moved(
        level=level, kind=a.kind, bank=a.bank or "", before=a.id, after=b.id, from_mm=start, to_mm=end, by_mm=round(by),
        turned_deg=round(turned),
    )  # fmt: skip


def _turned(a: Item, b: Item) -> float:
    """Degrees from one to the other, the shorter way round, counter-clockwise."""
    return (b.rotation_deg - a.rotation_deg + 180) % 360 - 180


def _middle(item: Item) -> Pair:
    """The middle of the box round it."""
    xs, ys = [x for x, _ in item.polygon], [y for _, y in item.polygon]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def by_module(found: Differences) -> Iterator[Moved]:
    """One arrow for the things of a kind in a module that go the same way; the rest each for itself."""
    groups: dict[tuple[str, str, str, int, int], list[Moved]] = defaultdict(list)
    for move in found.moved:
        way = (round((move.to_mm[0] - move.from_mm[0]) / 100), round((move.to_mm[1] - move.from_mm[1]) / 100))
        groups[move.level, move.bank or move.after, move.kind, *way].append(move)
    for moves in groups.values():
        yield _together(moves)


def by_bank(found: Differences) -> Iterator[Moved]:
    """One arrow for a whole bank, from the middle of what moved to its new middle; what belongs to none each for itself."""
    groups: dict[tuple[str, str], list[Moved]] = defaultdict(list)
    for move in found.moved:
        groups[move.level, move.bank or move.after].append(move)
    for moves in groups.values():
        whole = _together(moves)
        yield replace(whole, by_mm=round(math.dist(whole.from_mm, whole.to_mm)))


def _together(moves: list[Moved]) -> Moved:
    def mean(points: list[Pair]) -> Pair:
        return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)

    return replace(moves[0], from_mm=mean([m.from_mm for m in moves]), to_mm=mean([m.to_mm for m in moves]))
