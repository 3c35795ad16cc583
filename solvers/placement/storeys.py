"""Layouts of a whole building, put together from those of its storeys: alternatives of the building, and its Pareto set.

Each storey is a question of its own, so that costs and metres of wall add up, and what is meaned over persons or seats is
meaned over the storeys'. Whatever is best for the building is therefore made of what is best on its storeys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.programme import Programme
from solvers.placement.alternatives import Alternative
from solvers.placement.pareto import MOST, Point, better_or_equal

LARGEST_SET = 60  # points kept while storeys are added one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """One layout for each storey, from below; on which of them it differs in kind from the first of its set, and in what."""

    storeys: tuple[Alternative, ...]
    differs_on: tuple[int, ...] = ()
    differs_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingPoint:
    """A building of the Pareto set with its three figures."""

    storeys: tuple[Point, ...]
    linearity: float
    comfort: float | None
    new_walls_m: float

    def figures(self) -> tuple[float, float | None, float]:
        """Straight ways, comfort, new walls."""
        return self.linearity, self.comfort, self.new_walls_m


def buildings(found: Sequence[Sequence[Alternative]], count: int) -> tuple[Building, ...]:
    """Up to `count` buildings, the cheapest first: the best of every storey, then always one storey's next kind of layout.

    Each shows on some storey a layout that none before it had, for the least that this can cost: all else at its best.
    """
    best = [min(storey, key=lambda a: (len(a.placement.given_up), _cost(a))) for storey in found]
    others = [(_cost(a) - _cost(best[k]), k, a) for k, storey in enumerate(found) for a in storey if a is not best[k]]
    chosen = [Building(storeys=tuple(best))]
    for _, k, one in sorted(others, key=lambda other: other[:2])[: count - 1]:
        storeys = (*best[:k], one, *best[k + 1 :])
        chosen.append(Building(storeys=storeys, differs_on=(k,), differs_in=best[k].kind.differs_in(one.kind)))
    return tuple(chosen)


def _cost(one: Alternative) -> float:
    return one.placement.record.objective or 0.0


def building_points(found: Sequence[Sequence[Point]], programmes: Sequence[Programme]) -> tuple[BuildingPoint, ...]:
    """The buildings that no other one beats in all three figures, at most as many as one storey's set holds, straightest first.

    Linearity is meaned over each storey's persons and comfort over its seats, as the measures are; walls add up.
    """
    persons = [sum(f.visitors_per_day for f in p.flows) for p in programmes]
    seats = [sum(b.seats for b in p.banks) for p in programmes]
    kept: list[tuple[Point, ...]] = [()]
    for k, points in enumerate(found):
        grown = [together((*one, point), persons[: k + 1], seats[: k + 1]) for one in kept for point in points]
        kept = [p.storeys for p in spread(_undominated(grown), LARGEST_SET)]
    ready = [together(storeys, persons, seats) for storeys in kept if storeys]
    return tuple(sorted(spread(ready, MOST), key=lambda p: (-p.linearity, p.new_walls_m)))


def together(storeys: tuple[Point, ...], persons: Sequence[int], seats: Sequence[int]) -> BuildingPoint:
    """The figures of a building from those of its storeys."""
    walked, seated = sum(persons), sum(n for p, n in zip(storeys, seats) if p.comfort is not None)
    comfort = sum((p.comfort or 0.0) * n for p, n in zip(storeys, seats)) / seated if seated else None
    return BuildingPoint(
        storeys=storeys,
        linearity=round(sum(p.linearity * n for p, n in zip(storeys, persons)) / walked if walked else 0.0, 2),
        comfort=None if comfort is None else round(comfort, 1),
        new_walls_m=round(sum(p.new_walls_m for p in storeys), 1),
    )


def _undominated(points: Sequence[BuildingPoint]) -> list[BuildingPoint]:
    """The points that no other beats; of equal ones the first."""
    kept: list[BuildingPoint] = []
    for point in sorted(points, key=lambda p: (-p.linearity, -(p.comfort or 0.0), p.new_walls_m)):
        if not any(better_or_equal(other.figures(), point.figures()) for other in kept):
            kept.append(point)
    return kept


def spread(points: Sequence[BuildingPoint], most: int) -> list[BuildingPoint]:
    """At most so many of the points: the best in each figure, then always the one farthest from those chosen."""
    if len(points) <= most:
        return list(points)
    figures = [(-p.linearity, -(p.comfort or 0.0), p.new_walls_m) for p in points]
    span = [max(max(f[k] for f in figures) - min(f[k] for f in figures), 1e-9) for k in range(3)]
    scaled = [tuple(f[k] / span[k] for k in range(3)) for f in figures]
    chosen = list(dict.fromkeys(min(range(len(points)), key=lambda n: (scaled[n][k], scaled[n])) for k in range(3)))
    while len(chosen) < most:
        left = [n for n in range(len(points)) if n not in chosen]
        chosen.append(max(left, key=lambda n: min(_apart(scaled[n], scaled[c]) for c in chosen)))
    return [points[n] for n in sorted(chosen)]


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other))
