"""A tab that still shows what another has changed does nothing to a thing that merely stands where the one meant stood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.ui.demand import edits
from planner.ui.demand.centre import CentrePart
from planner.ui.demand.services import ServicesPart
from planner.ui.roster.people import People
from planner.ui.session import Session
from planner.ui.words import Words
from planner.ui.workspace import Workspace
from tests.ui.conftest import a_project


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A tab that is told of nothing: it lags behind for as long as a test takes."""
    workspace = Workspace(a_project(tmp_path, "small"))
    told: list[str] = []
    quiet: Any = lambda *_: None  # noqa: E731
    made = Session(
        workspace=workspace, words=Words("en"), notify=lambda sentence, kind: told.append(sentence), go_to=quiet,
        inspector=quiet, status=quiet, add_actions=quiet, shared={"told": told},
    )  # fmt: skip
    yield made
    workspace.close()


def elsewhere(session: Session, collection: str) -> Any:
    """Another tab takes the first of a collection away; the project then."""
    session.workspace.change(edits.without_row(session.project, collection, 0), "removed elsewhere")
    return session.project


def test_a_service_that_is_gone_is_neither_renamed_nor_removed_nor_another_in_its_place(session: Session) -> None:
    part = ServicesPart(session)
    part.refresh()
    left = elsewhere(session, "services")
    part._name.value = "typed for the one that is gone"
    part._remove()
    part._steps._edited(0, "mean_min", "99", "8")
    assert session.project == left
    assert len(session.shared["told"]) == 2 and all("another tab" in said for said in session.shared["told"])
    assert part._steps._told.visible


def test_a_cell_of_a_row_that_is_gone_changes_no_other_row(session: Session) -> None:
    session.workspace.change(edits.new_day_type(session.project, "Friday"), "one more")
    part = CentrePart(session)
    part.refresh()
    sheet = part._sheets["day_types"]
    left = elsewhere(session, "day_types")
    sheet._edited(0, "name", "typed for the one that is gone", "-")
    sheet._pressed("remove", 0)
    assert session.project == left and sheet._told.visible
    part.refresh()
    sheet._edited(0, "name", "meant", "-")
    assert [day.name for day in session.project.day_types] == ["meant"]


def test_a_person_who_is_gone_leaves_the_hours_of_the_others_alone(session: Session) -> None:
    part = People(session)
    part.refresh()
    left = elsewhere(session, "staff")
    part._sheet._edited(0, "contract_hours_per_week", "1", "20")
    assert session.project == left


def test_one_cell_after_the_other_is_typed_without_waiting_for_the_page(session: Session) -> None:
    part = CentrePart(session)
    part.refresh()
    sheet = part._sheets["standards"]
    sheet._apply(sheet._add)
    part.refresh()
    sheet._edited(0, "bank", "Cashier", "*")
    sheet._edited(0, "within_min", "7", "15")
    first = session.project.standards[0]
    assert (first.bank, first.within_min) == ("cashier", 7.0)
