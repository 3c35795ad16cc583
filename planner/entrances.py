"""How many of all who come take which entrance: shares of one whole, told for every door or for none. Pure."""

from __future__ import annotations

from dataclasses import replace

from layouts.plan import ENTRANCE_USES, Door, doors_of_use
from planner.project import Entrance, Project

LEAST_SHARE = 0.0001


def entrances_of(project: Project) -> list[Door]:
    """The doors by which people come in from outside: those of the lowest storey."""
    levels = project.plan.levels if project.plan else ()
    return list(doors_of_use(min(levels, key=lambda level: level.elevation_mm), ENTRANCE_USES)) if levels else []


def shares_of(project: Project) -> dict[str, float]:
    """Each entrance's part of all who come, as told, else by the doors' clear widths; doors that are not named bring nobody."""
    doors = entrances_of(project)
    told = {each.door: each.share for each in project.entrances}
    weights = {door.id: told.get(door.id, 0.0) if told else float(door.clear_mm) for door in doors}
    whole = sum(weights.values())
    return {door: weight / whole for door, weight in weights.items()} if whole else dict.fromkeys(weights, 0.0)


def shares_on(project: Project, level: str) -> dict[str, float]:
    """The same of a storey's own doors where there are several to choose from; empty on others."""
    levels = project.plan.levels if project.plan else ()
    shares = shares_of(project) if levels and min(levels, key=lambda lv: lv.elevation_mm).id == level else {}
    return shares if len(shares) > 1 else {}


def with_share(project: Project, door: str, share: float) -> Project:
    """This entrance takes so much of all (0..1); the others share the rest as they did, or by width where they had none."""
    shares = shares_of(project)
    others = {other: part for other, part in shares.items() if other != door}
    if not sum(others.values()):
        others = {each.id: float(each.clear_mm) for each in entrances_of(project) if each.id != door}
    rest = (1 - share) / (sum(others.values()) or 1.0)
    parts = {other: share if other == door else part * rest for other, part in (shares | others).items()}
    entrances = tuple(Entrance(door=each, share=round(part, 6)) for each, part in parts.items() if part >= LEAST_SHARE)
    return replace(project, entrances=entrances)
