"""What was copied or cut: the parts themselves, so that they can be put down when those on the plan are gone or changed.

clip = take(project, level, keys)
project = put_down(project, other_level, clip, dx_mm, dy_mm)      # as often as wanted, also on another storey
project = put_down(other, level, for_another_project(clip), 0, 0)  # or in another project
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from layouts.findings import BadInput
from planner.editing.apply import changed
from planner.editing.parts import with_openings
from planner.editing.sheet import FREE, expand, find, open_sheet, split
from planner.editing.shifting import with_copies
from planner.editing.wire import MOST_KEYS
from planner.project import Project

STEP = "edit.step.paste"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Parts by kind, as they stood."""

    parts: tuple[tuple[str, Any], ...] = ()


def take(project: Project, level: str, keys: Iterable[str]) -> Clip:
    """The parts of these keys, walls with their openings; BadInput where one does not stand, or they are too many."""
    wanted = tuple(keys)
    if len(wanted) > MOST_KEYS:
        raise BadInput("edit.too_many", place="keys", count=len(wanted), most=MOST_KEYS)
    sheet = open_sheet(project, level)
    chosen = expand(sheet, wanted)
    whole = (*chosen, *sorted(with_openings(sheet.level, chosen) - set(chosen)))
    return Clip(parts=tuple((split(key)[0], find(sheet, key)) for key in whole))


def for_another_project(clip: Clip) -> Clip:
    """The same parts without what only their own project knows: banks, services, rooms and modules by their ids."""
    return Clip(parts=tuple((kind, _unattached(kind, part)) for kind, part in clip.parts))


def _unattached(kind: str, part: Any) -> Any:
    if kind == "item":
        return replace(part, bank=None, services=(), space=None)
    return replace(part, module="", other="") if kind == FREE else part


def put_down(project: Project, level: str, clip: Clip, dx_mm: int, dy_mm: int) -> Project:
    """The project with the parts added, shifted; walls first, since openings stand in them. Free ids are kept."""
    if not clip.parts:
        raise BadInput("edit.nothing_to_paste")
    walls_first = sorted(clip.parts, key=lambda part: part[0] != "wall")
    others = project.accepted.layout.levels if project.accepted else ()
    elsewhere = frozenset(item.id for other in others if other.level != level for item in other.items)
    return changed(project, level, lambda sheet: with_copies(sheet, walls_first, [(dx_mm, dy_mm)], elsewhere))
