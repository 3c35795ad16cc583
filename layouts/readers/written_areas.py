"""Areas written in rooms against areas measured: the one evidence of scale that needs no assumption about sizes."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace

from layouts.findings import BadInput
from layouts.readers.imported import Doubt, Import, UnitChoice
from layouts.readers.units import TO_MM, Unit

LEAST_ROOMS = 2
MOST_TRIED = 3
AGREE = 0.06  # of the scale: written areas leave out columns and plaster
ALIKE = 0.15  # of the scale: rooms must agree with each other


def weighed_by_areas(read: Import, unit: Unit, again: Callable[[Unit], Import], *, fixed: bool) -> Import:
    """The reading confirmed, doubted, or made again at the scale that the written areas ask for."""
    factor = scale_factor(read)
    if factor is None:
        return read
    if abs(factor - 1) <= AGREE:
        return _confirmed(read)
    better = next((u for u, mm in TO_MM.items() if abs(mm / (unit.scale_to_mm * factor) - 1) <= 2 * AGREE), "")
    if fixed or not better:
        doubt = Doubt(code="unit.areas_disagree", values={"factor": round(factor, 3)})
        return replace(read, warnings=(doubt, *read.warnings), ask=read.ask or not fixed)
    doubt = Doubt(code="unit.from_areas", values={"geometry": unit.name, "areas": better})
    return again(replace(unit, name=better, scale_to_mm=TO_MM[better], confidence=0.9, doubts=(doubt,), ask=False))


def told_by_areas(choices: Sequence[UnitChoice], read: Callable[[Unit], Import]) -> Import | None:
    """Where sizes tell nothing, the reading whose rooms have the areas that are written in them; None without one."""
    for choice in choices[:MOST_TRIED]:
        doubt = Doubt(code="unit.told_by_areas", values={"areas": choice.unit})
        unit = Unit(name=choice.unit, scale_to_mm=choice.scale_to_mm, confidence=0.9, choices=tuple(choices), doubts=(doubt,))
        try:
            found = read(unit)
        except BadInput:  # at this scale nothing is enclosed; the question stands, or another choice answers it
            continue
        factor = scale_factor(found)
        if factor is not None and abs(factor - 1) <= AGREE:
            return found
    return None


def scale_factor(read: Import) -> float | None:
    """By how much the scale must grow for measured areas to be the written ones; None where too few rooms tell."""
    factors = []
    for written, measured in read.written:
        if measured > 0 and written > 0:
            factors.append(math.sqrt(written / measured))
    if len(factors) < LEAST_ROOMS:
        return None
    middle = statistics.median(factors)
    alike = sum(abs(f / middle - 1) <= ALIKE for f in factors)
    return middle if alike >= max(LEAST_ROOMS, 0.6 * len(factors)) else None


def _confirmed(read: Import) -> Import:
    """The same reading, its unit now as good as certain."""
    kept = tuple(w for w in read.warnings if w.code not in ("unit.ask", "unit.not_confirmed", "unit.from_geometry"))
    sure = dict(read.confidence) | {"unit": max(read.confidence["unit"], 0.98)}
    return replace(read, warnings=kept, confidence=sure, ask=False)
