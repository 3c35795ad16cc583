"""Drawing -> PDF sheet at true scale, set by typst from an SVG; texts stay searchable.

Typst gets numbers and one image, never a text of people: it would run what it is given as markup.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst

from exports.drawing import Drawing
from exports.sheet_set import sheet_sets
from exports.svg import sheet_svg

PAGE = '#set page(width: {w}mm, height: {h}mm, margin: 0mm)\n#image("sheet-{k}.svg", width: {w}mm, height: {h}mm)\n'


def write_pdf(drawing: Drawing | Sequence[Drawing], path: Path) -> str:
    """Write the sheets of each drawing and say their paper and scale, e.g. `A2 1:100, A1 1:50, A3`.

    Needs no network and reads no file but its own.
    """
    drawings = (drawing,) if isinstance(drawing, Drawing) else tuple(drawing)
    pages, told = [], []
    with tempfile.TemporaryDirectory() as folder:
        for k, (one, sheet) in enumerate((floor, s) for floor, own in zip(drawings, sheet_sets(drawings)) for s in own):
            (Path(folder) / f"sheet-{k}.svg").write_text(sheet_svg(one, sheet), "utf-8")
            pages.append(PAGE.format(w=sheet.width, h=sheet.height, k=k))
            told.append(sheet.paper if sheet.view_centre is None else f"{sheet.paper} 1:{sheet.scale}")
        page = Path(folder) / "sheets.typ"
        page.write_text("".join(pages), "utf-8")
        pdf = typst.compile(str(page), root=folder)
    path.write_bytes(pdf)
    return ", ".join(dict.fromkeys(told))
