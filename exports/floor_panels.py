"""What stands beside the plan on a sheet, in millimetres of paper: north arrow, scale bar, legend, counter schedule."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from exports.drawing import Anchor, Circle, Fill, Line, Panel, Polyline, Shape, Text, Xy, carried
from exports.floor_marks import bank_letters, bank_name, banks_of, posts_of
from exports.labels import wrapped
from exports.layers import LayerStyle, layer_table
from exports.words import direction, say
from layouts.layout import Item
from layouts.plan import FloorPlan

INK = "A-ANNO-TTLB"
WIDTH_MM = 98.0
ROW_MM = 5.2
LEAST_TEXT_MM = 2.5  # what is read on a printed sheet (ISO 3098)
TEXT_MM = LEAST_TEXT_MM
HEAD_MM = 3.0
MEAN_LETTER = 0.8  # mean width of a letter as a share of its height
LEGEND_ORDER = (
    "A-AREA-PUBL-PATT", "A-AREA-STAF-PATT", "A-AREA-ROOM-PATT", "A-AREA-SPIN-PATT", "A-AREA-CUST-PATT",
    "A-WALL-E", "A-WALL-D", "A-COLS-E", "A-WALL-N", "A-WALL-PRTN-N", "A-WALL-SCRN-N", "A-FLOR-VOID-N", "A-DOOR-N",
    "I-FURN-CNTR-N", "I-FURN-ACCS-N",
    "I-FURN-SEAT-N", "I-FURN-F", "A-AREA-RSRV-N", "I-EQPM-N", "A-CLRN-N", "A-CLRN-TURN-N", "G-PATH-SPIN-N", "G-PATH-ACCS-N",
    "G-PATH-QUEU-N", "G-PATH-TACT-N", "A-ANNO-SIGN-N", "A-ANNO-QIBL-N", "A-ANNO-CHCK-N",
)  # fmt: skip


def line(a: Xy, b: Xy, layer: str = INK) -> Line:
    return Line(layer=layer, kind="panel", a=a, b=b)


def words(at: Xy, text: str, height: float = TEXT_MM, bold: bool = False, anchor: Anchor = "left") -> Text:
    return Text(layer=INK, kind="panel", at=at, lines=(text,), height=height, anchor=anchor, bold=bold)


def north_panel(plan: FloorPlan, language: str) -> Panel:
    """An arrow to north in a circle."""
    middle, radius = (14.0, 13.0), 9.0

    def p(turn_deg: float, reach: float) -> Xy:
        turn = math.radians(plan.north_deg + turn_deg)
        return middle[0] + math.cos(turn) * reach, middle[1] + math.sin(turn) * reach

    half = (p(0, radius), p(150, radius * 0.75), p(180, radius * 0.3))
    other = (p(0, radius), p(210, radius * 0.75), p(180, radius * 0.3))
    shapes: tuple[Shape, ...] = (
        Circle(layer=INK, kind="panel", centre=middle, radius=radius),
        Fill(layer="A-WALL-PATT-E", kind="panel", outer=half),
        Polyline(layer=INK, kind="panel", points=half, closed=True),
        Polyline(layer=INK, kind="panel", points=other, closed=True),
        words(p(0, radius + 2.6), say("drawing.north", {}, language), 3.0, True, "center"),
    )
    return Panel(name="north", width=28, height=28, shapes=shapes)


def scale_panel(scale: int, language: str) -> Panel:
    """A bar in steps of 1, 2 and 5 m, to 10 m where the column holds that, and the scale in words."""
    metre = 1000 / scale
    stops = tuple(s for s in (0, 1, 2, 5, 10) if s * metre < WIDTH_MM + 4)
    shapes: list[Shape] = []
    for i, (a, b) in enumerate(itertools.pairwise(stops)):
        box = ((a * metre, 6.0), (b * metre, 6.0), (b * metre, 8.0), (a * metre, 8.0))
        if i % 2 == 0:
            shapes.append(Fill(layer="A-WALL-PATT-E", kind="panel", outer=box))
        shapes.append(Polyline(layer=INK, kind="panel", points=box, closed=True))
    shapes += [words((s * metre, 10.5), str(s), TEXT_MM, anchor="center") for s in stops]
    shapes.append(words((0, 2.0), say("drawing.scale", {"scale": scale}, language)))
    return Panel(name="scale", width=stops[-1] * metre + 4, height=13, shapes=tuple(shapes))


def legend_panel(used_layers: Sequence[str], language: str) -> Panel:
    """One row for each layer that the drawing uses and that needs explaining."""
    entries = [layer_table()[name] for name in LEGEND_ORDER if name in used_layers]
    height = ROW_MM * (len(entries) + 1.6)
    shapes: list[Shape] = [words((0, height - 3), say("drawing.legend", {}, language), HEAD_MM, True)]
    for i, style in enumerate(entries):
        y = height - ROW_MM * (i + 2)
        shapes += _swatch(style, y)
        shapes.append(words((14, y + 1.3), say(f"drawing.layer.{style.name}", {}, language)))
    return Panel(name="legend", width=WIDTH_MM, height=height, shapes=tuple(shapes))


def _swatch(style: LayerStyle, y: float) -> Iterator[Shape]:
    box = ((0.0, y), (10.0, y), (10.0, y + 2.8), (0.0, y + 2.8))
    layer = style.name
    if layer.endswith("-PATT"):
        yield Fill(layer=layer, kind="panel", outer=box)
    elif layer == "A-WALL-D":
        yield Polyline(layer=layer, kind="panel", points=box, closed=True)
    elif layer.startswith("A-WALL") or layer == "A-COLS-E":
        paint = "A-WALL-PATT-N" if layer.endswith("-N") else "A-WALL-PATT-E"
        yield Fill(layer=paint, kind="panel", outer=box)
        yield Polyline(layer=layer, kind="panel", points=box, closed=True)
    elif layer.startswith("I-") or layer in ("A-ANNO-SIGN-N", "G-PATH-TACT-N"):
        yield Polyline(layer=layer, kind="panel", points=box, closed=True)
    elif layer in ("A-CLRN-TURN-N", "A-ANNO-CHCK-N"):
        yield Circle(layer=layer, kind="panel", centre=(5.0, y + 1.4), radius=1.8)
    else:
        yield line((0, y + 1.4), (10, y + 1.4), layer)


def schedule_panel(items: Sequence[Item], names: Mapping[str, str], language: str) -> Panel:
    """All that serve visitors with their positions, accessible ones, seats and wheelchair places; a bank by its sign."""
    rows = list(_schedule_rows(items, names))
    heads = [say(f"drawing.schedule.{h}", {}, language) for h in ("bank", "positions", "accessible", "seats", "bays")]
    total = [say("drawing.schedule.total", {}, language), *(str(sum(int(r[i]) for r in rows)) for i in range(1, 5))]
    title = say("drawing.schedule", {}, language)
    cells = [(name, *map(str, figures)) for name, *figures in rows]
    return table_panel("schedule", title, (0.0, 47.0, 59.0, 73.0, 87.0), heads, cells, total)


def table_panel(
    name: str, title: str, columns: Sequence[float], heads: Sequence[str], rows: Sequence[Sequence[str]],
    total: Sequence[str] = (),
) -> Panel:  # fmt: skip
    """A table under its title; a first cell that is too long for its column goes on two lines."""
    told = [(heads, True), *((row, False) for row in rows), *([(total, True)] if total else [])]
    wide = [max(range(len(row)), key=lambda i: _room(columns, i)) if row else 0 for row, _ in told]
    cut = [_cell(row[k], _room(columns, k)) for (row, _), k in zip(told, wide)]
    height = ROW_MM * (sum(map(len, cut)) + 1.8)
    shapes: list[Shape] = [words((0, height - 3), title, HEAD_MM, True)]
    y = height - ROW_MM
    for i, ((row, bold), k, lines) in enumerate(zip(told, wide, cut)):
        y -= ROW_MM * len(lines)
        top = y + ROW_MM * (len(lines) - 1) + 1.2
        shapes += [words((columns[k], top - ROW_MM * n), line, TEXT_MM, bold) for n, line in enumerate(lines)]
        shapes += [words((columns[j], top), cell, TEXT_MM, bold) for j, cell in enumerate(row) if j != k and cell]
        if i == 0 or (total and i == len(told) - 2):
            shapes.append(line((0, y - 0.9), (WIDTH_MM, y - 0.9)))
    return Panel(name=name, width=WIDTH_MM, height=height, shapes=tuple(shapes))


def _room(columns: Sequence[float], k: int) -> float:
    """How wide a column is."""
    return (columns[k + 1] if k + 1 < len(columns) else WIDTH_MM) - columns[k]


def _cell(text: str, width: float) -> tuple[str, ...]:
    """A cell's words on the lines that they need."""
    fits = int((width - 1.5) / (TEXT_MM * MEAN_LETTER))
    lines = (text,) if len(text) <= fits else wrapped(text, 2)
    return tuple(one if len(one) <= fits else one[: fits - 1] + "…" for one in lines)


def mirrored(panel: Panel) -> Panel:
    """The panel for those who read from the right: what stood left stands right, words and figures upright."""
    other: dict[Anchor, Anchor] = {"left": "right", "right": "left", "center": "center"}

    def go(p: Xy) -> Xy:
        return panel.width - p[0], p[1]

    def seen(shape: Shape) -> Shape:
        taken = carried(shape, go)
        return replace(taken, anchor=other[taken.anchor]) if isinstance(taken, Text) else taken

    return replace(panel, shapes=tuple(map(seen, panel.shapes)))


def as_read(panel: Panel, language: str) -> Panel:
    """The panel as its language is read; a scale bar, an arrow and a key are the same in all."""
    return mirrored(panel) if direction(language) == "rtl" and panel.name not in ("scale", "north", "key") else panel


def _schedule_rows(items: Sequence[Item], names: Mapping[str, str]) -> Iterator[tuple[str, int, int, int, int]]:
    letters = bank_letters(items)
    for bank, counters in (banks_of(items) | posts_of(items)).items():
        mine = [item for item in items if item.bank == bank]
        sign = f"{letters[bank]} · " if bank in letters else ""
        yield (
            sign + bank_name(bank, counters, names),
            len(counters),
            sum(item.accessible for item in counters),
            sum(max(1, item.seats) for item in mine if item.kind == "seat"),
            sum(item.kind == "wheelchair_bay" for item in mine),
        )


def note_panel(language: str) -> Panel:
    """What this drawing is and is not."""
    codes = ("drawing.note.concept", "drawing.note.units", "drawing.note.check")
    shapes = tuple(
        words((0, 14.0 - i * ROW_MM * 0.9), say(code, {}, language), TEXT_MM, bold=i == 0) for i, code in enumerate(codes)
    )
    return Panel(name="note", width=WIDTH_MM, height=17, shapes=shapes)
