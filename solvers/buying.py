"""What money buys: waits against staff hours, kiosks against counters, and what new processes pay back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from solvers.capacity import CapacityPlan, CapacityQuestion, plan_capacity
from solvers.costs import Rates, draw_up_costs, payback_years
from solvers.effort import Cancel, Report
from solvers.frontier import PlanFigures, figures_of
from solvers.services import Bank, ServiceStandard
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.estimates import Estimate
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate

MINUTES = (3.0, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierPoint:
    """One promise: what it takes, and the 90th percentile of the service that waits longest, by formula and lived through.

    `hours_per_minute`, `money_per_minute`: a year's price of the last minute less, from the next slacker promise to this
    one by the simulated wait; None for the slackest and where the wait did not fall.
    """

    within_min: float
    planned: PlanFigures
    cost_per_year: float
    simulated_p90_min: Estimate
    simulated_p_within: float
    hours_per_minute: float | None = None
    money_per_minute: float | None = None


def budget_frontier(
    question: CapacityQuestion,
    rates: Rates,
    *,
    floor_m2: float,
    minutes: Sequence[float] = MINUTES,
    days: int = 300,
    seed: int = 1,
    wishes: SimulationWishes | None = None,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> tuple[FrontierPoint, ...]:
    """The promise changed to each of `minutes` in turn, planned by formula and lived through on the same days."""
    points: list[FrontierPoint] = []
    for within in sorted(minutes, reverse=True):
        asked = replace(question, standards=promised(question.standards, within), opened=())
        plan = plan_capacity(asked)
        run = simulate(centre_problem(asked, plan, wishes=wishes), days=days, seed=seed, report=report, cancel=cancel)
        if run.cancelled:
            break
        outcome = summarise(run)
        costs = draw_up_costs(plan, rates, question.day_types, floor_m2=floor_m2)
        point = FrontierPoint(
            within_min=within,
            planned=figures_of(f"{within:g}", asked, plan),
            cost_per_year=costs.running_per_year + costs.capital / costs.life_years,
            simulated_p90_min=max((each.wait_p90_min for each in outcome.services), key=lambda each: each.value),
            simulated_p_within=min(bank.p_within.value for bank in outcome.banks if bank.visits_per_day > 0.0),
        )
        points.append(_priced(point, points[-1]) if points else point)
    return tuple(reversed(points))


def promised(standards: Sequence[ServiceStandard], within_min: float) -> tuple[ServiceStandard, ...]:
    """Every bank's minutes in the proportion by which the general promise ("*", else the first) changes to `within_min`."""
    general = next((each for each in standards if each.bank == "*"), standards[0])
    factor = within_min / general.within_min if general.within_min > 0.0 else 1.0
    return tuple(replace(each, within_min=each.within_min * factor) for each in standards)


def _priced(point: FrontierPoint, slacker: FrontierPoint) -> FrontierPoint:
    """Hours a week and money a year for each minute by which the simulated wait falls."""
    fell = slacker.simulated_p90_min.value - point.simulated_p90_min.value
    if fell <= 0.0:
        return point
    hours = point.planned.staff_hours_per_week - slacker.planned.staff_hours_per_week
    return replace(
        point,
        hours_per_minute=hours / fell,
        money_per_minute=(point.cost_per_year - slacker.cost_per_year) / fell,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedBy:
    """One way to serve the visitors of a bank: `kind` kiosks or counters."""

    bank: str
    kind: str
    positions: int
    staff_hours_per_week: float
    capital: float
    cost_per_year: float
    p_within: float
    wait_p90_min: float


def kiosks_against_counters(
    question: CapacityQuestion, rates: Rates, *, floor_m2: float, clerk_skill: str = "kiosk_work"
) -> tuple[ServedBy, ...]:
    """Each self-service bank as it is, and with clerks doing the same work in the same time, under the same standard.

    Money is that of the whole centre, so that seats, staff and capital move together; waits are the bank's own.
    """
    rows: list[ServedBy] = []
    as_is = plan_capacity(question)
    for bank in question.banks:
        if not bank.staffed and as_is.bank(bank.id).positions:
            staffed = replace(bank, staffed=True, kind="counter")
            rows.append(_served(question, as_is, bank, rates, floor_m2, "kiosks"))
            asked = with_clerks(question, staffed, clerk_skill)
            rows.append(_served(asked, plan_capacity(asked), staffed, rates, floor_m2, "counters"))
    return tuple(rows)


def with_clerks(question: CapacityQuestion, bank: Bank, skill: str) -> CapacityQuestion:
    """The centre with `bank` in place of the machines of the same id, its steps asking for `skill`."""
    services = tuple(
        replace(each, journey=tuple(replace(s, skill=s.skill or skill) if s.bank == bank.id else s for s in each.journey))
        for each in question.services
    )
    banks = tuple(bank if each.id == bank.id else each for each in question.banks)
    return replace(question, banks=banks, services=services)


def _served(
    question: CapacityQuestion, plan: CapacityPlan, bank: Bank, rates: Rates, floor_m2: float, kind: str
) -> ServedBy:
    costs = draw_up_costs(plan, rates, question.day_types, floor_m2=floor_m2)
    steps = [step for service in plan.services for step in service.steps if step.bank == bank.id]
    return ServedBy(
        bank=bank.id,
        kind=kind,
        positions=plan.bank(bank.id).positions,
        staff_hours_per_week=costs.staff_hours_per_week,
        capital=costs.capital,
        cost_per_year=costs.running_per_year + costs.capital / costs.life_years,
        p_within=min((step.p_within for step in steps), default=1.0),
        wait_p90_min=max((step.wait_p90_min for step in steps), default=0.0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Payback:
    """New processes: what a year costs before and after, by the same rates, and the years until they have paid.

    `less_capital`: what a centre planned for them is cheaper to build; it is not counted into the years.
    """

    one_off: float
    before_per_year: float
    after_per_year: float
    less_capital: float
    visits_before: float
    visits_after: float
    years: float | None


def payback_of(
    before: CapacityQuestion, after: CapacityQuestion, rates: Rates, *, floor_m2: float, one_off: float
) -> Payback:
    """Both planned by formula; savings are those of running costs, citizens' own time left out."""
    was, will = (draw_up_costs(plan_capacity(q), rates, q.day_types, floor_m2=floor_m2) for q in (before, after))
    return Payback(
        one_off=one_off,
        before_per_year=was.running_per_year,
        after_per_year=will.running_per_year,
        less_capital=was.capital - will.capital,
        visits_before=was.visits_per_year,
        visits_after=will.visits_per_year,
        years=payback_years(one_off, was.running_per_year, will.running_per_year),
    )
