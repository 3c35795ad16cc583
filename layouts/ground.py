"""One layout's ground, made ready once for all checks: floors, walks and gaps, each worked out when first asked for.

What was worked out near things that have not moved is carried over to the ground of the changed layout (`after`), so
that a check after moving one thing looks only at what lies near it. Everything here is a pure function of level and
layout: carrying over saves time and changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import shapely
from shapely.geometry.base import BaseGeometry

from layouts.gaps import Gaps, find_gaps
from layouts.geometry import polygon_shape, ring_shape, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level
from layouts.routes import StopWalks, Ways, stop_walks, ways_on
from layouts.walkable import CLOSED_TO_PUBLIC, Clusters, building_solids, clustered, level_floor

Box = tuple[float, float, float, float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A value, the ground it was worked out from (its bounds), and the item it is about."""

    value: Any
    within: Box
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A level with its layout. `memo` holds what was worked out for the whole, `local` what belongs to single items."""

    level: Level
    layout: LevelLayout
    memo: dict[tuple[str, object], Any] = field(default_factory=dict)
    local: dict[tuple[str, str], Kept] = field(default_factory=dict)

    def _once(self, name: str, key: object, work: Callable[[], T]) -> T:
        if (name, key) not in self.memo:
            self.memo[name, key] = work()
        return cast(T, self.memo[name, key])

    def near(self, rule: str, item: Item, within: Box, work: Callable[[], T]) -> T:
        """A value about one item that depends on nothing outside the bounds `within`."""
        kept = self.local.get((rule, item.id))
        if kept is None:
            kept = self.local[rule, item.id] = Kept(value=work(), within=within, item=item.id)
        return cast(T, kept.value)

    def empty_floor(self) -> BaseGeometry:
        """The floor of the empty level."""
        return self._once("level", "floor", lambda: level_floor(self.level))

    def building(self) -> BaseGeometry:
        """Columns, obstacles and inner walls."""
        return self._once("level", "solids", lambda: building_solids(self.level))

    def clusters(self) -> Clusters:
        """Solid items, those that touch made one."""
        return self._once("clusters", None, self._clusters)

    def _clusters(self) -> Clusters:
        rings = tuple(i.polygon for i in self.layout.items if i.solid)
        return clustered(rings, self.memo.get(("clusters", "earlier")))

    def solids(self) -> BaseGeometry:
        """The ground covered by solid items."""
        return self.clusters().shape

    def gates(self) -> BaseGeometry:
        """Staff gates: open to staff, closed to the public."""
        return self._once(
            "gates", None, lambda: union(ring_shape(i.polygon) for i in self.layout.items if i.kind in CLOSED_TO_PUBLIC)
        )

    def staff_area(self) -> BaseGeometry:
        """The staff's areas as told by the layout."""
        return self._once("areas", "staff", lambda: union(polygon_shape(p) for p in self.layout.staff))

    def public(self) -> BaseGeometry:
        """Free public floor, prepared for questions."""
        return self._once("public", None, self._public)

    def _public(self) -> BaseGeometry:
        floor = self._once("level", "less staff", lambda: self.empty_floor().difference(self.staff_area()))
        found = floor.difference(self.solids())
        found = found if self.gates().is_empty else found.difference(self.gates())
        shapely.prepare(found)
        return found

    def staff(self) -> BaseGeometry:
        """Free staff floor; staff gates join it."""
        return self._once("staff", None, self._staff)

    def _staff(self) -> BaseGeometry:
        staff = union([self.staff_area(), self.gates()]).intersection(self.empty_floor()).difference(self.solids())
        shapely.prepare(staff)
        return staff

    def ways(self, clear_width_mm: int) -> Ways:
        """The public floor ready for walking at a clear width."""
        return self._once(
            "ways", clear_width_mm, lambda: ways_on(self.level, self.public(), clear_width_mm=clear_width_mm)
        )

    def walks(self, clear_width_mm: int, stops: tuple[str, ...]) -> StopWalks:
        """Shortest walks between the public doors and the given stops at a clear width."""
        return self._once(
            "walks",
            (clear_width_mm, stops),
            lambda: stop_walks(self.ways(clear_width_mm), self.layout, stops),
        )

    def gaps(self, clear_width_mm: int) -> Gaps | None:
        """The pinches of the floor that is walked at a clear width; None where none is."""
        return self._once("gaps", clear_width_mm, lambda: self._gaps(self.ways(clear_width_mm)))

    def _gaps(self, ways: Ways) -> Gaps | None:
        touched = ways.touched()
        return None if touched.is_empty else find_gaps(touched, but_at=ways.outside.buffer(15))
