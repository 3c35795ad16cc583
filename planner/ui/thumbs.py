"""Small pictures of candidates and variants, drawn once each on a thread of their own, which then wakes the page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import Layout
from planner.answers import Answer
from planner.project import Variant
from planner.ui.pictures import NOTHING, all_storeys
from planner.ui.workspace import Workspace

_drawers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="thumbnails")
_lock = threading.Lock()


def thumbnail_of(workspace: Workspace, answer: Answer) -> str:
    """The candidate as an SVG; an empty frame until it is drawn."""

    def layout() -> Layout | None:
        try:
            return layout_from_json(answer.body.get("layout") if isinstance(answer.body, dict) else None)[1]
        except BadInput:
            return None  # an answer from elsewhere that is no layout: its card says so when it is chosen

    return _thumbnail(workspace, answer.digest, layout)


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
    if not workspace.closed:
        workspace.wake()
