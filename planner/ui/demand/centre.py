"""What the centre is made of beside its services: banks, kinds of day, the promise, classes, appointments, growth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from layouts.findings import BadInput
from planner.project import Project
from planner.ranges import WAITING
from planner.ui import kit
from planner.ui.demand import edits
from planner.ui.demand.cells import NAME, NUMBER, SHARE, TIME, WHOLE, Cell, days_in, named_from, yes_or_no
from planner.ui.demand.entrances import door_cell, entrances_matter, with_all_entrances
from planner.ui.demand.sheet import Sheet
from planner.ui.session import Session
from planner.ui.words import Words
from solvers.services import Appointments, ServiceStandard, VisitorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A collection of the project as a table: its columns (from the project and the language), how one is added.

    `shown`: whether this project has anything to say there; `options` are the table's.
    """

    collection: str
    columns: Callable[[Project, Words], Mapping[str, Cell]]
    add: Callable[[Project, str], Project] | None
    shown: Callable[[Project], bool] = lambda _: True
    options: Mapping[str, Any] = field(default_factory=dict)


def _bank_kinds() -> tuple[str, ...]:
    from layouts.catalogue import fittings

    return tuple(sorted(k for k in fittings() if k not in ("seat", "wheelchair_bay")))


def _banks(project: Project, words: Words) -> dict[str, Cell]:
    kinds = named_from({kind: words.known(f"drawing.kind.{kind}", kind) for kind in _bank_kinds()})
    waiting = named_from({how: words(f"page.demand.waiting.{how}") for how in WAITING})
    return {
        "name": NAME, "kind": kinds, "waiting": waiting, "staffed": yes_or_no(words), "most_positions": WHOLE,
        "most_in_a_row": WHOLE,
    }  # fmt: skip


def _days(project: Project, words: Words) -> dict[str, Cell]:
    return {"name": NAME, "open_min": TIME, "close_min": TIME, "weekdays": days_in(words)}


def _standards(project: Project, words: Words) -> dict[str, Cell]:
    banks = named_from({"*": words("page.demand.every_bank")} | {b.id: b.name for b in project.banks})
    return {"bank": banks, "share_within": SHARE, "within_min": NUMBER, "max_utilisation": SHARE}


def _classes(project: Project, words: Words) -> dict[str, Cell]:
    return {"name": NAME, "share": SHARE, "priority": WHOLE, "companions": NUMBER, "wheelchair_share": SHARE}


def _appointments(project: Project, words: Words) -> dict[str, Cell]:
    services = named_from({s.id: s.name for s in project.services})
    return {
        "service": services, "booked_share": SHARE, "no_show_share": SHARE, "slot_min": WHOLE, "from_min": TIME, "to_min": TIME,
        "early_min": NUMBER, "punctuality_min": NUMBER,
    }  # fmt: skip


def _entrances(project: Project, words: Words) -> dict[str, Cell]:
    return {"door": door_cell(project, words.language), "share": SHARE}


def _new_standard(project: Project, name: str) -> Project:
    said = {s.bank for s in project.standards}
    bank = next((b for b in ("*", *(b.id for b in project.banks)) if b not in said), "*")
    return edits.with_new_row(project, "standards", ServiceStandard(bank=bank))


def _new_class(project: Project, name: str) -> Project:
    """The first class is everybody; a later one begins with nobody, so that the shares still make up the whole."""
    id_ = edits.free_id((c.id for c in project.visitor_classes), name)
    row = VisitorClass(id=id_, name=name, share=0.0 if project.visitor_classes else 1.0, priority=len(project.visitor_classes))
    return edits.with_new_row(project, "visitor_classes", row)


def _new_appointments(project: Project, name: str) -> Project:
    booked = {a.service for a in project.appointments}
    service = next((s.id for s in project.services if s.id not in booked), project.services[0].id)
    return edits.with_new_row(project, "appointments", Appointments(service=service, booked_share=0.0, no_show_share=0.0))


MANY_COLUMNS = kit.EVEN | {"widths": {"service": "24%"}}
PARTS = (
    Part(collection="banks", columns=_banks, add=edits.new_bank),
    Part(collection="day_types", columns=_days, add=edits.new_day_type),
    Part(collection="standards", columns=_standards, add=_new_standard),
    Part(collection="visitor_classes", columns=_classes, add=_new_class),
    Part(collection="entrances", columns=_entrances, add=with_all_entrances, shown=entrances_matter),
    Part(collection="appointments", columns=_appointments, add=_new_appointments, options=MANY_COLUMNS),
)


def _what(row: Any) -> str:
    """What a row is about: itself where it has an id, else the bank, service or door it is for."""
    return str(next(getattr(row, name) for name in ("id", "bank", "service", "door") if hasattr(row, name)))


class CentrePart:
    """A card for each collection, and growth."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._sheets = {part.collection: self._sheet(part) for part in PARTS}
        self._cards = {part.collection: self._card(part.collection) for part in PARTS}
        self._per_year = kit.text_field(words("page.demand.growth.per_year"), "", width=240, sizing_mode=None)
        self._years = kit.text_field(words("page.demand.growth.years"), "", width=240, sizing_mode=None)
        self._told = kit.text("", kind="quiet")
        for box in (self._per_year, self._years):
            box.param.watch(lambda _: self._grow(), "value")
        self._painting = False

    def view(self) -> Any:
        words = self._session.words
        growth = kit.card(words("page.demand.growth"), kit.row(self._per_year, self._years), self._told)
        return kit.column(*self._cards.values(), growth)

    def refresh(self) -> None:
        """The project as it stands now."""
        project = self._session.project
        for part in PARTS:
            sheet = self._sheets[part.collection]
            self._cards[part.collection].visible = part.shown(project)
            columns = part.columns(project, self._session.words)
            for name, cell in columns.items():
                sheet.set_cell(name, cell)
            sheet.set_rows([{name: getattr(row, name) for name in columns} for row in getattr(project, part.collection)])
        self._painting = True
        self._per_year.value, self._years.value = f"{100 * project.growth.per_year:g}", str(project.growth.years)
        self._painting = False
        factor = (1 + project.growth.per_year) ** project.growth.years
        kit.say(self._told, self._session.words("page.demand.growth.told", factor=f"{factor:.3f}"))

    def _card(self, name: str) -> Any:
        words = self._session.words
        told = kit.text(words(f"page.demand.{name}.told"), kind="quiet")
        return kit.card(words(f"page.demand.{name}"), told, self._sheets[name].view())

    def _sheet(self, part: Part) -> Sheet:
        session, words, name = self._session, self._session.words, part.collection
        cells = part.columns(session.project, words)
        columns = {each: (words(f"page.demand.{name}.{each}"), cell) for each, cell in cells.items()}
        add = part.add
        return Sheet(
            session, columns, f"edit {name}",
            lambda at, field, value: edits.with_row(session.project, name, at, **{field: value}),
            which=lambda: tuple(map(_what, getattr(session.project, name))),
            add=None if add is None else lambda: add(session.project, words(f"page.demand.{name}.new")),
            add_label=words(f"page.demand.{name}.add"),
            remove=lambda at: edits.without_row(session.project, name, at),
            css=f"cl-{name.replace('_', '-')}", **part.options,
        )  # fmt: skip

    def _grow(self) -> None:
        if self._painting:
            return
        words, project = self._session.words, self._session.project
        with self._session.told():
            try:
                per_year = SHARE.read(self._per_year.value, words("page.demand.growth.per_year"))
                years = WHOLE.read(self._years.value, words("page.demand.growth.years"))
                growth = replace(project.growth, per_year=per_year, years=years)
                self._session.workspace.change(replace(project, growth=growth), "growth")
            except BadInput:
                self.refresh()
                raise
