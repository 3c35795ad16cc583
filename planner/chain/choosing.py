"""Several layouts to choose from: alternatives that differ in kind, or a Pareto set; each walked, checked and stored alike.

On several storeys each has a search of its own and the same share of the effort; what is chosen from are whole buildings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from layouts.findings import BadInput
from layouts.layout import Layout
from planner.chain.asked import Asked, ask
from planner.chain.not_placed import nothing_chosen, refused
from planner.chain.placement_question import as_it_stood, by_hand_too, placement_problem
from planner.chain.placing import Found, in_one, walked
from planner.chain.sought import sought
from planner.digest import digest
from planner.found import OneFound
from planner.project import Project
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.alternatives import Alternative, alternatives
from solvers.placement.pareto import Point, pareto
from solvers.placement.problem import PlacementProblem
from solvers.placement.storeys import Building, BuildingPoint, building_points, buildings

Json = dict[str, Any]
Kept = TypeVar("Kept")
MOST_ALTERNATIVES = 9
MIXED = "mixed"  # a building whose storeys lean to different things


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The answers to keep as candidates, the best first, and what the command prints of them together."""

    answers: tuple[Json, ...]
    told: Json


def choose_alternatives(
    project: Project, effort: Effort, count: int, report: Report, cancel: Cancel, earlier: Any = None
) -> Choice:
    """What `centreline place --alternatives K` prints and stores."""
    if not 2 <= count <= MOST_ALTERNATIVES:
        raise BadInput("placement.alternatives_count", given=count, most=MOST_ALTERNATIVES)
    asked = ask(project)
    search = partial(alternatives, count=count)
    storeys = _searched(asked, effort, report, cancel, earlier, search)
    if isinstance(storeys, Choice):
        return storeys
    chosen = buildings([storey.found for storey in storeys], count)
    answers = [_answer(asked, storeys, building.storeys) for building in chosen]
    names = {bank.id: bank.name for bank in project.banks}
    told = [_told_alternative(b, storeys, body, names) for b, body in zip(chosen, answers)]
    return Choice(answers=tuple(answers), told=answers[0] | {"alternatives": told, "asked_for": count})


def choose_pareto(project: Project, effort: Effort, report: Report, cancel: Cancel, earlier: Any = None) -> Choice:
    """What `centreline place --pareto` prints and stores."""
    asked = ask(project)
    storeys = _searched(asked, effort, report, cancel, earlier, pareto)
    if isinstance(storeys, Choice):
        return storeys
    chosen = building_points([storey.found for storey in storeys], [storey.asked.programme for storey in storeys])
    answers = [_answer(asked, storeys, [p.alternative for p in point.storeys]) for point in chosen]
    best = [{"best_in": names} for names in _best_in(chosen)]
    told = [
        {"candidate": body["candidate"]} | first | _figures(p, storeys) | _short(body)
        for first, p, body in zip(best, chosen, answers)
    ]
    return Choice(answers=tuple(answers), told=answers[0] | {"pareto": told})


@dataclass(frozen=True, slots=True)
class _Storey(Generic[Kept]):
    """One storey's question and what was found for it."""

    asked: Asked
    problem: PlacementProblem
    found: tuple[Kept, ...]


def _searched(
    asked: Asked, effort: Effort, report: Report, cancel: Cancel, earlier: Any, search: Callable[..., tuple[Kept, ...]]
) -> list[_Storey[Kept]] | Choice:
    """What a search finds on every storey; or the reason why there is nothing on one of them, with its name."""
    storeys: list[_Storey[Any]] = []
    for one, share, telling in _storeys(asked, effort, report):
        named = {"level": one.level.id} if asked.others else {}
        problem = placement_problem(one, by_hand_too(asked, earlier), asked, as_it_stood(asked, earlier))
        if (no := refused(one, problem, effort)) is not None:
            return Choice(answers=(), told=no | named)
        storey: _Storey[Any] = _Storey(one, problem, ())

        def each(progress: Progress, telling: Report = telling, storey: _Storey[Any] = storey) -> None:
            telling(replace(progress, answer=_as_found(asked, storeys, storey, progress.answer)))

        found = search(problem, share, report=each, cancel=cancel)
        if not found:
            return Choice(answers=(), told=nothing_chosen(problem, share) | named)
        storeys.append(_Storey(one, problem, found))
    return storeys


def _as_found(asked: Asked, below: Sequence[_Storey[Any]], storey: _Storey[Any], answer: Any) -> Any:
    """What a search tells of: a layout on the way as it is, one of the choice with its answer.

    Of several storeys the last one's come with the best of those below, as whole buildings; of the others each is told as what
    was found on its storey, which its `choice` then names.
    """
    new = _alternative(answer)
    if new is None:
        return answer
    whole = len(below) == len(asked.others)
    parts = [*((under, _beside(under, answer)) for under in below), (storey, answer)] if whole else [(storey, answer)]

    def make() -> Json:
        found = [_found(one, chosen) for one, each in parts if (chosen := _alternative(each)) is not None]
        body = (in_one(asked, found) if len(found) > 1 else found[0]).answer
        told: Json = {"differs_in": list(new.differs_in)}
        if isinstance(answer, Point):
            point = building_points([[each] for _, each in parts], [one.asked.programme for one, _ in parts])[0]
            told = _figures(point, [one for one, _ in parts])
        if asked.others:
            told |= {"differs_on": [storey.asked.level.id]} if whole else {"level": storey.asked.level.id}
        return body | {"choice": told}

    placed = [a.placement.layout for _, each in parts if (a := _alternative(each)) is not None]
    levels = tuple(level for layout in placed if layout is not None for level in layout.levels)
    return OneFound(layout=Layout(levels=levels), make=make)


def _alternative(found: Any) -> Alternative | None:
    """What a search keeps, as a layout; None for anything else that it tells of."""
    one = found.alternative if isinstance(found, Point) else found
    return one if isinstance(one, Alternative) else None


def _beside(storey: _Storey[Any], new: Any) -> Any:
    """What goes with a layout of the storey above: what leans to the same, else the best."""
    if isinstance(new, Point):
        alike = (p for p in storey.found if p.alternative.condition == new.alternative.condition)
        return next(alike, storey.found[0])
    return min(storey.found, key=lambda one: one.placement.record.objective or 0.0)


def _storeys(asked: Asked, effort: Effort, report: Report) -> Iterator[tuple[Asked, Effort, Report]]:
    """Each storey's question for itself, its share of the effort, and how its search tells of its progress."""
    floors = asked.floors()
    share = replace(effort, seconds=effort.seconds / len(floors))
    for k, one in enumerate(floors):

        def telling(progress: Progress, k: int = k) -> None:
            done = None if progress.done is None else (k + progress.done) / len(floors)
            report(replace(progress, done=done))

        yield replace(one, others=()), share, telling


def _answer(asked: Asked, storeys: Sequence[_Storey[Any]], chosen: Sequence[Alternative]) -> Json:
    """The layouts of all storeys as one candidate: judged and checked as every layout is."""
    found = [_found(storey, alternative) for storey, alternative in zip(storeys, chosen)]
    return (in_one(asked, found) if asked.others else found[0]).answer


def _found(storey: _Storey[Any], chosen: Alternative) -> Found:
    own = replace(storey.problem, weights=chosen.weights)
    record = replace(chosen.placement.record, question_digest=digest(own))
    return walked(storey.asked, own, replace(chosen.placement, record=record))


def _told_alternative(building: Building, storeys: Sequence[_Storey[Any]], body: Json, names: Mapping[str, str]) -> Json:
    levels = [storey.asked.level.id for storey in storeys]
    conditions = {level: a.condition for level, a in zip(levels, building.storeys)}
    on = [levels[k] for k in building.differs_on]
    condition = conditions[(on or levels)[0]]
    told: Json = {"candidate": body["candidate"], "condition": condition, "sought": sought(condition, names)}
    told |= {"differs_in": list(building.differs_in)}
    return told | ({"differs_on": on, "conditions": conditions} if len(levels) > 1 else {}) | _short(body)


def _figures(point: BuildingPoint, storeys: Sequence[_Storey[Any]]) -> Json:
    leanings = {storey.asked.level.id: p.alternative.condition for storey, p in zip(storeys, point.storeys)}
    told: Json = {
        "leaning": next(iter(leanings.values())) if len(set(leanings.values())) == 1 else MIXED,
        "linearity_index": point.linearity,
        "comfort": point.comfort,
        "new_walls_m": point.new_walls_m,
    }
    return told | ({"leanings": leanings} if len(leanings) > 1 else {})


def _best_in(points: Sequence[BuildingPoint]) -> list[list[str]]:
    """The figures in which each of a set is the best: what it leant to while it was sought says less."""
    figures = [
        {"linearity": p.linearity, "comfort": p.comfort or 0.0, "new_walls": -p.new_walls_m} for p in points
    ]  # fmt: skip
    return [[name for name in one if one[name] == max(f[name] for f in figures)] for one in figures]


def _short(body: Json) -> Json:
    solution = body["solution"]
    failed = sum(f["status"] == "fail" and f["severity"] == "error" for f in body["findings"])
    kept = {k: solution[k] for k in ("status", "objective", "bound", "gap")}
    return {"solution": kept, "measures": body["measures"], "failed": failed}
