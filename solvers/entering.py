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
    """A part of a journey that is walked on one level."""

    stops: tuple[str, ...]
    comes_in: bool
    goes_out: bool


def walks_on(flows: Sequence[Flow], own: set[str], doors: LevelDoors) -> tuple[Flow, ...]:
    """Who walks on a level, stretch by stretch between its doors; like walks of a service are one.

    Who comes back to a level from another floor is a visit on it again.
    """
    walked: dict[tuple[str, tuple[str, ...], str, str], int] = {}
    for flow in flows:
        for stretch in _stretches(flow.stops, own, doors):
            ways = _ways(doors, stretch)
            for (enters, leaves, _), n in zip(ways, dealt(flow.visitors_per_day, [share for _, _, share in ways])):
                key = (flow.service, stretch.stops, enters, leaves)
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
            yield _Stretch(here, True, True)
        return
    last = len(stops) - 1
    for mine, run in groupby(enumerate(stops), key=lambda each: each[1] in own):
        part = list(run)
        if mine:
            begins, ends = part[0][0] == 0, part[-1][0] == last
            yield _Stretch(tuple(s for _, s in part), doors.from_outside and begins, doors.from_outside and ends)


def _ways(doors: LevelDoors, stretch: _Stretch) -> list[tuple[str, str, float]]:
    """(door in, door out, share): who comes by a lift and goes on by one takes the same; an only entrance needs no name."""
    outside = doors.entrances if len(doors.entrances) > 1 else (DoorShare(door="", share=1.0),)
    ways_in = outside if stretch.comes_in else doors.upwards
    if not stretch.comes_in and not stretch.goes_out:
        return [(way.door, way.door, way.share) for way in ways_in]
    ways_out = (DoorShare(door="", share=1.0),) if stretch.goes_out else doors.upwards
    return [(a.door, b.door, a.share * b.share) for a in ways_in for b in ways_out]
