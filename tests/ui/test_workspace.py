"""The open project: one per file, every change a step, stale steps refused, everybody woken."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from layouts.findings import BadInput
from planner.project import Project
from planner.storage import open_document
from planner.ui.carried import carry
from planner.ui.jobs import job_snap, start_job
from planner.ui.workspace import Workspace, open_workspace
from solvers.effort import Progress
from tests.planner.small_centre import a_small_folder
from tests.ui.conftest import a_project
from tests.ui.waiting import until


@pytest.fixture
def workspace(tmp_path: Path):
    opened = open_workspace(a_project(tmp_path, "small"))
    yield opened
    opened.close()


def renamed(project: Project, name: str) -> Project:
    return replace(project, site=replace(project.site, name=name))


def name_of(workspace: Workspace) -> str:
    return workspace.project.site.name


def test_a_file_has_one_workspace(workspace):
    assert open_workspace(workspace.path) is workspace


def test_a_change_is_on_the_disk_when_it_returns(workspace):
    workspace.change(renamed(workspace.project, "New name"), "rename")
    other = open_document(workspace.path, write=False)
    assert other.project.site.name == "New name"
    other.close()


def test_a_step_on_an_old_state_is_refused(workspace):
    seen = workspace.rev
    workspace.change(renamed(workspace.project, "First"), "rename", base_rev=seen)
    with pytest.raises(BadInput, match=r"page\.stale"):
        workspace.change(renamed(workspace.project, "Second"), "rename", base_rev=seen)
    assert name_of(workspace) == "First"


def test_a_state_that_came_by_undoing_and_doing_anew_is_another_one(workspace):
    workspace.change(renamed(workspace.project, "First"), "rename")
    seen = workspace.rev
    workspace.undo()
    workspace.change(renamed(workspace.project, "Other"), "rename")
    with pytest.raises(BadInput, match=r"page\.stale"):
        workspace.change(renamed(workspace.project, "Second"), "rename", base_rev=seen)


def test_undo_and_redo_walk_the_history_and_name_their_steps(workspace):
    before = workspace.project
    workspace.change(renamed(before, "New"), "rename")
    assert (workspace.undo_label, workspace.redo_label) == ("rename", "")
    assert workspace.undo() and workspace.project == before
    assert (workspace.undo_label, workspace.redo_label) == ("", "rename")
    assert workspace.redo() and name_of(workspace) == "New"
    assert not workspace.redo()


def test_going_back_to_a_version_is_a_step_of_its_own(workspace):
    before = workspace.project
    for name in ("A", "B"):
        workspace.change(renamed(workspace.project, name), name)
    workspace.go_back_to(1)
    assert workspace.project == before
    assert workspace.undo() and name_of(workspace) == "B"
    with pytest.raises(BadInput, match=r"page\.no_such_version"):
        workspace.go_back_to(99)


def test_a_project_that_would_not_open_again_is_not_saved(workspace):
    with pytest.raises(BadInput, match=r"document\.dangling_id"):
        workspace.change(replace(workspace.project, banks=()), "drop banks")
    assert len(workspace.history()) == 1


def test_everyone_is_woken_until_they_leave(workspace):
    woken: list[int] = []
    tick = lambda: woken.append(workspace.rev)  # noqa: E731
    workspace.subscribe(tick)
    rev = workspace.change(renamed(workspace.project, "New"), "rename")
    assert woken == [rev]
    workspace.unsubscribe(tick)
    workspace.undo()
    assert woken == [rev]


def test_an_unchanged_project_is_no_step(workspace):
    assert workspace.change(workspace.project, "nothing") == workspace.rev
    assert len(workspace.history()) == 1


def test_demand_taken_from_a_file_is_one_step_that_undo_takes_back(workspace):
    before = workspace.project
    more = replace(before, arrivals=tuple(replace(row, persons=2.0 * row.persons) for row in before.arrivals))
    assert workspace.take_demand(more, "demand from tickets.csv", workspace.rev) == workspace.rev
    assert workspace.project.arrivals == more.arrivals
    assert workspace.undo_label == "demand from tickets.csv"
    assert workspace.undo()
    assert workspace.project == before
    for held in (workspace.frozen(), carry(workspace)):
        with pytest.raises(TypeError):
            held.take_demand(more, "demand")


def test_many_threads_lose_no_change(workspace):
    def add(number: int) -> None:
        with workspace.locked():
            sites = replace(
                workspace.project.site, closed_dates=(*workspace.project.site.closed_dates, f"2026-01-{number:02d}")
            )
            workspace.change(replace(workspace.project, site=sites), f"close {number}")

    threads = [threading.Thread(target=add, args=(n,)) for n in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(workspace.project.site.closed_dates) == 12
    assert len(workspace.history()) == 13


def test_a_file_that_another_program_writes_is_for_reading_only(tmp_path):
    path = a_project(tmp_path, "small")
    other = open_document(path)
    workspace = open_workspace(path)
    try:
        assert workspace.read_only and workspace.writer
        with pytest.raises(BadInput, match=r"document\.read_only"):
            workspace.change(renamed(workspace.project, "New"), "rename")
        workspace.answers.put("ab" * 32, "capacity", {"a": 1})
        assert workspace.answers.get("ab" * 32) == {"a": 1}
    finally:
        workspace.close()
        other.close()


def test_a_folder_is_packed_beside_itself_and_people_are_told(tmp_path):
    folder = a_small_folder(tmp_path)
    workspace = open_workspace(folder)
    assert workspace.path == tmp_path / "small.centreline"
    assert [n.code for n in workspace.notices] == ["page.folder_packed"]
    workspace.close()
    again = open_workspace(folder)
    assert [n.code for n in again.notices] == ["page.folder_has_file"]
    again.close()


def test_a_snapshot_stays_while_the_project_goes_on(workspace):
    frozen = workspace.frozen()
    workspace.change(renamed(workspace.project, "New"), "rename")
    assert frozen.project.site.name != "New"
    assert frozen.answers is workspace.answers


def test_a_job_tells_its_progress_and_its_answer(workspace):
    def work(report, cancel):
        report(Progress(stage="search", objective=12.0, bound=9.0))
        return "found"

    snap = start_job(workspace, "try", work).wait(60)
    assert (snap.state, snap.result, snap.stage, snap.gap) == ("done", "found", "search", 0.25)
    assert job_snap(workspace, "try") is snap


def test_a_cancelled_job_ends_with_the_best_so_far(workspace):
    started = threading.Event()

    def work(report, cancel):
        started.set()
        until(lambda: cancel)
        return "best so far"

    job = start_job(workspace, "try", work)
    assert start_job(workspace, "try", lambda report, cancel: "another") is job
    assert started.wait(60)
    job.cancel()
    assert (job.wait(60).state, job.snap.result) == ("cancelled", "best so far")


def test_what_a_job_cannot_do_is_told_and_nothing_breaks(workspace, capsys):
    def refused(report, cancel):
        raise BadInput("layout.none_yet", file="x")

    def broken(report, cancel):
        raise ZeroDivisionError("our fault")

    assert start_job(workspace, "a", refused).wait(60).error.code == "layout.none_yet"
    snap = start_job(workspace, "b", broken).wait(60)
    assert (snap.state, snap.error.code) == ("failed", "page.job_broken")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_tab_is_woken_when_a_job_ends(workspace):
    woken = threading.Event()
    workspace.subscribe(woken.set)
    start_job(workspace, "try", lambda report, cancel: 1).wait(60)
    assert woken.wait(60)


def test_a_second_run_of_a_kind_has_later_versions_than_the_first(small_project):
    from planner.ui.jobs import start_job

    workspace = open_workspace(small_project)
    first = start_job(workspace, "kind", lambda report, cancel: 1).wait(10)
    second = start_job(workspace, "kind", lambda report, cancel: 2).wait(10)
    assert (first.result, second.result) == (1, 2)
    assert second.version > first.version
    workspace.close()
