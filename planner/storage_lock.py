"""One writer at a time: a lock the system takes back by itself when its owner dies, in a file that names the owner."""

from __future__ import annotations

import datetime
import getpass
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_SUFFIX = ".lock"
FAR_AWAY = 1 << 30  # Windows forbids reading a locked byte, so the locked one lies far behind the owner's name


class WriterLock:
    """Held from `take` until `release` or the end of the process."""

    def __init__(self, document: Path) -> None:
        self._path = document.with_name(document.name + LOCK_SUFFIX)
        self._file: BinaryIO | None = None

    def take(self) -> bool:
        """True when we are the writer now; False when somebody else is, or nobody may write here."""
        while True:
            try:
                file = self._path.open("a+b", buffering=0)  # nothing is left over to be written when it is closed
            except OSError:
                return False
            if not _lock(file):
                file.close()
                return False
            if _still_there(file, self._path):
                break
            file.close()  # its last owner took the file away between our opening and locking it
        with suppress(OSError):  # the disk is full: the lock holds, though nobody can read whose it is
            file.truncate(0)
            file.write(_owner().encode())
        self._file = file
        return True

    def owner(self) -> str:
        """Who holds the lock, in the owner's own words; empty when nobody does."""
        try:
            return self._path.read_text("utf-8", errors="replace")
        except OSError:
            return ""

    def release(self) -> None:
        """Let go, and take the file away."""
        if self._file is None:
            return
        if os.name == "posix":
            self._path.unlink(missing_ok=True)
        self._file.close()
        self._file = None
        if os.name != "posix":
            with suppress(OSError):  # the next writer has it open already; then it is theirs to remove
                self._path.unlink(missing_ok=True)


def _lock(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(FAR_AWAY)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _still_there(file: BinaryIO, path: Path) -> bool:
    """True when `path` is still the file we opened. (Windows does not let an open file be taken away.)"""
    try:
        return os.name != "posix" or path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def _owner() -> str:
    """user@machine, process and since when."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name in the environment nor in the system's list
        user = "?"
    since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return f"{user}@{socket.gethostname()}, process {os.getpid()}, since {since}"
