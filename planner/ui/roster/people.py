"""Who works here, as a table: name, what they can do, hours by contract. A roster is drawn up from it."""

from __future__ import annotations

from typing import Any

from planner.project import Project
from planner.ui import kit
from planner.ui.demand import edits
from planner.ui.demand.cells import NAME, NUMBER, Cell
from planner.ui.demand.sheet import Sheet
from planner.ui.roster.names import skills_cell
from planner.ui.session import Session
from solvers.staff import StaffMember

FULL_TIME = 40.0


def columns_of(project: Project) -> dict[str, Cell]:
    """What of a person stands in the table."""
    return {"name": NAME, "skills": skills_cell(project), "contract_hours_per_week": NUMBER}


class People:
    """The staff list of the project; a person more is one who can do everything that services ask for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        columns = columns_of(session.project)
        self._sheet = Sheet(
            session, {name: (words(f"page.roster.staff.{name}"), cell) for name, cell in columns.items()}, "edit staff",
            lambda at, name, value: edits.with_row(session.project, "staff", at, **{name: value}),
            which=lambda: tuple(p.id for p in session.project.staff),
            add=lambda: with_new_person(session.project, words("page.roster.staff.new")),
            add_label=words("page.roster.staff.add"),
            remove=lambda at: edits.without_row(session.project, "staff", at), css="cl-staff",
        )  # fmt: skip

    def view(self) -> Any:
        words = self._session.words
        told = kit.text(words("page.roster.staff.told"), kind="quiet")
        return kit.card(words("page.roster.staff"), told, self._sheet.view())

    def refresh(self) -> None:
        """The project as it stands now."""
        project = self._session.project
        columns = columns_of(project)
        for name, cell in columns.items():
            self._sheet.set_cell(name, cell)
        self._sheet.set_rows([{name: getattr(p, name) for name in columns} for p in project.staff])


def with_new_person(project: Project, name: str) -> Project:
    """One person more, told apart from the others by a number."""
    asked = tuple(dict.fromkeys(step.skill for s in project.services for step in s.journey if step.skill))
    asked = asked or tuple(bank.id for bank in project.banks if bank.staffed)  # what a first service will ask for
    id_ = edits.free_id((p.id for p in project.staff), "s1")
    called = f"{name} {len(project.staff) + 1}"
    person = StaffMember(id=id_, name=called, skills=asked, contract_hours_per_week=FULL_TIME)
    return edits.with_new_row(project, "staff", person)
