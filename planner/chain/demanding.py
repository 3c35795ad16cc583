"""Demand's part of the chain: what comes and when, services before and after re-engineering, areas by source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from exports.areas_json import areas_to_json, size_to_json
from exports.demand_json import demand_to_json, year_to_json
from exports.processes_json import processes_to_json
from layouts.findings import BadInput, Finding
from layouts.standards import profile
from planner.chain.asked import capacity_of, capacity_question, floor_m2, planned_demand
from planner.chain.closures import closures_of
from planner.project import Planning, Project
from solvers.area_measures import TYPICAL_VISITS, area_measures, check_measures
from solvers.areas import check_area, schedule_of_areas
from solvers.capacity import CapacityQuestion, plan_capacity
from solvers.demand import Demand, estimate_demand
from solvers.placement.fullness import check_fullness
from solvers.processes import AS_IS, TO_BE, process_figures
from solvers.programme import draw_up_programme
from solvers.seasons import demand_of_dates

Json = dict[str, Any]


def demand_of(project: Project, year: int | None = None) -> Json:
    """What `centreline demand PROJECT` prints: {season, process, growth_factor, day_types: [as in `demand_to_json`],
    calendar: as in `year_to_json`, where a year is asked for}."""
    question = capacity_question(project)
    answer: Json = {
        "season": project.planning.season,
        "process": project.planning.process,
        "growth_factor": round(question.growth_factor, 6),
        "day_types": [
            demand_to_json(demand_on(question, day.id), question.services, question.appointments, day.name)
            for day in question.day_types
        ],
    }
    return answer if year is None else answer | {"calendar": year_of(project, year)}


def year_of(project: Project, year: int) -> Json:
    """The year's dates with seasons, holidays and those who come after a closed day."""
    usual = replace(project, planning=replace(project.planning, season=""))
    question = capacity_question(usual)
    closures = [c for c in closures_of(project, f"{year}-01-01", 53) if c.date.startswith(str(year))]
    visits = {day.id: demand_on(question, day.id) for day in question.day_types}
    rows = [
        replace(question.arrivals[0], day_type=day.id, service=service, start_min=start, persons=persons)
        for day in question.day_types
        for service, row in visits[day.id].persons.items()
        for start, persons in zip(visits[day.id].starts_min, row)
    ]
    dates = demand_of_dates(
        rows,
        question.day_types,
        project.seasons,
        {c.date: c.name for c in closures},
        first=f"{year}-01-01",
        count=(date(year + 1, 1, 1) - date(year, 1, 1)).days,
        carry_over_share=project.planning.carry_over_share,
    )
    return year_to_json(year, dates, [c.date for c in closures if c.estimated])


def processes_of(project: Project) -> Json:
    """What `centreline processes PROJECT` prints (`processes_to_json`); BadInput where the project describes none."""
    if not project.processes:
        raise BadInput("processes.none", file=project.id, place="processes")
    pairs = process_figures(project.banks, project.services, project.arrivals, project.processes)
    ways = [with_process(project, variant) for variant in (AS_IS, TO_BE)]
    plans = [plan_capacity(capacity_question(way)) for way in ways]
    days = [planned_demand(way)[2] for way in ways]
    return processes_to_json(pairs, (plans[0], plans[1]), (days[0], days[1]))


def with_process(project: Project, variant: str) -> Project:
    """The project planned for its services as they are done (as_is) or will be (to_be): the scenario's question."""
    planning: Planning = replace(project.planning, process=variant)
    return replace(project, planning=planning)


def areas_of(project: Project) -> Json:
    """What `centreline areas PROJECT` prints: `areas_to_json`, with `sizes`: the same services small, medium and large."""
    capacity = capacity_of(project)
    access = profile(project.planning.access_profile)
    programme = draw_up_programme(capacity, project.rooms, access, nearness=project.nearness)
    floor = floor_m2(project.plan.levels[0]) if project.plan else None
    measures = area_measures(capacity, programme, floor if floor is not None else schedule_of_areas(programme).gross_m2)
    findings: tuple[Finding, ...] = check_measures(measures)
    if floor is not None:
        findings = (check_area(programme, floor), *check_fullness(programme, floor), *findings)
    question = capacity_question(project)
    visits = capacity.visitors_per_day[capacity.design_day_type]
    sizes = [size_to_json("", capacity, programme) | {"size": "this"}]
    for name, wanted in TYPICAL_VISITS.items():
        plan = plan_capacity(replace(question, growth_factor=question.growth_factor * wanted / visits))
        sizes.append(size_to_json(name, plan, draw_up_programme(plan, project.rooms, access, nearness=project.nearness)))
    return areas_to_json(programme, floor, measures, findings) | {"sizes": sizes}


def demand_on(question: CapacityQuestion, day_type: str) -> Demand:
    """What the question asks for on one kind of day."""
    day = next(each for each in question.day_types if each.id == day_type)
    return estimate_demand(
        question.arrivals, day, question.services, interval_min=question.interval_min,
        growth_factor=question.growth_factor, appointments=question.appointments,
    )  # fmt: skip
