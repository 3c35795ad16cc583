"""On two cores: bounds are raised in a thread of their own while the quick search goes on here.

The linear program and CP-SAT leave the interpreter alone while they work, so that neither waits for the other. Reproducible
work does one after the other.
"""

from __future__ import annotations

import threading

from solvers import cpsat
from solvers.effort import Cancel
from solvers.placement.bounding import linear_bound, next_turn, relaxation, told_of_linear, told_of_whole, zone_all
from solvers.placement.first import search_quickly
from solvers.placement.lanes import Lane
from solvers.placement.proving import NEAR, PUSH_SHARE, SEARCH_SHARE, most_found, search_longer
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.slices import search

STALE_SHARE = 0.3  # of the effort without a better layout before the whole model has a turn
GIVEN_UP = 0.2  # seconds that a bound in the making is still waited for


def search_and_bound(race: Race) -> None:
    """Better layouts here, better bounds beside, until nothing is left to gain, the bound is near or time is up.

    Once the bound is near the whole model closes the rest sooner (`proving.improve`).
    """
    if race.effort.reproducible or race.parallel < 2 or race.best is None:
        search_longer(race)
        zone_all(race)
        return
    bounder = Bounder(race)
    bounder.start()
    told, better_at = race.bound(), race.clock.seconds()
    while bounder.works() and _goes_on(race):
        for lane in most_found(race):
            before = race.best.objective
            search_quickly(race, lane, PUSH_SHARE / 2)
            better_at = race.clock.seconds() if race.best.objective < before else better_at
            if race.bound() > told:
                told = race.bound()
                race.tell("bounds")
            if not _goes_on(race) or not bounder.works():
                break
        if not most_found(race) or race.clock.seconds() - better_at > STALE_SHARE * race.effort.seconds:
            search(race, SEARCH_SHARE)
            better_at = race.clock.seconds()
    bounder.end()
    race.tell("bounds")


def _goes_on(race: Race) -> bool:
    return not race.cancel and race.time_to_search() > 0.3 and not race.is_proven() and not race.proven(NEAR)


class Bounder:
    """Raises the bound where it is lowest: those spines alone decide what the answer can promise."""

    def __init__(self, race: Race) -> None:
        self.race, self.stop, self.trouble = race, Cancel(), None
        self.thread = threading.Thread(target=self._run, name="bounds", daemon=True)

    trouble: BaseException | None

    def start(self) -> None:
        self.thread.start()

    def works(self) -> bool:
        """Is there still a bound in the making?"""
        return self.thread.is_alive()

    def end(self) -> None:
        """No more bounds; what is in the making is given up where it does not end soon. Raises what went wrong there."""
        self.stop.set()
        self.thread.join(GIVEN_UP)
        if self.trouble is not None:
            raise self.trouble

    def _run(self) -> None:
        try:
            while not self.stop and (lane := self._lowest()) is not None:
                self._raise(lane)
        except BaseException as trouble:  # told where the search goes on: `end`
            self.trouble = trouble

    def _lowest(self) -> Lane | None:
        """The spine with the lowest bound, where that is not all that its relaxation can tell."""
        assert self.race.best is not None
        lane = next(iter(self.race.by_promise()), None)
        below = (1 - CLOSE_ENOUGH) * self.race.best.objective
        return lane if lane is not None and lane.bound < below and not lane.zoning_told_all else None

    def _raise(self, lane: Lane) -> None:
        race = self.race
        assert race.best is not None
        left = max(0.1, race.time_to_search())
        if not lane.linear:
            told, bound = linear_bound(race, lane, left, race.best.objective)
            if not self.stop:
                told_of_linear(lane, told, bound)
            return
        seconds = min(left, next_turn(race, lane))
        outcome = cpsat.run(
            relaxation(race, lane), seconds=seconds, effort=race.effort, cancel=self.stop, workers=1, linear=True, light=True
        )
        race.raise_bound(lane, outcome, None)  # a bound holds whenever it was proven
        lane.relaxation = max(lane.relaxation, lane.bound)
        told_of_whole(lane, outcome.status)
