"""Security screening put across a drawn floor: the table is placed as an island, and the gates and screens follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import shapely
from shapely.geometry import Point, Polygon

from layouts.geometry import door_middle, ring_shape
from layouts.layout import Item, Layout
from layouts.plan import ENTRANCE_USES, doors_of_use
from layouts.routes import walked_to
from layouts.screening import SAT_ON, SCREEN, TABLE, before, with_fronts
from layouts.screening_line import LANDING_MM, screening
from layouts.screening_parted import parting
from layouts.screening_site import served, slipping
from solvers.placement.detail import Drawn, unreached
from solvers.placement.floor_parts import areas
from solvers.placement.floors import Floors
from solvers.placement.problem import PlacementProblem

BLAMED = 3  # modules asked about one by one


def screened(problem: PlacementProblem, drawn: Drawn) -> Drawn:
    """What is drawn, with screening that nobody walks round. Where no line of screens is clean, or it would cut somebody off,
    the table stands alone, and a finding tells that."""
    if drawn.faults or not any(i.kind == TABLE for i in problem.programme.islands):
        return drawn
    level, rules, closing = problem.level, problem.programme.rules, drawn.closing
    placed = drawn.layout.levels[0]
    kept = [w.area for w in problem.wishes if w.kind == "keep_out" and not w.module and w.encloses_floor()]
    tried: list[Drawn] = []

    def cuts_off(line: tuple[Item, ...]) -> bool:
        tried[:] = (_with(drawn, line, rules.clear_width_mm),)
        return tried[0].faults != ()

    found = screening(
        level, placed.items, drawn.floors.public, clear_mm=rules.clear_width_mm, also=_lifts(problem), kept=kept,
        cuts_off=cuts_off,
    )  # fmt: skip
    done = tried[0] if found else replace(drawn, blamed=partial(_to_blame, problem, drawn))
    return done if closing is None else replace(done, closing=partial(_closed, problem, closing, found))


def _to_blame(problem: PlacementProblem, drawn: Drawn) -> tuple[str, ...]:
    """The table and the one module, of those nearest to the entrances, without which there would be a clean line; nothing where
    no one of them alone is in its way."""
    items, level, public = drawn.layout.levels[0].items, problem.level, drawn.floors.public
    doors = [Point(door_middle(d)) for d in doors_of_use(level, ENTRANCE_USES)]
    at: dict[str, float] = {}
    for item in items:
        if item.kind != TABLE and item.kind not in SAT_ON:
            for place in before([item]):
                off = min(place.distance(d) for d in doors)
                at[item.bank or item.id] = min(off, at.get(item.bank or item.id, off))
    for module in sorted(at, key=lambda m: (at[m], m))[:BLAMED]:
        own = [i for i in items if (i.bank or i.id) == module]
        freed = shapely.union_all([public, *(ring_shape(i.polygon).buffer(1) for i in own if i.solid)])
        others = [i for i in items if (i.bank or i.id) != module]
        if screening(level, others, freed, clear_mm=problem.programme.rules.clear_width_mm, also=_lifts(problem)):
            return (module, *dict.fromkeys(i.bank or i.id for i in items if i.kind == TABLE))
    return ()


def _lifts(problem: PlacementProblem) -> list[tuple[float, float]]:
    """Doors within the building that visitors walk to beyond the screening."""
    to = walked_to(problem.programme.flows)
    return [door_middle(d) for d in problem.level.doors if d.id in to]


def _closed(
    problem: PlacementProblem, closing: Callable[[tuple[Polygon, ...]], Drawn], found: tuple[Item, ...],
    pockets: tuple[Polygon, ...],
) -> Drawn:  # fmt: skip
    """The floor with pockets walled up, and screening put across it: as it was `found` without them where they lie far from it
    and nobody walks round it now, else anew."""
    drawn = closing(pockets)
    if drawn.faults or not found or not _stands(problem, drawn, found, pockets):
        return screened(problem, drawn)
    done = _with(drawn, found, problem.programme.rules.clear_width_mm)
    return screened(problem, drawn) if done.faults else replace(done, closing=partial(_closed, problem, closing, found))


def _stands(problem: PlacementProblem, drawn: Drawn, found: tuple[Item, ...], pockets: tuple[Polygon, ...]) -> bool:
    """Does a screening stand as well with these pockets closed: none comes near it, and still nobody walks round?"""
    line = [ring_shape(i.polygon) for i in found]
    if shapely.dwithin(shapely.union_all(line), pockets, LANDING_MM).any():
        return False
    items, level = drawn.layout.levels[0].items, problem.level
    doors = [door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)]
    tables = [ring_shape(i.polygon) for i in items if i.kind == TABLE]
    return parting(slipping(drawn.floors.public), doors, served(items, _lifts(problem))).parts_them([*line, *tables])


def _with(drawn: Drawn, found: tuple[Item, ...], clear_mm: int) -> Drawn:
    """The same with gates and screens; whom that cuts off is a fault."""
    placed = drawn.layout.levels[0]
    assert placed.spine is not None
    screens = shapely.union_all([ring_shape(i.polygon) for i in found if i.kind == SCREEN])
    public, start = drawn.floors.public.difference(screens), Point(placed.spine.centreline[0])
    items = with_fronts(sorted((*placed.items, *found), key=lambda i: i.id))
    if faults := unreached(items, public, start, clear_mm):
        return replace(drawn, faults=tuple(faults))
    layout = Layout(levels=(replace(placed, items=items, public=areas(public)),))
    floors = Floors(public, drawn.floors.staff, (*drawn.floors.barriers, *found))
    return replace(drawn, layout=layout, floors=floors)
