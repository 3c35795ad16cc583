"""Who comes when: the table and its curve, cells pasted from a spreadsheet, files and ticket logs."""

from __future__ import annotations

from typing import Any

from exports.one_line import drawn
from layouts.findings import BadInput
from planner.intake.naming import IntakeOptions
from planner.intake.tables_file import PROFILES
from planner.project import Project
from planner.ui import kit
from planner.ui.demand import edits
from planner.ui.demand.arrivals import arrival_chart, arrival_rows, column_of, day_sums
from planner.ui.demand.asking import questions_of, with_answers
from planner.ui.demand.catching import Catch
from planner.ui.demand.cells import NUMBER, evened
from planner.ui.demand.paste import Pasted, anchored, pasted
from planner.ui.demand.services import unlike
from planner.ui.demand.sheet import settle
from planner.ui.demand.taking import (
    ENDINGS,
    KIND,
    MOST_MB,
    Offered,
    before_after_rows,
    fault_lines,
    taking_work,
    time_rows,
    told_lines,
    wait_rows,
)
from planner.ui.importing.uploads import forget_name, tell_refusals
from planner.ui.jobs import Snap, job_snap, start_job
from planner.ui.session import Session


class ArrivalsPart:
    """One kind of day at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._day = kit.select(words("page.demand.day_type"), {}, width=260, sizing_mode=None, css_classes=["cl-day-type"])
        self._day.param.watch(lambda _: self._paint(), "value")
        self._sums = kit.row(gap="28px")
        self._curve = kit.column()
        self._holder = kit.column()
        self._fault = kit.text("", css_classes=["cl-arrivals-fault"], visible=False)
        self._paste = PasteDialog(session, lambda: self._day.value)
        self._file = FileCard(session)
        paste = kit.button(
            words("page.demand.paste"), self._paste.open, icon="content_paste", kind="outlined", css_classes=["cl-paste"]
        )
        self._none = kit.note(words("page.demand.no_days"), visible=False)
        self._body = kit.column(
            Catch("cl-arrivals", self._caught),
            self._none,
            kit.card("", kit.row(self._day, paste), self._sums, self._curve, self._fault, self._holder),
            self._file.view(),
        )
        self._painting = False
        self._shape: Any = None
        self._table: Any = None

    def view(self) -> Any:
        return self._body

    def windows(self) -> Any:
        """What opens over the page: it stands outside the part, which is built only when it is first looked at."""
        return self._paste.view()

    def open_paste(self) -> None:
        """Ask for cells of a spreadsheet."""
        self._paste.open()

    def _caught(self, text: str, row: int, column: str) -> None:
        """Cells pasted onto the table itself."""
        project = self._session.project
        day = next((d for d in project.day_types if d.id == self._day.value), None)  # none where it was removed meanwhile
        named = dict(zip(map(column_of, range(len(project.services))), project.services))
        with self._session.told():
            service = named[column].id if column in named else ""
            self._paste.open(anchored(project, day, text, service, row) if service and day else text, service)

    def refresh(self) -> None:
        """The project as it stands now."""
        project = self._session.project
        options = unlike({d.id: d.name for d in project.day_types})
        self._painting = True
        keep = self._day.value if self._day.value in options.values() else next(iter(options.values()), None)
        kit.refill(self._day, options, keep)
        self._painting = False
        self._paint()

    def follow(self) -> None:
        """The file that is being read."""
        self._file.refresh()

    def _paint(self) -> None:
        if self._painting:
            return
        words, project = self._session.words, self._session.project
        self._none.visible = not project.day_types
        day = next((d for d in project.day_types if d.id == self._day.value), None)
        if day is None:
            self._holder.objects, self._curve.objects, self._sums.objects = [], [], []
            return
        self._sums.objects = [
            kit.figure_of(words("page.demand.persons_on", day=d.name), words.number(day_sums(project)[d.id], 1))
            for d in project.day_types
        ]
        self._curve.objects = [kit.plot(arrival_chart(project, day, words))]
        rows = arrival_rows(project, day)
        shape = (day.id, tuple((s.id, s.name) for s in project.services))
        if shape != self._shape:
            self._shape = shape
            self._table = self._made(project, rows)
            self._holder.objects = [self._table]
        else:
            settle(self._table, rows)

    def _made(self, project: Project, rows: list[dict[str, Any]]) -> Any:
        words = self._session.words
        services = {column_of(n): drawn(s.name) for n, s in enumerate(project.services)}
        columns = {"start": words("page.demand.arrivals.start")} | services | {"sum": words("page.demand.arrivals.sum")}
        made = kit.table(
            columns, rows, editable=list(services), on_edit=self._edited, css_classes=["cl-arrivals"],
            sortable=False, frozen_columns=["start"], widths=dict.fromkeys((*services, "sum"), 104), numbers=[*services, "sum"],
            layout="fit_data",  # figures at the right of a last column that takes all the room would stand far from the others
        )  # fmt: skip
        made.editors = {**made.editors, **{name: {"type": "input", "selectContents": True} for name in services}}
        return made

    def _edited(self, row: int, name: str, new: Any, old: Any) -> None:
        project, words = self._session.project, self._session.words
        day = next((d for d in project.day_types if d.id == self._day.value), None)
        shape = (day.id, tuple((s.id, s.name) for s in project.services)) if day else None
        starts = edits.intervals_of(day, project.planning.interval_min) if day else ()
        at = int(name[1:])
        if day is None or shape != self._shape or row >= len(starts):  # typed where another tab has changed the table meanwhile
            kit.say(self._fault, words("page.stale", file=self._session.workspace.path.name))
            self._fault.visible = True
            self._paint()
            return
        service, start = project.services[at], starts[row]
        try:
            persons = NUMBER.read(new, f"{service.name}, {words.clock(start)}")
            changed = edits.with_persons(project, day.id, {(service.id, start): persons})
            self._session.workspace.change(changed, "edit arrivals")
            self._fault.visible = False
        except BadInput as error:
            kit.say(self._fault, words.of_input(error))
            self._fault.visible = True
            settle(self._table, arrival_rows(project, day))


class PasteDialog:
    """Text, what it means, and only then one change."""

    def __init__(self, session: Session, day_type: Any) -> None:
        self._session, self._day_type = session, day_type
        words = session.words
        self._text = kit.text_area(words("page.demand.paste.text"), "", rows=10, css_classes=["cl-paste-text"])
        self._service = kit.select(words("page.demand.paste.one_service"), {"–": ""}, "", css_classes=["cl-paste-service"])
        self._told = kit.column(css_classes=["cl-paste-told"])
        self._apply_button = kit.button(
            words("page.demand.paste.apply"), self._apply, icon="check", disabled=True, css_classes=["cl-paste-apply"]
        )
        look = kit.button(words("page.demand.paste.look"), self._look, kind="outlined", css_classes=["cl-paste-look"])
        self._text.param.watch(lambda _: self._look(), "value")
        self._service.param.watch(lambda _: self._look(), "value")
        self._offer: tuple[int, Pasted] | None = None
        self._dialog = kit.dialog(
            words("page.demand.paste"), kit.text(words("page.demand.paste.told"), kind="quiet"), self._text, self._service,
            kit.row(look, self._apply_button), self._told, close=words("page.palette.close"),
        )  # fmt: skip

    def view(self) -> Any:
        return self._dialog

    def open(self, text: str = "", service: str = "") -> None:
        """Empty, or with what was pasted elsewhere, on the services of today."""
        services = unlike({s.id: s.name for s in self._session.project.services})
        self._service.param.update(options={"–": ""} | services, value=service)
        self._text.value = text
        self._look()
        self._dialog.open = True

    def _look(self) -> None:
        project, words = self._session.project, self._session.words
        day = next((d for d in project.day_types if d.id == self._day_type()), None)
        if not self._text.value.strip() or day is None:
            self._show(None)
            return
        rev = self._session.workspace.rev
        try:
            found = pasted(project, day, self._text.value, self._service.value or "")
        except BadInput as error:
            self._show(None, kit.note(words.of_input(error), "error"))
            return
        services = {s.id: s.name for s in project.services}
        names = [id_ for id_ in services if any(service == id_ for service, _ in found.persons)]
        starts = sorted({start for _, start in found.persons})
        told_of = {f"p{n}": evened([found.persons.get((id_, s)) for s in starts]) for n, id_ in enumerate(names)}
        rows = [{"start": words.clock(s)} | {name: told_of[name][n] for name in told_of} for n, s in enumerate(starts)]
        columns = {"start": words("page.demand.arrivals.start")}
        columns |= {f"p{n}": drawn(services[id_]) for n, id_ in enumerate(names)}
        told = words(
            "page.demand.paste.means",
            changed=found.changed,
            before=words.number(found.before, 1),
            after=words.number(found.after, 1),
        )
        self._show((rev, found), kit.text(told), _figures(columns, rows, 1))

    def _show(self, offer: tuple[int, Pasted] | None, *parts: Any) -> None:
        self._offer = offer
        self._apply_button.disabled = offer is None
        self._told.objects = list(parts)

    def _apply(self) -> None:
        if self._offer is None:
            return
        rev, found = self._offer
        try:
            self._session.workspace.change(found.project, "paste arrivals", rev)
        except BadInput as error:  # told in the window, which would lie over a message at the foot; what is offered is of now
            self._look()
            self._told.objects = [kit.note(self._session.words.of_input(error), "error"), *self._told.objects]
        else:
            self._dialog.open = False
            self._session.notify(self._session.words("page.demand.paste.done", changed=found.changed), "success")


class FileCard:
    """A file read away from the page, what it says, and only then one change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._upload = kit.upload(words("page.demand.file.choose"), ENDINGS, MOST_MB, css_classes=["cl-demand-file"])
        self._upload.param.watch(lambda _: self._given(), "value")
        tell_refusals(self._upload, self._refused, ENDINGS, MOST_MB)
        self._skip = kit.checkbox(words("page.demand.file.skip"))
        self._keep = kit.checkbox(words("page.demand.file.keep_times"))
        self._profile = kit.select(
            words("page.demand.file.profile"), {words(f"page.demand.file.profile.{p}"): p for p in PROFILES}, "project",
            width=260, sizing_mode=None,
        )  # fmt: skip
        for box in (self._skip, self._keep, self._profile):
            box.param.watch(lambda _: self._again(), "value")
        self._told = kit.column(css_classes=["cl-file-told"])
        self._offered: Offered | None = None
        self._answers: dict[tuple[str, str], str] = {}
        self._painted = job_snap(session.workspace, KIND)

    def view(self) -> Any:
        words = self._session.words
        return kit.card(
            words("page.demand.file"), kit.text(words("page.demand.file.told"), kind="quiet"),
            kit.row(self._upload, self._profile), kit.row(self._skip, self._keep), self._told,
        )  # fmt: skip

    def refresh(self) -> None:
        """Paint what the reading has come to."""
        snap = job_snap(self._session.workspace, KIND)
        if snap is not self._painted:
            self._painted = snap
            self._paint(snap)

    def _given(self) -> None:
        if self._upload.filename:
            self._offered = Offered(name=str(self._upload.filename), body=bytes(self._upload.value or b""))
            self._answers = {}
            self._again()

    def _again(self) -> None:
        if self._offered is None:
            return
        options = IntakeOptions(skip=self._skip.value, keep_times=self._keep.value, profile=self._profile.value)
        try:
            work = taking_work(self._session.project, self._offered, with_answers(options, self._answers))
        except BadInput as error:
            self._refused(error)
            return
        start_job(self._session.workspace, KIND, work)

    def _refused(self, error: BadInput) -> None:
        """Told here, and what was offered before is no longer on offer."""
        self._offered = None
        forget_name(self._upload)
        self._told.objects = [kit.note(self._session.words.of_input(error), "error")]

    def _paint(self, snap: Snap) -> None:
        words, project = self._session.words, self._session.project
        if snap.running:
            self._told.objects = [kit.text(words("page.demand.file.reading"), kind="quiet")]
            return
        if snap.error is not None:
            self._told.objects = self._asked(snap.error) or [kit.note(words.of_input(snap.error), "error")]
            return
        if snap.result is None:
            return
        told = snap.result.told
        day = {name: words(f"page.demand.file.col.{name}") for name in ("day", "before", "after")}
        parts: list[Any] = [kit.bullets(told_lines(told, words)), _figures(day, before_after_rows(project, told, words), 1)]
        if rows := wait_rows(told, words):
            columns = {n: words(f"page.demand.file.col.{n}") for n in ("service", "tickets", "per_day", "left", "mean", "p90")}
            parts += [kit.heading(words("page.demand.file.waits"), 3), _figures(columns, rows, 1)]
        if rows := time_rows(project, told, words):
            columns = {n: words(f"page.demand.file.col.{n}") for n in ("service", "bank", "before", "after", "cv")}
            parts += [kit.heading(words("page.demand.file.times"), 3), _figures(columns, rows, 2)]
        if faults := fault_lines(told, words, told["file"]):
            parts += [kit.heading(words("page.demand.file.faults"), 3), kit.bullets(faults)]
        take = kit.button(words("page.demand.file.take"), lambda: self._take(snap), icon="check", css_classes=["cl-file-take"])
        leave = kit.button(words("page.demand.file.leave"), self._leave, kind="text", css_classes=["cl-file-leave"])
        self._told.objects = [*parts, kit.row(take, leave)]

    def _asked(self, error: BadInput) -> list[Any]:
        """What the file leaves open, as lists to choose from; nothing where there is no such question."""
        words = self._session.words
        asked = questions_of(error, self._session.project, words)
        if not asked or self._offered is None:
            return []
        boxes = [
            kit.select(q.label, q.choices, self._answers.get((q.part, q.key), ""), width=300, sizing_mode=None,
                       css_classes=["cl-file-question"])
            for q in asked
        ]  # fmt: skip

        def go_on() -> None:
            self._answers |= {(q.part, q.key): box.value for q, box in zip(asked, boxes, strict=True) if box.value}
            self._again()

        go = kit.button(words("page.demand.file.read_so"), go_on, icon="check", css_classes=["cl-file-read-so"])
        told = kit.note(words(f"page.demand.file.ask.{asked[0].part}", file=self._offered.name), "info")
        return [told, kit.row(*boxes), kit.row(go)]

    def _take(self, snap: Snap) -> None:
        if self._session.change(snap.result.project, f"take {self._painted.result.told['kind']}", snap.rev):
            self._leave()
            self._session.notify(self._session.words("page.demand.file.done"), "success")
        else:
            self._again()  # read anew for the project as it stands now

    def _leave(self) -> None:
        self._offered = None
        self._told.objects = []


def _figures(columns: dict[str, str], rows: list[dict[str, Any]], named: int) -> Any:
    """A table that shares its width; after `named` columns of names come figures."""
    return kit.table(columns, rows, numbers=list(columns)[named:], sortable=False, **kit.EVEN)
