"""A project where it lives, folder or `.centreline` file, behind one face: project, answers, decisions, drawing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from layouts.findings import BadInput
from layouts.layout import Layout
from planner.answers import AnswerStore, FolderAnswers, named, newest
from planner.files import read_bytes, write_whole
from planner.folder import (
    PLAN_JSON,
    PROJECT,
    STAFF,
    Decisions,
    drawing_file_name,
    read_folder,
    read_underlay,
    replace_drawing_table,
    replace_underlay_tables,
    write_decisions,
    write_underlay,
)
from planner.folder_demand import write_demand_of
from planner.project import Accepted, DrawingSource, Pin, Project, UnderlaySource
from planner.tables import write_staff

SUFFIX = ".centreline"
PLACEMENT, ROSTER = "placement", "roster"


class ProjectSource(Protocol):
    """What the chain and the command line need of a project's home."""

    path: Path
    answers: AnswerStore

    @property
    def project(self) -> Project:
        """The project as it stands now."""

    @property
    def plan_file(self) -> str:
        """The file that people mend when the plan is wrong."""

    def decide(self, accepted: Accepted | None, pins: tuple[Pin, ...], label: str) -> None:
        """Keep what people decided about an answer."""

    def take_drawing(self, drawing: DrawingSource, body: bytes, project: Project) -> None:
        """Keep an imported drawing and the project whose plan was read from it."""

    def take_demand(self, project: Project, label: str) -> None:
        """Keep a project whose arrivals and service times alone have changed: one revision."""

    def take_staff(self, project: Project, label: str) -> None:
        """Keep a project whose staff alone has changed: one revision."""

    def drawing(self) -> bytes | None:
        """The bytes of the imported drawing, or None."""

    def take_underlay(self, underlay: UnderlaySource, body: bytes, project: Project) -> None:
        """Keep a picture under the plan and the project that shows it."""

    def content(self, digest: str) -> bytes | None:
        """The bytes of an underlay by their SHA-256, or None."""


@contextmanager
def open_source(path: Path, *, write: bool = False) -> Iterator[ProjectSource]:
    """Open PROJECT, a folder or a `.centreline` file; BadInput when it is neither or not sound."""
    if path.is_dir():
        yield _ready(FolderSource(path))
    elif path.suffix == SUFFIX:
        from planner.file_source import FileSource

        source = FileSource(path, write=write)
        try:
            yield _ready(source)
        finally:
            source.close()
    elif path.exists():
        raise BadInput("document.not_a_project", file=str(path))
    else:
        raise BadInput("document.missing_project", file=str(path))


def _ready(source: ProjectSource) -> ProjectSource:
    """With positions refined earlier at hand, so that no command searches for them again."""
    if source.project.planning.staffing == "refined":
        from planner.chain.asked import recall_staffing

        recall_staffing(source.answers, source.project)
    return source


class FolderSource:
    """A project unpacked as a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.project = read_folder(folder)
        self.answers: AnswerStore = FolderAnswers(folder)

    @property
    def plan_file(self) -> str:
        drawing = self.project.drawing
        if drawing is None or (self.path / PLAN_JSON).exists():
            return str(self.path / PLAN_JSON)
        return str(self.path / drawing_file_name(drawing.name))

    def decide(self, accepted: Accepted | None, pins: tuple[Pin, ...], label: str) -> None:
        write_decisions(self.path, Decisions(accepted=accepted, pins=pins, variants=self.project.variants))
        self.project = replace(self.project, accepted=accepted, pins=pins)

    def take_drawing(self, drawing: DrawingSource, body: bytes, project: Project) -> None:
        write_whole(self.path / drawing_file_name(drawing.name), body)
        (self.path / PLAN_JSON).unlink(missing_ok=True)
        replace_drawing_table(self.path / PROJECT, drawing)
        self.project = project

    def take_demand(self, project: Project, label: str) -> None:
        write_demand_of(project, self.path)
        self.project = project

    def take_staff(self, project: Project, label: str) -> None:
        write_whole(self.path / STAFF, write_staff(project.staff).encode())
        self.project = project

    def drawing(self) -> bytes | None:
        if self.project.drawing is None:
            return None
        file = self.path / drawing_file_name(self.project.drawing.name)
        return read_bytes(file) if file.exists() else None

    def take_underlay(self, underlay: UnderlaySource, body: bytes, project: Project) -> None:
        write_underlay(self.path, underlay, body)
        replace_underlay_tables(self.path / PROJECT, project.underlays)
        self.project = project

    def content(self, digest: str) -> bytes | None:
        return read_underlay(self.path, self.project.underlays, digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The layout later commands use: `name` and `accepted` say which."""

    name: str
    accepted: bool
    layout: Layout
    answer: Any


def layout_in_force(source: ProjectSource) -> InForce | None:
    """The accepted layout, else the newest candidate, else None."""
    accepted = source.project.accepted
    if accepted is not None:
        answer = source.answers.get(accepted.candidate)
        return InForce(name=accepted.candidate, accepted=True, layout=accepted.layout, answer=answer)
    return candidate(source)


def candidate(source: ProjectSource, name: str = "") -> InForce | None:
    """The candidate whose name starts with `name`, else the newest one, else None."""
    answer = named(source.answers, PLACEMENT, name) if name else newest(source.answers, PLACEMENT)
    if answer is None:
        return None
    from exports.layout_json import layout_from_json  # brings geometry with it, and is only wanted here

    try:  # answers may come from elsewhere
        _, layout = layout_from_json(answer.body.get("layout") if isinstance(answer.body, dict) else None)
    except BadInput as error:
        name = answer.digest[:12]
        raise BadInput("answers.not_a_layout", file=str(source.path), place=error.place, name=name) from error
    return InForce(name=answer.digest, accepted=False, layout=layout, answer=answer.body)


def with_layout_in_force(source: ProjectSource) -> tuple[Project, InForce]:
    """The project as if the layout in force were accepted; BadInput when nothing was placed yet."""
    force = layout_in_force(source)
    if force is None:
        raise BadInput("layout.none_yet", file=str(source.path))
    return replace(source.project, accepted=Accepted(candidate=force.name, layout=force.layout)), force


def check_plan_of(source: ProjectSource) -> None:
    """BadInput where the project has no plan yet, or one that nothing can be placed on."""
    plan = source.project.plan
    if plan is None:
        raise BadInput("layout.no_plan", file=str(source.path))
    from layouts.soundness import check_plan

    check_plan(plan, file=source.plan_file)
