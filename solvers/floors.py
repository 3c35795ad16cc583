"""A programme on several floors: which module goes to which level, and each level's share of the flows.

What people say goes first. The rest is dealt out by flows: what visitors meet first stays below, the busiest services come
next and keep together, each on the lowest level that has floor left; staff rooms go to the top. Every level that visitors come
to has toilets of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layouts.programme import BankRequirement, IslandRequirement, Programme, RoomRequirement
from solvers.entering import LevelDoors, walks_on

Module = BankRequirement | RoomRequirement | IslandRequirement
WAYS = 2.2  # floor that modules need with their aisles, over their own (default)
TOILETS = ("toilets", "toilet_accessible")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorShare:
    """A level and what people gave it: ids of banks and rooms (parts of a long bank go with it); its floor to plan on."""

    level: str
    area_m2: float
    modules: tuple[str, ...] = ()


def deal(programme: Programme, floors: Sequence[FloorShare]) -> dict[str, str]:
    """The level of every module."""
    modules = _modules(programme)
    home: dict[str, str] = {}
    for floor in floors:
        for name in modules:
            if any(_is_part(name, given) for given in floor.modules):
                home.setdefault(name, floor.level)
    left = {f.level: f.area_m2 - sum(need_m2(modules[m]) for m in home if home[m] == f.level) for f in floors}
    for group in _groups(programme, home):
        need = sum(need_m2(modules[m]) for m in group)
        level = _where(group, modules, floors, left, need)
        left[level] -= need
        home.update(dict.fromkeys(group, level))
    return home


def need_m2(module: Module) -> float:
    """Floor that a module takes with its share of aisles and seats: an estimate to deal by, no requirement."""
    if isinstance(module, RoomRequirement):
        return module.area_m2 * 1.3
    if isinstance(module, IslandRequirement):
        return module.width_mm * (module.depth_mm + module.front_mm) / 1e6 * WAYS
    return (module.positions * 8.0 + module.seats * 0.7) * WAYS / 1.6


def split(
    programme: Programme, home: Mapping[str, str], levels: Sequence[str], doors: Mapping[str, LevelDoors] | None = None
) -> dict[str, Programme]:
    """Each level's programme; levels that visitors come to get toilets like those of the whole, where none went to them.

    `doors`: the ways onto each level, as far as they are known.
    """
    found = {}
    for level in levels:
        own = {name for name in home if home[name] == level}
        part = replace(
            programme,
            banks=tuple(b for b in programme.banks if b.id in own),
            rooms=tuple(r for r in programme.rooms if r.id in own),
            islands=tuple(i for i in programme.islands if i.id in own),
            flows=walks_on(programme.flows, own, (doors or {}).get(level, LevelDoors())),
            nearness=tuple(n for n in programme.nearness if n.a in own and n.b in own),
        )
        found[level] = replace(part, rooms=(*part.rooms, *_toilets(programme, part, level)))
    return found


def joined(parts: Sequence[Programme]) -> Programme:
    """All levels' programmes as one, flows level by level."""
    first = parts[0]
    return replace(
        first, banks=tuple(b for p in parts for b in p.banks), rooms=tuple(r for p in parts for r in p.rooms),
        islands=tuple(i for p in parts for i in p.islands), flows=tuple(f for p in parts for f in p.flows),
        nearness=tuple(n for p in parts for n in p.nearness),
    )  # fmt: skip


def _modules(programme: Programme) -> dict[str, Module]:
    modules: tuple[Module, ...] = (*programme.banks, *programme.islands, *programme.rooms)
    return {m.id: m for m in modules}


def _is_part(name: str, given: str) -> bool:
    """Is the module the thing given, or a numbered part of it?"""
    return re.fullmatch(rf"{re.escape(given)}(-\d+)?", name) is not None


def _groups(programme: Programme, home: Mapping[str, str]) -> list[list[str]]:
    """What is still without a level, in the order in which it is dealt out: first islands, busy services, rooms."""
    done = set(home)
    groups: list[list[str]] = []

    def add(names: Sequence[str]) -> None:
        fresh = [n for n in dict.fromkeys(names) if n not in done]
        if fresh:
            groups.append(fresh)
            done.update(fresh)

    add([i.id for i in programme.islands if i.within_first < 1.0])
    modules = _modules(programme)
    visitors: dict[str, int] = {}
    for flow in programme.flows:
        visitors[flow.service] = visitors.get(flow.service, 0) + flow.visitors_per_day
    for service in sorted(visitors, key=lambda s: (-visitors[s], s)):
        add([s for f in programme.flows if f.service == service for s in f.stops if s in modules])
    for name in modules:
        add([name])
    return groups


def _where(
    group: Sequence[str], modules: Mapping[str, Module], floors: Sequence[FloorShare], left: Mapping[str, float], need: float
) -> str:
    """The lowest level with floor left, from the top for staff rooms; where none has, the one with most."""
    first = modules[group[0]]
    if isinstance(first, IslandRequirement) and first.within_first < 1.0:
        return floors[0].level
    staff = isinstance(first, RoomRequirement) and first.side == "staff"
    order = [f.level for f in (reversed(floors) if staff else floors)]
    return next((level for level in order if left[level] >= need), max(order, key=lambda level: left[level]))


def _toilets(programme: Programme, part: Programme, level: str) -> tuple[RoomRequirement, ...]:
    """Toilets for a level that visitors come to and that has none."""
    if not part.flows or any(r.kind in TOILETS for r in part.rooms):
        return ()
    return tuple(replace(r, id=f"{r.id}@{level}") for r in programme.rooms if r.kind in TOILETS)
