"""Small pictures of candidates and variants, drawn once each on a thread of their own, which then wakes the page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import Layout
from planner.answers import Answer
from planner.project import Project, Variant
from planner.ui.beside import one_thread
from planner.ui.pictures import NOTHING, all_storeys, picture
from planner.ui.workspace import Workspace

_drawers = one_thread("thumbnails")
_lock = threading.Lock()
MOST_LARGE = 12


def thumbnail_of(workspace: Workspace, answer: Answer) -> str:
    """The candidate as an SVG; an empty frame until it is drawn."""

    def layout() -> Layout | None:
        try:
            return layout_from_json(answer.body.get("layout") if isinstance(answer.body, dict) else None)[1]
        except BadInput:
            return None  # an answer from elsewhere that is no layout: its card says so when it is chosen

    return _thumbnail(workspace, answer.digest, layout)


def keep_picture(workspace: Workspace, project: Project, digest: str, svg: str) -> None:
    """A picture of a candidate, drawn while it was sought on the project of then; of one floor it need not be drawn again."""
    if svg and project.plan is not None and len(project.plan.levels) == 1:
        with _lock:
            workspace.looked_up.setdefault("thumbnails", {}).setdefault(digest, svg)
            workspace.looked_up.setdefault("large", {})[digest, None] = (_drawn_on(project), svg)


def large_picture(workspace: Workspace, name: str, layout: Layout, level: str | None) -> str | None:
    """A storey of a candidate on the plan as it stands; None while it is drawn on the thread, which then wakes the page."""
    project = workspace.project
    drawn_on = _drawn_on(project)
    with _lock:
        kept: dict[Any, tuple[Any, str | None]] = workspace.looked_up.setdefault("large", {})
        found = kept.get((name, level))
        if found is None or found[0] != drawn_on:
            if len(kept) >= MOST_LARGE:
                kept.clear()
            found = kept[name, level] = (drawn_on, None)
            _drawers.submit(_draw_large, workspace, project, (name, level), drawn_on, layout)
        return found[1]


def _drawn_on(project: Project) -> tuple[Any, ...]:
    """All of a project that a picture shows beside the layout."""
    return project.plan, project.site, project.banks


def _draw_large(workspace: Workspace, project: Project, key: tuple[str, str | None], drawn_on: Any, layout: Layout) -> None:
    svg = picture(project, layout, level=key[1])
    with _lock:
        workspace.looked_up["large"][key] = (drawn_on, svg)
        workspace.looked_up["drawn"] = workspace.looked_up.get("drawn", 0) + 1
    if not workspace.closed:
        workspace.wake()


def variant_thumbnail(workspace: Workspace, variant: Variant) -> str:
    """A kept variant as an SVG; another layout under the same id is another picture."""
    return _thumbnail(workspace, variant_picture(variant), lambda: variant.layout)


def variant_picture(variant: Variant) -> str:
    """The key of its picture: copies that share a layout share it."""
    return f"variant-{hash(variant.layout):x}"


def drawn(workspace: Workspace) -> int:
    """How many pictures are drawn so far: a page paints again when this has risen."""
    return sum(svg is not NOTHING for svg in workspace.looked_up.get("thumbnails", {}).values())


def _thumbnail(workspace: Workspace, key: str, layout: Callable[[], Layout | None]) -> str:
    with _lock:
        kept: dict[str, str] = workspace.looked_up.setdefault("thumbnails", {})
        if key not in kept:
            kept[key] = NOTHING
            _drawers.submit(_draw, workspace, key, layout, kept)
        return kept[key]


def _draw(workspace: Workspace, key: str, layout: Callable[[], Layout | None], kept: dict[str, str]) -> None:
    found = layout()
    if found is None:
        return
    kept[key] = all_storeys(workspace.project, found)
    with _lock:
        workspace.looked_up["drawn"] = workspace.looked_up.get("drawn", 0) + 1
    if not workspace.closed:
        workspace.wake()
