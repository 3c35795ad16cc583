"""The week grid as a component: what it shows is data, what people do comes back as one message a move."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any, ClassVar

import param
from panel.custom import JSComponent

from layouts.findings import BadInput
from planner.reading import shown
from solvers.rostering.edit import DutyMove

FIELDS = ("person", "date", "to_person", "to_date")
LONGEST = 200


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


class RosterGrid(JSComponent):
    """`data`: days, people and their cells (see `week.py`); `locked`: nothing may be moved just now."""

    data = param.Dict(default={})
    words = param.Dict(default={})
    locked = param.Boolean(default=False)

    _esm = _file("grid.js")
    _stylesheets: ClassVar[list[str]] = [_file("grid.css")]

    def __init__(self, on_move: Callable[[DutyMove], None], **options: Any) -> None:
        super().__init__(**({"sizing_mode": "stretch_width"} | options))
        self._on_move = on_move

    def _handle_msg(self, message: Any) -> None:
        if isinstance(message, dict) and message.get("type") == "move" and not self.locked:
            self._on_move(read_move(message))


def read_move(message: dict[str, Any]) -> DutyMove:
    """The move in a message; BadInput where it is none."""
    given = {name: message.get(name, "") for name in FIELDS}
    for name, value in given.items():
        if not isinstance(value, str) or len(value) > LONGEST:
            raise BadInput("roster.no_such_duty", place=f"{name}: {shown(value)}")
    return DutyMove(**given)
