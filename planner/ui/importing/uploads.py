"""A file that people hand to the page: checked by kind and size, laid into a folder of its own that goes with the tab."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from param.parameterized import discard_events

from layouts.findings import BadInput

MOST_MB = 50
LONGEST_NAME = 120
TOO_LARGE = re.compile(r'File "(.*)" \([^()]*\) exceeds', re.DOTALL)  # the component's own words, in English alone
DRAWINGS = (".dxf", ".dwg", ".ifc", ".svg", ".pdf")
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """`name` as people know the file; `file` where it lies now, under a name that every system allows."""

    name: str
    file: Path

    @property
    def is_picture(self) -> bool:
        return self.file.suffix in PICTURES


class UploadFolder:
    """Holds what a tab was handed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="centreline-", ignore_cleanup_errors=True)
        self._number = 0

    def take(self, body: Any, name: Any, endings: Sequence[str]) -> Upload:
        """The file that a browser sent; BadInput where there is none, or it is of another kind, or too large."""
        shown = plain_name(str(name or ""))
        if not body or not shown:
            raise BadInput("page.bring.no_file")
        suffix = Path(shown).suffix.lower()
        if suffix not in endings:
            raise BadInput("page.upload_wrong_kind", file=shown, expected=", ".join(endings))
        if len(body) > MOST_MB * 2**20:
            raise BadInput("page.upload_too_large", file=shown, most_mb=MOST_MB)
        self._number += 1  # the one before may still be read
        file = Path(self._folder.name) / f"drawing-{self._number}{suffix}"
        file.write_bytes(bytes(body))
        return Upload(name=shown, file=file)

    def close(self) -> None:
        """Forget what was sent."""
        self._folder.cleanup()


def plain_name(name: str) -> str:
    """The last part of a path of any system, without control signs, of a length that can be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(sign for sign in last if sign.isprintable()).strip()
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - 1 - len(ending)]}.{ending}" if len(ending) < 10 else clean[:LONGEST_NAME]


def renamed(error: BadInput, upload: Upload) -> BadInput:
    """The same fault told of the name that people know."""
    return BadInput(error.code, file=upload.name if error.file else "", place=error.place, **error.values)


@contextmanager
def nameless_if_refused(box: Any) -> Iterator[None]:
    """A button that names no file which was refused while this was done with it."""
    try:
        yield
    except BadInput:
        forget_name(box)
        raise


def forget_name(box: Any) -> None:
    """The component keeps the name of the last file to itself: its button says again what it said before any."""
    box.uploaded_label = box.label


def tell_refusals(box: Any, tell: Callable[[BadInput], None], endings: Sequence[str], most_mb: int = MOST_MB) -> None:
    """Files that the component would drop without a word: too large and empty ones are told here, other kinds later.

    The same file again is news too: it was taken back meanwhile, or is to be tried once more.
    """
    box.accept = ""
    handle, shows_name = box._handle_msg, box.uploaded_label

    def heard(message: Any) -> None:
        if isinstance(message, dict) and message.get("status") == "error":
            forget_name(box)
            named = TOO_LARGE.search(str(message.get("error", "")))
            if named is not None:
                tell(BadInput("page.upload_too_large", file=plain_name(named[1]), most_mb=most_mb))
            else:
                tell(BadInput("page.bring.refused", expected=", ".join(endings), most_mb=most_mb))
            return
        is_empty = isinstance(message, dict) and message.get("status") == "finished" and not box._buffer
        box.uploaded_label = box.label if is_empty else shows_name
        with discard_events(box):  # else nobody hears of a file that holds what the one before held
            box.value = None
        handle(message)
        if is_empty:  # the component sends nothing of a file without a byte, not even its name
            tell(BadInput("page.bring.empty_file", expected=", ".join(endings)))

    box._handle_msg = heard
