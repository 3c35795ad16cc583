"""Doors and gates by number: which they are, how wide, how they open, where they lead; on the plan and in a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.drawing import Panel, Shape, Text, Xy, turned
from exports.floor_fittings import is_room
from exports.floor_panels import table_panel
from exports.floor_shapes import between
from exports.floor_void_doors import CLEAR_MM, Closed
from exports.floor_voids import used_voids, void_name
from exports.item_boxes import size_of
from exports.one_line import drawn
from exports.room_shells import room_doors
from exports.room_tags import kind_name
from exports.words import say
from layouts.layout import Item
from layouts.plan import TOLD_DOOR, Door, Level
from layouts.screening import BYPASS, GATES
from layouts.standing import door_sides

LAYER = "A-DOOR-IDEN-N"
NUMBER_MM = 130.0
ROWS_A_TABLE = 36  # as many as an A3 holds one under the other
GATE_POST_MM = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedDoor:
    """One door as the schedule tells it. `swing` is a door's own (`in`, `out`, `slide`, `none`)."""

    number: int
    id: str
    at: Xy
    leads: str
    clear_mm: int
    swing: str
    new: bool


def numbered_doors(
    level: Level, items: Sequence[Item], new_doors: frozenset[str], language: str, closed: Sequence[Closed] = ()
) -> tuple[NumberedDoor, ...]:
    """The building's doors, then those of new rooms, of cupboards and stores, the staff's gates and screening's, each group in
    its own order."""
    sides = door_sides(level)
    names = {space.id: drawn(space.name) for space in level.spaces} | {i.space: _named(i, language) for i in items if i.space}
    found: list[tuple[str, Xy, str, float, str, bool]] = [
        (d.id, between(d.p, d.q), _leads(d, [names.get(s or "", "") for s in sides[d.id]], language), d.clear_mm, d.swing,
         d.id in new_doors)
        for d in level.doors
    ]  # fmt: skip
    for item in items:
        if is_room(item) and item.solid and not item.space:
            for door in room_doors(item):
                at = turned(door.middle, item.insert_mm, item.rotation_deg)
                leads = kind_name(door.leads, language) if door.leads else _named(item, language)
                found.append((item.id, at, leads, door.clear_mm, "out" if door.out else "in", True))
    for one in used_voids(closed):
        if one.door is not None:
            found.append((one.item.id, between(one.door.p, one.door.q), void_name(one, language), CLEAR_MM, "slide", True))
    for item in items:
        if item.kind == "staff_gate":
            width, _ = size_of(item)
            clear = width - 2 * min(GATE_POST_MM, width * 0.1)
            found.append((item.id, item.insert_mm, kind_name(item.kind, language), clear, "in", True))
    for item in items:
        if item.kind in GATES:
            opens = "out" if item.kind == BYPASS else "none"
            found.append((item.id, item.insert_mm, kind_name(item.kind, language), size_of(item)[0], opens, True))
    return tuple(
        NumberedDoor(number=n, id=id, at=at, leads=leads, clear_mm=round(clear), swing=swing, new=new)
        for n, (id, at, leads, clear, swing, new) in enumerate(found, start=1)
    )


def _named(item: Item, language: str) -> str:
    return drawn(item.label or kind_name(item.kind, language))


def _leads(door: Door, rooms: Sequence[str], language: str) -> str:
    """What a door of the building is for: its use, and the rooms on its sides where they have names."""
    use = say(f"drawing.door.use.{door.use}", {}, language)
    told = " / ".join(dict.fromkeys(name for name in rooms if name))
    return told if door.use == "internal" and told else use


def draw_door_numbers(doors: Sequence[NumberedDoor], language: str) -> Iterator[Shape]:
    """A number beside each door; the labels' placer finds it a free place."""
    for door in doors:
        word = say("drawing.door.number", {"number": door.number}, language)
        at = (round(door.at[0] + 160, 1), round(door.at[1] + 200, 1))
        yield Text(layer=LAYER, kind="door_number", id=door.id, at=at, lines=(word,), height=NUMBER_MM, bold=True)


def door_panels(doors: Sequence[NumberedDoor], language: str) -> tuple[Panel, ...]:
    """The schedule of doors, in as many tables as it takes."""
    heads = [say(f"drawing.doors.{h}", {}, language) for h in ("number", "leads", "clear", "opens", "state")]
    rows = [
        (
            say("drawing.door.number", {"number": d.number}, language), d.leads, str(d.clear_mm),
            say(f"drawing.door.swing.{d.swing}", {}, language),
            say(f"drawing.state.{_state(d)}", {}, language),
        )
        for d in doors
    ]  # fmt: skip
    return tables("doors", say("drawing.doors", {}, language), (0.0, 11.0, 50.0, 62.0, 82.0), heads, rows)


def _state(door: NumberedDoor) -> str:
    """A door that was told over a drawing which does not show it may stand or have to be cut: nobody knows here."""
    return "new" if door.new else "told" if door.id.startswith(TOLD_DOOR) else "existing"


def tables(
    name: str, title: str, columns: Sequence[float], heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Panel, ...]:
    """A long table in pieces that a sheet holds, each under its heads."""
    pieces = [rows[k : k + ROWS_A_TABLE] for k in range(0, len(rows), ROWS_A_TABLE)]
    return tuple(table_panel(f"{name}-{n}", title, columns, heads, piece) for n, piece in enumerate(pieces, start=1))
