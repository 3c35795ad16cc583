"""On two cores: bounds are raised in a thread of their own while the quick search goes on here.

The linear program and CP-SAT leave the interpreter alone while they work, so that neither waits for the other. Reproducible
work does one after the other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.effort import Cancel
from solvers.placement.bounding import by_hubs, linear_bound, next_turn, relaxation, told_of_linear, told_of_whole, zone_all
from solvers.placement.first import search_quickly
from solvers.placement.goals import PERSON_METRES
from solvers.placement.lanes import Lane
from solvers.placement.model import Built
from solvers.placement.proving import PUSH_SHARE, SEARCH_SHARE, most_found, search_longer
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.slices import search, take
from solvers.placement.zone_places import with_places

STALE_SHARE = 0.3  # of the effort without a better layout before bounds are raised here too, and the whole model searches
WORTH = 0.003  # share of the objective: a layout that gains less is no better layout
WHOLE_TURN = 3  # each such turn is the whole model's search, the others raise bounds
TURN_SHARE = 0.3  # of the effort for one relaxation with places, and longer while its spine is the lowest
AHEAD = 0.05  # share of the best objective by which a bound may leave the next lowest behind: no more is wanted of it
PROBE_SHARE = 0.1  # of the effort for the whole model's first question to a spine, twice that for each that stayed open
STEP_UP = 0.4  # of the way from the bound to the best layout that is asked for
GIVEN_UP = 0.2  # seconds that a bound in the making is still waited for


def search_and_bound(race: Race, bounder: Bounder) -> None:
    """Better layouts here, better bounds beside, until nothing is left to gain or time is up.

    Where nothing better is found for a while, bounds are raised here too, in turns with the whole model's search.
    """
    if not bounder.works() or race.best is None:
        search_longer(race)
        zone_all(race)
        return
    better_at, best, turns, stale = race.clock.seconds(), race.best.objective, 0, False
    while bounder.works() and _goes_on(race):
        lanes = most_found(race)
        for lane in lanes[turns % len(lanes) :][:1] if stale and lanes else lanes:
            search_quickly(race, lane, PUSH_SHARE / 2)
            bounder.tell()
            if not _goes_on(race) or not bounder.works():
                break
        if race.best.objective < (1 - WORTH) * best:
            better_at, best = race.clock.seconds(), race.best.objective
        stale = not most_found(race) or race.clock.seconds() - better_at > STALE_SHARE * race.effort.seconds
        if stale:
            turns += 1
            if turns % WHOLE_TURN == 0:
                search(race, SEARCH_SHARE)
            else:
                bounder.help()


def _goes_on(race: Race) -> bool:
    return not race.cancel and race.time_to_search() > 0.3 and not race.is_proven()


class Turn(Cancel):
    """A run's stop, and the end of its turn."""

    def __init__(self, stop: Cancel, over: Callable[[], bool]) -> None:
        super().__init__(stop.event)
        self.over = over

    def __bool__(self) -> bool:
        return self.event.is_set() or self.over()


class Bounder:
    """Raises the bound where it is lowest: those spines alone decide what the answer can promise.

    First the zoning relaxation without whole numbers, then in whole numbers and with places, then asked for a layout that
    costs little more than the bound. What it finds so is drawn where the search goes on: `tell`.
    """

    def __init__(self, race: Race, wait: float) -> None:
        """`wait`: seconds from the first layout on that are left to the search alone."""
        self.race, self.wait, self.stop = race, wait, Cancel()
        self.trouble: BaseException | None = None
        self.found: list[tuple[Lane, Built, cpsat.Outcome]] = []
        self.told = float("-inf")
        self.busy: set[int] = set()
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless the work must be reproducible or there is one core.

        The interpreter waits for it at its own end (no daemon): a linear program still solved then takes the process down.
        """
        if self.thread is None and not self.race.effort.reproducible and self.race.parallel > 1:
            self.thread = threading.Thread(target=self._run, name="bounds")
            self.thread.start()

    def works(self) -> bool:
        """Is there still a bound in the making?"""
        return self.thread is not None and self.thread.is_alive()

    def tell(self) -> None:
        """Draw what was found on the way to a bound, and tell of a better bound."""
        while self.found:
            take(self.race, *self.found.pop(0))
        if self.race.bound() > self.told:
            self.told = self.race.bound()
            self.race.tell("bounds")

    def end(self) -> None:
        """No more bounds; what is in the making is given up where it does not end soon. Raises what went wrong there."""
        self.stop.set()
        if self.thread is not None:
            self.thread.join(GIVEN_UP)
        if self.trouble is not None:
            raise self.trouble
        if not self.race.cancel:
            self.tell()

    def help(self) -> None:
        """One turn here, on the lowest spine that is not worked on there."""
        cancel = self.race.cancel if self.race.cancel is not None else self.stop
        if (lane := self._lowest()) is not None:
            self._raise(lane, cancel)
        self.tell()

    def _run(self) -> None:
        try:
            self.stop.event.wait(self.wait)
            while not self.stop and (lane := self._lowest()) is not None:
                self._raise(lane, self.stop)
        except BaseException as trouble:  # raised anew where the search goes on: `end`
            self.trouble = trouble

    def _lowest(self) -> Lane | None:
        """The spine with the lowest bound that nobody works on, unless no better layout is left there.

        Of those hardly dearer one without its linear bound comes first: it costs little time, and the glance that it has
        instead would soon be the lowest.
        """
        assert self.race.best is not None
        below = (1 - CLOSE_ENOUGH) * self.race.best.objective
        lanes = [n for n in self.race.by_promise() if n.index not in self.busy and n.bound < below]
        if not lanes or self.race.time_to_search() <= 0.1:
            return None
        near = lanes[0].bound + AHEAD * self.race.best.objective
        return next((n for n in lanes if n.bound < near and not n.linear and not n.by_hubs()), lanes[0])

    def _raise(self, lane: Lane, cancel: Cancel) -> None:
        self.busy.add(lane.index)
        try:
            if lane.by_hubs():
                by_hubs(self.race, lane, self.race.time_to_search())
            elif not lane.linear:
                self._linear(lane)
            elif not lane.places_told_all:
                self._relaxed(lane, cancel)
            else:
                self._probe(lane, cancel)
        finally:
            self.busy.discard(lane.index)

    def _relaxed(self, lane: Lane, cancel: Cancel) -> None:
        job = relaxation(self.race, lane)
        clock, turn = self.race.clock, TURN_SHARE * self.race.effort.seconds
        seconds, began = next_turn(self.race, lane), clock.seconds()
        if job.built is not None:  # beside the search it goes on as long as it is the lowest: to begin anew costs seconds
            seconds = turn if cancel is not self.stop else float("inf")
            cancel = Turn(cancel, lambda: clock.seconds() - began > turn and lane.bound > self._others(lane))
        outcome = self._solved(lane, job.model, seconds, job.below, cancel)
        told_of_whole(self.race, lane, job, outcome)  # a bound holds whenever it was proven
        if job.built is not None and outcome.values is not None:
            self.found.append((lane, job.built, outcome))

    def _linear(self, lane: Lane) -> None:
        assert self.race.best is not None
        told, bound = linear_bound(self.race, lane, self.race.time_to_search(), self.race.best.objective, self.stop)
        if not self.stop:
            told_of_linear(lane, told, bound)

    def _probe(self, lane: Lane, cancel: Cancel) -> None:
        """Is there a layout that costs little more than the bound? None is a proof, one is a gain."""
        race = self.race
        assert race.best is not None
        below = lane.bound + STEP_UP * (race.best.objective - lane.bound)
        assert lane.zoning is not None
        built = with_places(lane.zoning, lane.question, race.rules, race.weights, cuts=tuple(lane.cuts), below=below)
        outcome = self._solved(lane, built.model, PROBE_SHARE * 2**lane.probed * race.effort.seconds, below, cancel)
        lane.probed += outcome.status == "unknown"
        race.raise_bound(lane, outcome, below)
        if outcome.values is not None:
            self.found.append((lane, built, outcome))

    def _others(self, lane: Lane) -> float:
        return min((n.bound for n in self.race.lanes if n is not lane and not n.closed), default=float("inf"))

    def _solved(
        self, lane: Lane, model: cp_model.CpModel, seconds: float, below: float | None, cancel: Cancel
    ) -> cpsat.Outcome:  # fmt: skip
        """A run whose bound counts as soon as it rises, and which ends where others are far below."""
        assert self.race.best is not None
        enough = self._others(lane) + AHEAD * self.race.best.objective

        def rises(bound: float) -> bool:
            proven = bound / PERSON_METRES
            lane.bound = max(lane.bound, proven if below is None else min(proven, below))
            return lane.bound > enough

        left = min(self.race.time_to_search(), seconds)
        return cpsat.run(
            model, seconds=left, effort=self.race.effort, cancel=cancel, workers=1, linear=True, light=True, upwards=True,
            on_bound=rises,
        )  # fmt: skip
