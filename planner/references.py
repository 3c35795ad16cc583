"""Which values make sense together: every id named stands somewhere, times do not run backwards, demand has no gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from planner.demand_references import bookings_share_everyone, dangling, demand_ids_are_known, processes_are_whole
from planner.project import Project
from planner.ranges import range_faults
from planner.reading import Fault, shown
from solvers.services import Arrivals, DayType
from solvers.times import clock

SHARES_MAY_MISS = 1e-6
WITH_IDS = (
    "banks", "services", "day_types", "visitor_classes", "rooms", "staff", "seasons", "underlays", "scenarios", "variants",
)  # fmt: skip


def first_fault(project: Project) -> Fault | None:
    """What is wrong with the project as a whole, the plainest fault first; None when it is sound."""
    for check in CHECKS:
        for fault in check(project):
            return fault
    return None


def ids_stand_once(project: Project) -> Iterator[Fault]:
    """No two things of a kind share an id."""
    for name in WITH_IDS:
        seen: set[str] = set()
        for index, thing in enumerate(getattr(project, name)):
            if thing.id in seen:
                yield Fault(code="document.double_id", path=f"{name}[{index}].id", values={"id": shown(thing.id)})
            seen.add(thing.id)
    doors: set[str] = set()
    for index, entrance in enumerate(project.entrances):
        if entrance.door in doors:
            yield Fault(code="document.double_id", path=f"entrances[{index}].door", values={"id": shown(entrance.door)})
        doors.add(entrance.door)
    named: set[str] = set()  # levels, and what stands on them: a level's name may be a bank's too
    for index, floor in enumerate(project.floors):
        told = [("level", f"level {floor.level}", floor.level)]
        told += [(field, f"module {name}", name) for field in ("banks", "rooms") for name in getattr(floor, field)]
        for field, key, name in told:
            if key in named:
                yield Fault(code="document.double_id", path=f"floors[{index}].{field}", values={"id": shown(name)})
            named.add(key)


def ids_are_known(project: Project) -> Iterator[Fault]:
    """Steps name banks; demand, appointments and standards name services, day types and banks; wishes name modules."""
    banks = {b.id for b in project.banks}
    services = {s.id for s in project.services}
    day_types = {d.id for d in project.day_types}
    modules = banks | {r.id for r in project.rooms}
    for i, service in enumerate(project.services):
        for j, step in enumerate(service.journey):
            yield from dangling(step.bank, banks, f"services[{i}].journey[{j}].bank")
    for i, arrivals in enumerate(project.arrivals):
        yield from dangling(arrivals.day_type, day_types, f"arrivals[{i}].day_type")
        yield from dangling(arrivals.service, services, f"arrivals[{i}].service")
    for i, appointments in enumerate(project.appointments):
        yield from dangling(appointments.service, services, f"appointments[{i}].service")
    yield from demand_ids_are_known(project, services, banks)
    for i, scenario in enumerate(project.scenarios):
        for bank in scenario.positions:
            yield from dangling(bank, banks, f"scenarios[{i}].positions.{bank}")
    for i, standard in enumerate(project.standards):
        yield from dangling(standard.bank, banks | {"*"}, f"standards[{i}].bank")
    for i, wish in enumerate(project.nearness):
        yield from dangling(wish.a, modules, f"nearness[{i}].a")
        yield from dangling(wish.b, modules, f"nearness[{i}].b")
    for i, floor in enumerate(project.floors):
        for bank in floor.banks:
            yield from dangling(bank, banks, f"floors[{i}].banks")
        for room in floor.rooms:
            yield from dangling(room, {r.id for r in project.rooms}, f"floors[{i}].rooms")
    if project.planning.design_day_type:
        yield from dangling(project.planning.design_day_type, day_types, "planning.design_day_type")


def journeys_have_steps(project: Project) -> Iterator[Fault]:
    """A service without a step would take nobody anywhere."""
    for i, service in enumerate(project.services):
        if not service.journey:
            yield Fault(code="services.no_steps", path=f"services[{i}].journey", values={"service": shown(service.id)})


def times_run_forwards(project: Project) -> Iterator[Fault]:
    """Days open before they close; people come before they go; shifts and break windows have a length."""
    spans = [(f"day_types[{i}].close_min", d.open_min, d.close_min, True) for i, d in enumerate(project.day_types)] + [
        (f"staff[{i}].availability[{j}].to_min", a.from_min, a.to_min, True)
        for i, member in enumerate(project.staff)
        for j, a in enumerate(member.availability)
    ]
    labour = project.labour
    spans += [(f"seasons[{i}].close_min", s.open_min, s.close_min, True) for i, s in enumerate(project.seasons) if s.close_min]
    spans += [
        ("labour.max_shift_min", labour.min_shift_min, labour.max_shift_min, False),
        ("labour.break_window_to_min", labour.break_window_from_min, labour.break_window_to_min, False),
    ]
    for path, start, end, strictly in spans:
        if end < start or (strictly and end == start):
            yield Fault(code="document.ends_before_start", path=path, values={"start": start, "end": end})


def weekdays_belong_to_one_day_type(project: Project) -> Iterator[Fault]:
    """A weekday cannot be of two kinds."""
    seen: dict[str, str] = {}
    for i, day_type in enumerate(project.day_types):
        for j, weekday in enumerate(day_type.weekdays):
            if weekday in seen:
                values = {"weekday": weekday, "other": shown(seen[weekday])}
                yield Fault(code="document.weekday_twice", path=f"day_types[{i}].weekdays[{j}]", values=dict(values))
            seen[weekday] = day_type.id


def classes_share_everyone(project: Project) -> Iterator[Fault]:
    """The shares of the visitor classes, where there are any, sum to 1."""
    total = sum(c.share for c in project.visitor_classes)
    if project.visitor_classes and abs(total - 1) > SHARES_MAY_MISS:
        yield Fault(code="document.shares_not_one", path="visitor_classes", values={"total": round(total, 6)})


def demand_has_no_gap(project: Project) -> Iterator[Fault]:
    """For every day type and service that has demand: one row per interval from opening to closing time."""
    day_types = {d.id: d for d in project.day_types}
    rows: dict[tuple[str, str], list[tuple[Arrivals, int]]] = {}
    for index, arrivals in enumerate(project.arrivals):
        rows.setdefault((arrivals.day_type, arrivals.service), []).append((arrivals, index))
    for (day_type, _), group in rows.items():
        yield from _intervals(day_types[day_type], sorted(group, key=lambda r: r[0].start_min), project)


def _intervals(day: DayType, rows: list[tuple[Arrivals, int]], project: Project) -> Iterator[Fault]:
    step = project.planning.interval_min
    first, last = rows[0], rows[-1]
    for row, index in rows:
        if not day.open_min <= row.start_min < day.close_min:
            values = _values(row) | {"open": clock(day.open_min), "close": clock(day.close_min)}
            yield Fault(code="arrivals.outside_hours", path=f"arrivals[{index}].start_min", values=values)
    if first[0].start_min > day.open_min:
        yield _gap(first, day.open_min, first[0].start_min)
    for (before, _), (after, index) in pairwise(rows):
        if after.start_min < before.start_min + step:
            values = _values(after) | {"other": clock(before.start_min), "interval_min": step}
            yield Fault(code="arrivals.overlap", path=f"arrivals[{index}].start_min", values=values)
        elif after.start_min > before.start_min + step:
            yield _gap((after, index), before.start_min + step, after.start_min)
    if last[0].start_min + step < day.close_min:
        yield _gap(last, last[0].start_min + step, day.close_min)


def _gap(row: tuple[Arrivals, int], start_min: int, end_min: int) -> Fault:
    values = _values(row[0]) | {"gap_from": clock(start_min), "gap_to": clock(end_min)}
    return Fault(code="arrivals.gap", path=f"arrivals[{row[1]}].start_min", values=values)


def _values(row: Arrivals) -> dict[str, str | int | float]:
    return {"service": shown(row.service), "day_type": shown(row.day_type), "start": clock(row.start_min)}


def staff_have_hours(project: Project) -> Iterator[Fault]:
    """Everyone on the list works some hours a week."""
    for i, member in enumerate(project.staff):
        if member.contract_hours_per_week <= 0:
            path = f"staff[{i}].contract_hours_per_week"
            yield Fault(code="staff.no_hours", path=path, values={"id": shown(member.id)})


def steps_have_somebody(project: Project) -> Iterator[Fault]:
    """Once there is a staff list, every step at a staffed bank needs a skill that somebody on it has."""
    skills = {skill for member in project.staff for skill in member.skills}
    staffed = {b.id for b in project.banks if b.staffed}
    for i, service in enumerate(project.services):
        for j, step in enumerate(service.journey):
            if project.staff and step.bank in staffed and step.skill not in skills:
                values = {"service": shown(service.id), "skill": shown(step.skill), "known": ", ".join(sorted(skills))}
                yield Fault(code="services.step_skill_nobody", path=f"services[{i}].journey[{j}].skill", values=dict(values))


CHECKS: tuple[Callable[[Project], Iterator[Fault]], ...] = (
    range_faults,
    ids_stand_once,
    ids_are_known,
    journeys_have_steps,
    times_run_forwards,
    weekdays_belong_to_one_day_type,
    classes_share_everyone,
    bookings_share_everyone,
    processes_are_whole,
    demand_has_no_gap,
    staff_have_hours,
    steps_have_somebody,
)
