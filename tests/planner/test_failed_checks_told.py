"""Checks that failed are told as sentences on stderr, whatever else a finding carries."""

from __future__ import annotations

from typing import Any

import pytest

from exports.layout_json import finding_to_json
from layouts.findings import Finding, Witness
from planner.cli.output import print_findings


def test_a_failed_check_is_a_sentence_with_its_own_values(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Finding(
        code="phases.opens_enough", status="fail", severity="error", certainty="default", profile="project", measured=2.0,
        required=3.0, unit="count", where=("registration",), values={"phase": 2, "year": 3},
        witness=(Witness(kind="place", points=((0, 0),)),),
    )  # fmt: skip
    told: dict[str, Any] = finding_to_json(wrong)
    print_findings([told])
    assert capsys.readouterr().err.startswith("error: ")
