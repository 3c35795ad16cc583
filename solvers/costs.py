"""What a centre costs: capital once, running costs per year and per visit. Rates are the project's own; none is assumed."""

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
    def kiosk_each(self) -> float: ...
    @property
    def seat_each(self) -> float: ...
    @property
    def furniture_per_position(self) -> float: ...
    @property
    def it_per_position(self) -> float: ...
    @property
    def it_fixed(self) -> float: ...
    @property
    def generator(self) -> float: ...
    @property
    def contingency_share(self) -> float: ...
    @property
    def staff_per_hour(self) -> float: ...
    @property
    def rent_per_m2_year(self) -> float: ...
    @property
    def energy_per_m2_year(self) -> float: ...
    @property
    def maintenance_share(self) -> float: ...
    @property
    def consumables_per_visit(self) -> float: ...
    @property
    def life_years(self) -> float: ...


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
    """Capital lines add up to `capital`, running lines to `running_per_year`; a rate of 0 makes no line.

    `cost_per_visit` = (running + capital / life) / visits; None where nobody comes.
    """

    currency: str
    capital_lines: tuple[CostLine, ...]
    capital: float
    staff_hours_per_week: float
    staff_per_year: float
    visits_per_year: float
    staff_cost_per_visit: float | None
    running_lines: tuple[CostLine, ...]
    running_per_year: float
    life_years: float
    cost_per_visit: float | None


def draw_up_costs(
    plan: CapacityPlan,
    rates: Rates,
    day_types: tuple[DayType, ...],
    *,
    floor_m2: float,
    working_weeks: float = WEEKS_PER_YEAR,
) -> CostTable:
    """Every line = quantity x rate; staff by the cover hours of a week x weeks.

    Hours are those on post, shrinkage included where it is planned: who is paid for more stands in the roster.
    """
    capital_lines = capital_of(plan, rates, floor_m2)
    capital = fsum(line.amount for line in capital_lines)
    days = {day.id: len(day.weekdays) for day in day_types}
    hours = staff_hours_per_week(plan.cover, days)
    visits = fsum(plan.visitors_per_day[day] * count for day, count in days.items()) * working_weeks
    running_lines = _known(
        _line("staff", hours * working_weeks, "h", rates.staff_per_hour),
        _line("rent", floor_m2, "m2", rates.rent_per_m2_year),
        _line("energy", floor_m2, "m2", rates.energy_per_m2_year),
        _line("maintenance", capital, rates.currency, rates.maintenance_share),
        _line("consumables", visits, "visits", rates.consumables_per_visit),
    )
    running = fsum(line.amount for line in running_lines)
    staff = hours * working_weeks * rates.staff_per_hour
    return CostTable(
        currency=rates.currency,
        capital_lines=capital_lines,
        capital=capital,
        staff_hours_per_week=hours,
        staff_per_year=staff,
        visits_per_year=visits,
        staff_cost_per_visit=staff / visits if visits > 0 else None,
        running_lines=running_lines,
        running_per_year=running,
        life_years=rates.life_years,
        cost_per_visit=(running + capital / rates.life_years) / visits if visits > 0 else None,
    )


def capital_of(plan: CapacityPlan, rates: Rates, floor_m2: float) -> tuple[CostLine, ...]:
    """Floor, positions, kiosks, seats, furniture, IT and generator, with contingency on all of them."""
    staffed = sum(each.positions for each in plan.banks if each.bank.staffed)
    machines = sum(each.positions for each in plan.banks if not each.bank.staffed)
    lines = _known(
        _line("fit_out", floor_m2, "m2", rates.fit_out_per_m2),
        _line("positions", staffed, "each", rates.counter_each),
        _line("kiosks", machines, "each", rates.kiosk_each or rates.counter_each),
        _line("seats", sum(each.seats for each in plan.banks), "each", rates.seat_each),
        _line("furniture", staffed, "each", rates.furniture_per_position),
        _line("it_positions", staffed + machines, "each", rates.it_per_position),
        _line("it_fixed", 1, "each", rates.it_fixed),
        _line("generator", 1, "each", rates.generator),
    )
    share = _line("contingency", fsum(line.amount for line in lines), rates.currency, rates.contingency_share)
    return (*lines, share)


def payback_years(one_off: float, before_per_year: float, after_per_year: float) -> float | None:
    """Simple payback = money laid out once / money saved each year; None where nothing is saved."""
    saved = before_per_year - after_per_year
    return one_off / saved if saved > 0.0 else None


def staff_hours_per_week(cover: tuple[CoverNeed, ...], days_per_week: Mapping[str, int]) -> float:
    """Person-hours on post in a week that has each kind of day as often as `days_per_week` says."""
    return fsum(need.needed * need.length_min / 60 * days_per_week[need.day_type] for need in cover)


def _known(*lines: CostLine) -> tuple[CostLine, ...]:
    """Lines that cost something."""
    return tuple(line for line in lines if line.amount > 0.0)


def _line(id_: str, quantity: float, unit: str, rate: float) -> CostLine:
    return CostLine(id=id_, quantity=quantity, unit=unit, rate=rate, amount=quantity * rate)
