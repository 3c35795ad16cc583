"""A DXF file -> its marks, and from those the plan."""

from __future__ import annotations

import math
from pathlib import Path

from ezdxf.document import Drawing

from layouts.readers.drawing import read_sketch
from layouts.readers.flatten import flatten
from layouts.readers.imported import Import, Recipe
from layouts.readers.load import load_dxf
from layouts.readers.marks import Sketch


def read_dxf(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from a DXF file. Raises BadInput with one code where nothing sensible can be read."""
    path, recipe = Path(path), recipe or Recipe()
    document, damaged = load_dxf(path, recipe.encoding)
    return read_sketch(path.name, sketch_of(document, path.name, recipe, damaged), unit, recipe)


def sketch_of(document: Drawing, file: str, recipe: Recipe, damaged: bool) -> Sketch:
    """The document flattened."""
    marks = flatten(document, file=file, hidden=recipe.hidden)
    return Sketch(marks=marks, header_unit=header_unit(document), damaged=damaged)


def header_unit(document: Drawing) -> int:
    """The header's $INSUNITS, 0 if it is missing or not a number."""
    value = document.header.get("$INSUNITS", 0)
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0
