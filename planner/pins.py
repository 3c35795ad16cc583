"""Pins: decisions that things stay where the accepted layout has them."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.findings import BadInput
from planner.project import Pin, Project
from planner.reading import shown


def with_pins(project: Project, ids: Sequence[str], *, file: str = "") -> tuple[Pin, ...]:
    """The project's pins and `ids`; BadInput when the accepted layout has no such thing, or there is none."""
    if project.accepted is None:
        raise BadInput("pin.nothing_accepted", file=file)
    standing = dict.fromkeys(
        name
        for level in project.accepted.layout.levels
        for item in level.items
        for name in (item.bank, item.id)
        if name is not None
    )
    for name in ids:
        if name not in standing:
            raise BadInput("pin.unknown_item", file=file, given=shown(name), known=shown_list(standing))
    names = dict.fromkeys([*(p.id for p in project.pins), *ids])
    return tuple(Pin(id=name) for name in names)


def without_pins(project: Project, ids: Sequence[str], *, file: str = "") -> tuple[Pin, ...]:
    """The project's pins less `ids`; BadInput for one that is not pinned."""
    pinned = {p.id for p in project.pins}
    for name in ids:
        if name not in pinned:
            raise BadInput("pin.not_pinned", file=file, given=shown(name), known=shown_list(pinned))
    return tuple(p for p in project.pins if p.id not in ids)


def shown_list(names: Sequence[str] | dict[str, None] | set[str], most: int = 12) -> str:
    """The first few names, so that a sentence stays one."""
    listed = sorted(names) if isinstance(names, set) else list(names)
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "") or "-"
