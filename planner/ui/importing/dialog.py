"""The import of a drawing from choosing a file to deciding for the plan: nothing is kept before people say so.

dialog = ImportDialog(session)     # dialog.view() once on the page; dialog.open(); dialog.refresh() with the page
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import panel as pn

from layouts.findings import BadInput
from planner.project import DrawingSource
from planner.recipe import recipe_from
from planner.recipe_options import opening_from
from planner.source import layout_in_force
from planner.ui import kit
from planner.ui.importing import found
from planner.ui.importing.form import RecipeForm
from planner.ui.importing.reading import Reading, keeping_work, reading_work
from planner.ui.importing.uploads import (
    DRAWINGS,
    MOST_MB,
    PICTURES,
    Upload,
    UploadFolder,
    nameless_if_refused,
    tell_refusals,
)
from planner.ui.jobs import Snap, Work, job_snap, start_job
from planner.ui.running import JobBar
from planner.ui.session import Session
from planner.ui.viewing.views import Pair, Views, box_of_svg

VIEW_WORDS = ("zoom_in", "zoom_out", "fit", "line", "box", "ring")


class ImportDialog:
    """One for a tab. `on_picture` is called when people chose a picture, which goes under the plan instead."""

    def __init__(self, session: Session, on_picture: Callable[[Upload], None] | None = None) -> None:
        self._session = session
        self._on_picture = on_picture
        words = session.words
        self._uploads = UploadFolder()
        self._upload: Upload | None = None
        self._recipe: DrawingSource | None = None
        self._reading: Reading | None = None
        self._kind, self._keep_kind = f"import-{id(self):x}", f"keep-import-{id(self):x}"
        self._kept_version = 0
        self._again = False
        self._file = kit.upload(
            words("page.bring.choose"), (*DRAWINGS, *PICTURES), MOST_MB, css_classes=["cl-bring-file"], icon="upload_file"
        )
        self._file.param.watch(lambda _: self._taken_up(), "value")
        tell_refusals(self._file, self._refused, (*DRAWINGS, *PICTURES))
        self._mode = kit.one_of(
            {words("page.bring.revise"): True, words("page.bring.other"): False},
            True,
            visible=False,
            css_classes=["cl-bring-mode"],
        )
        self._mode.param.watch(lambda _: self._start_over(), "value")
        self._job = JobBar(session, self._kind, words("page.bring.again"), self._work, self._ended, keeps=lambda: False)
        self._job.start_button.visible = False
        self._job.cancel_button.css_classes = ["cl-bring-cancel"]
        self._trouble = kit.column()
        self._views = Views(self._picked, words={name: words(f"page.view.{name}") for name in VIEW_WORDS}, visible=False)
        self._form = RecipeForm(words, self._tell, self._pick, self._guard)
        self._found = kit.column()
        self._census = kit.column()
        self._take = kit.button(
            words("page.bring.take"), self._keep, icon="check", visible=False, css_classes=["cl-bring-take"]
        )
        self._discard = kit.button(words("page.bring.discard"), self.close, kind="text")
        self._tabs = kit.tabs(
            (words("page.bring.tab.found"), self._found),
            (words("page.bring.tab.scale"), self._form.scale()),
            (words("page.bring.tab.layers"), self._form.layers()),
            (words("page.bring.tab.extent"), self._form.extent()),
            (words("page.bring.tab.census"), self._census),
            visible=False,
        )
        self._part = kit.dialog(
            words("page.bring.title"),
            kit.text(words("page.bring.told"), kind="quiet"),
            kit.row(self._file, self._mode, self._job.cancel_button),
            self._job.bar,
            self._job.told,
            self._trouble,
            kit.sides(kit.column(self._views), kit.column(self._tabs)),
            kit.row(self._take, self._discard),
            close=words("page.palette.close"),
            width_option="xl",
            css_classes=["cl-bring"],
        )
        pn.state.on_session_destroyed(lambda _: self._forget())

    def view(self) -> Any:
        """Stands somewhere on the page; seen once it is open."""
        return self._part

    def open(self) -> None:
        """Show it."""
        self._mode.visible = self._session.project.plan is not None
        self._part.open = True

    def close(self) -> None:
        """Without deciding: the project stays as it is, and the reading may be looked at again."""
        self._job.cancel()
        self._part.open = False

    def refresh(self) -> None:
        """How far reading and keeping are."""
        self._job.refresh()
        self._job.start_button.visible = False
        snap = job_snap(self._session.workspace, self._keep_kind)
        if snap.version > self._kept_version and not snap.running:
            self._kept_version = snap.version
            self._ended_keeping(snap)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _taken_up(self) -> None:
        """People chose a file."""
        if self._file.value is None:
            return
        self._clear()
        self._guard(self._take_up)

    def _refused(self, error: BadInput) -> None:
        self._clear()
        self._show_nothing(self._session.words.of_input(error))

    def _take_up(self) -> None:
        with nameless_if_refused(self._file):
            upload = self._uploads.take(self._file.value, self._file.filename, (*DRAWINGS, *PICTURES))
        if upload.is_picture and self._on_picture is not None:
            self._part.open = False
            self._on_picture(upload)
            return
        self._upload = upload
        self._start_over()

    def _start_over(self) -> None:
        """Read with the recipe that fits: of the plan before where this is a newer drawing of it, else none."""
        if self._upload is None:
            return
        earlier = self._session.project.drawing if self._revises else None
        self._recipe = recipe_from(earlier, self._upload.file)
        self._read()

    def _read(self) -> None:
        """Read as things stand now; what is being read is no longer wanted."""
        if job_snap(self._session.workspace, self._kind).running:
            self._again = True
            self._job.cancel()
        else:
            self._job.start()

    @property
    def _revises(self) -> bool:
        return bool(self._mode.visible and self._mode.value and self._session.project.drawing is not None)

    def _work(self) -> Work:
        session = self._session
        assert self._upload is not None
        assert self._recipe is not None
        force = layout_in_force(session.workspace.frozen()) if session.project.plan is not None else None  # type: ignore[arg-type]
        self._take.disabled = True
        return reading_work(
            self._upload, self._recipe, session.project.plan, force.layout if force else None, self._revises,
            session.words.language,
        )  # fmt: skip

    def _tell(self, fields: Mapping[str, Any]) -> None:
        """A decision about the reading: read again with it; an empty one takes an earlier one back."""
        if self._upload is None or self._recipe is None:
            return
        said = {name: value for name, value in fields.items() if value}
        cleared = {name: value for name, value in fields.items() if not value}
        before = replace(self._recipe, **cleared)
        recipe = recipe_from(before, self._upload.file, **said)
        if recipe != self._recipe:
            self._recipe = recipe
            self._read()

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        self._take.disabled = False
        if self._again:
            self._again = False
            self._job.start()
            return
        if snap.error is not None:
            self._show_nothing(words.of_input(snap.error))
            if layers := str(snap.error.values.get("layers", "")):
                self._form.offer_layers(layers.split(", "))
                self._tabs.param.update(visible=True, active=2)
            return
        if snap.result is None:
            self._show_nothing(words("page.bring.stopped"), "info")
            return
        self._reading = snap.result
        with kit.hold():
            self._paint(snap.result)

    # -- painting ---------------------------------------------------------------------------------------------------

    def _clear(self) -> None:
        self._reading = self._upload = self._recipe = None
        self._trouble.objects = []
        kit.say(self._job.told, "")
        self._views.visible = self._tabs.visible = self._take.visible = False

    def _show_nothing(self, sentence: str, severity: str = "error") -> None:
        self._reading = None
        kit.say(self._job.told, "")  # once is enough, and not beside what is said of the next file
        self._trouble.objects = [kit.note(sentence, severity, css_classes=["cl-bring-trouble"])]
        self._views.visible = self._tabs.visible = self._take.visible = False

    def _paint(self, reading: Reading) -> None:
        words = self._session.words
        answer, read = reading.brought.answer, reading.brought.read
        self._recipe = reading.brought.recipe
        asked: list[Any] = []
        if reading.brought.asks:
            code, values = answer["question"]["code"], answer["question"]["values"]
            sentence = words(code, **({"file": self._recipe.name, "place": ""} | dict(values)))
            asked = [
                kit.note(sentence, "warning", css_classes=["cl-bring-asks"]),
                found.question(answer, words, self._answer),
            ]
        self._trouble.objects = asked
        self._tabs.visible = True
        self._take.visible = read is not None and not reading.brought.asks
        self._form.fill(self._recipe, read.layers if read else {}, read.storeys if read else ())
        if read is None:
            self._views.visible = False
            self._found.objects = [kit.text(words("page.bring.answer_first"), kind="quiet")]
            self._census.objects = []
            self._tabs.active = 1
            return
        self._views.pictures = [
            {"title": "", "alt": words("page.bring.picture"), "href": kit.svg_uri(reading.svg), "box": box_of_svg(reading.svg)}
        ]
        self._views.picking = ""
        self._views.visible = True
        lines = found.doubts(answer, words, self._recipe.name)
        self._found.objects = [
            found.figures(answer, words),
            kit.heading(words("page.bring.how_sure"), 3),
            found.confidence(answer, words),
            *found.revision(answer, words),
            *found.doors(answer, words, lambda: self._take_doors(answer)),
            *([kit.heading(words("page.bring.doubts"), 3), kit.bullets(lines)] if lines else []),
        ]
        self._census.objects = [found.census(answer, words)]
        self._tabs.active = 0

    # -- pointing at the picture ------------------------------------------------------------------------------------

    def _pick(self, mode: str) -> None:
        """The next points on the picture are meant for a field."""
        if self._views.visible:
            self._views.picking = mode

    def _picked(self, mode: str, points: list[Pair]) -> None:
        reading = self._reading
        if reading is None or reading.brought.read is None or mode != self._views.picking:
            return
        self._views.picking = ""
        self._form.picked(mode, [(x, -y) for x, y in points], reading.brought.read.plan.frame)

    def _answer(self, choice: Mapping[str, Any]) -> None:
        """One of the readings of the scale."""
        self._tell({"unit": choice["unit"]} if choice["unit"] else {"scale_to_mm": choice["scale_to_mm"]})

    def _take_doors(self, answer: Mapping[str, Any]) -> None:
        """The guess at the ways in and out, as people told them: read again with it."""
        self._tell({"openings": tuple(opening_from(each["option"]) for each in answer["doors_offered"])})

    # -- deciding ---------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """The plan enters the project with its drawing and its recipe: one step."""
        if self._upload is None or self._reading is None or self._reading.brought.asks:
            return
        self._take.disabled = True
        start_job(
            self._session.workspace, self._keep_kind,
            keeping_work(self._session.workspace, self._upload, self._reading.brought),
        )  # fmt: skip

    def _ended_keeping(self, snap: Snap) -> None:
        self._take.disabled = False
        if snap.error is not None:
            sentence = self._session.words.of_input(snap.error)
            self._trouble.objects = [kit.note(sentence, "error", css_classes=["cl-bring-trouble"])]
            return
        name = self._upload.name if self._upload else ""
        self._part.open = False
        self._clear()
        self._session.notify(self._session.words("page.bring.taken", file=name), "success")

    # -- faults -----------------------------------------------------------------------------------------------------

    def _guard(self, run: Callable[[], None]) -> None:
        """What people gave and cannot be read is told in the dialog, where they are; the reading stays as it is."""
        try:
            run()
        except BadInput as error:
            sentence = self._session.words.of_input(error)
            self._trouble.objects = [kit.note(sentence, "error", css_classes=["cl-bring-trouble"])]

    def _forget(self) -> None:
        self._job.cancel()
        for kind in (self._kind, self._keep_kind):
            with suppress(KeyError):  # nothing of that kind was ever begun
                del self._session.workspace.jobs[kind]
        self._uploads.close()
