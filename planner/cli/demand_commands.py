"""Commands on demand: demand, compare, processes, areas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.codes import exit_code
from planner.cli.finishing import finish, optimise
from planner.cli.options import Json, ProjectArg, Seed, app
from planner.cli.output import print_facts, print_findings, print_table, tell

if TYPE_CHECKING:
    from planner.intake.naming import IntakeOptions
    from solvers.effort import Cancel, Report

Skip = Annotated[bool, typer.Option("--skip", help="Leave out rows that cannot be right, and tell how many.")]
Encoding = Annotated[str, typer.Option("--encoding", help="Such as cp1256, where it is not found out rightly.")]
Column = Annotated[list[str] | None, typer.Option("--column", metavar="ROLE=HEADING", help="What a column holds.")]
ServiceName = Annotated[list[str] | None, typer.Option("--service", metavar="NAME=ID", help="A name in the file = our id.")]
LOGGED = ("id", "name_in_file", "tickets", "per_day", "wait_mean_min", "wait_p90_min", "left_share")
SEEN = ("id", "name_in_file", "days", "served_per_day", "service_min")
HELD = ("figure", "subject", "day_type", "start", "planned", "actual", "low", "high", "count", "deviates")
SIDE = ("steps", "documents", "visits_per_case", "contact_min", "clerk_min", "visits_per_day")
AREA = ("id", "kind", "number", "net_m2")
SIZES = ("size", "visits_per_day", "positions", "seats", "net_m2", "gross_m2", "gross_per_daily_visit_m2", "stands")


@app.command()
def demand(
    project: ProjectArg,
    log: Annotated[
        Path | None,
        typer.Option("--from", "--log", metavar="FILE", help="Ticket log, snapshots, table or totals (CSV, XLSX) to take in."),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", min=1970, max=2200, help="Tell the year date by date.")] = None,
    profile: Annotated[str, typer.Option("--profile", help="Of totals: project, textbook, flat.")] = "project",
    office: Annotated[str, typer.Option("--office", help="Which office of a file of snapshots.")] = "",
    keep_times: Annotated[bool, typer.Option("--keep-times", help="Take arrivals only.")] = False,
    board_times: Annotated[
        bool, typer.Option("--board-times", help="Service times from snapshots too; where a counter serves one line only.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell, and change nothing.")] = False,
    skip: Skip = False,
    encoding: Encoding = "",
    column: Column = None,
    service: ServiceName = None,
    as_json: Json = False,
) -> None:
    """Who comes when; with --from, take it from a file into the project as one revision."""
    from planner.chain.demanding import demand_of
    from planner.source import open_source

    if log is None:
        with open_source(project) as source:
            answer = demand_of(source.project, year)
        finish(answer, as_json, _show_demand)
        return
    from planner.intake.taking import take_file

    wishes = {"office": office, "profile": profile, "keep_times": keep_times, "board_times": board_times}
    options = _options(skip, encoding, column, service, **wishes)
    with open_source(project, write=not dry_run) as source:
        taken = take_file(source.project, log, options)
        if not dry_run:
            source.take_demand(taken.project, f"demand from {log.name}")
    finish(taken.told | {"kept": not dry_run}, as_json, _show_taken)


@app.command()
def compare(
    project: ProjectArg,
    log: Annotated[Path, typer.Option("--log", metavar="FILE", help="The ticket log from after the opening (CSV, XLSX).")],
    years: Annotated[int | None, typer.Option("--years", min=0, max=50, help="Of growth taken in; the plan's.")] = None,
    days: Annotated[int, typer.Option("--days", min=20, max=100_000, help="Simulated days the waits are held against.")] = 400,
    seed: Seed = 1,
    skip: Skip = False,
    encoding: Encoding = "",
    column: Column = None,
    service: ServiceName = None,
    page: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also as a page, in the site's language.")] = None,
    as_json: Json = False,
) -> None:
    """Hold the plan against what came: arrivals, service times and waits, and where they deviate beyond chance."""
    from exports.planned_actual_page import planned_actual_html
    from planner.chain.comparing import compare_plan
    from planner.files import write_whole
    from planner.source import open_source

    options = _options(skip, encoding, column, service)
    with open_source(project) as source:

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            project = source.project
            answer = compare_plan(project, log, options, years=years, days=days, seed=seed, report=report, cancel=cancel)
            if page is not None:
                write_whole(page, planned_actual_html(answer, project.site.name, project.site.language).encode())
            return answer

        optimise(solve, as_json, _show_compared)


@app.command()
def processes(project: ProjectArg, as_json: Json = False) -> None:
    """Services before and after re-engineering: steps, papers, visits, minutes, and the counters each way needs."""
    from planner.chain.demanding import processes_of
    from planner.source import open_source

    with open_source(project) as source:
        answer = processes_of(source.project)
    finish(answer, as_json, _show_processes)


@app.command()
def areas(project: ProjectArg, as_json: Json = False) -> None:
    """The schedule of areas, net and gross, and where the centre stands among others."""
    from planner.chain.demanding import areas_of
    from planner.source import open_source

    with open_source(project) as source:
        answer = areas_of(source.project)
    finish(answer, as_json, _show_areas)
    if not as_json:
        print_findings(answer["findings"])
    raise typer.Exit(exit_code(answer))


def _options(skip: bool, encoding: str, column: list[str] | None, service: list[str] | None, **more: Any) -> IntakeOptions:
    from planner.intake.naming import IntakeOptions, pairs

    return IntakeOptions(
        skip=skip,
        encoding=encoding,
        columns=pairs(column or (), "--column"),
        services=pairs(service or (), "--service"),
        **more,
    )


def _show_demand(answer: dict[str, Any]) -> None:
    for day in answer["day_types"]:
        columns = ("id", "name", "per_day", "walk_in_per_day", "booked_per_day")
        print_facts({"day_type": day["id"], "persons_per_day": day["persons_per_day"]})
        print_table(columns, [[row[c] for c in columns] for row in day["services"]])
    if calendar := answer.get("calendar"):
        print_facts({name: calendar[name] for name in ("year", "open_days", "persons", "mean_day")})
        print_table(("month", "open_days", "open_hours", "persons"), [list(row.values()) for row in calendar["months"]])
        print_table(("open", "close", "days", "persons", "first", "last"), [list(row.values()) for row in calendar["hours"]])
        print_table(("busiest", "persons", "carried"), [[d["date"], d["persons"], d["carried"]] for d in calendar["busiest"]])


def _show_taken(answer: dict[str, Any]) -> None:
    plain = ("kind", "file", "rows", "encoding", "skipped", "used", "outside_hours", "on_other_days", "left_out_in_season")
    print_facts({name: answer[name] for name in plain if name in answer})
    services = [row for row in answer.get("services", ()) if "tickets" in row]
    seen = [row for row in answer.get("services", ()) if "served_per_day" in row]
    if seen:
        print_table(SEEN, [[row[c] for c in SEEN] for row in seen])
    if services:
        print_table(LOGGED, [[row[c] for c in LOGGED] for row in services])
    rows = [
        [t["service"], t["bank"], t["before"]["mean_min"], t["after"]["mean_min"], t["after"]["cv"], t["after"]["distribution"]]
        for t in answer.get("times", ())
    ]
    if rows:
        print_table(("service", "bank", "mean before", "mean now", "cv", "distribution"), rows)
    for fault in answer.get("faults", ()):
        tell(fault["code"], file=fault["file"], place=fault["place"], **fault["values"])
    days = answer["persons_per_day"]
    print_table(("day_type", "persons before", "persons now"), [[d, days["before"][d], n] for d, n in days["after"].items()])
    tell("demand.kept" if answer["kept"] else "demand.not_kept", file=answer["file"], rows=answer["rows"])


def _show_compared(answer: dict[str, Any]) -> None:
    rows = [row for row in answer["rows"] if row["figure"] != "arrivals_by_interval" or row["deviates"]]
    print_table(HELD, [[row[c] for c in HELD] for row in rows])
    print_facts({"dates": answer["dates"]["count"], "deviating": answer["deviating"], "not_held": answer["not_held"]})


def _show_processes(answer: dict[str, Any]) -> None:
    for service in answer["services"]:
        rows = [[c, service["as_is"][c], service["to_be"][c], service["saved"][c]] for c in SIDE]
        print_table((service["name"], "as is", "to be", "saved"), rows)
    whole = answer["capacity"]
    rows = [[c, whole["as_is"][c], whole["to_be"][c], whole["saved"][c]] for c in whole["as_is"]]
    print_table(("whole centre", "as is", "to be", "saved"), rows)


def _show_areas(answer: dict[str, Any]) -> None:
    print_table(AREA, [[line[c] for c in AREA] for line in answer["lines"]])
    print_facts({name: answer[name] for name in ("net_m2", "with_circulation_m2", "gross_m2", "floor_m2")})
    measures = [[m["measure"], m["value"], m["unit"], m["stands"], m["near"]] for m in answer["measures"]]
    print_table(("measure", "value", "unit", "stands", "near"), measures)
    print_table(SIZES, [[row[c] for c in SIZES] for row in answer["sizes"]])
