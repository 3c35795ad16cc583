"""`centreline import`: a drawing read as a plan; asks for the scale where it is unsure, and never keeps a guess."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from exports.words import readable, say
from layouts.findings import BadInput
from planner.cli.codes import CHECK_FAILED
from planner.cli.finishing import finish
from planner.cli.options import Json, app
from planner.cli.output import print_facts, print_sentence, print_table, tell

MOST_ROWS = 25
SHOWN = (
    "unit", "scale_to_mm", "turn_deg", "size_m", "door_m", "outline_m2", "walls", "doors", "windows", "columns", "storeys",
    "kept",
)  # fmt: skip


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The architect's drawing (DXF, DWG, IFC, SVG, PDF) or a scan.")],
    into: Annotated[Path | None, typer.Option("--into", metavar="PROJECT", help="Keep it in this project.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="mm, cm, m, in, ft, dm, dam: over the drawing's own word.")] = "",
    scale: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--scale", metavar="P1 P2 LENGTH", help="Two points and their distance: 0,0 4250,0 12.5m"),
    ] = None,
    layer: Annotated[
        list[str] | None, typer.Option("--layer", metavar="CLASS=LAYER", help="What a layer holds: wall=A-WALL …")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="LAYER", help="A layer to leave out.")] = None,
    crop: Annotated[str, typer.Option("--crop", help="left,low,right,high in drawing units: read only this.")] = "",
    boundary: Annotated[
        str, typer.Option("--boundary", help="The floor to plan, drawn by hand: 'x,y x,y x,y …' in drawing units.")
    ] = "",
    door: Annotated[
        list[str] | None,
        typer.Option(
            "--door", metavar="EDIT", help="'add X,Y use=entrance width=1200', 'change X,Y …', 'remove X,Y'; storey=NAME last."
        ),
    ] = None,
    room: Annotated[
        list[str] | None, typer.Option("--room", metavar="X,Y=NAME[:KIND]", help="The room there; kind hall: plan this room.")
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", help="unit, walls, outline, doors, spaces: looked at, and right.")
    ] = None,
    hall: Annotated[str, typer.Option("--hall", help="The room to plan, by its name.")] = "",
    storey: Annotated[str, typer.Option("--storey", help="The storey to plan, by its name (IFC).")] = "",
    storeys: Annotated[str, typer.Option("--storeys", help="all: every storey, or drawing in the file, as a level.")] = "",
    turn: Annotated[
        str, typer.Option("--turn", help="auto: square to the main walls; or degrees counter-clockwise, 0: as drawn.")
    ] = "",
    gap_mm: Annotated[int, typer.Option("--gap", min=0, max=12_000, help="Widest opening without a symbol, mm.")] = 0,
    encoding: Annotated[str, typer.Option("--encoding", help="Code page of old drawings, such as cp932.")] = "",
    hidden: Annotated[bool, typer.Option("--hidden", help="Read layers that are off or frozen too.")] = False,
    recipe: Annotated[Path | None, typer.Option("--recipe", help="Read as this saved recipe (TOML) says.")] = None,
    recipe_out: Annotated[Path | None, typer.Option("--recipe-out", help="Save the recipe of this reading (TOML).")] = None,
    preview: Annotated[Path | None, typer.Option("--preview", help="A picture (SVG or PNG) of what was read.")] = None,
    revise: Annotated[bool, typer.Option("--revise", help="Put it in place of the project's plan.")] = False,
    underlay: Annotated[bool, typer.Option("--underlay", help="Keep it as a picture under the plan; needs --scale.")] = False,
    place_at: Annotated[str, typer.Option("--at", help="Underlay: where P1 comes to lie, X,Y in mm of the plan.")] = "0,0",
    rotation: Annotated[float, typer.Option("--rotation", help="Underlay: degrees counter-clockwise.")] = 0.0,
    level_line: Annotated[bool, typer.Option("--level", help="Underlay: turn it so that P1-P2 is horizontal.")] = False,
    opacity: Annotated[float, typer.Option("--opacity", min=0.0, max=1.0, help="Underlay: 0 to 1.")] = 0.5,
    unlocked: Annotated[bool, typer.Option("--unlocked", help="Underlay: it may be moved in the editor.")] = False,
    page: Annotated[int, typer.Option("--page", min=0, max=10_000, help="The page of a PDF; 0: the one with most lines.")] = 0,
    as_json: Json = False,
) -> None:
    """Read a drawing as a plan, and keep it in a project; or keep a scan under the plan."""
    from planner.importing import bring, keep
    from planner.recipe import read_recipe, recipe_from, write_recipe
    from planner.source import open_source

    if underlay:
        from planner.cli.underlay_import import keep_underlay

        said = {"rotation_deg": rotation, "opacity": opacity, "locked": not unlocked, "page": max(page, 1)}
        _finish(keep_underlay(file, into, scale, place_at, level_line, said), file, into, as_json)
        return
    given = _given(
        unit, scale, layer, ignore, crop, boundary, door, room, confirm, hall, storey, storeys, gap_mm, encoding, hidden, page
    ) | {"turn": turn}
    saved = read_recipe(recipe, file) if recipe else None

    def brought(before: Any = None, plan: Any = None) -> Any:
        found = bring(file, recipe_from(saved or before, file, **given), plan)
        if found.asks and not as_json and sys.stdin.isatty():
            answered = {"unit": _asked(found.answer["question"])}
            found = bring(file, recipe_from(found.recipe, file, **answered), plan)
        return found

    if into is None:
        found = brought()
    else:
        with open_source(into, write=True) as source:
            if source.project.plan is not None and not revise:
                raise BadInput("import.has_plan", file=str(into))
            # told to find its directions anew, it does not take those of the plan before
            plan = None if turn == "auto" else source.project.plan
            found = brought(source.project.drawing, plan) if revise else brought()
            if not found.asks:
                found = keep(source, file, found)
    if preview is not None and found.read is not None:
        from planner.preview import write_preview

        write_preview(found, preview)
    if recipe_out is not None:
        write_recipe(recipe_out, found.recipe)
    _finish(found.answer, file, into, as_json)
    if found.asks:
        raise typer.Exit(CHECK_FAILED)


def _given(
    unit: str,
    scale: tuple[str, str, str] | None,
    layer: list[str] | None,
    ignore: list[str] | None,
    crop: str,
    boundary: str,
    door: list[str] | None,
    room: list[str] | None,
    confirm: list[str] | None,
    hall: str,
    storey: str,
    storeys: str,
    gap_mm: int,
    encoding: str,
    hidden: bool,
    page: int,
) -> dict[str, Any]:
    """The options as fields of the recipe; what was not said is empty."""
    from planner import recipe_options as options

    if storeys not in ("", "all"):
        raise BadInput("import.storeys", given=storeys)
    return {
        "unit": unit,
        "scale_to_mm": options.scale_from(scale) if scale else 0.0,
        "layers": options.layers_of(layer or (), ignore or ()),
        "crop": options.crop_from(crop) if crop else (),
        "boundary": options.boundary_from(boundary) if boundary else (),
        "openings": tuple(map(options.opening_from, door or ())),
        "rooms": tuple(map(options.room_from, room or ())),
        "confirmed": options.parts_from(confirm or ()),
        "hall": hall,
        "storey": storey,
        "storeys": storeys,
        "gap_mm": gap_mm,
        "encoding": encoding,
        "hidden": hidden,
        "page": page,
    }


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
    for few in answer.get("few_exits", ()):
        tell("import.few_exits", **{k: few[k] for k in ("name", "doors", "persons", "exits")})
    offered = answer.get("doors_offered", ())
    for level in dict.fromkeys(each["level"] for each in offered):
        _tell_doors([each for each in offered if each["level"] == level])
    if "moved_mm" in answer:
        tell("import.moved", dx=answer["moved_mm"][0], dy=answer["moved_mm"][1])
    if lapsed := (answer.get("revision") or {}).get("lapsed"):
        tell("import.lapsed", parts=", ".join(lapsed))
    if "question" in answer:
        if "warnings" not in answer:
            tell(answer["question"]["code"], **({"file": str(file), "place": ""} | answer["question"]["values"]))
        if into is not None:
            tell("import.not_kept", file=str(into))


def _tell_doors(offered: Sequence[Mapping[str, Any]]) -> None:
    """The doors guessed for one storey, as the options that take them."""
    options, storey = " ".join(f'--door "{each["option"]}"' for each in offered), offered[0]["storey"]
    tell("import.doors_offered_on", options=options, storey=storey) if storey else tell("import.doors_offered", options=options)
    if any(each["use"] in ("entrance", "exit", "entrance_exit") and not each["door"] for each in offered):
        tell("import.new_doors")
    if metres := [each["serves_m"] for each in offered if "serves_m" in each]:
        tell("import.staff_doors_serve", metres=", ".join(f"{m:g}" for m in metres))


def _show(answer: dict[str, Any]) -> None:
    """Facts, the census, the choices of scale, and what a revision changed."""
    print_facts({name: answer[name] for name in SHOWN if answer.get(name) not in (None, [])})
    if "confidence" in answer:
        print_facts({f"sure of {part}": value for part, value in answer["confidence"].items()})
    if "census" in answer:
        print_table(("read as", "count"), sorted(answer["census"]["read"].items()))
        skipped = [(s["reason"], s["entity"], s["layer"], s["count"]) for s in answer["census"]["skipped"]]
        print_table(("left out", "entity", "layer", "count"), sorted(skipped, key=lambda row: -row[3])[:MOST_ROWS])
        if len(skipped) > MOST_ROWS:
            print_facts({"more left out": sum(row[3] for row in sorted(skipped, key=lambda row: -row[3])[MOST_ROWS:])})
    if len(answer.get("levels", ())) > 1:
        rows = [(lv["id"], lv["name"], lv["elevation_mm"], lv["outline_m2"]) for lv in answer["levels"]]
        print_table(("level", "name", "height mm", "m²"), rows)
    if "underlay" in answer:
        print_facts({name: value for name, value in answer["underlay"].items() if name != "sha256"})
    for choice in answer.get("question", {}).get("choices", ()):
        print_sentence(f"  {choice['unit']}: {choice['length_m']:g} x {choice['width_m']:g} m ({readable(choice['share'])})")
    revision = answer.get("revision") or {}
    for part in ("walls", "columns", "doors"):
        if part in revision:
            print_facts({f"{part} {change}": len(things) for change, things in revision[part].items()})
    if hits := revision.get("hits"):
        print_table(("hit", "cause", "m²"), [(h["item"], h["cause"], h["area_m2"]) for h in hits])
