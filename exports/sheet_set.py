"""The drawing set of a floor: the whole of it, its parts at 1:50 where every word is read on paper, and the schedules.

The whole shows how things lie to each other. Its labels are as high as the rooms allow, so at 1:100 some are smaller than
print is read at; the parts are for reading and measuring.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from exports.drawing import Drawing, Panel, Xy, extents
from exports.floor_panels import as_read, scale_panel, table_panel
from exports.sheet import (
    ASIDE_MM,
    BORDER_MM,
    COLUMN_MM,
    GAP_MM,
    SIZES,
    SPARE_MM,
    TITLE_MM,
    Sheet,
    Told,
    column_mm,
    framed,
    moved,
    paper_for,
)  # fmt: skip
from exports.sheet_key import Box, key_panel
from exports.words import say

PART_SCALE = 50
SEAM_MM = 1000.0  # of floor that neighbouring parts both show
PART_PAPERS = tuple((name, *size) for name, w, h in SIZES[:3] for size in ((w, h), (h, w)))
ON_A_PAGE = 24  # of the list of sheets, names on two lines
ON_PARTS = ("legend", "scale", "north", "note")


def sheets_of(drawing: Drawing) -> tuple[Sheet, ...]:
    """All sheets of a floor that is a set of its own, in the order of their numbers."""
    return sheet_sets((drawing,))[0]


def sheet_sets(drawings: Sequence[Drawing]) -> tuple[tuple[Sheet, ...], ...]:
    """The sheets of every floor, numbered through the whole set: A-101 and on for the first floor, A-201 for the second. The
    first floor's schedules begin with the list of all sheets."""
    plans = [_planned(drawing) for drawing in drawings]
    of, listed = 0, plans
    while of != sum(len(rows) for rows, _ in listed):  # the list may need a page more, which it lists too
        of = sum(len(rows) for rows, _ in listed)
        index = _list_of_sheets(drawings, listed)
        listed = [_planned(d, () if k else index) for k, d in enumerate(drawings)]
    before, found = 0, []
    for k, (drawing, (rows, pages)) in enumerate(zip(drawings, listed)):
        told = [
            Told(name=name, code=_code(k, n), number=before + n + 1, of=of) for n, (name, _) in enumerate(rows)
        ]  # fmt: skip
        found.append(tuple(_drawn(drawing, told, pages)))
        before += len(rows)
    return tuple(found)


def _code(floor: int, sheet: int) -> str:
    return f"A-{floor + 1}{sheet + 1:02}"


def _planned(drawing: Drawing, first: tuple[Panel, ...] = ()) -> tuple[list[tuple[str, str]], tuple[tuple[Panel, ...], ...]]:
    """What a floor's sheets are called and their scales and papers; and what stands on its pages of schedules."""
    box = extents(drawing)
    (paper, _, _), middles = parts_of(box)
    pages = _pages_of_lists((*first, *drawing.schedules))
    whole, _, _, scale = _paper_of_whole(drawing, box)
    rows = [(say("drawing.sheet.title", {}, drawing.language), f"{whole} 1:{scale}")]
    code = "drawing.sheet.part" if len(middles) > 1 else "drawing.sheet.detailed"
    for k in range(len(middles)):
        rows.append((say(code, {"part": k + 1, "parts": len(middles)}, drawing.language), f"{paper} 1:{PART_SCALE}"))
    rows += [(say("drawing.sheet.schedules", {}, drawing.language), SIZES[0][0]) for _ in pages]
    return rows, pages


def _list_of_sheets(drawings: Sequence[Drawing], plans: Sequence[tuple[list[tuple[str, str]], Any]]) -> tuple[Panel, ...]:
    """Number, name, paper and scale of every sheet; floors by name where there are several."""
    language = drawings[0].language
    rows = []
    for k, (drawing, (told, _)) in enumerate(zip(drawings, plans)):
        floor = f"{drawing.subtitle or drawing.title} · " if len(drawings) > 1 else ""
        rows += [(_code(k, n), f"{floor}{name}", paper) for n, (name, paper) in enumerate(told)]
    heads = [say(f"drawing.sheets.{head}", {}, language) for head in ("number", "name", "paper")]
    title, columns = say("drawing.sheets", {}, language), (0.0, 16.0, 78.0)
    return tuple(table_panel("sheets", title, columns, heads, rows[k : k + ON_A_PAGE]) for k in range(0, len(rows), ON_A_PAGE))


def _drawn(drawing: Drawing, told: Sequence[Told], pages: Sequence[tuple[Panel, ...]]) -> Iterator[Sheet]:
    box = extents(drawing)
    yield _whole(drawing, box, told[0])
    yield from _parts(drawing, box, told[1 : len(told) - len(pages)])
    for page, one in zip(pages, told[len(told) - len(pages) :]):
        yield _listed(drawing, page, one)


def _paper_of_whole(drawing: Drawing, box: Box) -> tuple[str, float, float, int]:
    x0, y0, x1, y1 = box
    return paper_for(x1 - x0, y1 - y0, column_mm(drawing.panels))


def _whole(drawing: Drawing, box: Box, told: Told) -> Sheet:
    """The floor on the smallest paper at the largest scale; the scale bar anew when the sheet is at another one."""
    x0, y0, x1, y1 = box
    paper, w, h, scale = _paper_of_whole(drawing, box)
    bar = scale_panel(scale, drawing.language)
    panels = [bar if p.name == "scale" else as_read(p, drawing.language) for p in drawing.panels]
    return framed(drawing, told, (paper, w, h), scale, panels, ((x0 + x1) / 2, (y0 + y1) / 2))


def parts_of(box: Box) -> tuple[tuple[str, float, float], tuple[Xy, ...]]:
    """The paper on which the floor at 1:50 takes fewest sheets (then least paper), and the middle of each part."""
    x0, y0, x1, y1 = box

    def counts(paper: tuple[str, float, float]) -> tuple[int, int]:
        across = _count(x1 - x0, PART_SCALE * (paper[1] - 2 * BORDER_MM - COLUMN_MM - SPARE_MM))
        return across, _count(y1 - y0, PART_SCALE * (paper[2] - 2 * BORDER_MM - SPARE_MM))

    best = min(PART_PAPERS, key=lambda p: (math.prod(counts(p)), p[1] * p[2]))
    across, down = counts(best)
    xs = [x0 + (x1 - x0) * (i + 0.5) / across for i in range(across)]
    ys = [y1 - (y1 - y0) * (i + 0.5) / down for i in range(down)]
    return best, tuple((x, y) for y in ys for x in xs)


def _count(length: float, view: float) -> int:
    return max(1, math.ceil((length - SEAM_MM) / (view - SEAM_MM)))


def _parts(drawing: Drawing, box: Box, told: Sequence[Told]) -> Iterator[Sheet]:
    (paper, w, h), middles = parts_of(box)
    half = tuple(PART_SCALE * v / 2 for v in (w - 2 * BORDER_MM - COLUMN_MM, h - 2 * BORDER_MM))
    views = [(x - half[0], y - half[1], x + half[0], y + half[1]) for x, y in middles]
    own = {p.name: as_read(p, drawing.language) for p in drawing.panels} | {"scale": scale_panel(PART_SCALE, drawing.language)}
    for k, (middle, one) in enumerate(zip(middles, told, strict=True)):
        panels = [own[name] for name in ON_PARTS if name in own]
        if len(middles) > 1:
            panels.insert(0, key_panel(drawing, box, views, k))
        yield framed(drawing, one, (paper, w, h), PART_SCALE, panels, middle)


def _pages_of_lists(panels: Sequence[Panel]) -> tuple[tuple[Panel, ...], ...]:
    """Schedules, as many on a page as an A3 holds."""
    pages: list[list[Panel]] = []
    for panel in panels:
        if not pages or _laid((*pages[-1], panel)) is None:
            pages.append([])
        pages[-1].append(panel)
    return tuple(tuple(page) for page in pages)


def _laid(panels: tuple[Panel, ...]) -> list[tuple[Panel, Xy]] | None:
    """Where each stands in the columns of an A3 left of the title block; None where they have no room."""
    _, w, h = SIZES[0]
    columns = int((w - 2 * BORDER_MM - COLUMN_MM) // COLUMN_MM) + 1
    found: list[tuple[Panel, Xy]] = []
    column, y = 0, h - BORDER_MM - 4.0
    for panel in panels:
        least = BORDER_MM + 2.0 + (TITLE_MM if column == columns - 1 else 0.0)
        if y - panel.height < least and y < h - BORDER_MM - 4.0:
            column, y = column + 1, h - BORDER_MM - 4.0
            least = BORDER_MM + 2.0 + (TITLE_MM if column == columns - 1 else 0.0)
        if column >= columns or (y - panel.height < least and found):
            return None
        y -= panel.height
        left = w - BORDER_MM - COLUMN_MM if column == columns - 1 else BORDER_MM + COLUMN_MM * column
        found.append((panel, (left + ASIDE_MM, y)))
        y -= 2 * GAP_MM
    return found


def _listed(drawing: Drawing, panels: tuple[Panel, ...], told: Told) -> Sheet:
    """A sheet of schedules alone."""
    bare = framed(drawing, told, SIZES[0], 1, (), None)
    laid = _laid(panels) or []
    return replace(bare, shapes=(*bare.shapes, *(moved(s, at) for p, at in laid for s in as_read(p, drawing.language).shapes)))
