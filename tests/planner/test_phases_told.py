"""`centreline place` tells on the terminal what each phase opens."""

from __future__ import annotations

import pytest

from planner.cli.placement_output import print_phases


def test_what_each_phase_opens_stands_beside_what_its_year_needs(capsys: pytest.CaptureFixture[str]) -> None:
    def bank(name: str, opens: int, needs: int) -> dict[str, object]:
        return {"id": name, "name": name, "opens": {"positions": opens, "seats": 9}, "needs": {"positions": needs, "seats": 9}}

    print_phases(
        [
            {"phase": 1, "year": 0, "name": "Opening", "banks": [bank("Notary", 2, 2), bank("Registry", 1, 2)]},
            {"phase": 2, "year": 5, "name": "", "banks": [bank("Notary", 4, 4), bank("Registry", 3, 3)]},
        ]
    )
    head, notary, registry = capsys.readouterr().out.splitlines()
    assert "Opening (year 0)" in head and "phase (year 5)" in head
    assert notary.split("  ")[0] == "Notary" and "2 of 2, 9 seats" in notary and "4 of 4" in notary
    assert "1 of 2, 9 seats" in registry


def test_without_phases_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    print_phases([])
    assert capsys.readouterr().out == ""
