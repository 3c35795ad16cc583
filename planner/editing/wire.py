"""Commands as a browser sends them: read strictly, because a message is somebody else's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layouts.findings import BadInput
from layouts.soundness import FARTHEST_MM
from planner.editing.commands import OPS, Command
from planner.reading import read_typed, shown

MOST_POINTS = 2_000
MOST_KEYS = 20_000


def read_command(data: Mapping[str, Any]) -> Command:
    """The command in a message `{"op": "move", "level": …, …}`; BadInput where it is none."""
    name = data.get("op")
    cls = OPS.get(name) if isinstance(name, str) else None
    if cls is None:
        raise BadInput("edit.unknown_command", place="op", given=shown(name), known=", ".join(OPS))
    command = read_typed({k: v for k, v in data.items() if k != "op"}, cls, file=shown(name))
    for field in command.__dataclass_fields__:
        _within_bounds(getattr(command, field), field)
    return command


def _within_bounds(value: object, field: str) -> None:
    """No number beyond any building, no list beyond any plan."""
    if isinstance(value, int | float) and abs(value) > 2 * FARTHEST_MM:
        raise BadInput("edit.too_far", place=field, given=shown(value), most_m=FARTHEST_MM // 1000)
    if isinstance(value, tuple):
        most = MOST_KEYS if field == "keys" else MOST_POINTS
        if len(value) > most:
            raise BadInput("edit.too_many", place=field, count=len(value), most=most)
        for part in value:
            _within_bounds(part, field)
