"""One sheet of the set: paper, scale, view of the plan and what stands round it, in paper millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.drawing import BlockRef, Drawing, Line, Panel, Polyline, Shape, Text, Xy, carried
from exports.floor_panels import LEAST_TEXT_MM, as_read
from exports.labels import BOLD_LETTER, LETTER, cut, letters, wrapped
from exports.words import say

SIZES = (("A3", 420.0, 297.0), ("A2", 594.0, 420.0), ("A1", 841.0, 594.0), ("A0", 1189.0, 841.0))
# Each lying, then standing: a long narrow hall needs no larger paper than a wide one.
PAPERS = tuple(paper for name, w, h in SIZES for paper in ((name, w, h), (name, h, w)))
SCALES = (100, 200, 500)
BORDER_MM = 10.0
COLUMN_MM = 112.0
TITLE_MM = 65.0
SIGNED_MM = 10.0
CODE_MM = 5.0
TITLE_LETTERS_MM, LEAST_TITLE_MM = 4.0, 3.2
SPARE_MM = 6.0
GAP_MM = 3.0
ASIDE_MM = 7.0
STEP_MM = 6.6
INK = "A-ANNO-TTLB"
TITLE_BLOCK = "CL_TITLE"
TITLE_TAGS = ("PROJECT", "LEVEL", "SHEET", "NUMBER", "SCALE", "PAPER")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Paper size, scale, the view of the plan on the paper and its middle in the plan (None: no view), and all round it."""

    name: str
    code: str
    paper: str
    width: float
    height: float
    scale: int
    view_middle: Xy
    view_size: Xy
    view_centre: Xy | None
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a title block says of its sheet beside the drawing's own title."""

    name: str
    code: str
    number: int
    of: int


def paper_for(width_mm: float, height_mm: float, panels_mm: float = 0.0) -> tuple[str, float, float, int]:
    """The smallest paper that holds the plan and its column of panels, at the largest of our scales."""
    for scale in SCALES:
        for name, w, h in PAPERS:
            free_w, free_h = w - 2 * BORDER_MM - COLUMN_MM - SPARE_MM, h - 2 * BORDER_MM - SPARE_MM
            if width_mm / scale <= free_w and height_mm / scale <= free_h and panels_mm <= free_h - TITLE_MM:
                return name, w, h, scale
    return *SIZES[-1], SCALES[-1]


def column_mm(panels: Sequence[Panel]) -> float:
    """The height that panels take one under the other."""
    return sum(panel.height + GAP_MM for panel in panels)


def framed(
    drawing: Drawing, told: Told, paper: tuple[str, float, float], scale: int, panels: Sequence[Panel], centre: Xy | None
) -> Sheet:
    """A sheet with its frame, title block and column of panels; `centre` of the view in the plan."""
    name, w, h = paper
    left = w - BORDER_MM - COLUMN_MM
    view = (left - BORDER_MM, h - 2 * BORDER_MM)
    return Sheet(
        name=told.name,
        code=told.code,
        paper=name,
        width=w,
        height=h,
        scale=scale,
        view_middle=(BORDER_MM + view[0] / 2, BORDER_MM + view[1] / 2),
        view_size=view,
        view_centre=centre,
        shapes=(*_frame(w, h, left), *title_block(drawing, told, name, scale, left), *_column(panels, left, h)),
    )


def _frame(w: float, h: float, left: float) -> Iterator[Shape]:
    b = BORDER_MM
    yield Polyline(layer=INK, kind="sheet", points=((b, b), (w - b, b), (w - b, h - b), (b, h - b)), closed=True)
    yield Line(layer=INK, kind="sheet", a=(left, b), b=(left, h - b))
    yield Line(layer=INK, kind="sheet", a=(left, b + TITLE_MM), b=(w - b, b + TITLE_MM))


def title_block(drawing: Drawing, told: Told, paper: str, scale: int, left: float) -> Iterator[Shape]:
    """What the sheet is, its number and scale, and empty fields for those who draw on, check and sign."""
    language = drawing.language
    number = say("drawing.sheet.number", {"number": told.number, "of": told.of}, language)
    scaled = say("drawing.sheet.scale", {"scale": scale, "paper": paper}, language) if scale > 1 else paper
    names, high = _title_lines(drawing.title)
    rows = (
        *((line, high, True) for line in names),
        (drawing.subtitle, 2.5, False),
        (told.name, 3.0, True),
        (f"{number} · {scaled}", 2.5, False),
        (say("drawing.note.concept", {}, language), 3.0, True),
    )
    shapes: list[Shape] = []
    y = TITLE_MM - 1.5
    for text, height, bold in rows:
        if text:
            y -= STEP_MM + (1.0 if height == high else 0.0)
            at = (ASIDE_MM, y)
            shapes.append(Text(layer=INK, kind="title", at=at, lines=(text,), height=height, anchor="left", bold=bold))
    corner = (COLUMN_MM - ASIDE_MM, SIGNED_MM + 3.4)
    shapes.append(Text(layer=INK, kind="title", at=corner, lines=(told.code,), height=CODE_MM, anchor="right", bold=True))
    shapes += _signed(language)
    panel = Panel(name="title", width=COLUMN_MM, height=TITLE_MM, shapes=tuple(shapes))
    for shape in as_read(panel, language).shapes:
        yield moved(shape, (left, BORDER_MM))
    values = (drawing.title, drawing.subtitle, told.name, told.code, f"1:{scale}" if scale > 1 else "", paper)
    yield BlockRef(layer=INK, kind="title", block=TITLE_BLOCK, at=(left, BORDER_MM), values=tuple(zip(TITLE_TAGS, values)))


def _title_lines(title: str) -> tuple[tuple[str, ...], float]:
    """A long name goes on two lines, lower ones if need be; only what is too long even for those is cut."""
    room = COLUMN_MM - 2 * ASIDE_MM
    lines = (title,) if TITLE_LETTERS_MM * BOLD_LETTER * letters(title) <= room else wrapped(title, 2)
    height = max(LEAST_TITLE_MM, min(TITLE_LETTERS_MM, room / (BOLD_LETTER * max(1.0, *map(letters, lines)))))
    return tuple(cut(line, room / (BOLD_LETTER * height) + 1e-6) for line in lines), round(height, 2)


def _signed(language: str) -> Iterator[Shape]:
    """Four empty fields: drawn, checked, date, revision."""
    step = COLUMN_MM / 4
    yield Line(layer=INK, kind="sheet", a=(0.0, SIGNED_MM), b=(COLUMN_MM, SIGNED_MM))
    for k, field in enumerate(("drawn", "checked", "date", "revision")):
        if k:
            yield Line(layer=INK, kind="sheet", a=(k * step, 0.0), b=(k * step, SIGNED_MM))
        word = say(f"drawing.sheet.{field}", {}, language)
        at = (k * step + 1.5, SIGNED_MM - 2.8)
        height = max(2.0, min(LEAST_TEXT_MM, (step - 3) / (LETTER * len(word))))
        yield Text(layer=INK, kind="title", at=at, lines=(word,), height=height, anchor="left")


def _column(panels: Sequence[Panel], left: float, h: float) -> Iterator[Shape]:
    """Panels from the top of the column downwards."""
    y = h - BORDER_MM - 4.0
    for panel in panels:
        y -= panel.height
        for shape in panel.shapes:
            yield moved(shape, (left + ASIDE_MM, y))
        y -= GAP_MM


def moved(shape: Shape, by: Xy) -> Shape:
    """The shape shifted on paper."""
    return carried(shape, lambda p: (p[0] + by[0], p[1] + by[1]))
