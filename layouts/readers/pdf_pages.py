"""The pages of a PDF through pypdf: contents, forms placed in them, names of layers, and words with their places."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader

from layouts.findings import BadInput
from layouts.readers.curve_points import FARTHEST
from layouts.readers.flatten import printable
from layouts.readers.marks import Label
from layouts.readers.svg_path import SAME, Matrix, apply, times

MOST_PAGES = 60  # looked through for the one with most lines; any page can be named
MOST_WORDS = 20_000
DEEPEST = 4  # forms in forms
LETTER_WIDE = 0.5  # of its height: half a text's width from its start is its middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A content stream with what its names stand for: forms, and layers (optional content)."""

    stream: bytes
    matrix: Matrix = SAME
    forms: Mapping[str, Content] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)


def opened_pages(body: bytes) -> Any:
    """The pages, None where the file's own table of them is broken: its streams may still be read one by one."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its notes on repairs are not for the screen
    try:
        pages = PdfReader(io.BytesIO(body)).pages
        return pages if len(pages) else None
    except Exception:  # pypdf lets errors of every kind through on damaged files; the streams are the second way
        return None


def shown_size(page: Any) -> tuple[int, int] | None:
    """Width and height in points of what is seen of a page, as it is turned; None where that cannot be told."""
    try:
        across, up = (_shared(page.cropbox, page.mediabox, k) for k in (0, 1))
        if min(across, up) <= 0:  # nothing would be seen: the whole sheet is
            across, up = (_shared(page.mediabox, page.mediabox, k) for k in (0, 1))
        size = round(across), round(up)
        return size[::-1] if page.rotation % 180 else size
    except Exception:  # pypdf lets errors of every kind through on damaged pages
        return None


def _shared(box: Any, other: Any, k: int) -> float:
    """How far two boxes reach together, across (0) or up (1); their corners may stand in any order."""
    (low, high), (least, most) = (sorted((float(b[k]), float(b[k + 2]))) for b in (box, other))
    return min(high, most) - max(low, least)


def chosen_pages(pages: Any, page: int, file: str) -> list[int]:
    """The pages to look at: the one that was named, else the first ones."""
    count = len(pages)
    if page > count:
        raise BadInput("pdf.no_such_page", file=file, page=page, pages=count)
    return [page - 1] if page else list(range(min(count, MOST_PAGES)))


def content_of(page: Any) -> Content | None:
    """What the page draws, None where it cannot be read."""
    try:
        contents = page.get_contents()
        stream = contents.get_data() if contents is not None else b""
        resources = page.get("/Resources", {}).get_object()
        return Content(stream=stream, forms=_forms(resources, 0), layers=_layers(resources))
    except Exception:  # as above: a page that is damaged is no page, the others are read
        return None


def _forms(resources: Any, depth: int) -> dict[str, Content]:
    """The forms a stream can place, each with its own."""
    found: dict[str, Content] = {}
    objects = resources.get("/XObject", {}).get_object() if depth < DEEPEST and "/XObject" in resources else {}
    for name, reference in objects.items():
        form = reference.get_object()
        if form.get("/Subtype") != "/Form":
            continue
        own = form.get("/Resources", resources).get_object()
        numbers = [float(n) for n in form.get("/Matrix", SAME)]
        matrix = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
        inner = {} if own is resources else _forms(own, depth + 1)
        found[name[1:]] = Content(stream=form.get_data(), matrix=matrix, forms=inner, layers=_layers(own))
    return found


def _layers(resources: Any) -> dict[str, str]:
    """The layers' names by the names that the stream uses for them."""
    told = resources.get("/Properties", {}).get_object() if "/Properties" in resources else {}
    named = ((name[1:], entry.get_object().get("/Name")) for name, entry in told.items())
    return {name: printable(str(layer)) for name, layer in named if layer}


def words_of(page: Any) -> list[Label]:
    """The texts of the page at their middles, in the page's coordinates; none where its fonts say nothing."""
    labels: list[Label] = []

    def visit(text: str, user: Any, place: Any, _font: Any, size: Any) -> None:
        words = printable(text)
        if not words or len(labels) >= MOST_WORDS:
            return
        matrix = times(_matrix(user), _matrix(place))
        height = abs(float(size or 0)) * math.hypot(matrix[2], matrix[3])
        wide = LETTER_WIDE * abs(float(size or 0)) * len(words) / 2
        at = apply(matrix, (wide, 0.0))
        if math.isfinite(height) and all(abs(c) < FARTHEST for c in at):
            labels.append(Label(kind="TEXT", layer="0", text=words, at=at, height=height))

    try:
        page.extract_text(visitor_text=visit)
    except Exception:  # a font pypdf cannot follow: the lines are read, the words gathered so far stay
        return labels
    return labels


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(n) for n in numbers[:6])
    return a, b, c, d, e, f
