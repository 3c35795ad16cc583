"""Skills as people read them: by the name of the bank that is called like them, else their own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.project import Project
from planner.ui.demand.cells import NAME, TEXT, Cell


def skill_name(project: Project, skill: str) -> str:
    """Document check, where the project says document_check."""
    plain = skill.replace("_", " ")
    return next((b.name for b in project.banks if b.id == skill and b.name), plain[:1].upper() + plain[1:])


def skill_names(project: Project, skills: tuple[str, ...] | list[str]) -> dict[str, str]:
    """Name -> skill for a list to choose from; names that two skills share stay apart by the skill itself."""
    named = {s: skill_name(project, s) for s in skills}
    shared = list(named.values())
    return {name if shared.count(name) == 1 else f"{name} ({s})": s for s, name in named.items()}


def skill_cell(project: Project) -> Cell:
    """A skill as a column of a table: known ones by name, others as they are typed."""
    names, ids = _told(project)
    return Cell(
        show=lambda skill: names.get(skill, skill),
        read=lambda given, place: ids.get((told := TEXT.read(given, place)).casefold(), told),
    )


def skills_cell(project: Project) -> Cell:
    """Several skills with commas between them."""
    names, ids = _told(project)

    def read(given: Any, place: str) -> tuple[str, ...]:
        parts = [part.strip() for part in NAME.read(given, place).replace("،", ",").replace(";", ",").split(",")]
        return tuple(dict.fromkeys(ids.get(part.casefold(), part) for part in parts if part))

    return Cell(show=lambda skills: ", ".join(names.get(skill, skill) for skill in skills), read=read)


def _told(project: Project) -> tuple[dict[str, str], dict[str, str]]:
    """Skill -> name, and name -> skill; a name that holds a comma or belongs to two skills is not used."""
    names = {skill: name for name, skill in skill_names(project, sorted(_skills_of(project))).items()}
    names = {skill: name if not set(",;،") & set(name) else skill for skill, name in names.items()}
    return names, {name.casefold(): skill for skill, name in names.items()}


def _skills_of(project: Project) -> Iterable[str]:
    """Skills that a step asks for or somebody has."""
    asked = {step.skill for service in project.services for step in service.journey if step.skill}
    return asked | {skill for person in project.staff for skill in person.skills}
