"""The model's letters. Domains do the first work: a module's position only ranges over places where it stands right."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import ceil, floor

from ortools.sat.python import cp_model

from layouts.programme import Flow
from solvers.placement.baselines import Arc
from solvers.placement.modes import Ground, Mode
from solvers.placement.near import Near


@dataclass(frozen=True, slots=True)
class Question:
    """What one model is about: a spine, the modes of every element, who walks between which elements.

    `legs`: (from, to, persons a day) between elements; `first`, `last`: persons entering at and leaving from an element.
    `aside`: rooms that a share of all visit; `toilets`: those of them that hold the accessible toilet. `removed_dm`: standing
    wall that goes for the hall.  `near`: pairs that ratings draw together or hold asunder.
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


def legs_of(
    flows: tuple[Flow, ...], elements: frozenset[str]
) -> tuple[dict[tuple[str, str], int], dict[str, int], dict[str, int]]:
    """Persons a day between consecutive stops, entering at each, leaving from each."""
    legs: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for flow in flows:
        stops = [s for s in flow.stops if s in elements]
        if not stops:
            continue
        first[stops[0]] = first.get(stops[0], 0) + flow.visitors_per_day
        last[stops[-1]] = last.get(stops[-1], 0) + flow.visitors_per_day
        for e, f in itertools.pairwise(stops):
            if e != f:
                legs[e, f] = legs.get((e, f), 0) + flow.visitors_per_day
    return legs, first, last


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
    ends = [arc_ends(arc) for arc in g.arcs]
    a = tuple(model.new_int_var(*low, f"A[{arc.id}]") for arc, (low, _) in zip(g.arcs, ends))
    b = tuple(model.new_int_var(*high, f"B[{arc.id}]") for arc, (_, high) in zip(g.arcs, ends))
    back = {(e, f): model.new_int_var(0, length, f"back[{e},{f}]") for e, f, _ in question.legs}
    return Variables(x, r, u, t, lat, side, a, b, on, back, c, reach, y)
