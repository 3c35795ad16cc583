"""Security screening put across a drawn floor: the table is placed as an island, and the gates and screens follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import shapely
from shapely.geometry import Point, Polygon

from layouts.geometry import door_middle, ring_shape
from layouts.layout import Item, Layout
from layouts.routes import walked_to
from layouts.screening import SCREEN, TABLE
from layouts.screening_line import screening
from solvers.placement.detail import Drawn, reached_floor, unreached
from solvers.placement.floor_parts import areas
from solvers.placement.floors import Floors
from solvers.placement.problem import PlacementProblem

STAFF_WAY_MM = 900


def screened(problem: PlacementProblem, drawn: Drawn) -> Drawn:
    """What is drawn, with screening that nobody walks round. Where no line of screens is clean, or it would cut somebody off,
    the table stands alone, and a finding tells that."""
    if drawn.faults or not any(i.kind == TABLE for i in problem.programme.islands):
        return drawn
    if drawn.closing is not None:
        drawn = replace(drawn, closing=partial(_closed, problem, drawn.closing))
    level, rules = problem.level, problem.programme.rules
    to = walked_to(problem.programme.flows)
    lifts = [door_middle(d) for d in level.doors if d.id in to]
    placed = drawn.layout.levels[0]
    kept = [w.area for w in problem.wishes if w.kind == "keep_out" and not w.module and w.encloses_floor()]
    found = screening(
        level, placed.items, drawn.floors.public, clear_mm=rules.clear_width_mm, also=lifts, kept=kept,
        cuts_off=lambda line: _with(drawn, line, rules.clear_width_mm) is None,
    )  # fmt: skip
    return (_with(drawn, found, rules.clear_width_mm) or drawn) if found else drawn


def _closed(problem: PlacementProblem, closing: Callable[[tuple[Polygon, ...]], Drawn], pockets: tuple[Polygon, ...]) -> Drawn:
    """The floor with pockets walled up, and screening put across it anew."""
    return screened(problem, closing(pockets))


def _with(drawn: Drawn, found: tuple[Item, ...], clear_mm: int) -> Drawn | None:
    """The same with gates and screens; None where that cuts somebody off."""
    placed = drawn.layout.levels[0]
    assert placed.spine is not None
    screens = shapely.union_all([ring_shape(i.polygon) for i in found if i.kind == SCREEN])
    public, start = drawn.floors.public.difference(screens), Point(placed.spine.centreline[0])
    reach = reached_floor(public, start, clear_mm)
    if unreached(placed.items, reach, reached_floor(public, start, STAFF_WAY_MM)):
        return None
    items = tuple(sorted((*placed.items, *found), key=lambda i: i.id))
    layout = Layout(levels=(replace(placed, items=items, public=areas(public)),))
    floors = Floors(public, drawn.floors.staff, (*drawn.floors.barriers, *found))
    return replace(drawn, layout=layout, floors=floors, reach=reach)
