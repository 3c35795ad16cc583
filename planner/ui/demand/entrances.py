"""The table of how many come by which entrance, where there are several."""

from __future__ import annotations

from dataclasses import replace

from layouts.findings import BadInput
from planner.entrances import entrances_of
from planner.project import Entrance, Project
from planner.ui.demand.cells import Cell
from planner.ui.names import door_name


def entrances_matter(project: Project) -> bool:
    """One entrance takes everybody, whatever anybody says of it."""
    return bool(project.entrances) or len(entrances_of(project)) > 1


def door_cell(project: Project, language: str) -> Cell:
    """A door by its name; a door that is no longer there by its id."""
    names = {door.id: door_name(door, language) for door in entrances_of(project)}
    return Cell(show=lambda ident: names.get(ident, ident), read=lambda given, place: str(given), fixed=True)


def with_all_entrances(project: Project, _: str) -> Project:
    """Every entrance that has no share yet gets one by its clear width: one that is not named would bring nobody."""
    doors = entrances_of(project)
    told = {each.door for each in project.entrances}
    missing = [door for door in doors if door.id not in told]
    if not missing:
        raise BadInput("page.demand.entrances.all_told", place="", count=len(told))
    whole = sum(door.clear_mm for door in doors)
    rows = [Entrance(door=door.id, share=max(round(door.clear_mm / whole, 2), 0.01)) for door in missing]
    return replace(project, entrances=(*project.entrances, *rows))
