"""What answers.json and the report say of the project itself: a summary without people, and the assumptions with source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from importlib.metadata import version
from typing import Any

from layouts.standards import Profile
from planner.chain.asked import Asked, floor_m2
from planner.engine import engine
from planner.project import Project

Json = dict[str, Any]
LIBRARIES = ("ortools", "shapely", "ezdxf")


def project_summary(asked: Asked) -> Json:
    """Plain figures of what was asked. The site's table is for readers of the JSON."""
    project, capacity = asked.project, asked.capacity
    visitors = sum(s.visitors_per_day for s in capacity.services)
    return {
        "id": project.id,
        "title": project.site.name,
        "name": project.site.name,
        "ministry": project.site.ministry,
        "country": project.site.country,
        "visitors_per_day": round(visitors, 1),
        "design_day": next((d.name for d in project.day_types if d.id == capacity.design_day_type), ""),
        "services": len(project.services),
        "staff": len(project.staff),
        "area_m2": round(sum(floor_m2(one.level) for one in asked.floors()), 1),
        "profile": project.planning.access_profile,
        "growth": f"{100 * project.growth.per_year:g} % × {project.growth.years}",
        "language": project.site.language,
        "site": {"country": project.site.country, "time_zone": project.site.time_zone},
    }


def assumptions(asked: Asked, closures: Sequence[Json]) -> list[Json]:
    """Every figure that is not the project's own measurement, with its source and how sure it is."""
    project = asked.project
    return [
        *_planning(project),
        *_service_times(project),
        *_labour(project),
        *_closures(closures),
        *_of_profile(asked.access),
        *_of_profile(asked.egress),
    ]


def engine_json() -> Json:
    """Which programs computed the answers."""
    return {"engine": engine(), "centreline": version("centreline")} | {name: version(name) for name in LIBRARIES}


def _line(name: str, value: Any, unit: str = "", source: str = "", clause: str = "", certainty: str = "default") -> Json:
    if not unit and name.endswith("_min"):
        unit = "min"
    told = (name.removesuffix(f"_{unit}") if unit else name).replace("_", " ")
    return {"name": told, "value": value, "unit": unit, "clause": clause, "source": source, "certainty": certainty}


def _planning(project: Project) -> Iterable[Json]:
    planning = project.planning
    for name in ("seat_percentile", "seated_share", "shrinkage", "interval_min"):
        yield _line(name, getattr(planning, name), source="project")
    yield _line("growth_per_year", project.growth.per_year, source="project")
    yield _line("growth_years", project.growth.years, source="project")


def _service_times(project: Project) -> Iterable[Json]:
    banks = {bank.id: bank.name for bank in project.banks}
    for service in project.services:
        for step in service.journey:
            time = step.time
            name = f"{service.name} · {banks[step.bank]}"
            yield _line(name, time.mean_min, "min", time.source, f"{time.distribution}, cv {time.cv:g}")


def _labour(project: Project) -> Iterable[Json]:
    for field in fields(project.labour):
        if field.name != "source":
            yield _line(field.name, getattr(project.labour, field.name), source=project.labour.source)


def _closures(closures: Sequence[Json]) -> Iterable[Json]:
    for closed in closures:
        certainty = "default" if closed["estimated"] else "read"
        yield _line("closed", closed["date"], source=closed["source"], clause=closed["name"], certainty=certainty)


def _of_profile(profile: Profile) -> Iterable[Json]:
    for rule in profile.rules.values():
        clause = f"{profile.id} {rule.clause}".strip()
        yield _line(rule.key, rule.value, rule.unit, rule.source, clause, rule.certainty)
