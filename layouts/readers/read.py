"""Any file people may bring -> Import: the reader is chosen by what the file is, not only by its ending."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from layouts.findings import BadInput
from layouts.readers.imported import Import, Recipe
from layouts.readers.overrides import Reader, overridden
from layouts.readers.storeys import all_storeys

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
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
    """Read a plan from a DXF, DWG, IFC, SVG or PDF file; BadInput where it is none of them or cannot be read."""
    recipe = recipe or Recipe()
    # numbers out of range are looked for where they are used, not told on the screen
    with np.errstate(all="ignore"), uncollected():
        reader = _reader(path, unit)
        first = overridden(reader(recipe), recipe, reader)
        return all_storeys(first, recipe, reader) if recipe.all_storeys else first


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage cycles: a drawing is a million objects that all stay, gone through again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _reader(path: Path, unit: str | None) -> Reader:
    """The reader for what the file is, opened once where that is dear."""
    kind = kind_of(path)
    if kind == ".ifc":
        from layouts.readers.ifc import read_storey
        from layouts.readers.ifc_model import open_ifc

        model = open_ifc(path)
        return lambda recipe: read_storey(model, unit=unit, recipe=recipe)
    return lambda recipe: _read_plan(path, kind, unit, recipe)


def _read_plan(path: Path, kind: str, unit: str | None, recipe: Recipe) -> Import:
    """One storey of a file that is no building model."""
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
