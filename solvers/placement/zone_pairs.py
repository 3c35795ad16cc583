"""What two modules cost together, zone by zone: ways between them and ratings, and which of their zones exclude each other.

A table says it for every pair of zones at once: how modules share themselves out over zones then costs at least what carrying
one's shares to the other's costs (Kantorovich 1942), sideways, back and near all together. Any multipliers u_k + v_l <= c_kl
make that a line:  cost of the pair >= sum u_k z_k + sum v_l z_l.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from solvers.placement.goals import SCALE, near_units
from solvers.placement.problem import Weights
from solvers.placement.transport_kernel import carry
from solvers.placement.variables import Question
from solvers.placement.zone_floor import boxes_of, must_exclude
from solvers.placement.zones import Zone
from solvers.placement.zoning import back_charge

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Pair = tuple[str, str]
Job = tuple[Floats, Floats, Floats]  # costs, shares of the one, shares of the other
CLASH = 1e6  # hundredths of a person-decimetre: what zones that exclude each other are said to cost, which no layout pays
HARDLY = 500.0  # the same unit: less is not worth a line
TAKEN = 1e-6
ALL = slice(None)


@dataclass(frozen=True, slots=True)
class Table:
    """c[k, l] for the zones of one module and of another, without clashes; `clash` tells them."""

    cost: Floats
    clash: Bools

    def charged(self, some: Ints | slice = ALL, others: Ints | slice = ALL) -> Floats:
        """The costs of some zones with some others, clashes dear."""
        return np.asarray(self.cost[some][:, others] + CLASH * self.clash[some][:, others])


def tables_of(
    q: Question, w: Weights, zones: Sequence[Zone], of: Mapping[str, Ints], apart: Bools | None = None
) -> dict[Pair, Table]:
    """The tables of all pairs that cost anything together or have zones that exclude each other: by their floor, or as `apart`
    says, either way round."""
    y, t = _ends(zones, Zone.y), _ends(zones, Zone.t)
    costs: dict[Pair, Floats] = {}

    def add(e: str, f: str, cost: Floats) -> None:
        pair, cost = ((e, f), cost) if e < f else ((f, e), cost.T)
        costs[pair] = costs[pair] + cost if pair in costs else cost

    for e, f, n in q.module_legs():
        a, b = of[e], of[f]
        sideways = round(SCALE * w.lateral * n) * _between(y[a], y[b])
        add(e, f, sideways + back_charge(n, w) * np.maximum(0.0, t[a, 0][:, None] - t[b, 1][None, :]))
    low, high = (np.array([end(z) for z in zones], dtype=float) for end in (Zone.low_middle, Zone.high_middle))
    halves = np.array([_halves(z) for z in zones], dtype=float)
    for near in q.near:
        if not near.apart and near.a in of and near.b in of:
            a, b = of[near.a], of[near.b]
            add(near.a, near.b, near_units(near, q, w) * _away(low[a], high[a], halves[a], low[b], high[b], halves[b]))
    boxes, found = boxes_of(zones), dict[Pair, Table]()
    mine = {e: boxes[np.isin(boxes[:, 0], numbers)] for e, numbers in of.items()}
    for e, f in combinations(sorted(of), 2):
        clash = must_exclude(mine[e], mine[f], of[e], of[f])
        if apart is not None:
            clash |= apart[of[e]][:, of[f]] | apart[of[f]][:, of[e]].T
        cost = costs.get((e, f))
        if cost is not None or clash.any():
            found[e, f] = Table(cost if cost is not None else np.zeros(clash.shape), clash)
    return found


def _ends(zones: Sequence[Zone], place: Any) -> Floats:
    return np.array([place(z) for z in zones], dtype=float).reshape(-1, 2)


def _between(a: Floats, b: Floats) -> Floats:
    """The least distance of two intervals, for all pairs of them."""
    return np.asarray(np.maximum(0.0, np.maximum(a[:, 0][:, None] - b[:, 1][None, :], b[:, 0][None, :] - a[:, 1][:, None])))


def _halves(zone: Zone) -> tuple[int, int]:
    """Half of the module's box along x and along y, rounded down; below 0 for what takes no floor of the hall."""
    length, depth = zone.mode.inside.length // 2, (zone.mode.inside.full[1] - zone.mode.inside.full[0]) // 2
    if depth <= 0 or zone.mode.heart is not None:
        return -(1 << 20), -(1 << 20)
    return (length, depth) if zone.mode.axis == "x" else (depth, length)


def _away(low: Floats, high: Floats, halves: Floats, low2: Floats, high2: Floats, halves2: Floats) -> Floats:
    """The least |dx| + |dy| of two middles: between the nearest ends of the zones, and as boxes that are apart along x or along
    y hold them. Where zones are too near for one of both, it is the other."""
    gap = [_between(np.stack([low[:, k], high[:, k]], axis=1), np.stack([low2[:, k], high2[:, k]], axis=1)) for k in (0, 1)]
    held = [halves[:, k][:, None] + halves2[:, k][None, :] for k in (0, 1)]
    most = [np.maximum(high[:, k][:, None] - low2[:, k][None, :], high2[:, k][None, :] - low[:, k][:, None]) for k in (0, 1)]
    ways = [np.where(most[k] >= held[k], np.maximum(gap[k], held[k]) + gap[1 - k], np.inf) for k in (0, 1)]
    least = np.minimum(*ways)
    return np.asarray(np.where(np.isfinite(least), least, gap[0] + gap[1]))


def lines_of_pairs(
    tables: Mapping[Pair, Table], of: Mapping[str, Ints], x: Floats, paid: Mapping[Pair, float]
) -> list[tuple[Pair, Floats, Floats]]:
    """For pairs that pay too little in an answer: u for all zones of the one and v for all of the other; the worst first."""
    short: list[tuple[Pair, Ints, Job]] = []
    for (e, f), table in tables.items():
        a, b = x[of[e]], x[of[f]]
        some, others = np.flatnonzero(a > TAKEN), np.flatnonzero(b > TAKEN)
        cost = table.charged(some, others)
        if len(some) and len(others) and float(a[some] @ cost @ b[others]) > paid[e, f] + HARDLY:  # at best it is no more
            short.append(((e, f), others, (cost, a[some], b[others])))
    found: list[tuple[float, Pair, Floats, Floats]] = []
    for (pair, others, _), price in zip(short, carried([job for _, _, job in short])):
        if price[0] > paid[pair] + HARDLY:
            whole = tables[pair].charged()
            u = (whole[:, others] - price[1][None, :]).min(axis=1)
            found.append((paid[pair] - price[0], pair, u, (whole - u[:, None]).min(axis=0)))
    return [each[1:] for each in sorted(found, key=lambda each: each[:2])]


def carried(jobs: Sequence[Job]) -> list[tuple[float, Floats]]:
    """Each job's least cost of carrying the first shares to the second, and the multipliers of the second."""
    if not jobs:
        return []
    shape = np.array([cost.shape for cost, _, _ in jobs], dtype=np.int64)
    m, n = shape.max(axis=0).tolist()
    price, v = np.zeros(len(jobs)), np.zeros(int(shape[:, 1].sum()))
    u, flow, near, reached, left, wanted = (np.zeros(size) for size in (m, m * n, n, m, m, n))
    came, via = np.zeros(n, dtype=np.int64), np.zeros(m, dtype=np.int64)
    carry(
        shape, np.concatenate([cost.reshape(-1) for cost, _, _ in jobs]), np.concatenate([a / a.sum() for _, a, _ in jobs]),
        np.concatenate([b / b.sum() for _, _, b in jobs]), price, v, u, flow, near, reached,
        left, wanted, came, via,
    )  # fmt: skip
    return list(zip(price.tolist(), np.split(v, np.cumsum(shape[:-1, 1]))))
