"""One door for all edits: `apply(project, command)` gives the changed project, sound where it was sound before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from layouts.findings import BadInput
from layouts.plan import FloorPlan, Level
from layouts.soundness import plan_faults
from layouts.standards import for_planning, profile
from planner.editing import commands as c
from planner.editing.floors import floors_after
from planner.editing.outlines import draw_outline, insert_corner, move_corner, remove_corner
from planner.editing.parts import (
    add_column,
    add_free,
    add_item,
    add_obstacle,
    add_space,
    delete,
    rename,
    set_angle,
    set_free,
    set_pinned,
    set_place,
    set_size,
)
from planner.editing.screened import follows, screened_anew
from planner.editing.sheet import FREE, Sheet, find, open_sheet, put_back, split
from planner.editing.shifting import align, array, distribute, duplicate, move, rotate
from planner.editing.walling import (
    add_door,
    add_walls,
    add_window,
    flip_door,
    place_opening,
    retype_door,
    set_length,
    set_structural,
    set_thickness,
    set_wall,
)
from planner.entrances import shares_on, with_share
from planner.project import Project


def set_entrance_share(project: Project, command: c.SetEntranceShare) -> Project:
    """The shares of entrances are the project's, not a storey's."""
    kind, door = split(command.key)
    find(open_sheet(project, command.level), command.key)
    if kind != "door" or door not in shares_on(project, command.level):
        raise BadInput("edit.no_share", place=command.key)
    if not 0 <= command.share <= 1:
        raise BadInput("edit.bad_share", place=command.key, given=f"{100 * command.share:g}")
    return with_share(project, door, command.share)


HANDLERS: dict[type[c.Command], Callable[[Sheet, Any], Sheet]] = {
    c.Move: move,
    c.Rotate: rotate,
    c.Delete: delete,
    c.Duplicate: duplicate,
    c.Array: array,
    c.Align: align,
    c.Distribute: distribute,
    c.AddWalls: add_walls,
    c.SetWall: set_wall,
    c.SetLength: set_length,
    c.SetAngle: set_angle,
    c.SetThickness: set_thickness,
    c.SetStructural: set_structural,
    c.SetSize: set_size,
    c.SetPlace: set_place,
    c.DrawOutline: draw_outline,
    c.MoveCorner: move_corner,
    c.InsertCorner: insert_corner,
    c.RemoveCorner: remove_corner,
    c.AddDoor: add_door,
    c.AddWindow: add_window,
    c.PlaceOpening: place_opening,
    c.FlipDoor: flip_door,
    c.RetypeDoor: retype_door,
    c.AddColumn: add_column,
    c.AddObstacle: add_obstacle,
    c.AddFree: add_free,
    c.SetFree: set_free,
    c.AddSpace: add_space,
    c.AddItem: add_item,
    c.Rename: rename,
    c.SetPinned: set_pinned,
}
OF_THE_PROJECT: dict[type[c.Command], Callable[[Project, Any], Project]] = {c.SetEntranceShare: set_entrance_share}
# a plan may lack these while it is drawn: the checks ask for them before anything is placed
MAY_BE_MISSING = ("plan.no_level", "plan.no_entrance", "plan.no_exit")
FIRST_LEVEL = "level-0"
STARTS_A_PLAN = (c.AddWalls, c.DrawOutline)


def apply(project: Project, command: c.Command) -> Project:
    """The project after the command; BadInput where it cannot be done or would leave an unsound plan."""
    project = _with_level(project, command)
    if type(command) in OF_THE_PROJECT:
        return OF_THE_PROJECT[type(command)](project, command)
    return changed(project, command.level, lambda sheet: HANDLERS[type(command)](sheet, command))


def changed(project: Project, level: str, how: Callable[[Sheet], Sheet]) -> Project:
    """The project with one level's sheet put through `how`, refused where that would leave an unsound plan."""
    before = open_sheet(project, level)
    after = how(before)
    if after.level is not before.level:
        _refuse_new_faults(before.level, after.level)
    for wish in after.free:
        if wish not in before.free and not wish.encloses_floor():
            raise BadInput("edit.no_area", place=f"{FREE}:{wish.id}")
    placed = floors_after(after.level, before.placed, after.placed)
    if before.placed and after.placed and follows(before.placed, after.placed):
        free = [w.area for w in after.free if not w.module]
        access = for_planning(profile(project.planning.access_profile))
        placed = screened_anew(after.level, before.placed, after.placed, free, access.mm("clear_route_mm"))
    return put_back(project, replace(after, placed=placed))


def apply_all(project: Project, commands: Iterable[c.Command]) -> Project:
    """Several commands as one step."""
    for command in commands:
        project = apply(project, command)
    return project


def label(command: c.Command) -> str:
    """The code under which the history shows the step."""
    return f"edit.step.{c.op_of(type(command))}"


def _with_level(project: Project, command: c.Command) -> Project:
    """A project without a plan gets an empty level for the first walls or the outline drawn."""
    if project.plan is not None or not isinstance(command, STARTS_A_PLAN):
        return project
    empty = Level(id=command.level or FIRST_LEVEL, name="", elevation_mm=0, outline=())
    return replace(project, plan=FloorPlan(levels=(empty,)))


def _refuse_new_faults(before: Level, after: Level) -> None:
    """The first fault that the level has now and had not before."""
    had = {_name(fault) for fault in _faults(before)}
    for fault in _faults(after):
        if _name(fault) not in had and fault.code not in MAY_BE_MISSING:
            raise fault


def _faults(level: Level) -> tuple[BadInput, ...]:
    """The level's faults; one whose outline is yet to be drawn is judged by the rest of it."""
    if not level.outline:
        return ()
    return plan_faults(FloorPlan(levels=(level,)))


def _name(fault: BadInput) -> tuple[str, str]:
    """Code and part: the point in the place may move while the fault is the same."""
    return fault.code, fault.place.partition(" (")[0]
