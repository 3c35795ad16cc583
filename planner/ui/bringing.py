"""Bringing the architect's drawing in from the page: read by a helper, shown with what was read, kept as one step."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.project import DrawingSource
from planner.ui import kit
from planner.ui.helpers import in_process
from planner.ui.jobs import Snap, Work
from planner.ui.running import JobBar
from planner.ui.session import Session
from solvers.effort import Cancel, Report

KIND = "import"
ENDINGS = (".dxf", ".dwg", ".ifc", ".svg", ".pdf")
MOST_MB = 50
UNITS = ("mm", "cm", "m", "in", "ft")


class ImportDialog:
    """Choose a file, look at what was read, take it. `part` stands somewhere on the page."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._file = kit.upload(words("page.import.choose", most_mb=MOST_MB), ENDINGS, MOST_MB, css_classes=["cl-import-file"])
        self._file.param.watch(lambda _: self._read(), "value")
        units = {words("page.import.by_itself"): ""} | {unit: unit for unit in UNITS}
        self._unit = kit.select(words("page.import.unit"), units, "", width=240, sizing_mode=None)
        self._job = JobBar(session, KIND, words("page.import.read"), self._work, self._ended)
        self._found = kit.column()
        self._result: Any = None
        self.part = kit.dialog(
            words("page.plan.import"),
            kit.text(words("page.import.told"), kind="quiet"),
            kit.row(self._file, self._unit, self._job.start_button),
            self._job.bar,
            self._found,
            width_option="md",
        )

    def open(self) -> None:
        """Show it."""
        self.part.open = True

    def refresh(self) -> None:
        """How far the reading is."""
        self._job.refresh()

    def _read(self) -> None:
        if self._file.value:
            self._job.start()

    def _work(self) -> Work:
        body, name = self._file.value, self._file.filename
        if not body or not name:
            raise BadInput("page.import.no_file")
        if len(body) > MOST_MB * 2**20:
            raise BadInput("page.upload_too_large", file=str(name), most_mb=MOST_MB)
        return in_process(read_body, Path(str(name)).name, bytes(body), self._unit.value)

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        if snap.error is not None:
            self._found.objects = [kit.note(words.of_input(snap.error), "error")]
            return
        self._result = snap.result
        plan, answer, svg, _ = snap.result
        question = answer.get("question")
        parts: list[Any] = []
        if plan is not None:
            counts = {name: answer.get(name, 0) for name in ("walls", "doors", "columns")}
            parts.append(kit.text(words("page.import.found", area=answer["outline_m2"], unit=answer["unit"], **counts)))
        if question is not None:
            parts.append(kit.note(words(question["code"], **question["values"]), "warning"))
        told = [words.known_with(w["code"], w["values"]) for w in answer.get("warnings", ())[:6]]
        if told:
            parts.append(kit.bullets(told))
        if svg:
            parts.append(kit.image(svg, words("page.import.picture"), tall="40vh"))
        if plan is not None:
            parts.append(kit.row(kit.button(words("page.import.take"), self._take, css_classes=["cl-import-take"])))
        self._found.objects = parts

    def _take(self) -> None:
        """The plan enters the project as one step; the drawing is kept with it."""
        session = self._session
        plan, answer, _, body = self._result
        name = Path(str(self._file.filename)).name
        from planner.files import sha256

        drawing = DrawingSource(name=name, sha256=sha256(body), unit=str(answer.get("unit") or ""))
        with session.told():
            session.workspace.take_drawing(drawing, body, replace(session.project, plan=plan, drawing=drawing))
            self.part.open = False
            session.notify(session.words("page.import.taken", file=name), "success")


def read_body(name: str, body: bytes, unit: str, report: Report, cancel: Cancel) -> tuple[Any, dict[str, Any], str, bytes]:
    """The plan in a drawing, what was read, a picture of it, and the drawing again; no plan where the scale is unknown."""
    from layouts.readers.preview import preview_svg
    from planner.importing import bring, recipe_from

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(body)
        try:
            brought = bring(file, recipe_from(None, file, unit=unit))
        except BadInput as error:
            raise BadInput(error.code, file=name, place=error.place, **error.values) from None
    read = brought.read
    return (read.plan if read else None), brought.answer, (preview_svg(read) if read else ""), body
