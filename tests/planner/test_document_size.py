"""A long history stays small: patches, not copies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from layouts.plan import Level, Wall
from planner.project import Project
from planner.storage import create_document, open_document
from tests.planner.builders import a_plan, a_project

SHARE_OF_CLAIM = 20  # 250 gestures on 100 walls against 5,000 on 2,000: a twentieth of each
STEPS_BACK = 60  # over the last whole document, kept every hundred revisions or after a large change


def a_plan_of_walls(count: int) -> Project:
    """A project whose plan has many walls, no two alike."""
    chance = random.Random(1)
    level = a_plan().levels[0]
    walls = tuple(
        Wall(id=f"wall-{i}", a=_point(chance), b=_point(chance), thickness_mm=chance.choice((100, 150, 200)))
        for i in range(count)
    )
    return a_project(plan=replace(a_plan(), levels=(replace(level, walls=walls),)))


def gestures(project: Project, count: int) -> Iterator[tuple[str, Project]]:
    """What people do at a drawing board: mostly moving walls, sometimes adding one, removing one, or shifting all."""
    chance = random.Random(2)
    for number in range(count):
        assert project.plan is not None
        level = project.plan.levels[0]
        walls = list(level.walls)
        at = chance.randrange(len(walls))
        if number % 500 == 499:
            label, walls = "shift all", [replace(w, a=(w.a[0] + 10, w.a[1]), b=(w.b[0] + 10, w.b[1])) for w in walls]
        elif number % 10 == 8:
            label = "add a wall"
            walls.insert(at, Wall(id=f"new-{number}", a=_point(chance), b=_point(chance), thickness_mm=150))
        elif number % 10 == 9:
            label = "remove a wall"
            del walls[at]
        else:
            label = "move a wall"
            walls[at] = replace(walls[at], a=_point(chance), b=_point(chance))
        project = _with_level(project, replace(level, walls=tuple(walls)))
        yield label, project


def test_a_twentieth_of_the_claim_takes_less_than_a_twentieth_of_the_size(tmp_path: Path) -> None:
    path = tmp_path / "long.centreline"
    document = create_document(path, a_plan_of_walls(2000 // SHARE_OF_CLAIM))
    states = [document.project]
    for label, project in gestures(document.project, 5000 // SHARE_OF_CLAIM):
        document.save(project, label)
        states.append(project)
    document.close()
    document = open_document(path)  # so that all that is gone back to is read
    for state in reversed(states[-1 - STEPS_BACK : -1]):
        assert document.undo() == state
    while document.redo():
        pass
    assert document.project == states[-1]
    document.close()
    assert path.stat().st_size < 50e6 / SHARE_OF_CLAIM / 10


def _point(chance: random.Random) -> tuple[int, int]:
    return chance.randrange(60_000), chance.randrange(40_000)


def _with_level(project: Project, level: Level) -> Project:
    assert project.plan is not None
    return replace(project, plan=replace(project.plan, levels=(level,)))
