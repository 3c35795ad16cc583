"""A Pareto set of layouts: straight ways, comfort, and new walls, each bought with the others.

linearity    the flow-linearity index of the real walks, 0-100 (more is better)
comfort      100 x (half the share of seats from which a desk of their own bank is seen + half the share of seats that need no
             crossing of the main aisle); own formula (more is better); None without seats
new walls    metres of partitions, and of room walls that are not the building's (less is better)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layouts.layout import LevelLayout
from layouts.plan import Level
from layouts.programme import Programme
from layouts.project_goals import new_walls_m, seats_and_desks
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.alternatives import LEAST_SECONDS, Alternative, Asked, Solve, kind_of, searching, with_walls
from solvers.placement.prepare import prepare
from solvers.placement.problem import Placement, PlacementProblem, Weights
from solvers.placement.rank import real_linearity
from solvers.placement.sites import on_one_hall
from solvers.placement.typologies import PERIMETER

LEAST, MOST = 3, 7
Figures = tuple[float, float | None, float]  # linearity, comfort, metres of new wall
STEPS = (0.5, 2.0, 1.0)  # of index, comfort and metres: a gain of no more is no choice
KEPT_OF_EACH = 6  # layouts on the way to a search's best that are looked at where the set is small
MOST_GROUNDS = 4  # the hall as it is and with walls built, where nothing is found before
# What each search leans to: factors on the problem's own weights.
LEANINGS: dict[str, dict[str, float]] = {
    "balanced": {},
    "linearity": {"backtrack": 2.0, "lateral": 1.5, "staff_arc": 0.2, "frontline": 0.3},
    "comfort": {"across": 6.0, "queue_in_spine": 4.0, "lateral": 0.5, "room_share": 2.0},
    "cost": {"staff_arc": 6.0, "frontline": 4.0, "lateral": 0.7, "new_walls": 10.0, "walls_removed": 4.0},
    "linearity and comfort": {"backtrack": 1.6, "across": 4.0, "queue_in_spine": 2.0},
    "comfort and cost": {"across": 4.0, "staff_arc": 4.0, "frontline": 3.0, "new_walls": 6.0},
    "linearity and cost": {"backtrack": 1.6, "staff_arc": 4.0, "frontline": 2.0, "new_walls": 6.0},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A layout of the set with its three figures."""

    alternative: Alternative
    linearity: float
    comfort: float | None
    new_walls_m: float

    def figures(self) -> Figures:
        """Straight ways, comfort, new walls."""
        return self.linearity, self.comfort, self.new_walls_m

    def better_or_equal(self, other: Point) -> bool:
        """Whether nothing about `other` is better."""
        return better_or_equal(self.figures(), other.figures())


def better_or_equal(one: Figures, other: Figures) -> bool:
    """Whether nothing of the second is better than the first."""
    (straight, comfort, walls), (straight2, comfort2, walls2) = one, other
    return straight >= straight2 - 1e-9 and (comfort or 0.0) >= (comfort2 or 0.0) - 1e-9 and walls <= walls2 + 1e-9


def leaning(weights: Weights, name: str) -> Weights:
    """The weights, multiplied as a leaning says."""
    return replace(weights, **{field: getattr(weights, field) * factor for field, factor in LEANINGS[name].items()})


def pareto(
    problem: PlacementProblem, effort: Effort, *, report: Report | None = None, cancel: Cancel | None = None,
    search: Solve | None = None,
) -> tuple[Point, ...]:  # fmt: skip
    """The layouts, of one search for each leaning, that no other one beats in all three figures; straightest first. Each
    search leans away from what the first one, which is balanced, found: where that is slow to come, half of the effort may go
    to it."""
    problem = on_one_hall(problem)
    ready = prepare(problem)
    met: list[Placement] = []

    def heard(progress: Progress) -> None:
        """Layouts on the way to a search's best are layouts too."""
        if isinstance(progress.answer, Placement) and progress.answer.layout is not None and not progress.answer.given_up:
            met.append(progress.answer)
        if report is not None:
            report(progress)

    search = search or searching(heard, cancel, from_first=True)
    grounds: list[Asked] = [lambda: (ready, PERIMETER), *(asked for _, asked in with_walls(problem, ready))][:MOST_GROUNDS]
    found: list[Point] = []
    spent = 0.0
    on_the_way: list[tuple[str, Placement]] = []
    for n, name in enumerate(LEANINGS):
        if (cancel and found) or (n and spent >= effort.seconds):
            break
        point = None
        met.clear()
        share = max(LEAST_SECONDS, (effort.seconds - spent) / (len(LEANINGS) - n))
        tries = [(each, share) for each in grounds]
        if n == 0 and (more := effort.seconds / 2 - share) >= LEAST_SECONDS:
            tries.insert(1, (grounds[0], more))
        impossible: Asked | None = None
        for ground, seconds in tries:  # walls are built where the hall's own hold no layout, and then for all
            if ground is impossible:
                continue  # what is proven is not asked again
            spent += seconds
            placement = search(asked := _leant(problem, name), replace(effort, seconds=seconds), *ground())
            impossible = ground if placement.record.status == "infeasible" else None
            point = _measured(asked, placement, name)
            if point is not None:
                found.append(point)
                grounds = [ground]
                break
        on_the_way += [(name, each) for each in met[-KEPT_OF_EACH:]]
        if report is not None:
            report(Progress(stage="pareto", done=(n + 1) / len(LEANINGS), answer=point))
    chosen = undominated(found)
    if len(chosen) < LEAST:
        others = (_measured(_leant(problem, name), each, name) for name, each in on_the_way)
        chosen = undominated([*found, *(p for p in others if p is not None)])
    return unlike(chosen)[:MOST]


def _leant(problem: PlacementProblem, name: str) -> PlacementProblem:
    return replace(problem, weights=leaning(problem.weights, name))


def _measured(asked: PlacementProblem, placement: Placement, name: str) -> Point | None:
    """A layout with its three figures; None where there is none."""
    kind = kind_of(asked, placement)
    if kind is None or placement.layout is None:
        return None
    layout = placement.layout.levels[0]
    return Point(
        alternative=Alternative(placement=placement, kind=kind, differs_in=(), condition=name, weights=asked.weights),
        linearity=round(real_linearity(asked.level, layout, asked.programme), 2),
        comfort=comfort(asked.level, layout, asked.programme),
        new_walls_m=new_walls_m(asked.level, layout, asked.programme),
    )


def undominated(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points that no other beats; of equal ones the first. Straightest first."""
    kept = [
        p
        for k, p in enumerate(points)
        if not any(o.better_or_equal(p) and (n < k or not p.better_or_equal(o)) for n, o in enumerate(points) if n != k)
    ]
    return tuple(sorted(kept, key=lambda p: (-p.linearity, p.new_walls_m)))


def unlike(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that are better than another by no more than a step in anything: a hair's breadth is no choice.
    No fewer than a set is made of."""
    kept = list(points)
    for point in reversed(points):
        if len(kept) > LEAST and any(other is not point and _as_good_but_for_a_step(other, point) for other in kept):
            kept.remove(point)
    return tuple(kept)


def _as_good_but_for_a_step(one: Point, other: Point) -> bool:
    """Whether the other is no more than a step better in anything."""
    (straight, comfort, walls), (straight2, comfort2, walls2) = one.figures(), other.figures()
    gains = straight - straight2, (comfort or 0.0) - (comfort2 or 0.0), walls2 - walls
    return all(gain >= -step for gain, step in zip(gains, STEPS))


def comfort(level: Level, layout: LevelLayout, programme: Programme) -> float | None:
    """Half for seats that see a desk of their bank, half for seats on their desks' side of the main aisle; 0-100."""
    seen, same_side = seats_and_desks(level, layout, programme)
    return None if seen is None or same_side is None else round(50 * (seen + same_side), 1)
