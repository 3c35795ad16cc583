"""A DXF file -> its marks, and from those the plan."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from ezdxf.document import Drawing

from layouts.findings import BadInput
from layouts.readers.drawing import read_sketch
from layouts.readers.ending import breaks_off
from layouts.readers.flatten import flatten
from layouts.readers.imported import Import, Recipe
from layouts.readers.load import load_dxf
from layouts.readers.marks import Sketch

NO_PLAN = ("dxf.nothing_drawn", "dxf.no_walls", "dxf.nothing_enclosed")


def read_dxf(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from a DXF file. Raises BadInput with one code where nothing sensible can be read."""
    path, recipe = Path(path), recipe or Recipe()
    document, damaged = load_dxf(path, recipe.encoding)
    sketch = sketch_of(document, path.name, recipe, damaged)
    cut = breaks_off(path) if damaged else None
    try:
        return read_sketch(path.name, replace(sketch, cut=cut), unit, recipe)
    except BadInput as failure:
        if cut and failure.code in NO_PLAN:
            raise cut.refusal(path.name) from failure
        raise


def sketch_of(document: Drawing, file: str, recipe: Recipe, damaged: bool) -> Sketch:
    """The document flattened."""
    marks = flatten(document, file=file, hidden=recipe.hidden)
    return Sketch(marks=marks, header_unit=header_unit(document), damaged=damaged)


def header_unit(document: Drawing) -> int:
    """The header's $INSUNITS, 0 if it is missing or not a number."""
    value = document.header.get("$INSUNITS", 0)
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0
