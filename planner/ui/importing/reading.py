"""Reading an uploaded drawing as work of a job: fenced, with its picture; nothing of it is kept yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import FloorPlan
from planner.importing import Brought, bring, fit, keep
from planner.project import DrawingSource
from planner.ui.helpers import in_process
from planner.ui.importing.uploads import Upload, renamed
from planner.ui.jobs import Work
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Progress, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file came to: the reading laid over the plan before, and its picture (empty where there is no plan)."""

    brought: Brought
    svg: str


def reading_work(
    upload: Upload, recipe: DrawingSource, before: FloorPlan | None, layout: Layout | None, moves: bool, language: str
) -> Work:
    """Read `upload`. `before` is the plan it would replace; `moves`: the recipe was made for it and moves with the building.

    Stopped by people it gives None.
    """

    def work(report: Report, cancel: Cancel) -> Reading | None:
        report(Progress(stage="read_drawing"))
        try:
            brought = bring(upload.file, recipe, before if moves else None, lambda: bool(cancel))
        except BadInput as error:
            if cancel:
                return None
            raise renamed(error, upload) from None
        brought = replace(brought, recipe=replace(brought.recipe, name=upload.name))
        if cancel:
            return None
        if brought.read is None:
            return Reading(brought=brought, svg="")
        report(Progress(stage="draw_reading"))
        made: Reading = in_process(pictured, brought, before, layout, language)(report, cancel)
        return made

    return work


def pictured(
    brought: Brought, before: FloorPlan | None, layout: Layout | None, language: str, report: Report, cancel: Cancel
) -> Reading:
    """In a helper: what the reading moves and hits, and the picture of it in the reader's language."""
    from exports.words import say
    from layouts.readers.preview import preview_svg
    from planner.revision_preview import revision_svg

    def told(code: str, values: Any) -> str:
        return say(code, values, language)

    fitted = fit(brought, before, layout)
    assert fitted.read is not None
    revision = fitted.answer.get("revision") or {}
    if before is not None and revision.get("same_place"):
        return Reading(brought=fitted, svg=revision_svg(before, fitted.read.plan, revision, layout, say=told))
    return Reading(brought=fitted, svg=preview_svg(fitted.read, say=told))


def keeping_work(workspace: Workspace, upload: Upload, brought: Brought) -> Work:
    """Put the reading into the project: plan, drawing and recipe as one step of undo."""

    def work(report: Report, cancel: Cancel) -> Brought:
        report(Progress(stage="keep_drawing"))
        return keep(workspace, upload.file, brought)  # type: ignore[arg-type]

    return work
