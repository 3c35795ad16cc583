"""The model's letters. Domains do the first work: a module's position only ranges over places where it stands right."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor

from ortools.sat.python import cp_model

from solvers.placement.baselines import Arc
from solvers.placement.modes import Ground, Mode
from solvers.placement.near import Near
from solvers.placement.ways_in import Beside, through


@dataclass(frozen=True, slots=True)
class Question:
    """What one model is about: a spine, the modes of every element, who walks between which elements.

    `legs`: (from, to, persons a day) between elements; `first`, `last`: persons entering at and leaving from an element.
    `aside`: rooms that a share of all visit; `toilets`: those of them that hold the accessible toilet. `removed_dm`: standing
    wall that goes for the hall.  `near`: pairs that ratings draw together or hold asunder.  `doors`: where doors that stand for
    a stop in `legs` lie beside the spine (ways_in.py).  `by_doors`: places of toilets were left out that are far from a door.
    """

    ground: Ground
    modes: dict[str, tuple[Mode, ...]]
    legs: tuple[tuple[str, str, int], ...]
    first: dict[str, int]
    last: dict[str, int]
    aside: tuple[str, ...]
    visitors: int
    toilets: tuple[str, ...] = ()
    removed_dm: int = 0
    near: tuple[Near, ...] = ()
    doors: dict[str, Beside] = field(default_factory=dict)
    by_doors: bool = False

    def door_legs(self, e: str) -> list[tuple[Beside, int, bool]]:
        """The legs between a module and doors: the door, persons a day, and whether they come from it."""
        comes = [(self.doors[a], n, True) for a, b, n in self.legs if b == e and a in self.doors]
        return comes + [(self.doors[b], n, False) for a, b, n in self.legs if a == e and b in self.doors]

    def between_doors(self) -> list[tuple[Beside, Beside, int]]:
        """The legs from door to door: the same in every layout."""
        return [(self.doors[e], self.doors[f], n) for e, f, n in self.legs if e in self.doors and f in self.doors]

    def module_legs(self) -> tuple[tuple[str, str, int], ...]:
        """The legs from module to module."""
        return tuple(leg for leg in self.legs if not self.doors.keys() & {*leg[:2]})

    def through(self) -> int:
        """Person-decimetres along the spine that any layout has."""
        return through(self.ground.spine.length_dm(), self.legs, self.last, self.doors)

    def spaces(self) -> tuple[str, ...]:
        """The rooms that stand and may be taken, in a fixed order."""
        return tuple(sorted({m.space for modes in self.modes.values() for m in modes if m.space is not None}))


@dataclass(frozen=True, slots=True)
class Variables:
    """x[e, k]: element e stands in its mode k.  r[e, k, j]: in run j of it.  u[e, axis]: where (dm).
    t[e], lat[e], side[e]: its place beside the spine.  a[d], b[d]: ends of staff arc d.  on[e]: it stands at all (elastic).
    back[e, f]: dm walked against the flow between two stops.  c[e, k]: where v = 0 is, for a mode on a slanted wall.
    y[e]: lat on the left of the spine, -lat on its right.  reach[e, k, n]: the n-th of the mode's ways to lie on an arc."""

    x: dict[tuple[str, int], cp_model.IntVar]
    r: dict[tuple[str, int, int], cp_model.IntVar]
    u: dict[tuple[str, str], cp_model.IntVar]
    t: dict[str, cp_model.IntVar]
    lat: dict[str, cp_model.IntVar]
    side: dict[str, cp_model.IntVar]
    a: tuple[cp_model.IntVar, ...]
    b: tuple[cp_model.IntVar, ...]
    on: dict[str, cp_model.IntVar]
    back: dict[tuple[str, str], cp_model.IntVar]
    c: dict[tuple[str, int], cp_model.IntVar]
    reach: dict[tuple[str, int, int], cp_model.IntVar]
    y: dict[str, cp_model.IntVar]


def arc_ends(arc: Arc) -> tuple[tuple[int, int], tuple[int, int]]:
    """Whole numbers that A and B of an arc may be; where a spine runs past its door, the door alone is left."""
    low, high = floor(arc.door_low), ceil(arc.door_high)
    return (min(ceil(arc.low), low), low), (high, max(floor(arc.high), high))


def make_variables(model: cp_model.CpModel, question: Question, *, elastic: bool) -> Variables:
    """All variables, made in a fixed order so that the same question gives the same model."""
    g = question.ground
    length = g.spine.length_dm()
    extent = sum(g.raster.shape())
    x, r, u, c, reach = {}, {}, {}, {}, {}
    t, lat, side, y, on = {}, {}, {}, {}, {}
    for e, modes in question.modes.items():
        on[e] = model.new_bool_var(f"on[{e}]") if elastic else model.new_constant(1)
        t[e] = model.new_int_var(0, length, f"t[{e}]")
        lat[e] = model.new_int_var(0, extent, f"lat[{e}]")
        side[e] = model.new_bool_var(f"side[{e}]")
        y[e] = model.new_int_var(-extent, extent, f"y[{e}]")
        for axis in ("x", "y"):
            places = [[run.lo, run.hi] for m in modes if m.axis == axis for run in m.runs]
            if places:
                u[e, axis] = model.new_int_var_from_domain(cp_model.Domain.from_intervals(places), f"u[{e},{axis}]")
        for k, mode in enumerate(modes):
            x[e, k] = model.new_bool_var(f"x[{e},{k}]")
            if mode.back is None:
                backs = cp_model.Domain.from_values([run.back for run in mode.runs])
                c[e, k] = model.new_int_var_from_domain(backs, f"c[{e},{k}]")
            for j in range(len(mode.runs)):
                r[e, k, j] = x[e, k] if len(mode.runs) == 1 else model.new_bool_var(f"r[{e},{k},{j}]")
            for n in range(len(mode.reach)):
                reach[e, k, n] = x[e, k] if len(mode.reach) == 1 else model.new_bool_var(f"reach[{e},{k},{n}]")
    for name, door in question.doors.items():
        t[name], lat[name] = model.new_constant(door.t), model.new_constant(door.lat)
        side[name], y[name] = model.new_constant(door.side), model.new_constant(door.y())
    ends = [arc_ends(arc) for arc in g.arcs]
    a = tuple(model.new_int_var(*low, f"A[{arc.id}]") for arc, (low, _) in zip(g.arcs, ends))
    b = tuple(model.new_int_var(*high, f"B[{arc.id}]") for arc, (_, high) in zip(g.arcs, ends))
    back = {(e, f): model.new_int_var(0, length, f"back[{e},{f}]") for e, f, _ in question.legs}
    return Variables(x, r, u, t, lat, side, a, b, on, back, c, reach, y)
