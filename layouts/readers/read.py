"""Any file people may bring -> Import: the reader is chosen by what the file is, not only by its ending."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from layouts.findings import BadInput
from layouts.readers.imported import Import, Recipe

PICTURES = (".png", ".jpg", ".jpeg")
SUFFIXES = (".dxf", ".dwg", ".ifc", ".svg", ".pdf", *PICTURES)
KIND_BY_HEAD = ((b"ISO-10303", ".ifc"), (b"AC10", ".dwg"), (b"<svg", ".svg"), (b"%PDF", ".pdf"))


def kind_of(path: Path) -> str:
    """The reader's kind (.dxf, .dwg, .ifc, .svg, .pdf): by the first bytes where they say so, else by the ending."""
    if path.is_file():
        with path.open("rb") as stream:
            head = stream.read(512).lstrip(b"\xef\xbb\xbf \r\n\t")
        for start, kind in KIND_BY_HEAD:
            if head.startswith(start):
                return kind
        if head.startswith(b"<?xml") and b"<svg" in head:
            return ".svg"
    return path.suffix.lower()


def read_plan(path: Path, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from a DXF, DWG, IFC, SVG or PDF file; BadInput where it is none of them or cannot be read."""
    with np.errstate(all="ignore"):  # numbers out of range are looked for where they are used, not told on the screen
        return _read_plan(path, unit, recipe)


def _read_plan(path: Path, unit: str | None, recipe: Recipe | None) -> Import:
    kind = kind_of(path)
    if kind == ".ifc":
        from layouts.readers.ifc import read_ifc

        return read_ifc(path, unit=unit, recipe=recipe)
    if kind == ".svg":
        from layouts.readers.svg import read_svg

        return read_svg(path, unit=unit, recipe=recipe)
    if kind == ".pdf":
        from layouts.readers.pdf import read_pdf

        return read_pdf(path, unit=unit, recipe=recipe)
    if kind in PICTURES:
        from layouts.readers.underlay import read_picture

        size = read_picture(path)
        raise BadInput("picture.is_underlay", file=path.name, width=size.width_px, height=size.height_px)
    if kind == ".dwg":
        from layouts.readers.dwg import read_dwg

        return read_dwg(path, unit=unit, recipe=recipe)
    if kind == ".dxf":
        from layouts.readers.dxf import read_dxf

        return read_dxf(path, unit=unit, recipe=recipe)
    raise BadInput("drawing.unknown_kind", file=str(path), kind=path.suffix or "-")
