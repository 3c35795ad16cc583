"""Commands on the document: new, accept, pin, pack, unpack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layouts.findings import BadInput
from planner.cli.finishing import finish
from planner.cli.options import Json, ProjectArg, app
from planner.cli.output import print_facts


@app.command()
def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The new folder, or a new file NAME.centreline.")],
    template: Annotated[
        str, typer.Option("--template", help="labour, justice, municipalities, oil, migration, or dahuk.")
    ] = "labour",
    size: Annotated[str, typer.Option("--size", help="small, medium or large.")] = "medium",
    as_json: Json = False,
) -> None:
    """A new project from a template."""
    from planner.source import SUFFIX
    from planner.templates import make_file_from, make_folder_from

    if name.suffix == SUFFIX:
        make_file_from(template, size, name)
    else:
        make_folder_from(template, size, name)
    finish({"project": str(name), "template": template, "size": size}, as_json, print_facts)


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
    finish({"accepted": found.name}, as_json, print_facts)


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
    finish({"pins": [p.id for p in pins]}, as_json, print_facts)


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
    finish({"project": str(target)}, as_json, print_facts)


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
    finish({"project": str(target)}, as_json, print_facts)
