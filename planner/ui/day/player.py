"""The player as a component: a day's data goes to the browser once, time passes there."""

from __future__ import annotations

from importlib import resources
from typing import Any, ClassVar

import param
from panel.custom import JSComponent


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


class DayPlayer(JSComponent):
    """`data`: see `replay.py`, all of a day at once, so that no picture is drawn of half of it; its `shown` are its storeys:
    `name`, `picture` (the plan as the address of an image) and `frame`, its left, upper edge, width and height in millimetres,
    y downwards."""

    data = param.Dict(default={})
    words = param.Dict(default={})

    _esm = _file("player.js")
    _stylesheets: ClassVar[list[str]] = [_file("player.css")]

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"sizing_mode": "stretch_width"} | options))
