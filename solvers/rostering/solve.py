"""From a RosterProblem to a Roster: first answer at once, a proven bound, then polish.

1. `greedy` gives a legal roster in a blink. 2. The linear relaxation of the whole horizon gives the bound. 3. Rounds of
polish: in each part of the horizon some person-days are freed, all others held, and HiGHS finds the best; parts are
solved side by side and joined. Small questions are solved as a whole instead. Every candidate must pass check.py.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from importlib.metadata import version

import numpy as np

from solvers.effort import Cancel, Effort, Progress, Report, SolutionRecord, Status
from solvers.rostering.activities import Choice, Pauses, duties_of
from solvers.rostering.check import breaches
from solvers.rostering.greedy import greedy
from solvers.rostering.jobs import Workers
from solvers.rostering.linear import Program, Work
from solvers.rostering.measure import cover_lines, fairness, points, unmet_requests
from solvers.rostering.model import Model, build, days_of, part, read
from solvers.rostering.neighbourhoods import Free, Size, neighbourhoods
from solvers.rostering.options import options_of
from solvers.rostering.problem import RosterProblem, question_digest
from solvers.rostering.roster import Duty, Roster
from solvers.rostering.shortages import shortages_of
from solvers.rostering.variables import profiles, window_of

MOST_WORKERS = 2
LOOK_EVERY_S = 0.02
HEAD_START = 0.2  # of the effort, in which the relaxation has the machine to itself
CLOSE_ENOUGH = 0.001  # gap of the whole at which the polish ends
NODES_PER_SECOND = 4  # reproducible work in place of a second
ROUNDS_PER_SECOND = 1
PART_GAP = 0.003  # gap at which one part of a round ends
POLISH_S = 2.0  # most seconds for one round
POLISH_NODES = 20
PATIENCE = 20  # rounds without gain
SMALL_ENOUGH = 4000  # duties to choose from, up to which the whole is solved at once


@dataclass(slots=True)
class _Search:
    """The run: what is allowed, the best so far, the bound."""

    problem: RosterProblem
    effort: Effort
    report: Report | None
    cancel: Cancel | None
    started: float = field(default_factory=time.monotonic)
    choice: Choice = field(default_factory=dict)
    duties: tuple[Duty, ...] | None = None
    objective: float = float("inf")
    bound: float = 0.0
    relaxation_bound: float | None = None
    to_first: float | None = None
    impossible: bool = False

    def left(self) -> float:
        return self.effort.seconds - (time.monotonic() - self.started)

    def over(self) -> bool:
        if self.cancel is not None and self.cancel:
            return True
        return not self.effort.reproducible and self.left() <= 0

    def gap(self) -> float:
        return (self.objective - self.bound) / max(abs(self.objective), 1e-9)

    def offer(self, stage: str, choice: Choice, pauses: Pauses) -> bool:
        """Take a candidate if it is legal and better. Points come from its duties, not from the model."""
        duties = duties_of(self.problem, choice, pauses)
        objective = sum(points(self.problem, duties).values())
        if objective >= self.objective - 1e-9 or breaches(self.problem, duties):
            return False
        self.choice, self.duties, self.objective = choice, duties, objective
        if self.to_first is None:
            self.to_first = time.monotonic() - self.started
        self.tell(stage)
        return True

    def tell(self, stage: str) -> None:
        if self.report is not None:
            seconds = time.monotonic() - self.started
            done = None if self.effort.reproducible else min(1.0, seconds / max(self.effort.seconds, 1e-9))
            found = self.objective if self.duties is not None else None
            self.report(Progress(stage=stage, done=done, objective=found, bound=self.bound, seconds=seconds))


def solve(problem: RosterProblem, effort: Effort, *, hint: Roster | None = None, report: Report | None = None,
          cancel: Cancel | None = None) -> Roster:  # fmt: skip
    """The best roster that the effort finds, with its proven bound. A cancel keeps the best so far."""
    search = _Search(problem, effort, report, cancel)
    with Workers(min(MOST_WORKERS, os.cpu_count() or 1)) as workers:
        search.offer("roster.first", *greedy(problem))
        if hint is not None:
            search.offer("roster.hint", *_of_roster(problem, hint))
        whole = build(problem)
        if not search.over():
            _improve(search, whole, workers)
    return _answer(search, whole)


def _improve(search: _Search, whole: Model, workers: Workers) -> None:
    """Bound and polish, side by side where the answer may depend on the clock."""
    program, stop = whole.linear.program(), Cancel()
    relaxing = threading.Thread(target=_relax, args=(search, program, workers, stop), daemon=True)
    relaxing.start()
    alone = search.effort.reproducible or search.duties is None
    _wait(search, relaxing, None if alone else HEAD_START * search.left())
    search.tell("roster.bound")
    if not search.impossible:
        _solve_whole(search, whole, program, workers)
    if search.duties is not None:
        _polish(search, whole, program, workers)
        _wait(search, relaxing, None)
    stop.set()
    relaxing.join()


def _wait(search: _Search, relaxing: threading.Thread, seconds: float | None) -> None:
    """Until the relaxation is there, the run is over or `seconds` have passed."""
    started = time.monotonic()
    while relaxing.is_alive() and not search.over() and (seconds is None or time.monotonic() - started < seconds):
        relaxing.join(LOOK_EVERY_S)


def _relax(search: _Search, program: Program, workers: Workers, stop: Cancel) -> None:
    """The linear relaxation: a bound for every roster, or the proof that there is none."""
    seconds = None if search.effort.reproducible else max(0.1, search.left())
    outcome = workers.run([(program, Work(seconds=seconds, relaxed=True))], cancel=stop, seconds=seconds)[0]
    if outcome is not None and outcome.bound is not None:
        search.relaxation_bound = outcome.bound
        search.bound = max(search.bound, outcome.bound)
    search.impossible = outcome is not None and outcome.status == "infeasible"


def _solve_whole(search: _Search, whole: Model, program: Program, workers: Workers) -> None:
    """Small questions, and those without a first roster, are solved as a whole."""
    size = sum(len(columns) for columns in whole.v.duty.values())
    if search.over() or (search.duties is not None and size > SMALL_ENOUGH):
        return
    seconds = None if search.effort.reproducible else search.left()
    work = Work(seconds=seconds, nodes=_nodes(search.effort))
    outcome = workers.run([(program, work)], cancel=search.cancel, seconds=seconds)[0]
    if outcome is not None:
        search.bound = max(search.bound, outcome.bound or 0.0)
        if outcome.values is not None:
            search.offer("roster.proof", *read(whole, outcome.values))
        search.impossible = outcome.status == "infeasible"


def _polish(search: _Search, whole: Model, program: Program, workers: Workers) -> None:
    """Free some person-days, hold the rest, keep what is better, several parts of the horizon side by side; until
    PATIENCE rounds on end gain nothing or the effort ends."""
    rounds = max(1, int(search.effort.seconds * ROUNDS_PER_SECOND)) if search.effort.reproducible else None
    idle = 0
    size = Size()
    for frees in neighbourhoods(search.problem, search.effort.seed, size):
        if search.over() or search.gap() <= CLOSE_ENOUGH or idle >= PATIENCE or rounds == 0:
            return
        rounds = None if rounds is None else rounds - 1
        gained = _round(search, whole, program, workers, frees, size)
        idle = 0 if gained else idle + 1
        if not gained:
            search.tell("roster.polish")  # a sign of life


def _round(search: _Search, whole: Model, program: Program, workers: Workers, frees: list[Free], size: Size) -> bool:
    """One neighbourhood per part of the horizon, all solved from the same roster; gains are joined."""
    reproducible, fixed = search.effort.reproducible, dict(search.choice)
    limit = None if reproducible else max(0.1, min(POLISH_S, search.left()))
    work = Work(seconds=limit, nodes=POLISH_NODES if reproducible else None, gap=PART_GAP)
    parts = [part(whole, program, fixed, free) for free in frees]
    turns = -(-len(parts) // MOST_WORKERS)
    outcomes = workers.run([(left, work) for left, _ in parts], cancel=search.cancel,
                           seconds=None if limit is None else limit * turns)  # fmt: skip
    solved = []
    for free, (_, kept), outcome in zip(frees, parts, outcomes):
        if outcome is not None and outcome.values is not None:
            values = np.zeros(len(kept))
            values[kept] = outcome.values
            solved.append((free, *read(whole, values)))
    size.learn(all(outcome is not None and outcome.status == "optimal" for outcome in outcomes))
    together = len(solved) > 1 and _join(search, whole, solved)
    return together or any([_join(search, whole, [one]) for one in solved])


def _join(search: _Search, whole: Model, solved: list[tuple[Free, Choice, Pauses]]) -> bool:
    """Offer the best roster with the freed person-days replaced."""
    _, pauses = _of_duties(search.problem, search.duties or ())
    choice = dict(search.choice)
    for free, new_choice, new_pauses in solved:
        days = days_of(whole, free)
        choice = {key: option for key, option in choice.items() if not free(key)}
        choice.update({key: option for key, option in new_choice.items() if free(key)})
        pauses = {key: starts for key, starts in pauses.items() if key[1] not in days}
        pauses.update({key: starts for key, starts in new_pauses.items() if key[1] in days})
    return search.offer("roster.polish", choice, pauses)


def _of_roster(problem: RosterProblem, roster: Roster) -> tuple[Choice, Pauses]:
    return _of_duties(problem, roster.assignments)


def _of_duties(problem: RosterProblem, duties: tuple[Duty, ...]) -> tuple[Choice, Pauses]:
    """Duties as the model's choice, as far as they are still allowed; breaks go to the nearest allowed interval."""
    number = {day.date: d for d, day in enumerate(problem.days)}
    staff = {person.id: person for person in problem.staff}
    profile = profiles(problem)
    choice: Choice = {}
    pauses: Pauses = {}
    for duty in duties:
        if duty.person not in staff or duty.date not in number:
            continue
        d = number[duty.date]
        day = problem.days[d]
        same = [o for o in options_of(problem, staff[duty.person], day) if
                (o.start_min, o.end_min) == (duty.start_min, duty.end_min)]  # fmt: skip
        for option in same:
            choice[duty.person, d] = option
            if option.window:
                wished = ((duty.break_start_min or day.open_min) - day.open_min) // problem.interval_min
                start = min(max(wished, option.window[0]), option.window[1])
                pauses.setdefault((profile[duty.person], d, window_of(option)), []).append(start)
    return choice, pauses


def _nodes(effort: Effort) -> int | None:
    return max(1, int(effort.seconds * NODES_PER_SECOND)) if effort.reproducible else None


def _answer(search: _Search, whole: Model) -> Roster:
    duties = search.duties or ()
    terms = points(search.problem, duties) if search.duties is not None else {}
    cancelled = search.cancel is not None and bool(search.cancel)
    return Roster(
        record=_record(search, whole, terms, _status(search, cancelled)),
        assignments=duties,
        shortages=shortages_of(search.problem, duties),
        cover=cover_lines(search.problem, duties),
        fairness=fairness(search.problem, duties),
        unmet_requests=unmet_requests(search.problem, duties),
    )


def _status(search: _Search, cancelled: bool) -> Status:
    if search.impossible:
        return "infeasible"
    if cancelled:
        return "cancelled"
    if search.duties is None:
        return "unknown"
    return "optimal" if search.gap() <= 1e-6 else "feasible"


def _record(search: _Search, whole: Model, terms: dict[str, float], status: Status) -> SolutionRecord:
    found = search.duties is not None
    options = [len(columns) for columns in whole.v.duty.values()]
    return SolutionRecord(
        status=status,
        objective=sum(terms.values()) if found else None,
        bound=search.bound if found else None,
        gap=max(0.0, search.gap()) if found else None,
        relaxation_bound=search.relaxation_bound,
        terms=terms,
        freedom={"person_days": len(options), "duties": sum(options), "break_windows": len(whole.v.pause)},
        seed=search.effort.seed,
        effort=f"{search.effort.seconds:g} s",
        reproducible=search.effort.reproducible,
        seconds_to_first=search.to_first,
        seconds=time.monotonic() - search.started,
        versions={"scipy": version("scipy"), "numpy": version("numpy")},
        question_digest=question_digest(search.problem),
    )
