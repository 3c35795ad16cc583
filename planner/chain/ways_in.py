"""The doors by which visitors come onto each level, and how many by which: as the project says, else by the doors' widths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shapely.geometry import Point, Polygon

from layouts.findings import BadInput, Finding
from layouts.geometry import door_middle
from layouts.layout import LevelLayout
from layouts.plan import ENTRANCE_USES, Door, Level, doors_of_use
from layouts.programme import Programme
from layouts.upwards import UPWARDS, leads_to
from layouts.walkable import level_floor
from planner.project import Project
from solvers.entering import DoorShare, LevelDoors
from solvers.placement.wish import Wish

Json = dict[str, Any]
BESIDE_MM, BEFORE_MM = 300, 1500  # floor kept free before a lift on the ground floor


def doors_of(project: Project, level: Level, *, lowest: bool, several: bool) -> LevelDoors:
    """The ways onto a level. `several`: the centre has other floors; upper levels have their lifts told as ways in already."""
    if lowest:
        check_entrances(project, level)
        return LevelDoors(entrances=entrance_shares(project, level), upwards=_by_width(lifts_of(level)) if several else ())
    upwards = [d for d in doors_of_use(level, ENTRANCE_USES) if leads_to(level, d)]
    return LevelDoors(upwards=_by_width(upwards), from_outside=not upwards)


def entrance_shares(project: Project, level: Level) -> tuple[DoorShare, ...]:
    """How many of all who come from outside take which entrance of a level."""
    doors = [d for d in doors_of_use(level, ENTRANCE_USES) if not leads_to(level, d)]
    told = [each for each in project.entrances if each.door in {d.id for d in doors}]
    whole = sum(each.share for each in told)
    return tuple(DoorShare(door=each.door, share=each.share / whole) for each in told) or _by_width(doors)


def check_entrances(project: Project, level: Level) -> None:
    """BadInput where the project names a door that is no entrance of its lowest level."""
    doors = [d.id for d in doors_of_use(level, ENTRANCE_USES)]
    for k, told in enumerate(project.entrances):
        if told.door not in doors:
            place, known = f"entrances[{k}].door", ", ".join(doors) or "-"
            raise BadInput("entrances.unknown_door", file=project.id, place=place, given=told.door, known=known)


def lifts_of(level: Level) -> list[Door]:
    """The doors by which visitors go up from the ground floor: lifts, and stairs where there is none."""
    kinds = {door.id: leads_to(level, door) for door in level.doors if door.use == "internal"}
    first = next((kind for kind in UPWARDS if kind in kinds.values()), None)
    return [door for door in level.doors if first and kinds.get(door.id) == first]


def _by_width(doors: Sequence[Door]) -> tuple[DoorShare, ...]:
    whole = sum(d.clear_mm for d in doors)
    return tuple(DoorShare(door=d.id, share=d.clear_mm / whole) for d in doors)


def entrances_json(project: Project, level: Level) -> list[Json]:
    """What was taken, for the answer: several entrances with their shares, and whether anybody said so."""
    shares = entrance_shares(project, level)
    told = bool(project.entrances)
    return [{"door": s.door, "share": round(s.share, 4), "assumed": not told} for s in shares] if len(shares) > 1 else []


def ways_in_findings(project: Project, level: Level, programme: Programme, placed: LevelLayout) -> Iterator[Finding]:
    """Shares that nobody told are said to be assumed; doors that flows name must be reached."""
    shares = entrance_shares(project, level)
    if len(shares) > 1 and not project.entrances and programme.flows:
        told = ", ".join(f"{s.door} {round(100 * s.share)} %" for s in shares)
        yield Finding(
            code="flow.entrance_shares", status="not_checked", severity="info", certainty="default", profile="project",
            where=tuple(s.door for s in shares), values={"shares": told},
        )  # fmt: skip
    doors = {d.id for d in level.doors}
    named = dict.fromkeys(d for f in programme.flows for d in (f.enters, *f.stops, f.leaves) if d in doors)
    walked = {end for route in placed.routes for end in (route.from_id, route.to_id)}
    cut_off = tuple(d for d in named if d not in walked)
    if named:
        yield Finding(
            code="flow.doors_reached", status="fail" if cut_off else "pass", severity="warning" if cut_off else "info",
            certainty="default", profile="project", measured=float(len(named) - len(cut_off)), required=float(len(named)),
            unit="count", where=cut_off,
        )  # fmt: skip


def kept_for_lifts(level: Level) -> tuple[Wish, ...]:
    """Nothing solid stands before the ground floor's lifts, as wishes of the placement."""
    return tuple(
        Wish(id=f"way-up:{door.id}", kind="keep_out", level=level.id, area=_before(level, door)) for door in lifts_of(level)
    )


def _before(level: Level, door: Door) -> tuple[tuple[int, int], ...]:
    """The floor before a door, on the side of the hall."""
    (px, py), (qx, qy) = door.p, door.q
    length = max(((qx - px) ** 2 + (qy - py) ** 2) ** 0.5, 1.0)
    ux, uy = (qx - px) / length, (qy - py) / length
    x, y = door_middle(door)
    floor = level_floor(level)
    side = max((1, -1), key=lambda s: floor.intersection(Point(x - s * uy * 600, y + s * ux * 600).buffer(300)).area)
    corners = ((-BESIDE_MM, 0), (length + BESIDE_MM, 0), (length + BESIDE_MM, BEFORE_MM), (-BESIDE_MM, BEFORE_MM))
    ring = Polygon([(px + a * ux - side * b * uy, py + a * uy + side * b * ux) for a, b in corners])
    return tuple((round(a), round(b)) for a, b in ring.exterior.coords[:-1])
