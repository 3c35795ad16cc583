"""Where modules stand after people moved them by hand: poses of the optimiser carried along with their items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from layouts.findings import BadInput
from layouts.layout import Item, Layout
from solvers.placement.problem import Pose

DM = 100
TOGETHER_MM = 20  # items of one module that moved by vectors closer than this moved together


def moved_poses(
    poses: Mapping[str, Pose], found: Layout, accepted: Layout, pinned: Iterable[str], file: str
) -> dict[str, Pose]:
    """The poses with pinned modules where the accepted layout has them; BadInput where one was taken apart or turned.

    A module keeps its own layout of counters and seats, so only a shift of all its items is a pose again.
    """
    before, after = _by_module(found), _by_module(accepted)
    carried = dict(poses)
    for module in pinned:
        if module in poses:
            shift = _shift(before.get(module, {}), after.get(module, {}))
            if shift is None:
                raise BadInput("pin.changed_by_hand", file=file, given=module)
            carried[module] = _shifted(poses[module], *shift)
    return carried


def unmoved(found: Layout, accepted: Layout, pinned: Iterable[str]) -> dict[str, tuple[Item, ...]]:
    """The items of the pinned modules that stand where they were found."""
    before, after = _by_module(found), _by_module(accepted)
    same = (m for m in pinned if m in after and _shift(before.get(m, {}), after[m]) == (0, 0))
    return {m: tuple(after[m].values()) for m in same}


def _by_module(layout: Layout) -> dict[str, dict[str, Item]]:
    found: dict[str, dict[str, Item]] = {}
    for level in layout.levels:
        for item in level.items:
            found.setdefault(item.bank or item.id, {})[item.id] = item
    return found


def _shift(before: Mapping[str, Item], after: Mapping[str, Item]) -> tuple[int, int] | None:
    """How all items moved, millimetres; None where they did not move together."""
    if not before or set(before) != set(after):
        return None
    moves = []
    for id, item in before.items():
        now = after[id]
        if item.kind != now.kind or abs((now.rotation_deg - item.rotation_deg + 180.0) % 360.0 - 180.0) > 0.01:
            return None
        moves.append((now.insert_mm[0] - item.insert_mm[0], now.insert_mm[1] - item.insert_mm[1]))
    xs, ys = [x for x, _ in moves], [y for _, y in moves]
    together = max(xs) - min(xs) <= TOGETHER_MM and max(ys) - min(ys) <= TOGETHER_MM
    return (round(sum(xs) / len(xs)), round(sum(ys) / len(ys))) if together else None


def _shifted(pose: Pose, dx_mm: int, dy_mm: int) -> Pose:
    """To the nearest decimetre, on which all positions of the optimiser lie."""
    along, across = (dx_mm, dy_mm) if pose.axis == "x" else (dy_mm, dx_mm)
    return replace(pose, u_dm=pose.u_dm + round(along / DM), back_dm=pose.back_dm + round(across / DM))
