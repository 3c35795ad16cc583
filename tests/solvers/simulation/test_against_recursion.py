"""The compiled day against a plain recursion fed with the very same visitors, drawn again in plain Python."""

from __future__ import annotations

import heapq
from math import log

import numpy as np
import pytest

from solvers.simulation.build import build_tables
from solvers.simulation.centre import bank_servers
from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop
from solvers.simulation.run import simulate_chunk
from solvers.simulation.tables import CALLED, CELLS, D_LAST_EXIT, LEVELS, WAIT
from tests.benchmarks.simulation_days import INTERVAL_MIN, PERSONS, SERVERS, four_stages
from tests.solvers.simulation.builders import exponential

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


def visitors(day: int, table: np.ndarray, persons: tuple[float, ...] = PERSONS) -> list[tuple[float, list[float]]]:
    """(arrival, service times at the stages) of everybody on a day."""
    day_key = mixed((mixed((SEED + GAMMA) & WORD) + (day + 1) * GAMMA) & WORD)
    entry_key = mixed((day_key + 0xBF58476D1CE4E5B9) & WORD)
    edges = np.concatenate([[0.0], np.cumsum(persons)])
    found, reached, number = [], 0.0, 0
    while True:
        number += 1
        key = mixed((entry_key + number * GAMMA) & WORD)
        reached -= log(uniform(key, 1))
        if reached >= edges[-1]:
            return found
        piece = int(np.searchsorted(edges, reached, side="right")) - 1
        at = INTERVAL_MIN * (piece + (reached - edges[piece]) / (edges[piece + 1] - edges[piece]))
        found.append((at, [looked_up(table[n], uniform(key, 16 + 4 * n)) for n in range(len(table))]))


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


OPENED = (3, 6, 2, 5, 4, 2, 4, 1, 1, 2)
COMING = (7.0, 16.0, 5.0, 13.0, 9.0, 4.0, 10.0, 2.0, 2.0, 4.0)


def opening_and_closing() -> SimulationProblem:
    closes = INTERVAL_MIN * len(OPENED)
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=closes, interval_min=INTERVAL_MIN,
        banks=(SimulatedBank(id="bank"),), services=("visit",), lines=(Line(bank=0),),
        stops=(Stop(lines=(0,), time=exponential(9.0)),),
        entries=(Entry(service=0, first=((0, 1.0),), persons=COMING),),
        servers=bank_servers("bank", OPENED, (0,), 0.0, INTERVAL_MIN, closes + 1000.0),
    )  # fmt: skip


def waits_where_free_ones_close_first(coming: list[tuple[float, list[float]]]) -> tuple[float, float]:
    """(minutes waited by all, last exit) told by positions alone. `holder[post]` works the hours of that post; where a post
    closes whose holder serves, the first free one changes posts with it."""
    holder, free_at = list(range(max(OPENED))), [0.0] * max(OPENED)
    count, waited, last, edges = OPENED[0], 0.0, 0.0, list(enumerate(OPENED))[1:]
    for at, (time,) in coming:
        while True:
            calls = [(max(free_at[each], at), each if free_at[each] <= at else post, each) for post, each in enumerate(holder)]
            who = min(calls[:count])[-1]
            begin = max(free_at[who], at)
            if not edges or begin < edges[0][0] * INTERVAL_MIN:
                break
            now, wanted = edges[0][0] * INTERVAL_MIN, edges.pop(0)[1]
            for post in range(wanted, count):
                on_duty = holder[:wanted] + holder[post:count]
                free = [each for each in on_duty if free_at[each] <= now]
                if free and free_at[holder[post]] > now:
                    other = holder.index(min(free))
                    holder[post], holder[other] = holder[other], holder[post]
            for each in holder[count:wanted]:
                free_at[each] = max(free_at[each], now)
            count = wanted
        free_at[who] = begin + time
        waited, last = waited + begin - at, max(last, free_at[who])
    return waited, last


def test_the_compiled_day_equals_the_recursion_where_positions_open_and_close():
    tables = build_tables(opening_and_closing())
    tally = simulate_chunk(tables, SEED, 0, 40)
    table = tables.times.reshape(1, LEVELS, CELLS + 1)
    for day in range(40):
        coming = visitors(day, table, COMING)
        waited, last = waits_where_free_ones_close_first(coming)
        assert tally.banks[day, 0, CALLED] == len(coming)
        assert tally.banks[day, 0, WAIT] == pytest.approx(waited, rel=1e-9)
        assert tally.days[day, D_LAST_EXIT] == pytest.approx(last, rel=1e-12)
