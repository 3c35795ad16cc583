"""The bones of a chart as SVG: a page in points, ticks on round numbers, texts made safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from exports.one_line import one_line

INK, FAINT, GRID = "#22303c", "#5d6b78", "#dfe4e8"
BLUE, PALE, ORANGE = "#2f6f9f", "#a9c8de", "#c8641f"
FONT = "font-family=\"'DejaVu Sans','Noto Sans',Arial,sans-serif\""
WIDTH = 720.0
TITLE_HIGH, FOOT_HIGH = 34.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The rectangle that data are drawn in, and what its edges stand for."""

    left: float
    top: float
    width: float
    height: float
    x_from: float
    x_to: float
    y_from: float = 0.0
    y_to: float = 1.0

    def x(self, value: float) -> float:
        return self.left + self.width * (value - self.x_from) / (self.x_to - self.x_from)

    def y(self, value: float) -> float:
        return self.top + self.height * (1.0 - (value - self.y_from) / (self.y_to - self.y_from))


def page(title: str, height: float, parts: Sequence[str]) -> str:
    """One SVG document."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(WIDTH)} {n(height)}" width="100%" role="img" '
            f'aria-label="{escape(one_line(title), {chr(34): "&quot;"})}" {FONT}>',
            f"<title>{escape(one_line(title))}</title>",
            f'<rect width="{n(WIDTH)}" height="{n(height)}" fill="#ffffff"/>',
            text(12, 22, title, size=15, weight="600"),
            *parts,
            "</svg>",
            "",
        ]
    )


def text(
    x: float, y: float, what: str, *, size: float = 11, fill: str = INK, anchor: str = "start", weight: str = "400"
) -> str:
    """A line of text; whatever it quotes stays text."""
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(one_line(what))}</text>'
    )


def box(x: float, y: float, width: float, height: float, fill: str, hint: str = "") -> str:
    """A filled rectangle, with a hint shown where the pointer rests."""
    title = f"<title>{escape(one_line(hint))}</title>" if hint else ""
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(max(width, 0.0))}" height="{n(height)}" fill="{fill}">{title}</rect>'


def line(x: float, y: float, x2: float, y2: float, stroke: str = GRID, width: float = 1.0) -> str:
    return f'<line x1="{n(x)}" y1="{n(y)}" x2="{n(x2)}" y2="{n(y2)}" stroke="{stroke}" stroke-width="{n(width)}"/>'


def dot(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{fill}"/>'


def whisker(x: float, x2: float, y: float) -> str:
    """An interval drawn across a bar's end."""
    return line(x, y, x2, y, INK, 1.2) + line(x, y - 3, x, y + 3, INK, 1.2) + line(x2, y - 3, x2, y + 3, INK, 1.2)


def steps(frame: Frame, xs: Sequence[float], ys: Sequence[float], stroke: str, width: float = 2.0) -> str:
    """A line through points."""
    points = " ".join(f"{n(frame.x(x))},{n(frame.y(y))}" for x, y in zip(xs, ys))
    return f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="{n(width)}" stroke-linejoin="round"/>'


def band(frame: Frame, xs: Sequence[float], low: Sequence[float], high: Sequence[float], fill: str) -> str:
    """The area between two lines."""
    there = [f"{n(frame.x(x))},{n(frame.y(y))}" for x, y in zip(xs, high)]
    back = [f"{n(frame.x(x))},{n(frame.y(y))}" for x, y in zip(reversed(xs), reversed(low))]
    return f'<polygon points="{" ".join(there + back)}" fill="{fill}"/>'


def legend(x: float, y: float, entries: Sequence[tuple[str, str]]) -> list[str]:
    """Colour and words, side by side."""
    parts = []
    for colour, words in entries:
        parts += [box(x, y - 9, 10, 10, colour), text(x + 15, y, words, size=10.5, fill=FAINT)]
        x += 15 + 6.2 * len(words) + 18
    return parts


def ticks(most: float, wanted: int = 5) -> list[float]:
    """Round numbers from 0 to just above `most`, in steps of 1, 2 or 5 times a power of ten."""
    if most <= 0.0:
        return [0.0, 1.0]
    rough = most / wanted
    power = 10.0 ** floor(log10(rough))
    step = power * next(each for each in (1.0, 2.0, 5.0, 10.0) if each * power >= rough - 1e-12)
    return [step * k for k in range(ceil(most / step - 1e-9) + 1)]


def label_of(value: float) -> str:
    """A tick's number, without a useless tail."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def n(value: float) -> str:
    """A coordinate, short and the same everywhere."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
