"""`centreline import`: a drawing read as a plan; asks for the scale where it is unsure, and never keeps a guess."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from exports.words import readable, say
from layouts.findings import BadInput
from planner.cli.codes import CHECK_FAILED
from planner.cli.finishing import finish
from planner.cli.options import Json, app
from planner.cli.output import print_facts, print_sentence, print_table, tell

SHOWN = ("unit", "scale_to_mm", "size_m", "door_m", "outline_m2", "walls", "doors", "windows", "columns", "storeys", "kept")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The architect's drawing (DXF, DWG, IFC, SVG, PDF).")],
    into: Annotated[Path | None, typer.Option("--into", metavar="PROJECT", help="Keep it in this project.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="mm, cm, m, in, ft: over the drawing's own word.")] = "",
    scale: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--scale", metavar="P1 P2 LENGTH", help="Two points and their distance: 0,0 4250,0 12.5m"),
    ] = None,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", metavar="CLASS=LAYER", help="What a layer holds: wall=A-WALL …")
    ] = None,
    crop: Annotated[str, typer.Option("--crop", help="left,low,right,high in drawing units: read only this.")] = "",
    hall: Annotated[str, typer.Option("--hall", help="The room to plan, by its name.")] = "",
    storey: Annotated[str, typer.Option("--storey", help="The storey to plan, by its name (IFC).")] = "",
    gap_mm: Annotated[int, typer.Option("--gap", min=0, max=12_000, help="Widest opening without a symbol, mm.")] = 0,
    encoding: Annotated[str, typer.Option("--encoding", help="Code page of old drawings, such as cp932.")] = "",
    hidden: Annotated[bool, typer.Option("--hidden", help="Read layers that are off or frozen too.")] = False,
    preview: Annotated[Path | None, typer.Option("--preview", help="A picture (SVG or PNG) of what was read.")] = None,
    revise: Annotated[bool, typer.Option("--revise", help="Put it in place of the project's plan.")] = False,
    as_json: Json = False,
) -> None:
    """Read a drawing as a plan, and keep it in a project."""
    from planner.importing import bring, crop_from, keep, layers_of, recipe_from, scale_from
    from planner.source import open_source

    given = {
        "unit": unit,
        "scale_to_mm": scale_from(scale) if scale else 0.0,
        "layers": layers_of(layer or ()),
        "crop": crop_from(crop) if crop else (),
        "hall": hall,
        "storey": storey,
        "gap_mm": gap_mm,
        "encoding": encoding,
        "hidden": hidden,
    }

    def brought(before: Any = None) -> Any:
        found = bring(file, recipe_from(before, file, **given))
        if found.asks and not as_json and sys.stdin.isatty():
            answered = {"unit": _asked(found.answer["question"])}
            found = bring(file, recipe_from(found.recipe, file, **answered))
        return found

    if into is None:
        found = brought()
    else:
        with open_source(into, write=True) as source:
            if source.project.plan is not None and not revise:
                raise BadInput("import.has_plan", file=str(into))
            found = brought(source.project.drawing if revise else None)
            if not found.asks:
                found = keep(source, file, found)
    if preview is not None and found.read is not None:
        from planner.drawing_source import write_preview

        write_preview(found.read, preview)
    _finish(found.answer, file, into, as_json)
    if found.asks:
        raise typer.Exit(CHECK_FAILED)


def _asked(question: Mapping[str, Any]) -> str:
    """The unit people choose at the terminal."""
    tell(question["code"], **({"file": "", "place": ""} | question["values"]))
    choices = question["choices"]
    shown = ", ".join(f"{c['unit']}: {c['length_m']:g} x {c['width_m']:g} m" for c in choices if c["unit"])
    return str(typer.prompt(say("import.answer", {"choices": shown}), default=choices[0]["unit"], err=True))


def _finish(answer: dict[str, Any], file: Path, into: Path | None, as_json: bool) -> None:
    """The answer as JSON, or as facts, tables and sentences."""
    finish(answer, as_json, _show)
    if as_json:
        return
    told: set[str] = set()
    for warning in answer.get("warnings", ()):
        if warning["code"] not in told:  # forty doors without a symbol are one thing to say
            told.add(warning["code"])
            tell(warning["code"], **({"file": str(file), "place": ""} | warning["values"]))
    if "question" in answer:
        if "warnings" not in answer:
            tell(answer["question"]["code"], **({"file": str(file), "place": ""} | answer["question"]["values"]))
        if into is not None:
            tell("import.not_kept", file=str(into))


def _show(answer: dict[str, Any]) -> None:
    """Facts, the census, the choices of scale, and what a revision changed."""
    print_facts({name: answer[name] for name in SHOWN if answer.get(name) not in (None, [])})
    if "confidence" in answer:
        print_facts({f"sure of {part}": value for part, value in answer["confidence"].items()})
    if "census" in answer:
        print_table(("read as", "count"), sorted(answer["census"]["read"].items()))
        skipped = [(s["reason"], s["entity"], s["layer"], s["count"]) for s in answer["census"]["skipped"]]
        print_table(("left out", "entity", "layer", "count"), sorted(skipped, key=lambda row: -row[3])[:25])
    for choice in answer.get("question", {}).get("choices", ()):
        print_sentence(f"  {choice['unit']}: {choice['length_m']:g} x {choice['width_m']:g} m ({readable(choice['share'])})")
    revision = answer.get("revision") or {}
    for part in ("walls", "columns", "doors"):
        if part in revision:
            print_facts({f"{part} {change}": len(things) for change, things in revision[part].items()})
    if hits := revision.get("hits"):
        print_table(("hit", "cause", "m²"), [(h["item"], h["cause"], h["area_m2"]) for h in hits])
