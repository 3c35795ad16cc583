"""Reading in a process of its own: the same answer, and no file that takes the program down."""

from __future__ import annotations

from pathlib import Path

import pytest
from sketch import hall, saved

from layouts.findings import BadInput
from layouts.readers.dxf import read_dxf
from layouts.readers.fenced import read_fenced
from layouts.readers.units import UnitUnknown


def test_a_fenced_reading_is_the_same(tmp_path: Path) -> None:
    path = saved(hall(), tmp_path)
    assert read_fenced(path, unit="mm") == read_dxf(path, unit="mm")


def test_what_is_refused_there_is_refused_here(tmp_path: Path) -> None:
    (tmp_path / "a.dxf").write_bytes(b"a letter")
    with pytest.raises(BadInput) as refused:
        read_fenced(tmp_path / "a.dxf")
    assert (refused.value.code, refused.value.file) == ("dxf.not_dxf", "a.dxf")


def test_the_question_of_the_unit_comes_back_with_its_choices(tmp_path: Path) -> None:
    with pytest.raises(UnitUnknown) as asked:
        read_fenced(saved(hall(header=0, scale=1e-6), tmp_path))
    assert len(asked.value.choices) == 7


def test_too_slow_a_reading_is_ended(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"file\.too_slow"):
        read_fenced(saved(hall(), tmp_path), seconds=0.05)


def test_too_much_memory_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_fenced(saved(hall(), tmp_path), most_bytes=30_000_000)
    assert refused.value.code in ("file.too_much_memory", "file.reader_died")
