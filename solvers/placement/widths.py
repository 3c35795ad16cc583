"""Main aisles of several widths: the widest is tried first, narrower ones soon, where it shows no layout.

A wide aisle is wanted, not asked for: a hall that holds its programme beside a narrower one is no hall in which nothing fits.
So all are searched in turn, each stage for all widths before the next; the first layout found decides on which one goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from solvers.effort import Status
from solvers.placement.beside import Bounder, search_and_bound
from solvers.placement.first import HINT_SECONDS, first_layouts, look_at_all, many_layouts, more_layouts, search_again
from solvers.placement.lanes import known_places
from solvers.placement.problem import PlacementProblem, Pose
from solvers.placement.proving import improve
from solvers.placement.race import Race
from solvers.placement.ranking import rank
from solvers.placement.refuting import refute_all
from solvers.placement.slices import any_layout
from solvers.placement.variables import Question

Begin = Callable[[PlacementProblem, int], Race | None]
Stage = Callable[[Race, tuple[Pose, ...]], None]


@dataclass(slots=True)
class Heat:
    """The race on one width, and what raises its bounds beside once a layout is shown."""

    problem: PlacementProblem
    width_dm: int
    race: Race
    bounder: Bounder

    def decided(self) -> bool:
        """Is there nothing to do for other widths any more?"""
        return self.race.best is not None or bool(self.race.cancel)

    def disproved(self) -> bool:
        """Is it proven that nothing fits along any spine, whatever is built? What was laid aside fits."""
        open_still = self.race.unbuilt() or self.race.laid_aside
        return not open_still and all(lane.bound == float("inf") for lane in self.race.lanes)

    def by_doors(self) -> bool:
        """Was it asked for toilets near both doors, which no layout must have, where all else has a place?"""
        return any(lane.question.by_doors and _but_toilets(lane.question) for lane in self.race.lanes)


def _but_toilets(question: Question) -> bool:
    """Has every module a place, toilets left out?"""
    return all(modes for e, modes in question.modes.items() if e not in question.toilets)


def race_widths(
    problem: PlacementProblem, widths: tuple[int, ...], begin: Begin, hint: tuple[Pose, ...]
) -> tuple[Race, Status]:
    """The race on the first width with a layout, run to its end, or the last one; and how it ended where there is none.

    `begin` makes the race on a width, or None where no aisle of that width has a way.
    """
    heats: list[Heat] = []
    try:
        ended = _raced(heats, problem, widths, begin, hint)
    finally:
        for heat in heats:  # those too of which no layout counts
            heat.bounder.give_up()
    for heat in heats:
        heat.bounder.tell_trouble()
    return ended


def _raced(
    heats: list[Heat], problem: PlacementProblem, widths: tuple[int, ...], begin: Begin, hint: tuple[Pose, ...]
) -> tuple[Race, Status]:
    """The same, with the races that were begun in `heats`."""
    if hint and len(widths) > 1:
        widths, begin = where_it_stood(problem, widths, begin, hint)
    untried = widths
    for k, width in enumerate(widths):
        untried = widths[k + 1 :]
        heat = _opened(problem, width, begin, hint)
        if heat is None:
            continue
        heats.append(heat)
        if heat.decided():
            return _ended(heat)
        if heat.race.clock.left() <= 0:
            break
    for stage in (_more, _many, _whole):
        for k, heat in enumerate(heats):
            if not heat.disproved():
                others = sum(not each.disproved() for each in heats[k + 1 :])
                heat = heats[k] = _staged(stage, heat, others if stage is _whole else 0, begin, hint)
            if heat.decided():
                return _ended(heat)
    for heat in heats:  # what was found late, and keeps no rule
        heat.race.give_up_rules()
        if heat.decided():
            return _ended(heat)
    proven = not untried and all(heat.disproved() for heat in heats)
    return heats[-1].race, "infeasible" if proven else "unknown"


def where_it_stood(
    problem: PlacementProblem, widths: tuple[int, ...], begin: Begin, hint: tuple[Pose, ...]
) -> tuple[tuple[int, ...], Begin]:
    """The width first beside which most of an earlier answer has its places, the widest on a tie; and what begins races, which
    gives those that were begun to tell. On another aisle all would move because of one pin."""
    begun: dict[int, Race | None] = {}
    moved = {pin.element for pin in problem.pins}
    stayed = tuple(pose for pose in hint if pose.element not in moved)
    known: dict[int, int] = {}
    for width in widths:
        race = begun[width] = begin(problem, width)
        if race is None:
            known[width] = -1
            continue
        known[width] = max((known_places(lane.question, stayed) for lane in race.lanes), default=0)
        if known[width] == len(stayed) or race.clock.left() <= 0:
            break

    def again(asked: PlacementProblem, width: int) -> Race | None:
        return begun.pop(width) if asked is problem and width in begun else begin(asked, width)

    first = max(known, key=lambda width: known[width])
    return (first, *(width for width in widths if width != first)), again


def _opened(problem: PlacementProblem, width_dm: int, begin: Begin, hint: tuple[Pose, ...]) -> Heat | None:
    """The race on a width after its first stage; the toilets' nearness to both doors is given up where it proves too much."""
    race = begin(problem, width_dm)
    if race is None:
        return None
    heat = Heat(problem, width_dm, race, Bounder(race, wait=HINT_SECONDS if hint else 0.0))
    race.when_shown = heat.bounder.start
    try:
        while race.all_closed() and race.unbuilt() and not race.cancel and race.clock.left() > 0:
            race.build_walls()
        if not race.all_closed():
            first_layouts(race, hint)
    except BaseException:
        heat.bounder.give_up()
        raise
    return _without_doors(heat, begin, hint)


def _without_doors(heat: Heat, begin: Begin, hint: tuple[Pose, ...]) -> Heat:
    if heat.decided() or not heat.disproved() or not heat.by_doors():
        return heat
    return _opened(replace(heat.problem, toilets_by_doors=False), heat.width_dm, begin, hint) or heat


def _staged(stage: Stage, heat: Heat, others: int, begin: Begin, hint: tuple[Pose, ...]) -> Heat:
    """The race after one more stage, which leaves as much time to each of the others as it takes itself."""
    clock = heat.race.clock
    clock.kept = max(0.0, clock.left()) * others / (others + 1)
    stage(heat.race, hint)
    eased = _without_doors(heat, begin, hint)
    if eased is not heat and not eased.decided():
        stage(eased.race, hint)
    clock.kept = 0.0
    return eased


def _more(race: Race, hint: tuple[Pose, ...]) -> None:
    more_layouts(race)
    if race.best is not None:
        look_at_all(race)


def _many(race: Race, hint: tuple[Pose, ...]) -> None:
    many_layouts(race)
    while race.best is None and race.unbuilt() and not race.cancel and race.clock.left() > 0:
        race.build_walls()


def _whole(race: Race, hint: tuple[Pose, ...]) -> None:
    """What holds no layout is proven so, and the whole model looks for one where the quick search found none."""
    refute_all(race)
    if not race.all_closed():
        search_again(race)
        any_layout(race, hint)
    if race.best is None and not race.all_closed():
        improve(race)


def _ended(heat: Heat) -> tuple[Race, Status]:
    """The race with a layout goes on until nothing is left to gain or time is up."""
    race = heat.race
    race.give_up_rules()  # who stops has the best that is laid aside
    try:
        if race.best is not None and not race.cancel:
            search_and_bound(race, heat.bounder)
    finally:
        heat.bounder.end()
    if not race.all_closed():
        improve(race)
        rank(race)
    return race, "cancelled" if race.cancel else "unknown"
