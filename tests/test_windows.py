"""Planners use Windows: what only other systems have stands behind a question which system this is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(file for room in ("layouts", "solvers", "exports", "planner") for file in (ROOT / room).rglob("*.py"))
MODULES = {"curses", "fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
NAMES = {
    "os": {"chown", "fork", "forkpty", "getuid", "geteuid", "getpgid", "killpg", "mkfifo", "nice", "sched_getaffinity",
           "setsid", "statvfs", "uname", "wait"},
    "signal": {"SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "alarm", "pause"},
}  # fmt: skip
ASKS = ("sys.platform", "os.name")
WORDS = re.compile(rf"\b({'|'.join(sorted(MODULES.union(*NAMES.values())))})\b")  # without one of them a file needs no reading


def elsewhere_only(node: ast.AST) -> Iterator[str]:
    """What a piece of code uses that Windows has not."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            yield from (name.name for name in each.names if name.name in MODULES)
        elif isinstance(each, ast.ImportFrom) and each.module in MODULES:
            yield str(each.module)
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.attr in NAMES.get(each.value.id, ()):
            yield ast.unparse(each)


def unasked(source: str) -> list[str]:
    """Such uses in those functions and statements of a file that do not ask which system this is."""
    if not WORDS.search(source):
        return []
    whole = ast.parse(source).body
    pieces = [piece for part in whole for piece in (part.body if isinstance(part, ast.ClassDef) else [part])]
    return [use for piece in pieces if not any(ask in ast.unparse(piece) for ask in ASKS) for use in elsewhere_only(piece)]


def test_a_use_that_is_not_asked_for_is_found() -> None:
    assert unasked("import fcntl\n\ndef f():\n    os.fork()\n") == ["fcntl", "os.fork"]
    assert unasked("if sys.platform != 'win32':\n    import fcntl\n") == []


def test_files_use_nothing_that_windows_has_not_unless_they_ask_first() -> None:
    found = {str(file.relative_to(ROOT)): unasked(file.read_text("utf-8")) for file in FILES}
    assert {name: uses for name, uses in found.items() if uses} == {}
    locks = ROOT / "planner"
    assert any("import fcntl" in file.read_text("utf-8") for file in FILES if locks in file.parents), "the lock of projects"
