"""Floor that people wish to be kept free, as checks of a layout: what of each area is taken, and by what.

A wish and no rule: what people moved by hand may break it, and then they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shapely.geometry import Polygon

from layouts.findings import Finding, Witness
from layouts.layout import Item
from layouts.plan import Level
from planner.project import Project
from planner.wish_homes import home_of
from solvers.placement.check_wishes import SLIVER_MM2, taken
from solvers.placement.wish import Wish


def areas_on(project: Project, level: str) -> tuple[Wish, ...]:
    """The areas of a storey that shall be kept free."""
    return tuple(w for w in project.wishes if w.is_area_on(level, home_of(project, w)) and w.encloses_floor())


def kept_free(areas: Iterable[Wish], level: Level, items: Sequence[Item]) -> Iterator[Finding]:
    """One finding an area: square metres that something solid stands on, where none should be."""
    for wish in areas:
        found = taken(wish, items)
        free = sum(mm2 for _, mm2 in found) <= SLIVER_MM2
        values = {"area": round(Polygon(wish.area).area / 1e6, 1)} | ({"module": wish.module} if wish.module else {})
        yield Finding(
            code="wishes.kept_free_of" if wish.module else "wishes.kept_free", status="pass" if free else "fail",
            severity="info" if free else "warning", certainty="default", profile="project",
            measured=round(sum(mm2 for _, mm2 in found) / 1e6, 2), required=0.0, unit="m2",
            where=(level.id, *(() if free else (item.id for item, _ in found))), values=values,
            witness=(Witness(kind="area", points=wish.area),),
        )  # fmt: skip
