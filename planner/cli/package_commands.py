"""Commands on what is handed over: verify, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layouts.findings import BadInput
from planner.cli.codes import exit_code
from planner.cli.finishing import finish, print_checks
from planner.cli.options import Json, ProjectArg, app
from planner.cli.output import print_facts


@app.command()
def verify(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A delivered package.")], as_json: Json = False) -> None:
    """Re-check a delivered package without any solver."""
    from planner.verify import verify_package  # no solver is loaded for it

    if not folder.is_dir():
        raise BadInput("document.missing_folder", file=str(folder))
    answer = verify_package(folder)
    finish(answer, as_json, print_checks)
    raise typer.Exit(exit_code(answer))


@app.command()
def export(
    project: ProjectArg,
    dxf: Annotated[Path | None, typer.Option("--dxf", metavar="FILE", help="The drawing, ours added to yours.")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="The drawing as a picture.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="The sheets at true scale.")] = None,
    ifc: Annotated[Path | None, typer.Option("--ifc", metavar="FILE", help="Comes with a later version.")] = None,
    glb: Annotated[Path | None, typer.Option("--glb", metavar="FILE", help="The layout in three dimensions.")] = None,
    stl: Annotated[Path | None, typer.Option("--stl", metavar="FILE", help="The same to print.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="The report.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="The roster, a sheet a week.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="The roster as a calendar.")] = None,
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
    finish(answer, as_json, print_facts)
