"""Wishes: what people ask of the layout beyond the programme.

near_entrance   some part of `module` stands no farther than `within_m` from an entrance
near            some parts of `module` and `other` stand no farther than `within_m` apart
apart           `module` and `other` leave at least `within_m` between them (0: they must not touch)
sees            from at least half of the places before `module`, `other` is seen in a straight line, standing
keep_out        nothing solid stands in `area` of `level` (of `module` alone, when it names one)
"""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry import Polygon

from layouts.plan import Ring

DM = 100  # millimetres in a decimetre: the model's grid
WISH_KINDS = ("near_entrance", "near", "apart", "sees", "keep_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One wish. `module` and `other` are ids of the programme; `area` a ring in millimetres on `level`, or the first one."""

    id: str
    kind: str
    module: str = ""
    other: str = ""
    within_m: float = 0.0
    area: Ring = ()
    level: str = ""

    def modules(self) -> tuple[str, ...]:
        """The modules it is about; none: all of them."""
        return tuple(m for m in (self.module, self.other) if m)

    def encloses_floor(self) -> bool:
        """Whether its area is sound and holds floor."""
        return len(set(self.area)) >= 3 and Polygon(self.area).is_valid and Polygon(self.area).area > 0

    def is_area_on(self, level: str, first: str) -> bool:
        """Whether it keeps floor of this level free; `first`: where an area lies that names no level."""
        return self.kind == "keep_out" and (self.level or first) == level
