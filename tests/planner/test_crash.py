"""A killed process never leaves a broken project file, and loses at most the gesture in hand."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from planner.storage import create_document, open_document
from tests.planner.builders import a_project

KILLS = 12
LONGEST_S = 0.08
ROOT = Path(__file__).resolve().parents[2]


def kill_while_saving(path: Path, after_s: float, after_saves: int) -> int:
    """Start a saving process, kill it some time after so many saves; the number of the last that it was told is done."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.planner.saving_process", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as saving:
        assert saving.stdout is not None
        assert saving.stdout.readline() == "ready\n"
        done = [int(saving.stdout.readline()) for _ in range(after_saves)]
        time.sleep(after_s)
        saving.kill()
        done += [int(line) for line in saving.stdout.read().splitlines()]
    return done[-1] if done else 0


def test_a_process_killed_while_saving_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "centre.centreline"
    create_document(path, a_project()).close()
    chance = random.Random(20261121)
    torn = 0
    for n in range(KILLS):
        done = kill_while_saving(path, chance.uniform(0, LONGEST_S), n % 2)
        torn += path.with_name(path.name + "-journal").exists()
        document = open_document(path)
        assert not document.read_only, "the dead writer still holds its lock"
        labels = [revision.label for revision in document.history()]
        assert len(labels) >= done, "a save that was told done is lost"
        assert labels == ["new", *(f"gesture {n}" for n in range(2, len(labels) + 1))]
        # killed between undo and redo it stands one before the last: a whole revision too
        assert document.project.site.name in labels[-2:] or document.project == a_project()
        assert document.project.costs.source in (document.project.site.name, "")
        document.close()
    print(f"{KILLS} kills, {torn} of them within a transaction, {len(labels)} revisions whole")
    assert len(labels) > 5, "hardly anything was saved between the kills"


def test_a_process_killed_while_making_a_file_leaves_all_or_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from planner.storage import create_document;"
        "from tests.planner.builders import a_project\n"
        "print('ready', flush=True)\n"
        "for n in range(10_000): create_document(Path(sys.argv[1]) / f'{n}.centreline', a_project()).close()"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as making:
        assert making.stdout is not None
        assert making.stdout.readline() == "ready\n"
        while making.poll() is None and not any(tmp_path.glob("*.centreline")):
            time.sleep(0.01)
        time.sleep(0.05)
        making.kill()
    made = list(tmp_path.glob("*.centreline"))
    assert made
    for path in made:
        document = open_document(path)
        assert document.project == a_project()
        document.close()
