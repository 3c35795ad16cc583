"""The drawing's unit: header, doors, stairs, openings, walls, fittings, dimensions, sheet and extent weighed together.

Of 32 real plans with a known unit the header was right in 53 % and wrong in 25 %; so it is never believed alone. Each kind
of evidence gives every unit a log-likelihood (`unit_evidence`); their sum, as shares of one, is the confidence. What
header and geometry cannot settle becomes a question with its alternatives, never a silent guess.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.findings import BadInput, Value
from layouts.readers.imported import Doubt, UnitChoice
from layouts.readers.marks import Marks, Stroke
from layouts.readers.unit_evidence import Evidence, gather

TO_MM: Mapping[str, float] = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, "ft": 304.8}
RARE_MM: Mapping[str, float] = {"dm": 100.0, "dam": 10_000.0}  # never guessed, but offered where people are asked
HEADER: Mapping[int, str] = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m"}
HEADER_RIGHT = 0.68  # of the headers that name a unit (17 of 25 real plans)
WITHOUT_HEADER: Mapping[str, float] = {"mm": 0.35, "cm": 0.2, "m": 0.25, "in": 0.17, "ft": 0.03}
SURE = 0.85  # below this the reader asks
WORST_FIT = -4.0  # log-likelihood of the geometry below which no known unit fits at all
MOST_ON_PAPER = 0.7
MOST_OVER_HEADER = 0.6  # against a header that names a unit, without one strong kind that tells both apart: asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The unit read, how sure (0-1), all choices with their size, and what was doubtful. `ask`: people must say."""

    name: str
    scale_to_mm: float
    confidence: float
    choices: tuple[UnitChoice, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    ask: bool = False


class UnitUnknown(BadInput):
    """Nothing tells the unit: the question, with what each choice would make of the plan."""

    def __init__(self, code: str, *, file: str, choices: tuple[UnitChoice, ...], header: str, **sizes: str) -> None:
        super().__init__(code, file=file, header=header, **sizes)
        self.choices = choices


def read_unit(
    file: str,
    marks: Marks,
    walls: Sequence[Stroke],
    header: int,
    said: str | None,
    *,
    scale_to_mm: float = 0.0,
    doors: Sequence[str] = (),
    stairs: Sequence[str] = (),
    paper: bool = False,
) -> Unit:
    """The unit people said or calibrated, else the likeliest; UnitUnknown where none fits what is drawn.

    `doors` and `stairs` are the layers that hold them. `paper`: units of paper or screen, which no geometry can make certain.
    """
    seen = gather(marks, walls, doors, stairs)
    fit = {unit: seen.log_fit(scale) for unit, scale in TO_MM.items()}
    named = HEADER.get(header, "")
    shares = _shares({unit: fit[unit] + math.log(_prior(unit, named)) for unit in TO_MM})
    choices = tuple(_choice(unit, shares[unit], seen) for unit in sorted(TO_MM, key=lambda unit: (-shares[unit], unit)))
    best = choices[0].unit
    if said is not None or scale_to_mm:
        return _said(file, said, scale_to_mm, seen, choices)
    if seen.misfit(TO_MM[best]) < WORST_FIT and not seen.tell(TO_MM[best]):
        sizes = {c.unit: f"{c.length_m:.4g} m" for c in choices}
        raise UnitUnknown("unit.unknown", file=file, choices=(*choices, *_rare(seen)), header=named or str(header), **sizes)
    confidence, doubts = shares[best], list[Doubt]()
    if named and best != named:
        confidence = min(confidence, 0.9 if seen.tell_from(TO_MM[best], TO_MM[named]) else MOST_OVER_HEADER)
        doubts.append(Doubt(code="unit.header_disagrees", values={"header": named, "geometry": best}))
    elif not named:
        doubts.append(Doubt(code="unit.from_geometry", values={"geometry": best}))
    elif not seen.speaks or confidence < SURE:
        confidence = min(confidence, SURE)
        doubts.append(Doubt(code="unit.not_confirmed", values={"header": named}))
    if paper:
        confidence = min(confidence, MOST_ON_PAPER)
    ask = confidence < SURE
    if ask:
        second = next(c for c in choices if c.unit != best)
        values: dict[str, Value] = {"unit": best, "length_m": choices[0].length_m}
        values |= {"other": second.unit, "other_m": second.length_m}
        doubts.insert(0, Doubt(code="unit.ask", values=values))
    return Unit(
        name=best,
        scale_to_mm=TO_MM[best],
        confidence=round(min(confidence, 0.99), 2),
        choices=(*choices, *_rare(seen)) if ask else choices,
        doubts=tuple(doubts),
        ask=ask,
    )


def _prior(unit: str, named: str) -> float:
    """How likely the unit is before anything drawn is looked at."""
    if not named:
        return WITHOUT_HEADER[unit]
    return HEADER_RIGHT if unit == named else (1 - HEADER_RIGHT) / (len(TO_MM) - 1)


def _shares(logs: Mapping[str, float]) -> dict[str, float]:
    """Log-likelihoods as shares of one."""
    most = max(logs.values())
    weights = {unit: math.exp(log - most) for unit, log in logs.items()}
    total = sum(weights.values())
    return {unit: weight / total for unit, weight in weights.items()}


def _choice(unit: str, share: float, seen: Evidence, scale: float = 0.0) -> UnitChoice:
    """What the plan would measure in this unit."""
    scale = scale or TO_MM[unit]
    return UnitChoice(
        unit=unit,
        scale_to_mm=scale,
        share=round(share, 3),
        length_m=_figures(seen.extent[0] * scale / 1000),
        width_m=_figures(seen.extent[1] * scale / 1000),
        door_m=_figures(seen.door * scale / 1000) if seen.door else None,
    )


def _rare(seen: Evidence) -> tuple[UnitChoice, ...]:
    """Units that drawings seldom have, as further answers: real plans in decimetres and decametres were met."""
    return tuple(_choice(unit, 0.0, seen, scale) for unit, scale in RARE_MM.items())


def _figures(value: float) -> float:
    """Four figures are enough to judge a size."""
    return float(f"{value:.4g}")


def _said(file: str, said: str | None, scale_to_mm: float, seen: Evidence, choices: tuple[UnitChoice, ...]) -> Unit:
    """The unit or scale given by people; geometry may object, but not overrule."""
    if said is not None and said not in TO_MM:
        raise BadInput("unit.not_known", file=file, unit=said, known=", ".join(TO_MM))
    if scale_to_mm and not 1e-6 <= scale_to_mm <= 1e9:
        raise BadInput("unit.scale_range", file=file, scale=f"{scale_to_mm:.3g}")
    name = said or next((unit for unit, to_mm in TO_MM.items() if math.isclose(to_mm, scale_to_mm, rel_tol=5e-4)), "")
    scale = scale_to_mm or TO_MM[name]
    doubts: tuple[Doubt, ...] = ()
    best = choices[0]
    if name and best.unit != name and best.share >= SURE and seen.speaks:
        doubts = (Doubt(code="unit.geometry_disagrees", values={"given": name, "geometry": best.unit}),)
    elif not name and seen.misfit(scale) < WORST_FIT:
        doubts = (Doubt(code="unit.scale_doubtful", values={"length_m": _figures(seen.extent[0] * scale / 1000)}),)
    shown = choices if name else (_choice("", 1.0, seen, scale), *choices)
    return Unit(name=name, scale_to_mm=scale, confidence=0.7 if doubts else 1.0, choices=shown, doubts=doubts)
