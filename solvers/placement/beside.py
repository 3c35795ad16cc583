"""On two cores: bounds are raised in a thread of their own while the quick search goes on here.

The linear program and CP-SAT leave the interpreter alone while they work, so that neither waits for the other. Reproducible
work does one after the other.
"""

from __future__ import annotations

import threading

from solvers import cpsat
from solvers.effort import Cancel
from solvers.placement.bounding import by_hubs, by_zones, zone_all
from solvers.placement.first import search_quickly
from solvers.placement.lanes import Lane
from solvers.placement.model import Built
from solvers.placement.proving import PUSH_SHARE, SEARCH_SHARE, most_found, search_longer
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.slices import search, take
from solvers.placement.zone_glop import Halt

STALE_SHARE = 0.3  # of the effort without a better layout before bounds are raised here too, and the whole model searches
WORTH = 0.003  # share of the objective: a layout that gains less is no better layout
WHOLE_TURN = 3  # each such turn is the whole model's search, the others raise bounds
HELP_SHARE = 0.1  # of the effort at once for bounds where layouts are searched
NEARLY = 0.05  # share of the best objective: the bounds of two spines are hardly apart
SOON = 0.05  # seconds until it is asked again what is left to do
ASIDE_SECONDS = 1.0  # that the search has for itself while no layout counts: the next one is drawn in a quarter of that alone
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
        for lane in lanes:
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


class Bounder:
    """Raises the bound where it is lowest: those spines alone decide what the answer can promise.

    Turn by turn, by a tree of zones or of hubs' boxes. What it finds on the way is drawn where the search goes on: `tell`.
    """

    def __init__(self, race: Race, wait: float) -> None:
        """`wait`: seconds from the first layout on that are left to the search alone."""
        self.race, self.wait, self.stop = race, wait, Halt()
        self.trouble: BaseException | None = None
        self.found: list[tuple[Lane, Built, cpsat.Outcome]] = []
        self.told = float("-inf")
        self.busy: list[int] = []  # lanes, one for each who works on them
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless the work must be reproducible or there is one core.

        The interpreter waits for it at its own end: a linear program still solved then takes the process down. Said
        outright, since a thread is a daemon where the one that starts it is.
        """
        if self.thread is None and not self.race.effort.reproducible and self.race.parallel > 1:
            self.thread = threading.Thread(target=self._run, name="bounds", daemon=False)
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

    def give_up(self) -> None:
        """No more bounds; what is in the making is not waited for where it does not end soon."""
        self.stop.set()
        if self.thread is not None:
            self.thread.join(GIVEN_UP)

    def end(self) -> None:
        """No more bounds, and what was found last is told. Raises what went wrong there."""
        self.give_up()
        self.tell_trouble()
        if not self.race.cancel:
            self.tell()

    def tell_trouble(self) -> None:
        """Raises what went wrong in the thread, if anything did."""
        if self.trouble is not None:
            raise self.trouble

    def help(self) -> None:
        """Turns here for a while, on the lowest spine or leaf that is not worked on there."""
        race = self.race
        cancel = race.cancel if race.cancel is not None else self.stop
        end = race.clock.seconds() + HELP_SHARE * race.effort.seconds
        while not race.cancel and race.clock.seconds() < end and (lane := self._lowest()) is not None:
            self._raise(lane, cancel)
            self.tell()

    def _run(self) -> None:
        try:
            self.stop.event.wait(self.wait)
            shown = self.race.clock.seconds()
            while not self.stop and self.race.best is None and self.race.clock.seconds() - shown < ASIDE_SECONDS:
                self.stop.event.wait(SOON)
            while not self.stop and self._in_time() and (self._open() or self.race.best is None):
                lane = self._lowest()
                if lane is None:  # others work on all that is left
                    self.stop.event.wait(SOON)
                else:
                    self._raise(lane, self.stop)
        except BaseException as trouble:  # raised anew where the search goes on: `tell_trouble`
            self.trouble = trouble

    def _in_time(self) -> bool:
        return self.race.time_to_search() > 0.1

    def _open(self) -> list[Lane]:
        """The spines that may hold a better layout, the lowest bound first, while there is time to raise it. Until one counts
        the first turns alone are worth their time: all later ones lean on what it costs."""
        if not self._in_time():
            return []
        if (best := self.race.best) is None:
            return [n for n in self.race.by_promise() if n.bound < float("inf") and (n.tree is None or n.by_hubs())]
        return [n for n in self.race.by_promise() if n.bound < (1 - CLOSE_ENOUGH) * best.objective]

    def _lowest(self) -> Lane | None:
        """The spine with the lowest bound that is not worked on, or the lowest leaf of its tree that is not.

        Of those hardly dearer one with a glance alone comes first: its first turn tells most, and it would soon be the lowest.
        """
        lanes = [(self._left(n), n.index, n) for n in self._open()]
        lanes = sorted(each for each in lanes if each[0] < float("inf"))
        if not lanes:
            return None
        near = lanes[0][0] + (NEARLY * self.race.best.objective if self.race.best is not None else 0.0)
        glanced = (n for bound, _, n in lanes if bound < near and n.tree is None and not n.by_hubs())
        return next(glanced, lanes[0][2])

    def _left(self, lane: Lane) -> float:
        """The bound of what nobody works on there."""
        if lane.index not in self.busy:
            return lane.bound
        return lane.tree.left() if lane.tree is not None and not lane.by_hubs() else float("inf")

    def _raise(self, lane: Lane, cancel: Cancel) -> None:
        self.busy.append(lane.index)
        try:
            if lane.by_hubs():
                by_hubs(self.race, lane, self.race.time_to_search(), cancel)
                return
            asked = by_zones(self.race, lane, self.race.time_to_search(), cancel)
            if asked is not None and asked.outcome.values is not None:
                self.found.append((lane, asked.built, asked.outcome))
        finally:
            self.busy.remove(lane.index)
