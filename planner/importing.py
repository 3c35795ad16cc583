"""Bringing a drawing into a project: the recipe from options, the question where the scale is unsure, what a revision moves."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from planner.drawing_source import choices_json, import_summary, read_drawing
from planner.files import read_bytes, sha256
from planner.project import DrawingSource
from planner.revision import compare, kept_in_place

if TYPE_CHECKING:
    from layouts.readers.imported import Import
    from planner.source import ProjectSource

LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|m|in|ft)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import came to: the reading (None where not even the unit could be told) and what to say."""

    read: Import | None
    answer: dict[str, Any]
    recipe: DrawingSource

    @property
    def asks(self) -> bool:
        """Whether people must choose the scale before the plan may be used."""
        return "question" in self.answer


def recipe_from(before: DrawingSource | None, file: Path, **given: Any) -> DrawingSource:
    """The recipe of an earlier reading with what people say now over it; empty answers leave it as it was."""
    recipe = replace(before or DrawingSource(name=file.name, sha256=""), name=file.name)
    said = {name: value for name, value in given.items() if value}
    if "unit" in said:
        said.setdefault("scale_to_mm", 0.0)
    if said.get("scale_to_mm"):
        said["unit"] = ""
    if "layers" in said:
        said["layers"] = _layers(recipe.layers, said["layers"])
    return replace(recipe, **said)


def layers_of(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """`wall=A-WALL` … as class -> layers."""
    from layouts.readers.classes import CLASSES

    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        kind, equals, layer = text.partition("=")
        if not equals or kind.strip() not in CLASSES or not layer.strip():
            raise BadInput("import.layer", given=text, known=", ".join(CLASSES))
        found[kind.strip()] = (*found.get(kind.strip(), ()), layer.strip())
    return found


def _layers(before: dict[str, tuple[str, ...]], now: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Classes told before, without the layers that are told anew, and those."""
    told = {layer for layers in now.values() for layer in layers}
    merged = {kind: tuple(layer for layer in layers if layer not in told) for kind, layers in before.items()}
    for kind, layers in now.items():
        merged[kind] = (*merged.get(kind, ()), *layers)
    return {kind: layers for kind, layers in merged.items() if layers}


def scale_from(given: tuple[str, str, str]) -> float:
    """Millimetres in one drawing unit, from two points in drawing units and their true distance."""
    p, q = _point(given[0]), _point(given[1])
    length = LENGTH.fullmatch(given[2])
    apart = math.dist(p, q) if p and q else 0.0
    if not length or not apart or float(length[1]) <= 0:
        raise BadInput("import.scale", given=" ".join(given))
    from layouts.readers.units import TO_MM

    return float(length[1]) * TO_MM[length[2]] / apart


def crop_from(given: str) -> tuple[float, ...]:
    """`left,low,right,high` as numbers."""
    numbers = _numbers(given)
    if numbers is None or len(numbers) != 4 or numbers[0] >= numbers[2] or numbers[1] >= numbers[3]:
        raise BadInput("import.crop", file="", given=given)
    return numbers


def _point(given: str) -> tuple[float, ...] | None:
    numbers = _numbers(given)
    return numbers if numbers and len(numbers) == 2 else None


def _numbers(given: str) -> tuple[float, ...] | None:
    try:
        numbers = tuple(float(part) for part in given.split(","))
    except ValueError:
        return None
    return numbers if all(map(math.isfinite, numbers)) else None


def bring(file: Path, recipe: DrawingSource) -> Brought:
    """Read the drawing, fenced; where its scale is unsure the answer holds the question and its choices."""
    from layouts.readers.units import UnitUnknown

    try:
        read = read_drawing(file, recipe, fenced=True)
    except UnitUnknown as unknown:
        question = {"code": unknown.code, "values": unknown.values, "choices": choices_json(unknown.choices)}
        return Brought(read=None, answer={"question": question, "kept": False}, recipe=recipe)
    answer = import_summary(read)
    if read.ask:
        doubt = next((w for w in read.warnings if w.code.startswith("unit.")), None)
        code, values = (doubt.code, dict(doubt.values)) if doubt else ("unit.ask", {})
        answer["question"] = {"code": code, "values": values, "choices": choices_json(read.choices)}
    return Brought(read=read, answer=answer | {"kept": False}, recipe=recipe)


def keep(source: ProjectSource, file: Path, brought: Brought) -> Brought:
    """Put the reading into the project in its plan's place, and say what a revision moved and hits."""
    from planner.source import layout_in_force

    read = brought.read
    assert read is not None
    before, project = source.project.plan, source.project
    plan, origin, revision = read.plan, (), None
    if before is not None:
        plan, same = kept_in_place(before, read.plan)
        origin = plan.frame.origin_mm if same else ()
        force = layout_in_force(source)
        revision = compare(before, plan, force.layout if force else None) if same else {"same_place": False}
    body = read_bytes(file)
    unit = "" if brought.recipe.scale_to_mm else read.unit
    drawing = replace(brought.recipe, sha256=sha256(body), unit=unit, origin_mm=origin)
    source.take_drawing(drawing, body, replace(project, plan=plan, drawing=drawing))
    answer = brought.answer | {"kept": True} | ({"revision": revision} if revision is not None else {})
    return replace(brought, read=replace(read, plan=plan), answer=answer)
