"""How wishes are measured on a layout: from what stands there alone, as the check and the drawing both ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import before_front, door_middle, ring_shape, union
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, Level, doors_of_use
from layouts.views import seen_share
from solvers.placement.wish import Wish

TOUCHING_MM = 100.0  # modules that must not touch leave at least this between them
ROUNDED_MM = 1.0  # that much nearer or farther is no breach
LEAST_SEEN = 0.5
SLIVER_MM2 = 1000.0
LOOKER_MM = 600.0  # how far before a front the person stands who looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A wish that a layout breaks: what was measured and asked (metres or a share), and who else stands in the way."""

    wish: Wish
    measured: float
    required: float
    unit: str
    modules: tuple[str, ...]


def broken(wishes: Iterable[Wish], level: Level, items: Sequence[Item]) -> tuple[Broken, ...]:
    """The wishes that a layout's items break. A wish about a module that does not stand is not broken."""
    standing: dict[str, list[Item]] = {}
    for item in items:
        standing.setdefault(item.bank or item.id, []).append(item)
    return tuple(b for w in wishes if (b := _broken(w, level, items, standing)) is not None)


def _broken(wish: Wish, level: Level, items: Sequence[Item], standing: Mapping[str, list[Item]]) -> Broken | None:
    if any(m not in standing for m in wish.modules()):
        return None
    mine = _ground(standing.get(wish.module, ()))
    if wish.kind == "keep_out":
        return _kept_out(wish, items)
    if wish.kind == "near_entrance":
        doors = [Point(door_middle(d)) for d in doors_of_use(level, ENTRANCE_USES)]
        away = min((mine.distance(d) for d in doors), default=0.0)
        return _if(wish, away / 1000, wish.within_m, "m", away <= wish.within_m * 1000 + ROUNDED_MM)
    if wish.kind == "sees":
        return _seen(wish, level, items, standing)
    away = mine.distance(_ground(standing[wish.other]))
    if wish.kind == "near":
        return _if(wish, away / 1000, wish.within_m, "m", away <= wish.within_m * 1000 + ROUNDED_MM)
    least = max(wish.within_m * 1000, TOUCHING_MM)
    return _if(wish, away / 1000, least / 1000, "m", away >= least - ROUNDED_MM)


def _if(wish: Wish, measured: float, required: float, unit: str, holds: bool, *more: str) -> Broken | None:
    if holds:
        return None
    names = (*wish.modules(), *more)
    return Broken(wish=wish, measured=round(measured, 3), required=required, unit=unit, modules=tuple(dict.fromkeys(names)))


def _ground(items: Iterable[Item]) -> BaseGeometry:
    return union(ring_shape(i.polygon) for i in items)


def taken(wish: Wish, items: Sequence[Item]) -> tuple[tuple[Item, float], ...]:
    """What solid stands on an area to be kept free, each with the square millimetres that it takes."""
    area = Polygon(wish.area)
    mine = [i for i in items if i.solid and (not wish.module or (i.bank or i.id) == wish.module)]
    within = ((i, ring_shape(i.polygon).intersection(area).area) for i in mine)
    return tuple((i, a) for i, a in within if a > 1)


def _kept_out(wish: Wish, items: Sequence[Item]) -> Broken | None:
    within = taken(wish, items)
    whole = sum(a for _, a in within)
    who = sorted({i.bank for i, _ in within if i.bank})
    return _if(wish, whole / 1e6, 0.0, "m2", whole <= SLIVER_MM2, *who)


def _seen(wish: Wish, level: Level, items: Sequence[Item], standing: Mapping[str, list[Item]]) -> Broken | None:
    eyes = [before_front(i, LOOKER_MM) for i in standing[wish.module] if i.kind not in ("seat", "wheelchair_bay")]
    targets = [before_front(i, 50.0) for i in standing[wish.other]]
    share, blockers = seen_share(level, items, eyes, targets)
    return _if(wish, share, LEAST_SEEN, "share", share >= LEAST_SEEN, *blockers)
