"""The command that lives through days: simulate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.finishing import named_layout, optimise
from planner.cli.options import Json, ProjectArg, Seed, app
from planner.cli.output import print_facts, print_table, tell, with_interval

if TYPE_CHECKING:
    from planner.project import Project
    from solvers.effort import Cancel, Report


@app.command()
def simulate(
    project: ProjectArg,
    days: Annotated[int, typer.Option("--days", min=1, max=1_000_000, help="How many days to live through.")] = 300,
    seed: Seed = 1,
    stress: Annotated[bool, typer.Option("--stress", help="Also under 90 to 120 % of the demand.")] = False,
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="Also the project's scenarios, or the usual ones, on the same days.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Live through the design day many times: waits, people inside, use of staff, each with its 95 % interval."""
    from planner.answers import newest
    from planner.chain.simulating import simulate_days
    from planner.source import ROSTER, layout_in_force, open_source

    with open_source(project) as source:
        force = layout_in_force(source)
        layout = force.layout if force else None
        roster = newest(source.answers, ROSTER)

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            answer = simulate_days(
                source.project,
                days=days,
                seed=seed,
                layout=layout,
                roster=roster.body if roster else None,
                stressed=stress,
                compared=scenarios,
                report=report,
                cancel=cancel,
            )
            return named_layout(answer, force) if force else answer

        _while_preparing(source.project, as_json)
        optimise(solve, as_json, _show)


def _while_preparing(project: Project, as_json: bool) -> None:
    """Where the compiled day is not on disk yet, the first use takes seconds: people see the formula's answer meanwhile."""
    from planner import chain
    from solvers.simulation.warm import is_warm

    if is_warm():
        return
    tell("command.preparing")
    if not as_json:
        columns = ("id", "visitors_per_day", "p_within", "wait_mean_min", "wait_p90_min")
        services = chain.plan_capacity(project)["services"]
        print_table(columns, [[each[name] for name in columns] for each in services])


def _show(answer: dict[str, Any]) -> None:
    columns = ("id", "visitors", "p_within", "wait_mean_min", "wait_p90_min", "abandoned")
    print_table(
        columns,
        [
            [each["id"], each["visitors_per_day"]["value"], *(with_interval(each[name]) for name in columns[2:])]
            for each in answer["services"]
        ],
    )
    inside = zip(answer["occupancy"]["quantiles"], answer["occupancy"]["peak"], strict=True)
    print_facts(
        {
            "days": answer["days"],
            "people_inside_peak": ", ".join(f"p{100 * share:.0f} {people}" for share, people in inside),
            "last_exit_min": with_interval(answer["closing"]["last_exit_min"]),
        }
    )
    for name in ("stress", "scenarios"):
        if name in answer:
            _show_scenarios(answer[name])


def _show_scenarios(rows: list[dict[str, Any]]) -> None:
    """Differences are held against the first row, on the same days."""
    columns = ("name", "visitors", "p_within", "wait_mean_min", "wait_more_min", "not_served", "tie", "staff_hours_per_week")
    told = [
        [
            row["name"],
            row["visitors_per_day"],
            *(with_interval(row[name]) for name in columns[2:6]),
            row["tie"],
            row.get("planned", {}).get("staff_hours_per_week", ""),
        ]
        for row in rows
    ]
    print_table(columns, told)
