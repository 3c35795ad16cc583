"""Drawing -> PDF sheet at true scale, set by typst from an SVG; texts stay searchable.

Typst gets numbers and one image, never a text of people: it would run what it is given as markup.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import typst

from exports.drawing import Drawing
from exports.svg import sheet_svg

PAGE = '#set page(width: {w}mm, height: {h}mm, margin: 0mm)\n#image("sheet.svg", width: {w}mm, height: {h}mm)\n'


def write_pdf(drawing: Drawing, path: Path) -> str:
    """Write the sheet and say its paper and scale, e.g. `A2 1:100`. Needs no network and reads no file but its own."""
    svg, sheet = sheet_svg(drawing)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sheet.svg").write_text(svg, "utf-8")
        page = Path(folder) / "sheet.typ"
        page.write_text(PAGE.format(w=sheet.width, h=sheet.height), "utf-8")
        pdf = typst.compile(page, root=folder)
    path.write_bytes(pdf)
    return f"{sheet.paper} 1:{sheet.scale}"
