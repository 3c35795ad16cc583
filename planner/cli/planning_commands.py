"""Commands that calculate: capacity, place, check, roster, and plan, which does it all."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from exports.words import say
from layouts.findings import BadInput
from planner.cli.codes import exit_code
from planner.cli.finishing import bank_table, finish, named_layout, optimise, print_checks
from planner.cli.options import EffortLevel, Json, Level, ProjectArg, Reproducible, Seconds, Seed, allowed, app
from planner.cli.output import print_facts, print_findings, print_table, tell, with_interval
from planner.cli.placement_output import print_placement
from planner.cli.repairing import print_roster

if TYPE_CHECKING:
    from solvers.effort import Cancel, Report

UNTOLD = ("solution", "measures", "leaning", "leanings", "condition", "conditions")  # figures stand beside, codes for programs


@app.command()
def capacity(
    project: ProjectArg,
    refine: Annotated[bool, typer.Option("--refine", help="Find positions by simulation and keep them.")] = False,
    buying: Annotated[
        bool, typer.Option("--buying", help="Also what waits cost: frontier, kiosks against counters, payback.")
    ] = False,
    as_json: Json = False,
) -> None:
    """How many positions, staff and seats the demand needs."""
    from planner import chain
    from planner.source import open_source

    with open_source(project, write=refine) as source:
        planning = source.project.planning
        if not refine and not buying and planning.staffing != "refined":
            answer = chain.plan_capacity(source.project)
            finish(answer, as_json, _print_capacity)
            raise typer.Exit(exit_code(answer))
        if refine and planning.staffing != "refined":
            tell("command.refined_once")
        whole = replace(source.project, planning=replace(planning, staffing="refined")) if refine else source.project

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            answer = chain.plan_capacity(whole, report, cancel)
            if refine and not cancel:
                chain.keep_staffing(source.answers, whole)
            if buying and not cancel:
                answer["buying"] = chain.buying_of(whole, report, cancel)
            return answer

        optimise(solve, as_json, _print_capacity)


def _print_capacity(answer: dict[str, Any]) -> None:
    bank_table(answer["banks"])
    if "refined" in answer:
        _print_refined(answer)
    if "buying" in answer:
        _print_buying(answer["buying"])
    print_findings(answer["findings"])


def _print_buying(answer: dict[str, Any]) -> None:
    columns = ("within_min", "staff_hours_per_week", "cost_per_year", "wait_p90_min", "simulated", "hours_per_minute")
    rows = [{**row, "simulated": with_interval(row["simulated_p90_min"])} for row in answer["frontier"]]
    print_table(columns, [["" if row[c] is None else row[c] for c in columns] for row in rows])
    served = ("bank", "kind", "positions", "staff_hours_per_week", "cost_per_year", "p_within", "wait_p90_min")
    if answer["kiosks_against_counters"]:
        print_table(served, [[row[c] for c in served] for row in answer["kiosks_against_counters"]])
    costs = answer["costs"]
    names = ("currency", "capital", "running_per_year", "cost_per_visit")
    print_facts({name: costs[name] for name in names} | {"payback_years": answer["payback"]["years"]})


def _print_refined(answer: dict[str, Any]) -> None:
    columns = ("day_type", "id", "promised", "kept", "no_less_because", "one_less", "open")
    days = answer["refined"]["days"]
    print_table(
        columns,
        [
            [day["day_type"], bank["id"], bank["share_within"], with_interval(bank["p_within"]), *_tight(bank), bank["open"]]
            for day in days
            for bank in day["banks"]
        ],
    )
    hours = {f"hours_{day['day_type']}": f"{day['hours_by_formula']:g} → {day['hours']:g}" for day in days}
    print_facts({"standard_holds": answer["standard"]["holds_over"]} | hours)


def _tight(bank: dict[str, Any]) -> tuple[str, str]:
    """Why a bank has no less, and what it would keep with one less."""
    tight = bank["tight"]
    if tight is None:
        return "", ""
    return tight["because"], with_interval(tight["one_less"]) if tight["one_less"] else ""


@app.command()
def place(
    project: ProjectArg,
    effort: Level = EffortLevel.standard,
    seconds: Seconds = None,
    reproducible: Reproducible = False,
    seed: Seed = 1,
    alternatives: Annotated[
        int | None, typer.Option("--alternatives", metavar="K", help="K layouts that differ in kind, each a candidate.")
    ] = None,
    pareto: Annotated[
        bool, typer.Option("--pareto", help="Layouts between straight ways, comfort and few new walls, each a candidate.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Propose a layout and keep it as a candidate."""
    from planner import chain
    from planner.source import PLACEMENT, check_plan_of, open_source

    work = allowed(effort, seconds, reproducible, seed)
    if pareto and alternatives is not None:
        raise BadInput("placement.one_choice", file=str(project))
    with open_source(project, write=True) as source:
        check_plan_of(source)
        if pareto or alternatives is not None:
            optimise(partial(_choose, source, work, alternatives), as_json, _print_choice)
            return

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            answer = chain.place_layout(source.project, work, report, cancel, chain.earlier_poses(source))
            if answer.get("layout"):
                name = answer.get("candidate") or answer["solution"]["question_digest"]
                source.answers.put(name, PLACEMENT, answer)
            return answer

        optimise(solve, as_json, print_placement)


def _choose(source: Any, work: Any, count: int | None, report: Report, cancel: Cancel) -> dict[str, Any]:
    """Several layouts; the best is kept last, so that it is the newest candidate."""
    from planner import chain
    from planner.source import PLACEMENT

    earlier = chain.earlier_poses(source)
    if count is None:
        choice = chain.choose_pareto(source.project, work, report, cancel, earlier)
    else:
        choice = chain.choose_alternatives(source.project, work, count, report, cancel, earlier)
    for answer in reversed(choice.answers):
        source.answers.put(answer["candidate"], PLACEMENT, answer)
    return choice.told


def _print_choice(answer: dict[str, Any]) -> None:
    """One line a layout: its name, what it is like, and its figures."""
    several = "alternatives" in answer  # found by the same weights: their costs compare
    rows = [r | {"candidate": r["candidate"][:12]} for r in answer.get("alternatives", answer.get("pareto", ()))]
    told = [
        {k: _in_a_cell(v) for k, v in _in_words(row).items() if k not in UNTOLD}
        | ({"objective": row["solution"]["objective"], "linearity": row["measures"]["linearity_index"]} if several else {})
        for row in rows
    ]
    if told:
        print_table(tuple(told[0]), [[row.get(c, "") for c in told[0]] for row in told])


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """Under what a layout was sought, and in what it differs from the first, as people say it."""
    said = {"sought": say(row["sought"]["code"], row["sought"]["values"])} if "sought" in row else {}
    differs = {"differs_in": [say(f"placement.differs.{n}") for n in row["differs_in"]]} if "differs_in" in row else {}
    return row | said | differs


def _in_a_cell(value: Any) -> Any:
    """Lists and what differs by storey, in one line."""
    told = [f"{k}: {v}" for k, v in value.items()] if isinstance(value, dict) else value
    return ", ".join(told) if isinstance(told, list) else told


@app.command()
def check(project: ProjectArg, as_json: Json = False) -> None:
    """Check the layout in force against the project's profiles."""
    from planner import chain
    from planner.source import check_plan_of, open_source, with_layout_in_force

    with open_source(project) as source:
        check_plan_of(source)
        whole, force = with_layout_in_force(source)
        answer = named_layout(chain.check_layout(whole), force)
    finish(answer, as_json, print_checks)
    raise typer.Exit(exit_code(answer))


@app.command()
def roster(
    project: ProjectArg,
    weeks: Annotated[int | None, typer.Option("--weeks", min=1, max=53, help="Over the project's own.")] = None,
    repair: Annotated[
        list[str] | None,
        typer.Option(
            "--repair",
            metavar="ID:DATE|FILE",
            help="Who cannot come, and when (ID:DATE or ID:FIRST..LAST, also several times): the newest roster, or the one"
            " in FILE, is changed as little as possible.",
        ),
    ] = None,
    effort: Level = EffortLevel.standard,
    seconds: Seconds = None,
    reproducible: Reproducible = False,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Draw up a roster that covers the demand within the labour rules."""
    from planner import chain
    from planner.chain.mending import with_leave
    from planner.cli.repairing import asked_to_mend
    from planner.source import ROSTER, open_source

    work = allowed(effort, seconds, reproducible, seed)
    with open_source(project, write=True) as source:
        if not source.project.staff:
            raise BadInput("staff.nobody", file=str(project))
        earlier, absences = asked_to_mend(source, repair or ())
        asked = with_leave(source.project, absences)

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            answer = chain.draw_up_roster(asked, work, weeks, earlier, report, cancel)
            if answer.get("assignments"):
                if absences:
                    source.take_staff(asked, "leave")
                source.answers.put(answer["solution"]["question_digest"], ROSTER, answer)
            return answer

        optimise(solve, as_json, print_roster)


@app.command()
def plan(
    project: ProjectArg,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the package goes.")],
    effort: Level = EffortLevel.standard,
    seconds: Seconds = None,
    reproducible: Reproducible = False,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """The main job: capacity, layout, checks, roster and every deliverable into DIR."""
    from planner import chain
    from planner.source import check_plan_of, open_source

    work = allowed(effort, seconds, reproducible, seed)
    with open_source(project, write=True) as source:
        check_plan_of(source)
        optimise(
            lambda report, cancel: chain.deliver(source, out, work, report, cancel),
            as_json,
            lambda a: print_facts({k: v for k, v in a.items() if isinstance(v, str | int | float)}),
        )
