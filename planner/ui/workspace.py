"""An open project: one per file and process, shared by every tab, safe to use from any thread.

    workspace = open_workspace(path)          # a file, or a folder, which is packed into a file beside it first
    rev = workspace.rev                       # rises by one with every change, undo and redo; never goes back
    workspace.change(project, "move counter", base_rev=rev)
    workspace.subscribe(tick)                 # a wake-up without data: compare `rev` with the one last seen

A change is one revision of the file, so one step of undo. It is on the disk when `change` returns.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.answers import Answer, AnswerStore
from planner.engine import engine
from planner.file_source import FileSource
from planner.held_still import HeldStill
from planner.packing import pack
from planner.project import DrawingSource, Project, UnderlaySource
from planner.references import first_fault
from planner.source import PLACEMENT, SUFFIX
from planner.storage import Document, Revision
from planner.ui.reference import Reference
from planner.ui.wakeups import Tick, Wakeups

FULL = ("document.disk_full", "document.store_failed")  # the latter: somebody else holds the file for long
READ_ONLY = ("document.read_only", "document.only_readable")

_open: dict[Path, Workspace] = {}
_opening = threading.Lock()
ASIDE, SEARCHED = "f" * 64, "search"  # under which the best so far of a running search lies in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something people should be told when the project opens: a code of exports/words and its values."""

    code: str
    values: dict[str, str]


class Workspace:
    """The project, its history and its answers. Get one with `open_workspace`."""

    def __init__(self, path: Path, notices: tuple[Notice, ...] = ()) -> None:
        self._lock = threading.RLock()
        self._source = _open_source(path)
        self._wakeups = Wakeups()
        self._rev = 1
        self._answers_rev = 1
        self._history: tuple[int, tuple[Revision, ...]] = (0, ())
        self.path = path
        self.notices = notices
        self.closed = False
        self.answers: AnswerStore = (answers := _SharedAnswers(self))
        self._answers = answers
        self.jobs: dict[str, Any] = {}  # kind -> planner.ui.jobs.Job, kept by that file
        self.reference = Reference()  # the flow score that the editors tell changes against
        self.looked_up: dict[str, Any] = {}  # computed from the project at one `rev`, kept by whoever computes it
        self.notices += self._take_up()

    @property
    def document(self) -> Document:
        """The file itself. Use `with workspace.locked():` around it when other threads may write."""
        return self._source.document

    @property
    def project(self) -> Project:
        """The project as it stands now; frozen, so it may be kept and compared."""
        with self._lock:
            return self._source.project

    @property
    def rev(self) -> int:
        """A number that every change, undo and redo raises. Not the number of the revision in the file, which undo lowers."""
        return self._rev

    @property
    def answers_rev(self) -> int:
        """A number that every new answer raises."""
        return self._answers_rev

    @property
    def read_only(self) -> bool:
        """Whether another program has the file, or the disk does not let us write."""
        return self.document.read_only

    @property
    def writer(self) -> str:
        """Who holds a read-only project."""
        return self.document.writer

    def change(self, project: Project, label: str, base_rev: int | None = None) -> int:
        """Save one revision and give the new `rev`; an unchanged project gives the old one.

        BadInput where `base_rev` is not the current one (somebody else was quicker), where the project would not open
        again, where it may not be written and where the disk refuses.
        """
        with self._lock:
            if base_rev is not None and base_rev != self._rev:
                raise BadInput("page.stale", file=self.path.name)
            if fault := first_fault(project):
                raise BadInput(fault.code, file=self.path.name, place=fault.path, **fault.values)
            if project == self._source.project:
                return self._rev
            self.document.save(project, label)
            rev = self._step()
        if self.unsaved is not None:  # there is room for this: perhaps for more
            with contextlib.suppress(BadInput):  # still full: the bar above every page goes on saying so
                self.save_again()
        self._wakeups.wake()
        return rev

    @property
    def unsaved(self) -> BadInput | None:
        """Why answers stand in memory alone; None where none do."""
        return self._answers.refused

    def save_again(self) -> None:
        """Write the answers that the disk refused; BadInput where it still does."""
        self._answers.save_again()

    def undo(self) -> bool:
        """One step back; False where there is none."""
        return self._move(self.document.undo)

    def redo(self) -> bool:
        """One step on again; False where there is none."""
        return self._move(self.document.redo)

    def go_back_to(self, number: int) -> int:
        """The project as it was in revision `number`, saved as a new revision: nothing is lost by going back."""
        with self._lock:
            revision = next((r for r in self.history() if r.number == number), None)
            if revision is None:
                raise BadInput("page.no_such_version", file=self.path.name, given=str(number))
            project = self.document.project_at(number)
            return self.change(project, f"version {number}: {revision.label}"[:200])

    def history(self) -> tuple[Revision, ...]:
        """All revisions, oldest first; one is marked as the current one."""
        with self._lock:
            if self._history[0] != self._rev or self.read_only:  # another program may add to what we only read
                self._history = (self._rev, self.document.history())
            return self._history[1]

    @property
    def undo_label(self) -> str:
        """What undo would take back; empty where there is nothing."""
        revisions = self.history()
        here = next((i for i, r in enumerate(revisions) if r.current), 0)
        return revisions[here].label if here > 0 else ""

    @property
    def redo_label(self) -> str:
        """What redo would bring back; empty where there is nothing."""
        revisions = self.history()
        here = next((i for i, r in enumerate(revisions) if r.current), 0)
        return revisions[here + 1].label if here + 1 < len(revisions) else ""

    def frozen(self) -> Snapshot:
        """The project as it stands now with the shared answers: what a job works on while people go on changing."""
        return Snapshot(self, self.project)

    def drawing(self) -> bytes | None:
        """The imported drawing behind the plan, or None."""
        with self._lock:
            return self._source.drawing()

    def take_drawing(self, drawing: DrawingSource, body: bytes, project: Project) -> int:
        """Keep an imported drawing and the project whose plan was read from it; one step of undo."""
        with self._lock:
            self._source.take_drawing(drawing, body, project)
            rev = self._step()
        self._wakeups.wake()
        return rev

    def take_demand(self, project: Project, label: str, base_rev: int | None = None) -> int:
        """Keep arrivals and service times that were taken from a file (`planner.intake.taking.take_file`); one step of undo."""
        return self.change(project, label, base_rev)

    def take_staff(self, project: Project, label: str, base_rev: int | None = None) -> int:
        """Keep a project whose staff has changed; one step of undo."""
        return self.change(project, label, base_rev)

    def take_underlay(self, underlay: UnderlaySource, body: bytes, project: Project) -> int:
        """Keep a picture under the plan and the project that shows it; one step of undo."""
        with self._lock:
            self._source.take_underlay(underlay, body, project)
            rev = self._step()
        self._wakeups.wake()
        return rev

    def content(self, digest: str) -> bytes | None:
        """The bytes of an underlay by their SHA-256, or None."""
        with self._lock:
            return self._source.content(digest)

    def set_aside(self, body: Any) -> None:
        """Keep the best so far of a search that runs; nobody is told, since it is news only where this program dies with it."""
        with self._lock:
            if not self.read_only and not self.closed:
                self._source.answers.put(ASIDE, SEARCHED, body)

    def _take_up(self) -> tuple[Notice, ...]:
        """What a search had found that ended with the program before it could answer becomes a candidate."""
        body = self._source.answers.get(ASIDE)
        if self.read_only or not isinstance(body, dict) or not body.get("candidate"):
            return ()
        self._source.answers.put(body["candidate"], PLACEMENT, body)
        self.set_aside({})
        return (Notice(code="page.search_was_cut", values={}),)

    def subscribe(self, tick: Tick) -> None:
        """Wake `tick` after every change of the project, its answers or its jobs, on the thread of the change."""
        self._wakeups.subscribe(tick)

    def unsubscribe(self, tick: Tick) -> None:
        """Wake it no more."""
        self._wakeups.unsubscribe(tick)

    def wake(self) -> None:
        """Tell every tab to look again."""
        self._wakeups.wake()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else changes the project meanwhile."""
        with self._lock:
            yield

    def close(self) -> None:
        """Let go of the file."""
        with _opening:
            _open.pop(self.path, None)
        with self._lock:
            self.closed = True
            self._source.close()

    def _move(self, step: Any) -> bool:
        with self._lock:
            if self.read_only:
                raise self.document.refusal(self.path.name)
            if step() is None:
                return False
            self._step()
        self._wakeups.wake()
        return True

    def _step(self) -> int:
        self._rev += 1
        return self._rev

    def _answered(self) -> None:
        self._answers_rev += 1
        self._wakeups.wake()


class Snapshot(HeldStill):
    """A project held still, with the face of `planner.source.ProjectSource`, for jobs."""

    def __init__(self, workspace: Workspace, project: Project) -> None:
        self.path = workspace.path
        self.project = project
        self.answers: AnswerStore = workspace.answers
        self._workspace = workspace

    @property
    def plan_file(self) -> str:
        return str(self.path)

    def drawing(self) -> bytes | None:
        """The drawing this project's plan was read from."""
        record = self.project.drawing
        with self._workspace.locked():
            document = self._workspace.document
            return document.content(record.sha256) if record and document.holds(record.sha256) else None


class _SharedAnswers:
    """The file's answers behind the workspace's lock; where the file may not be written they are kept in memory.

    So they are where the disk is full, until there is room: what took minutes to find is not lost.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: dict[str, Answer] = {}
        self.refused: BadInput | None = None  # why what is kept is not in the file
        self._read: dict[str | None, tuple[int, tuple[Answer, ...]]] = {}  # answers are large: read once for each state

    def get(self, digest: str) -> Any | None:
        with self._workspace.locked():
            if digest in self._kept:
                return self._kept[digest].body
            return self._workspace._source.answers.get(digest)

    def put(self, digest: str, kind: str, body: Any) -> None:
        with self._workspace.locked():
            if self._workspace.read_only:
                self._keep(digest, kind, body)
            else:
                try:
                    self._workspace._source.answers.put(digest, kind, body)
                    self._kept.pop(digest, None)
                except BadInput as error:
                    if error.code not in FULL or self._workspace.closed:
                        raise
                    self._keep(digest, kind, body)
                    self.refused = error
        self._workspace._answered()

    def _keep(self, digest: str, kind: str, body: Any) -> None:
        self._kept[digest] = Answer(digest=digest, kind=kind, engine=engine(), at_ns=time.time_ns(), body=body)

    def save_again(self) -> None:
        """Write what the disk refused; BadInput where it still does."""
        with self._workspace.locked():
            for answer in sorted(self._kept.values(), key=lambda a: a.at_ns):
                self._workspace._source.answers.put(answer.digest, answer.kind, answer.body)
                del self._kept[answer.digest]
            self.refused = None
        self._workspace._answered()

    def all_of(self, kind: str | None = None) -> tuple[Answer, ...]:
        state = self._workspace.answers_rev
        read = self._read.get(kind)
        if read is None or read[0] != state or self._workspace.read_only:  # another program may add to what we only read
            with self._workspace.locked():
                read = self._read[kind] = (state, self._workspace._source.answers.all_of(kind))
        stored = tuple(a for a in read[1] if a.digest not in self._kept)
        kept = tuple(a for a in self._kept.values() if kind in (None, a.kind))
        return tuple(sorted((*kept, *stored), key=lambda a: (-a.at_ns, a.digest)))


def open_workspace(path: Path) -> Workspace:
    """The workspace of a project, the same one for every tab. A folder is packed into a file beside it, once."""
    notices: tuple[Notice, ...] = ()
    file = path.resolve()
    with _opening:
        if file.is_dir():
            folder, file = file, file.with_name(file.name + SUFFIX)
            values = {"folder": str(folder), "file": str(file)}
            if file.exists():
                notices = (Notice(code="page.folder_has_file", values=values),)
            else:
                pack(folder, file)
                notices = (Notice(code="page.folder_packed", values=values),)
        if file in _open:
            return _open[file]
        workspace = Workspace(file, notices)
        _open[file] = workspace
        return workspace


def open_workspaces() -> tuple[Workspace, ...]:
    """All that are open in this process."""
    with _opening:
        return tuple(_open.values())


def _open_source(path: Path) -> FileSource:
    """As its writer, else as a reader."""
    if path.suffix != SUFFIX:
        code = "document.not_a_project" if path.exists() else "document.missing_project"
        raise BadInput(code, file=str(path))
    try:
        return FileSource(path, write=True)
    except BadInput as error:
        if error.code not in READ_ONLY:
            raise
        return FileSource(path, write=False)
