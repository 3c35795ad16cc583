"""The race: every candidate spine is bounded, the promising ones are solved in slices, what fails the check is cut off.

solve(problem, effort) -> Placement.  The bound reported holds for the freedom reported: all candidate spines, all setbacks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from layouts.layout import Layout
from solvers import cpsat
from solvers.effort import Cancel, Effort, Progress, Report, SolutionRecord, Status
from solvers.placement.detail import Drawn, draw_layout
from solvers.placement.explain import explain
from solvers.placement.goals import PERSON_METRES
from solvers.placement.model import Cut, add_hint, build, read_back, terms_of
from solvers.placement.prepare import Prepared, prepare, without_setbacks
from solvers.placement.problem import Placement, PlacementProblem, Pose, SpineLine
from solvers.placement.repair import cuts_for

FIRST_SHARE = 0.25  # of the effort for the first stage (no setbacks), over all promising spines
SLICES = (0.15, 0.25, 0.35, 0.5, 1.0)  # a spine's successive slices, as shares of the effort
MAX_CUT_ROUNDS = 6
CLOSE_ENOUGH = 0.001


@dataclass(slots=True)
class _Lane:
    """One spine in the race: its proven bound so far (person-metres), its cuts, and how many slices it has had."""

    index: int
    spine: SpineLine
    bound: float
    relaxation: float
    cuts: list[Cut] = field(default_factory=list)
    slices: int = 0
    closed: bool = False


@dataclass(slots=True)
class _Best:
    objective: float
    poses: tuple[Pose, ...]
    arcs: tuple[tuple[str, int, int], ...]
    lane: int
    terms: dict[str, float]
    drawn: Drawn


@dataclass(slots=True)
class _Clock:
    """Wall time in ordinary work; granted work in reproducible work, so that slices do not depend on the machine."""

    effort: Effort
    started: float = field(default_factory=time.monotonic)
    granted: float = 0.0

    def left(self) -> float:
        used = self.granted if self.effort.reproducible else time.monotonic() - self.started
        return self.effort.seconds - used

    def seconds(self) -> float:
        return time.monotonic() - self.started


def solve(
    problem: PlacementProblem,
    effort: Effort,
    *,
    digest: str = "",
    hint: tuple[Pose, ...] = (),
    report: Report | None = None,
    cancel: Cancel | None = None,
    prepared: Prepared | None = None,
) -> Placement:
    """Place the programme on the level. Never raises for a programme that does not fit: `missing` says what and why."""
    clock = _Clock(effort)
    ready = prepared or prepare(problem)
    race = _Race(problem, effort, ready, clock, report, cancel, digest)
    if not ready.spines or any(not ms for q in ready.questions[:1] for ms in q.modes.values()) and _none_can(ready):
        return race.nothing("infeasible")
    race.bound_all()
    if all(lane.closed for lane in race.lanes):
        return race.nothing("infeasible")
    race.first_stage(hint)
    race.improve()
    return race.answer()


def _none_can(ready: Prepared) -> bool:
    return all(any(not ms for ms in q.modes.values()) for q in ready.questions)


class _Race:
    """State of one solve; its methods are the stages in order."""

    def __init__(
        self, problem: PlacementProblem, effort: Effort, ready: Prepared, clock: _Clock,
        report: Report | None, cancel: Cancel | None, digest: str,
    ) -> None:  # fmt: skip
        self.problem, self.effort, self.ready, self.clock = problem, effort, ready, clock
        self.report, self.cancel, self.digest = report, cancel, digest
        self.rules, self.weights = problem.programme.rules, problem.weights
        self.lanes: list[_Lane] = []
        self.best: _Best | None = None
        self.first_at: float | None = None
        self.rejected = 0

    # -- stages -----------------------------------------------------------------------------------------------------

    def bound_all(self) -> None:
        """The model without its area rules, for every spine: a bound in a fraction of a second, and the spines' ranking."""
        for index, (spine, question) in enumerate(zip(self.ready.spines, self.ready.questions)):
            lane = _Lane(index, spine, 0.0, 0.0)
            self.lanes.append(lane)
            if any(not ms for ms in question.modes.values()):
                lane.closed, lane.bound = True, float("inf")
                continue
            built = build(question, self.rules, self.weights, relaxed=True)
            outcome = cpsat.run(built.model, seconds=5.0, effort=self.effort, cancel=self.cancel)
            lane.bound = lane.relaxation = outcome.bound / PERSON_METRES if outcome.status != "infeasible" else float("inf")
            lane.closed = outcome.status == "infeasible"
        self._tell("bounds")

    def first_stage(self, hint: tuple[Pose, ...]) -> None:
        """A first layout soon: no setbacks, the spines in order of their bound."""
        order = sorted((lane for lane in self.lanes if not lane.closed), key=lambda lane: (lane.bound, lane.index))
        share = self.effort.seconds * FIRST_SHARE / min(3, len(order))
        for lane in order:
            if self.cancel or self.clock.left() <= 0:
                return
            if self.best is not None and (lane.bound >= self.best.objective or lane.index >= 0 and order.index(lane) >= 3):
                continue
            self._slice(lane, min(share, self.clock.left()), setbacks=False, hint=hint)

    def improve(self) -> None:
        """All setbacks, always the spine whose bound is lowest, until time is up or nothing better can exist."""
        while not self.cancel:
            open_lanes = [lane for lane in self.lanes if not lane.closed]
            if self.best is not None:
                open_lanes = [n for n in open_lanes if n.bound < self.best.objective * (1 - CLOSE_ENOUGH)]
            left = self.clock.left()
            if not open_lanes or left < 0.3:
                return
            lane = min(open_lanes, key=lambda n: (n.slices if self.best is None else 0, n.bound, n.index))
            share = SLICES[min(lane.slices, len(SLICES) - 1)]
            lane.slices += 1
            at_hand = self.best.poses if self.best is not None and self.best.lane == lane.index else ()
            self._slice(lane, min(left, share * self.effort.seconds), setbacks=True, hint=at_hand)

    # -- one slice --------------------------------------------------------------------------------------------------

    def _slice(self, lane: _Lane, seconds: float, *, setbacks: bool, hint: tuple[Pose, ...]) -> None:
        """Solve one spine for a while; cut off and re-solve while the drawn layout fails its check."""
        question = self.ready.questions[lane.index]
        if not setbacks:
            question = without_setbacks(question)
        end = self.clock.granted + seconds if self.effort.reproducible else time.monotonic() + seconds
        for _ in range(MAX_CUT_ROUNDS):
            now = self.clock.granted if self.effort.reproducible else time.monotonic()
            if end - now < 0.2 or self.cancel:
                return
            others = self.best is not None and self.best.lane != lane.index
            below = self.best.objective if others and self.best is not None else None
            built = build(question, self.rules, self.weights, cuts=tuple(lane.cuts), below=below)
            if hint:
                add_hint(built, hint, self.best.arcs if self.best is not None else ())
            outcome = cpsat.run(
                built.model, seconds=end - now, effort=self.effort, cancel=self.cancel, on_solution=self._on_solution(lane)
            )
            self.clock.granted += end - now
            if setbacks:
                self._raise_bound(lane, outcome, below)
            if outcome.values is None or outcome.objective is None:
                return
            poses, arcs = read_back(built, outcome.values)
            objective = outcome.objective / PERSON_METRES
            if self.best is not None and objective >= self.best.objective - 1e-6:
                return
            drawn = draw_layout(self.problem, self.ready, lane.spine, poses, arcs)
            if not drawn.faults:
                self._keep(_Best(objective, poses, arcs, lane.index, terms_of(built, outcome.values), drawn), lane)
                return
            self.rejected += 1
            lane.cuts.extend(cuts_for(self.problem, self.ready, lane.spine, poses, drawn))
            hint = ()

    def _raise_bound(self, lane: _Lane, outcome: cpsat.Outcome, below: float | None) -> None:
        if outcome.status == "infeasible":
            lane.bound = max(lane.bound, below) if below is not None else float("inf")
            lane.closed = below is None or lane.closed
        else:
            lane.bound = max(lane.bound, outcome.bound / PERSON_METRES)

    def _keep(self, best: _Best, lane: _Lane) -> None:
        self.best = best
        if self.first_at is None:
            self.first_at = self.clock.seconds()
        self._tell("layout", best.drawn.layout)

    # -- telling ----------------------------------------------------------------------------------------------------

    def bound(self) -> float:
        """The least any layout of this freedom can cost: the lowest bound over the spines, never above the best found."""
        lowest = min((lane.bound for lane in self.lanes), default=float("inf"))
        return min(lowest, self.best.objective) if self.best is not None else lowest

    def _tell(self, stage: str, layout: Layout | None = None) -> None:
        if self.report is not None:
            done = min(1.0, max(0.0, 1 - self.clock.left() / self.effort.seconds))
            found = self.best.objective if self.best is not None else None
            self.report(
                Progress(stage=stage, done=done, objective=found, bound=self.bound(), seconds=self.clock.seconds(), answer=layout)
            )

    def _on_solution(self, lane: _Lane) -> Callable[[float, float], None]:
        def told(objective: float, bound: float) -> None:
            if self.report is not None:
                done = min(1.0, max(0.0, 1 - self.clock.left() / self.effort.seconds))
                self.report(
                    Progress(stage="search", done=done, objective=objective / PERSON_METRES, bound=self.bound(),
                             seconds=self.clock.seconds())
                )  # fmt: skip

        return told

    # -- the answer -------------------------------------------------------------------------------------------------

    def answer(self) -> Placement:
        if self.best is None:
            if self.cancel:
                return self.nothing("cancelled")
            return self.nothing("infeasible" if all(lane.bound == float("inf") for lane in self.lanes) else "unknown")
        bound = self.bound()
        gap = (self.best.objective - bound) / max(abs(self.best.objective), 1e-9)
        status: Status = "optimal" if gap <= CLOSE_ENOUGH else "feasible"
        record = self._record("cancelled" if self.cancel else status, self.best.objective, bound, gap, self.best.terms)
        spine = self.ready.spines[self.best.lane]
        return Placement(record=record, layout=self.best.drawn.layout, poses=self.best.poses, arcs=self.best.arcs, spine=spine)

    def nothing(self, status: Status) -> Placement:
        missing = explain(self.problem, self.ready, self.effort, self.cancel, proven=status == "infeasible")
        return Placement(record=self._record(status, None, None, None, {}), layout=None, missing=missing)

    def _record(
        self, status: Status, objective: float | None, bound: float | None, gap: float | None, terms: dict[str, float]
    ) -> SolutionRecord:
        finite = [lane.relaxation for lane in self.lanes if lane.relaxation < float("inf")]
        return SolutionRecord(
            status=status, objective=objective, bound=bound, gap=gap, relaxation_bound=min(finite, default=None), terms=terms,
            freedom={
                "spines": [lane.spine.id for lane in self.lanes],
                "spine_bounds": [round(lane.bound, 3) if lane.bound < float("inf") else None for lane in self.lanes],
                "typologies": ["perimeter"],
                "setbacks_mm": list(self.rules.setbacks_mm),
                "position_step_mm": 100,
                "modules": len(self.ready.questions[0].modes) if self.ready.questions else 0,
                "modes": sum(len(ms) for q in self.ready.questions for ms in q.modes.values()),
                "layouts_refused_by_check": self.rejected,
            },
            seed=self.effort.seed, effort=f"{self.effort.seconds:g} s", reproducible=self.effort.reproducible,
            seconds_to_first=self.first_at, seconds=self.clock.seconds(), versions=cpsat.versions(), question_digest=self.digest,
        )  # fmt: skip


def with_pins(problem: PlacementProblem, placement: Placement, elements: tuple[str, ...]) -> PlacementProblem:
    """The same problem with some modules pinned where an earlier answer has them."""
    from solvers.placement.problem import Pinned

    poses = {p.element: p for p in placement.poses}
    return replace(problem, pins=tuple(Pinned(element=e, pose=poses[e]) for e in elements))
