"""Bounds from relaxations: the model without its areas, then the zoning model, by itself and with places, where the bound is
lowest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.effort import Cancel
from solvers.placement.hubs import HubTree
from solvers.placement.lanes import Lane
from solvers.placement.model import Built, build
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.slices import take
from solvers.placement.zone_linear import tighten
from solvers.placement.zone_places import with_places
from solvers.placement.zoning import Zoned, zoned

BOUND_SHARE = 0.05  # of the effort for the relaxation of each spine (two at a time)
LINEAR_SHARE = 0.2  # of the effort at most for the zoning relaxation without whole numbers (two at a time)
ZONING_SHARE = 0.12  # of the effort for the zoning relaxation of a spine in whole numbers, each further time twice that
MOMENTS = 2  # turns in whole numbers at once, before better layouts are looked for
HUB_SECONDS = 0.2  # of reproducible work for one step of a tree of hubs' boxes
BOUNDS_SHARE = 0.5  # of the effort for all relaxations without whole numbers together
MANY_MODES = 300  # whose boxes must not overlap: with more, zones with places take ten seconds to their first bound


@dataclass(frozen=True, slots=True)
class Job:
    """A model to be bounded: of layouts that cost less than `below`, if that is said; `built` where it has places."""

    model: cp_model.CpModel
    built: Built | None = None
    below: float | None = None


def bound_all(race: Race) -> None:
    """The model without its area rules, for every spine: what holds no layout is told, and the rest is ranked.

    After the effort it goes on only as long as all so far was disproved: then nothing less is proven than that none fits. In
    large halls each takes seconds, so that none is begun then.
    """
    waiting = _batches(race, race.by_promise())
    for k, batch in enumerate(waiting):
        open_still = any(lane.bound < float("inf") for done in waiting[:k] for lane in done)
        if race.clock.left() <= 0 and (open_still or any(lane.is_large() for lane in batch)):
            break
        jobs = [Job(build(n.question, race.rules, race.weights, relaxed=True).model) for n in batch]
        _relax(race, batch, jobs, BOUND_SHARE * race.effort.seconds)
    for lane in race.lanes:
        lane.closed = lane.bound == float("inf")
    race.tell("bounds")


def zone_all(race: Race) -> None:
    """The zoning relaxation without whole numbers, always where the bound is lowest: those spines alone decide what the
    answer can promise, and it tells most of it soonest. Then a moment in whole numbers, which is much in small halls."""
    clock, seconds = race.clock, race.effort.seconds
    end = clock.now() + min(BOUNDS_SHARE * seconds, race.time_to_search())
    while race.best is not None and not race.cancel and end - clock.now() > 0.3:
        below = (1 - CLOSE_ENOUGH) * race.best.objective
        lanes = [lane for lane in race.by_promise() if lane.bound < below and not lane.linear]
        if not lanes:
            break
        if lanes[0].by_hubs():
            by_hubs(race, lanes[0], end - clock.now())
            clock.grant(HUB_SECONDS)
            continue
        _linear(race, [n for n in _batches(race, lanes)[0] if not n.by_hubs()], min(LINEAR_SHARE * seconds, end - clock.now()))
        race.tell("bounds")
    for _ in range(MOMENTS):
        zone_more(race)


def zone_more(race: Race) -> None:
    """The zoning relaxation in whole numbers where the bound is lowest (or, where the other took too long, the model without
    areas), a moment at first and then twice as long each time that the spine is still the lowest."""
    if race.best is None or race.cancel or race.time_to_search() < 0.3:
        return
    below = (1 - CLOSE_ENOUGH) * race.best.objective
    lanes = [lane for lane in race.by_promise() if lane.bound < below and lane.linear and not lane.places_told_all]
    if not lanes:
        return
    batch = _batches(race, lanes)[0]
    _relax(race, batch, [relaxation(race, lane) for lane in batch], min(next_turn(race, batch[0]), race.time_to_search()))
    race.tell("bounds")


def _linear(race: Race, lanes: list[Lane], seconds: float) -> None:
    """The zoning relaxation without whole numbers, side by side; what its answer crowds is told to it, in rounds."""
    limit = float("inf") if race.effort.reproducible else seconds
    enough = race.best.objective if race.best is not None else float("inf")

    with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
        for lane, (told, bound) in zip(lanes, pool.map(lambda lane: linear_bound(race, lane, limit, enough), lanes)):
            told_of_linear(lane, told, bound)
    race.clock.grant(seconds)


def by_hubs(race: Race, lane: Lane, seconds: float) -> None:
    """One more step of the tree of hubs' boxes."""
    if lane.hubs is None:
        lane.hubs = HubTree(lane.question, lane.problem, race.weights)
    lane.hubs.step(float("inf") if race.effort.reproducible else seconds)
    lane.bound = max(lane.bound, lane.hubs.bound)
    lane.relaxation = max(lane.relaxation, lane.bound)


def linear_bound(
    race: Race, lane: Lane, seconds: float, enough: float, stop: Cancel | None = None
) -> tuple[Zoned, float]:
    """The zoning relaxation of a spine with the bound that it gives without whole numbers."""
    told = zoned(lane.question, race.weights)
    return told, tighten(told, lane.question.ground, seconds, enough, stop)


def told_of_linear(lane: Lane, told: Zoned, bound: float) -> None:
    """What came of it is kept with the spine."""
    lane.linear, lane.zoning = True, told
    lane.zoned = 1 if bound > float("-inf") else 0  # else the model without areas tells something first
    lane.linear_bound = bound
    lane.bound = max(lane.bound, bound)
    lane.relaxation = max(lane.relaxation, lane.bound)


def next_turn(race: Race, lane: Lane) -> float:
    """Seconds for a spine's next relaxation in whole numbers."""
    return (ZONING_SHARE * 2 ** (lane.zoned - 1) if lane.zoned > 0 else BOUND_SHARE) * race.effort.seconds


def relaxation(race: Race, lane: Lane) -> Job:
    """The next relaxation of a spine in whole numbers: layouts that are better than the best, at the cost of their zones.

    Where modes are many, zones come without places until they have told all.
    """
    assert lane.zoning is not None and race.best is not None
    if lane.zoned == 0:
        return Job(build(lane.question, race.rules, race.weights, relaxed=True).model)
    if sum(map(len, lane.question.modes.values())) > MANY_MODES and not lane.zoning_told_all:
        return Job(lane.zoning.whole())
    below = race.best.objective
    built = with_places(
        lane.zoning, lane.question, race.rules, race.weights, cuts=tuple(lane.cuts), least=lane.linear_bound, below=below
    )  # fmt: skip
    return Job(built.model, built, below)


def told_of_whole(race: Race, lane: Lane, job: Job, outcome: cpsat.Outcome) -> None:
    """What a relaxation in whole numbers proved, and whether there is more to learn from its like."""
    race.raise_bound(lane, outcome, job.below)
    lane.relaxation = max(lane.relaxation, lane.bound)
    told_all = outcome.status in ("infeasible", "optimal")
    if job.built is not None:
        lane.places_told_all = told_all
    elif lane.linear:
        lane.zoning_told_all = told_all and lane.zoned > 0
    lane.zoned += lane.linear


def _relax(race: Race, batch: list[Lane], jobs: list[Job], seconds: float) -> None:
    """Raise the bounds of some spines by a relaxation alone, side by side; layouts that come of it are drawn."""
    for lane, job, outcome in zip(batch, jobs, _side_by_side(race, [job.model for job in jobs], seconds)):
        told_of_whole(race, lane, job, outcome)
        if job.built is not None and outcome.values is not None:
            take(race, lane, job.built, outcome)


def _batches(race: Race, lanes: list[Lane]) -> list[list[Lane]]:
    size = 1 if race.effort.reproducible else race.parallel
    return [lanes[k : k + size] for k in range(0, len(lanes), size)]


def _side_by_side(race: Race, jobs: list[cp_model.CpModel], seconds: float) -> list[cpsat.Outcome]:
    """Run models at the same time, one worker each; the answers come in the jobs' order."""

    def work(model: cp_model.CpModel) -> cpsat.Outcome:
        return cpsat.run(
            model, seconds=seconds, effort=race.effort, cancel=race.cancel, workers=1, linear=True, light=True, upwards=True
        )  # fmt: skip

    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        outcomes = list(pool.map(work, jobs))
    race.clock.grant(seconds)
    return outcomes
