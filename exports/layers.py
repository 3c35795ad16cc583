"""The layer table: AIA names with colour, linetype, line weight and meaning, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerStyle:
    """How a layer looks. `aci` and `rgb` in CAD (`rgb` 0xRRGGBB wins where known), `ink` and `paint` on screen.

    `weight_mm` is the plotted line. `existing` layers show the building as found: an overlay leaves them out.
    """

    name: str
    aci: int
    weight_mm: float
    linetype: str
    meaning: str
    rgb: int | None = None
    ink: str = "#222222"
    paint: str = "none"
    existing: bool = False
    plot: bool = True


@cache
def layer_table() -> dict[str, LayerStyle]:
    """All layers by name, in the order of the file, which is the order of drawing on screen."""
    data = tomllib.loads(resources.files(__package__).joinpath("layers.toml").read_text("utf-8"))
    return {name: LayerStyle(name=name, **entry) for name, entry in data.items()}
