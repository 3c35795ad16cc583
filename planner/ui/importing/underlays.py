"""Scans and printed pages under the plan: put there by two points of known distance, edited and removed in a list.

dialog = UnderlayDialog(session)     # dialog.view() once on the page; dialog.open(); dialog.refresh() with the page
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import panel as pn

from layouts.findings import BadInput
from planner import recipe_options as options
from planner.project import UnderlaySource
from planner.ui import kit
from planner.ui.importing.uploads import MOST_MB, PICTURES, Upload, UploadFolder, forget_name, renamed, tell_refusals
from planner.ui.jobs import Snap, Work, job_snap, start_job
from planner.ui.running import JobBar
from planner.ui.session import Session
from planner.ui.viewing.views import Pair, Views
from solvers.effort import Cancel, Progress, Report

KINDS = (*PICTURES, ".pdf")
SCREEN_PX = 2600
VIEW_WORDS = ("zoom_in", "zoom_out", "fit", "line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A picture for the dialog: its size in its own pixels (of a page in points), and what a browser can show of it."""

    width_px: int
    height_px: int
    paper: bool
    media: str
    body: bytes

    @property
    def href(self) -> str:
        return f"data:{self.media};base64,{base64.b64encode(self.body).decode()}"


class UnderlayDialog:
    """One for a tab."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._uploads = UploadFolder()
        self._upload: Upload | None = None
        self._seen: Seen | None = None
        self._kind, self._keep_kind = f"underlay-{id(self):x}", f"keep-underlay-{id(self):x}"
        self._kept_version = 0
        self._listed: Any = None
        self._file = kit.upload(
            words("page.underlay.choose"), KINDS, MOST_MB, css_classes=["cl-underlay-file"], icon="add_photo_alternate"
        )
        self._file.param.watch(lambda _: self._taken_up(), "value")
        tell_refusals(self._file, self._tell, KINDS)
        self._page = kit.whole_field(words("page.underlay.page"), 1, 1, 10_000, width=110, sizing_mode=None, visible=False)
        self._page.param.watch(lambda _: self._look(), "value")
        self._job = JobBar(session, self._kind, words("page.underlay.choose"), self._work, self._ended, keeps=lambda: False)
        self._trouble = kit.column()
        self._views = Views(self._picked, words={n: words(f"page.view.{n}") for n in VIEW_WORDS}, visible=False, tall="44vh")
        small = {"width": 150, "sizing_mode": None}
        self._p = kit.text_field(words("page.bring.point_p"), css_classes=["cl-underlay-p"], **small)
        self._q = kit.text_field(words("page.bring.point_q"), css_classes=["cl-underlay-q"], **small)
        self._length = kit.text_field(
            words("page.bring.length"), placeholder="8.6 m", css_classes=["cl-underlay-length"], **small
        )
        self._at = kit.text_field(words("page.underlay.at"), "0, 0", width=210, sizing_mode=None)
        self._turn = kit.number_field(
            words("page.underlay.rotation"), 0.0, -360.0, 360.0, step=1.0, width=130, sizing_mode=None
        )
        self._flat = kit.switch(words("page.underlay.level_line"), True)
        self._opacity = kit.whole_field(words("page.underlay.opacity"), 50, 0, 100, width=130, sizing_mode=None)
        self._locked = kit.switch(words("page.underlay.locked"), True)
        self._storey = kit.select(words("page.underlay.storey"), {}, width=200, sizing_mode=None, visible=False)
        self._put = kit.button(words("page.underlay.put"), self._keep, icon="check", css_classes=["cl-underlay-put"])
        self._form = kit.column(
            kit.text(words("page.underlay.two_points"), kind="quiet"),
            kit.row(self._p, self._q, self._length, self._at, self._storey),
            kit.row(self._flat, self._turn, self._opacity, self._locked),
            kit.row(self._put),
            visible=False,
        )
        self._list = kit.column()
        self._part = kit.dialog(
            words("page.underlay.title"),
            kit.text(words("page.underlay.told"), kind="quiet"),
            self._list,
            kit.row(self._file, self._page, self._job.cancel_button),
            self._job.bar,
            self._job.told,
            self._trouble,
            self._views,
            self._form,
            close=words("page.palette.close"),
            width_option="lg",
            css_classes=["cl-underlay"],
        )
        pn.state.on_session_destroyed(lambda _: self._forget())

    def view(self) -> Any:
        """Stands somewhere on the page; seen once it is open."""
        return self._part

    def open(self, upload: Upload | None = None) -> None:
        """Show it; with a picture that was handed over already, go on with that."""
        self._part.open = True
        self._paint_list()
        if upload is not None:
            self._clear()
            self._take_up(upload.file.read_bytes(), upload.name)

    def refresh(self) -> None:
        """How far looking and keeping are; the list as the project is."""
        self._job.refresh()
        snap = job_snap(self._session.workspace, self._keep_kind)
        if snap.version > self._kept_version and not snap.running:
            self._kept_version = snap.version
            self._ended_keeping(snap)
        if self._part.open:
            self._paint_list()

    # -- the picture ------------------------------------------------------------------------------------------------

    def _taken_up(self) -> None:
        if self._file.value is not None:
            self._clear()
            self._take_up(self._file.value, self._file.filename)

    def _take_up(self, body: Any, name: Any) -> None:
        try:
            self._upload = self._uploads.take(body, name, KINDS)
        except BadInput as error:
            forget_name(self._file)
            self._tell(error)
            return
        self._page.visible = self._upload.file.suffix == ".pdf"
        self._look()

    def _look(self) -> None:
        if self._upload is not None:
            self._job.start()

    def _work(self) -> Work:
        assert self._upload is not None
        upload, page = self._upload, int(self._page.value or 1)

        def work(report: Report, cancel: Cancel) -> Any:
            try:
                return looked_at(upload.file, page, report, cancel)
            except BadInput as error:
                raise renamed(error, upload) from None

        return work

    def _ended(self, snap: Snap) -> None:
        if snap.error is not None:
            self._clear(keep_upload=True)
            self._tell(snap.error)
            return
        if not isinstance(snap.result, Seen):
            return
        words, project = self._session.words, self._session.project
        self._seen = seen = snap.result
        levels = {lv.name or lv.id: lv.id for lv in project.plan.levels} if project.plan else {}
        self._storey.param.update(options=levels, value=next(iter(levels.values()), None), visible=len(levels) > 1)
        with kit.hold():
            self._trouble.objects = []
            self._views.pictures = [
                {
                    "title": self._upload.name if self._upload else "",
                    "alt": words("page.underlay.picture"),
                    "href": seen.href,
                    "box": [0, 0, seen.width_px, seen.height_px],
                }
            ]
            self._views.picking = "line"
            self._views.visible = self._form.visible = True

    def _picked(self, mode: str, points: list[Pair]) -> None:
        """Two points of the picture; of a page they count from its lower left, as drawing units do."""
        if self._seen is None or mode != "line":
            return
        tall = self._seen.height_px if self._seen.paper else 0
        shown = [(x, tall - y if tall else y) for x, y in points]
        self._p.value, self._q.value = (f"{x:.1f}, {y:.1f}" for x, y in shown[:2])

    # -- keeping ----------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        try:
            work = self._keeping()
        except BadInput as error:
            self._tell(error)
            return
        self._put.disabled = True
        start_job(self._session.workspace, self._keep_kind, work)

    def _keeping(self) -> Work:
        from planner.underlays import add_underlay

        upload, workspace = self._upload, self._session.workspace
        if upload is None:
            raise BadInput("page.bring.no_file")
        p, q, length_mm = options.two_points((self._p.value or "", self._q.value or "", self._length.value or ""))
        at = options.point_from(self._at.value or "")
        if at is None:
            raise BadInput("underlay.at", given=str(self._at.value))
        said = {
            "at_mm": at,
            "level": bool(self._flat.value),
            "rotation_deg": float(self._turn.value or 0.0),
            "opacity": (self._opacity.value or 0) / 100,
            "locked": bool(self._locked.value),
            "page": int(self._page.value or 1),
            "name": upload.name,
            "on_level": self._storey.value or "",
        }

        def work(report: Report, cancel: Cancel) -> Any:
            report(Progress(stage="keep_drawing"))
            try:
                return add_underlay(workspace, upload.file, p, q, length_mm, **said)  # type: ignore[arg-type]
            except BadInput as error:
                raise renamed(error, upload) from None

        return work

    def _ended_keeping(self, snap: Snap) -> None:
        self._put.disabled = False
        if snap.error is not None:
            self._tell(snap.error)
            return
        told = self._session.words("page.underlay.taken", file=self._upload.name if self._upload else "")
        self._clear()
        self._paint_list()
        self._session.notify(told, "success")

    # -- the list ---------------------------------------------------------------------------------------------------

    def _paint_list(self) -> None:
        project, words = self._session.project, self._session.words
        if project.underlays == self._listed:
            return
        self._listed = project.underlays
        rows = [underlay_row(lies, words, self._change) for lies in project.underlays]
        self._list.objects = [kit.heading(words("page.underlay.kept"), 3), *rows] if rows else []

    def _change(self, name: str, **fields: Any) -> None:
        """Other properties of one, or None to take it away: one step."""
        project = self._session.project
        if fields.get("remove"):
            kept = tuple(u for u in project.underlays if u.id != name)
        else:
            kept = tuple(replace(u, **fields) if u.id == name else u for u in project.underlays)
        if kept != project.underlays:
            self._session.change(replace(project, underlays=kept), "page.step.underlay")
        self._listed = None if fields.get("remove") else kept

    # -- small things -----------------------------------------------------------------------------------------------

    def _tell(self, error: BadInput) -> None:
        sentence = self._session.words.of_input(error)
        self._trouble.objects = [kit.note(sentence, "error", css_classes=["cl-underlay-trouble"])]

    def _clear(self, keep_upload: bool = False) -> None:
        self._seen = None
        if not keep_upload:
            self._upload = None
            self._page.visible = False
        self._trouble.objects = []
        self._views.visible = self._form.visible = False

    def _forget(self) -> None:
        self._job.cancel()
        for kind in (self._kind, self._keep_kind):
            with suppress(KeyError):  # nothing of that kind was ever begun
                del self._session.workspace.jobs[kind]
        self._uploads.close()


def underlay_row(lies: UnderlaySource, words: Any, change: Callable[..., None]) -> Any:
    """One picture under the plan: what it is, how strong, how turned, whether it moves."""
    wide, tall = lies.width_px * lies.mm_per_px / 1000, lies.height_px * lies.mm_per_px / 1000
    opacity = kit.whole_field(words("page.underlay.opacity"), round(100 * lies.opacity), 0, 100, width=120, sizing_mode=None)
    opacity.param.watch(lambda e: change(lies.id, opacity=min(100, max(0, e.new or 0)) / 100), "value")
    turn = kit.number_field(words("page.underlay.rotation"), lies.rotation_deg, -360.0, 360.0, 1.0, width=120, sizing_mode=None)
    turn.param.watch(lambda e: change(lies.id, rotation_deg=float(e.new) if math.isfinite(e.new or 0) else 0.0), "value")
    told = words("page.underlay.lies", name=lies.name, wide=f"{wide:.1f}", tall=f"{tall:.1f}")
    locked = kit.switch(words("page.underlay.locked"), lies.locked)
    locked.param.watch(lambda e: change(lies.id, locked=bool(e.new)), "value")
    return kit.row(
        kit.text(told, width=300, sizing_mode=None),
        opacity,
        turn,
        locked,
        kit.icon_button(
            "delete", words("page.underlay.remove", name=lies.name), lambda: change(lies.id, remove=True),
            css_classes=["cl-underlay-remove"],
        ),
    )  # fmt: skip


def looked_at(file: Path, page: int, report: Report, cancel: Cancel) -> Seen:
    """The size of a picture and what a browser can show of it, told in a process of its own that can be stopped."""
    from planner.underlays import look_at

    report(Progress(stage="read_drawing"))
    picture, media, shown = look_at(file, page, SCREEN_PX, lambda: bool(cancel))
    return Seen(width_px=picture.width_px, height_px=picture.height_px, paper=picture.kind == "PDF", media=media, body=shown)
