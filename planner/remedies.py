"""What helps when nothing fits: a reason of the placement becomes a change of the project that one click makes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.editing import apply
from planner.editing.commands import AddDoor
from planner.project import Project

# Where people go for what no single change of the project settles.
PAGES = {
    "placement.no_staff_door": "plan", "placement.one_staff_door": "plan", "placement.frontage": "plan",
    "placement.columns_in_the_way": "plan", "placement.larger_than_floor": "demand", "programme.larger_than_floor": "demand",
    "placement.relax_split": "demand",
}  # fmt: skip
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One change. `code` and `values` say it to people; `make` gives the changed project."""

    code: str
    values: Values
    make: Callable[[Project], Project]


def remedies(project: Project, reasons: Sequence[Mapping[str, Any]]) -> tuple[Remedy, ...]:
    """Those of all reasons, each once, in the order in which the reasons name them."""
    found: dict[tuple[str, str], Remedy] = {}
    for reason in reasons:
        for remedy in _of(project, reason["code"], reason["values"]):
            found.setdefault((remedy.code, str(sorted(remedy.values.items()))), remedy)
    return tuple(found.values())


def pages_to_see(reasons: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Pages where people can mend what has no remedy of one click."""
    return tuple(dict.fromkeys(PAGES[r["code"]] for r in reasons if r["code"] in PAGES))


def _of(project: Project, code: str, values: Values) -> Iterator[Remedy]:
    if code == "placement.relax_wish":
        yield from _without(project, [str(values["wish"])])
    elif code in ("placement.relax_pin", "pin.does_not_fit"):
        yield from _without(project, [str(values.get("module", values.get("given", "")))])
    elif code.startswith("placement.clash"):
        yield from _without(project, [name.strip() for name in str(values["wishes"]).split(",")])
    elif code == "placement.relax_staff_door" and project.plan is not None:
        near = round(1000 * float(values["x_m"])), round(1000 * float(values["y_m"]))
        yield Remedy(code="remedy.staff_door", values={"x_m": values["x_m"], "y_m": values["y_m"]}, make=_staff_door(near))
    elif code == "placement.relax_seats":
        share = 1 - float(values["percent"]) / 100
        yield Remedy(code="remedy.seats", values={"percent": values["percent"]}, make=_fewer_seats(share))


def _without(project: Project, names: Sequence[str]) -> Iterator[Remedy]:
    """Wishes and pinned modules of these names, each left out."""
    wishes = {w.id for w in project.wishes}
    pinned = {module_of(project, p.id) for p in project.pins}
    for name in names:
        if name in wishes:
            yield Remedy(code="remedy.wish", values={"wish": name}, make=lambda p, n=name: without_wish(p, n))
        elif name in pinned:
            yield Remedy(code="remedy.pin", values={"module": name}, make=lambda p, n=name: unpinned(p, n))


def without_wish(project: Project, ident: str) -> Project:
    """The project without a wish."""
    return replace(project, wishes=tuple(w for w in project.wishes if w.id != ident))


def unpinned(project: Project, module: str) -> Project:
    """The project without the pins on a module and on the things that belong to it."""
    return replace(project, pins=tuple(p for p in project.pins if module_of(project, p.id) != module))


def module_of(project: Project, ident: str) -> str:
    """The module that a pin's id names, itself or by one of its things in the accepted layout."""
    levels = project.accepted.layout.levels if project.accepted else ()
    return next((item.bank or ident for level in levels for item in level.items if item.id == ident), ident)


def _staff_door(near: tuple[int, int]) -> Callable[[Project], Project]:
    def make(project: Project) -> Project:
        assert project.plan is not None
        return apply(project, AddDoor(level=project.plan.levels[0].id, near=near, use="staff"))

    return make


def _fewer_seats(share: float) -> Callable[[Project], Project]:
    def make(project: Project) -> Project:
        planning = project.planning
        return replace(project, planning=replace(planning, seated_share=round(planning.seated_share * share, 3)))

    return make
