"""One level with what stands on it, as edits see it; parts by key, and the way back into the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from layouts.findings import BadInput
from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import ENTRANCE_USES, FloorPlan, Level, doors_of_use
from planner.project import BY_HAND, Accepted, Entrance, Pin, Project
from planner.reading import shown
from planner.wish_homes import home_of
from solvers.placement.wish import Wish

FIELDS = {
    "wall": "walls", "door": "doors", "window": "windows", "column": "columns", "obstacle": "obstacles", "space": "spaces",
}  # fmt: skip
OPENINGS = ("door", "window")
FREE = "free"  # floor that people wish to be kept free of anything solid
KINDS = (*FIELDS, FREE, "item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A level, its items, the project's pins and wishes. `placed` is None while nothing was ever placed."""

    level: Level
    placed: LevelLayout | None
    pins: tuple[Pin, ...]
    wishes: tuple[Wish, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)  # the level of wishes that name none

    @property
    def items(self) -> tuple[Item, ...]:
        return self.placed.items if self.placed else ()

    @property
    def free(self) -> tuple[Wish, ...]:
        """The floor of this level that shall be kept free."""
        return tuple(w for w in self.wishes if w.is_area_on(self.level.id, self.homes.get(w.id, "")))


def open_sheet(project: Project, level_id: str) -> Sheet:
    """The sheet of a level; BadInput when the project has no such level."""
    levels = project.plan.levels if project.plan else ()
    level = next((lv for lv in levels if lv.id == level_id), None)
    if level is None:
        known = ", ".join(lv.id for lv in levels) or "-"
        raise BadInput("edit.unknown_level", file=project.id, place=shown(level_id), known=known)
    placed = None
    if project.accepted:
        placed = next((lv for lv in project.accepted.layout.levels if lv.level == level_id), None)
    homes = {w.id: home_of(project, w) for w in project.wishes if w.kind == "keep_out" and not w.level}
    return Sheet(level=level, placed=placed, pins=project.pins, wishes=project.wishes, homes=homes)


def put_back(project: Project, sheet: Sheet) -> Project:
    """The project with this sheet in place of the one it had."""
    plan = project.plan or FloorPlan(levels=())
    levels = [sheet.level if lv.id == sheet.level.id else lv for lv in plan.levels]
    if sheet.level.id not in {lv.id for lv in plan.levels}:
        levels.append(sheet.level)
    plan = replace(plan, levels=tuple(levels))
    accepted = project.accepted
    if sheet.placed is not None:
        accepted = accepted or Accepted(candidate=BY_HAND, layout=Layout(levels=()))
        others = {lv.level: lv for lv in accepted.layout.levels} | {sheet.placed.level: sheet.placed}
        accepted = replace(accepted, layout=Layout(levels=tuple(others.values())))
    entrances = entrances_left(project, sheet.level)
    return replace(project, plan=plan, accepted=accepted, pins=sheet.pins, wishes=sheet.wishes, entrances=entrances)


def entrances_left(project: Project, after: Level) -> tuple[Entrance, ...]:
    """The shares of entrances without those of doors that this edit took away or made something else."""
    before = next((lv for lv in project.plan.levels if lv.id == after.id), None) if project.plan else None
    if not project.entrances or before is None or before.doors is after.doors:
        return project.entrances
    gone = {d.id for d in doors_of_use(before, ENTRANCE_USES)} - {d.id for d in doors_of_use(after, ENTRANCE_USES)}
    return tuple(each for each in project.entrances if each.door not in gone)


def split(key: str) -> tuple[str, str]:
    """`wall:w1` as kind and id."""
    kind, colon, ident = key.partition(":")
    if not colon or kind not in (*KINDS, "bank", "outline", "hole"):
        raise BadInput("edit.unknown_part", place=shown(key))
    return kind, ident


def key_of(kind: str, part: Any) -> str:
    return f"{kind}:{part.id}"


def parts_of(sheet: Sheet, kind: str) -> tuple[Any, ...]:
    """All parts of one kind."""
    if kind == FREE:
        return sheet.free
    return sheet.items if kind == "item" else getattr(sheet.level, FIELDS[kind])


def find(sheet: Sheet, key: str) -> Any:
    """The part a key names; BadInput when it stands here no longer."""
    kind, ident = split(key)
    if kind not in ("outline", "hole", "bank"):
        for part in parts_of(sheet, kind):
            if part.id == ident:
                return part
    raise BadInput("edit.unknown_part", place=shown(key))


def expand(sheet: Sheet, keys: Iterable[str]) -> tuple[str, ...]:
    """The keys with every bank replaced by its items, none twice; BadInput when there are none or one is unknown."""
    found: dict[str, None] = {}
    banks: dict[str, list[str]] = {}
    for item in sheet.items:
        banks.setdefault(item.bank or "", []).append(f"item:{item.id}")
    known = {key_of(kind, part) for kind in KINDS for part in parts_of(sheet, kind)}
    for key in keys:
        kind, ident = split(key)
        if kind == "bank" and ident and ident in banks:
            found.update(dict.fromkeys(banks[ident]))
        elif key in known:
            found[key] = None
        else:
            raise BadInput("edit.unknown_part", place=shown(key))
    if not found:
        raise BadInput("edit.nothing_selected")
    return tuple(found)


def change(sheet: Sheet, keys: Iterable[str], how: Callable[[str, Any], Any]) -> Sheet:
    """Every named part put through `how(kind, part)`; None takes it away."""
    wanted: dict[str, set[str]] = {}
    for key in keys:
        kind, ident = split(key)
        wanted.setdefault(kind, set()).add(ident)
    for kind, ids in wanted.items():
        made = [how(kind, part) if part.id in ids else part for part in parts_of(sheet, kind)]
        sheet = with_parts(sheet, kind, tuple(p for p in made if p is not None))
    return sheet


def with_parts(sheet: Sheet, kind: str, parts: tuple[Any, ...]) -> Sheet:
    """The sheet with other parts of one kind."""
    if kind == "item":
        placed = sheet.placed or LevelLayout(level=sheet.level.id, items=(), public=(), staff=())
        return replace(sheet, placed=replace(placed, items=parts))
    if kind == FREE:
        changed, stood = {w.id: w for w in parts}, {w.id for w in sheet.free}
        kept = tuple(changed.pop(w.id) if w.id in changed else w for w in sheet.wishes if w.id in changed or w.id not in stood)
        return replace(sheet, wishes=(*kept, *changed.values()))
    changes: dict[str, Any] = {FIELDS[kind]: parts}
    return replace(sheet, level=replace(sheet.level, **changes))


def added(sheet: Sheet, kind: str, part: Any) -> Sheet:
    """The sheet with one part more."""
    return with_parts(sheet, kind, (*parts_of(sheet, kind), part))


def ids_of(sheet: Sheet) -> set[str]:
    """Every id that stands on the level, and those of all wishes."""
    return {part.id for kind in KINDS for part in parts_of(sheet, kind)} | {w.id for w in sheet.wishes}


def fresh_id(sheet: Sheet, stem: str) -> str:
    """The first free `stem-n` among all that stands on the level: ids are never given twice at a time."""
    taken = ids_of(sheet)
    number = 1 + sum(1 for ident in taken if ident.startswith(f"{stem}-"))
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
