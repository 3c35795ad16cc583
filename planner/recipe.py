"""The import recipe of a project: merged with what people say now, moved with its drawing, kept as a file of its own."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli_w

from layouts.findings import BadInput
from layouts.plan import Point
from layouts.readers.framing import box_round
from layouts.readers.imported import OpeningEdit, RoomEdit
from layouts.readers.units import RARE_MM
from planner.files import read_text, write_whole
from planner.project import DrawingSource
from planner.ranges import range_faults
from planner.reading import plain_short, read_typed
from planner.recipe_options import turn_from

NOT_OF_RECIPE = ("name", "sha256", "origin_mm", "turn_deg")  # of one file, not of how such files are read

At = Callable[[tuple[float, float]], tuple[float, float]]


def recipe_from(before: DrawingSource | None, file: Path, **given: Any) -> DrawingSource:
    """The recipe of an earlier reading with what people say now over it; empty answers leave it as it was."""
    recipe = replace(before or DrawingSource(name=file.name, sha256=""), name=file.name)
    said = {name: value for name, value in given.items() if value}
    if "turn" in said:
        said["turn_deg"] = turn_from(said.pop("turn"))
    if said.get("unit") in RARE_MM:  # kept as a calibration: no file format has a word for it that others know
        said["scale_to_mm"] = RARE_MM[said.pop("unit")]
    if "unit" in said:
        said.setdefault("scale_to_mm", 0.0)
    if said.get("scale_to_mm"):
        said["unit"] = ""
    if "layers" in said:
        said["layers"] = _layers(recipe.layers, said["layers"])
    if "openings" in said:
        said["openings"] = _over(recipe.openings, said["openings"])
    if "rooms" in said:
        said["rooms"] = _over(recipe.rooms, said["rooms"])
    if "confirmed" in said:
        said["confirmed"] = tuple(dict.fromkeys((*recipe.confirmed, *said["confirmed"])))
    return replace(recipe, **said)


def _layers(before: dict[str, tuple[str, ...]], now: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Classes told before, without the layers that are told anew, and those."""
    told = {layer for layers in now.values() for layer in layers}
    merged = {kind: tuple(layer for layer in layers if layer not in told) for kind, layers in before.items()}
    for kind, layers in now.items():
        merged[kind] = (*merged.get(kind, ()), *layers)
    return {kind: layers for kind, layers in merged.items() if layers}


def _over(before: Sequence[Any], now: Sequence[Any]) -> tuple[Any, ...]:
    """What was told before and is not told anew at the very same place, and what is told now."""
    places = {_place(edit) for edit in now}
    return (*(edit for edit in before if _place(edit) not in places), *now)


def _place(edit: OpeningEdit | RoomEdit) -> tuple[tuple[float, float], str]:
    """Where something is told: storeys of a model lie over each other."""
    return edit.at, edit.storey if isinstance(edit, OpeningEdit) else ""


def moved_recipe(recipe: DrawingSource, at: At, origin_mm: Point, turn_deg: float) -> DrawingSource:
    """The recipe for a drawing that shows the same building somewhere else: `at` takes drawing units there."""
    openings: tuple[OpeningEdit, ...] = tuple(replace(edit, at=at(edit.at)) for edit in recipe.openings)
    rooms: tuple[RoomEdit, ...] = tuple(replace(edit, at=at(edit.at)) for edit in recipe.rooms)
    crop = recipe.crop
    if len(crop) == 4:
        left, low, right, high = crop
        crop = box_round([at(q) for q in ((left, low), (right, low), (right, high), (left, high))])
    return replace(
        recipe,
        crop=crop,
        boundary=tuple(at(q) for q in recipe.boundary),
        openings=openings,
        rooms=rooms,
        origin_mm=origin_mm,
        turn_deg=turn_deg,
    )


def bare_recipe(recipe: DrawingSource) -> DrawingSource:
    """Only what holds wherever the drawing lies: layers, unit, encoding, storey, gaps."""
    return replace(recipe, crop=(), boundary=(), openings=(), rooms=(), origin_mm=(), hall="", turn_deg=None)


def read_recipe(file: Path, drawing: Path) -> DrawingSource:
    """A recipe from a TOML file, for the drawing; BadInput with file and place where it is none."""
    try:
        table = tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise BadInput("document.not_toml", file=str(file), place="", reason=str(error)) from None
    for name in NOT_OF_RECIPE:
        if name in table:
            raise BadInput("recipe.not_of_recipe", file=str(file), place=name)
    recipe = read_typed(table | {"name": drawing.name, "sha256": ""}, DrawingSource, file=file)
    for fault in range_faults(recipe):
        raise BadInput(fault.code, file=str(file), place=fault.path, **fault.values)
    numbers = [*recipe.crop, *(c for q in recipe.boundary for c in q), recipe.scale_to_mm]
    if not all(map(math.isfinite, numbers)) or len(recipe.crop) not in (0, 4):
        raise BadInput("import.crop", file=str(file), given=", ".join(f"{c:g}" for c in recipe.crop))
    return recipe


def write_recipe(file: Path, recipe: DrawingSource) -> None:
    """The recipe as a TOML file that `--recipe` reads."""
    table = {name: value for name, value in plain_short(recipe).items() if name not in NOT_OF_RECIPE}
    write_whole(file, tomli_w.dumps(table).encode())
