"""Pictures and charts."""

from __future__ import annotations

import base64
from typing import Any

import panel as pn

from planner.ui.kit.looks import TEXT_CSS, WIDE
from planner.ui.kit.words import Viewable, safe_text

WHITE = "#fff"
ON_PAPER = "filter:var(--cl-paper,none)"  # keys.js sets it on a dark page


def image(svg: str, alt: str, *, tall: str = "none", ground: str = WHITE, **options: Any) -> Viewable:
    """An SVG as a picture, not higher than `tall`, on a ground of its own: in an <img> nothing of it can run. White paper
    is dark on a dark page, and so is what is drawn on no paper."""
    made = pn.pane.HTML("", stylesheets=[TEXT_CSS], **({"sizing_mode": WIDE} | options))
    made.tags = [tall, ground]
    draw(made, svg, alt)
    return made


def draw(pane: Viewable, svg: str, alt: str) -> None:
    """Put another picture into an `image`: a hundredth of the work of another image."""
    tall, ground = pane.tags
    style = f"max-height:{tall};width:100%;object-fit:contain;background:{ground};border-radius:4px;{ON_PAPER}"
    pane.object = f'<img src="{svg_uri(svg)}" alt="{safe_text(alt)}" style="{style}">'


def svg_uri(svg: str) -> str:
    """An SVG as the address of a picture."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def plot(figure: Any, **options: Any) -> Viewable:
    """A Bokeh figure on a page, in the page's own light or dark."""
    # a chart reads from the left in every language; its legend loses its place otherwise
    return pn.pane.Bokeh(figure, **({"sizing_mode": WIDE, "styles": {"direction": "ltr"}} | options))
