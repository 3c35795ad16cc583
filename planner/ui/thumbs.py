"""Small pictures of candidates, drawn once each on a thread of their own, which then wakes the page."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from planner.answers import Answer
from planner.ui.pictures import NOTHING, picture
from planner.ui.workspace import Workspace

_drawers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="thumbnails")
_lock = threading.Lock()


def thumbnail_of(workspace: Workspace, answer: Answer) -> str:
    """The candidate as an SVG; an empty frame until it is drawn."""
    with _lock:
        kept: dict[str, str] = workspace.looked_up.setdefault("thumbnails", {})
        if answer.digest not in kept:
            kept[answer.digest] = NOTHING
            _drawers.submit(_draw, workspace, answer, kept)
        return kept[answer.digest]


def drawn(workspace: Workspace) -> int:
    """How many pictures are drawn so far: a page paints again when this has risen."""
    return sum(svg is not NOTHING for svg in workspace.looked_up.get("thumbnails", {}).values())


def _draw(workspace: Workspace, answer: Answer, kept: dict[str, str]) -> None:
    try:
        _, layout = layout_from_json(answer.body.get("layout") if isinstance(answer.body, dict) else None)
    except BadInput:
        return  # an answer from elsewhere that is no layout: its card says so when it is chosen
    kept[answer.digest] = picture(workspace.project, layout)
    if not workspace.closed:
        workspace.wake()
