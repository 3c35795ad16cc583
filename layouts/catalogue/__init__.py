"""Fittings with their sizes and the floor each one needs clear, as data with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from layouts.findings import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Floor kept clear at a fitting: `side` front | back | left | right, `width_mm` (0: its own), `depth_mm`."""

    use: str
    side: str
    width_mm: int
    depth_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """One kind of thing. Lengths in mm: width along its public front, depth away from the public, height.

    `category`: counter | island | seating | room_public | room_staff | partition | sign.  Rooms give `area_m2`
    (and `min_width_mm`) in place of width and depth. `pitch_mm` from one to the next in a row (0: the width).
    `surface_mm` is the height of the top one writes on, `knee_…` the free room beneath it, `controls_…` the heights of
    what one touches, `underside_mm` where a thing off the floor begins.
    """

    id: str
    category: str
    width_mm: int = 0
    depth_mm: int = 0
    height_mm: int = 0
    surface_mm: int = 0
    knee_high_mm: int = 0
    knee_deep_mm: int = 0
    knee_wide_mm: int = 0
    controls_low_mm: int = 0
    controls_high_mm: int = 0
    underside_mm: int = 0
    area_m2: float = 0.0
    min_width_mm: int = 0
    pitch_mm: int = 0
    accessible: bool = False
    clearances: tuple[Clearance, ...] = ()
    source: str = ""
    certainty: str = "default"


@cache
def fittings() -> dict[str, Fitting]:
    """All fittings by id."""
    data = tomllib.loads(resources.files(__package__).joinpath("fittings.toml").read_text("utf-8"))
    return {
        key: Fitting(
            id=key,
            clearances=tuple(Clearance(**c) for c in entry.get("clearances", ())),
            **{k: v for k, v in entry.items() if k != "clearances"},
        )
        for key, entry in data.items()
    }


def fitting(kind: str) -> Fitting:
    """The fitting `kind`; BadInput `catalogue.unknown_kind` when there is none."""
    if kind not in fittings():
        raise BadInput("catalogue.unknown_kind", kind=kind)
    return fittings()[kind]
