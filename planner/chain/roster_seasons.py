"""A roster's dates that lie in a season: its hours and its demand, served from the positions that the building has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.chain.asked import capacity_question, planned_demand
from planner.project import Project
from solvers.capacity import CapacityPlan, plan_capacity
from solvers.cover import CoverNeed
from solvers.seasons import is_in
from solvers.services import DayType
from solvers.ticket_log import weekday_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonalDays:
    """Kinds of day that only dates of a season have (`peak@ramadan`), their cover, and which date is of which kind."""

    day_types: tuple[DayType, ...] = ()
    cover: tuple[CoverNeed, ...] = ()
    dated: Mapping[str, str] = field(default_factory=dict)


def seasonal_days(project: Project, capacity: CapacityPlan, start: str, weeks: int) -> SeasonalDays:
    """Dates of the horizon in a season, the first of several. A project that plans for a season does so on all its dates.

    The season's positions come from the formulas (none of the seasons is refined), at most those that are built.
    """
    if project.planning.season:
        return SeasonalDays()
    kinds = {weekday: day for day in reversed(project.day_types) for weekday in day.weekdays}
    first = date.fromisoformat(start)
    found: dict[str, tuple[str, str]] = {}
    for day in ((first + timedelta(days=n)).isoformat() for n in range(7 * weeks)):
        kind = kinds.get(weekday_of(day))
        season = next((each for each in project.seasons if is_in(each, day)), None)
        if kind is not None and season is not None:
            found[day] = (kind.id, season.id)
    day_types: list[DayType] = []
    cover: list[CoverNeed] = []
    for season in project.seasons:
        used = {kind for kind, name in found.values() if name == season.id}
        if not used:
            continue
        asked = replace(project, planning=replace(project.planning, season=season.id))
        built = tuple((each.bank.id, each.positions) for each in capacity.banks)
        plan = plan_capacity(replace(capacity_question(asked), limits=built))
        for each in planned_demand(asked)[2]:
            if each.id in used:
                name = f"{each.name}, {season.name}"
                day_types.append(replace(each, id=seasonal_id(each.id, season.id), name=name, weekdays=()))
        cover += [replace(need, day_type=seasonal_id(need.day_type, season.id)) for need in plan.cover if need.day_type in used]
    dated = {day: seasonal_id(*names) for day, names in found.items()}
    return SeasonalDays(day_types=tuple(day_types), cover=tuple(cover), dated=dated)


def seasonal_id(kind: str, season: str) -> str:
    """`peak@ramadan`"""
    return f"{kind}@{season}"
