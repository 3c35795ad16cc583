"""Edits of services and demand: project in, project out. What others refer to is never left dangling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from planner.project import Project
from solvers.services import Arrivals, Bank, DayType, Service, ServiceTime, Step


def with_row(project: Project, collection: str, index: int, **changes: Any) -> Project:
    """One thing of a collection with other values."""
    rows = list(getattr(project, collection))
    rows[index] = replace(rows[index], **changes)
    changed = replace(project, **{collection: tuple(rows)})
    return fitted(changed) if collection == "day_types" else changed


def with_new_row(project: Project, collection: str, row: Any) -> Project:
    """One thing more."""
    return replace(project, **{collection: (*getattr(project, collection), row)})


def without_row(project: Project, collection: str, index: int) -> Project:
    """One thing less, and with it what only makes sense beside it."""
    rows = getattr(project, collection)
    changed = replace(project, **{collection: (*rows[:index], *rows[index + 1 :])})
    gone = rows[index]
    if collection == "services":
        return _without_service(changed, gone.id)
    if collection == "day_types":
        planning = project.planning
        if planning.design_day_type == gone.id:
            planning = replace(planning, design_day_type="")
        return replace(changed, arrivals=tuple(a for a in changed.arrivals if a.day_type != gone.id), planning=planning)
    if collection == "banks":
        return replace(changed, standards=tuple(s for s in changed.standards if s.bank != gone.id))
    return changed


def _without_service(project: Project, service: str) -> Project:
    seasons = tuple(
        replace(s, services=tuple(n for n in s.services if n != service)) for s in project.seasons if s.services != (service,)
    )
    return replace(
        project,
        arrivals=tuple(a for a in project.arrivals if a.service != service),
        appointments=tuple(a for a in project.appointments if a.service != service),
        joint_visits=tuple(v for v in project.joint_visits if service not in v.services),
        processes=tuple(p for p in project.processes if p.service != service),
        seasons=seasons,
    )


def free_id(taken: Iterable[str], wanted: str) -> str:
    """`wanted` as an id, with a number where it is taken."""
    base = re.sub(r"[^\w]+", "_", wanted.strip().lower()).strip("_")[:40] or "new"
    known = set(taken)
    return next(name for n in range(1, len(known) + 3) if (name := base if n == 1 else f"{base}_{n}") not in known)


def new_service(project: Project, name: str) -> Project:
    """A service of one step at the first counters there are."""
    bank = next((b for b in project.banks if b.kind == "counter"), project.banks[0])
    step = Step(bank=bank.id, skill=_usual_skill(project, bank.id), time=ServiceTime(mean_min=10.0))
    id_ = free_id((s.id for s in project.services), name)
    return with_new_row(project, "services", Service(id=id_, name=name, journey=(step,)))


def _usual_skill(project: Project, bank: str) -> str:
    """The skill that a bank's steps ask for, else one that somebody on the list has, else the bank's own name."""
    asked = next((step.skill for s in project.services for step in s.journey if step.bank == bank), "")
    had = next((skill for member in project.staff for skill in member.skills), "")
    return asked or had or bank


def new_bank(project: Project, name: str) -> Project:
    """A bank of counters."""
    return with_new_row(project, "banks", Bank(id=free_id((b.id for b in project.banks), name), name=name, kind="counter"))


def new_day_type(project: Project, name: str) -> Project:
    """A kind of day with the hours of the first one, on no weekday yet."""
    usual = project.day_types[0] if project.day_types else None
    hours = (usual.open_min, usual.close_min) if usual else (480, 900)
    id_ = free_id((d.id for d in project.day_types), name)
    day = DayType(id=id_, name=name, open_min=hours[0], close_min=hours[1], weekdays=())
    return with_new_row(project, "day_types", day)


def with_step(project: Project, service: int, at: int, **changes: Any) -> Project:
    """One step of a journey with other values; `mean_min` and `cv` are its time's."""
    journey = list(project.services[service].journey)
    step = journey[at]
    time = {k: changes.pop(k) for k in ("mean_min", "cv", "distribution", "source") if k in changes}
    if "bank" in changes and "skill" not in changes and step.skill == _usual_skill(project, step.bank):
        changes["skill"] = _usual_skill(project, changes["bank"])
    journey[at] = replace(step, time=replace(step.time, **time), **changes)
    return with_row(project, "services", service, journey=tuple(journey))


def with_new_step(project: Project, service: int) -> Project:
    """A step more at the journey's end: at the first bank that it does not visit yet."""
    journey = project.services[service].journey
    seen = {step.bank for step in journey}
    bank = next((b.id for b in project.banks if b.id not in seen), project.banks[0].id)
    step = Step(bank=bank, skill=_usual_skill(project, bank), time=ServiceTime(mean_min=5.0))
    return with_row(project, "services", service, journey=(*journey, step))


def without_step(project: Project, service: int, at: int) -> Project:
    """A step less."""
    journey = project.services[service].journey
    return with_row(project, "services", service, journey=(*journey[:at], *journey[at + 1 :]))


def with_step_moved(project: Project, service: int, at: int, by: int) -> Project:
    """A step earlier (-1) or later (1)."""
    journey = list(project.services[service].journey)
    to = min(max(at + by, 0), len(journey) - 1)
    journey.insert(to, journey.pop(at))
    return with_row(project, "services", service, journey=tuple(journey))


def intervals_of(day: DayType, step: int) -> list[int]:
    """Starts of the intervals between opening and closing."""
    return list(range(day.open_min, day.close_min, step))


def persons_of(project: Project, day_type: str) -> dict[tuple[str, int], float]:
    """(service, start of interval) -> persons, on one kind of day."""
    return {(a.service, a.start_min): a.persons for a in project.arrivals if a.day_type == day_type}


def with_persons(project: Project, day_type: str, persons: Mapping[tuple[str, int], float]) -> Project:
    """Arrivals of one kind of day changed where `persons` says so. A service that has some has a row for every interval."""
    day = next(d for d in project.day_types if d.id == day_type)
    now = persons_of(project, day_type) | dict(persons)
    with_rows = {service for service, _ in now}
    starts = intervals_of(day, project.planning.interval_min)
    rows = tuple(
        Arrivals(day_type=day_type, service=s.id, start_min=start, persons=now.get((s.id, start), 0.0))
        for s in project.services
        if s.id in with_rows
        for start in starts
    )
    others = tuple(a for a in project.arrivals if a.day_type != day_type)
    return replace(project, arrivals=(*others, *rows))


def fitted(project: Project) -> Project:
    """Arrivals that fit the hours: nothing outside them, nobody in intervals that are new."""
    for day in project.day_types:
        project = with_persons(project, day.id, {})
    return project
