"""Older documents open, one step at a time; newer ones are refused. The old format is made up: none came before."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import pytest

from layouts.findings import BadInput
from planner.folder import read_folder
from planner.packing import pack
from planner.project import Site
from planner.reading import plain
from planner.storage import open_document
from planner.upgrades import STEPS, upgrade
from solvers.services import DayType

OLD = Path(__file__).parent / "old_projects" / "version_0"


def from_0(data: dict[str, Any]) -> dict[str, Any]:
    """Format 0 to 1: the site gets a table of its own, hours become minutes."""
    minutes = [60 * int(h) + int(m) for h, m in (t.split(":") for t in data["day_types"][0]["hours"].split("-"))]
    day = {k: v for k, v in data["day_types"][0].items() if k != "hours"}
    day |= {"open_min": minutes[0], "close_min": minutes[1]}
    kept = {k: v for k, v in data.items() if k not in ("name", "ministry")}
    return kept | {"site": {"name": data["name"], "ministry": data["ministry"]}, "day_types": [day]}


@pytest.fixture
def with_first_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, 0, from_0)


@pytest.mark.usefixtures("with_first_step")
def test_an_old_folder_opens_as_todays() -> None:
    project = read_folder(OLD)
    assert project.site == Site(name="Old centre", ministry="Justice")
    assert project.day_types[0] == DayType(id="weekday", name="Weekday", open_min=480, close_min=540, weekdays=("sun", "mon"))
    assert project.format_version == 1


def test_without_its_step_an_old_folder_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        read_folder(OLD)
    assert refused.value.code == "document.unknown_format"


@pytest.mark.usefixtures("with_first_step")
def test_an_old_file_opens_and_its_history_stays(tmp_path: Path) -> None:
    path = tmp_path / "old.centreline"
    pack(OLD, path)
    today = read_folder(OLD)
    older = plain(today) | {"name": "Old centre", "ministry": "Justice"}
    older["day_types"][0] = {"id": "weekday", "name": "Weekday", "hours": "08:00-09:00", "weekdays": ["sun", "mon"]}
    del older["site"]
    connection = sqlite3.connect(path)
    connection.execute("UPDATE revision SET format = 0, body = ?", (zlib.compress(json.dumps(older).encode()),))
    patch = zlib.compress(json.dumps([["=", ["name"], "Older centre"]]).encode())
    connection.execute("INSERT INTO revision VALUES (2, 'rename', '2026-01-01', 0, 0, ?)", (patch,))
    connection.execute("UPDATE current SET number = 2")
    connection.execute("PRAGMA user_version = 0")
    connection.commit()
    connection.close()

    document = open_document(path)
    assert document.project.site.name == "Older centre"
    document.save(today, "back")
    document.close()
    document = open_document(path)
    assert document.project == today
    assert [r.label for r in document.history()] == ["pack", "rename", "back"]
    undone = document.undo()
    assert undone is not None
    assert undone.site.name == "Older centre"
    document.close()


def test_steps_follow_one_another_to_the_newest() -> None:
    steps = {n: lambda data, n=n: data | {"seen": [*data.get("seen", []), n]} for n in range(3)}
    assert upgrade({}, 0, steps=steps, to=3) == {"seen": [0, 1, 2], "format_version": 3}
    assert upgrade({"a": 1}, 3, steps=steps, to=3) == {"a": 1}


@pytest.mark.parametrize(("version", "code"), [(4, "document.newer_format"), ("3", "document.not_whole")])
def test_a_format_from_the_future_or_none_at_all_is_refused(version: object, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        upgrade({}, version, to=3)
    assert refused.value.code == code
