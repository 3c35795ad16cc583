"""From the project to the questions of the first steps: capacity, programme, areas and costs. No optimiser here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from exports.capacity_json import capacity_to_json, refined_to_json
from exports.layout_json import finding_to_json
from layouts.findings import BadInput, Finding
from layouts.plan import Level
from layouts.programme import Programme
from layouts.standards import Profile, profile
from layouts.walkable import level_floor
from planner.answers import AnswerStore
from planner.chain.floors import levels_used, programmes
from planner.chain.refining import keep, missed, recall, refined_week
from planner.project import Project
from solvers.areas import check_area, schedule_of_areas
from solvers.capacity import REFINED, CapacityPlan, CapacityQuestion
from solvers.capacity import plan_capacity as solve_capacity
from solvers.costs import draw_up_costs
from solvers.effort import Cancel, Report
from solvers.floors import joined
from solvers.joint_visits import with_joint_bookings, with_joint_visits
from solvers.processes import check_processes, under_process
from solvers.programme import draw_up_programme
from solvers.seasons import under_season
from solvers.service_checks import check_skills
from solvers.services import Arrivals, DayType, Service

KEPT_QUESTIONS = 16  # today, the year planned for and a fifth more, for some steps back and forth


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What must be placed, and where: the project worked out up to the placement's door.

    `level`, `programme` and `area` are of one level; `others` are the same questions on further floors, from below.
    """

    project: Project
    capacity: CapacityPlan
    programme: Programme
    level: Level
    access: Profile
    egress: Profile
    area: Finding
    others: tuple[Asked, ...] = ()

    def floors(self) -> tuple[Asked, ...]:
        """The questions of all levels, the lowest first."""
        return (self, *self.others)

    def whole(self) -> Programme:
        """The programme of all levels."""
        return joined([one.programme for one in self.floors()]) if self.others else self.programme


def capacity_question(project: Project) -> CapacityQuestion:
    """growth_factor = (1 + growth per year) ^ years. Accessible shares come from the access profile where it has them.

    Demand is that of the season and process that the project plans for, visitors with several services counted once.
    """
    planning = project.planning
    services, arrivals, day_types = planned_demand(project)
    exact = planning.staffing != "formula"
    rules = profile(planning.access_profile).rules
    shares: dict[str, Any] = {
        field: rules[key].value
        for field, key in (("accessible_share", "accessible_counter_share"), ("wheelchair_bay_share", "wheelchair_bay_share"))
        if key in rules
    }
    return CapacityQuestion(
        banks=project.banks,
        services=services,
        day_types=day_types,
        arrivals=arrivals,
        visitor_classes=project.visitor_classes,
        appointments=with_joint_bookings(project.appointments, project.joint_visits),
        standards=project.standards,
        growth_factor=(1.0 + project.growth.per_year) ** project.growth.years,
        interval_min=planning.interval_min,
        design_day_type=planning.design_day_type,
        seat_percentile=planning.seat_percentile,
        seated_share=planning.seated_share,
        shrinkage=planning.shrinkage,
        limits=tuple((bank.id, bank.most_positions) for bank in project.banks if bank.most_positions),
        staffing="transient" if exact else "stationary",
        **shares,
    )


def planned_demand(project: Project) -> tuple[tuple[Service, ...], tuple[Arrivals, ...], tuple[DayType, ...]]:
    """Services, arrivals and kinds of day as planned for: process, then season, then joint visits."""
    services, arrivals, days = project.services, project.arrivals, project.day_types
    check_processes(project.processes, services, project.banks)
    if project.planning.process:
        services, arrivals = under_process(services, arrivals, project.processes, project.planning.process)
    for season in project.seasons:
        if season.id == project.planning.season:
            arrivals, days = under_season(arrivals, days, season, project.planning.interval_min)
    services, arrivals = with_joint_visits(project.banks, services, arrivals, project.joint_visits)
    return services, arrivals, days


def capacity_of(project: Project) -> CapacityPlan:
    """The capacity plan; BadInput where demand, services and staff do not hold together. Refined by simulation where the
    project says so."""
    check_skills(project.banks, project.services, project.staff)
    question = capacity_question(project)
    if project.planning.staffing == REFINED:
        question = replace(question, opened=refined_week(question, project.planning.standard_holds).opened)
    return solved_capacity(question)


@lru_cache(maxsize=KEPT_QUESTIONS)
def solved_capacity(question: CapacityQuestion) -> CapacityPlan:
    """The plan, found once for each question: it is asked again whenever something else of the project has changed."""
    return solve_capacity(question)


def plan_capacity(project: Project, report: Report | None = None, cancel: Cancel | None = None) -> dict[str, Any]:
    """What `centreline capacity` prints; refined positions with the days that judged them."""
    holds = project.planning.standard_holds
    if project.planning.staffing != REFINED:
        return capacity_to_json(capacity_of(project))
    check_skills(project.banks, project.services, project.staff)
    question = capacity_question(project)
    week = refined_week(question, holds, report, cancel)
    plan = solve_capacity(replace(question, opened=week.opened))
    told = capacity_to_json(plan, holds) | {"refined": refined_to_json(week)}
    return told | {"findings": [*told["findings"], *map(finding_to_json, missed(week))]}


def keep_staffing(answers: AnswerStore, project: Project) -> None:
    """Store refined positions with the project, under the digest of their question."""
    keep(answers, capacity_question(project), project.planning.standard_holds)


def recall_staffing(answers: AnswerStore, project: Project) -> bool:
    """Take over refined positions stored with the project, once they have proved themselves on simulated days."""
    if project.planning.staffing != REFINED:
        return False
    return recall(answers, capacity_question(project), project.planning.standard_holds)


def ask(project: Project) -> Asked:
    """Everything that stands before the placement: for the first level of the plan, or for each that the project names."""
    if project.plan is None:
        raise BadInput("layout.no_plan", file=project.id)
    levels = levels_used(project)
    access, egress = profile(project.planning.access_profile), profile(project.planning.egress_profile)
    capacity = capacity_of(project)
    whole = draw_up_programme(
        capacity, project.rooms, access, nearness=project.nearness, main_aisle_mm=project.planning.main_aisle_mm,
        staff_zone_mm=project.planning.staff_zone_mm,
    )  # fmt: skip
    areas = [floor_m2(level) for level in levels]
    first, *others = (
        Asked(
            project=project, capacity=capacity, programme=programme, level=level, access=access, egress=egress,
            area=check_area(programme, area),
        )
        for level, programme, area in zip(levels, programmes(project, whole, levels, areas), areas)
    )  # fmt: skip
    return replace(first, others=tuple(others))


def floor_m2(level: Level) -> float:
    """The floor that can be furnished: columns, shafts and inner walls are taken off."""
    return float(level_floor(level).area / 1e6)


def programme_to_json(programme: Programme) -> dict[str, Any]:
    """The programme and its schedule of areas as plain data."""
    return asdict(programme) | {"areas": asdict(schedule_of_areas(programme))}


def costs_to_json(asked: Asked) -> dict[str, Any]:
    """Capital once, staff per year, from the project's own rates."""
    project = asked.project
    area = sum(floor_m2(one.level) for one in asked.floors())
    table = draw_up_costs(asked.capacity, project.costs, project.day_types, floor_m2=area)
    return asdict(table) | {"source": project.costs.source}
