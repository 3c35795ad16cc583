"""The rooms stand in a line: each may import what stands to its left, never to its right."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import tomli_w

ROOT = Path(__file__).resolve().parents[1]
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=_environment(folder))


def _environment(folder: Path) -> dict[str, str]:
    import os

    return os.environ | {"PYTHONPATH": str(folder)}


def test_no_room_imports_what_stands_to_its_right() -> None:
    told = lint_imports(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


def test_an_import_against_the_line_is_noticed(tmp_path: Path) -> None:
    for room in ("layouts", "solvers", "exports", "planner"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    (tmp_path / "layouts" / "bad.py").write_text("import planner\n")
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(c for c in rules["contracts"] if c["type"] == "layers")
    kept = {"tool": {"importlinter": {**rules, "contracts": [layers]}}}
    (tmp_path / "pyproject.toml").write_text(tomli_w.dumps(kept), "utf-8")
    told = lint_imports(tmp_path)
    assert told.returncode == 1
    assert "layouts.bad -> planner" in told.stdout
