"""Names in place of ids: what people call the parts that findings and reasons tell of.

names = Names(language, {**known_of_project(project), **known_of_level(level, items, language)})
names.where(("eligibility>door-7",))         # Eligibility → Staff door 7
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from exports.words import direction, knows, say
from layouts.layout import Item, Layout
from layouts.plan import Door, Level

if TYPE_CHECKING:
    from planner.project import Project

PLAIN = ("kind", "from", "side", "approach", "through", "unit", "profile")  # values that are words of ours, not ids
POINT = re.compile(r"(-?\d+),(-?\d+)")
NUMBER = re.compile(r"0*(\d+)$")


class Names:
    """Ids and points as people say them; what nobody named stays as it is."""

    def __init__(self, language: str, known: Mapping[str, str]) -> None:
        self._known = known
        self._rtl = direction(language) == "rtl"

    def of(self, ident: str) -> str:
        """One id, one point in millimetres as metres, or the way between two of them."""
        ends = ident.split(">")
        if len(ends) == 2:
            return self.way(ends)
        point = POINT.fullmatch(ident)
        if point and ident not in self._known:
            return self._apart(f"({int(point[1]) / 1000:g} m, {int(point[2]) / 1000:g} m)")
        return self._apart(self._known.get(ident, ident))

    def way(self, places: Iterable[str]) -> str:
        """Places one after the other, with arrows as people read."""
        return (" ← " if self._rtl else " → ").join(self.of(place) for place in places)

    def where(self, places: Iterable[str]) -> str:
        return ", ".join(self.of(place) for place in places)

    def values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a sentence, those that name parts by id, or by several ids, said by name."""
        return {k: self._named(k, v) for k, v in values.items()}

    def _named(self, key: str, value: Any) -> Any:
        if isinstance(value, Mapping):  # a part of the sentence with words of its own
            return {**value, "values": self.values(value["values"])}
        return self._value(value) if isinstance(value, str) and key not in PLAIN else value

    def _value(self, text: str) -> str:
        idents = text.split(", ")
        return self.where(idents) if any(i in self._known for i in idents) else text

    def _apart(self, name: str) -> str:
        """Among Arabic words a Latin name keeps its own order."""
        return f"\u2068{name}\u2069" if self._rtl else name


def known_of_project(project: Project) -> dict[str, str]:
    """Names that people gave: of banks, rooms, services, storeys and rooms of the building."""
    levels = project.plan.levels if project.plan else ()
    spaces = [space for level in levels for space in level.spaces]
    named = (*levels, *spaces, *project.services, *project.rooms, *project.banks)
    return {each.id: each.name for each in named if each.name}


def known_of_layout(project: Project, layout: Layout | None, language: str) -> dict[str, str]:
    """All that stands: everything on every storey, and what people named."""
    placed = {each.level: each.items for each in layout.levels} if layout else {}
    found: dict[str, str] = {}
    for level in project.plan.levels if project.plan else ():
        found |= known_of_level(level, placed.get(level.id, ()), language)
    return found | known_of_project(project)


def known_of_level(level: Level, items: Iterable[Item], language: str) -> dict[str, str]:
    """Doors, columns and fittings of a storey."""
    column = say("editor.kind.column", {}, language)
    standing = {c.id: f"{column}{_number(c.id)}" for c in level.columns}
    return standing | {d.id: door_name(d, language) for d in level.doors} | {i.id: item_name(i, language) for i in items}


def item_name(item: Item, language: str) -> str:
    """Its label, else what it is with its number."""
    kind = f"drawing.kind.{item.kind}"
    if item.label or not knows(kind):
        return item.label or item.id
    return f"{say(kind, {}, language)}{_number(item.id)}"


def door_name(door: Door, language: str) -> str:
    """Staff door 7: what it is for, with its number."""
    code = f"editor.use.{door.use}"
    return f"{say(code if knows(code) else 'editor.kind.door', {}, language)}{_number(door.id)}"


def _number(ident: str) -> str:
    found = NUMBER.search(ident)
    return f" {found[1]}" if found else f" {ident}"
