"""Bringing a drawing into a project: the question where the scale is unsure, its recipe, what a revision moves."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import FloorPlan
from planner.drawing_source import choices_json, import_summary, read_drawing
from planner.files import read_bytes, sha256
from planner.project import DrawingSource
from planner.recipe import bare_recipe, moved_recipe
from planner.revision import SAME_DEG, SAME_MM, changed_shares, compare, kept_in_place

if TYPE_CHECKING:
    from layouts.readers.imported import Import
    from planner.source import ProjectSource

WHOLE_DRAWING, SAME_BUILDING = 0.8, 0.35  # of the walls that moved alike: all over the old place, or anywhere
LAPSES_AT = 0.05  # of its figure changed: what people found right must be looked at again
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import came to: the reading (None where not even the unit could be told) and what to say.

    `before` is the plan it takes the place of, as it stood; `layout` what stands on that.
    """

    read: Import | None
    answer: dict[str, Any]
    recipe: DrawingSource
    before: FloorPlan | None = None
    layout: Layout | None = None

    @property
    def asks(self) -> bool:
        """Whether people must choose the scale before the plan may be used."""
        return "question" in self.answer


def bring(file: Path, recipe: DrawingSource, before: FloorPlan | None = None, stop: Stop = lambda: False) -> Brought:
    """Read the drawing, fenced; where its scale is unsure the answer holds the question and its choices.

    `before` is the plan that the recipe was made for: where the newer drawing shows that building somewhere else, the
    recipe moves with it. `stop`: people want it no longer.
    """
    from layouts.readers.units import UnitUnknown

    try:
        read, recipe, moved = _read_in_place(file, recipe, before, stop)
    except UnitUnknown as unknown:
        question = {"code": unknown.code, "values": unknown.values, "choices": choices_json(unknown.choices)}
        return Brought(read=None, answer={"question": question, "kept": False}, recipe=recipe)
    answer = import_summary(read)
    if moved is not None:
        answer["moved_mm"] = list(moved)
    if read.ask:
        doubt = next((w for w in read.warnings if w.code.startswith("unit.")), None)
        code, values = (doubt.code, dict(doubt.values)) if doubt else ("unit.ask", {})
        answer["question"] = {"code": code, "values": values, "choices": choices_json(read.choices)}
    return Brought(read=read, answer=answer | {"kept": False}, recipe=recipe, before=before)


def _read_in_place(
    file: Path, recipe: DrawingSource, before: FloorPlan | None, stop: Stop
) -> tuple[Import, DrawingSource, tuple[int, int] | None]:
    """The reading, the recipe as it fits this file, and how far the building moved in the drawing (None: not)."""
    first = _tried(file, _turned_as(recipe, before), stop)
    if before is not None and before.levels:
        same = first.read is not None and not _crooked(first.read) and kept_in_place(before, first.read.plan)[1]
        # a recipe's crop, boundary and doors may lie beside the newer drawing: then the walls tell where it went
        bare = first if not first.refused and same else _tried(file, bare_recipe(recipe), stop)
        moved = _moved(before, bare.read.plan, WHOLE_DRAWING if same else SAME_BUILDING) if bare.read else None
        if moved is not None:
            fitted = moved_recipe(recipe, moved.at, moved.origin_mm, moved.turn_deg)
            return read_drawing(file, fitted, fenced=True, stop=stop), fitted, moved.by_mm
    if first.refused is not None:
        raise first.refused
    assert first.read is not None
    return first.read, recipe, None


def _crooked(read: Import) -> bool:
    """Whether the walls run another way than they were read: the building may have been turned in its drawing."""
    from layouts.readers.turning import LEFT_TURNED

    return any(doubt.code == LEFT_TURNED for doubt in read.warnings)


def _turned_as(recipe: DrawingSource, before: FloorPlan | None) -> DrawingSource:
    """The recipe with the turn of the plan that stands: what is laid out on it lies in its directions."""
    if before is None or recipe.turn_deg is not None:
        return recipe
    return replace(recipe, turn_deg=before.frame.rotation_deg)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """Where a building went in its drawing: how its drawing units become the newer one's, and the frame that keeps our
    millimetres as they are. `by_mm` is how far its corner went."""

    at: Callable[[tuple[float, float]], tuple[float, float]]
    origin_mm: tuple[int, int]
    turn_deg: float
    by_mm: tuple[int, int]


def _moved(before: FloorPlan, after: FloorPlan, share: float) -> _Moved | None:
    """How the whole building moved within the drawing, where that share of its walls agree; None where it did not."""
    from layouts.readers.framing import to_ours, to_source
    from layouts.readers.registration import shift_between

    apart = shift_between(before.levels[0], after.levels[0], least_share=share)
    if apart is None:
        return None
    old, new = before.frame, after.frame
    kept = replace(new, origin_mm=(new.origin_mm[0] + apart[0], new.origin_mm[1] + apart[1]))
    ours, there = to_ours(old), to_source(kept)
    start, end = to_source(old)((0.0, 0.0)), there((0.0, 0.0))
    by = round((end[0] - start[0]) * new.scale_to_mm), round((end[1] - start[1]) * new.scale_to_mm)
    if math.hypot(*by) <= SAME_MM and abs(old.rotation_deg - new.rotation_deg) <= SAME_DEG:
        return None
    return _Moved(at=lambda q: there(ours(q)), origin_mm=kept.origin_mm, turn_deg=new.rotation_deg, by_mm=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A reading, or why there is none."""

    read: Import | None = None
    refused: BadInput | None = None


def _tried(file: Path, recipe: DrawingSource, stop: Stop) -> _Tried:
    """The reading or its refusal; a question about the scale goes to people at once."""
    from layouts.readers.units import UnitUnknown

    try:
        return _Tried(read=read_drawing(file, recipe, fenced=True, stop=stop))
    except UnitUnknown:
        raise
    except BadInput as refused:
        return _Tried(refused=refused)


def fit(brought: Brought, before: FloorPlan | None, layout: Layout | None) -> Brought:
    """The reading laid over the plan it would take the place of, with what it moves and which placed things that hits."""
    read, recipe = brought.read, brought.recipe
    assert read is not None
    if before is None:
        turn = read.plan.frame.rotation_deg or recipe.turn_deg
        return replace(brought, recipe=replace(recipe, origin_mm=(), turn_deg=turn), before=None, layout=None)
    # a drawing that moved as a whole was read with our origin moved along: its plan lies right as it is
    plan, same = (read.plan, True) if "moved_mm" in brought.answer else kept_in_place(before, read.plan)
    revision: dict[str, Any] = compare(before, plan, layout) if same else {"same_place": False}
    lapsed = _lapsed(recipe, before, plan) if same else ()
    if lapsed:
        revision["lapsed"] = list(lapsed)
    confirmed = tuple(part for part in recipe.confirmed if part not in lapsed)
    recipe = replace(recipe, confirmed=confirmed, origin_mm=plan.frame.origin_mm if same else ())
    recipe = replace(recipe, turn_deg=plan.frame.rotation_deg)
    answer = brought.answer | {"revision": revision}
    return Brought(read=replace(read, plan=plan), answer=answer, recipe=recipe, before=before, layout=layout)


def keep(source: ProjectSource, file: Path, brought: Brought) -> Brought:
    """Put the reading into the project in its plan's place, and say what a revision moved and hits."""
    from planner.source import layout_in_force

    before, project = source.project.plan, source.project
    force = layout_in_force(source) if before is not None else None
    fitted = fit(brought, before, force.layout if force else None)
    assert fitted.read is not None
    body = read_bytes(file)
    unit = "" if fitted.recipe.scale_to_mm else fitted.read.unit
    drawing = replace(fitted.recipe, sha256=sha256(body), unit=unit)
    source.take_drawing(drawing, body, replace(project, plan=fitted.read.plan, drawing=drawing))
    return replace(fitted, answer=fitted.answer | {"kept": True}, recipe=drawing)


def _lapsed(recipe: DrawingSource, before: FloorPlan, after: FloorPlan) -> tuple[str, ...]:
    """Parts that people had found right and that are no longer as they were when they looked."""
    changed = changed_shares(before, after)
    return tuple(part for part in recipe.confirmed if changed.get(part, 0.0) > LAPSES_AT)
