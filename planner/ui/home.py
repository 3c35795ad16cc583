"""The folder of a user's projects: what is in it, new ones, copies. Only what stands here, or was opened by the command
line, can be opened from a page: a page names a project by an id of ours, never by a path.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from exports.one_line import one_line
from layouts.findings import BadInput
from planner.files import make_folder
from planner.source import SUFFIX

ENVIRONMENT = "CENTRELINE_HOME"
BIN = "Bin"
LONGEST_NAME = 100
MOST_BYTES = 200  # a name may take 255 with its ending, its number and that of its lock
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A project that may be opened: its id for addresses, where it is, when it was changed last."""

    id: str
    path: Path
    changed_at: float


def home_folder() -> Path:
    """Where projects live: CENTRELINE_HOME, else the folder Centreline in the user's own."""
    given = os.environ.get(ENVIRONMENT)
    return Path(given) if given else Path.home() / "Centreline"


def project_id(path: Path) -> str:
    """The id of a file: it says nothing about where the file is."""
    return hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Home:
    """The projects of one folder, and those that the command line brought."""

    def __init__(self, folder: Path) -> None:
        make_folder(folder)
        self.folder = folder.resolve()
        self._brought: dict[str, Path] = {}
        self._lock = threading.Lock()

    def bring(self, path: Path) -> str:
        """Let a file be opened that stands elsewhere; its id."""
        resolved = path.resolve()
        with self._lock:
            self._brought[project_id(resolved)] = resolved
        return project_id(resolved)

    def holds(self, path: Path) -> bool:
        """Whether a file is one of ours to show."""
        with self._lock:
            return path.parent == self.folder or path in self._brought.values()

    def projects(self) -> tuple[Found, ...]:
        """All that may be opened, those changed last first."""
        with self._lock:
            brought = tuple(self._brought.values())
        here = tuple(self.folder.glob(f"*{SUFFIX}"))
        files = dict.fromkeys(path for path in (*brought, *here) if path.is_file() and not path.name.startswith("."))
        found = [Found(id=project_id(path), path=path, changed_at=path.stat().st_mtime) for path in files]
        return tuple(sorted(found, key=lambda f: (-f.changed_at, f.path.name)))

    def path_of(self, given: str) -> Path:
        """The file of an id; BadInput for an id that is none of ours."""
        for project in self.projects():
            if project.id == given:
                return project.path
        raise BadInput("page.no_such_project", given=given[:40])

    def free_path(self, name: str) -> Path:
        """Where a new project of that name goes; a number is added where the name is taken."""
        stem = file_stem(name)
        for number in range(1, 1000):
            path = self.folder / f"{stem if number == 1 else f'{stem} {number}'}{SUFFIX}"
            if not path.exists():
                return path
        raise BadInput("page.too_many_alike", given=stem)

    def duplicate(self, given: str, name: str) -> Path:
        """A copy of a project under another name; the original is not opened for writing."""
        from planner.ui.workspace import open_workspaces

        source, target = self.path_of(given), self.free_path(name)
        opened = next((w for w in open_workspaces() if w.path == source), None)
        try:
            if opened is None:
                shutil.copyfile(source, target)
            else:
                with opened.locked():
                    shutil.copyfile(source, target)
        except OSError as error:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
            raise BadInput("document.unwritable", file=str(target), reason=error.strerror or "") from None
        return target

    def throw_away(self, given: str) -> Path:
        """Put a project into the folder's bin, from where people can take it back."""
        source = self.path_of(given)
        if source.parent != self.folder:
            raise BadInput("page.not_in_home", file=source.name)
        trash = self.folder / BIN
        make_folder(trash)
        target = trash / source.name
        number = 2
        while target.exists():
            target = trash / f"{source.stem} {number}{SUFFIX}"
            number += 1
        return moved(source, target)

    def binned(self) -> tuple[str, ...]:
        """File names in the bin, those thrown away last first."""
        found = [path for path in (self.folder / BIN).glob(f"*{SUFFIX}") if path.is_file()]
        return tuple(path.name for path in sorted(found, key=lambda path: -path.stat().st_ctime))

    def take_back(self, name: str) -> Path:
        """A project out of the bin again; a number is added where its name is taken meanwhile."""
        if name not in self.binned():
            raise BadInput("page.no_such_project", given=name[:40])
        source = self.folder / BIN / name
        target = self.free_path(source.stem)
        return moved(source, target)


def moved(source: Path, target: Path) -> Path:
    """The file under its other name; BadInput where its folder cannot be written."""
    try:
        return source.replace(target)
    except OSError as error:
        raise BadInput("document.unwritable", file=str(target), reason=error.strerror or "") from None


def file_stem(name: str) -> str:
    """A project's name as a file's, on every system: what no file may hold becomes a space."""
    stem = " ".join(FORBIDDEN.sub(" ", one_line(name)).split()).strip(". ")[:LONGEST_NAME]
    stem = stem.encode("utf-8")[:MOST_BYTES].decode("utf-8", "ignore").strip(". ")
    if not stem:
        raise BadInput("page.no_name")
    return f"{stem} project" if stem.split(".")[0].lower() in RESERVED else stem
