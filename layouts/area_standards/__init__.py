"""How much floor service centres have elsewhere, as data: each band with its unit, clause, source and certainty."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from layouts.findings import Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Values of `measure` from `low` to `high` (equal: one figure) that a source calls by `name`."""

    measure: str
    name: str
    low: float
    high: float
    unit: str
    clause: str
    source: str
    certainty: Certainty


@cache
def bands() -> tuple[Band, ...]:
    """All bands, those of one measure by their low end."""
    data = tomllib.loads(resources.files(__package__).joinpath("ratios.toml").read_text("utf-8"))
    found = [Band(measure=measure, **each) for measure, rows in data.items() for each in rows]
    return tuple(sorted(found, key=lambda band: (list(data).index(band.measure), band.low)))


def bands_of(measure: str) -> tuple[Band, ...]:
    return tuple(band for band in bands() if band.measure == measure)
