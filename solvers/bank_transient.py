"""A bank's day by the exact transient line (`staffing` "transient"): positions, waits and lines as rates change.

Service times are taken as exponential; the mix's mean changes from interval to interval.
"""

from __future__ import annotations

from collections.abc import Sequence

from solvers.bank_load import BankLoad
from solvers.bank_plan import (
    BACKLOG_NONE,
    BankDay,
    Wait,
    backlog_persons,
    means_served,
    plan_bank_day,
    split_by_skill,
)
from solvers.queueing.staffing import positions_through_a_day
from solvers.queueing.transient import (
    Followed,
    Period,
    line_quantile,
    mean_busy,
    mean_line,
    mean_line_wait_min,
    share_late,
)
from solvers.services import ServiceStandard

LONG_LINE = 0.5
"""A mean line at closing above this is told as backlog: below it, those inside are served within minutes."""


def plan_transient_day(
    load: BankLoad,
    standards: tuple[ServiceStandard, ...],
    *,
    interval_min: int,
    seat_percentile: float,
    limit: int | None = None,
    given: tuple[int, ...] | None = None,
) -> BankDay:
    """Least positions through the day, each interval keeping every standard, and never none; or what those `given` make
    of the day. A bank that nobody visits needs none."""
    if not any(visits > 0 for visits in load.visits):
        return plan_bank_day(load, standards, interval_min=interval_min, seat_percentile=seat_percentile, limit=limit)
    periods = periods_of(load, interval_min)
    staffed = None if given else positions_through_a_day(periods, standards)
    needed = given or (staffed.positions if staffed else ())
    opened = needed if limit is None else tuple(min(each, limit) for each in needed)
    day = staffed.followed if staffed and opened == needed else follow_open(load, opened, interval_min)
    intervals = range(len(periods))
    return BankDay(
        load=load,
        needed=needed,
        open=opened,
        staff_by_skill=split_by_skill(load, opened),
        utilisation=tuple(mean_busy(day.periods[i], day.states(i)) / max(1, opened[i]) for i in intervals),
        within=tuple(1.0 - share_late(day, i, standards[0].within_min) if load.visits[i] > 0 else 1.0 for i in intervals),
        waits=tuple(_wait(day, i) for i in intervals),
        waiting=tuple(line_quantile(day.periods[i], day.states(i), seat_percentile) for i in intervals),
        backlog=_backlog(day, load, needed, interval_min),
        staffing="transient",
    )


def follow_open(load: BankLoad, opened: Sequence[int], interval_min: int) -> Followed:
    """The day under given positions."""
    periods = periods_of(load, interval_min)
    return Followed([period.with_positions(c) for period, c in zip(periods, opened)])


def periods_of(load: BankLoad, interval_min: int) -> tuple[Period, ...]:
    """One period per interval."""
    return tuple(
        Period(arrivals_per_min=visits / interval_min, mean_service_min=mean, positions=1, length_min=float(interval_min))
        for visits, mean in zip(load.visits, means_served(load))
    )


def _wait(day: Followed, i: int) -> Wait:
    if day.periods[i].arrivals_per_min == 0.0:
        return Wait()
    chance, mean = mean_line_wait_min(day.periods[i], day.states(i))
    return Wait(chance=chance, mean_more_min=mean / chance if chance > 0.0 else 0.0)


def _backlog(day: Followed, load: BankLoad, needed: tuple[int, ...], interval_min: int) -> tuple[float, ...]:
    """The mean line at the end of the intervals that are overloaded, else none. Overloaded are those at whose end more is left
    over, as a fluid, than under the positions needed; at closing, whenever something is left over or the line grows."""
    opened = tuple(period.positions for period in day.periods)
    left = backlog_persons(load, opened, interval_min)
    more = [a - b > BACKLOG_NONE for a, b in zip(left, backlog_persons(load, needed, interval_min))]
    last = day.periods[-1]
    more[-1] |= left[-1] > BACKLOG_NONE or last.arrivals_per_min * last.mean_service_min >= last.positions
    lines = (mean_line(day.periods[i], day.states(i)[-1]) if over else 0.0 for i, over in enumerate(more))
    return tuple(line if line > LONG_LINE else 0.0 for line in lines)
