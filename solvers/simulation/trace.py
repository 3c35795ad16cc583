"""One simulated day, visitor by visitor: the kernel's own events, so that the figures of the day are found again in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from solvers.simulation import kernel
from solvers.simulation.build import build_tables
from solvers.simulation.problem import SimulationProblem
from solvers.simulation.run import expected_most_visitors
from solvers.simulation.tables import Floats, empty_tally, flat

NOTES_PER_VISITOR = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedVisit:
    """At one bank. `called_min` None: never called; `ended_min` None: never finished. `server` is a place in `servers`.

    `present` is false for work on the file after its visitor has left.
    """

    bank: int
    joined_min: float
    called_min: float | None = None
    ended_min: float | None = None
    server: int = -1
    present: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedVisitor:
    """From the door on. `left_min` None: still there when nobody served any more; `served`: did not give up."""

    service: int
    persons: int
    came_min: float
    visits: tuple[TracedVisit, ...] = ()
    left_min: float | None = None
    served: bool = False


def trace_day(problem: SimulationProblem, *, seed: int, day: int = 0) -> tuple[TracedVisitor, ...]:
    """Everybody who comes on day `day` of the run with this seed, in order of coming."""
    return visitors_of(notes_of(problem, seed=seed, day=day))


def notes_of(problem: SimulationProblem, *, seed: int, day: int) -> Floats:
    """The kernel's notes, one a row: minute, kind, the visitor's place in memory, two values."""
    tables = build_tables(problem)
    room = expected_most_visitors(tables)
    notes = NOTES_PER_VISITOR * room
    while True:
        state = kernel.empty_state(tables, room, notes)
        done = kernel.simulate_days(tables, state, flat(empty_tally(tables, 1)), np.uint64(seed), day, 1)
        written = int(state.register[kernel.NOTED])
        if done == 1 and written <= notes:
            return state.notes.reshape(-1, kernel.NOTE)[:written]
        room, notes = (room if done == 1 else 4 * room), max(4 * notes, written)


def visitors_of(notes: Floats) -> tuple[TracedVisitor, ...]:
    """Notes as people. A place in memory is used again, but only by somebody who comes after its last owner has gone."""
    people: list[TracedVisitor] = []
    at_place: dict[int, int] = {}
    for row in notes:
        now, kind, place, one, other = float(row[0]), int(row[1]), int(row[2]), int(row[3]), int(row[4])
        if kind == kernel.CAME:
            at_place[place] = len(people)
            people.append(TracedVisitor(service=one, persons=other, came_min=now))
            continue
        who = at_place[place]
        people[who] = _after(people[who], now, kind, one, other)
    return tuple(people)


def _after(person: TracedVisitor, now: float, kind: int, one: int, other: int) -> TracedVisitor:
    if kind == kernel.GONE:
        return replace(person, left_min=now, served=bool(one))
    if kind == kernel.JOINED:
        return replace(person, visits=(*person.visits, TracedVisit(bank=one, joined_min=now, present=bool(other))))
    last = person.visits[-1]
    told = {"called_min": now, "server": one} if kind == kernel.CALLED_IN else {"ended_min": now}
    return replace(person, visits=(*person.visits[:-1], replace(last, **told)))  # type: ignore[arg-type]
