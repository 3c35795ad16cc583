"""Open a DXF file, or say in one sentence why it cannot be opened."""

from __future__ import annotations

import logging
from pathlib import Path

from ezdxf import recover
from ezdxf.document import Drawing
from ezdxf.filemanagement import readfile

from layouts.findings import BadInput
from layouts.readers.ending import BINARY_DXF, breaks_off
from layouts.readers.tolerant import rescued

MOST_BYTES = 100_000_000  # a plan is 0.1-30 MB; above this reading would not end in bounded time and memory


def load_dxf(path: Path, encoding: str = "") -> tuple[Drawing, bool]:
    """The document of the file, and whether it was damaged: plain reading first, then ezdxf's recovery."""
    head = head_of(path)
    _refuse_other_files(path, head)
    logging.getLogger("ezdxf").setLevel(logging.ERROR)  # its notes on repairs are ours to tell, as a doubt
    try:
        document = readfile(path, encoding=encoding or None)
        document.modelspace()
        return document, False
    except Exception:  # ezdxf lets ValueError, KeyError, IndexError and its own through on damaged files
        return _recovered(path, encoding), True


def _recovered(path: Path, encoding: str) -> Drawing:
    """Second try: read section by section and drop what is broken; third: line by line."""
    try:
        document, _ = recover.readfile(path, errors="ignore")
        if len(document.modelspace()):
            return document
    except Exception as failure:  # whatever is wrong inside, the planner needs one sentence and not a traceback
        reason = type(failure).__name__
    else:
        reason = "empty"
    saved = rescued(path, encoding)
    if saved is not None:
        return saved
    if reason == "empty":
        return document
    if cut := breaks_off(path):
        raise cut.refusal(path.name)
    raise BadInput("dxf.unreadable", file=path.name, reason=reason)


def head_of(path: Path) -> bytes:
    """The first bytes of the file, or why there are none."""
    if not path.exists():
        raise BadInput("file.missing", file=str(path))
    if not path.is_file():
        raise BadInput("file.not_a_file", file=str(path))
    size = path.stat().st_size
    if size == 0:
        raise BadInput("file.empty", file=path.name)
    if size > MOST_BYTES:
        raise BadInput("file.too_large", file=path.name, megabytes=round(size / 1e6), most=MOST_BYTES // 1_000_000)
    try:
        with path.open("rb") as stream:
            return stream.read(4096)
    except OSError as failure:
        raise BadInput("file.cannot_open", file=path.name, reason=failure.strerror or "?") from failure


def _refuse_other_files(path: Path, head: bytes) -> None:
    """Tell DWG, PDF, pictures and archives from DXF by their first bytes."""
    if head.startswith(b"AC10") and b"\n" not in head[:8]:
        raise BadInput("dxf.is_dwg", file=path.name)
    for start, kind in (
        (b"%PDF", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"PK", "ZIP"),
        (b"\xff\xd8", "JPEG"),
        (b"ISO-10303", "IFC"),
        (b"<?xml", "XML"),
        (b"<svg", "SVG"),
    ):
        if head.startswith(start):
            raise BadInput("dxf.is_other", file=path.name, kind=kind)
    if head.startswith(BINARY_DXF):
        return
    if b"\x00" in head or b"SECTION" not in head.upper():
        raise BadInput("dxf.not_dxf", file=path.name)
