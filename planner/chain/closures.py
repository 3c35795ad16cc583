"""When the centre is closed: the project's own dates and its country's public holidays, estimated ones said to be so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import holidays

from layouts.findings import BadInput
from planner.project import Project

ESTIMATED = "estimated"  # how the holidays library marks days that hang on the sight of the moon


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A date on which nobody works, why, and whether the date is an estimate."""

    date: str
    name: str
    estimated: bool
    source: str


def closures_of(project: Project, first: str, weeks: int) -> tuple[Closure, ...]:
    """All closures of the horizon in order of their dates; the project's own win."""
    start = date.fromisoformat(first)
    days = [start + timedelta(days=n) for n in range(7 * weeks)]
    public = _public(project, {d.year for d in days})
    own = set(project.site.closed_dates)
    found = []
    for day in days:
        if day.isoformat() in own:
            found.append(Closure(date=day.isoformat(), name="", estimated=False, source="project"))
        elif day in public:
            name = public[day]
            found.append(Closure(date=day.isoformat(), name=name, estimated=ESTIMATED in name.lower(), source="holidays"))
    return tuple(found)


def _public(project: Project, years: set[int]) -> Any:
    """The country's public holidays; names in English where the library has them."""
    country = project.site.country
    try:
        known = holidays.country_holidays(country, years=years, language="en_US")
    except NotImplementedError:
        raise BadInput("site.unknown_country", file=project.id, place="site.country", given=country) from None
    return {day: known[day] for day in known}
