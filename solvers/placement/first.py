"""A first layout soon: the quick search on the spines that promise most; each layout of it is drawn and checked."""

from __future__ import annotations

from collections.abc import Callable

from solvers.placement.evaluate import terms_of_poses
from solvers.placement.lanes import MANY, ROOMY, Best, Lane, known_places, places_in, room_along, without_place
from solvers.placement.prepare import widths_of
from solvers.placement.problem import Pose
from solvers.placement.quick import FIRST_BURSTS, Found, QuickSearch
from solvers.placement.race import Race
from solvers.placement.refuting import refute
from solvers.placement.repair import cuts_for, hardly_moved, hardly_opened
from solvers.placement.slices import search_each
from solvers.placement.typologies import at_no_wall

HINT_SECONDS, HINT_SHARE = 1.5, 0.4  # for what changes about an earlier answer, and the most of the effort for it
HINT_BURSTS = FIRST_BURSTS  # before the first layout is drawn: what gave way stands badly at first, and better at once
QUICK_SHARE = 0.03  # of the effort for one more quick search on a spine
FIRST_PASSES = ((3, 0.003), (6, 0.015), (9, 0.04))  # until there is a layout: how many lanes, share on each
FEW, SOON_SHARE = 2, 0.02  # lanes that are left of a small hall, and of the effort for the whole model on each
KEEP_SHARE, KEEP_SECONDS, KEEP_LANES = 0.15, 2.0, 5  # of the effort, at most, and spines, for a layout that keeps all rules
KEEP_TRIED, KEEP_MOST = 10, 0.08  # where that were fewer layouts than these it takes longer, up to this share of the effort
NEARLY = 2  # modules without a place on a spine that is searched on before it is asked whether it holds any layout
LEAST_SECONDS = 0.09  # on each, whatever the effort: to lay out the places alone takes as long
DRAWN_FREE = 3  # layouts that are laid aside take no time off a spine's share before there is one that counts
LOOKED_AT = ((10, 0.01), (4, 0.025), (2, 0.05))  # how many lanes, share on each
AGAIN_SHARE = 0.35  # of the effort for all lanes of a large hall in turn, where the first passes found nothing
QUICK_SLICE = 0.25  # seconds between two looks at what the quick search found
LARGE_SLICE = 0.75  # the same in a large hall, where drawing takes as long as the search itself otherwise
FIRST_SLICE = 0.05  # the same while there is no layout yet
ROUNDS_PER_SECOND = 400  # of the quick search in reproducible work


def first_layouts(race: Race, hint: tuple[Pose, ...]) -> None:
    """The quick search where a glance promises most, for a moment each; of what one finds all others are looked at."""
    if hint:
        _from_hint(race, hint)
    built = race.best is None and not any(room_along(lane) >= ROOMY for lane in race.by_promise())
    if built:  # the hall's own walls are too short by all odds: others are built before any search
        race.build_walls()
    if race.best is None and _is_tight(race):
        search_each(race, SOON_SHARE)
    _pass(race, 0, _soonest if _is_narrower(race) else lambda lane: -min(room_along(lane), ROOMY))
    _in_other_halls(race)
    if not built:
        race.build_walls()
    keep_trying(race)
    if race.best is not None:
        look_at_all(race)


def _is_narrower(race: Race) -> bool:
    """Was a wider aisle searched before, and showed none? Whoever waited waits for no better layout then, but for any."""
    return all(lane.spine.width_dm < widths_of(race.problem)[0] for lane in race.lanes)


def _in_other_halls(race: Race) -> None:
    """Of a building with rooms: no layout in the halls that are prepared, so the next one is, until there is a layout."""
    while race.shown() is None and race.waiting and not race.cancel and race.clock.left() > 0:
        known = len(race.lanes)
        race.build_walls()
        for lane in race.lanes[known:]:
            if race.shown() is None and not lane.closed:
                search_quickly(race, lane, max(FIRST_PASSES[0][1], LEAST_SECONDS / race.effort.seconds))


def keep_trying(race: Race) -> None:
    """Layouts, but none that keeps the rules about ways: more of the quick search, then the cheapest is taken as it is.

    Some seconds are enough for many layouts; where they take longer, so does this.
    """
    begun = race.clock.now()

    def goes_on() -> bool:
        if race.best is not None or not race.laid_aside or race.cancel or race.time_to_search() <= 0.01:
            return False
        spent = race.clock.now() - begun
        least = min(KEEP_SHARE * race.effort.seconds, KEEP_SECONDS)
        few = len(race.laid_aside) < KEEP_TRIED
        return spent < least or (few and spent < KEEP_MOST * race.effort.seconds)

    while goes_on():
        for lane in sorted(race.by_promise(), key=_soonest)[:KEEP_LANES]:
            if goes_on():
                search_quickly(race, lane, max(QUICK_SHARE, LEAST_SECONDS / race.effort.seconds))
    race.give_up_rules()


def more_layouts(race: Race) -> None:
    """Still none: more of it on more spines, and with more walls built, where it found most."""
    _pass(race, 1, _soonest)
    keep_trying(race)
    race.build_walls()


def many_layouts(race: Race) -> None:
    """Still none: once more, for longer."""
    _pass(race, 2, _soonest)
    keep_trying(race)
    race.build_walls()
    look_at_all(race)


def _pass(race: Race, turn: int, key: Callable[[Lane], tuple[int, int] | float]) -> None:
    """Some spines in turn. One that is asked first whether it holds any layout is then searched for as long as the question
    took: four fifths of a tight hall's time went into asking, and a second more of searching would have found a layout."""
    count, share = FIRST_PASSES[turn]
    for lane in sorted(race.by_promise(), key=key)[:count]:
        if turn > 0 and race.clock.left() <= 0:
            return  # what may be proven after the effort is asked in its own stage
        begun = race.clock.now()
        if race.best is None and turn > 0 and not _holds_nearly_all(lane):
            refute(race, lane)
        asked = race.clock.now() - begun
        if race.best is None and not lane.closed:
            lane.fills = turn > 0 and not lane.is_large()
            search_quickly(race, lane, max(share * race.effort.seconds, LEAST_SECONDS, asked) / race.effort.seconds)


def _holds_nearly_all(lane: Lane) -> bool:
    """Did the search so far lack no more than one or two modules? Such a spine is hardly ever disproved in half a second."""
    return lane.quick is not None and len(lane.quick.lacking) <= NEARLY


def _is_tight(race: Race) -> bool:
    """Along most spines of a small hall some module stands nowhere: the whole model soon tells whether the others hold all."""
    lanes = race.by_promise()
    return len(lanes) <= min(FEW, len(race.lanes) // 2) and not race.unbuilt() and not any(n.is_large() for n in lanes)


def look_at_all(race: Race) -> None:
    """All lanes for a moment, and longer where most was found. What is still to be built is built first: nothing but a glance
    would bound it."""
    while race.unbuilt() and not race.cancel and race.time_to_search() > 0:
        race.build_walls()
    for count, share in LOOKED_AT:
        lanes = sorted((n for n in race.by_promise() if race.may_be_better(n)), key=lambda n: n.quick_cost)
        for lane in lanes[:count]:
            if race.may_be_better(lane):
                search_quickly(race, lane, share)


def _soonest(lane: Lane) -> tuple[int, int]:
    """Where the fewest modules lack a place, and where they have most places, a layout is found soonest; the better one may be
    elsewhere."""
    return without_place(lane), -places_in(lane.question)


def search_again(race: Race) -> None:
    """Still no layout, and none disproved: in large halls the quick search goes on where it stopped, on every spine in turn.
    It finds what the whole model never does there."""
    clock = race.clock
    if race.best is not None or not any(lane.is_large() for lane in race.by_promise()):
        return
    end = clock.now() + min(AGAIN_SHARE * race.effort.seconds, race.time_to_search())
    lanes = sorted(race.by_promise(), key=_soonest)
    while race.best is None and end - clock.now() > 0.01 and not race.cancel:
        for lane in lanes:
            if race.best is None and end - clock.now() > 0.01:
                search_quickly(race, lane, max(QUICK_SHARE, 2 * LEAST_SECONDS / race.effort.seconds))


def _from_hint(race: Race, hint: tuple[Pose, ...]) -> None:
    """The earlier answer's modules on the spine that knows most of its places: most of a re-solve is done."""

    def known(lane: Lane) -> int:
        return known_places(lane.question, hint)

    while race.waiting and not race.cancel and max(map(known, race.lanes)) < len(hint) and race.clock.left() > 0:
        race.build_walls()  # it stands in another hall
    built = at_no_wall(race.problem.level, hint)
    while built and race.to_build and not race.cancel and race.clock.left() > 0:
        if max(known_places(lane.question, built) for lane in race.lanes) == len(built):
            break
        race.build_walls()  # it stands at walls of a typology
    lane = max((lane for lane in race.lanes if not lane.closed), key=lambda n: (known(n), -n.index))
    lane.quick = QuickSearch(lane.question, race.rules, race.weights, race.effort.seed)
    if lane.quick.begin(hint):
        share = max(2 * QUICK_SHARE, min(HINT_SHARE, HINT_SECONDS / race.effort.seconds))
        search_quickly(race, lane, share, bursts=HINT_BURSTS)


def search_quickly(race: Race, lane: Lane, share: float, *, bursts: int = 0) -> None:
    """Some more of the quick search on one spine. Its best layout is drawn and checked like all others; what is wrong
    with it is forbidden, and the search goes on. The first one is bettered for so many `bursts` before."""
    clock = race.clock
    if race.time_to_search() <= 0.01 or race.cancel:
        return  # to lay out the places of a large hall takes a second, which the effort does not have
    if lane.quick is None:
        lane.quick = QuickSearch(lane.question, race.rules, race.weights, race.effort.seed)
        for cut in lane.cuts:
            lane.quick.forbid(cut)
    lane.quick.fills = lane.fills
    end = clock.now() + min(share * race.effort.seconds, race.time_to_search())  # laying out places comes on top
    quick = lane.quick

    def stop() -> bool:
        return bool(race.cancel) or (race.best is None and is_ready())  # who waits for a first layout waits for no better

    def is_ready() -> bool:
        return bool(quick.pool) and (race.best is not None or quick.bursts >= bursts)

    between = LARGE_SLICE if len(lane.question.modes) >= MANY else QUICK_SLICE
    free = DRAWN_FREE
    while end - clock.now() > 0.01 and not race.cancel:
        seconds = min(between if race.best is not None else FIRST_SLICE, end - clock.now())
        rounds = round(seconds * ROUNDS_PER_SECOND) if race.effort.reproducible else None
        found = quick.run(seconds=seconds, rounds=rounds, stop=stop)
        clock.grant(seconds)
        if found and (is_ready() or end - clock.now() <= 0.01):
            lane.quick_cost = found[0].cost  # also where it is forbidden now: what comes is hardly dearer
            begun = clock.now()
            _judge(race, lane, quick, found[0])
            if race.best is None and free:
                free, end = free - 1, end + clock.now() - begun


def _judge(race: Race, lane: Lane, quick: QuickSearch, found: Found) -> None:
    terms = terms_of_poses(lane.question, found.poses, found.arcs, race.weights)
    objective = sum(terms.values())
    if race.best is not None and objective >= race.best.objective - 1e-6:
        return
    drawn = race.drawn(lane, found.poses, found.arcs)
    one = Best(objective, found.poses, found.arcs, lane.index, terms, drawn)
    if race.accepts(drawn):
        lane.last = (found.poses, found.arcs)
        race.keep(one)
        return
    if not drawn.faults:
        race.lay_aside(one)
        quick.forbid(hardly_moved(found.poses, drawn))
    race.rejected += bool(drawn.faults)
    cuts = cuts_for(lane.problem, lane.ready, lane.spine, found.poses, drawn)
    if drawn.faults and all(len(cut.parts) == len(found.poses) for cut in cuts):
        for near in hardly_opened(lane.problem, lane.spine, found.poses, drawn):
            quick.forbid(near)
    for cut in cuts:
        lane.cuts.append(cut)
        lane.aside.extend([] if drawn.faults else [cut])
        quick.forbid(cut)
