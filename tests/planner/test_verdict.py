"""The verdict: what a layout does better and worse than the one before it."""

from __future__ import annotations

from exports.report_verdict import verdict_section
from planner.chain.verdict import verdict


def _answer(candidate: str, *, walk: float, index: float, daylight: float = 0.5, failed: int = 0, asked: str = "q"):
    findings = [{"status": "fail", "severity": "error"}] * failed + [{"status": "fail", "severity": "warning"}]
    measures = {"walk_m_per_visit": walk, "linearity_index": index, "adjacency": None}
    return {
        "candidate": candidate, "measures": measures, "goals": {"daylight_share": daylight}, "findings": findings,
        "asked_digest": asked,
    }  # fmt: skip


def _words(told) -> dict[str, str]:
    return {row["name"]: row["verdict"] for row in told["measures"]}


def test_a_shorter_walk_and_a_higher_index_are_better() -> None:
    told = verdict(_answer("b", walk=30.0, index=80.0), _answer("a", walk=40.0, index=70.0), "a")
    assert _words(told) == {
        "walk_m_per_visit": "better", "linearity_index": "better", "daylight_share": "alike", "failed_checks": "alike"
    }  # fmt: skip
    assert told["overall"] == "better" and told["reference"] == "a" and told["same_question"]


def test_what_is_gained_here_and_lost_there_is_mixed() -> None:
    told = verdict(_answer("b", walk=30.0, index=60.0, failed=1), _answer("a", walk=40.0, index=70.0), "a")
    assert _words(told)["linearity_index"] == "worse" and _words(told)["failed_checks"] == "worse"
    assert told["overall"] == "mixed" and (told["better"], told["worse"]) == (1, 2)


def test_nobody_notices_a_hair() -> None:
    told = verdict(_answer("b", walk=40.1, index=70.1), _answer("a", walk=40.0, index=70.0), "a")
    assert told["overall"] == "alike"


def test_another_programme_is_told() -> None:
    told = verdict(_answer("b", walk=40.0, index=70.0, asked="p"), _answer("a", walk=40.0, index=70.0), "a")
    assert not told["same_question"]
    assert "another programme" in verdict_section(told, "en")


def test_without_a_layout_before_or_against_itself_there_is_no_verdict() -> None:
    now = _answer("a", walk=40.0, index=70.0)
    assert verdict(now, None, None) is None and verdict(now, now, "a") is None
    assert verdict(now, {"solution": {}}, "x") is None
    assert verdict_section(None, "en") == ""


def test_the_report_shows_each_measure_once() -> None:
    told = verdict(_answer("b", walk=30.0, index=80.0), _answer("a", walk=40.0, index=70.0), "a")
    page = verdict_section(told, "en")
    assert page.count("<tr") == 1 + len(told["measures"]) and "better" in page
