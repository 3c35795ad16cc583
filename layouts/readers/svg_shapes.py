"""Shapes of a plan as SVG: y runs up in the plan and down in the picture, so y is negated here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from layouts import plan as p

Box = tuple[float, float, float, float]


def ring(points: p.Ring, *, fill: str = "none", stroke: str = "none", width: float = 0, dash: bool = False) -> str:
    """A closed polygon."""
    return area(p.Polygon(outer=points), fill=fill, stroke=stroke, width=width, dash=dash)


def area(shape: p.Polygon, *, fill: str = "none", stroke: str = "none", width: float = 0, dash: bool = False) -> str:
    """A polygon with its holes left open."""
    path = " ".join("M " + " L ".join(f"{x},{-y}" for x, y in points) + " Z" for points in (shape.outer, *shape.holes))
    dashes = f' stroke-dasharray="{width * 4:.0f}"' if dash else ""
    return f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}" stroke-width="{width:.0f}"{dashes}/>'


def line(a: p.Point, b: p.Point, colour: str, width: float, *, cap: str = "butt", dash: bool = False) -> str:
    """A straight line."""
    dashes = f' stroke-dasharray="{width * 3:.0f}"' if dash else ""
    return (
        f'<line x1="{a[0]}" y1="{-a[1]}" x2="{b[0]}" y2="{-b[1]}" stroke="{colour}" stroke-width="{width:.0f}" '
        f'stroke-linecap="{cap}"{dashes}/>'
    )


def circle(at: p.Point, radius: float, *, stroke: str, fill: str = "none") -> str:
    """A ring round a place."""
    return (
        f'<circle cx="{at[0]}" cy="{-at[1]}" r="{radius:.0f}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{radius / 5:.0f}"/>'
    )


def words(at: tuple[float, float], text: str, height: float, colour: str, *, anchor: str = "start", bold: bool = False) -> str:
    """One line of text, its baseline at a point of the plan."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{at[0]:.0f}" y="{-at[1]:.0f}" font-size="{height:.0f}" text-anchor="{anchor}" '
        f'fill="{colour}"{weight}>{escape(text)}</text>'
    )


def titled(title: str, *shapes: str) -> str:
    """Shapes with words that appear when pointed at."""
    return f"<g><title>{escape(title)}</title>{''.join(shapes)}</g>"


def page(view: Box, parts: Sequence[str], *, width_px: int) -> str:
    """The picture of the box (left, low, right, high) in the plan's millimetres, on white."""
    left, low, right, high = view
    wide, tall = right - left, high - low
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {-high:.0f} {wide:.0f} {tall:.0f}" '
            f'width="{width_px}" height="{width_px * tall / wide:.0f}" font-family="Arial, sans-serif">',
            f'<rect x="{left:.0f}" y="{-high:.0f}" width="{wide:.0f}" height="{tall:.0f}" fill="white"/>',
            *(part for part in parts if part),
            "</svg>",
        )
    )
