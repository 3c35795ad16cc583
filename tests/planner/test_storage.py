"""The project file: revisions, undo and redo over a restart, one writer, content kept once, nothing foreign inside."""

from __future__ import annotations

import errno
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from layouts.findings import BadInput
from planner import engine as engine_module
from planner import storage
from planner.project import Project
from planner.storage import Document, create_document, open_document
from planner.storage_lock import WriterLock
from planner.storage_schema import transaction
from tests.planner.builders import a_project


def renamed(project: Project, name: str) -> Project:
    return replace(project, site=replace(project.site, name=name))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "مركز one.centreline"


@pytest.fixture
def document(path: Path) -> Iterator[Document]:
    document = create_document(path, a_project())
    yield document
    document.close()


def test_a_saved_project_is_read_back(document: Document, path: Path) -> None:
    changed = renamed(a_project(), "Second")
    document.save(changed, "rename")
    document.close()
    assert open_document(path, write=False).project == changed


def test_undo_and_redo_survive_a_restart(document: Document, path: Path) -> None:
    for name in ("one", "two", "three"):
        document.save(renamed(document.project, name), name)
    document.undo()
    document.close()
    again = open_document(path)
    assert again.project.site.name == "two"
    assert again.redo() == renamed(a_project(), "three")
    assert again.redo() is None
    assert [again.undo() is not None for _ in range(4)] == [True, True, True, False]
    assert again.project == a_project()
    again.close()


def test_a_change_after_undo_gives_up_what_was_undone(document: Document) -> None:
    document.save(renamed(document.project, "one"), "one")
    document.undo()
    document.save(renamed(document.project, "other"), "other")
    assert document.redo() is None
    assert [(r.label, r.current) for r in document.history()] == [("new", False), ("other", True)]


def test_a_step_back_gives_the_project_itself_that_was_left_and_what_was_given_up_never_comes_back(document: Document) -> None:
    """Whatever follows the project sees by its parts what a step has changed."""
    first = document.project
    document.save(renamed(first, "one"), "one")
    one = document.project
    assert document.undo() is first and document.redo() is one
    document.undo()
    other = renamed(first, "other")
    document.save(other, "other")
    document.undo()
    assert document.redo() is other


def test_steps_back_beyond_those_kept_in_memory_are_read(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "KEPT_NEAR", 2)
    states = [document.project]
    for number in range(6):
        states.append(renamed(document.project, str(number)))
        document.save(states[-1], "rename")
    back = [document.undo() for _ in range(6)]
    assert back == states[-2::-1] and back[-1] is not states[0]
    assert [document.redo() for _ in range(6)] == states[1:]


def test_saving_the_same_project_adds_no_revision(document: Document) -> None:
    document.save(a_project(), "nothing")
    assert len(document.history()) == 1


def test_every_revision_is_whole_across_snapshots(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "WHOLE_EVERY", 3)
    for number in range(10):
        document.save(renamed(document.project, str(number)), "rename")
    written = [r.number for r in document.history()]
    seen = [document.project_at(number).site.name for number in reversed(written)]
    assert seen == [*(str(n) for n in reversed(range(10))), "Small centre"]


def test_a_second_opener_reads_only_and_is_told_who_writes(document: Document, path: Path) -> None:
    second = open_document(path)
    assert second.read_only
    assert "process" in second.writer
    with pytest.raises(BadInput) as refused:
        second.save(renamed(second.project, "mine"), "rename")
    assert refused.value.code == "document.read_only"
    second.close()
    document.close()
    third = open_document(path)
    assert not third.read_only
    third.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_like_content_is_kept_once(document: Document, path: Path) -> None:
    body = bytes(range(256)) * 400
    assert document.attach("a.dxf", body) == document.attach("b.dxf", body)
    assert document.attachment("b.dxf") == body
    rows = sqlite3.connect(path).execute("SELECT count(*) FROM content").fetchone()
    assert rows == (1,)
    with pytest.raises(BadInput):
        document.attachment("c.dxf")


def test_answers_are_kept_under_question_and_engine(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    document.store_answer("ab" * 32, "placement", {"x": 1.5})
    document.store_answer("cd" * 32, "placement", {"x": 2})
    assert document.answer("ab" * 32) == {"x": 1.5}
    assert [a.body["x"] for a in document.answers("placement")] == [2, 1.5]
    assert document.answers("roster") == ()
    monkeypatch.setattr(engine_module, "version", lambda name: "other")
    engine_module.engine.cache_clear()
    try:
        assert document.answer("ab" * 32) is None
    finally:
        engine_module.engine.cache_clear()


def test_a_new_file_never_replaces_another(document: Document, path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        create_document(path, a_project())
    assert refused.value.code == "document.exists"


def test_the_file_is_kept_as_promised(document: Document, path: Path) -> None:
    connection = document._connection
    asked = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert asked == {"journal_mode": "delete", "synchronous": 2}
    assert connection.execute("PRAGMA trusted_schema").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("PRAGMA user_version=99", "document.newer_format"),
        ("PRAGMA application_id=7", "document.not_centreline"),
        ("CREATE TRIGGER t AFTER UPDATE ON current BEGIN DELETE FROM revision; END", "document.not_centreline"),
        ("CREATE VIEW v AS SELECT 1", "document.not_centreline"),
        ("UPDATE revision SET body = x'00'", "document.damaged"),
        ("DELETE FROM current", "document.damaged"),
    ],
)
def test_a_file_that_is_not_as_we_write_it_is_refused(document: Document, path: Path, statement: str, code: str) -> None:
    document.close()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(BadInput) as refused:
        open_document(path)
    assert refused.value.code == code


def test_something_else_with_our_ending_is_refused(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 not a database at all" * 100)
    with pytest.raises(BadInput) as refused:
        open_document(path)
    assert refused.value.code == "document.damaged"
    path.write_bytes(b"")
    with pytest.raises(BadInput) as refused:
        open_document(path)
    assert refused.value.code == "document.not_centreline"


def test_a_torn_file_is_refused_and_not_half_read(document: Document, path: Path) -> None:
    document.attach("big", bytes(i * 7 % 251 for i in range(200_000)))
    document.close()
    path.write_bytes(path.read_bytes()[:-9_000])
    with pytest.raises(BadInput) as refused:
        open_document(path)
    assert refused.value.code == "document.damaged"


def test_a_disk_that_was_full_is_told_as_full_though_all_was_taken_back_already() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="disk is full"), transaction(connection):
        connection.execute("ROLLBACK")  # as SQLite itself does where there is no room
        raise sqlite3.OperationalError("database or disk is full")
    with transaction(connection):  # and it goes on when there is room
        connection.execute("CREATE TABLE t (x)")


def test_a_step_for_which_there_is_no_room_is_told_as_that_and_taken_when_there_is(document: Document) -> None:
    (pages,) = document._connection.execute("PRAGMA page_count").fetchone()
    document._connection.execute(f"PRAGMA max_page_count={pages}")
    before = document.project
    with pytest.raises(BadInput) as refused:
        document.attach("big", random.Random(1).randbytes(400_000))
    assert refused.value.code == "document.disk_full" and document.project == before
    document._connection.execute("PRAGMA max_page_count=1000000")
    document.save(renamed(before, "with room"), "rename")
    assert document.project.site.name == "with room"


def test_a_place_that_may_only_be_read_names_no_other_writer(
    document: Document, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document.close()
    monkeypatch.setattr("planner.storage_lock.WriterLock.take", lambda _: False)
    reader = open_document(path)
    with pytest.raises(BadInput) as refused:
        reader.save(renamed(reader.project, "mine"), "rename")
    assert (refused.value.code, reader.writer) == ("document.only_readable", "")
    reader.close()


def test_on_a_full_disk_a_lock_holds_though_it_names_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("planner.storage_lock._owner", full)
    first, second = WriterLock(tmp_path / "p"), WriterLock(tmp_path / "p")
    assert first.take() and not second.take() and second.owner() == ""
    first.release()
    assert second.take()
    second.release()
