"""Fewer years of growth, as changes that may let a programme fit: what a hall holds today it may not hold in year five."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from planner.chain.asked import Asked, ask
from solvers.placement.changes import Change
from solvers.placement.problem import PlacementProblem


def years_of_growth(asked: Asked) -> Iterator[Change]:
    """Planned for today's demand first, which asks for most; then for half of the years, then for all but the last. None for a
    project on several levels, whose services would be dealt anew.
    """
    growth = asked.project.growth
    if asked.others or growth.per_year <= 0:
        return
    for step, year in enumerate(dict.fromkeys((0, growth.years // 2, growth.years - 1))):
        if 0 <= year < growth.years:
            yield Change("growth", {"years": year}, partial(_planned_for, asked=asked, years=year), step)


def _planned_for(problem: PlacementProblem, asked: Asked, years: int) -> PlacementProblem:
    project = replace(asked.project, growth=replace(asked.project.growth, years=years))
    return replace(problem, programme=ask(project).programme)
