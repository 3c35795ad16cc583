"""Computed answers, each under the digest of its question and the version of the engine that computed it.

One interface for both forms of a project: a folder keeps them in `.answers/`, a `.centreline` file in a table. All of
them may be thrown away. An answer of another engine is no answer; one that cannot be read is none either, since it can
always be computed again.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from layouts.findings import BadInput
from planner.engine import engine
from planner.files import make_folder, read_text, write_whole

FOLDER = ".answers"
DIGEST = re.compile(r"[0-9a-f]{8,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A stored answer: what was asked (digest, kind), by whom and when it was answered, and the answer as JSON data."""

    digest: str
    kind: str
    engine: str
    at_ns: int
    body: Any


class AnswerStore(Protocol):
    """Where answers are kept."""

    def get(self, digest: str) -> Any | None:
        """The answer to the question `digest` by this engine, or None."""

    def put(self, digest: str, kind: str, body: Any) -> None:
        """Keep an answer; it becomes the newest of its kind."""

    def all_of(self, kind: str | None = None) -> tuple[Answer, ...]:
        """All answers by this engine, of one kind or of any, newest first."""


def newest(store: AnswerStore, kind: str) -> Answer | None:
    """The newest answer of a kind, or None."""
    return next(iter(store.all_of(kind)), None)


def named(store: AnswerStore, kind: str, name: str) -> Answer:
    """The answer of a kind whose digest starts with `name`; BadInput when there is none or more than one."""
    found = [a for a in store.all_of(kind) if a.digest.startswith(name)]
    if len(found) != 1:
        known = ", ".join(a.digest[:12] for a in store.all_of(kind)) or "-"
        raise BadInput("answers.no_such" if not found else "answers.ambiguous", given=name, known=known)
    return found[0]


def to_text(body: Any) -> str:
    """JSON as we store it: compact, no NaN."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class FolderAnswers:
    """Answers beside project.toml, one JSON file each, named by the digest of its question."""

    def __init__(self, project_folder: Path) -> None:
        self._folder = project_folder / FOLDER

    def get(self, digest: str) -> Any | None:
        answer = self._read(self._file(digest))
        return answer.body if answer else None

    def put(self, digest: str, kind: str, body: Any) -> None:
        make_folder(self._folder)
        answer = {"digest": digest, "kind": kind, "engine": engine(), "at_ns": time.time_ns(), "body": body}
        write_whole(self._file(digest), to_text(answer).encode())

    def all_of(self, kind: str | None = None) -> tuple[Answer, ...]:
        read = (self._read(file) for file in self._folder.glob("*.json"))
        found = [answer for answer in read if answer and kind in (None, answer.kind)]
        return tuple(sorted(found, key=lambda a: (-a.at_ns, a.digest)))

    def _file(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"not a digest: {digest!r}")
        return self._folder / f"{digest}.json"

    def _read(self, file: Path) -> Answer | None:
        """The answer in a file, if it is one of this engine to the question its name says."""
        if not file.is_file():
            return None
        try:
            data = json.loads(read_text(file))
            answer = Answer(**data)
        except (json.JSONDecodeError, RecursionError, TypeError, BadInput):
            return None
        whole = answer.engine == engine() and answer.digest == file.stem and isinstance(answer.at_ns, int)
        return answer if whole else None
