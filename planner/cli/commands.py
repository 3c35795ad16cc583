"""Every command: its options, and the few lines that join storage, chain and screen."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layouts.findings import BadInput
from planner.cli.codes import CANCELLED, DONE, exit_code
from planner.cli.output import print_ending, print_facts, print_findings, print_json, print_table, tell

if TYPE_CHECKING:
    from solvers.effort import Cancel, Effort, Report

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Plans one-stop-shop public service centres: capacity, layout, drawings and rosters.",
)


class EffortLevel(StrEnum):
    """How long each optimiser may work."""

    quick = "quick"
    standard = "standard"
    thorough = "thorough"


SECONDS = {EffortLevel.quick: 10.0, EffortLevel.standard: 30.0, EffortLevel.thorough: 120.0}

ProjectArg = Annotated[Path, typer.Argument(metavar="PROJECT", help="A .centreline file or an unpacked folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")]
Level = Annotated[EffortLevel, typer.Option("--effort", help="About 10, 30 or 120 s for each optimiser.")]
Seconds = Annotated[float | None, typer.Option("--seconds", min=0.1, max=86_400, help="Wall time instead of --effort.")]
Reproducible = Annotated[bool, typer.Option("--reproducible", help="Deterministic work in place of wall time.")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Seed of every random choice.")]


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"centreline {version_of('centreline')}")
        raise typer.Exit(DONE)
    if context.invoked_subcommand is None:
        raise BadInput("command.later", command="open")


@app.command("open")
def open_page(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
    port: Annotated[int, typer.Option("--port")] = 0,
    as_json: Json = False,
) -> None:
    """Serve the web page (comes with a later version)."""
    raise BadInput("command.later", command="open")


@app.command()
def simulate(
    project: ProjectArg,
    days: Annotated[int, typer.Option("--days")] = 100,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Simulate days (comes with a later version)."""
    raise BadInput("command.later", command="simulate")


@app.command()
def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The new folder, or a new file NAME.centreline.")],
    template: Annotated[str, typer.Option("--template", help="dahuk (or labour), justice.")] = "labour",
    size: Annotated[str, typer.Option("--size", help="medium.")] = "medium",
    as_json: Json = False,
) -> None:
    """A new project from a template."""
    from planner.examples import copy_example, example
    from planner.source import SUFFIX

    if name.suffix == SUFFIX:
        from planner.packing import pack as pack_folder

        pack_folder(example(template, size), name)
    else:
        copy_example(template, size, name)
    _show({"project": str(name), "template": template, "size": size}, as_json, print_facts)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The architect's drawing (DXF).")],
    into: Annotated[Path | None, typer.Option("--into", metavar="PROJECT", help="Keep it in this project.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="mm, cm, m, in, ft: over the drawing's own word.")] = "",
    preview: Annotated[Path | None, typer.Option("--preview", help="A picture (SVG) of what was read.")] = None,
    revise: Annotated[bool, typer.Option("--revise", help="Put it in place of the project's plan.")] = False,
    as_json: Json = False,
) -> None:
    """Read a drawing as a plan, and keep it in a project."""
    from planner.drawing_source import import_summary, read_drawing, write_preview
    from planner.source import import_drawing, open_source

    if into is None:
        read = read_drawing(file, unit=unit)
    else:
        with open_source(into, write=True) as source:
            if source.project.plan is not None and not revise:
                raise BadInput("import.has_plan", file=str(into))
            read = import_drawing(source, file, unit=unit)
    if preview is not None:
        write_preview(read, preview)
    answer = import_summary(read)
    _show(answer, as_json, _facts_without("census", "spaces", "warnings"))
    if not as_json:
        for warning in answer["warnings"]:
            tell(warning["code"], **({"file": str(file), "place": ""} | warning["values"]))


@app.command()
def capacity(project: ProjectArg, as_json: Json = False) -> None:
    """How many positions, staff and seats the demand needs."""
    from planner import chain
    from planner.source import open_source

    with open_source(project) as source:
        answer = chain.plan_capacity(source.project)
    _show(answer, as_json, lambda a: _bank_table(a["banks"]))
    raise typer.Exit(exit_code(answer))


@app.command()
def place(
    project: ProjectArg,
    effort: Level = EffortLevel.standard,
    seconds: Seconds = None,
    reproducible: Reproducible = False,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Propose a layout and keep it as a candidate."""
    from planner import chain
    from planner.source import PLACEMENT, check_plan_of, open_source

    work = _effort(effort, seconds, reproducible, seed)
    with open_source(project, write=True) as source:
        check_plan_of(source)

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            answer = chain.place_layout(source.project, work, report, cancel)
            if answer.get("layout"):
                source.answers.put(answer["solution"]["question_digest"], PLACEMENT, answer)
            return answer

        _optimise(solve, as_json, lambda a: print_facts(a["solution"] | (a.get("measures") or {})))


@app.command()
def accept(
    project: ProjectArg,
    candidate: Annotated[str, typer.Argument(metavar="[CANDIDATE]", help="First letters of its name.")] = "",
    as_json: Json = False,
) -> None:
    """Decide for a candidate: the newest, or the one named."""
    from planner.project import Accepted
    from planner.source import candidate as find_candidate
    from planner.source import open_source

    with open_source(project, write=True) as source:
        found = find_candidate(source, candidate)
        if found is None:
            raise BadInput("layout.none_yet", file=str(project))
        decision = Accepted(candidate=found.name, layout=found.layout)
        source.decide(decision, source.project.pins, "accept")
    _show({"accepted": found.name}, as_json, print_facts)


@app.command()
def pin(
    project: ProjectArg,
    items: Annotated[list[str], typer.Argument(metavar="ITEM…", help="Ids of banks, rooms or items.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take the pins away.")] = False,
    as_json: Json = False,
) -> None:
    """Decide that things stay where the accepted layout has them."""
    from planner.pins import with_pins, without_pins
    from planner.source import open_source

    with open_source(project, write=True) as source:
        change = without_pins if remove else with_pins
        pins = change(source.project, items, file=str(project))
        source.decide(source.project.accepted, pins, "unpin" if remove else "pin")
    _show({"pins": [p.id for p in pins]}, as_json, print_facts)


@app.command()
def check(project: ProjectArg, as_json: Json = False) -> None:
    """Check the layout in force against the project's profiles."""
    from planner import chain
    from planner.source import check_plan_of, open_source, with_layout_in_force

    with open_source(project) as source:
        check_plan_of(source)
        whole, force = with_layout_in_force(source)
        answer = _named(chain.check_layout(whole), force)
    _show(answer, as_json, _print_checks)
    raise typer.Exit(exit_code(answer))


@app.command()
def roster(
    project: ProjectArg,
    weeks: Annotated[int | None, typer.Option("--weeks", min=1, max=53, help="Over the project's own.")] = None,
    repair: Annotated[Path | None, typer.Option("--repair", help="A roster to change as little as possible.")] = None,
    effort: Level = EffortLevel.standard,
    seconds: Seconds = None,
    reproducible: Reproducible = False,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Draw up a roster that covers the demand within the labour rules."""
    from planner import chain
    from planner.folder import read_json
    from planner.source import ROSTER, open_source

    work = _effort(effort, seconds, reproducible, seed)
    with open_source(project, write=True) as source:
        if not source.project.staff:
            raise BadInput("staff.nobody", file=str(project))
        earlier = read_json(repair) if repair else None

        def solve(report: Report, cancel: Cancel) -> dict[str, Any]:
            answer = chain.draw_up_roster(source.project, work, weeks, earlier, report, cancel)
            if answer.get("assignments"):
                source.answers.put(answer["solution"]["question_digest"], ROSTER, answer)
            return answer

        _optimise(solve, as_json, lambda a: print_facts(a["solution"] | (a.get("fairness") or {})))


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

    work = _effort(effort, seconds, reproducible, seed)
    with open_source(project, write=True) as source:
        check_plan_of(source)
        _optimise(
            lambda report, cancel: chain.deliver(source, out, work, report, cancel),
            as_json,
            lambda a: print_facts({k: v for k, v in a.items() if isinstance(v, str | int | float)}),
        )


@app.command()
def verify(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A delivered package.")], as_json: Json = False) -> None:
    """Re-check a delivered package without any solver."""
    from planner import chain

    if not folder.is_dir():
        raise BadInput("document.missing_folder", file=str(folder))
    answer = chain.verify_package(folder)
    _show(answer, as_json, _print_checks)
    raise typer.Exit(exit_code(answer))


@app.command()
def export(
    project: ProjectArg,
    dxf: Annotated[Path | None, typer.Option("--dxf")] = None,
    svg: Annotated[Path | None, typer.Option("--svg")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf")] = None,
    ifc: Annotated[Path | None, typer.Option("--ifc")] = None,
    glb: Annotated[Path | None, typer.Option("--glb")] = None,
    stl: Annotated[Path | None, typer.Option("--stl")] = None,
    html: Annotated[Path | None, typer.Option("--html")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx")] = None,
    ics: Annotated[Path | None, typer.Option("--ics")] = None,
    as_json: Json = False,
) -> None:
    """Single deliverables from the stored answers."""
    from planner import chain
    from planner.source import open_source

    given = {"dxf": dxf, "svg": svg, "pdf": pdf, "ifc": ifc, "glb": glb, "stl": stl, "html": html, "xlsx": xlsx}
    wanted = {kind: file for kind, file in (given | {"ics": ics}).items() if file is not None}
    if not wanted:
        raise BadInput("export.nothing_asked")
    with open_source(project) as source:
        answer = chain.export_files(source, wanted)
    _show(answer, as_json, print_facts)


@app.command()
def pack(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An unpacked project.")],
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="FOLDER.centreline when left out.")] = None,
    without_people: Annotated[bool, typer.Option("--without-people", help="No names, leave or requests.")] = False,
    as_json: Json = False,
) -> None:
    """Folder to .centreline file."""
    from planner.packing import pack as pack_folder
    from planner.source import SUFFIX

    target = file or folder.with_name(folder.resolve().name + SUFFIX)
    pack_folder(folder, target, without_people=without_people)
    _show({"project": str(target)}, as_json, print_facts)


@app.command()
def unpack(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .centreline file.")],
    folder: Annotated[Path | None, typer.Argument(metavar="[FOLDER]", help="FILE without its ending.")] = None,
    as_json: Json = False,
) -> None:
    """.centreline file to readable folder."""
    from planner.packing import unpack as unpack_file

    target = folder or file.with_suffix("")
    unpack_file(file, target)
    _show({"project": str(target)}, as_json, print_facts)


def _effort(level: EffortLevel, seconds: float | None, reproducible: bool, seed: int) -> Effort:
    from solvers.effort import Effort

    return Effort(seconds=seconds or SECONDS[level], reproducible=reproducible, seed=seed)


def _optimise(solve: Callable[[Report, Cancel], dict[str, Any]], as_json: bool, show: Callable[[dict[str, Any]], None]) -> None:
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
    _show(answer, as_json, show)
    if not as_json:
        print_findings(answer.get("findings") or ())
    print_ending(answer, code)
    raise typer.Exit(code)


def _show(answer: dict[str, Any], as_json: bool, show: Callable[[dict[str, Any]], None]) -> None:
    if as_json:
        print_json(answer)
    else:
        show(answer)


def _named(answer: dict[str, Any], force: Any) -> dict[str, Any]:
    """An answer that says which layout it is about."""
    return answer | {"layout_in_force": {"candidate": force.name, "accepted": force.accepted}}


def _facts_without(*names: str) -> Callable[[dict[str, Any]], None]:
    return lambda answer: print_facts({k: v for k, v in answer.items() if k not in names})


def _bank_table(banks: list[dict[str, Any]]) -> None:
    columns = ("id", "positions", "accessible_positions", "seats", "wheelchair_bays")
    print_table(columns, [[bank.get(c, "") for c in columns] for bank in banks])


def _print_checks(answer: dict[str, Any]) -> None:
    findings = answer.get("findings") or []
    statuses = [f["status"] for f in findings]
    print_facts({s: statuses.count(s) for s in ("pass", "fail", "not_checked", "not_applicable")})
    print_findings(findings)
