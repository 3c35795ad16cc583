"""A short run of the fuzz, and that the fuzz itself would tell what it looks for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from layouts.findings import BadInput
from tests.fuzz import worker
from tests.fuzz.mutate import mutant
from tests.fuzz.run import Outcome, fuzz, report
from tests.fuzz.seeds import SHARE, Seed, seeds, weights
from tests.fuzz.worker import made, read_one

RUNS = 60


@pytest.fixture(scope="module")
def found() -> list[Seed]:
    pytest.importorskip("ifcopenshell")
    pytest.importorskip("ezdwg")
    return seeds()


def test_mutants_end_as_a_plan_or_as_a_sentence(found: list[Seed]) -> None:
    outcome = fuzz(found, RUNS, seed=2026)
    assert sum(outcome.counts.values()) == RUNS
    assert not outcome.counts["broken"] and not outcome.counts["hung"], report(outcome)
    assert outcome.counts["read"] > RUNS / 6, "mutants so broken that they test nothing"


def test_every_kind_of_file_has_a_seed_that_is_taken(found: list[Seed]) -> None:
    assert {seed.suffix for seed in found} == set(SHARE)
    assert min(weights(found)) > 0


def test_the_same_run_gives_the_same_mutant(found: list[Seed]) -> None:
    for run in range(20):
        assert made(found, 3, run)[2] == made(found, 3, run)[2]


def test_each_level_changes_the_file(found: list[Seed]) -> None:
    changed: dict[str, list[bool]] = {}
    for run in range(120):
        seed = found[run % len(found)]
        level, body = mutant(seed.body, seed.suffix, found[0].body, random.Random(run))
        changed.setdefault(level, []).append(body != seed.body)
    assert set(changed) == {"structure", "lines", "bytes", "cut"}
    assert all(sum(each) > 0.8 * len(each) for each in changed.values()), "some draws change nothing, most must"


def test_a_reader_that_breaks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(worker, "read_plan", breaks)
    with pytest.raises(KeyError):
        read_one(tmp_path / "a.dxf", 0.0, None)


def test_a_refusal_without_its_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise BadInput("dxf.damaged")

    monkeypatch.setattr(worker, "read_plan", refuses)
    assert read_one(tmp_path / "a.dxf", 0.0, None)[0] == "broken"


def test_the_report_counts_every_mutant() -> None:
    outcome = Outcome()
    outcome.counts.update({"read": 3, "refused": 1})
    outcome.by_kind.update({(".dxf", "read"): 3, (".svg", "refused"): 1})
    assert "| dxf | 3 | 3 | 0 | 0 | 0 | 0 |" in report(outcome)
    assert "| all | 4 | 3 | 1 | 0 | 0 | 0 |" in report(outcome)
