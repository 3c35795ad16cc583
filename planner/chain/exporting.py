"""Single deliverables from the stored answers: no optimiser runs here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from exports.drawing import Drawing
from exports.pdf import write_pdf
from exports.report import report_html
from layouts.findings import BadInput
from planner.answers import newest
from planner.chain.answering import answers_of
from planner.chain.asked import Asked, ask
from planner.chain.checking import Judged
from planner.chain.delivering import write_manager_s_files
from planner.chain.drawing import floor_drawings, pictures, write_architect_s_dxf, write_model, write_svgs
from planner.chain.rostering import Rostered, stored_roster
from planner.chain.settled import in_force_today
from planner.source import ROSTER, InForce, ProjectSource, check_plan_of
from solvers.effort import Cancel, Progress, Report

Json = dict[str, Any]


def export_files(
    source: ProjectSource, wanted: Mapping[str, Path], report: Report = lambda _: None, cancel: Cancel | None = None
) -> Json:
    """Write each file asked for; the answer names them and the layout they show. All is looked up before any is written.

    When it is cancelled it ends with the file in hand.
    """
    stored = Stored(source)
    report(Progress(stage="check"))
    for kind, file in wanted.items():
        if kind not in WRITERS:
            raise BadInput("export.later", kind=kind)
        if not file.parent.is_dir():
            raise BadInput("document.missing_folder", file=str(file.parent))
        _ = stored.rostered if kind in ROSTER_FILES else stored.placed
    for n, (kind, file) in enumerate(wanted.items()):
        if cancel:
            break
        report(Progress(stage="write", done=n / len(wanted)))
        try:
            WRITERS[kind](stored, file)
        except OSError as error:
            raise BadInput("document.unwritable", file=str(file), reason=error.strerror or "") from None
    told: Json = {kind: str(file) for kind, file in wanted.items()}
    if not set(wanted) <= ROSTER_FILES:
        force = stored.placed[0]
        told["layout_in_force"] = {"candidate": force.name, "accepted": force.accepted}
    return told


@dataclass
class Stored:
    """What is stored, looked up when it is first wanted; BadInput says what must be computed first."""

    source: ProjectSource

    @cached_property
    def asked(self) -> Asked:
        return ask(self.source.project)

    @cached_property
    def placed(self) -> tuple[InForce, Judged, Json]:
        check_plan_of(self.source)
        found = in_force_today(self.source, self.asked)
        if found is None:
            raise BadInput("layout.none_yet", file=str(self.source.path))
        return found

    @cached_property
    def rostered(self) -> Rostered:
        answer = newest(self.source.answers, ROSTER)
        if answer is None:
            raise BadInput("roster.none_yet", file=str(self.source.path))
        return stored_roster(self.source.project, self.asked.capacity, answer.body, file=str(self.source.path))

    @cached_property
    def drawings(self) -> tuple[Drawing, ...]:
        _, judged, _ = self.placed
        return floor_drawings(self.source.project, judged.layout, judged.findings)


def _dxf(stored: Stored, file: Path) -> None:
    write_architect_s_dxf(stored.source, stored.drawings, file)


def _pdf(stored: Stored, file: Path) -> None:
    write_pdf(stored.drawings, file)


def _svg(stored: Stored, file: Path) -> None:
    write_svgs(stored.drawings, file)


def _glb(stored: Stored, file: Path) -> None:
    write_model(stored.source.project, stored.placed[1].layout, glb=file)


def _stl(stored: Stored, file: Path) -> None:
    write_model(stored.source.project, stored.placed[1].layout, stl=file)


def _html(stored: Stored, file: Path) -> None:
    """The report; without a stored roster that part is left out."""
    roster = stored.rostered.answer if newest(stored.source.answers, ROSTER) else None
    answers = answers_of(stored.asked, stored.placed[2], roster)
    language = stored.source.project.site.language
    file.write_text(report_html(answers, picture=pictures(stored.drawings), language=language), "utf-8")


def _xlsx(stored: Stored, file: Path) -> None:
    write_manager_s_files(stored.source, stored.rostered, file, None)


def _ics(stored: Stored, file: Path) -> None:
    write_manager_s_files(stored.source, stored.rostered, None, file)


WRITERS: dict[str, Callable[[Stored, Path], None]] = {
    "dxf": _dxf, "pdf": _pdf, "svg": _svg, "glb": _glb, "stl": _stl, "html": _html, "xlsx": _xlsx, "ics": _ics,
}  # fmt: skip
ROSTER_FILES = {"xlsx", "ics"}
