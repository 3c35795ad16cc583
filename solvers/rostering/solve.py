"""From a RosterProblem to a Roster: first answer at once, the weeks side by side with a proven bound, then polish.

1. `greedy` gives a legal roster in a blink. 2. Each week alone is solved by HiGHS, side by side in threads; the sum of
their bounds holds for the whole. 3. Weeks are joined and polished with the goals that look across weeks: some days are
freed, all others held, until nothing is gained or the effort ends. Every candidate must pass check.py before it counts.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

from solvers.effort import Cancel, Effort, Progress, Report, SolutionRecord, Status
from solvers.rostering.activities import Choice, Pauses, duties_of
from solvers.rostering.check import breaches
from solvers.rostering.greedy import greedy
from solvers.rostering.jobs import run_jobs
from solvers.rostering.linear import Outcome
from solvers.rostering.measure import cover_lines, fairness, points, unmet_requests
from solvers.rostering.model import Key, Model, build, optimise, read, relaxation, week_alone
from solvers.rostering.options import options_of
from solvers.rostering.problem import RosterProblem, question_digest
from solvers.rostering.reach import least_fair_hours
from solvers.rostering.roster import Duty, Roster
from solvers.rostering.shortages import shortages_of
from solvers.rostering.variables import profiles, window_of

WEEKS_PART = 0.7  # of the effort, for the weeks side by side
CLOSE_ENOUGH = 0.001  # gap at which the search of a week, and the polish, end
NODES_PER_SECOND = 4  # reproducible work in place of a second
POLISH_S = 4.0  # most seconds for one step of polish
POLISH_NODES = 20
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
    search.offer("roster.first", *greedy(problem))
    if hint is not None:
        search.offer("roster.hint", *_of_roster(problem, hint))
    whole = build(problem)
    possible = _weeks_side_by_side(search, whole)
    if possible and not search.over():
        _polish(search, whole)
        _prove(search, whole)
    return _answer(search, whole, possible)


def _weeks_side_by_side(search: _Search, whole: Model) -> bool:
    """Solve each week alone and the relaxation of the whole; join the weeks. False: proven that no roster exists."""
    weeks = sorted({day.week for day in search.problem.days})
    workers = min(2, os.cpu_count() or 1)
    seconds = None if search.effort.reproducible else max(0.1, WEEKS_PART * search.left())
    share = None if seconds is None else seconds / max(1, -(-len(weeks) // workers))
    nodes = _nodes(search.effort)
    relaxed: list[float | None] = []

    def one_week(week: int) -> Callable[[], tuple[Model, Outcome]]:
        def call() -> tuple[Model, Outcome]:
            alone = build(week_alone(search.problem, week))
            return alone, optimise(alone, seconds=share, nodes=nodes, gap=CLOSE_ENOUGH)

        return call

    def relax_whole() -> None:
        relaxed.append(relaxation(whole))

    found = run_jobs([relax_whole, *(one_week(week) for week in weeks)], workers=workers, cancel=search.cancel,
                     seconds=None if share is None else share * -(-len(weeks) // workers))[1:]  # fmt: skip
    outcomes = [pair for pair in found if pair is not None]
    search.relaxation_bound = relaxed[0] if relaxed else None
    if (relaxed and relaxed[0] is None) or any(outcome.status == "infeasible" for _, outcome in outcomes):
        return False
    sums = sum(max(outcome.bound or 0.0, 0.0) for _, outcome in outcomes)
    sums += search.problem.weights["fair_hours"] * least_fair_hours(search.problem)
    search.bound = max(search.bound, sums, search.relaxation_bound or 0.0)
    _join(search, weeks, found)
    return True


def _join(search: _Search, weeks: list[int], found: list[tuple[Model, Outcome] | None]) -> None:
    """Weeks that were solved replace those of the best roster, first all at once, then one by one."""
    first = {week: next(d for d, day in enumerate(search.problem.days) if day.week == week) for week in weeks}
    solved = {}
    for week, pair in zip(weeks, found):
        if pair is not None and pair[1].values is not None:
            solved[week] = _moved(first[week], *read(pair[0], pair[1].values))
    for wanted in [list(solved), *([week] for week in solved)]:
        _, kept = _of_duties(search.problem, search.duties or ())
        inside = {d for d, day in enumerate(search.problem.days) if day.week in wanted}
        choice = {key: option for key, option in search.choice.items() if key[1] not in inside}
        pauses = {key: starts for key, starts in kept.items() if key[1] not in inside}
        for week in wanted:
            choice.update(solved[week][0])
            pauses.update(solved[week][1])
        search.offer("roster.weeks", choice, pauses)


def _moved(by: int, choice: Choice, pauses: Pauses) -> tuple[Choice, Pauses]:
    moved = {(person, d + by): option for (person, d), option in choice.items()}
    return moved, {(group, d + by, window): starts for (group, d, window), starts in pauses.items()}


def _polish(search: _Search, whole: Model) -> None:
    """Free some person-days, hold the rest, keep what is better; until a round gains nothing or the effort ends."""
    steps = int(search.effort.seconds) if search.effort.reproducible else None
    gained = True
    while gained and not search.over() and search.gap() > CLOSE_ENOUGH:
        gained = False
        for free in _neighbourhoods(search.problem):
            if search.over() or search.gap() <= CLOSE_ENOUGH or steps == 0:
                return
            steps = None if steps is None else steps - 1
            gained = _step(search, whole, free) or gained


def _prove(search: _Search, whole: Model) -> None:
    """Small questions are solved once more as a whole: what the weeks' bounds leave open is closed."""
    size = sum(len(columns) for columns in whole.v.duty.values())
    if size > SMALL_ENOUGH or search.over() or search.gap() <= 1e-6:
        return
    seconds = None if search.effort.reproducible else search.left()

    def call() -> Outcome:
        return optimise(whole, seconds=seconds, nodes=_nodes(search.effort), gap=0.0)

    outcome = run_jobs([call], workers=1, cancel=search.cancel, seconds=seconds)[0]
    if outcome is not None:
        search.bound = max(search.bound, outcome.bound or 0.0)
        if outcome.values is not None:
            search.offer("roster.proof", *read(whole, outcome.values))


def _step(search: _Search, whole: Model, free: Callable[[Key], bool]) -> bool:
    reproducible, fixed = search.effort.reproducible, dict(search.choice)
    limit = None if reproducible else max(0.1, min(POLISH_S, search.left()))

    def call() -> Outcome:
        return optimise(whole, fixed=fixed, free=free, seconds=limit, nodes=POLISH_NODES if reproducible else None,
                        gap=CLOSE_ENOUGH)  # fmt: skip

    outcome = run_jobs([call], workers=1, cancel=search.cancel, seconds=limit)[0]
    if outcome is None or outcome.values is None:
        return False
    return search.offer("roster.polish", *read(whole, outcome.values))


def _neighbourhoods(problem: RosterProblem) -> Iterator[Callable[[Key], bool]]:
    """Person-days to free: all persons of one skill profile, all-rounders first; then each day; then each week."""
    profile = profiles(problem)
    for group in sorted(set(profile.values()), key=lambda g: (-len(g), g)):
        yield lambda key, group=group: profile[key[0]] == group  # type: ignore[misc]
    for d, day in enumerate(problem.days):
        if day.day_type:
            yield lambda key, d=d: key[1] == d  # type: ignore[misc]
    for week in sorted({day.week for day in problem.days}):
        days = {d for d, day in enumerate(problem.days) if day.week == week}
        yield lambda key, days=days: key[1] in days  # type: ignore[misc]


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


def _answer(search: _Search, whole: Model, possible: bool) -> Roster:
    duties = search.duties or ()
    terms = points(search.problem, duties) if search.duties is not None else {}
    cancelled = search.cancel is not None and bool(search.cancel)
    return Roster(
        record=_record(search, whole, terms, _status(search, possible, cancelled)),
        assignments=duties,
        shortages=shortages_of(search.problem, duties),
        cover=cover_lines(search.problem, duties),
        fairness=fairness(search.problem, duties),
        unmet_requests=unmet_requests(search.problem, duties),
    )


def _status(search: _Search, possible: bool, cancelled: bool) -> Status:
    if not possible:
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
