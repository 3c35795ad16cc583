"""A ministry's menu at a size: services, journeys, rooms and arrivals, before any hall or crew.

The menus of municipalities, oil and migration stand beside this file as `*.toml` in the words of project.toml; those of
labour and justice are the examples'. All share the default day: opening hours, a busy first day, and the textbook's
hourly profile of arrivals.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources
from math import fsum
from typing import Any

from planner.examples import example
from planner.folder import read_folder
from planner.project import Project
from planner.reading import read_typed
from solvers.services import Arrivals, DayType

VISITS_PER_DAY = {"small": 160, "medium": 420, "large": 1000}
"""Visitors on the busiest kind of day (default): a district, a town, a city's main centre."""
FROM_EXAMPLES = {"labour": "dahuk", "justice": "justice"}
HOURLY_SHARES = (0.086, 0.136, 0.156, 0.121, 0.136, 0.167, 0.113, 0.086)
"""Arrivals of a textbook's office by the hour from opening (S62), stretched over our hours."""
NORMAL_SHARE = 0.85
"""An ordinary day's visitors as a share of the first day's (default; first days are busiest, S85, weak)."""


def menu(ministry: str, size: str) -> Project:
    """The project of `ministry` with arrivals of `size`; plan and staff are whatever its source has."""
    if ministry in FROM_EXAMPLES:
        project = read_folder(example(FROM_EXAMPLES[ministry]))
        arrivals = _scaled(project.arrivals, VISITS_PER_DAY[size])
    else:
        project, shares = _read(ministry)
        arrivals = _spread(project.day_types, shares, VISITS_PER_DAY[size], project.planning.interval_min)
    name = f"{project.site.ministry}, {size} centre"
    return replace(project, id=f"{ministry}_{size}", site=replace(project.site, name=name), arrivals=arrivals)


def _read(ministry: str) -> tuple[Project, dict[str, float]]:
    """A menu file and the share of visitors who come for each service; what all ministries share stands in common.toml."""
    common, own = _table("common"), _table(ministry)
    shares = {service["id"]: service.pop("share") for service in own["services"]}
    if abs(fsum(shares.values()) - 1.0) > 1e-9:
        raise ValueError(f"{ministry}.toml: shares of services sum to {fsum(shares.values())}")
    gate = common.pop("gate")
    for service in own["services"]:
        service["journey"] = [*(gate[name] for name in service.pop("gate")), *service["journey"]]
    table = common | own | {"banks": common["banks"] + own["banks"], "rooms": common["rooms"] + own.get("rooms", [])}
    return read_typed(table | {"id": ministry, "arrivals": [], "plan": None}, Project, file=f"{ministry}.toml"), shares


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def _scaled(arrivals: tuple[Arrivals, ...], visits: int) -> tuple[Arrivals, ...]:
    """The same profile with `visits` visitors on its busiest kind of day."""
    days: dict[str, float] = {}
    for row in arrivals:
        days[row.day_type] = days.get(row.day_type, 0.0) + row.persons
    factor = visits / max(days.values())
    return tuple(replace(row, persons=round(row.persons * factor, 2)) for row in arrivals)


def _spread(days: tuple[DayType, ...], shares: dict[str, float], visits: int, interval_min: int) -> tuple[Arrivals, ...]:
    """`visits` visitors on the first kind of day and fewer on the others, by service and interval."""
    rows = []
    for number, day in enumerate(days):
        total = visits * (1.0 if number == 0 else NORMAL_SHARE)
        for start in range(day.open_min, day.close_min, interval_min):
            part = _profile_share(day, start, start + interval_min)
            rows += [
                Arrivals(day_type=day.id, service=service, start_min=start, persons=round(total * share * part, 2))
                for service, share in shares.items()
            ]
    return tuple(rows)


def _profile_share(day: DayType, start: int, end: int) -> float:
    """The share of a day's visitors who come from `start` to `end`: the hourly profile laid over the opening hours."""
    hours = len(HOURLY_SHARES)
    scale = hours / (day.close_min - day.open_min)
    low, high = (start - day.open_min) * scale, (end - day.open_min) * scale
    parts = (HOURLY_SHARES[h] * max(0.0, min(high, h + 1) - max(low, h)) for h in range(hours))
    return fsum(parts) / fsum(HOURLY_SHARES)
