"""Under what an alternative was sought is said in words, in every language."""

from __future__ import annotations

import pytest

from exports.words import say
from planner.chain.sought import sought
from planner.cli.planning_commands import _print_choice

BANKS = {"cashier": "Stipend cashier"}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("free", "nothing forbidden"),
        ("side:cashier:1", "Stipend cashier at the left of the way"),
        ("side:cashier:-1", "Stipend cashier at the right of the way"),
        ("typology:one_core:main-out/3000/2", "walls of another kind: built core on one side"),
        ("spine:main-out/3000/2", "the main aisle led another way (2)"),
    ],
)
def test_a_condition_is_a_sentence(condition: str, said: str) -> None:
    told = sought(condition, BANKS)
    assert say(told["code"], told["values"]) == said
    assert ":" not in say(told["code"], told["values"], "ar").replace("آخر:", "")


def test_the_command_line_prints_words_and_no_codes(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {
            "candidate": "a" * 64, "condition": condition, "sought": sought(condition, BANKS), "differs_in": differs,
            "solution": {"objective": 10.0}, "measures": {"linearity_index": 80.0}, "failed": 0,
        }
        for condition, differs in (("free", []), ("side:cashier:-1", ["sides", "order"]))
    ]  # fmt: skip
    _print_choice({"alternatives": rows})
    out = capsys.readouterr().out
    assert "Stipend cashier at the right of the way" in out
    assert "the sides of banks, the order of banks" in out
    assert "side:" not in out and "condition" not in out
