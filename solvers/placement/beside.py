"""On two cores: bounds are raised in a thread of their own while the quick search goes on here.

The linear program and CP-SAT leave the interpreter alone while they work, so that neither waits for the other. Reproducible
work does one after the other.
"""

from __future__ import annotations

import threading

from ortools.sat.python import cp_model

from solvers import cpsat
from solvers.effort import Cancel
from solvers.placement.bounding import by_hubs, linear_bound, next_turn, relaxation, told_of_linear, told_of_whole, zone_all
from solvers.placement.first import search_quickly
from solvers.placement.lanes import Lane
from solvers.placement.model import Built, build
from solvers.placement.proving import NEAR, PUSH_SHARE, SEARCH_SHARE, most_found, search_longer
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.slices import search, take

STALE_SHARE = 0.3  # of the effort without a better layout before the whole model has a turn
PROBE_SHARE = 0.1  # of the effort for the whole model's first question to a spine, twice that for each that stayed open
STEP_UP = 0.4  # of the way from the bound to the best layout that is asked for
GIVEN_UP = 0.2  # seconds that a bound in the making is still waited for


def search_and_bound(race: Race, bounder: Bounder) -> None:
    """Better layouts here, better bounds beside, until nothing is left to gain, the bound is near or time is up.

    Once the bound is near the whole model closes the rest sooner (`proving.improve`).
    """
    if not bounder.works() or race.best is None:
        search_longer(race)
        zone_all(race)
        return
    better_at = race.clock.seconds()
    while bounder.works() and _goes_on(race):
        for lane in most_found(race):
            before = race.best.objective
            search_quickly(race, lane, PUSH_SHARE / 2)
            better_at = race.clock.seconds() if race.best.objective < before else better_at
            bounder.tell()
            if not _goes_on(race) or not bounder.works():
                break
        if not most_found(race) or race.clock.seconds() - better_at > STALE_SHARE * race.effort.seconds:
            search(race, SEARCH_SHARE)
            better_at = race.clock.seconds()


def _goes_on(race: Race) -> bool:
    return not race.cancel and race.time_to_search() > 0.3 and not race.is_proven() and not race.proven(NEAR)


class Bounder:
    """Raises the bound where it is lowest: those spines alone decide what the answer can promise.

    First the zoning relaxation without whole numbers, then in whole numbers, then the whole model asked for a layout that
    costs little more than the bound. What it finds so is drawn where the search goes on: `tell`.
    """

    def __init__(self, race: Race, wait: float) -> None:
        """`wait`: seconds from the first layout on that are left to the search alone."""
        self.race, self.wait, self.stop = race, wait, Cancel()
        self.trouble: BaseException | None = None
        self.found: list[tuple[Lane, Built, cpsat.Outcome]] = []
        self.told = float("-inf")
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

    def _run(self) -> None:
        try:
            self.stop.event.wait(self.wait)
            while not self.stop and (lane := self._lowest()) is not None:
                self._raise(lane)
        except BaseException as trouble:  # raised anew where the search goes on: `end`
            self.trouble = trouble

    def _lowest(self) -> Lane | None:
        """The spine with the lowest bound, unless no better layout is left there."""
        assert self.race.best is not None
        lane = next(iter(self.race.by_promise()), None)
        below = (1 - CLOSE_ENOUGH) * self.race.best.objective
        return lane if lane is not None and lane.bound < below and self.race.time_to_search() > 0.1 else None

    def _raise(self, lane: Lane) -> None:
        if lane.by_hubs() and not (lane.hubs is not None and lane.hubs.done):
            by_hubs(self.race, lane, self.race.time_to_search())
        elif not lane.linear:
            self._linear(lane)
        elif not lane.zoning_told_all:
            outcome = self._solved(relaxation(self.race, lane), next_turn(self.race, lane))
            self.race.raise_bound(lane, outcome, None)  # a bound holds whenever it was proven
            lane.relaxation = max(lane.relaxation, lane.bound)
            told_of_whole(lane, outcome.status)
        else:
            self._probe(lane)

    def _linear(self, lane: Lane) -> None:
        assert self.race.best is not None
        told, bound = linear_bound(self.race, lane, self.race.time_to_search(), self.race.best.objective, self.stop)
        if not self.stop:
            told_of_linear(lane, told, bound)

    def _probe(self, lane: Lane) -> None:
        """Is there a layout that costs little more than the bound? None is a proof, one is a gain."""
        race = self.race
        assert race.best is not None
        below = lane.bound + STEP_UP * (race.best.objective - lane.bound)
        built = build(lane.question, race.rules, race.weights, cuts=tuple(lane.cuts), below=below)
        outcome = self._solved(built.model, PROBE_SHARE * 2**lane.probed * race.effort.seconds)
        lane.probed += outcome.status == "unknown"
        race.raise_bound(lane, outcome, below)
        if outcome.values is not None:
            self.found.append((lane, built, outcome))

    def _solved(self, model: cp_model.CpModel, seconds: float) -> cpsat.Outcome:
        left = min(self.race.time_to_search(), seconds)
        return cpsat.run(
            model, seconds=left, effort=self.race.effort, cancel=self.stop, workers=1, linear=True, light=True
        )  # fmt: skip
