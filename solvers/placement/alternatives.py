"""Alternatives that differ in kind, and a Pareto set: several calls of the same solver, each under another condition.

Two layouts differ in kind when they differ in the walls built for them (typology), in their spine, in the side of the spine on
which a bank stands, or in the order of the banks along it; a bank moved by a chair's width makes no alternative.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layouts.layout import Item
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.prepare import Prepared, prepare, prepare_on
from solvers.placement.problem import Placement, PlacementProblem, Weights
from solvers.placement.sites import on_one_hall
from solvers.placement.solve import solve
from solvers.placement.typologies import PERIMETER, Typology, as_built, typologies_for
from solvers.placement.variables import Question

LEAST_SECONDS = 1.0
BUILT_ON = 2  # spines, the shortest ones, on which walls are built for an alternative
Solve = Callable[[PlacementProblem, Effort, Prepared, Typology], Placement]
Asked = Callable[[], tuple[Prepared, Typology]]  # what a search is allowed, prepared when its turn comes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a layout is like, to a planner: what is built, its spine, each bank's side, the banks in order along the spine."""

    typology: str = PERIMETER.name
    spine: tuple[tuple[int, int], ...]
    sides: tuple[tuple[str, int], ...]
    order: tuple[str, ...]

    def differs_in(self, other: Kind) -> tuple[str, ...]:
        """The names of what is another in `other`."""
        return tuple(n for n in ("typology", "spine", "sides", "order") if getattr(self, n) != getattr(other, n))


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
    typology = str(placement.record.freedom.get("typology") or PERIMETER.name)
    return kind_on(placement.layout.levels[0].items, placement.spine.points, banks, typology)


def kind_on(
    items: Iterable[Item], spine: tuple[tuple[int, int], ...], banks: Container[str], typology: str = PERIMETER.name
) -> Kind:
    """The kind of what stands on a storey beside its spine."""
    fronts: dict[str, list[tuple[int, int]]] = {}
    for item in items:
        if item.bank in banks and item.kind not in ("seat", "wheelchair_bay"):
            fronts.setdefault(str(item.bank), []).append(item.insert_mm)
    places = {name: _beside(spine, points) for name, points in fronts.items()}
    return Kind(
        typology=typology,
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


def searching(report: Report | None, cancel: Cancel | None, *, from_first: bool = False) -> Solve:
    """One search: it stops when people stop the whole, and tells of layouts. Its cost and bound are of its own condition, and
    nothing of the whole, so that they are not told on. `from_first`: each later one begins with what the first one found."""
    first: list[Placement] = []

    def told(progress: Progress) -> None:
        if report is not None and progress.answer is not None:
            report(Progress(stage=progress.stage, answer=progress.answer))

    def search(problem: PlacementProblem, effort: Effort, ready: Prepared, typology: Typology) -> Placement:
        hint = first[0].poses if first and from_first and not effort.reproducible else ()
        found = solve(problem, effort, hint=hint, prepared=ready, typology=typology, report=told, cancel=cancel)
        if not first and found.layout is not None:
            first.append(found)
        return found

    return search


def alternatives(
    problem: PlacementProblem, effort: Effort, count: int, *, report: Report | None = None, cancel: Cancel | None = None,
    search: Solve | None = None,
) -> tuple[Alternative, ...]:  # fmt: skip
    """Up to `count` layouts of different kinds, the best first; fewer when no more kinds were found in the effort given.

    The effort is shared: the first search is free, each later one has one thing forbidden that those before it had. Half of
    the effort may go to a first layout where it is slow to come, for without one nothing is known to forbid.
    """
    problem = on_one_hall(problem)
    ready = prepare(problem)
    search = search or searching(report, cancel)
    share = max(LEAST_SECONDS, effort.seconds / (count + 1))
    found: list[Alternative] = []
    spent = 0.0
    for n, (condition, asked) in enumerate(_conditions(problem, ready, found)):
        if len(found) >= count or n >= 3 * count or (cancel and found) or (n and spent >= effort.seconds):
            break
        placement = search(problem, replace(effort, seconds=share), *asked())
        spent += share
        more = effort.seconds / 2 - spent
        if n == 0 and placement.record.status == "unknown" and more >= LEAST_SECONDS and not cancel:
            placement = search(problem, replace(effort, seconds=more), *asked())
            spent += more
        known = len(found)
        _keep(found, problem, placement, condition, problem.weights)
        if report is not None:
            new = found[-1] if len(found) > known else None
            report(Progress(stage="alternatives", done=min(1.0, len(found) / count), answer=new))
    return _best_first(found)


def _best_first(found: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Those first that keep all rules about ways, then the cheapest: a search under a condition may find in its share of the
    effort what the free one did not."""
    ranked = sorted(found, key=lambda a: (len(a.placement.given_up), a.placement.record.objective or 0.0))
    return tuple(replace(a, differs_in=ranked[0].kind.differs_in(a.kind) if n else ()) for n, a in enumerate(ranked))


def _keep(found: list[Alternative], problem: PlacementProblem, placement: Placement, condition: str, weights: Weights) -> None:
    kind = kind_of(problem, placement)
    if kind is None or any(a.kind == kind for a in found):
        return
    differs = found[0].kind.differs_in(kind) if found else ()
    found.append(Alternative(placement=placement, kind=kind, differs_in=differs, condition=condition, weights=weights))


def _conditions(problem: PlacementProblem, ready: Prepared, found: Sequence[Alternative]) -> Iterator[tuple[str, Asked]]:
    """What each search is allowed: all; then a bank on its other side, walls built, and another spine, in turns."""
    yield "free", lambda: (ready, PERIMETER)
    tried: set[str] = set()
    turn = 0
    while True:
        ways = _other_sides(problem, ready, found), with_walls(problem, ready, found), _other_spines(ready, found)
        fresh = [[(c, r) for c, r in way if c not in tried] for way in ways]
        if not any(fresh):
            return
        condition, asked = next(way for k in range(len(fresh)) if (way := fresh[(turn + k) % len(fresh)]))[0]
        turn += 1
        tried.add(condition)
        yield condition, asked


def _only(ready: Prepared, keep: Callable[[int], bool], change: Callable[[Question], Question] = lambda q: q) -> Prepared:
    chosen = [k for k in range(len(ready.spines)) if keep(k)]
    return replace(
        ready, spines=tuple(ready.spines[k] for k in chosen), questions=tuple(change(ready.questions[k]) for k in chosen)
    )


def with_walls(problem: PlacementProblem, ready: Prepared, found: Sequence[Alternative] = ()) -> Iterator[tuple[str, Asked]]:
    """Walls of each typology that no layout has yet, beside the shortest spines on which the hall is deep enough."""
    used = {a.kind.typology for a in found}
    for spine in sorted(ready.spines, key=lambda s: s.length_dm())[:BUILT_ON] if problem.hall is None else ():
        for typology in typologies_for(problem, spine):
            if typology.name not in used:
                built = as_built(problem, typology.blocks)
                yield (
                    f"typology:{typology.name}:{spine.id}",
                    lambda b=built, s=spine, t=typology: (prepare_on(b, s), t),  # type: ignore[misc]
                )


def _other_spines(ready: Prepared, found: Sequence[Alternative]) -> Iterator[tuple[str, Asked]]:
    """Each spine that no layout has yet."""
    used = {a.kind.spine for a in found}
    for k, spine in enumerate(ready.spines):
        if found and spine.points not in used:
            yield f"spine:{spine.id}", lambda k=k: (_only(ready, lambda n: n == k), PERIMETER)  # type: ignore[misc]


def _other_sides(problem: PlacementProblem, ready: Prepared, found: Sequence[Alternative]) -> Iterator[tuple[str, Asked]]:
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
                lambda b=bank, s=model_side: (_without_side(ready, first.kind.spine, b, s), PERIMETER),  # type: ignore[misc]
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


def _without_side(ready: Prepared, points: tuple[tuple[int, int], ...], bank: str, side: int) -> Prepared:
    """One spine alone, with a bank kept off one side of it."""
    return _only(ready, lambda k: ready.spines[k].points == points, lambda q: _not_on(q, bank, side))


def _not_on(question: Question, bank: str, side: int) -> Question:
    """The question with a bank kept off one side of the spine."""
    kept = (replace(m, runs=tuple(r for r in m.runs if r.side != side)) for m in question.modes[bank])
    return replace(question, modes={**question.modes, bank: tuple(m for m in kept if m.runs)})
