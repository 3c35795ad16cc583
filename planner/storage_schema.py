"""The tables of a `.centreline` file and the manner in which it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layouts.findings import BadInput
from planner.project import FORMAT_VERSION

APPLICATION_ID = 0x43544C4E  # "CTLN"
TABLES = (
    # `whole`: body is the document itself; else a patch on the revision before. `format`: of the body's data.
    "CREATE TABLE revision (number INTEGER PRIMARY KEY, label TEXT NOT NULL, at TEXT NOT NULL, "
    "format INTEGER NOT NULL, whole INTEGER NOT NULL, body BLOB NOT NULL) STRICT",
    "CREATE TABLE current (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL REFERENCES revision) STRICT",
    "CREATE TABLE content (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT",
    "CREATE TABLE attachment (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES content) STRICT",
    "CREATE TABLE answer (digest TEXT NOT NULL, engine TEXT NOT NULL, kind TEXT NOT NULL, at_ns INTEGER NOT NULL, "
    "body BLOB NOT NULL, PRIMARY KEY (digest, engine)) STRICT",
)
SAFE = ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON")
DURABLE = ("journal_mode=DELETE", "synchronous=FULL")
READING = ("query_only=ON",)
WAIT_S = 10.0


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open our SQLite file so that a commit is on the disk when it returns, and nothing in the file is executed."""
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        for pragma in SAFE + (DURABLE if write else READING):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty file ours."""
    with transaction(connection):
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")
        for table in TABLES:
            connection.execute(table)


def check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """BadInput unless the file is ours, of a format we know, whole, and holds our tables and nothing else."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise BadInput("document.not_centreline", file=str(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT_VERSION:
        raise BadInput("document.newer_format", file=str(path), place="format", given=version, newest=FORMAT_VERSION)
    # a trigger or view from elsewhere has no business here
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if found != set(TABLES):
        raise BadInput("document.not_centreline", file=str(path))
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise BadInput("document.damaged", file=str(path), reason=verdict)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # where the disk is full it has been taken back already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite complains of, as what we say about a file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise BadInput("document.disk_full", file=str(path)) from None
        raise BadInput("document.store_failed", file=str(path), reason=str(error)) from None
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter: SQLite quotes spoilt names as they are
        raise BadInput("document.damaged", file=str(path), reason=str(error)) from None
