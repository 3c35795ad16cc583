"""One layout that grows: positions and seats opened in phases, nothing moved. Pure functions on the layout's items.

The layout holds what the last year needs. Each earlier year opens as much of every bank as its demand asks: accessible
counters first, then those next to them, and the seats nearest to the counters in use. `Item.phase` is the number of the phase,
from 0, in which a thing opens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layouts.layout import Item, LevelLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one bank needs in one phase; parts of a long bank count together."""

    positions: int
    accessible_positions: int
    seats: int


Needs = Mapping[str, Need]  # by bank


def bank_of(item: Item, banks: Sequence[str]) -> str | None:
    """The bank of the programme that an item belongs to: its own, or the one its module is a numbered part of."""
    if item.bank is None:
        return None
    return next((b for b in banks if re.fullmatch(rf"{re.escape(b)}(-\d+)?", item.bank)), None)


def is_position(item: Item) -> bool:
    """A counter, desk or machine at which somebody is served; seats, bays and rooms that stand open from the first."""
    return item.kind not in ("seat", "wheelchair_bay") and item.space is None


def opened_in_phases(layout: LevelLayout, phases: Sequence[Needs]) -> LevelLayout:
    """The layout whose items say in which phase they open; the last phase opens all."""
    banks = tuple(dict.fromkeys(bank for needs in phases for bank in needs))
    when: dict[str, int] = {}
    for bank in banks:
        own = [i for i in layout.items if bank_of(i, banks) == bank]
        positions = _in_turn([i for i in own if is_position(i)])
        seats = _nearest([i for i in own if i.kind == "seat"], positions)
        for number, needs in enumerate(phases[:-1]):
            need = needs.get(bank, Need(positions=0, accessible_positions=0, seats=0))
            for things, count in ((positions, need.positions), (seats, need.seats)):
                for thing in things[:count]:
                    when.setdefault(thing.id, number)
        for thing in (*positions, *seats):
            when.setdefault(thing.id, len(phases) - 1)
    return replace(layout, items=tuple(replace(i, phase=when.get(i.id, 0)) for i in layout.items))


def _in_turn(positions: list[Item]) -> list[Item]:
    """Accessible ones, then each time the nearest to those that are open: what is open stays together."""
    first = [p for p in positions if p.accessible]
    open_ = first or positions[:1]
    left = [p for p in positions if p not in open_]
    turn = list(open_)
    while left:
        nearest = min(left, key=lambda p: (min(_apart(p, q) for q in turn), p.id))
        turn.append(nearest)
        left.remove(nearest)
    return turn


def _nearest(seats: list[Item], positions: list[Item]) -> list[Item]:
    """Seats in the order of the counters that open: those nearest to the first counter come first."""
    if not positions:
        return seats
    first = positions[0]
    return sorted(seats, key=lambda s: (round(_apart(s, first)), s.id))


def _apart(a: Item, b: Item) -> float:
    return math.dist(a.insert_mm, b.insert_mm)


def standing_in(layout: LevelLayout, phase: int) -> LevelLayout:
    """The layout as it stands in a phase: what opens later is not there yet."""
    return replace(layout, items=tuple(i for i in layout.items if i.phase <= phase))


def counted(layout: LevelLayout, phase: int, banks: Sequence[str]) -> dict[str, Need]:
    """What of each bank is open in a phase."""
    found = {}
    for bank in banks:
        own = [i for i in layout.items if i.phase <= phase and bank_of(i, banks) == bank]
        positions = [i for i in own if is_position(i)]
        found[bank] = Need(
            positions=len(positions), accessible_positions=sum(i.accessible for i in positions),
            seats=sum(i.seats for i in own if i.kind == "seat"),
        )  # fmt: skip
    return found
