"""By which doors visitors come onto a level and leave it: several entrances by their shares, upper floors by their lifts.

A flow that may come by several doors is dealt out to them in whole persons, so that every later sum over flows (the objective,
the measures, the walks of the simulation) holds each door's share without knowing of shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor

from layouts.programme import Flow

OTHER_FLOORS = ""  # among the stops of a journey on the ground floor


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorShare:
    """A door, and which share of those who come this way take it."""

    door: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelDoors:
    """The ways onto a level: from outside (`entrances`), and from its other floors (`upwards`: lifts, else stairs).

    `from_outside`: visitors' journeys begin and end on this level; else they come up and go down again.
    """

    entrances: tuple[DoorShare, ...] = ()
    upwards: tuple[DoorShare, ...] = ()
    from_outside: bool = True


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a journey that is walked on one level; `outside`: from the street and back to it."""

    stops: tuple[str, ...]
    outside: bool


def walks_on(flows: Sequence[Flow], own: set[str], doors: LevelDoors) -> tuple[Flow, ...]:
    """Who walks on a level, by its doors; like walks of a service are one.

    Where journeys begin and end, the other floors are a stop at the lift. On other floors each coming up is a visit.
    """
    walked: dict[tuple[str, tuple[str, ...], str, str], int] = {}
    for flow in flows:
        for stretch in _stretches(flow.stops, own, doors):
            ways = _ways(doors, stretch)
            for (enters, leaves, lift, _), n in zip(ways, dealt(flow.visitors_per_day, [way[-1] for way in ways])):
                key = (flow.service, _with_lift(stretch.stops, lift), enters, leaves)
                walked[key] = walked.get(key, 0) + n
    return tuple(
        Flow(service=service, visitors_per_day=n, stops=stops, enters=enters, leaves=leaves)
        for (service, stops, enters, leaves), n in walked.items()
        if n
    )


def dealt(persons: int, shares: Sequence[float]) -> list[int]:
    """Whole persons by shares: rounded down, and those left to the largest remainders, the first on a tie."""
    whole = sum(shares)
    exact = [persons * share / whole for share in shares]
    found = [floor(n) for n in exact]
    for k in sorted(range(len(found)), key=lambda k: (found[k] - exact[k], k))[: persons - sum(found)]:
        found[k] += 1
    return found


def _stretches(stops: tuple[str, ...], own: set[str], doors: LevelDoors) -> Iterator[_Stretch]:
    """The journey's stops on this level, apart where it leads to another floor in between."""
    if not doors.upwards:
        here = tuple(s for s in stops if s in own)
        if here:
            yield _Stretch(here, True)
        return
    runs = [(mine, tuple(run)) for mine, run in groupby(stops, key=lambda stop: stop in own)]
    if doors.from_outside:
        yield _Stretch(tuple(s for mine, run in runs for s in (run if mine else (OTHER_FLOORS,))), True)
        return
    for mine, run in runs:
        if mine:
            yield _Stretch(run, False)


def _with_lift(stops: tuple[str, ...], lift: str) -> tuple[str, ...]:
    return tuple(lift if s == OTHER_FLOORS else s for s in stops)


def _ways(doors: LevelDoors, stretch: _Stretch) -> list[tuple[str, str, str, float]]:
    """(door in, door out, lift between, share): who comes up by a lift goes down by it; an only entrance needs no name."""
    outside = doors.entrances if len(doors.entrances) > 1 else (DoorShare(door="", share=1.0),)
    if not stretch.outside:
        return [(way.door, way.door, "", way.share) for way in doors.upwards]
    lifts = doors.upwards if OTHER_FLOORS in stretch.stops else (DoorShare(door="", share=1.0),)
    return [(way.door, "", lift.door, way.share * lift.share) for way in outside for lift in lifts]
