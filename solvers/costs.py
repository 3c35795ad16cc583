"""What a centre costs: capital once, staff per year and per visit. Rates are the project's own; none is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Protocol

from solvers.capacity import CapacityPlan
from solvers.cover import CoverNeed
from solvers.services import DayType

WEEKS_PER_YEAR = 52


class Rates(Protocol):
    """Money rates of the project, in its currency."""

    @property
    def currency(self) -> str: ...
    @property
    def fit_out_per_m2(self) -> float: ...
    @property
    def counter_each(self) -> float: ...
    @property
    def seat_each(self) -> float: ...
    @property
    def staff_per_hour(self) -> float: ...
    @property
    def contingency_share(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One line: `amount` = quantity x rate."""

    id: str
    quantity: float
    unit: str
    rate: float
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTable:
    """Capital lines add up to `capital`, contingency among them; staff is the only running cost known so far."""

    currency: str
    capital_lines: tuple[CostLine, ...]
    capital: float
    staff_hours_per_week: float
    staff_per_year: float
    visits_per_year: float
    staff_cost_per_visit: float | None


def draw_up_costs(
    plan: CapacityPlan,
    rates: Rates,
    day_types: tuple[DayType, ...],
    *,
    floor_m2: float,
    working_weeks: float = WEEKS_PER_YEAR,
) -> CostTable:
    """Capital = fit-out + counters + seats + contingency; staff = cover hours of a week x weeks x rate.

    Hours are those on post: who is paid for more stands in the roster.
    """
    positions = sum(each.positions for each in plan.banks)
    seats = sum(each.seats for each in plan.banks)
    lines = [
        _line("fit_out", floor_m2, "m2", rates.fit_out_per_m2),
        _line("positions", positions, "each", rates.counter_each),
        _line("seats", seats, "each", rates.seat_each),
    ]
    lines.append(_line("contingency", fsum(line.amount for line in lines), rates.currency, rates.contingency_share))
    days = {day.id: len(day.weekdays) for day in day_types}
    hours = staff_hours_per_week(plan.cover, days)
    visits = fsum(plan.visitors_per_day[day] * count for day, count in days.items()) * working_weeks
    staff = hours * working_weeks * rates.staff_per_hour
    return CostTable(
        currency=rates.currency,
        capital_lines=tuple(lines),
        capital=fsum(line.amount for line in lines),
        staff_hours_per_week=hours,
        staff_per_year=staff,
        visits_per_year=visits,
        staff_cost_per_visit=staff / visits if visits > 0 else None,
    )


def staff_hours_per_week(cover: tuple[CoverNeed, ...], days_per_week: Mapping[str, int]) -> float:
    """Person-hours on post in a week that has each kind of day as often as `days_per_week` says."""
    return fsum(need.needed * need.length_min / 60 * days_per_week[need.day_type] for need in cover)


def _line(id_: str, quantity: float, unit: str, rate: float) -> CostLine:
    return CostLine(id=id_, quantity=quantity, unit=unit, rate=rate, amount=quantity * rate)
