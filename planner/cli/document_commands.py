"""Commands on the document: new, import, accept, pin, pack, unpack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layouts.findings import BadInput
from planner.cli.finishing import facts_without, finish
from planner.cli.options import Json, ProjectArg, app
from planner.cli.output import print_facts, tell


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

        pack_folder(example(template, size), name, with_answers=False)
    else:
        copy_example(template, size, name)
    finish({"project": str(name), "template": template, "size": size}, as_json, print_facts)


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
    finish(answer, as_json, facts_without("census", "spaces", "warnings"))
    if not as_json:
        for warning in answer["warnings"]:
            tell(warning["code"], **({"file": str(file), "place": ""} | warning["values"]))


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
