"""Older documents become today's, one format version at a time.

`STEPS[n]` takes the plain data of a document of format n and gives that of format n + 1. A step, once released, is
never edited again: documents of every age must go on opening. A changed default is a changed format too, since readable
folders leave defaults out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from layouts.findings import BadInput
from planner.project import FORMAT_VERSION
from planner.reading import shown

Data = dict[str, Any]
Step = Callable[[Data], Data]

# Format 1 is the first; nothing older was ever written.
STEPS: dict[int, Step] = {}


def upgrade(
    data: Data, version: object, *, file: str = "", steps: Mapping[int, Step] = STEPS, to: int = FORMAT_VERSION
) -> Data:
    """`data` of format `version` as format `to`; BadInput for a newer format or one that never was."""
    if not isinstance(version, int) or isinstance(version, bool):
        raise BadInput("document.not_whole", file=file, place="format_version", given=shown(version))
    if version > to:
        raise BadInput("document.newer_format", file=file, place="format_version", given=version, newest=to)
    for step in range(version, to):
        if step not in steps:
            raise BadInput("document.unknown_format", file=file, place="format_version", given=version)
        data = steps[step](data)
    if version < to:
        data = data | {"format_version": to}
    return data
