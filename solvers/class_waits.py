"""How long each class of visitors waits over all its bank visits, those with priority served first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from solvers.bank_plan import BankDay
from solvers.queueing.mmc import mean_wait_min
from solvers.queueing.priority import class_waits_min
from solvers.queueing.station import Station
from solvers.services import VisitorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassWait:
    """Mean wait at one bank visit, over the design day's banks and intervals."""

    id: str
    name: str
    priority: int
    wait_mean_min: float


def waits_by_class(days: Iterable[BankDay], classes: tuple[VisitorClass, ...], interval_min: int) -> tuple[ClassWait, ...]:
    """The line's wait is shared out by the ratios that priority gives in the long run (Cobham 1954).

    Classes are taken to come in the same shares to every bank and interval. Intervals in which the long run does not
    exist (the line grows) share out the wait evenly: there the ratios would not hold.
    """
    if not classes:
        return ()
    ranks = sorted({each.priority for each in classes})
    shares = [fsum(each.share for each in classes if each.priority == rank) for rank in ranks]
    rows = [row for day in days for row in _rows(day, shares, interval_min)]
    visits = fsum(row[0] for row in rows)
    by_rank = {
        rank: fsum(weight * waits[k] for weight, waits in rows) / visits if visits > 0 else 0.0 for k, rank in enumerate(ranks)
    }
    return tuple(
        ClassWait(id=each.id, name=each.name, priority=each.priority, wait_mean_min=by_rank[each.priority]) for each in classes
    )


def _rows(day: BankDay, shares: list[float], interval_min: int) -> list[tuple[float, tuple[float, ...]]]:
    """For each interval: visits, and the mean wait of each rank."""
    rows = []
    for i, visits in enumerate(day.load.visits):
        if visits == 0.0 or day.open[i] == 0:
            continue
        station = Station(arrivals_per_min=visits / interval_min, mean_service_min=day.load.mean_min[i], positions=day.open[i])
        wait = day.waits[i].mean_min
        if station.is_stable and day.backlog[i] == 0.0:
            line = mean_wait_min(station)
            ratios = tuple(each / line for each in class_waits_min(station, shares))
        else:
            ratios = (1.0,) * len(shares)
        rows.append((visits, tuple(wait * ratio for ratio in ratios)))
    return rows
