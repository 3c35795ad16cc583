"""How good a roster of the realistic centre is after 20 seconds, and how soon: two weeks, 40 persons, 30 minutes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solvers.effort import Effort
from solvers.rostering.check import check_roster
from solvers.rostering.repair import Absence, repair
from solvers.rostering.solve import solve
from tests.builders_roster import forty_staff_centre


@pytest.mark.parametrize(("name", "demand", "gap"), [("covered", 1.0, 0.05), ("short", 1.2, 0.5)])
def test_two_weeks_of_forty_people_in_twenty_seconds(name, demand, gap):
    problem = forty_staff_centre()
    if demand > 1:
        needs = tuple(replace(n, needed=round(n.needed * demand + 0.3)) for n in problem.needs)
        problem = replace(problem, needs=needs)
    roster = solve(problem, Effort(seconds=20))
    record = roster.record
    print(f"\n{name}: objective {record.objective:.1f}, bound {record.bound:.1f}, gap {100 * record.gap:.2f} %, "
          f"first after {record.seconds_to_first:.2f} s, ended after {record.seconds:.1f} s, "
          f"{len(roster.shortages)} intervals short")  # fmt: skip
    assert [finding for finding in check_roster(problem, roster) if finding.status == "fail"] == []
    assert record.seconds < 22
    assert record.gap <= gap


def test_a_repair_takes_seconds_and_touches_few():
    problem = forty_staff_centre()
    before = solve(problem, Effort(seconds=20))
    asked, after = repair(problem, before, [Absence(person="P03", dates=("2026-02-09",))], Effort(seconds=10))
    print(f"\nrepair: {after.record.seconds:.1f} s, {after.record.terms['changes'] / 15:.0f} person-days changed, "
          f"gap {100 * after.record.gap:.2f} %")  # fmt: skip
    assert [finding for finding in check_roster(asked, after) if finding.status == "fail"] == []
    assert after.record.terms["changes"] / 15 <= 7
