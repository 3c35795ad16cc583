"""The page *Hand-over*: the whole package, or single files, as one download."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.ui import kit
from planner.ui.carried import chain_work
from planner.ui.handlers import zipped
from planner.ui.jobs import Snap
from planner.ui.names import Names, known_of_project
from planner.ui.running import JobBar
from planner.ui.session import Session
from planner.ui.shown import Notes
from planner.ui.states import answered_of
from planner.ui.viewing.model import Model
from planner.ui.viewing.views import Views, box_of_svg
from solvers.effort import Cancel, Effort, Report

KIND = "deliver"
SINGLE = ("dxf", "pdf", "svg", "glb", "stl", "html", "xlsx", "ics")
MOST_SHEETS = 6
VIEW_WORDS = ("zoom_in", "zoom_out", "fit")
MODEL_WORDS = ("alt", "keys", "turn_left", "turn_right", "from_above", "above", "fittings", "no_webgl")
EFFORTS = {"quick": 10.0, "standard": 30.0, "thorough": 120.0}


class HandoverPage:
    """Chooses, writes, checks and hands over."""

    id = "handover"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._what = kit.one_of(
            {words("page.handover.package"): "package", words("page.handover.single"): "single"},
            "package",
            css_classes=["cl-what"],
            width=440,
        )
        self._kinds = kit.many(
            {words(f"page.handover.kind.{k}"): k for k in SINGLE}, ["dxf", "pdf"], visible=False, css_classes=["cl-kinds"]
        )
        self._what.param.watch(lambda e: self._choose(e.new), "value")
        self._effort = kit.select(
            words("page.layout.effort"),
            {words(f"page.layout.effort.{e}"): e for e in EFFORTS},
            "quick",
            width=260,
            sizing_mode=None,
        )
        self._job = JobBar(
            session, KIND, words("page.handover.make"), self._work, self._ended, keeps=lambda: self._what.value == "package"
        )
        self._answer = kit.column()
        self._before = Notes()
        self._zip: bytes = b""
        self._drawn: list[Views | Model] = []
        self._is_dark = False

    def view(self) -> Any:
        words = self._session.words
        return kit.page(
            kit.heading(words("page.handover.title"), 1),
            kit.text(words("page.handover.told"), kind="quiet"),
            self._before.view(),
            kit.card("", self._what, self._kinds, kit.row(self._effort, self._job.start_button, self._job.cancel_button),
                     self._job.bar, self._job.told),
            self._answer,
        )  # fmt: skip

    def refresh(self) -> None:
        """What is missing, and how far the package is."""
        from planner.readiness import readiness

        words = self._session.words
        if self._job.refresh().running and self._answer.objects:
            self._answer.objects, self._drawn = [], []  # what was made before is not what is being made
        state = readiness(self._session.project, answered_of(self._session.workspace))["handover"]
        self._before.say([words(code, **values) for code, values in state.missing])

    def dark(self, on: bool) -> None:
        """As the page."""
        self._is_dark = on
        for sheet in self._drawn:
            sheet.dark = on

    def _choose(self, what: str) -> None:
        self._kinds.visible = what == "single"
        self._effort.visible = what == "package"

    def _work(self) -> Any:
        effort = Effort(seconds=EFFORTS[self._effort.value])
        name = self._session.workspace.path.stem
        kinds = tuple(self._kinds.value) if self._what.value == "single" else ()
        if not kinds and self._what.value == "single":
            raise BadInput("page.handover.nothing_chosen")
        return chain_work(self._session.workspace, make_package, name, kinds, effort)

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        if snap.error is not None:
            self._answer.objects = [kit.note(words.of_input(snap.error), "error")]
            return
        told, files, self._zip = snap.result
        if not files and snap.state == "cancelled":
            return
        if not files:
            reasons = [words(part["code"], **part["values"]) for part in told.get("explanation") or ()]
            self._answer.objects = [kit.note(words("page.handover.none"), "warning"), kit.bullets(reasons)]
            return
        name = f"{self._session.workspace.path.stem} hand-over.zip"
        rows = [{"file": file, "size": words.bytes(size)} for file, size in files]
        columns = {"file": words("page.handover.file"), "size": words("page.handover.size")}
        self._answer.objects = [
            kit.card(
                words("page.handover.ready"),
                kit.row(*self._figures(told), gap="28px"),
                kit.row(kit.download(words("page.handover.download"), lambda: self._zip, name, css_classes=["cl-download"])),
                kit.table(columns, rows, numbers=("size",), widths={"file": "70%"}, **kit.EVEN),
            ),
            *self._failed(told),
            *self._sheets(),
        ]

    def _sheets(self) -> list[Any]:
        """The drawn sheets and the model as they will be opened."""
        words = self._session.words
        shown: list[Any] = []
        for name, svg in drawn_sheets(self._zip):
            seen = {"title": name, "alt": name, "href": kit.svg_uri(svg), "box": box_of_svg(svg)}
            zoom = {n: words(f"page.view.{n}") for n in VIEW_WORDS}
            shown.append(Views(pictures=[seen], words=zoom, tall="70vh", dark=self._is_dark, css_classes=["cl-sheet"]))
        self._drawn = list(shown)
        if not shown:
            shown = [kit.text(words("page.handover.no_sheets"), kind="quiet")]
        return [kit.card(words("page.handover.sheets"), *shown), kit.card(words("page.handover.model"), *self._models())]

    def _models(self) -> list[Any]:
        """The model that is handed over, to be walked round."""
        words = self._session.words
        data = model_of(self._zip)
        if data is None:
            return [kit.text(words("page.handover.no_model"), kind="quiet")]
        told = {n: words(f"page.view.{n}") for n in VIEW_WORDS} | {n: words(f"page.model.{n}") for n in MODEL_WORDS}
        model = Model(data, words=told, dark=self._is_dark, css_classes=["cl-model"])
        self._drawn.append(model)
        return [kit.text(words("page.model.keys"), kind="quiet"), model]

    def _figures(self, told: dict[str, Any]) -> list[Any]:
        words = self._session.words
        if "verified" not in told:
            return []
        gap = told.get("within_percent")
        return [
            kit.figure_of(words("page.handover.within"), "–" if gap is None else f"{gap:g} %"),
            kit.figure_of(words("page.measure.linearity_index"), words.number(told["linearity_index"], 1)),
            kit.figure_of(words("page.handover.duties"), words.number(told["duties"])),
            kit.figure_of(words("page.handover.shortages"), words.number(told["shortages_named"])),
            kit.figure_of(words("page.handover.checks"), words.number(told["checks_passed"])),
        ]

    def _failed(self, told: dict[str, Any]) -> list[Any]:
        words = self._session.words
        names = Names(words.language, known_of_project(self._session.project))
        failed = [words.of_finding(f, names) for f in told.get("findings", ()) if f["status"] == "fail"]
        return [kit.card(words("page.handover.failed"), kit.bullets(failed))] if failed else []


def drawn_sheets(package: bytes) -> list[tuple[str, str]]:
    """The drawings of a package that a page can show, by their names."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".svg")]
        return [(name, archive.read(name).decode()) for name in names[:MOST_SHEETS]]


def model_of(package: bytes) -> bytes | None:
    """The first model of a package; None where it holds none."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".glb")]
        return archive.read(names[0]) if names else None


def make_package(
    source: Any, name: str, kinds: tuple[str, ...], effort: Effort, report: Report, cancel: Cancel
) -> tuple[dict[str, Any], list[tuple[str, int]], bytes]:
    """The package, or the files asked for, as a zip with its list of files; empty where nothing could be made."""
    from planner.chain import deliver, export_files

    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "package"
        if kinds:
            folder.mkdir()
            told = export_files(source, {kind: folder / f"{name}.{kind}" for kind in kinds}, report, cancel)
        else:
            told = deliver(source, folder, effort, report, cancel, keep_roster=True)
        if not folder.is_dir() or (kinds and cancel):
            return told, [], b""
        files = [(p.relative_to(folder).as_posix(), p.stat().st_size) for p in sorted(folder.rglob("*")) if p.is_file()]
        kept = {k: v for k, v in told.items() if k not in ("layout", "capacity", "programme", "roster")}
        return kept, files, zipped(folder, name)
