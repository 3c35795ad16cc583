"""Why nothing fits, and what would help: necessary conditions first, then the largest programme that does fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from solvers import cpsat
from solvers.effort import Cancel, Effort
from solvers.placement.baselines import stretches
from solvers.placement.columns import in_the_aisle
from solvers.placement.fullness import least_area_m2, least_areas_m2
from solvers.placement.model import build
from solvers.placement.prepare import TOILETS, Prepared, elements_of, frontage, prepare
from solvers.placement.problem import Missing, PlacementProblem
from solvers.placement.raster import floor_polygon
from solvers.placement.toilet_places import are_far
from solvers.placement.upfront import tight

ELASTIC_SECONDS, ELASTIC_SHARE = 6.0, 0.2  # at most, and of the effort
NAMED = 6  # modules in one sentence
FEW = 3  # modules without a place: the fullest layout seen tells enough
MOST_LEFT_OUT = 0.5  # of the modules: what leaves out more was short of time and names no culprit
Reason = tuple[str, dict[str, str | int | float]]


def explain(
    problem: PlacementProblem, ready: Prepared, effort: Effort, cancel: Cancel | None, *, proven: bool,
    lacking: tuple[str, ...] = (),
) -> Missing:  # fmt: skip
    """The modules that found no place on the best spine, and reasons as codes with figures and what would relax them.

    `lacking`: the fewest for which a search had no place; where they are few, no more is looked for.
    """
    reasons: list[Reason] = []
    if not ready.spines:
        widths = problem.programme.rules.spine_widths_mm
        return Missing(elements=(), reasons=(("placement.no_spine", {"least_width_mm": min(widths)}),))
    if not ready.arcs:
        reasons.append(("placement.no_staff_door", {"level": problem.level.id}))
    reasons.extend(_area(problem))
    sides = stretches(ready.arcs)
    need, offered = frontage(problem, ready.walls, tuple(side[0] for side in sides))
    if need > offered:
        reasons.append(("placement.frontage", {"need_m": round(need / 1000, 1), "offered_m": round(offered / 1000, 1)}))
    nowhere = [e.id for e in elements_of(problem) if all(not q.modes[e.id] for q in ready.questions)]
    kept_off = _kept_off(problem, nowhere, cancel)
    no_room = [e for e in nowhere if e not in kept_off]
    if no_room:
        reasons.append(_of_modules("placement.fits_nowhere", no_room, problem))
    left_out = lacking
    if not cancel and not 0 < len(lacking) <= FEW:
        left_out = min(filter(None, (lacking, _left_out(problem, ready, effort, cancel))), key=len, default=())
    wanted = len(elements_of(problem))
    names = 0 < len(left_out) < wanted and (proven or len(left_out) <= MOST_LEFT_OUT * wanted)  # all of them names no culprit
    if names and not set(left_out) <= set(nowhere):  # those are told already
        reasons.append(_of_modules("placement.left_out", left_out, problem))
    reasons.extend([] if cancel else _columns(problem, no_room))
    reasons.extend(_in_the_aisle(problem, {*nowhere, *left_out}))
    reasons.extend(_one_toilet_place(problem, left_out))
    hints = tight(problem)
    reasons.extend(hints)
    if len(sides) == 1 and all(code != "placement.one_side_only" for code, _ in hints):  # the same with its lengths
        reasons.append(("placement.one_staff_door", {"door": ", ".join(arc.id for arc in sides[0])}))
    if not proven:
        reasons.append(("placement.not_proven", {"seconds": effort.seconds}))
    return Missing(elements=tuple(dict.fromkeys((*nowhere, *left_out))), reasons=tuple(reasons))


def _of_modules(code: str, modules: Sequence[str], problem: PlacementProblem) -> Reason:
    """All of them by name; of many, those that cover most floor and how many more there are."""
    if len(modules) <= NAMED:
        return code, {"modules": ", ".join(modules)}
    covers = least_areas_m2(problem.programme)
    largest = sorted(modules, key=lambda m: (-covers[m], m))[:NAMED]
    return f"{code}_many", {"modules": ", ".join(largest), "more": len(modules) - NAMED}


def _kept_off(problem: PlacementProblem, nowhere: list[str], cancel: Cancel | None) -> set[str]:
    """Modules without a place that have places where nothing is wished or pinned: no wall lacks room for them."""
    if not nowhere or not (problem.wishes or problem.pins) or cancel:
        return set()
    free = prepare(replace(problem, wishes=(), pins=()))
    return {e for e in nowhere if any(q.modes.get(e) for q in free.questions)}


def _columns(problem: PlacementProblem, nowhere: list[str]) -> list[Reason]:
    """Modules without a place that would have places if the columns were not there."""
    if not nowhere or not problem.level.columns:
        return []
    without = prepare(replace(problem, level=replace(problem.level, columns=())))
    freed = [e for e in nowhere if any(q.modes.get(e) for q in without.questions)]
    return [("placement.columns_in_the_way", {"modules": ", ".join(freed)})] if freed else []


def _in_the_aisle(problem: PlacementProblem, without: set[str]) -> list[Reason]:
    """Banks lack a place, and columns stand where visitors walk before counters."""
    found = in_the_aisle(problem) if without & {b.id for b in problem.programme.banks} else None
    if found is None:
        return []
    values: dict[str, str | int | float] = {
        "near_m": found.near_mm / 1000, "far_m": found.far_mm / 1000,
        "low_m": found.low_mm / 1000, "high_m": found.high_mm / 1000,
    }  # fmt: skip
    return [("placement.columns_in_the_aisle", values)]


def _one_toilet_place(problem: PlacementProblem, left_out: tuple[str, ...]) -> list[Reason]:
    """The only toilets lack a place, which must be near everything at which visitors stop."""
    rooms = [r.id for r in problem.programme.rooms if r.kind in TOILETS]
    if len(rooms) != 1 or rooms[0] not in left_out or not are_far(problem.level, problem.programme.rules):
        return []
    most = problem.programme.rules.toilet_distance_mm / 1000
    return [("placement.one_toilet_place", {"module": rooms[0], "most_m": most})]


def _area(problem: PlacementProblem) -> list[Reason]:
    floor = floor_polygon(problem.level).area / 1e6
    need = least_area_m2(problem.programme)
    if need <= floor:
        return []
    return [("placement.larger_than_floor", {"need_m2": round(need, 1), "floor_m2": round(floor, 1)})]


def _left_out(problem: PlacementProblem, ready: Prepared, effort: Effort, cancel: Cancel | None) -> tuple[str, ...]:
    """The modules that the fullest layout leaves out, on the spine that can hold most."""
    fewest: tuple[str, ...] | None = None
    share = min(ELASTIC_SECONDS, ELASTIC_SHARE * effort.seconds) / len(ready.questions)
    for question in ready.questions:
        if cancel:
            break
        built = build(question, problem.programme.rules, problem.weights, elastic=True)
        outcome = cpsat.run(built.model, seconds=share, effort=effort, cancel=cancel)
        if outcome.values is None:
            continue
        out = tuple(e for e, on in built.variables.on.items() if not outcome.values[on.index])
        if fewest is None or len(out) < len(fewest):
            fewest = out
    return fewest or ()
