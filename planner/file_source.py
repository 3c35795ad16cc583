"""A project in a `.centreline` file, with the face of `planner/source.py`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.answers import Answer, AnswerStore
from planner.project import Accepted, DrawingSource, Pin, Project, UnderlaySource
from planner.references import first_fault
from planner.storage import Document, open_document


class FileSource:
    """An open project file whose project is sound; with `write`, its only writer."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self._document = open_document(path, write=write)
        self.answers: AnswerStore = DocumentAnswers(self._document)
        try:
            if write and self._document.read_only:
                raise self._document.refusal(str(path))
            if fault := first_fault(self._document.project):
                raise BadInput(fault.code, file=str(path), place=fault.path, **fault.values)
        except BadInput:
            self.close()
            raise

    @property
    def document(self) -> Document:
        """The file itself, for those who walk its history."""
        return self._document

    @property
    def project(self) -> Project:
        return self._document.project

    @property
    def plan_file(self) -> str:
        return str(self.path)

    def decide(self, accepted: Accepted | None, pins: tuple[Pin, ...], label: str) -> None:
        self._document.save(replace(self.project, accepted=accepted, pins=pins), label)

    def take_drawing(self, drawing: DrawingSource, body: bytes, project: Project) -> None:
        self._document.attach(drawing.name, body)
        self._document.save(project, f"import {drawing.name}")

    def take_demand(self, project: Project, label: str) -> None:
        self._document.save(project, label)

    def take_staff(self, project: Project, label: str) -> None:
        self._document.save(project, label)

    def drawing(self) -> bytes | None:
        """The drawing this revision was read from, by its content; None where the file does not hold it."""
        drawing = self.project.drawing
        if drawing is None or not self._document.holds(drawing.sha256):
            return None
        return self._document.content(drawing.sha256)

    def take_underlay(self, underlay: UnderlaySource, body: bytes, project: Project) -> None:
        self._document.attach(underlay.name, body)
        self._document.save(project, f"underlay {underlay.name}")

    def content(self, digest: str) -> bytes | None:
        return self._document.content(digest) if self._document.holds(digest) else None

    def close(self) -> None:
        self._document.close()


class DocumentAnswers:
    """The answers of a project file."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def get(self, digest: str) -> Any | None:
        return self._document.answer(digest)

    def put(self, digest: str, kind: str, body: Any) -> None:
        self._document.store_answer(digest, kind, body)

    def all_of(self, kind: str | None = None) -> tuple[Answer, ...]:
        return self._document.answers(kind)
