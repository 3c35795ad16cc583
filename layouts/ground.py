"""One layout's ground, made ready once for all checks: floors, walks and gaps, each worked out when first asked for.

What was worked out near things that have not moved is carried over to the ground of the changed layout (`after`), so
that a check after moving one thing looks only at what lies near it. Everything here is a pure function of level and
layout: carrying over saves time and changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from layouts.carrying import away_from
from layouts.carved import Body, Recall, bodies_of, carved, cut_bodies, grown, grown_bodies, without_holes
from layouts.changes import Box, changes
from layouts.egress_paths import Common, common_paths
from layouts.gaps import Gaps, find_gaps
from layouts.geometry import door_middle, line_shape, parts, polygon_shape, ring_shape, ring_shapes, union
from layouts.grouping import Groups, grouped
from layouts.layout import Item, LevelLayout, Route
from layouts.plan import Level, Ring, doors_of_use
from layouts.programme import Flow
from layouts.routes import PUBLIC_DOORS, StopWalks, Ways, routes_on, stop_walks, ways_on
from layouts.steps import Trees, trees_of, walk_steps
from layouts.travel import SEEN_MM, Taut, Travel, farthest_walk
from layouts.walkable import (
    ARC_SEGMENTS,
    CLOSED_TO_PUBLIC,
    PARKED,
    Clusters,
    aprons,
    building_solids,
    clustered,
    components_at,
    disc_mm,
    erode,
    in_the_way,
    level_floor,
)

T = TypeVar("T")
CELL_MM = 250  # the raster on which the farthest walk is looked for
BODY_MM = 300  # what a person needs to edge out of a row of seats


UNMOVED = ("level",)  # what depends on the level alone
OF_AREAS = ("staff area", "less staff")  # what depends on the level and the staff's areas alone
OF_GATES = ("unfurnished", "with doors", "eroded unfurnished")  # what depends on those and the staff's gates
OF_STAFF = ("gates", "staff", "staff reached", "staff come to")  # what depends on the staff's floor alone


def _gates(layout: LevelLayout) -> list[Item]:
    return [i for i in layout.items if i.kind in CLOSED_TO_PUBLIC]


def _left(gaps: Gaps | None) -> Gaps | None:
    """What gaps leave for those after a change."""
    return None if gaps is None else replace(gaps, before=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A value, the ground it was worked out from (its bounds), and the item it is about."""

    value: Any
    within: Box
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A level with its layout. `memo` holds what was worked out for the whole, `local` what belongs to single items, `recall`
    what was made of single pieces of floor."""

    level: Level
    layout: LevelLayout
    memo: dict[tuple[str, object], Any] = field(default_factory=dict)
    local: dict[tuple[Hashable, str], Kept] = field(default_factory=dict)
    recall: Recall = field(default_factory=Recall)
    walked: dict[tuple[str, str], dict[Ring, Any]] = field(default_factory=dict)

    def once(self, name: str, key: object, work: Callable[[], T]) -> T:
        """A value about the whole of this ground, worked out when first asked for."""
        if (name, key) not in self.memo:
            self.memo[name, key] = work()
        return cast(T, self.memo[name, key])

    def near(self, rule: Hashable, item: Item, work: Callable[[], tuple[T, Box]]) -> T:
        """A value about one item, with the bounds of all that it depends on."""
        kept = self.local.get((rule, item.id))
        if kept is None:
            value, within = work()
            kept = self.local[rule, item.id] = Kept(value=value, within=within, item=item.id)
        return cast(T, kept.value)

    def near_place(self, rule: str, name: str, work: Callable[[], tuple[T, Box]]) -> T:
        """A value about a part of the building, with the bounds of all that it depends on."""
        key = (rule, f"place {name}")
        kept = self.local.get(key)
        if kept is None:
            value, within = work()
            kept = self.local[key] = Kept(value=value, within=within, item="")
        return cast(T, kept.value)

    def along(
        self, rule: str, lines: Sequence[Ring], reach_mm: float, work: Callable[[list[int]], Sequence[T]]
    ) -> list[T]:
        """Values about walks, each of which depends on no floor farther than `reach_mm` from its walk. Those that are not known
        from the ground before the change, or that come near it, are worked out together, by their numbers."""
        known, new = self.walked.setdefault((rule, "before"), {}), self.walked.setdefault((rule, "now"), {})
        missing = [k for k, line in enumerate(lines) if line not in new]
        likely = [k for k in missing if lines[k] in known]
        if likely:
            boxes = [shapely.box(a, b, c, d) for a, b, c, d in self.memo.get(("changes", None), ())]
            walks = np.asarray([line_shape(lines[k]) for k in likely], dtype=object)
            met = shapely.dwithin(walks[:, None], np.asarray(boxes, dtype=object)[None], reach_mm).any(axis=1)
            new |= {lines[k]: known[lines[k]] for k, m in zip(likely, met.tolist()) if not m}
            missing = [k for k in missing if lines[k] not in new]
        new |= {lines[k]: value for k, value in zip(missing, work(missing) if missing else ())}
        return [cast(T, new[line]) for line in lines]

    def near_all(
        self, rule: str, items: Sequence[Item], work: Callable[[Sequence[Item]], Sequence[tuple[T, Box]]]
    ) -> list[T]:
        """Such values, each with the bounds it depends on, worked out together for all items that have none yet."""
        missing = [i for i in items if (rule, i.id) not in self.local]
        for item, (value, within) in zip(missing, work(missing) if missing else ()):
            self.local[rule, item.id] = Kept(value=value, within=within, item=item.id)
        return [cast(T, self.local[rule, i.id].value) for i in items]

    def after(self, layout: LevelLayout) -> Ground:
        """The ground of a changed layout of the same level, with what the change leaves as it was."""
        boxes, ids = changes(self.layout, layout)
        told = layout.staff == self.layout.staff
        staff = self.staff_area() if told else union(polygon_shape(p) for p in layout.staff)
        if not told:
            boxes += [p.bounds for p in parts(staff.symmetric_difference(self.staff_area()))]
        within = np.fromiter(chain.from_iterable([k.within for k in self.local.values()]), np.float64).reshape(-1, 4)
        away = away_from(within, boxes).tolist()
        local = {key: kept for (key, kept), off in zip(self.local.items(), away) if off and kept.item not in ids}
        kept_whole = (*UNMOVED, *OF_AREAS) if told else UNMOVED
        if told and _gates(self.layout) == _gates(layout):
            kept_whole = (*kept_whole, *OF_GATES)
        memo = {key: value for key, value in self.memo.items() if key[0] in kept_whole}
        memo["staff area", None] = staff
        if told and layout.public == self.layout.public:
            memo |= {key: value for key, value in self.memo.items() if key[0] == "overlap"}
        for name in ("clusters", "shapes", "steps", "trees", "taut"):
            if (name, None) in self.memo:
                memo[name, "earlier"] = self.memo[name, None]
        memo["changes", None] = boxes
        left: dict[str, Callable[[Any], Any]] = {"ways": Ways.left, "walks": StopWalks.left, "gaps": _left}
        memo |= {(f"{name} before", key): left[name](value) for (name, key), value in self.memo.items() if name in left}
        if told and self._keeps_off_staff(boxes, layout):
            memo |= {key: value for key, value in self.memo.items() if key[0] in OF_STAFF}
        walked = {(rule, "before"): values for (rule, when), values in self.walked.items() if when == "now"}
        return Ground(level=self.level, layout=layout, memo=memo, local=local, recall=self.recall.after(), walked=walked)

    def _keeps_off_staff(self, boxes: Sequence[Box], layout: LevelLayout) -> bool:
        """Whether a change within these bounds leaves the staff's floor as it is."""
        areas = (self.staff_area(), self.gates())
        return _gates(self.layout) == _gates(layout) and not any(shapely.box(*b).intersects(a) for b in boxes for a in areas)

    def empty_floor(self) -> BaseGeometry:
        """The floor of the empty level."""
        return self.once("level", "floor", lambda: level_floor(self.level))

    def building(self) -> BaseGeometry:
        """Columns, obstacles and inner walls."""
        return self.once("level", "solids", lambda: building_solids(self.level))

    def clusters(self) -> Clusters:
        """Solid items, those that touch made one."""
        return self.once("clusters", None, self._clusters)

    def _clusters(self) -> Clusters:
        items = [i for i in self.layout.items if i.solid]
        rings = tuple(i.polygon for i in items)
        return clustered(rings, self.memo.get(("clusters", "earlier")), shapes=self.shapes(items))

    def shapes(self, items: Sequence[Item]) -> list[BaseGeometry]:
        """The ground that each of the layout's items covers."""
        found: dict[str, tuple[Item, BaseGeometry]] = self.once("shapes", None, self._shapes)
        return [found[i.id][1] for i in items]

    def _shapes(self) -> dict[str, tuple[Item, BaseGeometry]]:
        was: dict[str, tuple[Item, BaseGeometry]] = self.memo.get(("shapes", "earlier"), {})
        found = {i.id: was[i.id] for i in self.layout.items if i.id in was and was[i.id][0] is i}
        new = [i for i in self.layout.items if i.id not in found]
        return found | {i.id: (i, s) for i, s in zip(new, ring_shapes([i.polygon for i in new]))}

    def grouped(self, name: str, shapes: Sequence[BaseGeometry], *, within_mm: float) -> Groups:
        """Shapes in groups in which each stands near another, with an eye on the groups of this name before the change."""
        key = ("groups", name)
        if key not in self.recall.now:
            self.recall.now[key] = grouped(shapes, self.recall.before.get(key), within_mm=within_mm)
        return cast(Groups, self.recall.now[key])

    def solids(self) -> BaseGeometry:
        """The ground covered by solid items."""
        return self.once("solids", None, lambda: self.clusters().shape)

    def gates(self) -> BaseGeometry:
        """Staff gates: open to staff, closed to the public."""
        return self.once(
            "gates", None, lambda: union(ring_shape(i.polygon) for i in _gates(self.layout))
        )

    def staff_area(self) -> BaseGeometry:
        """The staff's areas as told by the layout."""
        return self.once("staff area", None, lambda: union(polygon_shape(p) for p in self.layout.staff))

    def public(self) -> BaseGeometry:
        """Free public floor, prepared for questions: without what stands on it, and without wheelchair bays."""
        return self.once("public", None, self._public)

    def _public(self) -> BaseGeometry:
        found = carved(self._unfurnished(), self._bodies(), self.recall)
        shapely.prepare(found)
        return found

    def _unfurnished(self) -> Body:
        """The public's floor without the things that stand on it."""
        floor = self.once("less staff", None, lambda: self.empty_floor().difference(self.staff_area()))
        return self.once("unfurnished", None, lambda: Body(floor if self.gates().is_empty else floor.difference(self.gates())))

    def _with_doors(self, width_mm: float) -> Body:
        """The same, with the public doors extended outward."""
        return self.once("with doors", width_mm, lambda: Body(union([self._unfurnished().shape, self.outside(width_mm)])))

    def _bodies(self, *, bays: bool = True) -> list[Body]:
        """Solid items and, in which somebody waits, wheelchair bays; those that touch made one."""
        return self.once("bodies", bays, lambda: self._found_bodies(bays))

    def _found_bodies(self, bays: bool) -> list[Body]:
        found = [p for group in self.clusters().areas for p in group]
        if bays:
            found += self.shapes([i for i in self.layout.items if i.kind in PARKED])
        name = "pieces" if bays else "solid pieces"
        return bodies_of({(id(p),): p for p in found}, self.recall, name)  # a body keeps its piece: no other takes its name

    def _bodies_indoors(self, width_mm: float, *, bays: bool = True) -> list[Body]:
        """The bodies without what of them stands before the public doors: there the floor is taken as free."""
        return self.once(
            "bodies indoors",
            (width_mm, bays),
            lambda: cut_bodies(self._bodies(bays=bays), self.outside(width_mm), self.recall),
        )

    def eroded(self, width_mm: float, *, bays: bool = True) -> BaseGeometry:
        """Where the middle of a disc of this width can stand on the public floor, the public doors extended outward. Without
        `bays`: nobody waits in them, and people walk there."""

        def work() -> BaseGeometry:
            bodies = self._bodies_indoors(width_mm, bays=bays)
            return self._eroded(self._with_doors(width_mm), bodies, width_mm, of="all" if bays else "solids")

        return self.once("eroded", (width_mm, bays), work)

    def opened(self, width_mm: float) -> BaseGeometry:
        """The public floor that discs of this width cover, wherever they fit."""
        return self.once("opened", width_mm, lambda: self._opened(width_mm))

    def _opened(self, width_mm: float) -> BaseGeometry:
        narrow = self._eroded(self._unfurnished(), self._bodies(), width_mm, name="indoors")
        found = grown(narrow, width_mm / 2, self.recall, join_style="round", quad_segs=16)
        shapely.prepare(found)
        return found

    def _eroded(self, floor: Body, bodies: list[Body], width_mm: float, name: str = "doors", of: str = "all") -> BaseGeometry:
        filled, holes = self.once("eroded unfurnished", (name, width_mm), lambda: without_holes(erode(floor.shape, width_mm)))
        grown_all = grown_bodies(bodies, disc_mm(width_mm) / 2, ARC_SEGMENTS, self.recall, among=holes, of=of)
        return carved(filled, grown_all, self.recall)

    def staff(self) -> BaseGeometry:
        """Free staff floor; staff gates join it."""
        return self.once("staff", None, self._staff)

    def _staff(self) -> BaseGeometry:
        staff = union([self.staff_area(), self.gates()]).intersection(self.empty_floor()).difference(self.solids())
        shapely.prepare(staff)
        return staff

    def staff_reached(self, width_mm: float) -> BaseGeometry:
        """Where staff come from their own doors through their own floor at a clear width; prepared for questions."""
        return self.once("staff reached", width_mm, lambda: self._reached(self.staff(), width_mm, ("staff",)))

    def all_reached(self, width_mm: float) -> BaseGeometry:
        """Where staff come from any door over all free floor at a clear width; prepared for questions."""
        return self.once(
            "all reached",
            width_mm,
            lambda: self._reached(union([self.staff(), self.public()]), width_mm, ("staff", *PUBLIC_DOORS)),
        )

    def _reached(self, floor: BaseGeometry, width_mm: float, uses: tuple[str, ...]) -> BaseGeometry:
        outside = self.once("level", f"outside {uses}", lambda: aprons(self.level, uses, width_mm))
        eroded = erode(union([floor, outside]), width_mm)
        found = components_at(eroded, [door_middle(d) for d in doors_of_use(self.level, uses)])
        shapely.prepare(found)
        return found

    def overlap_mm2(self) -> float:
        """How much floor the staff's and the public's areas share."""
        return self.once("overlap", None, self._overlap)

    def _overlap(self) -> float:
        return float(self.staff_area().intersection(union(polygon_shape(p) for p in self.layout.public)).area)

    def ways(self, clear_width_mm: int) -> Ways:
        """The public floor ready for walking at a clear width."""
        return self.once(
            "ways",
            clear_width_mm,
            lambda: ways_on(
                self.level,
                self._aproned(clear_width_mm),
                self.outside(clear_width_mm),
                clear_width_mm=clear_width_mm,
                indoors=self.public(),
                eroded=self.eroded(clear_width_mm),
                earlier=self.memo.get(("ways before", clear_width_mm)),
                changed=tuple(self.memo.get(("changes", None), ())),
                recall=self.recall,
            ),
        )

    def outside(self, clear_width_mm: float) -> BaseGeometry:
        """The public doors extended outward."""
        return self.once("level", clear_width_mm, lambda: aprons(self.level, PUBLIC_DOORS, clear_width_mm))

    def with_aprons(self, clear_width_mm: float) -> BaseGeometry:
        """Free public floor with the public doors extended outward."""
        return self._aproned(clear_width_mm)()

    def _aproned(self, width_mm: float) -> Callable[[], BaseGeometry]:
        """The same, made when it is first asked for: told by its pieces, so that who keeps this keeps no ground."""

        def told() -> Callable[[], BaseGeometry]:
            return cache(partial(carved, self._with_doors(width_mm), self._bodies_indoors(width_mm), self.recall))

        return self.once("with aprons", width_mm, told)

    def walks(self, clear_width_mm: int, stops: tuple[str, ...]) -> StopWalks:
        """Shortest walks between the public doors and the given stops at a clear width."""
        return self.once(
            "walks",
            (clear_width_mm, stops),
            lambda: stop_walks(
                self.ways(clear_width_mm),
                self.layout,
                stops,
                earlier=self.memo.get(("walks before", (clear_width_mm, stops))),
            ),
        )

    def gaps(self, clear_width_mm: int) -> Gaps | None:
        """The pinches of the floor that is walked at a clear width; None where none is."""
        return self.once("gaps", clear_width_mm, lambda: self._gaps(self.ways(clear_width_mm)))

    def routes(self, clear_width_mm: int, stops: tuple[str, ...], flows: tuple[Flow, ...]) -> tuple[Route, ...]:
        """The routes that visitors walk at a clear width."""
        return self.once(
            "routes",
            (clear_width_mm, stops, flows),
            lambda: routes_on(self.walks(clear_width_mm, stops), flows, self.gaps(clear_width_mm)),
        )

    def _gaps(self, ways: Ways) -> Gaps | None:
        touched = ways.touched()
        if touched.is_empty:
            return None
        before, changed = self.memo.get(("gaps before", ways.clear_width_mm)), self.memo.get(("changes", None), ())
        doors = self.once("level", f"doors {ways.clear_width_mm}", lambda: ways.outside.buffer(15))
        return find_gaps(touched, but_at=doors, earlier=before, changed=changed, recall=self.recall)

    def travel(self) -> Travel | None:
        """The longest walk over the public floor to the nearest public door."""
        return self.once("travel", None, self._travel)

    def _travel(self) -> Travel | None:
        trees = self.trees()
        known = self.memo.get(("taut", "earlier"), Taut()).untouched(self._grown_changes(BODY_MM))
        self.memo["taut", None] = known
        if trees is None:
            return None
        area = self._for_bodies()
        seen_in = partial(grown, area, SEEN_MM, self.recall)
        return farthest_walk(area, self._exits(), trees=trees, known=known, seen_in=seen_in)

    def _exits(self) -> list[tuple[float, float]]:
        return [door_middle(d) for d in doors_of_use(self.level, PUBLIC_DOORS)]

    def _for_bodies(self) -> BaseGeometry:
        """Where a person's middle can be, the public doors extended outward; prepared for questions."""
        area = self.eroded(BODY_MM)
        shapely.prepare(area)
        return area

    def trees(self) -> Trees | None:
        """The walks to the public doors over a raster of the floor; None without floor or door."""
        return self.once("trees", None, self._trees)

    def _trees(self) -> Trees | None:
        area = self._for_bodies()
        if area.is_empty or not self._exits():
            return None
        bounds = self.once("level", "raster", lambda: self.empty_floor().buffer(CELL_MM).bounds)
        boxes = self._grown_changes(BODY_MM)
        steps = walk_steps(area, bounds, CELL_MM, earlier=self.memo.get(("steps", "earlier")), changed=boxes)
        self.memo["steps", None] = steps
        return trees_of(steps, self._exits(), earlier=self.memo.get(("trees", "earlier")))

    def common(self) -> Common | None:
        """The longest common path and dead end on the way to the public doors."""
        trees = self.trees()
        return None if trees is None else self.once("common", None, lambda: common_paths(trees))

    def _grown_changes(self, by: float) -> list[Box]:
        return [(a - by, b - by, c + by, d + by) for a, b, c, d in self.memo.get(("changes", None), [])]

    def items_at(self, place: BaseGeometry) -> list[tuple[Item, BaseGeometry]]:
        """Solid items and wheelchair bays, with their shapes, whose bounds meet a place's; in the layout's order."""
        tree, items, shapes = self.once("items", None, self._items)
        return [(items[k], shapes[k]) for k in sorted(tree.query(place))]

    def _items(self) -> tuple[STRtree, list[Item], list[BaseGeometry]]:
        items = [i for i in self.layout.items if in_the_way(i)]
        shapes = self.shapes(items)
        return STRtree(shapes), items, shapes

    def met_by(self, places: Sequence[BaseGeometry] | npt.NDArray[np.object_]) -> set[int]:
        """Which of the places touch a solid item, a wheelchair bay or a column."""
        trees = (self.once("items", None, self._items)[0], self.once("level", "columns", self._columns)[0])
        return {int(k) for tree in trees for k in tree.query(places, predicate="intersects")[0]}

    def columns_at(self, place: BaseGeometry) -> list[BaseGeometry]:
        """Columns whose bounds meet a place's."""
        tree, shapes = self.once("level", "columns", self._columns)
        return [shapes[k] for k in sorted(tree.query(place))]

    def _columns(self) -> tuple[STRtree, list[BaseGeometry]]:
        shapes = ring_shapes([c.outline for c in self.level.columns])
        return STRtree(shapes), shapes
