"""Folder to file and back: the same project, the same drawing, the same answers."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from layouts.findings import BadInput
from planner.answers import AnswerStore, FolderAnswers
from planner.folder import write_folder
from planner.project import Project
from planner.source import PLACEMENT, SUFFIX, open_source


def pack(folder: Path, file: Path, *, without_people: bool = False, with_answers: bool = True) -> None:
    """Write the project in `folder` as a new `.centreline` file; what was computed comes along unless told otherwise."""
    from planner.file_source import DocumentAnswers
    from planner.storage import create_document

    if not folder.is_dir():
        raise BadInput("document.missing_folder", file=str(folder))
    if file.suffix != SUFFIX:
        raise BadInput("pack.wrong_suffix", file=str(file), expected=SUFFIX)
    with open_source(folder) as source:
        project = hide_people(source.project) if without_people else source.project
        drawing = source.drawing()
        document = create_document(file, project, "pack")
        try:
            if project.drawing is not None and drawing is not None:
                document.attach(project.drawing.name, drawing)
            for underlay in project.underlays:
                if (picture := source.content(underlay.sha256)) is not None:
                    document.attach(underlay.name, picture)
            if with_answers:  # without people, layouts only: a roster tells who works when
                _copy_answers(source.answers, DocumentAnswers(document), PLACEMENT if without_people else None)
        finally:
            document.close()


def unpack(file: Path, folder: Path) -> None:
    """Write the project of a `.centreline` file as a new folder; it appears whole or not at all."""
    if folder.exists():
        raise BadInput("document.exists", file=str(folder))
    if not file.is_file():
        raise BadInput("document.missing_file", file=str(file))
    with open_source(file) as source:
        try:
            part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
        except OSError as error:
            raise BadInput("document.unwritable", file=str(folder), reason=error.strerror or "") from None
        try:
            whole = part / "whole"  # a folder of its own, as mkdtemp's is private to its maker
            pictures = {u.sha256: body for u in source.project.underlays if (body := source.content(u.sha256)) is not None}
            write_folder(source.project, whole, source.drawing(), pictures)
            _copy_answers(source.answers, FolderAnswers(whole), None)
            whole.replace(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def hide_people(project: Project) -> Project:
    """The project with people as ids: no names, leave or requests."""
    staff = tuple(replace(member, name=member.id, leave=(), requests=()) for member in project.staff)
    return replace(project, staff=staff)


def _copy_answers(source: AnswerStore, target: AnswerStore, kind: str | None) -> None:
    for answer in reversed(source.all_of(kind)):  # oldest first, so that the newest stays the newest
        target.put(answer.digest, answer.kind, answer.body)
