"""What is minimised: one function per goal, each a linear expression in hundredths of a person-decimetre per day.

SCALE = 100: weights are rounded to hundredths. An objective divided by 1000 is person-metres per day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

from solvers.placement.modes import Run
from solvers.placement.near import APART_DM, Near, doors, middle
from solvers.placement.problem import Weights
from solvers.placement.variables import Question, Variables

SCALE = 100
PERSON_METRES = 1000.0
Expression = Any  # a linear expression, or 0


def walking(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Walking along the spine: sum V (t_f - t_e + 2 back_ef), the spine's doors at 0 and its end, others where they lie."""
    length = q.ground.spine.length_dm()
    total: Expression = sum(SCALE * n * v.t[e] for e, n in q.first.items())
    total += sum(SCALE * n * (length - v.t[e]) for e, n in q.last.items())
    for e, f, n in q.legs:
        total += SCALE * n * (v.t[f] - v.t[e] + 2 * v.back[e, f])
    return total


def backtracking(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """The dislike of walking against the flow, beyond its metres: sum V w back_ef."""
    return sum(round(SCALE * n * (w.backtrack - 1)) * v.back[e, f] for e, f, n in q.legs)


def lateral(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Walking off the spine: |y_e - y_f| with y = lat left of the spine and -lat right of it; lat on the first and last leg.

    So it is |lat_e - lat_f| on one side and lat_e + lat_f across the spine, without a letter for the change of side.
    """
    total: Expression = 0
    extent = sum(q.ground.raster.shape())
    for e in dict.fromkeys(e for leg in q.legs for e in leg[:2]):
        model.add(v.y[e] == v.lat[e]).only_enforce_if(v.side[e])
        model.add(v.y[e] == -v.lat[e]).only_enforce_if(~v.side[e])
    for k, (e, f, n) in enumerate(q.legs):
        off = model.new_int_var(0, 2 * extent, f"dl[{k}]")
        model.add(off >= v.y[e] - v.y[f])
        model.add(off >= v.y[f] - v.y[e])
        model.add(off >= v.lat[e] - v.lat[f])
        model.add(off >= v.lat[f] - v.lat[e])
        total += round(SCALE * w.lateral * n) * off
    for e, n in (*q.first.items(), *q.last.items()):
        total += round(SCALE * w.lateral * n) * v.lat[e]
    return total


def rooms_at_hand(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Toilets, prayer and nursing rooms lie near the spine: a share of all visitors walks to each."""
    return sum(round(SCALE * w.room_share * q.visitors) * v.lat[e] for e in q.aside)


def compact_staff_side(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Short staff arcs: sum (B_d - A_d)."""
    return sum(round(SCALE * w.staff_arc * q.visitors) * (b - a) for a, b in zip(v.a, v.b))


def few_frontlines(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Counters stand on few lines: each distinct counter line in use costs; a slanted wall counts as one line."""
    lines: dict[tuple[str, int], list[cp_model.IntVar]] = {}
    for e, modes in q.modes.items():
        for k, mode in enumerate(modes):
            if mode.inside.desk is not None:
                line = 0 if mode.back is None else mode.back + mode.sign * mode.inside.desk[1]
                lines.setdefault((mode.baseline, line), []).append(v.x[e, k])
    total: Expression = 0
    for (wall, at), users in lines.items():
        used = model.new_bool_var(f"line[{wall},{at}]")
        for x in users:
            model.add_implication(x, used)
        total += round(SCALE * w.frontline * 10 * q.visitors) * used
    return total


def disliked_insides(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Waiting across the spine and queues that stand in the spine are allowed, and charged."""
    total: Expression = 0
    for e, modes in q.modes.items():
        for k, mode in enumerate(modes):
            if mode.inside.penalty == "across":
                total += round(SCALE * w.across * mode.inside.length * q.visitors) * v.x[e, k]
            elif mode.inside.penalty == "queue":
                total += round(SCALE * w.queue_in_spine * 10 * q.visitors) * v.x[e, k]
    return total


def nearness(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Rated pairs lie together, pairs rated X apart: sum of share x distance of middles, or of what it lacks to APART_DM."""
    at: dict[str, tuple[Expression, Expression]] = dict(doors(q.ground.spine.points))
    at |= {e: _middle(model, q, v, e) for e in q.modes if any(e in (n.a, n.b) for n in q.near)}
    total: Expression = 0
    for near in q.near:
        dx, dy = (at[near.a][k] - at[near.b][k] for k in (0, 1))
        total += near_units(near, q, w) * (_lack(model, q, dx, dy) if near.apart else _size(model, q, dx) + _size(model, q, dy))
    return total


def near_units(near: Near, q: Question, w: Weights) -> int:
    """What a decimetre between a rated pair costs, in hundredths of a person-decimetre."""
    return round(SCALE * (w.nearness * q.visitors * near.share))


def _middle(model: cp_model.CpModel, q: Question, v: Variables, e: str) -> tuple[cp_model.IntVar, cp_model.IntVar]:
    """The middle of a module: fixed across its baseline by the run, along it by the position; both said linearly too."""
    ends = {(k, j): (middle(mode, run, run.lo), middle(mode, run, run.hi)) for k, mode in enumerate(q.modes[e])
            for j, run in enumerate(mode.runs)}  # fmt: skip
    found = []
    for axis, name in enumerate("xy"):
        values = [p[axis] for pair in ends.values() for p in pair] or [0]
        m = model.new_int_var(min(values), max(values), f"m[{e},{name}]")
        for (k, j), (low, _) in ends.items():
            mode = q.modes[e][k]
            shift = low[axis] - mode.runs[j].lo
            slides = mode.axis == name and mode.heart is None
            model.add(m == (v.u[e, name] + shift if slides else low[axis])).only_enforce_if(v.r[e, k, j])
        model.add(m >= sum(v.r[e, k, j] * low[axis] for (k, j), (low, _) in ends.items()))
        model.add(m <= sum(v.r[e, k, j] * high[axis] for (k, j), (_, high) in ends.items()))
        found.append(m)
    return found[0], found[1]


def _size(model: cp_model.CpModel, q: Question, d: Expression) -> Expression:
    """|d|, as small as it may be."""
    if isinstance(d, int):
        return abs(d)
    size = model.new_int_var(0, 2 * sum(q.ground.raster.shape()), "")
    model.add(size >= d)
    model.add(size >= -d)
    return size


def _lack(model: cp_model.CpModel, q: Question, dx: Expression, dy: Expression) -> Expression:
    """max(0, APART_DM - |dx| - |dy|): of the four signs the best one is taken."""
    lack = model.new_int_var(0, APART_DM, "")
    quarters = [model.new_bool_var("") for _ in range(4)]
    for quarter, (sx, sy) in zip(quarters, ((1, 1), (1, -1), (-1, 1), (-1, -1))):
        model.add(lack >= APART_DM - sx * dx - sy * dy).only_enforce_if(quarter)
    model.add_exactly_one(quarters)
    return lack


def walls_removed(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Standing walls that are taken away for the hall, settled before anything else: a price for every metre."""
    return round(SCALE * w.walls_removed * q.visitors) * q.removed_dm


def new_walls(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Walls built round rooms: a price for every metre, so that rooms that stand are used where they serve as well."""
    price = round(SCALE * w.new_walls * q.visitors)
    return sum(price * m.inside.walls * v.x[e, k] for e, ms in q.modes.items() for k, m in enumerate(ms) if m.inside.walls)


def crowding(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Waiting areas smaller than comfort asks: a price for every square metre that they lack."""
    price = round(SCALE * w.crowding * q.visitors)
    lacking = ((e, k, m.inside.crowded) for e, ms in q.modes.items() for k, m in enumerate(ms))
    return sum(price * lack * v.x[e, k] for e, k, lack in lacking if lack and price)


def daylight(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Seats without a window near: a price for each, counted by quarters of a bank's rows."""
    price = daylight_price(q, w)
    return sum(price * run.dark * r for run, r in _runs(q, v) if price and run.dark)


def aisle_surplus(model: cp_model.CpModel, q: Question, v: Variables, w: Weights) -> Expression:
    """Floor that visitors lack beside the main aisle: a price for every begun half metre and each who stops there."""
    price = surplus_price(w)
    return sum(price * run.tight * r for run, r in _runs(q, v) if price and run.tight)


def daylight_price(q: Question, w: Weights) -> int:
    """What a quarter of a seat without daylight costs."""
    return round(SCALE * w.daylight * 10 / 4 * q.visitors)


def surplus_price(w: Weights) -> int:
    """What half a metre of narrowness costs a visitor."""
    return round(SCALE * w.aisle_surplus * 5)


def _runs(q: Question, v: Variables) -> list[tuple[Run, cp_model.IntVar]]:
    return [(run, v.r[e, k, j]) for e, ms in q.modes.items() for k, m in enumerate(ms) for j, run in enumerate(m.runs)]


Goal = Callable[[cp_model.CpModel, Question, Variables, Weights], Expression]
GOALS: tuple[Goal, ...] = (
    walking,
    backtracking,
    lateral,
    rooms_at_hand,
    compact_staff_side,
    few_frontlines,
    disliked_insides,
    nearness,
    walls_removed,
    new_walls,
    crowding,
    daylight,
    aisle_surplus,
)
