"""Many days on several threads: the same answer for the same seed, however the days are dealt out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np

from solvers.effort import Cancel, Progress, Report
from solvers.simulation.build import build_tables
from solvers.simulation.problem import SimulationProblem
from solvers.simulation.tables import BINS, MOST_PEOPLE, Tables, Tally, empty_tally, flat, overfull

CHUNK_DAYS = 100
"""Days between two looks at the switch that cancels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDays:
    """The days asked for, or fewer where somebody cancelled: then the first so many."""

    problem: SimulationProblem
    tables: Tables
    seed: int
    days: int
    tally: Tally
    seconds: float
    cancelled: bool


def simulate(
    problem: SimulationProblem,
    *,
    days: int,
    seed: int = 1,
    workers: int = 0,
    demand_factor: float = 1.0,
    first_day: int = 0,
    pool: Executor | None = None,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> SimulatedDays:
    """`workers` 0 means as many as cores. Day n under a seed is the same day in every run that holds it.

    The compiled days hold no lock, so threads fill the cores; `pool` spreads them over processes or machines instead,
    with the same answer.
    """
    started = time.perf_counter()
    if report:
        report(Progress(stage="preparing"))
    tables = build_tables(problem, demand_factor=demand_factor)
    sizes = [min(CHUNK_DAYS, days - at) for at in range(0, days, CHUNK_DAYS)]
    parts: list[Tally] = []
    done = 0

    chunks = [Chunk(tables=tables, seed=seed, first_day=first_day + n * CHUNK_DAYS, days=size) for n, size in enumerate(sizes)]
    for part, size in zip(_in_order(chunks, workers or os.cpu_count() or 1, pool, cancel), sizes):
        parts.append(part)
        done += size
        if report:
            report(Progress(stage="simulating", done=done / days, seconds=time.perf_counter() - started))
    return SimulatedDays(
        problem=problem,
        tables=tables,
        seed=seed,
        days=done,
        tally=added(parts) if parts else empty_tally(tables, 0),
        seconds=time.perf_counter() - started,
        cancelled=done < days,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of days for one core; plain data, so that it can be sent anywhere."""

    tables: Tables
    seed: int
    first_day: int
    days: int


def lived(chunk: Chunk) -> Tally:
    return simulate_chunk(chunk.tables, chunk.seed, chunk.first_day, chunk.days)


def simulate_chunk(tables: Tables, seed: int, first_day: int, days: int) -> Tally:
    """A stretch of days on one core; what a worker process or another machine is asked for too."""
    from solvers.simulation import kernel  # loads numba: whoever only asks for a question does without

    room, people, bins = expected_most_visitors(tables), MOST_PEOPLE, BINS
    while True:
        tally = empty_tally(tables, days, people=people, bins=bins)
        state = kernel.empty_state(tables, room)
        if kernel.simulate_days(tables, state, flat(tally), np.uint64(seed), first_day, days) < days:
            room *= 4
            continue
        crowded, long = overfull(tally)
        if not crowded and not long:
            return tally
        people, bins = people * (1 + crowded), bins * (1 + long)


def expected_most_visitors(tables: Tables) -> int:
    """Room for everybody who comes in a day and more, were nobody ever served; enlarged by the caller where short."""
    mean = float(tables.entry_cumulated[:, -1].sum()) + tables.slot_min.size
    return ceil(mean + 12.0 * sqrt(mean)) + 64


def added(parts: list[Tally]) -> Tally:
    """Rows of days behind one another, counts added up."""
    if len(parts) == 1:
        return parts[0]
    rows = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ROWS}
    counts = {name: _summed([getattr(part, name) for part in parts]) for name in Tally._fields if name not in ROWS}
    return Tally(**rows, **counts)


def _summed(counts: list[Any]) -> Any:
    """Counts added up; those of fewer places have none in the others."""
    most = max(each.shape[-1] for each in counts)
    wide = [np.pad(each, [(0, 0)] * (each.ndim - 1) + [(0, most - each.shape[-1])]) for each in counts]
    return sum(wide[1:], start=wide[0])


ROWS = ("banks", "services", "classes", "servers", "days")


def _in_order(chunks: Sequence[Chunk], workers: int, pool: Executor | None, cancel: Cancel | None) -> Iterator[Tally]:
    """Results in order; no more than two chunks a worker ahead; after a cancel what is under way is dropped."""
    if pool is None and (workers == 1 or len(chunks) == 1):
        for number, chunk in enumerate(chunks):
            if cancel and number:
                return
            yield lived(chunk)
        return
    with nullcontext(pool) if pool else ThreadPoolExecutor(workers) as crew:
        waiting: list[Future[Tally]] = []
        asked = 0
        while asked < len(chunks) or waiting:
            while asked < len(chunks) and len(waiting) < 2 * workers and not cancel:
                waiting.append(crew.submit(lived, chunks[asked]))
                asked += 1
            if not waiting:
                return
            yield waiting.pop(0).result()
