"""How a command ends: its answer printed, the reasons told, the exit code given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from planner.cli.codes import CANCELLED, exit_code
from planner.cli.output import print_ending, print_facts, print_findings, print_json, print_table

if TYPE_CHECKING:
    from solvers.effort import Cancel, Report


def optimise(solve: Callable[[Report, Cancel], dict[str, Any]], as_json: bool, show: Callable[[dict[str, Any]], None]) -> None:
    """Run an optimiser's command with progress and Ctrl-C, print its answer and end with its exit code."""
    from planner.cli.running import run_cancellable
    from planner.progress import shown_progress

    cancelled: list[Cancel] = []
    with shown_progress() as report:

        def work(cancel: Cancel) -> dict[str, Any]:
            cancelled.append(cancel)
            return solve(report, cancel)

        answer = run_cancellable(work)

    code = CANCELLED if cancelled[0] else exit_code(answer)
    finish(answer, as_json, show)
    if not as_json:
        print_findings(answer.get("findings") or ())
    print_ending(answer, code)
    raise typer.Exit(code)


def finish(answer: dict[str, Any], as_json: bool, show: Callable[[dict[str, Any]], None]) -> None:
    if as_json:
        print_json(answer)
    else:
        show(answer)


def named_layout(answer: dict[str, Any], force: Any) -> dict[str, Any]:
    """An answer that says which layout it is about."""
    return answer | {"layout_in_force": {"candidate": force.name, "accepted": force.accepted}}


def bank_table(banks: list[dict[str, Any]]) -> None:
    columns = ("id", "positions", "accessible_positions", "seats", "wheelchair_bays")
    print_table(columns, [[bank.get(c, "") for c in columns] for bank in banks])


def print_checks(answer: dict[str, Any]) -> None:
    findings = answer.get("findings") or []
    statuses = [f["status"] for f in (*findings, *(answer.get("not_checked") or ()))]
    print_facts({s: statuses.count(s) for s in ("pass", "fail", "not_checked", "not_applicable")})
    print_findings(findings)
