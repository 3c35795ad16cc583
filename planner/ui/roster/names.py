"""Skills as people read them: by the name of the bank that is called like them, else their own words."""

from __future__ import annotations

from planner.project import Project


def skill_name(project: Project, skill: str) -> str:
    """Document check, where the project says document_check."""
    return next((b.name for b in project.banks if b.id == skill), skill.replace("_", " "))


def skill_names(project: Project, skills: tuple[str, ...] | list[str]) -> dict[str, str]:
    """Name -> skill for a list to choose from; names that two skills share stay apart by the skill itself."""
    named = {s: skill_name(project, s) for s in skills}
    shared = list(named.values())
    return {name if shared.count(name) == 1 else f"{name} ({s})": s for s, name in named.items()}
