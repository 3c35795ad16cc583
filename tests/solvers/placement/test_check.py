"""The checker lets a sound placement pass, and refuses terms and records that do not add up, by the code of what was broken."""

from __future__ import annotations

import subprocess
import sys

import pytest

from solvers.effort import SolutionRecord
from solvers.placement.check import CHECKS, breaches, check_placement
from solvers.placement.check_hall import HALL_CHECKS
from solvers.placement.check_objective import terms_again
from solvers.placement.problem import Missing, Placement
from tests.solvers.placement.tampered import Answer, codes, pose_of, with_pose, with_record


def test_a_sound_placement_passes_every_check(sound: Answer) -> None:
    found = check_placement(*sound)
    assert {f.code for f in found} == {*CHECKS, *HALL_CHECKS}
    assert {f.status for f in found} == {"pass"}


def test_the_checker_imports_nothing_of_the_model() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, solvers.placement.check; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    ours = {m for m in told if m.startswith("solvers.placement.") and ".check" not in m}
    assert ours == {"solvers.placement.problem", "solvers.placement.wish"}
    assert not [m for m in told if m.split(".")[0] == "ortools"]


@pytest.mark.parametrize(
    "goal",
    [
        "walking",
        "backtracking",
        "lateral",
        "rooms_at_hand",
        "compact_staff_side",
        "few_frontlines",
        "disliked_insides",
        "nearness",
        "crowding",
        "daylight",
        "aisle_surplus",
    ],
)
def test_a_term_told_wrong_is_refused(sound: Answer, goal: str) -> None:
    terms = dict(sound[1].record.terms)
    terms[goal] -= 1
    assert "terms_agree" in codes(with_record(sound, terms=terms))
    del terms[goal]
    assert "terms_agree" in codes(with_record(sound, terms=terms))


def test_the_terms_are_recomputed_from_the_poses(sound: Answer) -> None:
    problem, placement = sound
    assert terms_again(problem, placement, placement.spine) == pytest.approx(placement.record.terms)
    assert "terms_agree" in codes(with_pose(sound, "prayer", back_dm=pose_of(sound, "prayer").back_dm + 3))


@pytest.mark.parametrize(
    "change",
    [{"objective": 1.0}, {"bound": 9e9}, {"gap": 0.5}, {"relaxation_bound": 9e9}, {"objective": None}, {"status": "unknown"}],
)
def test_a_record_that_does_not_add_up_is_refused(sound: Answer, change: dict[str, object]) -> None:
    assert "sums_agree" in codes(with_record(sound, **change))


def test_a_layout_that_calls_itself_optimal_with_a_gap_is_refused(sound: Answer) -> None:
    low = sound[1].record.objective * 0.9
    assert "sums_agree" in codes(with_record(sound, status="optimal", bound=low, gap=0.1))
    assert "sums_agree" not in codes(with_record(sound, status="feasible", bound=low, gap=0.1))


def an_answer_without_a_layout(status: str, missing: Missing | None) -> Placement:
    record = SolutionRecord(
        status=status, objective=None, bound=None, gap=None, relaxation_bound=None, terms={}, freedom={}, seed=1,
        effort="1 s", reproducible=False, seconds_to_first=None, seconds=1.0, versions={}, question_digest="",
    )  # fmt: skip
    return Placement(record=record, layout=None, missing=missing)


def test_no_layout_is_an_answer_only_with_its_reason(sound: Answer) -> None:
    reason = Missing(elements=("A",), reasons=(("placement.fits_nowhere", {"modules": "A"}),))
    assert breaches(sound[0], an_answer_without_a_layout("infeasible", reason)) == ()
    assert codes((sound[0], an_answer_without_a_layout("infeasible", None))) == {"explained"}
    assert codes((sound[0], an_answer_without_a_layout("optimal", reason))) == {"explained"}
