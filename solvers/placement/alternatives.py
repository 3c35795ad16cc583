"""Alternatives that differ in kind, and a Pareto set: several calls of the same solver, each under another condition.

Two layouts differ in kind when they differ in their spine, in the side of the spine a bank stands on, or in the order in which
the banks follow one another along it; a bank moved by a chair's width makes no alternative.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layouts.layout import Item
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.prepare import Prepared, prepare
from solvers.placement.problem import Placement, PlacementProblem, Weights
from solvers.placement.sites import on_one_hall
from solvers.placement.solve import solve
from solvers.placement.variables import Question

LEAST_SECONDS = 1.0
Solve = Callable[[PlacementProblem, Effort, Prepared], Placement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a layout is like, to a planner: its spine, each bank's side, and the banks in order along the spine."""

    spine: tuple[tuple[int, int], ...]
    sides: tuple[tuple[str, int], ...]
    order: tuple[str, ...]

    def differs_in(self, other: Kind) -> tuple[str, ...]:
        """The names of what is another in `other`."""
        return tuple(n for n in ("spine", "sides", "order") if getattr(self, n) != getattr(other, n))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A layout, its kind, and in what it differs from the first of its set. `condition` says what it was sought under."""

    placement: Placement
    kind: Kind
    differs_in: tuple[str, ...]
    condition: str
    weights: Weights


def kind_of(problem: PlacementProblem, placement: Placement) -> Kind | None:
    """The kind of a placement; None where there is no layout."""
    if placement.layout is None or placement.spine is None:
        return None
    banks = {b.id for b in problem.programme.banks}
    return kind_on(placement.layout.levels[0].items, placement.spine.points, banks)


def kind_on(items: Iterable[Item], spine: tuple[tuple[int, int], ...], banks: Container[str]) -> Kind:
    """The kind of what stands on a storey beside its spine."""
    fronts: dict[str, list[tuple[int, int]]] = {}
    for item in items:
        if item.bank in banks and item.kind not in ("seat", "wheelchair_bay"):
            fronts.setdefault(str(item.bank), []).append(item.insert_mm)
    places = {name: _beside(spine, points) for name, points in fronts.items()}
    return Kind(
        spine=spine,
        sides=tuple((name, places[name][1]) for name in sorted(places)),
        order=tuple(sorted(places, key=lambda name: (places[name][0], name))),
    )


def _beside(points: Sequence[tuple[int, int]], fronts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How far along the spine (dm) the middle of some fronts lies, and on which side: 1 left, -1 right of the way."""
    x = sum(p[0] for p in fronts) / len(fronts) / 100
    y = sum(p[1] for p in fronts) / len(fronts) / 100
    best, gone = (float("inf"), 0.0, 1), 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        share = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / (length * length)))
        away = ((ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2) ** 0.5
        side = 1 if dx * (y - ay) - dy * (x - ax) >= 0 else -1
        best = min(best, (away, gone + share * length, side))
        gone += length
    return round(best[1]), best[2]


def _solve(problem: PlacementProblem, effort: Effort, ready: Prepared) -> Placement:
    return solve(problem, effort, prepared=ready)


def alternatives(
    problem: PlacementProblem, effort: Effort, count: int, *, report: Report | None = None, cancel: Cancel | None = None,
    search: Solve = _solve,
) -> tuple[Alternative, ...]:  # fmt: skip
    """Up to `count` layouts of different kinds, the best first; fewer when no more kinds were found in the effort given.

    The effort is shared: the first search is free, each later one has one thing forbidden that those before it had.
    """
    problem = on_one_hall(problem)
    ready = prepare(problem)
    share = max(LEAST_SECONDS, effort.seconds / (count + 1))
    found: list[Alternative] = []
    for n, (condition, asked) in enumerate(_conditions(problem, ready, found)):
        if len(found) >= count or n >= 3 * count or (cancel and found) or share * n >= max(effort.seconds, share):
            break
        placement = search(problem, replace(effort, seconds=share), asked)
        _keep(found, problem, placement, condition, problem.weights)
        if report is not None:
            report(Progress(stage="alternatives", done=min(1.0, len(found) / count), answer=placement.layout))
    return _best_first(found)


def _best_first(found: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """The cheapest first: a search under a condition may find in its share of the effort what the free one did not."""
    ranked = sorted(found, key=lambda a: a.placement.record.objective or 0.0)
    return tuple(replace(a, differs_in=ranked[0].kind.differs_in(a.kind) if n else ()) for n, a in enumerate(ranked))


def _keep(found: list[Alternative], problem: PlacementProblem, placement: Placement, condition: str, weights: Weights) -> None:
    kind = kind_of(problem, placement)
    if kind is None or any(a.kind == kind for a in found):
        return
    differs = found[0].kind.differs_in(kind) if found else ()
    found.append(Alternative(placement=placement, kind=kind, differs_in=differs, condition=condition, weights=weights))


def _conditions(problem: PlacementProblem, ready: Prepared, found: Sequence[Alternative]) -> Iterator[tuple[str, Prepared]]:
    """What each search is allowed: all; then a bank on its other side and another spine, in turns."""
    yield "free", ready
    tried: set[str] = set()
    turn = 0
    while True:
        ways = [list(_other_sides(problem, ready, found)), list(_other_spines(ready, found))]
        fresh = [[(c, r) for c, r in way if c not in tried] for way in ways]
        if not any(fresh):
            return
        condition, asked = (fresh[turn % 2] or fresh[1 - turn % 2])[0]
        turn += 1
        tried.add(condition)
        yield condition, asked


def _only(ready: Prepared, keep: Callable[[int], bool], change: Callable[[Question], Question] = lambda q: q) -> Prepared:
    chosen = [k for k in range(len(ready.spines)) if keep(k)]
    return replace(
        ready, spines=tuple(ready.spines[k] for k in chosen), questions=tuple(change(ready.questions[k]) for k in chosen)
    )


def _other_spines(ready: Prepared, found: Sequence[Alternative]) -> Iterator[tuple[str, Prepared]]:
    """Each spine that no layout has yet."""
    used = {a.kind.spine for a in found}
    for k, spine in enumerate(ready.spines):
        if found and spine.points not in used:
            yield f"spine:{spine.id}", _only(ready, lambda n, k=k: n == k)  # type: ignore[misc]


def _other_sides(problem: PlacementProblem, ready: Prepared, found: Sequence[Alternative]) -> Iterator[tuple[str, Prepared]]:
    """For the busiest banks first: the first layout's spine, with that bank on its other side."""
    if not found:
        return
    visits = {b.id: 0 for b in problem.programme.banks}
    for flow in problem.programme.flows:
        for stop in flow.stops:
            if stop in visits:
                visits[stop] += flow.visitors_per_day
    first = found[0]
    for bank, side in sorted(first.kind.sides, key=lambda s: (-visits.get(s[0], 0), s[0])):
        model_side = _model_side(ready, first, bank)
        if model_side is not None:
            yield (
                f"side:{bank}:{-side}",
                _only(
                    ready,
                    lambda k: ready.spines[k].points == first.kind.spine,
                    lambda q, b=bank, s=model_side: _not_on(q, b, s),  # type: ignore[misc]
                ),
            )


def _model_side(ready: Prepared, alternative: Alternative, bank: str) -> int | None:
    """The side, in the model's own count, on which a layout's bank stands."""
    pose = next((p for p in alternative.placement.poses if p.element == bank), None)
    for spine, question in zip(ready.spines, ready.questions):
        if pose is not None and spine.points == alternative.kind.spine:
            for mode in question.modes[bank]:
                for run in mode.runs:
                    if (mode.baseline, mode.axis) == (pose.baseline, pose.axis) and run.lo <= pose.u_dm <= run.hi:
                        return run.side
    return None


def _not_on(question: Question, bank: str, side: int) -> Question:
    """The question with a bank kept off one side of the spine."""
    kept = (replace(m, runs=tuple(r for r in m.runs if r.side != side)) for m in question.modes[bank])
    return replace(question, modes={**question.modes, bank: tuple(m for m in kept if m.runs)})
