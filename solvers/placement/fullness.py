"""How full a hall would be: the least floor that all modules cover, against the floor there is. Told before any solve.

least floor = sum over modules of length x depth of the smallest form: a bank with the floor behind and before its counters and
its seats, a room with its walls. The main aisle, ways and corners come on top.
The share that layouts reach was measured, not derived: a fuller hall is no proof that nothing fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from layouts.findings import Finding, Value
from layouts.programme import Programme
from solvers.placement.modules import Inside, bank_insides, island_insides, room_insides

DENSEST = 0.62  # of the floor: no layout drawn so far is fuller (tests/benchmarks/placement.md, "How full halls are")
AT_EASE = 0.47  # up to here a first layout is found in a second or two (the same table)


@dataclass(frozen=True, slots=True)
class Fullness:
    """Square metres: what all modules cover at the least, and the floor."""

    need_m2: float
    floor_m2: float

    def share(self) -> float:
        return self.need_m2 / self.floor_m2 if self.floor_m2 else float("inf")

    def is_beyond_all(self) -> bool:
        """Is it fuller than every layout drawn so far?"""
        return self.share() > DENSEST

    def told(self) -> dict[str, Value]:
        """The figures of the sentence that says so."""
        return {
            "need_m2": round(self.need_m2, 1), "floor_m2": round(self.floor_m2, 1), "percent": round(100 * self.share()),
            "most_percent": round(100 * DENSEST), "wanted_m2": round(self.need_m2 / DENSEST),
        }  # fmt: skip


def fullness(programme: Programme, floor_m2: float) -> Fullness:
    """How full a floor would be with a programme."""
    return Fullness(least_area_m2(programme), floor_m2)


def check_fullness(programme: Programme, floor_m2: float) -> tuple[Finding, ...]:
    """Warns where a floor would be fuller than that of any layout drawn on our test halls."""
    full = fullness(programme, floor_m2)
    if not full.is_beyond_all():
        return ()
    return (
        Finding(
            code="placement.fuller_than_drawn", status="fail", severity="warning", certainty="default",
            profile=programme.rules.profile, measured=round(full.need_m2, 1), required=round(DENSEST * floor_m2, 1), unit="m2",
            values=full.told(),
        ),
    )  # fmt: skip


def least_area_m2(programme: Programme) -> float:
    """Area of all modules in their smallest form, without any circulation: a bound that no layout can beat."""
    return sum(least_areas_m2(programme).values())


def least_areas_m2(programme: Programme) -> dict[str, float]:
    """The same of each module."""
    rules = programme.rules
    forms: dict[str, tuple[Inside, ...]] = {
        **{bank.id: tuple(bank_insides(bank, rules)) for bank in programme.banks},
        **{room.id: tuple(room_insides(room, rules)) for room in programme.rooms},
        **{island.id: tuple(island_insides(island, rules, at_spine=True)) for island in programme.islands},
    }
    return {e: min((i.length * (i.solid[1] + i.across) for i in each), default=0) / 100 for e, each in forms.items()}
