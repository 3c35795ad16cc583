"""The race: every candidate spine is bounded, the promising ones are solved in slices, what fails the check is cut off.

solve(problem, effort) -> Placement.  The bound reported holds for the freedom reported: all candidate spines, all setbacks.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.effort import Cancel, Effort, Progress, Report, SolutionRecord, Status
from solvers.placement.detail import Drawn, draw_layout
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.explain import explain
from solvers.placement.goals import PERSON_METRES
from solvers.placement.model import Built, Cut, add_hint, build, read_back, same_mode
from solvers.placement.prepare import Prepared, prepare, prepare_on, simpler, widths_of
from solvers.placement.problem import Pinned, Placement, PlacementProblem, Pose, SpineLine, Weights
from solvers.placement.quick import Found, QuickSearch
from solvers.placement.rank import NEARLY, straightest
from solvers.placement.repair import cuts_for
from solvers.placement.typologies import Typology, as_built, typologies_for, with_built_walls
from solvers.placement.variables import Question
from solvers.placement.zoning import least_at_a_glance, least_on, zoning_model

QUICK_SHARE = 0.03  # of the effort for the quick search on each spine, then twice that on the two best
QUICK_PASSES = 3  # over the spines that promise most, until one has a layout
FIRST_LANES = 3
LOOKED_AT = 4  # spines that the quick search visits before bounds are raised
QUICK_SLICE = 0.25  # seconds between two looks at what the quick search found
ROUNDS_PER_SECOND = 100  # of the quick search in reproducible work
BOUND_SHARE = 0.05  # of the effort for the relaxation of each spine (two at a time)
FIRST_SHARE = 0.15  # for CP-SAT on a spine where the quick search found nothing
SEARCH_SHARE = 0.1  # then for the search with all setbacks on the best spine; what is left goes to proofs
RANK_SHARE = 0.08  # for choosing the straightest of the last layouts
RANKED = 12
PROOF_SHARE = 0.4  # of the effort for one round of proofs
PROOF_LEVELS = (0.905, 0.95, 0.97, 0.985, 1.0)  # shares of the best objective that are proved unreachable, in turn
ZONING_SHARE = 0.12  # of the effort for the zoning relaxation of a spine (two at a time), each further time twice that
BOUNDS_SHARE = 0.5  # of the effort for all relaxations together
MAX_CUT_ROUNDS = 6
BUILT_SPINES = 2  # the shortest spines are tried in the other typologies too
CLOSE_ENOUGH = 0.001


@dataclass(slots=True)
class _Lane:
    """One spine in one typology in the race: its question on the level as built (`problem`, `ready`), its proven bound so
    far (person-metres), its cuts, and how many slices it has had."""

    index: int
    typology: Typology
    problem: PlacementProblem
    ready: Prepared
    spine: SpineLine
    question: Question
    bound: float = 0.0
    relaxation: float = 0.0
    cuts: list[Cut] = field(default_factory=list)
    slices: int = 0
    zoning: cp_model.CpModel | None = None
    zoned: int = 0
    zoning_told_all: bool = False
    closed: bool = False
    quick: QuickSearch | None = None
    quick_cost: float = float("inf")
    last: tuple[tuple[Pose, ...], tuple[tuple[str, int, int], ...]] = ((), ())


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
    if prepared is not None:
        given = _Race(problem, effort, prepared, clock, report, cancel, digest, build_walls=False)  # what is given, and no more
        ended = given.run(hint)
        return given.answer() if given.best is not None else given.nothing(ended)
    race: _Race | None = None
    status: Status = "infeasible"
    for width in widths_of(problem):
        ready = prepare(problem, width)
        if race is not None and not ready.spines:
            continue
        race = _Race(problem, effort, ready, clock, report, cancel, digest)
        status = race.run(hint)
        if race.best is not None or status != "infeasible" or clock.left() <= 0:
            break  # a narrower spine is tried only where a wider one is proven impossible
    assert race is not None  # a programme has at least one width
    return race.answer() if race.best is not None else race.nothing(status)


def _lane(index: int, typology: Typology, problem: PlacementProblem, ready: Prepared, k: int, weights: Weights) -> _Lane:
    """The k-th spine of what is prepared, with the bound that a glance gives."""
    question = ready.questions[k]
    closed = any(not modes for modes in question.modes.values())
    bound = float("inf") if closed else least_at_a_glance(question, weights)
    return _Lane(index, typology, problem, ready, ready.spines[k], question, bound, bound, closed=closed)


def _known(question: Question, poses: tuple[Pose, ...]) -> int:
    """How many of the poses are places of this question."""

    def stands(pose: Pose) -> bool:
        modes = (mode for mode in question.modes.get(pose.element, ()) if same_mode(mode, pose))
        return any(run.lo <= pose.u_dm <= run.hi for mode in modes for run in mode.runs)

    return sum(stands(pose) for pose in poses)


def _told(bound: float) -> float | None:
    return round(bound, 3) if bound < float("inf") else None


class _Race:
    """State of one solve; its methods are the stages in order."""

    def __init__(
        self, problem: PlacementProblem, effort: Effort, ready: Prepared, clock: _Clock,
        report: Report | None, cancel: Cancel | None, digest: str, *, build_walls: bool = True,
    ) -> None:  # fmt: skip
        self.problem, self.effort, self.ready, self.clock = problem, effort, ready, clock
        self.report, self.cancel, self.digest = report, cancel, digest
        self.rules, self.weights = problem.programme.rules, problem.weights
        perimeter = Typology("perimeter")
        self.lanes = [_lane(k, perimeter, problem, ready, k, self.weights) for k in range(len(ready.spines))]
        self.to_build = sorted(ready.spines, key=lambda s: s.length_dm())[: BUILT_SPINES if build_walls else 0]
        self.best: _Best | None = None
        self.kept: list[_Best] = []
        self.first_at: float | None = None
        self.rejected = 0
        self.parallel = max(1, min(4, os.cpu_count() or 1))

    def run(self, hint: tuple[Pose, ...]) -> Status:
        """All stages; how it ended where no layout was found ("infeasible" is proven)."""
        if all(lane.closed for lane in self.lanes):
            self.build_walls()
        if all(lane.closed for lane in self.lanes):
            return "infeasible"
        self.first_stage(hint)
        if self.best is None:
            self.bound_all()
        if not all(lane.closed for lane in self.lanes):
            self.any_layout(hint)
            self.zone_all()
            self.improve()
            self.rank()
        if self.cancel:
            return "cancelled"
        return "infeasible" if all(lane.bound == float("inf") for lane in self.lanes) else "unknown"

    # -- stages -----------------------------------------------------------------------------------------------------

    def build_walls(self) -> None:
        """The spines that promise most in every typology that the hall is deep enough for; they wait for a first layout."""
        for spine in self.to_build:
            for typology in typologies_for(self.problem, spine):
                built = as_built(self.problem, typology.blocks)
                site = prepare_on(built, spine)
                self.lanes.append(_lane(len(self.lanes), typology, built, site, 0, self.weights))
        self.to_build = []

    def bound_all(self) -> None:
        """The model without its area rules, for every spine: what holds no layout is told, and the rest is ranked."""
        for batch in self._batches(self._by_promise()):
            jobs = [build(n.question, self.rules, self.weights, relaxed=True).model for n in batch]
            self._relax(batch, jobs, BOUND_SHARE * self.effort.seconds)
        for lane in self.lanes:
            lane.closed = lane.bound == float("inf")
        self._tell("bounds")

    def zone_all(self) -> None:
        """Relaxations, always where the bound is lowest: those spines alone decide what the answer can promise.

        The first on a spine is the model without areas, which tells most of it soonest; the zoning relaxation follows, with
        twice as long each time that the spine is still the lowest.
        """
        end = self._now() + min(BOUNDS_SHARE * self.effort.seconds, self.clock.left() - RANK_SHARE * self.effort.seconds)
        while self.best is not None and not self.cancel and end - self._now() > 0.3:
            below = (1 - CLOSE_ENOUGH) * self.best.objective
            lanes = [lane for lane in self._by_promise() if lane.bound < below and not lane.zoning_told_all]
            if not lanes:
                return
            batch = self._batches(lanes)[0]
            jobs = [self._relaxation(lane) for lane in batch]
            share = ZONING_SHARE * 2 ** (batch[0].zoned - 1) if batch[0].zoned else BOUND_SHARE
            for lane, status in zip(batch, self._relax(batch, jobs, min(share * self.effort.seconds, end - self._now()))):
                lane.zoning_told_all = status == "infeasible" or (lane.zoned > 0 and status == "optimal")
                lane.zoned += 1
            self._tell("bounds")

    def _relaxation(self, lane: _Lane) -> cp_model.CpModel:
        """The next relaxation of a spine; the zoning model is made once."""
        if lane.zoned == 0:
            return build(lane.question, self.rules, self.weights, relaxed=True).model
        if lane.zoning is None:
            lane.zoning = zoning_model(lane.question, self.weights)
        return lane.zoning

    def _relax(self, batch: list[_Lane], jobs: list[cp_model.CpModel], seconds: float) -> list[str]:
        """Raise the bounds of some spines by a relaxation alone, side by side; how each ended."""
        outcomes = self._side_by_side(jobs, seconds)
        for lane, outcome in zip(batch, outcomes):
            self._raise_bound(lane, outcome, None)
            lane.relaxation = max(lane.relaxation, lane.bound)
        return [outcome.status for outcome in outcomes]

    def _batches(self, lanes: list[_Lane]) -> list[list[_Lane]]:
        size = 1 if self.effort.reproducible else self.parallel
        return [lanes[k : k + size] for k in range(0, len(lanes), size)]

    def _side_by_side(self, jobs: list[cp_model.CpModel], seconds: float) -> list[cpsat.Outcome]:
        """Run models at the same time, one worker each; the answers come in the jobs' order."""

        def work(model: cp_model.CpModel) -> cpsat.Outcome:
            return cpsat.run(model, seconds=seconds, effort=self.effort, cancel=self.cancel, workers=1, linear=True, light=True)

        with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
            outcomes = list(pool.map(work, jobs))
        self.clock.granted += seconds
        return outcomes

    def first_stage(self, hint: tuple[Pose, ...]) -> None:
        """A first layout soon: the quick search where a glance promises most, on the others, then more where it found most."""
        if hint:
            self._from_hint(hint)
        for _ in range(QUICK_PASSES):
            for lane in self._by_promise()[:FIRST_LANES]:
                if self.best is None:
                    self._quick(lane, 2 * QUICK_SHARE)
            self.build_walls()
        for lane in self._by_promise()[:LOOKED_AT]:
            if lane.quick is None and self._may_be_better(lane):
                self._quick(lane, QUICK_SHARE)
        ranked = sorted((n for n in self.lanes if n.quick_cost < float("inf")), key=lambda n: (n.quick_cost, n.index))
        for lane in ranked[:2]:
            self._quick(lane, 2 * QUICK_SHARE)

    def _from_hint(self, hint: tuple[Pose, ...]) -> None:
        """The earlier answer's modules on the spine that knows most of its places: most of a re-solve is done."""
        lanes = [lane for lane in self.lanes if not lane.closed]
        lane = max(lanes, key=lambda n: (_known(n.question, hint), -n.index))
        lane.quick = QuickSearch(lane.question, self.rules, self.weights, self.effort.seed)
        if lane.quick.begin(hint):
            self._quick(lane, QUICK_SHARE)

    def _may_be_better(self, lane: _Lane) -> bool:
        return self.best is None or lane.bound < self.best.objective

    def any_layout(self, hint: tuple[Pose, ...]) -> None:
        """The hard case, where the quick search found nothing: CP-SAT looks for a layout without setbacks."""
        for lane in self._by_promise():
            if self.best is None:
                self._slice(lane, min(FIRST_SHARE * self.effort.seconds, self.clock.left()), setbacks=False, hint=hint)

    def _by_promise(self) -> list[_Lane]:
        return sorted((lane for lane in self.lanes if not lane.closed), key=lambda lane: (lane.bound, lane.index))

    def _quick(self, lane: _Lane, share: float) -> None:
        """Some more of the quick search on one spine. Its best layout is drawn and checked like all others; what is wrong
        with it is forbidden, and the search goes on."""
        end = self._now() + min(share * self.effort.seconds, self.clock.left())
        if lane.quick is None:
            lane.quick = QuickSearch(lane.question, self.rules, self.weights, self.effort.seed)
            for cut in lane.cuts:
                lane.quick.forbid(cut)
        while end - self._now() > 0.01 and not self.cancel:
            seconds = min(QUICK_SLICE, end - self._now())
            rounds = round(seconds * ROUNDS_PER_SECOND) if self.effort.reproducible else None
            found = lane.quick.run(seconds=seconds, rounds=rounds, stop=lambda: bool(self.cancel))
            self.clock.granted += seconds
            if found:
                self._judge(lane, lane.quick, found[0])
        lane.quick_cost = lane.quick.pool[0][0] if lane.quick.pool else float("inf")

    def _judge(self, lane: _Lane, quick: QuickSearch, found: Found) -> None:
        terms = terms_of_poses(lane.question, found.poses, found.arcs, self.weights)
        objective = sum(terms.values())
        if self.best is not None and objective >= self.best.objective - 1e-6:
            return
        drawn = self._drawn(lane, found.poses, found.arcs)
        if not drawn.faults:
            lane.last = (found.poses, found.arcs)
            self._keep(_Best(objective, found.poses, found.arcs, lane.index, terms, drawn))
            return
        self.rejected += 1
        for cut in cuts_for(lane.problem, lane.ready, lane.spine, found.poses, drawn):
            lane.cuts.append(cut)
            quick.forbid(cut)

    def _drawn(self, lane: _Lane, poses: tuple[Pose, ...], arcs: tuple[tuple[str, int, int], ...]) -> Drawn:
        drawn = draw_layout(lane.problem, lane.ready, lane.spine, poses, arcs)
        return replace(drawn, layout=with_built_walls(drawn.layout, lane.typology.blocks))

    def improve(self) -> None:
        """In turns: better layouts by search, and proofs, spine by spine, that little is left to gain."""
        level = 0
        while not self.cancel and self.clock.left() > 0.5 + RANK_SHARE * self.effort.seconds and not self._closed():
            self._search(SEARCH_SHARE)
            self._prove(PROOF_LEVELS[level], PROOF_SHARE)
            while level + 1 < len(PROOF_LEVELS) and self._proven(PROOF_LEVELS[level]):
                level += 1
            for lane in self._by_promise():
                if self.best is not None and lane.bound < self.best.objective:
                    self._quick(lane, QUICK_SHARE)

    def rank(self) -> None:
        """Of all right layouts within NEARLY of the best, take the one whose real walks are straightest.

        Where the best is proven, only its equals are looked at: a proven optimum is not given away.
        """
        if self.best is None or self.cancel:
            return
        most = self.best.objective * (1 + (1e-9 if self._closed() else NEARLY))
        if self._proven(PROOF_LEVELS[0]):  # the first promise of quality is not given away either
            most = min(most, self.bound() / PROOF_LEVELS[0])
        near = [best for best in self.kept if best.objective <= most]
        seen = {best.poses for best in near}
        for lane in self.lanes:
            for found in lane.quick.run(seconds=0, rounds=0, stop=lambda: True) if lane.quick is not None else ():
                if found.poses in seen or found.cost > most or self.clock.left() <= 0:
                    continue
                seen.add(found.poses)
                drawn = self._drawn(lane, found.poses, found.arcs)
                terms = terms_of_poses(lane.question, found.poses, found.arcs, self.weights)
                if not drawn.faults and sum(terms.values()) <= most:
                    near.append(_Best(sum(terms.values()), found.poses, found.arcs, lane.index, terms, drawn))
        near = sorted(near, key=lambda best: best.objective)[:RANKED]
        programme = self.problem.programme
        go_on = (lambda: True) if self.effort.reproducible else (lambda: self.clock.left() > 0)
        chosen = straightest([(b.objective, b.drawn) for b in near], self.problem.level, programme, go_on)
        if chosen is not None:
            self.best = near[chosen]

    def _proven(self, level: float) -> bool:
        return self.best is not None and self.bound() >= level * self.best.objective - 1e-6

    def _closed(self) -> bool:
        return self.best is not None and self.bound() >= self.best.objective * (1 - CLOSE_ENOUGH)

    def _search(self, share: float) -> None:
        """One slice with all setbacks on the spine that promises most."""
        lanes = [lane for lane in self.lanes if not lane.closed]
        if self.best is not None:
            lanes = [lane for lane in lanes if lane.bound < (1 - CLOSE_ENOUGH) * self.best.objective]
        if not lanes or self.cancel or self.clock.left() < 0.3:
            return
        own = self.best.lane if self.best is not None else -1
        lane = min(lanes, key=lambda n: (n.slices, n.index != own, n.bound, n.index))
        lane.slices += 1
        self._slice(lane, min(self.clock.left(), share * self.effort.seconds), setbacks=True, hint=())

    def _prove(self, level: float, share: float) -> None:
        """Ask every spine for a layout that costs less than `level` of the best: none is a proof, one is a gain."""
        tried: set[tuple[int, float]] = set()
        end = self._now() + min(share * self.effort.seconds, self.clock.left())
        while self.best is not None and not self.cancel and end - self._now() > 0.3:
            below = level * self.best.objective
            lanes = [n for n in self.lanes if not n.closed and n.bound < below - 1e-6 and (n.index, below) not in tried]
            if not lanes:
                return
            lane = min(lanes, key=lambda n: (n.bound, n.index))
            tried.add((lane.index, below))
            self._probe(lane, below, (end - self._now()) / min(len(lanes), 2))  # the lowest decides: half for it, then the next

    def _probe(self, lane: _Lane, below: float, seconds: float) -> None:
        """The whole model of one spine on all workers: a portfolio with the full linear relaxation proves soonest."""
        question = lane.question
        built = build(question, self.rules, self.weights, cuts=tuple(lane.cuts), below=below)
        outcome = cpsat.run(built.model, seconds=seconds, effort=self.effort, cancel=self.cancel, linear=True)
        self.clock.granted += seconds
        self._raise_bound(lane, outcome, below)
        if outcome.values is not None:
            self._take(lane, built, outcome)
        self._tell("proof")

    # -- one slice --------------------------------------------------------------------------------------------------

    def _slice(self, lane: _Lane, seconds: float, *, setbacks: bool, hint: tuple[Pose, ...]) -> None:
        """Solve one spine for a while; cut off and re-solve while the drawn layout fails its check."""
        question = lane.question
        if not setbacks:
            question = simpler(question)
        end = self._now() + seconds
        for _ in range(MAX_CUT_ROUNDS):
            left = end - self._now()
            if left < 0.2 or self.cancel:
                return
            others = self.best is not None and self.best.lane != lane.index
            below = self.best.objective if others and self.best is not None else None
            built = build(question, self.rules, self.weights, cuts=tuple(lane.cuts), below=below)
            poses, arcs = lane.last if lane.last[0] else (hint, ())
            if poses:
                add_hint(built, poses, arcs)
            outcome = cpsat.run(built.model, seconds=left, effort=self.effort, cancel=self.cancel, on_solution=self._told_of)
            self.clock.granted += left
            if setbacks:
                self._raise_bound(lane, outcome, below)
            if outcome.values is None or self._take(lane, built, outcome):
                return

    def _now(self) -> float:
        return self.clock.granted if self.effort.reproducible else time.monotonic()

    def _take(self, lane: _Lane, built: Built, outcome: cpsat.Outcome) -> bool:
        """Draw and check the solutions of a run, best first: keep the first that is right, cut off those that are not.

        False when the best of them was refused, so that another run may find what the cuts leave.
        """
        assert outcome.values is not None and outcome.objective is not None
        best_was_right = True
        for objective, values in ((outcome.objective, outcome.values), *outcome.earlier):
            if self.best is not None and objective / PERSON_METRES >= self.best.objective - 1e-6:
                return best_was_right
            poses, arcs = read_back(built, values)
            if best_was_right:
                lane.last = (poses, arcs)
            drawn = self._drawn(lane, poses, arcs)
            if not drawn.faults:
                terms = terms_of_poses(built.question, poses, arcs, self.weights)
                self._keep(_Best(sum(terms.values()), poses, arcs, lane.index, terms, drawn))
                return best_was_right
            if best_was_right:
                lane.cuts.extend(cuts_for(lane.problem, lane.ready, lane.spine, poses, drawn))
            self.rejected += 1
            best_was_right = False
        return best_was_right

    def _keep(self, best: _Best) -> None:
        self.best = best
        self.kept.append(best)
        if self.first_at is None:
            self.first_at = self.clock.seconds()
        self._tell("layout", self.answer())

    def _raise_bound(self, lane: _Lane, outcome: cpsat.Outcome, below: float | None) -> None:
        if outcome.status == "infeasible":
            lane.bound = max(lane.bound, below) if below is not None else float("inf")
            lane.closed = below is None or lane.closed
        else:
            lane.bound = max(lane.bound, outcome.bound / PERSON_METRES)

    # -- telling ----------------------------------------------------------------------------------------------------

    def bound(self) -> float:
        """The least any layout of this freedom can cost: the lowest bound over the spines, never above the best found."""
        lowest = min((lane.bound for lane in self.lanes), default=float("inf"))
        lowest = min([lowest, *(least_on(spine, self.lanes[0].question) for spine in self.to_build)])
        return min(lowest, *(best.objective for best in self.kept)) if self.kept else lowest

    def _tell(self, stage: str, found_now: Placement | None = None) -> None:
        if self.report is not None:
            done = min(1.0, max(0.0, 1 - self.clock.left() / self.effort.seconds))
            found = self.best.objective if self.best is not None else None
            self.report(
                Progress(
                    stage=stage, done=done, objective=found, bound=self.bound(), seconds=self.clock.seconds(), answer=found_now
                )
            )

    def _told_of(self, objective: float, bound: float) -> None:
        if self.report is not None:
            done = min(1.0, max(0.0, 1 - self.clock.left() / self.effort.seconds))
            found = objective / PERSON_METRES
            self.report(Progress(stage="search", done=done, objective=found, bound=self.bound(), seconds=self.clock.seconds()))

    # -- the answer -------------------------------------------------------------------------------------------------

    def answer(self) -> Placement:
        """The best layout with its record; only where there is one."""
        assert self.best is not None
        bound = self.bound()
        gap = (self.best.objective - bound) / max(abs(self.best.objective), 1e-9)
        status: Status = "optimal" if gap <= CLOSE_ENOUGH else "feasible"
        record = self._record("cancelled" if self.cancel else status, self.best.objective, bound, gap, self.best.terms)
        lane = self.lanes[self.best.lane]
        return Placement(
            record=record, layout=self.best.drawn.layout, poses=self.best.poses, arcs=self.best.arcs, spine=lane.spine,
            blocks=lane.typology.blocks,
        )  # fmt: skip

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
                "spines": [lane.spine.id for lane in self.lanes if not lane.typology.blocks],
                "spine_bounds": [_told(lane.bound) for lane in self.lanes if not lane.typology.blocks],
                "typologies": list(dict.fromkeys(lane.typology.name for lane in self.lanes)),
                "built": [(n.typology.name, n.spine.id, _told(n.bound)) for n in self.lanes if n.typology.blocks],
                "typology": self.lanes[self.best.lane].typology.name if self.best is not None else None,
                "setbacks_mm": list(self.rules.setbacks_mm),
                "position_step_mm": 100,
                "modules": len(self.ready.questions[0].modes) if self.ready.questions else 0,
                "modes": sum(len(ms) for lane in self.lanes for ms in lane.question.modes.values()),
                "layouts_refused_by_check": self.rejected,
            },
            seed=self.effort.seed, effort=f"{self.effort.seconds:g} s", reproducible=self.effort.reproducible,
            seconds_to_first=self.first_at, seconds=self.clock.seconds(), versions=cpsat.versions(),
            question_digest=self.digest,
        )  # fmt: skip


def with_pins(problem: PlacementProblem, placement: Placement, elements: tuple[str, ...]) -> PlacementProblem:
    """The same problem with some modules pinned where an earlier answer has them."""
    poses = {p.element: p for p in placement.poses}
    return replace(problem, pins=tuple(Pinned(element=e, pose=poses[e]) for e in elements))
