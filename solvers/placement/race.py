"""The state of one solve: the lanes, the best layout so far, the clock, and whom to tell. The stages are functions on it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from solvers import cpsat
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.clock import Clock
from solvers.placement.detail import Drawn, draw_layout
from solvers.placement.goals import PERSON_METRES
from solvers.placement.keeping import AT_FIRST, kept_to
from solvers.placement.lanes import Arcs, Best, Lane, lane_on
from solvers.placement.prepare import prepare_on
from solvers.placement.problem import Placement, PlacementProblem, Pose, SpineLine
from solvers.placement.rooms import with_hall, with_new_doors
from solvers.placement.screening import screened
from solvers.placement.sites import Offer, Site
from solvers.placement.typologies import as_built, typologies_for, with_built_walls
from solvers.placement.zoning import least_on, price_of_hall

BUILT_SPINES = 2  # the shortest spines on which other typologies are possible are tried in those too
CLOSE_ENOUGH = 0.0001  # share of the objective; what verifies a package calls optimal no more than this
RANK_SHARE = 0.08  # of the effort is left for choosing the straightest of the last layouts
PROMISED = 0.905  # the share of the best objective that is proved first; each better bound is proved in turn


class Race:
    """State of one solve, what is asked of it by all stages, and how it is changed."""

    def __init__(
        self, problem: PlacementProblem, effort: Effort, sites: tuple[Site, ...], clock: Clock,
        report: Report | None, cancel: Cancel | None, digest: str, *, build_walls: bool = True,
    ) -> None:  # fmt: skip
        self.problem, self.effort, self.sites, self.clock = problem, effort, sites, clock
        self.report, self.cancel, self.digest = report, cancel, digest
        self.rules, self.weights = problem.programme.rules, problem.weights
        self.lanes: list[Lane] = []
        for site in sites:
            for k in range(len(site.ready.spines)):
                self.lanes.append(lane_on(len(self.lanes), site.typology, site.problem, site.ready, k, self.weights))
        may_build = build_walls and len(sites) == 1 and sites[0].problem.hall is None
        spines = [s for s in sites[0].ready.spines if typologies_for(problem, s)] if may_build else []
        self.to_build = sorted(spines, key=lambda s: s.length_dm())[:BUILT_SPINES]
        self.waiting: list[tuple[Offer, int]] = []  # other halls, and the widest aisle that each is prepared for
        self.best: Best | None = None
        self.placed: Callable[[], Placement] | None = None  # the best as an answer, for whoever watches
        self.kept: list[Best] = []
        self.first_at: float | None = None
        self.when_shown: Callable[[], None] | None = None  # with each layout, whether it counts or is laid aside
        self.rejected = 0
        self.laid_aside: list[Best] = []  # sound but for rules about ways
        self.given_up: set[str] = set()  # of these rules: no layout was found that keeps them
        self.parallel = max(1, min(4, os.cpu_count() or 1))

    # -- asked ------------------------------------------------------------------------------------------------------

    def bound(self) -> float:
        """The least any layout of this freedom can cost: the lowest bound over the spines, never above the best found."""
        lowest = min((lane.bound for lane in self.lanes), default=float("inf"))
        lowest = min([lowest, *(self.least_on(spine) for spine in self.to_build)])
        lowest = min([lowest, *(price_of_hall(offer.problem, self.weights) for offer, _ in self.waiting)])
        return min(lowest, *(best.objective for best in self.kept)) if self.kept else lowest

    def least_on(self, spine: SpineLine) -> float:
        """What a layout along a spine costs at the least, whatever is built beside it."""
        return least_on(spine, self.lanes[0].question)

    def unbuilt(self) -> bool:
        """Are there halls or spines of other typologies that wait to be prepared?"""
        return bool(self.to_build or self.waiting)

    def by_promise(self) -> list[Lane]:
        """The open lanes, the lowest bound first."""
        return sorted((lane for lane in self.lanes if not lane.closed), key=lambda lane: (lane.bound, lane.index))

    def all_closed(self) -> bool:
        return all(lane.closed for lane in self.lanes)

    def proven(self, level: float) -> bool:
        """Is the bound at least `level` of the best objective?"""
        return self.best is not None and self.bound() >= level * self.best.objective - 1e-6

    def is_proven(self) -> bool:
        """Is nothing left to gain?"""
        return self.best is not None and self.bound() >= self.best.objective * (1 - CLOSE_ENOUGH)

    def may_be_better(self, lane: Lane) -> bool:
        return self.best is None or lane.bound < self.best.objective

    def time_to_search(self) -> float:
        """Seconds left but for those that choosing the straightest layout needs."""
        return self.clock.left() - RANK_SHARE * self.effort.seconds

    def drawn(self, lane: Lane, poses: tuple[Pose, ...], arcs: Arcs) -> Drawn:
        """The poses as a layout with what its typology builds, and what is wrong with it."""
        return self.judged(lane, poses, self.furnished(lane, poses, arcs))

    def furnished(self, lane: Lane, poses: tuple[Pose, ...], arcs: Arcs) -> Drawn:
        """The poses as furniture and floors, and what is wrong with these."""
        return draw_layout(lane.problem, lane.ready, lane.spine, poses, arcs)

    def judged(self, lane: Lane, poses: tuple[Pose, ...], plain: Drawn) -> Drawn:
        """The same with screening, what its typology builds, and the rules about ways that it breaks."""
        drawn = kept_to(lane.problem, lane.problem.level, screened(lane.problem, plain))
        layout = with_built_walls(drawn.layout, lane.typology.blocks)
        return replace(drawn, layout=with_hall(layout, with_new_doors(lane.problem.hall, poses)))

    def accepts(self, drawn: Drawn) -> bool:
        """Has the layout no fault, and does it keep all rules but those that were given up, or that a first one may break?"""
        may = self.given_up | AT_FIRST if self.best is None else self.given_up
        return not drawn.faults and all(f.code in may for f in drawn.broken)

    def shown(self) -> Best | None:
        """The best layout, or the cheapest of those that are laid aside while there is none."""
        return self.best or min(self.laid_aside, key=lambda one: one.objective, default=None)

    # -- changed ----------------------------------------------------------------------------------------------------

    def build_walls(self) -> None:
        """The next hall of a building with rooms; else the next spine that promises most, in every typology that the hall is
        deep enough for. They wait their turn: to prepare them takes seconds, which people who stop do not wait for."""
        if self.cancel:
            return
        if self.waiting and self.clock.left() <= 0:
            return
        if self.waiting:
            offer, width_dm = self.waiting.pop(0)
            made = offer.prepared(width_dm)
            self.sites = (*self.sites, made)
            for k in range(len(made.ready.spines)):
                self.lanes.append(lane_on(len(self.lanes), made.typology, made.problem, made.ready, k, self.weights))
            return
        self.to_build = [s for s in self.to_build if self.best is None or self.least_on(s) < self.best.objective]
        for spine in self.to_build[:1]:
            for typology in typologies_for(self.problem, spine):
                built = as_built(self.problem, typology.blocks)
                site = prepare_on(built, spine)
                self.lanes.append(lane_on(len(self.lanes), typology, built, site, 0, self.weights))
        self.to_build = self.to_build[1:]

    def keep(self, best: Best) -> None:
        """A layout that was drawn and is right, better than all before."""
        self.best = best
        self.kept.append(best)
        if self.first_at is None:
            self.first_at = self.clock.seconds()
        if self.when_shown is not None:
            self.when_shown()
        self.tell("layout", self.placed() if self.placed is not None and self.report is not None else None)

    def lay_aside(self, one: Best) -> None:
        """A layout that is sound and breaks a rule: shown until there is one that keeps all. The same one counts once."""
        if any((one.lane, one.poses, one.arcs) == (other.lane, other.poses, other.arcs) for other in self.laid_aside):
            return
        cheaper = self.best is None and all(one.objective < other.objective for other in self.laid_aside)
        self.laid_aside.append(one)
        if self.when_shown is not None:
            self.when_shown()
        if cheaper:
            self.tell("layout", self.placed() if self.placed is not None and self.report is not None else None)

    def give_up_rules(self) -> None:
        """No layout was found that keeps all rules: the cheapest of those laid aside counts, and what it breaks may be broken.

        The others that break no more come back too: they were cut off, so that bounds raised since do not count them.
        """
        least = self.shown()
        if self.best is not None or least is None:
            return
        self.given_up |= {f.code for f in least.drawn.broken}
        back = [one for one in self.laid_aside if self.accepts(one.drawn) and one is not least]
        self.kept.extend(back)
        self.keep(least)
        for lane in self.lanes:
            lane.take_back()
        quick = self.lanes[least.lane].quick
        if quick is not None:
            quick.begin(least.poses)

    def raise_bound(self, lane: Lane, outcome: cpsat.Outcome, below: float | None) -> None:
        """What a run proved of a lane: no layout (below a cost), or none cheaper than its bound."""
        if outcome.status == "infeasible":
            lane.bound = max(lane.bound, below) if below is not None else float("inf")
            lane.closed = below is None or lane.closed
        else:
            proven = outcome.bound / PERSON_METRES
            lane.bound = max(lane.bound, proven if below is None else min(proven, below))

    # -- told -------------------------------------------------------------------------------------------------------

    def tell(self, stage: str, placement: Placement | None = None) -> None:
        found = self.best.objective if self.best is not None else None
        self._report(stage, found, placement)

    def told_of(self, objective: float, bound: float) -> None:
        """What the solver found while it runs: not drawn yet."""
        self._report("search", objective / PERSON_METRES, None)

    def _report(self, stage: str, found: float | None, placement: Placement | None) -> None:
        if self.report is not None:
            done, seconds = self.clock.done(), self.clock.seconds()
            told = Progress(
                stage=stage, done=done, objective=found, bound=self.bound(), seconds=seconds, answer=placement
            )  # fmt: skip
            self.report(told)
