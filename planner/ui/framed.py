"""A layout in large under its title and figures, made once and then told what is new.

Other parts in a column have the whole page gone through for what hangs on what: a tenth of a second that clicks wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.ui import kit

TALL = "74vh"


class Framed:
    """One for a tab. `hook` is the picture's class."""

    def __init__(self, hook: str) -> None:
        self._title = kit.heading("")
        self._figures = kit.row(gap="4px")
        self._image = kit.image("", "", tall=TALL, css_classes=[hook])
        self._card = kit.card("", self._title, self._figures, self._image)
        self._shown: tuple[str, str] = ("", "")
        self._told: dict[str, str] = {}

    def view(self) -> Any:
        return self._card

    def show(self, svg: str, title: str, figures: Mapping[str, str]) -> None:
        """`figures`: values by what they are."""
        if (svg, title) != self._shown:
            self._shown = (svg, title)
            kit.say(self._title, title)
            kit.draw(self._image, svg, title)
        if dict(figures) != self._told:
            self._told = dict(figures)
            self._figures.objects = [kit.figure_of(label, value) for label, value in figures.items()]
