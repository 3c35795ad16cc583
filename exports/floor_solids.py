"""plan + layout -> storeys of solids: what the drawing shows, to its heights."""

from __future__ import annotations

from dataclasses import replace

from exports.floor_void_doors import closed_off, through_rooms
from exports.solids import Storey, cut_at_plan
from exports.solids_building import building_solids
from exports.solids_closed import closed_solids
from exports.solids_fittings import fitting_solids
from layouts.hall import planned_level
from layouts.layout import Layout, LevelLayout
from layouts.plan import FloorPlan, Level
from layouts.screening import is_screened


def storeys(plan: FloorPlan, layout: Layout | None) -> tuple[Storey, ...]:
    """The levels with a layout (all of them without one), lowest first; each solid cut at the height of the plan."""
    placed = {lv.level: lv for lv in layout.levels} if layout else {}
    levels = [lv for lv in plan.levels if not placed or lv.id in placed]
    return tuple(_storey(lv, placed.get(lv.id)) for lv in sorted(levels, key=lambda lv: lv.elevation_mm))


def _storey(level: Level, placed: LevelLayout | None) -> Storey:
    storey = planned_level(level, placed)
    whole = replace(storey, columns=level.columns)  # furniture keeps off those of rooms beside the hall too
    items = placed.items if placed else ()
    screened = is_screened(items)
    closed = closed_off(placed, storey.windows)
    built, cut = {one.item.id: one for one in closed}, through_rooms(closed)
    things = (
        s for item in items
        for s in (
            closed_solids(built[item.id]) if item.id in built else fitting_solids(item, whole, screened=screened, cut=cut)
        )
    )  # fmt: skip
    solids = [*building_solids(storey, placed), *things]
    kept = tuple(s for s in cut_at_plan(solids) if not s.ground.is_empty and s.high_mm > s.low_mm)
    return Storey(id=level.id, name=level.name, elevation_mm=level.elevation_mm, solids=kept)
