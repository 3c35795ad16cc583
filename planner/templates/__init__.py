"""Projects to start from: five ministries in three sizes, each a whole project with plan, demand and posts to fill.

Two of them are the drawn examples as they stand. The others are worked out: the ministry's menu of services, arrivals of
the size asked for, a plain hall large enough for what capacity asks, and a crew that covers the peak. Every figure in the
menus is a planning default with its source and wants a time study on the spot.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from layouts.findings import BadInput
from planner.examples import EXAMPLES, copy_example, example
from planner.folder import write_folder
from planner.project import Project
from planner.templates.crew import crew_for
from planner.templates.hall import hall_for, toilets_are_far
from planner.templates.menus import VISITS_PER_DAY, menu

MINISTRIES = ("labour", "justice", "municipalities", "oil", "migration")
SIZES = tuple(VISITS_PER_DAY)
DRAWN = {("labour", "medium"): "dahuk", ("justice", "medium"): "justice"}


def names() -> tuple[str, ...]:
    """What `--template` may be: a ministry, or an example by its own name."""
    return (*MINISTRIES, *(name for name in EXAMPLES if name not in MINISTRIES))


def check(template: str, size: str) -> None:
    """BadInput for a template or size that is not there."""
    if template not in names():
        raise BadInput("new.unknown_template", given=template, known=", ".join(names()))
    if size not in SIZES:
        raise BadInput("new.unknown_size", given=size, known=", ".join(SIZES))


def drawn_example(template: str, size: str) -> str:
    """The example that is this template, or nothing. An example by its own name has the one size it was drawn in."""
    if template in EXAMPLES and template not in MINISTRIES:
        return template
    return DRAWN.get((template, size), "")


def worked_out(template: str, size: str) -> Project:
    """A template's project without a drawing: menu, arrivals, hall and crew of one size."""
    from planner.chain.asked import capacity_of  # the whole calculation takes two seconds to load: a list of names needs none

    bare = replace(menu(template, size), plan=None, staff=(), drawing=None, accepted=None, pins=())
    capacity = capacity_of(bare)
    if toilets_are_far(hall_for(bare, capacity), bare):
        bare = replace(bare, rooms=tuple(replace(r, count=2) if r.kind == "toilets" else r for r in bare.rooms))
    return replace(bare, plan=hall_for(bare, capacity), staff=crew_for(bare, capacity))


def make_folder_from(template: str, size: str, target: Path) -> None:
    """A new project folder `target`."""
    check(template, size)
    if name := drawn_example(template, size):
        copy_example(name, target)
        return
    if target.exists():
        raise BadInput("new.exists", file=str(target))
    write_folder(worked_out(template, size), target)


def make_file_from(template: str, size: str, target: Path) -> None:
    """A new `.centreline` file `target`."""
    from planner.packing import pack
    from planner.storage import create_document

    check(template, size)
    if name := drawn_example(template, size):
        pack(example(name), target, with_answers=False)
    else:
        create_document(target, worked_out(template, size), "new").close()
