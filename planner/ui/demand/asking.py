"""What a file leaves open and people can say: which service a name means, which column holds what, which office is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from layouts.findings import BadInput
from planner.intake.naming import IntakeOptions
from planner.project import Project
from planner.ui.demand.services import unlike
from planner.ui.words import Words

NOT_SAID = "–"
MOST_ASKED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`part` of the options, `key` in it (empty: the part itself), what is asked, and the choices from label to value."""

    part: str
    key: str
    label: str
    choices: Mapping[str, str]


def questions_of(error: BadInput, project: Project, words: Words) -> list[Question]:
    """What would have to be said so that the file can be read; nothing where no word of people's helps."""
    names = str(error.values.get("names", "")).split("\n")
    if error.code == "intake.unknown_service":
        services = {NOT_SAID: ""} | unlike({s.id: s.name for s in project.services})
        return [Question(part="services", key=n, label=n or NOT_SAID, choices=services) for n in names[:MOST_ASKED]]
    if error.code == "intake.no_columns":
        columns = {NOT_SAID: ""} | {name: name for name in names}
        roles = str(error.values["missing"]).split(", ")
        return [Question(part="columns", key=r, label=words(f"page.demand.file.role.{r}"), choices=columns) for r in roles]
    if error.code == "intake.which_office":
        offices = {NOT_SAID: ""} | {name: name for name in names}
        return [Question(part="office", key="", label=words("page.demand.file.role.office"), choices=offices)]
    return []


def with_answers(options: IntakeOptions, answers: Mapping[tuple[str, str], str]) -> IntakeOptions:
    """The options with what people have said so far."""
    said: dict[str, Any] = {"services": dict(options.services), "columns": dict(options.columns)}
    for (part, key), value in answers.items():
        if part == "office":
            said["office"] = value
        else:
            said[part][key] = value
    return replace(options, **said)
