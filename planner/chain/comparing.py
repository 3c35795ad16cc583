"""The plan held against a ticket log from after the opening: arrivals, service times and waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from exports.demand_json import logged_to_json
from exports.planned_actual_json import planned_actual_to_json
from layouts.findings import BadInput, Finding
from planner.chain.asked import capacity_question
from planner.chain.demanding import demand_on
from planner.intake.log_file import read_log
from planner.intake.naming import IntakeOptions, main_step
from planner.intake.taking import log_services
from planner.project import Project
from solvers.capacity import CapacityPlan, CapacityQuestion, plan_capacity
from solvers.demand import Demand
from solvers.effort import Cancel, Report
from solvers.planned_actual import deviations, hold_arrivals, hold_service_times
from solvers.simulation.centre import centre_problem
from solvers.simulation.run import simulate
from solvers.simulation.tickets import PlannedActual, Ticket, planned_against_actual
from solvers.ticket_log import LoggedTicket, summarise_log, weekday_of

Json = dict[str, Any]
WAIT_CODES = {"wait_min": "planned.wait_min", "p_within": "planned.p_within"}


def compare_plan(
    project: Project,
    log_file: Path,
    options: IntakeOptions | None = None,
    *,
    years: int | None = None,
    days: int = 400,
    seed: int = 1,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> Json:
    """What `centreline compare PROJECT --log FILE` prints: `planned_actual_to_json` with {log, dates, plan, not_held,
    other_days, skipped}.

    `years` of growth are taken in (the year planned for by default). Waits are held against `days` simulated days with the
    positions planned; only at banks all of whose visits the log shows.
    """
    options = options or IntakeOptions()
    log = read_log(log_file, skip=options.skip, encoding=options.encoding, given=options.columns)
    ids = log_services(project, log, options.services)
    tickets = tuple(replace(t, service=ids[t.service]) for t in log.tickets)
    grown = replace(project, growth=replace(project.growth, years=project.growth.years if years is None else years))
    single = capacity_question(replace(grown, joint_visits=()))
    kinds = _kinds(single, tickets)
    held_tickets = [t for t in tickets if t.date in kinds]
    if not held_tickets:
        known = ", ".join(w for day in project.day_types for w in day.weekdays)
        raise BadInput("intake.nothing_used", file=str(log_file), rows=len(tickets), known=known)
    seen = set(ids.values())
    demands = {day.id: _only(demand_on(single, day.id), seen) for day in single.day_types}
    planned_min = {s.id: step.time.mean_min for s in project.services if s.id in seen and (step := main_step(project, s))}
    held = (*hold_arrivals(demands, held_tickets, kinds), *hold_service_times(planned_min, held_tickets))
    waits, not_held = _waits(grown, held_tickets, kinds, days=days, seed=seed, report=report, cancel=cancel)
    names = {s.id: s.name for s in project.services} | {b.id: b.name for b in project.banks}
    names |= {d.id: d.name for d in project.day_types}
    findings = (*deviations(held, names), *(_wait_finding(kind, each, names) for kind, each in waits if _told(each)))
    dates = sorted({t.date for t in held_tickets})
    return planned_actual_to_json(held, waits, findings, names) | {
        "log": logged_to_json(summarise_log(tickets, interval_min=project.planning.interval_min)),
        "dates": {"first": dates[0], "last": dates[-1], "count": len(dates)},
        "plan": {
            "growth_factor": round(single.growth_factor, 6), "season": project.planning.season,
            "process": project.planning.process, "simulated_days": days,
        },
        "not_held": not_held,
        "services_not_in_log": sorted({s.id for s in project.services} - seen),
        "other_days": len({t.date for t in tickets}) - len(dates),
        "skipped": log.skipped,
    }  # fmt: skip


def _only(demand: Demand, services: set[str]) -> Demand:
    return replace(demand, persons={s: row for s, row in demand.persons.items() if s in services})


def _kinds(question: CapacityQuestion, tickets: Sequence[LoggedTicket]) -> dict[str, str]:
    by_weekday = {weekday: day.id for day in question.day_types for weekday in day.weekdays}
    return {t.date: by_weekday[weekday_of(t.date)] for t in tickets if weekday_of(t.date) in by_weekday}


def _waits(
    project: Project,
    tickets: Sequence[LoggedTicket],
    kinds: Mapping[str, str],
    *,
    days: int,
    seed: int,
    report: Report | None,
    cancel: Cancel | None,
) -> tuple[list[tuple[str, PlannedActual]], list[str]]:
    """Visits, waits and shares in time of every bank held, for each kind of day in the log; and the banks not held."""
    question = capacity_question(project)
    built = plan_capacity(question)
    steps = {s.id: main_step(project, s) for s in project.services}
    banks = {bank.id for bank in project.banks}
    at = {t.row: t.bank if t.bank in banks else step.bank for t in tickets if (step := steps[t.service]) is not None}
    whole = set(at.values()) & _banks_seen_whole(project, {t.service for t in tickets}, any(t.bank in banks for t in tickets))
    found: list[tuple[str, PlannedActual]] = []
    for day_type in sorted(set(kinds.values())):
        mine = [
            Ticket(date=t.date, bank=at[t.row], arrived_min=t.arrived_min, called_min=t.called_min, ended_min=t.ended_min)
            for t in tickets
            if kinds[t.date] == day_type and at.get(t.row) in whole
        ]
        if mine:
            problem = centre_problem(question, _plan_of(question, built, day_type))
            run = simulate(problem, days=days, seed=seed, report=report, cancel=cancel)
            found += [(day_type, each) for each in planned_against_actual(run, mine)]
    return found, sorted(set(at.values()) - whole)


def _plan_of(question: CapacityQuestion, built: CapacityPlan, day_type: str) -> CapacityPlan:
    """The positions open on this kind of day in the centre as built for the design day."""
    if day_type == built.design_day_type:
        return built
    limits = tuple((each.bank.id, each.positions) for each in built.banks)
    return plan_capacity(replace(question, design_day_type=day_type, limits=limits))


def _banks_seen_whole(project: Project, logged: set[str], banks_named: bool) -> set[str]:
    """Banks where every step of every service is one that the log shows: the main step of a service in the log."""
    if banks_named:
        return {bank.id for bank in project.banks}
    seen = {bank.id for bank in project.banks}
    for service in project.services:
        main = main_step(project, service)
        for step in service.journey:
            if step is not main or service.id not in logged:
                seen.discard(step.bank)
    return seen


def _told(each: PlannedActual) -> bool:
    return each.deviates and each.figure in WAIT_CODES


def _wait_finding(day_type: str, each: PlannedActual, names: Mapping[str, str]) -> Finding:
    return Finding(
        code=WAIT_CODES[each.figure],
        status="fail",
        severity="warning",
        certainty="read",
        profile="",
        measured=round(each.actual, 3),
        required=round(each.planned, 3),
        unit="min" if each.figure == "wait_min" else "",
        where=(each.bank,),
        values={
            "bank": names.get(each.bank, each.bank), "day_type": names.get(day_type, day_type),
            "days": each.days, "outside": each.outside,
            "low": round(each.low, 3), "high": round(each.high, 3),
        },
    )  # fmt: skip
