"""Whatever stands in a file, it is read or refused in our words: no other error comes out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from exports.words import say
from layouts.findings import BadInput
from planner.folder import read_folder
from planner.project import Project
from planner.storage import create_document, open_document
from tests.planner.builders import DEMAND, STAFF, TOML, a_folder, a_project

TIMES = 100
SNIPPETS = [
    b"",
    b"\x00",
    b"\xff",
    b"\n",
    b'"',
    b"'",
    b",",
    b";",
    b"=",
    b"[",
    b"]]",
    b"{",
    b"-1",
    b"1e999",
    b"nan",
    b"9" * 40,
]


def spoilt(text: bytes, chance: random.Random) -> bytes:
    """The text with a few bytes cut out, doubled or replaced."""
    for _ in range(chance.randint(1, 3)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + chance.randint(0, 30))
        text = text[:at] + chance.choice([*SNIPPETS, text[at:end] * 2]) + text[end:]
    return text


def read_or_refuse(path: Path) -> bool:
    """True when the folder reads; a refusal must have its sentence."""
    try:
        assert isinstance(read_folder(path), Project)
    except BadInput as error:
        assert say(error.code, {"file": error.file, "place": error.place} | error.values)
        return False
    return True


@pytest.mark.parametrize(("name", "text"), [("project.toml", TOML), ("demand.csv", DEMAND), ("staff.csv", STAFF)])
def test_a_spoilt_folder_is_read_or_refused(tmp_path: Path, name: str, text: str) -> None:
    folder = a_folder(tmp_path)
    chance = random.Random(name)
    read = 0
    for _ in range(TIMES):
        (folder / name).write_bytes(spoilt(text.encode(), chance))
        read += read_or_refuse(folder)
    assert read < TIMES / 2, "the spoiling does too little"


@pytest.mark.parametrize("name", ["plan.json", "decisions.json"])
def test_spoilt_data_beside_the_project_is_read_or_refused(tmp_path: Path, name: str) -> None:
    folder = a_folder(tmp_path)
    whole = (folder / "plan.json").read_bytes() if name == "plan.json" else b'{"accepted": null, "pins": [{"id": "a"}]}'
    chance = random.Random(name)
    for _ in range(TIMES):
        (folder / name).write_bytes(spoilt(whole, chance))
        read_or_refuse(folder)


def test_a_spoilt_project_file_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.centreline"
    create_document(path, a_project()).close()
    whole = path.read_bytes()
    chance = random.Random(5)
    refused = 0
    for _ in range(TIMES):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        path.write_bytes(body)
        try:
            document = open_document(path)
            document.history()
            document.close()
        except BadInput as error:
            refused += 1
            assert say(error.code, {"file": error.file, "place": error.place} | error.values)
    assert refused > TIMES / 4
