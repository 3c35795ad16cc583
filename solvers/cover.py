"""The staff needed, interval by interval: the hand-over from capacity to rostering."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNeed:
    """`needed` persons with `skill` from `start_min` for `length_min` on every day of `day_type`."""

    day_type: str
    skill: str
    start_min: int
    length_min: int
    needed: int
