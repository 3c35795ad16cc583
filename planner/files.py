"""Reading and writing whole text files: strict UTF-8 in, and out in one step that a crash cannot tear."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from layouts.findings import BadInput

MOST_BYTES = 256 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark; BadInput when it is missing or something else."""
    body = read_bytes(path)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("document.not_utf8", file=str(path), place=place_of(body, error.start)) from None


def place_of(body: bytes, at: int) -> str:
    """Where in a text a byte stands, as people count."""
    before = body[:at]
    return f"row {before.count(10) + 1}, character {at - before.rfind(10)}"


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of reasonable size."""
    if not path.is_file():
        raise BadInput("document.missing_file", file=str(path))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("document.too_large", file=str(path), most_mb=MOST_BYTES // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise BadInput("document.unreadable", file=str(path), reason=error.strerror or "") from None


def write_whole(path: Path, body: bytes) -> None:
    """Write `body` so that at every moment `path` is its old self or its new one."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise BadInput("document.unwritable", file=str(path), reason=error.strerror or "") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix":
            # mkstemp makes private files; ours are as readable as any other file a person makes
            Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
        _sync_folder(path.parent)
    except OSError as error:  # the disk is full, or another program holds the old file (Windows)
        raise BadInput("document.unwritable", file=str(path), reason=error.strerror or "") from None
    finally:
        Path(name).unlink(missing_ok=True)


def sha256(body: bytes) -> str:
    """The name of some content: its SHA-256 in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def make_folder(path: Path) -> None:
    """Make `path` a folder; BadInput when something else is in the way."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput("document.unwritable", file=str(path), reason=error.strerror or "") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last; Windows does so by itself and cannot open folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
