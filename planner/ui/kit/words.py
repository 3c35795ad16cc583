"""Words on a page: plain, as headings, in lists, in a frame, as a figure to be read across the room."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import panel as pn
import panel_material_ui as pmui

from exports.one_line import steady
from planner.ui.kit.looks import NOTE_SX, TEXT_CSS, WIDE

Viewable = pn.viewable.Viewable


def safe_text(value: object) -> str:
    """A name as text and nothing else, for components that read HTML."""
    return html.escape(steady(str(value)), quote=True)


def text(value: object, *, tag: str = "p", kind: str = "", **options: Any) -> Viewable:
    """Plain words. `tag`: h1 | h2 | h3 | p; `kind`: "" | quiet | small | figure | bar (on the page's head)."""
    pane = pn.pane.HTML("", stylesheets=[TEXT_CSS], sizing_mode=options.pop("sizing_mode", WIDE), **options)
    pane.tags = [tag, kind]
    say(pane, value)
    return pane


def say(pane: Viewable, value: object) -> None:
    """Put other words into a `text`."""
    tag, kind = pane.tags
    pane.object = f'<{tag} class="{kind}">{safe_text(value)}</{tag}>'


def heading(value: object, level: int = 2, **options: Any) -> Viewable:
    """A heading; level 1 is the page's own."""
    return text(value, tag=f"h{level}", **options)


def bullets(lines: Sequence[object], **options: Any) -> Viewable:
    """Short lines one under the other."""
    body = "".join(f"<li>{safe_text(line)}</li>" for line in lines)
    return pn.pane.HTML(f"<ul>{body}</ul>", stylesheets=[TEXT_CSS], sizing_mode=WIDE, **options)


def note(value: object, severity: str = "info", **options: Any) -> Viewable:
    """A framed sentence. `severity`: info | success | warning | error."""
    more = {"margin": (5, 10), "sizing_mode": WIDE, "sx": NOTE_SX} | options
    return pmui.Alert(object=safe_text(value), severity=severity, variant="outlined", **more)


def chip(label: str, color: str = "default", icon: str | None = None, **options: Any) -> Viewable:
    """A small labelled state."""
    return pmui.Chip(label=label, color=color, icon=icon, size="small", **options)


def figure_of(label: str, value: object) -> Viewable:
    """A figure to be read across the room, with what it is under it."""
    words = f'<p class="figure">{safe_text(value)}</p><p class="small quiet">{safe_text(label)}</p>'
    return pn.pane.HTML(words, stylesheets=[TEXT_CSS], margin=(6, 10))
