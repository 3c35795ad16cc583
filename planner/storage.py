"""The `.centreline` file: one SQLite file that is whole at every moment.

Every save is one transaction that adds a revision: mostly a patch on the one before, now and then the whole document.
Undo and redo move a mark along the revisions and so survive a restart. Imported files are kept once by content.
"""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.answers import Answer, to_text
from planner.engine import engine
from planner.files import sha256
from planner.project import FORMAT_VERSION, Project
from planner.reading import plain, read_typed
from planner.storage_lock import WriterLock
from planner.storage_patch import apply_patch, patch
from planner.storage_schema import check_ours, connect, create_tables, told, transaction
from planner.upgrades import upgrade

WHOLE_EVERY = 100
KEPT_NEAR = 64
LARGE_PATCH_BYTES = 16 * 1024
MOST_UNPACKED = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One saved state: its number, what was done, when (UTC), and whether it is the one shown."""

    number: int
    label: str
    at: str
    current: bool


def create_document(path: Path, project: Project, label: str = "new") -> Document:
    """A new file at `path` with one revision; it appears whole or not at all."""
    if path.exists():
        raise BadInput("document.exists", file=str(path))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise BadInput("document.unwritable", file=str(path), reason=error.strerror or "") from None
    os.close(handle)
    part = Path(name)
    try:
        with told(path):
            connection = connect(part, write=True)
            create_tables(connection)
            with transaction(connection):
                _add_revision(connection, 1, label, whole=True, data=plain(project))
                connection.execute("INSERT INTO current VALUES (1, 1)")
            connection.close()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return open_document(path)


def open_document(path: Path, write: bool = True) -> Document:
    """Open the file; where another writer has it or it may not be written, the document is `read_only`."""
    if not path.is_file():
        raise BadInput("document.missing_file", file=str(path))
    lock = WriterLock(path)
    writing = write and os.access(path, os.W_OK) and lock.take()
    try:
        with told(path):
            connection = connect(path, write=writing)
            try:
                check_ours(connection, path)
                return Document(path, connection, lock, read_only=not writing)
            except BaseException:
                connection.close()
                raise
    except BaseException:
        lock.release()
        raise


class Document:
    """An open project file. `project` is the current revision; `writer` names who holds a read-only one."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriterLock, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.writer = lock.owner() if read_only else ""
        self._connection = connection
        self._lock = lock
        self._current = self._number("SELECT number FROM current")
        self.project = self._project_at(self._current)
        self._near: dict[int, Project] = {}  # revisions this program made or left, as they were, for steps back and forth

    def save(self, project: Project, label: str) -> None:
        """Add a revision after the current one; what was undone before is given up. An unchanged project adds none."""
        operations = patch(self.project, project)
        if not operations:
            return
        number = self._current + 1
        with self._writing():
            self._connection.execute("DELETE FROM revision WHERE number > ?", (self._current,))
            if self._wants_whole(number, operations):
                _add_revision(self._connection, number, label, whole=True, data=plain(project))
            else:
                _add_revision(self._connection, number, label, whole=False, data=operations)
            self._mark(number)
        self._leave()
        self._near = {n: each for n, each in self._near.items() if n < number}  # what was undone is given up
        self.project = project
        self._current = number

    def undo(self) -> Project | None:
        """Back to the revision before; None when there is none."""
        return self._go_to(self._current - 1)

    def redo(self) -> Project | None:
        """On to the revision after; None when there is none."""
        return self._go_to(self._current + 1)

    def history(self) -> tuple[Revision, ...]:
        """All revisions, oldest first."""
        with told(self.path):
            rows = self._connection.execute("SELECT number, label, at FROM revision ORDER BY number").fetchall()
        return tuple(Revision(number=n, label=label, at=at, current=n == self._current) for n, label, at in rows)

    def project_at(self, number: int) -> Project:
        """The project as revision `number` has it, without going there."""
        return self._project_at(number)

    def attach(self, name: str, body: bytes) -> str:
        """Keep `body` under `name` and give its SHA-256; like content is kept once."""
        digest = sha256(body)
        with self._writing():
            self._connection.execute("INSERT OR IGNORE INTO content VALUES (?, ?)", (digest, zlib.compress(body)))
            self._connection.execute("INSERT OR REPLACE INTO attachment VALUES (?, ?)", (name, digest))
        return digest

    def attachment(self, name: str) -> bytes:
        """The newest content kept under `name`."""
        with told(self.path):
            row = self._connection.execute("SELECT sha256 FROM attachment WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise BadInput("document.no_attachment", file=str(self.path), name=name)
        return self.content(row[0])

    def holds(self, digest: str) -> bool:
        """True when content with this SHA-256 is kept here."""
        with told(self.path):
            return self._connection.execute("SELECT 1 FROM content WHERE sha256 = ?", (digest,)).fetchone() is not None

    def content(self, digest: str) -> bytes:
        """The content with this SHA-256."""
        with told(self.path):
            row = self._connection.execute("SELECT body FROM content WHERE sha256 = ?", (digest,)).fetchone()
        if row is None:
            raise BadInput("document.no_attachment", file=str(self.path), name=digest)
        body = self._unpacked(row[0])
        if sha256(body) != digest:
            raise BadInput("document.damaged", file=str(self.path), reason=f"content {digest[:12]}")
        return body

    def answer(self, digest: str) -> Any | None:
        """This engine's answer to a question, or None."""
        with told(self.path):
            row = self._connection.execute(
                "SELECT body FROM answer WHERE digest = ? AND engine = ?", (digest, engine())
            ).fetchone()
        return None if row is None else self._data(row[0])

    def store_answer(self, digest: str, kind: str, body: Any) -> None:
        """Keep an answer of this engine."""
        row = (digest, engine(), kind, time.time_ns(), zlib.compress(to_text(body).encode()))
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)

    def answers(self, kind: str | None = None) -> tuple[Answer, ...]:
        """This engine's answers, of one kind or all, newest first."""
        with told(self.path):
            rows = self._connection.execute(
                "SELECT digest, kind, at_ns, body FROM answer WHERE engine = ? AND kind = coalesce(?, kind) "
                "ORDER BY at_ns DESC, digest",
                (engine(), kind),
            ).fetchall()
        return tuple(Answer(digest=d, kind=k, engine=engine(), at_ns=at, body=self._data(body)) for d, k, at, body in rows)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._lock.release()

    def _go_to(self, number: int) -> Project | None:
        if not 1 <= number <= self._number("SELECT max(number) FROM revision"):
            return None
        project = self._near.get(number) or self._project_at(number)
        with self._writing():
            self._mark(number)
        self._leave()
        self._current = number
        self.project = project
        return project

    def _leave(self) -> None:
        """Keep the revision that is left: parts that are the same there and here stay the same objects, by which everything
        that follows a step sees what has changed."""
        self._near[self._current] = self.project
        while len(self._near) > KEPT_NEAR:
            del self._near[max(self._near, key=lambda number: abs(number - self._current))]

    def _mark(self, number: int) -> None:
        self._connection.execute("UPDATE current SET number = ?", (number,))
        self._connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")

    def _wants_whole(self, number: int, operations: list[Any]) -> bool:
        """A whole document now and then, after large changes, and after one of an older format."""
        last_whole, last_format = self._connection.execute(
            "SELECT max(number) FILTER (WHERE whole), (SELECT format FROM revision WHERE number = ?) FROM revision",
            (self._current,),
        ).fetchone()
        too_far = number - last_whole >= WHOLE_EVERY
        return too_far or last_format != FORMAT_VERSION or len(to_text(operations)) > LARGE_PATCH_BYTES

    def _project_at(self, number: int) -> Project:
        """The whole document last before `number`, the patches since, and the upgrades since its format."""
        with told(self.path):
            rows = self._connection.execute(
                "SELECT format, whole, body FROM revision WHERE number <= :n AND number >= "
                "(SELECT max(number) FROM revision WHERE whole AND number <= :n) ORDER BY number",
                {"n": number},
            ).fetchall()
        if not rows:
            raise BadInput("document.damaged", file=str(self.path), reason=f"revision {number}")
        try:
            data: Any = None
            for _, whole, body in rows:
                step = self._data(body)
                data = step if whole else apply_patch(data, step)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise BadInput("document.damaged", file=str(self.path), reason=f"revision {number}") from error
        return read_typed(upgrade(data, rows[-1][0], file=str(self.path)), Project, file=self.path)

    def _data(self, body: bytes) -> Any:
        """Packed JSON as data."""
        try:
            return json.loads(self._unpacked(body))
        except (ValueError, RecursionError):
            raise BadInput("document.damaged", file=str(self.path), reason="JSON") from None

    def _unpacked(self, body: bytes) -> bytes:
        """Content as it was before packing; refuses what would fill the memory."""
        unpacker = zlib.decompressobj()
        try:
            whole = unpacker.decompress(body, MOST_UNPACKED)
        except (zlib.error, TypeError) as error:
            raise BadInput("document.damaged", file=str(self.path), reason=str(error)) from None
        if unpacker.unconsumed_tail:
            raise BadInput("document.too_big_inside", file=str(self.path), most_mb=MOST_UNPACKED // 2**20)
        if not unpacker.eof:
            raise BadInput("document.damaged", file=str(self.path), reason="incomplete")
        return whole

    def _number(self, query: str) -> int:
        with told(self.path):
            row = self._connection.execute(query).fetchone()
        if row is None or row[0] is None:
            raise BadInput("document.damaged", file=str(self.path), reason="revisions")
        return int(row[0])

    def refusal(self, file: str) -> BadInput:
        """Why nothing may be written: somebody else writes it, or the place where it lies allows reading alone."""
        if self.writer:
            return BadInput("document.read_only", file=file, owner=self.writer)
        return BadInput("document.only_readable", file=file)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, whose complaints are told as ours."""
        if self.read_only:
            raise self.refusal(str(self.path))
        with told(self.path), transaction(self._connection):
            yield


def _add_revision(connection: sqlite3.Connection, number: int, label: str, *, whole: bool, data: Any) -> None:
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    row = (number, label, at, FORMAT_VERSION, whole, zlib.compress(to_text(data).encode()))
    connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?)", row)
