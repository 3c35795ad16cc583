"""Ctrl-C keeps the best so far and exits 130; a second one ends at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.answers import FolderAnswers, newest
from tests.planner.builders import a_folder

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C cannot be sent to one process")


def started(folder: Path, *more: str) -> subprocess.Popen[str]:
    """A command in the middle of its optimiser."""
    command = [sys.executable, "-m", "tests.planner.slow_place", str(folder), *more]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("place")
    return process


def test_ctrl_c_keeps_the_best_so_far(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    process = started(folder)
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert json.loads(out)["solution"]["status"] == "cancelled"
    assert "Traceback" not in told
    assert newest(FolderAnswers(folder), "placement") is not None


def test_a_second_ctrl_c_ends_at_once(tmp_path: Path) -> None:
    process = started(a_folder(tmp_path), "deaf")
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert "Ctrl-C again" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert (out, told) == ("", "")
