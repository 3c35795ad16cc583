"""Real offices of Warsaw: calibrated on other days, fed with arrivals and open counters only, scored on the queue.

Arrivals of the day scored are the board's own (served + change of the line, by half-hour); how fast the line is served is
not told to the simulation.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import os
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from solvers.services import ServiceTime
from solvers.simulation.centre import bank_servers
from solvers.simulation.outcome import people_quantile
from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop
from solvers.simulation.run import simulate
from solvers.simulation.snapshots import ServedOtherDays, Snapshot, observed_day, served_other_days

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CENTRELINE_DATA", CHECKOUT.parent / "shared" / "data")) / "queues" / "warsaw_offices.csv.gz"
INTERVAL_MIN, COUNTERS_MIN, SAMPLE_MIN = 30.0, 10.0, 5.0
LEAST_MEAN_LINE, LEAST_SERVED, DAYS, PACES = 3.0, 30, 300, 6
Days = dict[str, list[Snapshot]]


def read_boards() -> dict[tuple[str, str], Days]:
    """(office, line) -> date -> snapshots while counters are open."""
    boards: dict[tuple[str, str], Days] = defaultdict(lambda: defaultdict(list))
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = re.search(r"(\d+)$", row["aktualnyNumer"] or "")
            hours, minutes = row["time"].split(":")
            boards[row["name"], row["idGrupy"]][row["date"]].append(
                Snapshot(
                    at_min=int(hours) * 60 + int(minutes), waiting=int(row["liczbaKlwKolejce"] or 0),
                    open=int(row["liczbaCzynnychStan"] or 0), ticket=int(number[1]) if number else 0,
                )
            )  # fmt: skip
    return {key: {date: cleaned(rows) for date, rows in days.items()} for key, days in boards.items()}


def cleaned(rows: list[Snapshot]) -> list[Snapshot]:
    """In order of time, each minute once, from the first open counter to the last moment at which anything happens."""
    ordered = sorted({each.at_min: each for each in rows}.values(), key=lambda each: each.at_min)
    alive = [i for i, each in enumerate(ordered) if each.open > 0]
    if not alive:
        return []
    kept = ordered[alive[0] : alive[-1] + 1]
    moves = [i for i in range(1, len(kept)) if (kept[i].ticket, kept[i].waiting) != (kept[i - 1].ticket, kept[i - 1].waiting)]
    return kept[: moves[-1] + 1] if moves else []


def is_busy(day: list[Snapshot]) -> bool:
    if len(day) < 24:
        return False
    steps = [b.ticket - a.ticket for a, b in itertools.pairwise(day)]
    sane = all(-1 <= step <= 60 for step in steps)
    return sane and sum(steps) >= LEAST_SERVED and float(np.mean([each.waiting for each in day])) >= LEAST_MEAN_LINE


def problem_of(day: list[Snapshot], mean_min: float, cv: float) -> SimulationProblem:
    seen = observed_day(day, interval_min=INTERVAL_MIN)
    counters = observed_day(day, interval_min=COUNTERS_MIN)
    closes = seen.open_min + INTERVAL_MIN * len(seen.persons)
    return SimulationProblem(
        day_type="day", open_min=seen.open_min, close_min=closes, interval_min=INTERVAL_MIN, sample_min=SAMPLE_MIN,
        banks=(SimulatedBank(id="bank"),), services=("service",), lines=(Line(bank=0),),
        stops=(Stop(lines=(0,), time=ServiceTime(mean_min=mean_min, cv=cv)),),
        entries=(Entry(service=0, first=((0, 1.0),), persons=seen.persons),),
        servers=bank_servers("bank", counters.open, (0,), counters.open_min, COUNTERS_MIN, closes + 240.0),
    )  # fmt: skip


@pytest.mark.skipif(not DATA.exists(), reason="the data of real offices are not beside the checkout")
def test_observed_queues_beside_the_simulated_band() -> None:
    scores = []
    for (office, _line), days in read_boards().items():
        busy = {date: day for date, day in days.items() if is_busy(day)}
        for date, day in busy.items():
            pace = served_other_days([other for when, other in days.items() if when != date and len(other) > 1])
            if pace is None or len(busy) < 3:
                continue
            problem = problem_of(day, pace.mean_min, 1.0)
            people = people_waiting(day, pace)
            inside, seen, expected = 0, [], []
            numbers = np.arange(people.shape[1])
            for each in day:
                row = people[min(len(people) - 1, round((each.at_min - problem.open_min) / SAMPLE_MIN))]
                inside += people_quantile(row, 0.1) <= each.waiting <= people_quantile(row, 0.9)
                seen.append(each.waiting)
                expected.append(float(row @ numbers) / row.sum())
            floor = noise_floor(problem)
            ratio = float(np.mean(expected) / np.mean(seen))
            scores.append((inside / len(day), abs(ratio - 1.0), floor, ratio, office))
    covered, error, floor, bias = (np.array([score[k] for score in scores], dtype=float) for k in range(4))
    print(f"\n{len(scores)} busy service-days: inside the 80 % band {covered.mean():.1%} of snapshots "
          f"(middle half of days {np.quantile(covered, 0.25):.0%} to {np.quantile(covered, 0.75):.0%}); "
          f"relative error of the day's mean queue: median {np.median(error):.0%}, of a perfect model {np.median(floor):.0%}; "
          f"simulated over observed: median {np.median(bias):.2f}")  # fmt: skip
    for office in sorted({score[4] for score in scores}):
        rows = [score for score in scores if score[4] == office]
        print(f"  {office}: {len(rows)} days, inside {np.mean([r[0] for r in rows]):.0%}, "
              f"error {np.median([r[1] for r in rows]):.0%}, perfect {np.median([r[2] for r in rows]):.0%}")  # fmt: skip
    assert len(scores) >= 30
    assert 0.7 <= covered.mean() <= 0.9
    assert np.median(error) < 1.25 * np.median(floor)


def people_waiting(day: list[Snapshot], pace: ServedOtherDays) -> np.ndarray:
    """[sample, people] over days of several paces, as equally likely as the other days' spread makes them."""
    factors = pace.factors(PACES if pace.day_sd > 0.0 else 1)
    runs = [
        simulate(problem_of(day, pace.mean_min * factor, 1.0), days=DAYS // len(factors), seed=1, workers=1)
        for factor in factors
    ]
    return np.sum([run.tally.people[:, 0] for run in runs], axis=0)


def noise_floor(problem: SimulationProblem) -> float:
    """Median relative error of the mean queue when one simulated day plays the observed one."""
    waits = simulate(problem, days=60, seed=99, workers=1).tally.banks[:, 0, 1]
    return float(np.median(np.abs(waits.mean() / np.maximum(waits, 1e-9) - 1.0)))
