"""What every access rule is asked, and how its answer becomes findings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.findings import Finding, Severity, Value, Witness, WitnessKind
from layouts.geometry import to_polygons
from layouts.ground import Ground
from layouts.layout import Item, LevelLayout, Route
from layouts.plan import Level
from layouts.programme import Programme
from layouts.routes import StopWalks, Ways, stop_items, walked_to
from layouts.standards import Profile, Rule
from layouts.walkable import TOLERANCE_MM

AREA_TOLERANCE_MM2 = 2000.0  # a sliver of 2 mm along one metre, from rounding to whole millimetres

COUNTER_KINDS = (
    "counter",
    "counter_accessible",
    "cashier",
    "cashier_accessible",
    "collection",
    "collection_accessible",
    "complaint_desk",
)
STAFFED_KINDS = (*COUNTER_KINDS, "reception", "document_check")
PUBLIC_ZONES = ("customer", "queue", "front", "turning", "knee")
STAFF_ONLY_KINDS = (
    "back_office",
    "back_of_house",
    "archive",
    "server_room",
    "ups_room",
    "staff_room",
    "staff_suite",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessQuestion:
    """One level, its layout, its programme and the profile it is checked against; walks are prepared once per width."""

    level: Level
    layout: LevelLayout
    programme: Programme
    profile: Profile
    ground: Ground | None = None

    def on(self) -> Ground:
        """The ground of this very layout, made when first asked for."""
        if self.ground is None or self.ground.layout is not self.layout or self.ground.level is not self.level:
            object.__setattr__(self, "ground", Ground(level=self.level, layout=self.layout))
        return cast(Ground, self.ground)

    def ways(self, clear_width_mm: int) -> Ways:
        """The public floor ready for walking at a clear width."""
        return self.on().ways(clear_width_mm)

    def walks(self, clear_width_mm: int, doors: tuple[str, ...] = ()) -> StopWalks:
        """Shortest walks between the public doors, every public stop and these inner doors at a clear width."""
        return self.on().walks(clear_width_mm, tuple(dict.fromkeys((*self._walked_to(), *doors))))

    def routes(self, clear_width_mm: int) -> tuple[Route, ...]:
        """The routes that visitors walk at a clear width."""
        return self.on().routes(clear_width_mm, self._walked_to(), self.programme.flows)

    def _walked_to(self) -> tuple[str, ...]:
        """Public stops, and the doors within the building that flows name."""
        doors = {d.id for d in self.level.doors}
        return tuple(dict.fromkeys((*self.public_stops(), *(s for s in walked_to(self.programme.flows) if s in doors))))

    def public(self) -> BaseGeometry:
        """Free public floor."""
        return self.on().public()

    def staff(self) -> BaseGeometry:
        """Free staff floor."""
        return self.on().staff()

    def public_stops(self) -> tuple[str, ...]:
        """Modules at which the public stops: all but rooms that are for staff alone."""
        return self._stops()[0]

    def public_items(self) -> tuple[Item, ...]:
        """The single things at which the public stops."""
        return self._stops()[1]

    def _stops(self) -> tuple[tuple[str, ...], tuple[Item, ...]]:
        """Modules and things at which the public stops."""
        staff_rooms = frozenset(r.id for r in self.programme.rooms if r.side == "staff")

        def found() -> tuple[tuple[str, ...], tuple[Item, ...]]:
            at = {
                module: items
                for module, items in stop_items(self.layout).items()
                if module not in staff_rooms and not all(i.kind in STAFF_ONLY_KINDS for i in items)
            }
            return tuple(at), tuple(i for items in at.values() for i in items)

        return self.on().once("public stops", staff_rooms, found)


AccessRule = Callable[[AccessQuestion], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing measured: where, how much, and what a reader needs to find it."""

    where: str
    measured: float
    values: dict[str, Value] = field(default_factory=dict)
    witness: tuple[Witness, ...] = ()


def area_witness(shape: BaseGeometry) -> tuple[Witness, ...]:
    """The parts of a floor area as witnesses."""
    return tuple(Witness(kind="area", points=p.outer) for p in to_polygons(shape, least_mm2=1.0))


def line_witness(kind: WitnessKind, line: Iterable[tuple[float, float]]) -> Witness:
    """A line, a pair of ends or a place as a witness."""
    return Witness(kind=kind, points=tuple((round(x), round(y)) for x, y in line))


def not_checked(profile: Profile, code: str, **values: Value) -> Finding:
    """A rule that could not be checked is reported, never passed in silence."""
    return Finding(
        code=code,
        status="not_checked",
        severity="info",
        certainty="default",
        profile=profile.id,
        edition=profile.edition,
        values=values,
    )


OF_PLANNING = Rule(
    key="", value=0.0, unit="", clause="planning default", source="planning default", certainty="default"
)  # fmt: skip


def judge(
    profile: Profile,
    code: str,
    key: str,
    cases: Iterable[Case],
    *,
    at_most: bool = False,
    required: float | None = None,
    unit: str | None = None,
    tolerance: float = 0.0,
    severity: Severity = "error",
    numberless: bool = False,
) -> tuple[Finding, ...]:
    """Findings of one rule: every case that fails, or one pass that names the worst case; not applicable without cases.

    The requirement is the profile's rule `key` unless `required` is derived from it. `numberless`: it holds also where the
    profile has no such number, as a rule of planning.
    """
    if key not in profile.rules and not numberless:
        return (not_checked(profile, code, missing_rule=key),)
    rule = profile.rules.get(key) or replace(OF_PLANNING, key=key, unit=unit or "")
    limit = rule.value if required is None else required
    sign = -1.0 if at_most else 1.0
    told = list(cases)

    def finding(status: str, case: Case | None) -> Finding:
        return Finding(
            code=code,
            status="pass" if status == "pass" else "fail" if status == "fail" else "not_applicable",
            severity="info" if status != "fail" else severity,
            certainty=rule.certainty,
            profile=profile.id,
            edition=profile.edition,
            clause=rule.clause,
            source=rule.source,
            measured=None if case is None else round(case.measured, 3),
            required=limit,
            unit=rule.unit if unit is None else unit,
            where=() if case is None else (case.where,),
            values={} if case is None else case.values,
            witness=() if case is None else case.witness,
        )

    if not told:
        return (finding("not_applicable", None),)
    failing = [c for c in told if sign * (c.measured - limit) < -tolerance]
    if not failing:
        return (finding("pass", min(told, key=lambda c: sign * c.measured)),)
    return tuple(finding("fail", c) for c in sorted(failing, key=lambda c: sign * c.measured))


def joined(
    ways: Ways, names: Sequence[Hashable], places: Sequence[BaseGeometry], reach_mm: Sequence[float]
) -> list[bool]:
    """Whether a disc that stands on reached floor comes to within its reach of each place with nothing solid in between.
    What is known under a place's name is kept while nothing changes within reach of it."""
    if ways.reached.is_empty or not places:
        return [False] * len(places)
    grown = np.asarray(reach_mm)[:, None] * (-1.0, -1.0, 1.0, 1.0) + (-5.0, -5.0, 5.0, 5.0)
    within = (shapely.bounds(np.asarray(places, dtype=object)) + grown).tolist()

    def look(ks: list[int]) -> list[bool]:
        return _joined(ways, [places[k] for k in ks], [reach_mm[k] for k in ks])

    return ways.near_all([("joined", name) for name in names], [(a, b, c, d) for a, b, c, d in within], look)


def _joined(ways: Ways, places: Sequence[BaseGeometry], reach_mm: Sequence[float]) -> list[bool]:
    lines = shapely.shortest_line(ways.reached, np.asarray(places, dtype=object))
    ends, long = shapely.get_coordinates(lines).reshape(-1, 2, 2), shapely.length(lines)
    # The shortest line meets the place at its end.
    share = np.maximum(0.0, long - TOLERANCE_MM) / np.maximum(long, 1e-9)
    ends[:, 1] = ends[:, 0] + share[:, None] * (ends[:, 1] - ends[:, 0])
    before_it = shapely.linestrings(ends)
    near = long <= np.asarray(reach_mm) + TOLERANCE_MM
    found = near & shapely.covers(ways.indoors, before_it)
    for by_mm in (0.0, TOLERANCE_MM):
        unsure = near & ~found
        if unsure.any():
            found[unsure] = shapely.covers(ways.grown(by_mm) if by_mm else ways.floor, before_it[unsure])
    return [bool(f) for f in found]
