"""One page server for a user: the second start finds the first by a file that only the user may read."""

from __future__ import annotations

import json
import os
import secrets
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from hmac import compare_digest
from pathlib import Path

from layouts.findings import BadInput
from planner.storage_lock import WriterLock
from planner.ui.tokens import login_query, signed

FILE = ".centreline-page"
ANSWER_WITHIN_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A running server: its process, its port, and the secret that opens it."""

    pid: int
    port: int
    secret: str

    def link(self, project: str = "") -> str:
        """An address that opens the page once."""
        return f"http://127.0.0.1:{self.port}/login?{login_query(self.secret, project)}"

    def answers(self) -> bool:
        """Whether it is there, and is who the file says."""
        question = secrets.token_urlsafe(16)
        address = f"http://127.0.0.1:{self.port}/alive?question={question}"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(address, timeout=ANSWER_WITHIN_S) as reply:
                said = reply.read(200).decode("ascii", "replace")
        except (urllib.error.URLError, OSError, ValueError):
            return False
        return compare_digest(said.encode(), signed(self.secret, f"alive|{question}").encode())


class InstanceFile:
    """Held by the server from its start to its end; the system takes the lock back when it dies."""

    def __init__(self, home: Path) -> None:
        self._path = home / f"{FILE}.json"
        self._lock = WriterLock(home / FILE)

    def take(self) -> bool:
        """Become the one server; False where another process is."""
        return self._lock.take()

    def write(self, instance: Instance) -> None:
        """Tell where we are, to this user alone; BadInput where there is no room for it."""
        try:
            self._path.unlink(missing_ok=True)
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(instance), file)
        except OSError as error:
            raise BadInput("document.unwritable", file=str(self._path.parent), reason=error.strerror or "") from None

    def read(self) -> Instance | None:
        """The server that says it is running; None where none does."""
        try:
            told = json.loads(self._path.read_text("utf-8"))
            return Instance(pid=int(told["pid"]), port=int(told["port"]), secret=str(told["secret"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def release(self) -> None:
        """Let the next one be the server."""
        self._path.unlink(missing_ok=True)
        self._lock.release()
