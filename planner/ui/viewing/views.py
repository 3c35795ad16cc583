"""Pictures in one frame of millimetres or pixels, all with the same zoom; people may pick points on the first.

    views = Views(on_pick=take)
    views.pictures = [{"title": "…", "alt": "…", "href": svg_uri(svg), "box": [x, y, wide, tall]}]
    views.marks = [[{"kind": "arrow", "p": [0, 0], "q": [100, 0], "label": "100 mm"}]]
    views.picking = "line" | "box" | "ring" | ""

A picture stands in an <image>, where nothing of it can run; marks are our own shapes. y runs down, as in pictures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from importlib import resources
from typing import Any, ClassVar

import param
from panel.custom import JSComponent

MODES = ("line", "box", "ring")
MOST_POINTS = 500
VIEW_BOX = re.compile(r'viewBox="([-0-9.e]+) ([-0-9.e]+) ([-0-9.e]+) ([-0-9.e]+)"')
Pair = tuple[float, float]


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


class Views(JSComponent):
    """See above. `words`: what buttons and screen readers say; `dark`: drawings on white paper are shown on dark ground."""

    pictures = param.List(default=[])
    marks = param.List(default=[])
    picking = param.Selector(default="", objects=["", *MODES])
    words = param.Dict(default={})
    tall = param.String(default="52vh")
    dark = param.Boolean(default=False)

    _esm = _file("bar.js") + _file("views.js")
    _stylesheets: ClassVar[list[str]] = [_file("views.css")]

    def __init__(self, on_pick: Callable[[str, list[Pair]], None] | None = None, **options: Any) -> None:
        super().__init__(**({"sizing_mode": "stretch_width"} | options))
        self._on_pick = on_pick

    def _handle_msg(self, message: Any) -> None:
        found = read_pick(message)
        if found is not None and self._on_pick is not None:
            self._on_pick(*found)


def read_pick(message: Any) -> tuple[str, list[Pair]] | None:
    """Mode and points of a message from the browser; None where it is no sound one."""
    if not isinstance(message, dict) or message.get("type") != "picked" or message.get("mode") not in MODES:
        return None
    given = message.get("points")
    if not isinstance(given, list) or not 2 <= len(given) <= MOST_POINTS:
        return None
    points = [tuple(map(float, q)) for q in given if isinstance(q, list) and len(q) == 2 and all(map(_number, q))]
    return (str(message["mode"]), points) if len(points) == len(given) else None  # type: ignore[return-value]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def box_of_svg(svg: str) -> list[float]:
    """The view box of one of our own pictures."""
    found = VIEW_BOX.search(svg)
    return [float(number) for number in found.groups()] if found else [0.0, 0.0, 320.0, 200.0]
