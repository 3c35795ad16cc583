"""A collection of the project as a table people may edit: a cell is one step of undo, so is a row more or less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from layouts.findings import BadInput
from planner.project import Project
from planner.ui import kit
from planner.ui.demand.cells import Cell
from planner.ui.session import Session

REMOVE, EARLIER = "remove", "earlier"


class Sheet:
    """`columns` from field to (title, cell); `rows` are dicts with the fields.

    `edit(index, field, value)`, `add()`, `remove(index)`, `earlier(index)` give the project as it would be. What cannot be
    read is told under the table, and the cell goes back. `which()` names the rows of the project as it stands now: where they
    are no longer those that are shown, another tab was quicker, and nothing is done to a row that merely stands where the
    one meant stood. `options` are the table's.
    """

    def __init__(
        self,
        session: Session,
        columns: Mapping[str, tuple[str, Cell]],
        label: str,
        edit: Callable[[int, str, Any], Project],
        *,
        which: Callable[[], tuple[Any, ...]],
        add: Callable[[], Project] | None = None,
        add_label: str = "",
        remove: Callable[[int], Project] | None = None,
        earlier: Callable[[int], Project] | None = None,
        css: str = "",
        **options: Any,
    ) -> None:
        self._session, self._label, self._edit, self._add = session, label, edit, add
        self._which = which
        self._shown: tuple[Any, ...] | None = None
        self._marks = {n: (m, f) for n, m, f in ((EARLIER, "▲", earlier), (REMOVE, "✕", remove)) if f is not None}
        self._columns = dict(columns)
        self._rows: Sequence[Mapping[str, Any]] = ()
        self._css, self._options = css, options
        self._told = kit.text("", kind="quiet", css_classes=["cl-field-fault"], visible=False)
        self._table: Any = None
        self._holder = kit.column()
        self._button = kit.button(add_label, self._new, icon="add", kind="text", css_classes=[f"{css}-add"]) if add else None

    def view(self) -> Any:
        """The table with what is wrong and the button for one more."""
        return kit.column(self._holder, self._told, *([self._button] if self._button is not None else []))

    def set_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """What the project holds now."""
        self._rows, self._shown = rows, self._which()
        titles = {name: title for name, (title, _) in self._columns.items()}
        titles |= {name: self._session.words(f"page.demand.{name}") for name in self._marks}
        marks = {name: mark for name, (mark, _) in self._marks.items()}
        shown = [{n: c.show(row[n]) for n, (_, c) in self._columns.items()} | marks for row in rows]
        if self._table is None:
            self._build(titles, shown)
        else:
            settle(self._table, shown)

    def set_cell(self, name: str, cell: Cell) -> None:
        """Another way to show and read a column, or another list to choose from."""
        title, old = self._columns[name]
        self._columns[name] = (title, cell)
        if old.choices != cell.choices:
            self._table = None

    def _build(self, titles: Mapping[str, str], shown: Sequence[Mapping[str, Any]]) -> None:
        self._table = kit.table(
            titles, shown, editable=[n for n, (_, cell) in self._columns.items() if not cell.fixed], on_edit=self._edited,
            css_classes=[self._css] if self._css else [], sortable=False, **self._options,
        )  # fmt: skip
        lists = {n: {"type": "list", "values": list(c.choices)} for n, (_, c) in self._columns.items() if c.choices}
        self._table.editors = {**self._table.editors, **lists}
        marked = {n: {"type": "html"} for n, (_, c) in self._columns.items() if c.marked}
        self._table.formatters = {**self._table.formatters, **marked}
        for name in self._marks:
            self._table.on_click(lambda e: self._pressed(str(e.column), int(e.row)), column=name)
        self._holder.objects = [self._table]

    def _edited(self, index: int, name: str, new: Any, old: Any) -> None:
        place = self._columns[name][0]
        if self._apply(lambda: self._edit(index, name, self._columns[name][1].read(new, place))):
            self._shown = self._which()  # the same rows, though a cell may be what names one

    def _new(self) -> None:
        if self._add is not None:
            self._apply(self._add)

    def _pressed(self, name: str, index: int) -> None:
        self._apply(lambda: self._marks[name][1](index))

    def _apply(self, make: Callable[[], Project]) -> bool:
        """One change; where it may not stand it is told here, at the table."""
        workspace = self._session.workspace
        try:
            with workspace.locked():
                if self._which() != self._shown:
                    raise BadInput("page.stale", file=workspace.path.name)
                workspace.change(make(), self._label)
            self._told.visible = False
        except BadInput as error:
            kit.say(self._told, self._session.words.of_input(error))
            self._told.visible = True
            if error.code != "page.stale":  # the rows of now are about to be shown
                self.set_rows(self._rows)
            return False
        return True


def settle(table: Any, shown: Sequence[Mapping[str, Any]]) -> None:
    """The table shows these rows: cells that are right already are left alone, since somebody may be typing beside them."""
    columns, now = list(table.value.columns), table.value.to_dict("records")
    shown = kit.steadied(shown, columns)
    if len(now) != len(shown):
        kit.set_rows(table, shown)
        return
    patch = {
        name: [(n, row[name]) for n, (row, old) in enumerate(zip(shown, now, strict=True)) if row[name] != old[name]]
        for name in columns
    }
    if patch := {name: cells for name, cells in patch.items() if cells}:
        table.patch(patch)
