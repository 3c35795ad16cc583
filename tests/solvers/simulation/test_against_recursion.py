"""The compiled day against a plain recursion fed with the very same visitors, drawn again in plain Python."""

from __future__ import annotations

import heapq
from math import log

import numpy as np
import pytest

from solvers.simulation.build import build_tables
from solvers.simulation.run import simulate_chunk
from solvers.simulation.tables import CALLED, CELLS, D_LAST_EXIT, LEVELS, WAIT
from tests.benchmarks.simulation_days import INTERVAL_MIN, PERSONS, SERVERS, four_stages

WORD = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
SEED, DAYS = 7, 5


def mixed(z: int) -> int:
    """SplitMix64's last steps."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def uniform(key: int, purpose: int) -> float:
    return ((mixed((key + purpose * GAMMA) & WORD) >> 11) + 0.5) * 2.0**-53


def visitors(day: int, table: np.ndarray) -> list[tuple[float, list[float]]]:
    """(arrival, service times at the four stages) of everybody on a day."""
    day_key = mixed((mixed((SEED + GAMMA) & WORD) + (day + 1) * GAMMA) & WORD)
    entry_key = mixed((day_key + 0xBF58476D1CE4E5B9) & WORD)
    edges = np.concatenate([[0.0], np.cumsum(PERSONS)])
    found, reached, number = [], 0.0, 0
    while True:
        number += 1
        key = mixed((entry_key + number * GAMMA) & WORD)
        reached -= log(uniform(key, 1))
        if reached >= edges[-1]:
            return found
        piece = int(np.searchsorted(edges, reached, side="right")) - 1
        at = INTERVAL_MIN * (piece + (reached - edges[piece]) / (edges[piece + 1] - edges[piece]))
        found.append((at, [looked_up(table[n], uniform(key, 16 + 4 * n)) for n in range(len(SERVERS))]))


def looked_up(table: np.ndarray, chance: float) -> float:
    level = 0
    while chance >= 0.9375:
        chance, level = (chance - 0.9375) * 16.0, level + 1
    place = chance * (table.shape[1] - 1) / 0.9375
    cell = int(place)
    return float(table[level, cell] + (table[level, cell + 1] - table[level, cell]) * (place - cell))


def test_the_compiled_day_equals_the_recursion_for_lines_in_order():
    tables = build_tables(four_stages())
    tally = simulate_chunk(tables, SEED, 0, DAYS)
    table = tables.times.reshape(len(SERVERS), LEVELS, CELLS + 1)
    for day in range(DAYS):
        coming = [(at, n, times) for n, (at, times) in enumerate(visitors(day, table))]
        for stage, count in enumerate(SERVERS):
            free, wait, leaving = [0.0] * count, 0.0, []
            for at, n, times in sorted(coming):
                begin = max(heapq.heappop(free), at)
                wait += begin - at
                heapq.heappush(free, begin + times[stage])
                leaving.append((begin + times[stage], n, times))
            assert tally.banks[day, stage, CALLED] == len(coming)
            assert tally.banks[day, stage, WAIT] == pytest.approx(wait, rel=1e-9)
            coming = leaving
        assert tally.days[day, D_LAST_EXIT] == pytest.approx(max(coming)[0], rel=1e-12)
