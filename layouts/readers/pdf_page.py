"""The lines of a PDF page as an SVG picture, for showing it under a plan."""

from __future__ import annotations

from layouts.readers.pdf import best_page

THIN = 0.6


def page_svg(body: bytes, file: str, width: int, height: int) -> str:
    """The page with the most lines; points, y downwards."""
    paths = []
    for stroke in best_page(body, file).strokes:
        points = " L ".join(f"{x:.2f},{height - y:.2f}" for x, y in stroke.points)
        paths.append(f"M {points}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{" ".join(paths)}" fill="none" stroke="#334155" stroke-width="{THIN}"/></svg>'
    )
