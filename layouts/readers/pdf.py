"""The vectors and words of a PDF page as marks: the page that was named, else the one with most lines.

Only what a plan printed from CAD needs (ISO 32000-1 §8.4-8.5): path construction and painting, `q Q cm Do`, optional
content as layers; words through pypdf. Pictures are left out. A page has no true scale, so it must be calibrated, or
the areas and dimensions written in it must tell.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from layouts.readers.curve_points import FARTHEST, circle_through
from layouts.readers.drawing import read_sketch
from layouts.readers.imported import Import, Recipe
from layouts.readers.load import head_of
from layouts.readers.marks import XY, Arc, Marks, Sketch, Stroke
from layouts.readers.pdf_pages import Content, chosen_pages, content_of, opened_pages, words_of
from layouts.readers.svg_path import SAME, STEPS, Matrix, apply, times

MOST_BYTES = 60_000_000
MOST_INFLATED = 120_000_000  # all streams together: a zip bomb ends here
MOST_PATHS = 200_000
STREAM = re.compile(rb"stream\r?\n")
TOKEN = re.compile(rb"\(|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s/\[\]()<>]*|[-+]?(?:\d+\.?\d*|\.\d+)|[A-Za-z'\"*]+\d?|%[^\r\n]*")
PAINT = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
CLOSING = {b"s", b"b", b"b*"}


def read_pdf(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from the lines of a PDF page. Raises BadInput where it has none, as scans have not."""
    path, recipe = Path(path), recipe or Recipe()
    if not head_of(path).startswith(b"%PDF"):
        raise BadInput("pdf.not_pdf", file=path.name)
    if path.stat().st_size > MOST_BYTES:
        size = round(path.stat().st_size / 1e6)
        raise BadInput("file.too_large", file=path.name, megabytes=size, most=MOST_BYTES // 1_000_000)
    marks, damaged = best_page(path.read_bytes(), path.name, recipe.page)
    return read_sketch(path.name, Sketch(marks=marks, paper=True, damaged=damaged), unit, recipe)


def best_page(content: bytes, file: str, page: int = 0) -> tuple[Marks, bool]:
    """The marks of the page (from 1; 0: the one with most lines), and whether the file is damaged, so that some may be missing;
    BadInput where it has no lines."""
    if b"/Encrypt" in content[-4096:] or b"/Encrypt" in content[:4096]:
        raise BadInput("pdf.encrypted", file=file)
    pages = opened_pages(content)
    if pages is None and page > 1:
        raise BadInput("pdf.no_such_page", file=file, page=page, pages=1)
    told = None if pages is None else _of_pages(pages, file, page)
    if told is not None:
        return told
    found = [marks for stream in _streams(content, file) if (marks := _marks(Content(stream=stream), file)).strokes]
    if not found or page:
        raise BadInput("pdf.no_vectors", file=file)
    return max(found, key=lambda marks: len(marks.strokes)), True


def _of_pages(pages: Any, file: str, page: int) -> tuple[Marks, bool] | None:
    """The lines and words of the page with most lines among those asked for, and whether one could not be read; None where
    none has any."""
    best, most, damaged = None, 0, False
    for number in chosen_pages(pages, page, file):
        content = content_of(pages[number])
        damaged |= content is None
        marks = _marks(content, file) if content is not None else Marks()
        if len(marks.strokes) > most:
            best, most, chosen = marks, len(marks.strokes), number
    if best is None:
        return None
    best.labels += words_of(pages[chosen])
    return best, damaged


def _streams(content: bytes, file: str) -> Iterator[bytes]:
    """The streams that can be page contents, inflated within the limit."""
    left = MOST_INFLATED
    for found in STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        if end < 0:
            return
        told = content[max(0, found.start() - 400) : found.start()].rpartition(b"obj")[2]
        form = b"/Subtype /Form" in told or b"/Subtype/Form" in told  # drawings placed as a whole are forms
        if not form and (b"/Subtype" in told or b"/Type" in told or b"/Length1" in told):
            continue
        body = content[found.end() : end]
        if b"/FlateDecode" in told:
            try:
                body = zlib.decompressobj().decompress(body, left)
            except zlib.error:
                continue  # a damaged stream tells nothing; the others may
        elif b"/Filter" in told:
            continue
        left -= len(body)
        if left <= 0:
            raise BadInput("pdf.too_large", file=file, most=MOST_INFLATED // 1_000_000)
        yield body


def _marks(content: Content, file: str) -> Marks:
    """The painted paths of a content stream and of the forms in it."""
    page = _Page(file)
    page.run(content)
    return page.marks


def _after_string(stream: bytes, at: int) -> int:
    """The place after a string's closing parenthesis."""
    depth = 1
    while at < len(stream) and depth:
        byte = stream[at]
        if byte == 0x5C:  # backslash: the next byte is taken as it is
            at += 1
        depth += (byte == 0x28) - (byte == 0x29)
        at += 1
    return at


class _Page:
    """The graphics state of one stream and what it has painted."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.marks = Marks()
        self.matrix: Matrix = SAME
        self.stack: list[Matrix] = []
        self.layers: list[str] = []
        self.name = ""
        self.paths: list[list[XY]] = []
        self.curves = 0
        self.content = Content(stream=b"")
        self.left = MOST_INFLATED

    def run(self, content: Content) -> None:
        """All operators of a stream, in the matrix it is placed by."""
        outer, self.content = self.content, content
        before, stack, layers = self.matrix, self.stack, self.layers
        self.matrix, self.stack, self.layers = times(self.matrix, content.matrix), [], list(layers)
        stream, at = content.stream, 0
        self.left -= len(stream)  # a form placed again and again counts each time
        if self.left <= 0:
            raise BadInput("pdf.too_large", file=self.file, most=MOST_INFLATED // 1_000_000)
        numbers: list[float] = []
        while at < len(stream) and (found := TOKEN.search(stream, at)) is not None:
            word, at = found[0], found.end()
            if word == b"(":
                at = _after_string(stream, at)
            elif word[:1] in b"+-.0123456789":
                numbers.append(float(word))
            elif word[:1] == b"/":
                self.name = word[1:].decode("latin-1")
            elif word[:1].isalpha() or word in (b"'", b'"'):
                if word == b"BI":  # a picture inside the stream: bytes that mean nothing here
                    at = max(at, stream.find(b"EI", at) + 2)
                self.operator(word, numbers[-6:])
                numbers = []
        self.content, self.matrix, self.stack, self.layers = outer, before, stack, layers

    def operator(self, word: bytes, n: list[float]) -> None:
        """One operator with the numbers before it; too few numbers, and it is passed over."""
        if word == b"q" and len(self.stack) < 1000:
            self.stack.append(self.matrix)
        elif word == b"Q" and self.stack:
            self.matrix = self.stack.pop()
        elif word == b"cm" and len(n) == 6:
            self.matrix = times(self.matrix, (n[0], n[1], n[2], n[3], n[4], n[5]))
        elif word in (b"BDC", b"BMC"):
            self.layers.append(self.content.layers.get(self.name, self.name))
        elif word == b"EMC" and self.layers:
            self.layers.pop()
        elif word == b"Do" and self.name in self.content.forms:
            self.run(self.content.forms[self.name])
        elif word == b"m" and len(n) >= 2:
            self.paths.append([(n[-2], n[-1])])
        elif word == b"re" and len(n) >= 4:
            x, y, w, h = n[-4:]
            self.paths.append([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)])
        elif self.paths and self.paths[-1]:
            self._extend(word, n)

    def _extend(self, word: bytes, n: list[float]) -> None:
        """Operators that continue or paint the path."""
        path = self.paths[-1]
        if word == b"l" and len(n) >= 2:
            path.append((n[-2], n[-1]))
        elif word in (b"c", b"v", b"y") and len(n) >= (6 if word == b"c" else 4):
            self._curve(path, word, n)
        elif word == b"h":
            path.append(path[0])
        elif word in PAINT:
            if word in CLOSING:
                path.append(path[0])
            self._paint()
        elif word == b"n":
            self.paths, self.curves = [], 0

    def _curve(self, path: list[XY], word: bytes, n: list[float]) -> None:
        a, d = path[-1], (n[-2], n[-1])
        b = (n[-6], n[-5]) if word == b"c" else a if word == b"v" else (n[-4], n[-3])
        c = d if word == b"y" else (n[-4], n[-3])
        for k in range(1, STEPS + 1):
            t, u = k / STEPS, 1 - k / STEPS
            w = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
            path.append((sum(f * q[0] for f, q in zip(w, (a, b, c, d))), sum(f * q[1] for f, q in zip(w, (a, b, c, d)))))
        self.curves += 1

    def _paint(self) -> None:
        """The paths as strokes; a lone curve may be a door's swing."""
        layer = self.layers[-1] if self.layers else "0"
        for path in self.paths:
            placed = tuple(apply(self.matrix, q) for q in path)
            if any(not (abs(x) < FARTHEST and abs(y) < FARTHEST) for x, y in placed):
                self.marks.skip("PATH", layer, "no_place")
                continue
            if all(q == placed[0] for q in placed):
                self.marks.skip("PATH", layer, "no_length")
                continue
            if len(self.marks.strokes) >= MOST_PATHS:
                raise BadInput("dxf.too_many_entities", file=self.file, most=MOST_PATHS)
            alone = self.curves == 1 and len(self.paths) == 1 and len(placed) == STEPS + 1
            kind = "ARC" if alone else "LWPOLYLINE"
            self.marks.strokes.append(Stroke(kind=kind, layer=layer, points=placed, closed=placed[0] == placed[-1]))
            circle = circle_through(placed[0], placed[STEPS // 2], placed[-1]) if alone else None
            if circle is not None:
                sweep = 2 * math.degrees(math.asin(min(1.0, math.dist(placed[0], placed[-1]) / 2 / circle[1])))
                swing = Arc(layer=layer, centre=circle[0], radius=circle[1], a=placed[0], b=placed[-1], sweep_deg=sweep)
                self.marks.arcs.append(swing)
        self.paths, self.curves = [], 0
