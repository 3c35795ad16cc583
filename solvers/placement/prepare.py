"""From a placement problem to one question per candidate spine, fully prepared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

from layouts.plan import Level
from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, Wall, clear_of_spine, staff_arcs, walls_of
from solvers.placement.comfort import comfortable
from solvers.placement.doorstep import Step, doorsteps, past_the_gate
from solvers.placement.kept import kept
from solvers.placement.laying import element_modes
from solvers.placement.model import same_mode
from solvers.placement.modes import Element, FloorMemo, Ground, Mode, ground
from solvers.placement.modules import bank_length, dm
from solvers.placement.near import rated
from solvers.placement.problem import DM, Pinned, PlacementProblem, SpineLine
from solvers.placement.raster import Raster, rasterise
from solvers.placement.rooms import standing_modes
from solvers.placement.spines import candidate_spines, spine_boxes
from solvers.placement.toilet_places import near_both_ends
from solvers.placement.variables import Question
from solvers.placement.ways_in import walked
from solvers.placement.wishes import allowed

KEPT_SITES = 12  # halls whose preparation is kept in memory: two widths of all that a building offers
TOILETS = ("toilets", "toilet_accessible")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that the race needs: rasters, walls, arcs, spines and a question for each spine."""

    raster: Raster
    walls: tuple[Wall, ...]
    arcs: tuple[Arc, ...]
    spines: tuple[SpineLine, ...]
    questions: tuple[Question, ...]


def elements_of(problem: PlacementProblem) -> tuple[Element, ...]:
    """All modules of the programme, in a fixed order."""
    programme = problem.programme
    return (*programme.banks, *programme.rooms, *programme.islands)


def widths_of(problem: PlacementProblem) -> tuple[int, ...]:
    """The spine widths that may be tried (dm), the widest first."""
    return tuple(sorted({dm(w) for w in problem.programme.rules.spine_widths_mm}, reverse=True))


def prepare(problem: PlacementProblem, width_dm: int | None = None) -> Prepared:
    """Rasterise, find spines of one width (the widest that has any), and lay out the modes of every module along each.

    All but the pins is kept for the next question about the same hall: a solve with another pin begins at once.
    """
    return _asked(_site(replace(problem, pins=()), width_dm), problem)


@lru_cache(maxsize=KEPT_SITES)
def _floor(level: Level, rules: LayoutRules) -> tuple[Raster, tuple[Wall, ...], tuple[Arc, ...], FloorMemo]:
    """What is the same beside aisles of every width. `rules` decide where seats find room between columns."""
    walls = walls_of(level)
    return rasterise(level), walls, staff_arcs(level, walls), FloorMemo()


@lru_cache(maxsize=KEPT_SITES)
def _site(problem: PlacementProblem, width_dm: int | None) -> Prepared:
    raster, walls, arcs, memo = _floor(problem.level, problem.programme.rules)
    widths = widths_of(problem) if width_dm is None else (width_dm,)
    spines = candidate_spines(problem.level, raster, widths, problem.max_spines)
    found = [(spine, _question(problem, raster, walls, arcs, spine, memo)) for spine in spines]
    useless = sum(not _has_places(q) for _, q in found) if arcs or not problem.programme.banks else 0
    if useless:  # others instead, as many as there are
        more = candidate_spines(problem.level, raster, widths, problem.max_spines + useless)[len(spines) :]
        found += [(spine, _question(problem, raster, walls, arcs, spine, memo)) for spine in more]
        found = sorted(found, key=lambda each: not _has_places(each[1]))[: len(spines)]
    return Prepared(raster, walls, arcs, tuple(spine for spine, _ in found), tuple(q for _, q in found))


def _has_places(question: Question) -> bool:
    """Has every module a place?"""
    return all(question.modes.values())


def prepare_on(problem: PlacementProblem, spine: SpineLine) -> Prepared:
    """The same for one spine that is known already: on the level of a typology, whose walls the spine runs clear of."""
    return _asked(_site_on(replace(problem, pins=()), spine), problem)


@lru_cache(maxsize=3 * KEPT_SITES)
def _site_on(problem: PlacementProblem, spine: SpineLine) -> Prepared:
    raster = rasterise(problem.level)
    walls = walls_of(problem.level)
    arcs = staff_arcs(problem.level, walls)
    return Prepared(raster, walls, arcs, (spine,), (_question(problem, raster, walls, arcs, spine, FloorMemo()),))


def _question(
    problem: PlacementProblem, raster: Raster, walls: tuple[Wall, ...], arcs: tuple[Arc, ...], spine: SpineLine, memo: FloorMemo
) -> Question:
    elements = elements_of(problem)
    depth = dm(problem.programme.rules.staff_corridor_mm)
    base = ground(problem.level, raster, walls, clear_of_spine(arcs, walls, spine_boxes(spine), depth), spine, memo)
    modes = {e.id: element_modes(problem, base, e) for e in elements}
    for room in problem.programme.rooms:
        modes[room.id] = (*modes[room.id], *standing_modes(problem, base, room))
    modes = {e: _wished(problem, ms) for e, ms in modes.items()} if problem.wishes else modes
    ways = walked(problem.programme.flows, frozenset(modes), problem.level, spine)
    modes = _comfortable(problem, base, modes, ways.visits())
    stops = {*ways.first, *ways.last, *(e for leg in ways.legs for e in leg)}
    aside = tuple(e.id for e in elements if e.id not in stops and getattr(e, "side", "public") == "public")
    visitors = sum(f.visitors_per_day for f in problem.programme.flows)
    toilets = tuple(r.id for r in problem.programme.rooms if r.kind in TOILETS)
    by_doors = _toilets_by_doors(problem, spine, toilets, modes)
    modes, by_doors = modes | by_doors, {w: ms for w, ms in by_doors.items() if ms != modes[w]}
    near = rated(problem.programme.nearness, modes) if problem.weights.nearness else ()
    removed = sum(w.length_mm for w in problem.hall.removed) // DM if problem.hall is not None else 0
    legs = tuple((e, f, n) for (e, f), n in ways.legs.items())
    return Question(
        base, modes, legs, ways.first, ways.last, aside, visitors, toilets, removed, near, ways.doors, bool(by_doors)
    )  # fmt: skip


def _toilets_by_doors(
    problem: PlacementProblem, spine: SpineLine, toilets: tuple[str, ...], modes: dict[str, tuple[Mode, ...]]
) -> dict[str, tuple[Mode, ...]]:
    """The modes of toilets that are the only ones, near entrance and exit too."""
    if len(toilets) != 1 or not problem.toilets_by_doors:
        return {}
    (w,) = toilets
    return {w: near_both_ends(modes[w], spine.length_dm(), problem.programme.rules.toilet_distance_mm // DM)}


def _comfortable(
    problem: PlacementProblem, base: Ground, modes: dict[str, tuple[Mode, ...]], visits: dict[str, int]
) -> dict[str, tuple[Mode, ...]]:
    """The modes of banks with the comfort of their places, where anybody minds."""
    w = problem.weights
    if not w.daylight and not w.aisle_surplus:
        return modes
    return modes | {b.id: comfortable(base, b, modes[b.id], visits.get(b.id, 0), w) for b in problem.programme.banks}


def _asked(ready: Prepared, problem: PlacementProblem) -> Prepared:
    """What is prepared with what is pinned at its places alone, and all else where it can be screened."""
    ready, steps = _with_pins(ready, problem.pins), doorsteps(problem)
    if not steps:
        return ready
    return replace(ready, questions=tuple(_screenable(problem, q, steps) for q in ready.questions))


def _screenable(problem: PlacementProblem, question: Question, steps: tuple[Step, ...]) -> Question:
    pinned = {pin.element for pin in problem.pins}
    modes = dict(question.modes)
    for e in elements_of(problem):
        if e.id not in pinned:
            made_of = modes[e.id]
            modes[e.id] = kept(question.ground, ("doorstep", e.id), made_of, partial(past_the_gate, problem, e, made_of, steps))
    return replace(question, modes=modes) if any(modes[e] is not ms for e, ms in question.modes.items()) else question


def _with_pins(ready: Prepared, pins: tuple[Pinned, ...]) -> Prepared:
    """The same with pinned modules at their places alone."""
    return replace(ready, questions=tuple(_pinned(q, pins) for q in ready.questions)) if pins else ready


def _pinned(question: Question, pins: tuple[Pinned, ...]) -> Question:
    modes = dict(question.modes)
    for pin in pins:
        modes[pin.element] = tuple(_fixed(m, pin.pose.u_dm) for m in modes[pin.element] if _holds(m, pin.pose.u_dm, pin))
    return replace(question, modes=modes)


def _wished(problem: PlacementProblem, modes: tuple[Mode, ...]) -> tuple[Mode, ...]:
    """The modes with the positions that people's wishes leave them."""
    kept = (replace(m, runs=allowed(problem.wishes, problem.level, m)) for m in modes)
    return tuple(m for m in kept if m.runs)


def _holds(mode: Mode, u: int, pin: Pinned) -> bool:
    return same_mode(mode, pin.pose) and any(run.lo <= u <= run.hi for run in mode.runs)


def _fixed(mode: Mode, u: int) -> Mode:
    runs = tuple(replace(run, lo=u, hi=u) for run in mode.runs if run.lo <= u <= run.hi)
    return replace(mode, runs=runs)


def simpler(question: Question) -> Question:
    """The same question for a quick first layout: no setbacks and straight walls only, where that leaves a module a place."""

    def kept(mode: Mode) -> bool:
        return mode.back is not None and (mode.inside.desk is None or mode.inside.setback == 0)

    modes = {e: tuple(m for m in ms if kept(m)) or ms for e, ms in question.modes.items()}
    return replace(question, modes=modes)


def frontage(problem: PlacementProblem, walls: tuple[Wall, ...], arcs: tuple[Arc, ...]) -> tuple[int, int]:
    """Wall length (mm) that staffed modules need, and what the staff arcs offer: a necessary condition."""
    rules = problem.programme.rules
    need = sum(bank_length(b, rules) * 100 for b in problem.programme.banks)
    for room in problem.programme.rooms:
        if room.side == "staff":
            need += round(room.area_m2 * 1e6 / max(room.depths_mm or (6000,)))
    offered = sum(min(arc.high - arc.low, arc.round) for arc in arcs)
    return need, int(min(offered, walls[-1].sigma1) * 100)
