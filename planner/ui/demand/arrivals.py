"""Arrivals of one kind of day: a table, intervals down and services across, and the same as a curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.project import Project
from planner.ui import charts
from planner.ui.demand.cells import evened
from planner.ui.demand.edits import intervals_of, persons_of
from planner.ui.words import Words
from solvers.services import DayType
from solvers.times import clock

MOST_IN_LEGEND = 10


def column_of(index: int) -> str:
    """The table's field of the n-th service: an id may hold a dot, which the browser's table would take for a path."""
    return f"s{index}"


def arrival_rows(project: Project, day: DayType) -> list[dict[str, Any]]:
    """One row an interval: start, the services' persons, the sum; each column with one number of decimals."""
    persons, starts = persons_of(project, day.id), intervals_of(day, project.planning.interval_min)
    columns = {column_of(n): [persons.get((s.id, start), 0.0) for start in starts] for n, s in enumerate(project.services)}
    columns["sum"] = [sum(row) for row in zip(*columns.values(), strict=True)] if columns else [0.0] * len(starts)
    told = {name: evened(values) for name, values in columns.items()}
    return [{"start": clock(start)} | {name: told[name][n] for name in told} for n, start in enumerate(starts)]


def day_sums(project: Project) -> dict[str, float]:
    """Persons a day by kind of day."""
    return {d.id: round(sum(a.persons for a in project.arrivals if a.day_type == d.id), 2) for d in project.day_types}


def arrival_chart(project: Project, day: DayType, words: Words) -> Any:
    """Persons by interval, the services on one another; small ones of many are drawn as one."""
    starts, step = intervals_of(day, project.planning.interval_min), project.planning.interval_min
    persons = persons_of(project, day.id)
    rows = [(s.name, [persons.get((s.id, start), 0.0) for start in starts]) for s in project.services]
    rows = [row for row in rows if any(row[1])]
    made = charts.chart(words("page.demand.arrivals.chart", day=day.name), y=words("page.demand.arrivals.persons"), height=280)
    if starts and rows:
        charts.stacked(made, starts, step, _gathered(rows, words))
        charts.hours(made, starts[0], starts[-1] + step)
        charts.legend_aside(made)
    return made


def _gathered(rows: Sequence[tuple[str, list[float]]], words: Words) -> list[tuple[str, list[float]]]:
    ordered = sorted(rows, key=lambda row: -sum(row[1]))
    if len(ordered) <= MOST_IN_LEGEND:
        return ordered
    rest = [sum(values) for values in zip(*(row[1] for row in ordered[MOST_IN_LEGEND - 1 :]), strict=True)]
    return [*ordered[: MOST_IN_LEGEND - 1], (words("page.demand.arrivals.others"), rest)]
