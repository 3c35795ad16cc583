"""Somebody cannot come: leave enters the project, and an earlier roster is mended with as few changes as possible."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from layouts.findings import BadInput
from planner.project import Project
from solvers.rostering.repair import Absence
from solvers.times import clock

Json = dict[str, Any]
ABSENCE = re.compile(r"(?P<person>.+):(?P<first>\d{4}-\d{2}-\d{2})(?:\.\.(?P<last>\d{4}-\d{2}-\d{2}))?")
LONGEST_DAYS = 366


def absence_told(text: str) -> Absence | None:
    """`s07:2026-12-07`, or every day of `s07:2026-12-07..2026-12-09`; None where it is written otherwise."""
    found = ABSENCE.fullmatch(text)
    if found is None:
        return None
    try:
        first = date.fromisoformat(found["first"])
        last = date.fromisoformat(found["last"] or found["first"])
    except ValueError:
        return None
    days = (last - first).days
    if not 0 <= days < LONGEST_DAYS:
        return None
    return Absence(person=found["person"], dates=tuple((first + timedelta(days=n)).isoformat() for n in range(days + 1)))


def with_leave(project: Project, absences: Sequence[Absence]) -> Project:
    """The project in which these absences are leave; BadInput where nobody goes by the id."""
    known = {person.id for person in project.staff}
    for absence in absences:
        if absence.person not in known:
            raise BadInput("roster.unknown_person", place="--repair", id=absence.person)
    away = {person: [d for a in absences if a.person == person for d in a.dates] for person in known}
    return replace(
        project,
        staff=tuple(
            replace(p, leave=tuple(dict.fromkeys((*p.leave, *away[p.id])))) if away[p.id] else p for p in project.staff
        ),
    )


def to_mend(roster: Json, absences: Sequence[Absence]) -> Json:
    """An earlier roster as `draw_up_roster` takes it for mending: days before the first absence stay as they are."""
    body = roster.get("roster", roster)
    return {**body, "absences": [{"person": a.person, "dates": list(a.dates)} for a in absences]}


def changes_between(before: Json, after: Json) -> list[Json]:
    """[{person, date, was, now}] of duties that differ, `was` and `now` as "08:00-15:00" or ""; by date, then person."""
    old, new = _hours(before), _hours(after)
    return [
        {"date": day, "person": person, "was": old.get((day, person), ""), "now": new.get((day, person), "")}
        for day, person in sorted({*old, *new})
        if old.get((day, person)) != new.get((day, person))
    ]


def _hours(roster: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    duties = roster["assignments"]
    return {(d["date"], d["person"]): f"{clock(d['start_min'])}-{clock(d['end_min'])}" for d in duties}
