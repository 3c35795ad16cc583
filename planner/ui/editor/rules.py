"""What the rules say of a plan under edit: built once, asked again for what moved. Knows no page; safe on any thread.

    rules = Rules(language)
    rules.now(project, level_id)        access and overlaps of a project as it stands; the base of previews from then on
    rules.preview(project, level_id)    the same of a gesture under way, against that base; None without a base
    rules.whole(project, level_id)      everything: access, overlaps, egress and the flow score; takes longest

The flow score is the linearity index (0-100) of `layouts.flow`; its change is against the score first measured.
"""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import numpy as np
from shapely import STRtree, area, difference, intersection, prepare
from shapely.geometry.base import BaseGeometry

from exports.floor_rooms import Rooms
from exports.words import knows, readable, say, sentence_for
from layouts.findings import BadInput, Finding, Witness
from layouts.flow import trips_on
from layouts.geometry import ring_shape, ring_shapes
from layouts.hall import planned_level
from layouts.layout import Item, LevelLayout
from layouts.linearity import linearity_index
from layouts.live import LiveCheck, live_check
from layouts.plan import Level
from layouts.programme import Programme
from layouts.routes import walked_to
from layouts.standards import profile
from layouts.walkable import level_floor
from planner.chain.asked import ask
from planner.chain.kept_free import areas_on, kept_free
from planner.editing.sheet import open_sheet
from planner.project import Project
from planner.ui.editor.issues import Issue, Judgement
from planner.ui.editor.refusals import Refusals
from planner.ui.names import Names, known_of_level, known_of_project
from planner.ui.reference import Reference
from solvers.placement.wish import Wish

CIRCLE_CORNERS = 24
STANDING_ON_MM2 = 5_000.0  # a counter of 1.5 m may touch its neighbour by 3 mm
ROUNDING_MM = 5.0
MOST_ISSUES = 60
QUICK_S = 0.4  # a check from the beginning that takes longer waits until the hand lets go


@dataclass(frozen=True, slots=True)
class _Base:
    """A check, and the frozen things it was made from (compared by identity: nothing else can have changed)."""

    level: Level
    programme: Programme
    check: LiveCheck
    rooms: Rooms
    took_s: float


class Rules:
    """One editor's checks. See the module."""

    def __init__(self, language: str = "en", reference: Reference | None = None) -> None:
        self._language = language
        self._lock = threading.Lock()
        self._base: _Base | None = None
        self._previewed: tuple[_Base, LiveCheck] | None = None  # what the hand held last: most gestures end there
        self._whole: _Base | None = None
        self._whole_lock = threading.Lock()
        self._asked: tuple[tuple[Any, ...], Programme | None] = ((), None)
        self._named: dict[str, str] = {}
        self._reference = reference or Reference()
        self._refusals = Refusals(language)

    def now(self, project: Project, level_id: str) -> Judgement:
        """The judgement of the project as it stands. Without a layout or a programme there is nothing to judge."""
        with self._lock:
            held, self._previewed = self._previewed, None
            there = held[1] if held is not None and held[0] is self._base else None
            base = self._base = self._based(self._base, project, level_id, egress=False, previewed=there)
        if base is None:
            return Judgement()
        check = base.check
        return Judgement(issues=self._issues(check, base.rooms, areas_on(project, level_id)), routes=_lines(check))

    def preview(self, project: Project, level_id: str) -> Judgement | None:
        """What a gesture under way would bring; None where it changes a building that takes long to check."""
        base = self._base
        sheet = open_sheet(project, level_id)
        if base is None or sheet.placed is None or not sheet.level.outline:
            return None
        if sheet.level is not base.level:
            if base.took_s > QUICK_S:
                return None
            base = self._anew(project, sheet.level, base.check.layout, base.programme, egress=False)
        there = _moved(base.check, sheet.placed)
        if base is self._base:
            self._previewed = (base, there)
        refused = self._refusals.of(project, base.level, base.programme, base.check.layout, sheet.placed)
        return Judgement(issues=(*refused, *self._issues(there, base.rooms, areas_on(project, level_id)))[:MOST_ISSUES])

    def whole(self, project: Project, level_id: str) -> Judgement | None:
        """Issues and score of the project as it stands; None where it has no layout."""
        with self._whole_lock:
            base = self._whole = self._based(self._whole, project, level_id, egress=True)
        if base is None:
            return None
        check = base.check
        score = _score(check)
        with self._lock:
            if self._reference.score is None:
                self._reference.score = score
            reference = self._reference.score
        change = score - reference if score is not None and reference is not None else None
        issues = self._issues(check, base.rooms, areas_on(project, level_id))
        return Judgement(issues=issues, score=score, change=change, routes=_lines(check))

    def _based(
        self, base: _Base | None, project: Project, level_id: str, *, egress: bool, previewed: LiveCheck | None = None
    ) -> _Base | None:
        """The check of the project, made from an earlier one where only items moved; None where nothing can be judged."""
        sheet = open_sheet(project, level_id)
        if sheet.placed is None or not sheet.level.outline:
            return None
        programme = self._programme(project)
        if programme is None:
            return None
        if base is not None and base.level is sheet.level and base.programme is programme:
            if previewed is not None and previewed.level is base.check.level and previewed.layout == sheet.placed:
                return replace(base, check=previewed)
            return replace(base, check=_moved(base.check, sheet.placed))
        return self._anew(project, sheet.level, sheet.placed, programme, egress=egress)

    def _anew(self, project: Project, level: Level, placed: LevelLayout, programme: Programme, *, egress: bool) -> _Base:
        """A check from the beginning, of a building that nothing is known of."""
        began = time.perf_counter()
        planning = project.planning
        ways_out = profile(planning.egress_profile) if egress else None
        access = profile(planning.access_profile)
        planned = planned_level(level, placed)
        check = live_check(planned, placed, programme, access=access, egress=ways_out)
        rooms = Rooms(storey=replace(planned, columns=level.columns))
        return _Base(level, programme, check, rooms, time.perf_counter() - began)

    def _programme(self, project: Project) -> Programme | None:
        """The programme, worked out again only when something else than plan and layout changed."""
        skipped = ("plan", "accepted", "pins", "drawing", "variants", "underlays", "wishes")
        parts = tuple(getattr(project, f.name) for f in fields(project) if f.name not in skipped)
        known, programme = self._asked
        if len(known) != len(parts) or any(a is not b for a, b in zip(known, parts)):
            try:
                programme = ask(project).programme
            except BadInput:
                programme = None  # demand or services are not ready: the pages for them say what is missing
            self._asked = (parts, programme)
            self._named = known_of_project(project)
        return programme

    def _issues(self, check: LiveCheck, rooms: Rooms, areas: tuple[Wish, ...]) -> tuple[Issue, ...]:
        inside = rooms.findings(check.layout.items, check.access)
        found = (*check.findings, *inside, *kept_free(areas, check.level, check.layout.items))
        failing = [f for f in found if f.status == "fail"]
        items = {i.id: i for i in check.layout.items}
        standing = (self._overlap(a, b, check.level) for a, b in overlaps(check.level, check.layout))
        return tuple(islice(chain(standing, (self._issue(f, items, check.level) for f in failing)), MOST_ISSUES))

    def _called(self, item: Item) -> str:
        """What people call an item: its label, else what it is."""
        kind = f"drawing.kind.{item.kind}"
        return item.label or (say(kind, {}, self._language) if knows(kind) else item.id)

    def _overlap(self, item: Item, other: Item | None, level: Level) -> Issue:
        """A body that stands on another one, on a column or wall, or outside the floor."""
        names = {"item": self._called(item), "other": self._called(other) if other else ""}
        code = "editor.overlap" if other else "editor.off_floor"
        text = say(code, names, self._language)
        found = [item] if other is None else [item, other]
        return Issue(
            ids=tuple(f"item:{i.id}" for i in found), at=_middle(item.polygon),
            short=say(f"{code}_short", {"by_mm": _depth_mm(item, other, level)}, self._language), text=text,
            rings=tuple(i.polygon for i in found),
        )  # fmt: skip

    def _issue(self, finding: Finding, items: dict[str, Item], level: Level) -> Issue:
        found = [items[name] for name in finding.where if name in items]
        names = Names(self._language, known_of_level(level, found, self._language) | self._named)
        told = replace(finding, where=tuple(names.of(w) for w in finding.where), values=names.values(finding.values))
        lines = tuple(w.points for w in finding.witness if w.kind in ("route", "across") and len(w.points) > 1)
        rings = tuple(w.points for w in finding.witness if w.kind == "area" and len(w.points) > 2)
        rings += tuple(_circle(w) for w in finding.witness if w.kind == "circle" and w.points and w.diameter_mm)
        bodies = tuple(i.polygon for i in found)
        return Issue(
            ids=tuple(f"item:{i.id}" for i in found), severity="error" if finding.severity == "error" else "warning",
            at=_place(finding, found), short=_short(finding), clause=finding.clause, text=sentence_for(told, self._language),
            rings=(*rings, *bodies), lines=lines,
        )  # fmt: skip


def _moved(check: LiveCheck, placed: LevelLayout) -> LiveCheck:
    """The check with everything as it stands in `placed`; the same one where nothing differs."""
    return check if placed is check.layout or placed == check.layout else check.of(placed)


def _score(check: LiveCheck) -> float | None:
    """The linearity index as `layouts.flow` measures it, on the walks of the check; None where nobody walks."""
    flows = check.programme.flows
    walks = check.ground.walks(check.programme.rules.clear_width_mm, walked_to(flows))
    index = linearity_index(trips_on(walks, check.layout, flows))
    return index if math.isfinite(index) else None


def _short(finding: Finding) -> str:
    """`710 mm < 900 mm`: what was measured, what is asked."""
    if finding.measured is None or finding.required is None:
        return ""
    sign = "<" if finding.measured < finding.required else ">"
    if finding.unit == "mm2":
        return f"{finding.measured / 1e6:.2f} m² {sign} {finding.required / 1e6:.2f} m²"
    if finding.unit not in ("mm", "m", "%", ""):
        return ""
    unit = f" {finding.unit}" if finding.unit else ""
    return f"{readable(finding.measured)}{unit} {sign} {readable(finding.required)}{unit}"


def _lines(check: LiveCheck) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(r.centreline for r in check.routes)


def overlaps(level: Level, layout: LevelLayout) -> list[tuple[Item, Item | None]]:
    """Solid items that stand on each other by more than rounding, and those that leave the free floor (with None)."""
    solid = [i for i in layout.items if i.solid and i.space is None]
    if not solid:
        return []
    shapes = np.array(ring_shapes([i.polygon for i in solid]), dtype=object)
    tree = STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    pairs = [
        (a, b) for a, b in zip(first.tolist(), second.tolist())
        if a < b and not (solid[a].kind == solid[b].kind == "partition")  # panels meet in corners
    ]  # fmt: skip
    shared = area(intersection(shapes[[a for a, _ in pairs]], shapes[[b for _, b in pairs]])) if pairs else []
    found: list[tuple[Item, Item | None]] = [
        (solid[a], solid[b]) for (a, b), mm2 in zip(pairs, shared) if mm2 > STANDING_ON_MM2
    ]
    outside = area(difference(shapes, free_floor(level)))
    return [*found, *((item, None) for item, mm2 in zip(solid, outside) if mm2 > STANDING_ON_MM2)]


@lru_cache(maxsize=4)
def free_floor(level: Level) -> BaseGeometry:
    """The floor that may be stood on, prepared; rounding of slanted walls is forgiven."""
    floor = level_floor(level).buffer(ROUNDING_MM, join_style="mitre")
    prepare(floor)
    return floor


def _depth_mm(item: Item, other: Item | None, level: Level) -> int:
    """How far a body must move at the least to be clear of the other one, or back on the floor, straight along x or y."""
    body = ring_shape(item.polygon)
    met = body.intersection(ring_shape(other.polygon)) if other is not None else body.difference(free_floor(level))
    left, low, right, high = met.bounds
    return round(min(right - left, high - low))


def _place(finding: Finding, found: list[Item]) -> tuple[int, int] | None:
    """Where the icon goes: the narrowest place, the circle, the floor taken, else the first thing named."""
    for kind in ("across", "circle", "area", "place", "route"):
        for witness in finding.witness:
            if witness.kind == kind and witness.points:
                return _middle(witness.points)
    return _middle(found[0].polygon) if found else None


def _middle(points: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    return round(sum(x for x, _ in points) / len(points)), round(sum(y for _, y in points) / len(points))


def _circle(witness: Witness) -> tuple[tuple[int, int], ...]:
    (x, y), radius = witness.points[0], witness.diameter_mm / 2
    turns = (2 * math.pi * k / CIRCLE_CORNERS for k in range(CIRCLE_CORNERS))
    return tuple((round(x + radius * math.cos(t)), round(y + radius * math.sin(t))) for t in turns)
