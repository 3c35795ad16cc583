"""What must hold. Each rule is one function; the list at the end is the specification.

Letters: see variables.py. Boxes of one module's modes are optional intervals in NoOverlap2D; only the chosen mode's exist.
"""

from __future__ import annotations

from math import ceil, floor

from ortools.sat.python import cp_model

from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, Wall
from solvers.placement.modes import SIGMA_SCALE, Mode, Run
from solvers.placement.modules import dm
from solvers.placement.problem import DM
from solvers.placement.rows import rows_of, steps_back
from solvers.placement.variables import Question, Variables

Box = tuple[int, int, int, int]  # x, y, width, height in dm
Slot = tuple[float, float, Box]  # perimeter interval it belongs to, and where it is
Boxes = tuple[list[cp_model.IntervalVar], list[cp_model.IntervalVar]]
SLOT = 5  # dm of slanted wall that one strip box covers


def each_module_stands_once(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """sum_k x[e,k] = on[e];  a mode is one of its runs;  the run gives t, lat and side as functions of the position."""
    for e, modes in q.modes.items():
        model.add(sum(v.x[e, k] for k in range(len(modes))) == v.on[e])
        for k, mode in enumerate(modes):
            if len(mode.runs) > 1:
                model.add(sum(v.r[e, k, j] for j in range(len(mode.runs))) == v.x[e, k])
            u = v.u[e, mode.axis]
            for j, run in enumerate(mode.runs):
                here = v.r[e, k, j]
                model.add_linear_constraint(u, run.lo, run.hi).only_enforce_if(here)
                model.add(v.t[e] == run.ta * u + run.tb).only_enforce_if(here)
                model.add(v.lat[e] == run.la * u + run.lb).only_enforce_if(here)
                if mode.back is None:
                    model.add(v.c[e, k] == run.back).only_enforce_if(here)


def modules_do_not_overlap(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """Whole modules, with their aisles and front zones, are disjoint; they may share the spine."""
    boxes: Boxes = ([], [])
    for e, k, mode in _all(q):
        if mode.inside.full[1] > mode.inside.full[0]:  # a room behind the hall takes none of its floor
            _mode_box(model, v, e, k, mode, mode.inside.full, boxes)
        _across_box(model, v, e, k, mode, boxes)
    model.add_no_overlap_2d(*boxes)


def places_follow_from_runs(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """side_e = sum r side;  sum r min(t) <= t_e <= sum r max(t), and so for lat and y. Implied; linear for bounds."""
    for e, modes in q.modes.items():
        runs = [(v.r[e, k, j], run) for k, mode in enumerate(modes) for j, run in enumerate(mode.runs)]
        model.add(v.side[e] >= sum(r * run.side for r, run in runs))
        model.add(v.side[e] <= sum(r * run.side for r, run in runs) + 1 - v.on[e])
        for var, ends in ((v.t[e], _t_ends), (v.lat[e], _lat_ends), (v.y[e], _y_ends)):
            high = sum(r * max(ends(run)) for r, run in runs)
            model.add(var >= sum(r * min(ends(run)) for r, run in runs)).only_enforce_if(v.on[e])
            model.add(var <= high).only_enforce_if(v.on[e])


def _t_ends(run: Run) -> tuple[int, int]:
    return run.ta * run.lo + run.tb, run.ta * run.hi + run.tb


def _lat_ends(run: Run) -> tuple[int, int]:
    return run.la * run.lo + run.lb, run.la * run.hi + run.lb


def _y_ends(run: Run) -> tuple[int, int]:
    low, high = _lat_ends(run)
    return (low, high) if run.side else (-low, -high)


def modules_share_a_wall_in_turn(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """Modules on one stretch of wall stand side by side. Implied by their areas; said again because it makes bounds strong."""
    for members in _by_wall(q).values():
        model.add_no_overlap(
            model.new_optional_fixed_size_interval_var(v.u[e, m.axis], m.inside.length, v.x[e, k], "") for e, k, m in members
        )


def walls_hold_no_more_than_their_length(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """sum of L over the modules on one stretch of wall <= its length. Implied; the linear form that bounds feed on."""
    for members in _by_wall(q).values():
        low = min(run.lo for _, _, m in members for run in m.runs)
        high = max(run.hi + m.inside.length for _, _, m in members for run in m.runs)
        model.add(sum(m.inside.length * v.x[e, k] for e, k, m in members) <= high - low)


def staff_and_public_part(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """Nothing public stands in the staff corridor that runs along the wall over each staff arc. Arcs may share a stretch."""
    depth = dm(rules.staff_corridor_mm)
    for layer in _apart(q.ground.arcs):
        boxes: Boxes = ([], [])
        for e, k, mode in _all(q):
            if mode.inside.public is not None:
                _mode_box(model, v, e, k, mode, mode.inside.public, boxes)
            _across_box(model, v, e, k, mode, boxes)
        fixed: list[Box] = [_whole_strip(wall, depth) for wall in q.ground.walls if wall.axis() is not None]
        for at, wall in enumerate(q.ground.walls):
            before = q.ground.walls[at - 1]
            slots = _slots(wall, depth, fixed) if wall.axis() is None else []
            fixed.extend(slot[2] for slot in slots)
            for d in layer:
                for turn in (-1, 0, 1, 2):
                    _strip(model, v, d, q.ground.arcs[d], wall, before, turn, depth, slots, boxes)
        model.add_no_overlap_2d(*boxes)


def _apart(arcs: tuple[Arc, ...]) -> list[list[int]]:
    """Arcs in layers, none of which holds two that can meet: their corridors may overlap in the drawing."""
    layers: list[list[int]] = []
    for d, arc in enumerate(arcs):
        for layer in layers:
            if not any(_meet(arc, arcs[other]) for other in layer):
                layer.append(d)
                break
        else:
            layers.append([d])
    return layers


def _meet(a: Arc, b: Arc) -> bool:
    return any(a.low < b.high + turn * a.round and b.low + turn * a.round < a.high for turn in (-1, 0, 1))


def staff_modules_lie_on_an_arc(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """x[e,k] => some staff arc d has A_d <= sigma_low(u) and sigma_high(u) <= B_d."""
    for e, k, mode in _all(q):
        if not mode.inside.staff:
            continue
        u = v.u[e, mode.axis]
        for n, reach in enumerate(mode.reach):
            here = v.reach[e, k, n]
            model.add(SIGMA_SCALE * v.a[reach.arc] <= reach.s * u + reach.low).only_enforce_if(here)
            model.add(reach.s * u + reach.high <= SIGMA_SCALE * v.b[reach.arc]).only_enforce_if(here)
        if len(mode.reach) > 1:
            model.add(sum(v.reach[e, k, n] for n in range(len(mode.reach))) == v.x[e, k])


def arcs_are_as_long_as_what_they_serve(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """B_d - A_d >= sum of L over the staff modules that arc d serves: they stand side by side along it. Implied."""
    served: dict[int, list[cp_model.LinearExprT]] = {}
    for e, k, mode in _all(q):
        if mode.inside.staff:
            for n, reach in enumerate(mode.reach):
                served.setdefault(reach.arc, []).append(mode.inside.length * v.reach[e, k, n])
    for d, lengths in served.items():
        model.add(v.b[d] - v.a[d] >= sum(lengths))


def toilets_are_near(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """|t_e - t_w| + lat_e + lat_w <= the profile's distance, for every stop e and the nearest accessible toilet w.

    Measured along the spine, which is a little longer than the walk itself; the check measures the walk.
    """
    if not q.toilets:
        return
    most = rules.toilet_distance_mm // DM
    for e, modes in q.modes.items():
        if e in q.toilets or all(
            mode.inside.public is None or (mode.inside.staff and mode.inside.desk is None) for mode in modes
        ):
            continue
        near = [model.new_bool_var(f"near[{e},{w}]") for w in q.toilets]
        for w, here in zip(q.toilets, near):
            model.add(v.t[e] - v.t[w] + v.lat[e] + v.lat[w] <= most).only_enforce_if(here)
            model.add(v.t[w] - v.t[e] + v.lat[e] + v.lat[w] <= most).only_enforce_if(here)
        model.add_bool_or(*near, ~v.on[e], *(~v.on[w] for w in q.toilets))


def rooms_that_stand_are_taken_once(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """sum of x over the modes that take one standing room <= 1."""
    takers: dict[str, list[cp_model.IntVar]] = {}
    for e, k, mode in _all(q):
        if mode.space is not None:
            takers.setdefault(mode.space, []).append(v.x[e, k])
    for letters in takers.values():
        model.add_at_most_one(letters)


def walking_back_is_counted(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """back[e,f] >= max(0, t_e - t_f) for every leg."""
    for (e, f), back in v.back.items():
        model.add(back >= v.t[e] - v.t[f])


def rows_step_back_in_any_order(model: cp_model.CpModel, q: Question, v: Variables, rules: LayoutRules) -> None:
    """Where modules can only stand in a row, sum of n back[e,f] >= that of the row's best order. Implied; exact (rows.py)."""
    for row in rows_of(q):
        within = [(e, f, n) for e, f, n in q.legs if e in row.members and f in row.members]
        least = steps_back(q, row, lambda n: n)
        if least:
            back = sum(n * v.back[e, f] for e, f, n in within)
            model.add(back >= least).only_enforce_if(*(v.on[e] for e in row.members))


RULES = (
    each_module_stands_once,
    places_follow_from_runs,
    modules_share_a_wall_in_turn,
    walls_hold_no_more_than_their_length,
    arcs_are_as_long_as_what_they_serve,
    modules_do_not_overlap,
    staff_and_public_part,
    staff_modules_lie_on_an_arc,
    toilets_are_near,
    rooms_that_stand_are_taken_once,
    walking_back_is_counted,
    rows_step_back_in_any_order,
)
RELAXED = (  # all rules but those of area
    each_module_stands_once,
    places_follow_from_runs,
    walls_hold_no_more_than_their_length,
    arcs_are_as_long_as_what_they_serve,
    staff_modules_lie_on_an_arc,
    toilets_are_near,
    rooms_that_stand_are_taken_once,
    walking_back_is_counted,
    rows_step_back_in_any_order,
)


def _all(q: Question) -> list[tuple[str, int, Mode]]:
    return [(e, k, mode) for e, modes in q.modes.items() for k, mode in enumerate(modes)]


def _by_wall(q: Question) -> dict[str, list[tuple[str, int, Mode]]]:
    stretches: dict[str, list[tuple[str, int, Mode]]] = {}
    for e, k, mode in _all(q):
        if mode.baseline.startswith("w"):
            stretches.setdefault(mode.baseline, []).append((e, k, mode))
    return stretches


def _add(
    model: cp_model.CpModel, boxes: Boxes, axis: str, along: cp_model.IntervalVar, cross: tuple[int, int], here: cp_model.IntVar
) -> None:
    across = model.new_optional_fixed_size_interval_var(cross[0], cross[1], here, "")
    boxes[0].append(along if axis == "x" else across)
    boxes[1].append(across if axis == "x" else along)


def _mode_box(model: cp_model.CpModel, v: Variables, e: str, k: int, mode: Mode, part: tuple[int, int], boxes: Boxes) -> None:
    along = model.new_optional_fixed_size_interval_var(v.u[e, mode.axis], mode.inside.length, v.x[e, k], "")
    low, size = mode.offset(part)
    start = v.c[e, k] + low if mode.back is None else mode.back + low
    across = model.new_optional_fixed_size_interval_var(start, size, v.x[e, k], "")
    boxes[0].append(along if mode.axis == "x" else across)
    boxes[1].append(across if mode.axis == "x" else along)


def _across_box(model: cp_model.CpModel, v: Variables, e: str, k: int, mode: Mode, boxes: Boxes) -> None:
    if mode.across_edge is None:
        return
    along = model.new_optional_fixed_size_interval_var(v.u[e, mode.axis], mode.inside.length, v.x[e, k], "")
    _add(model, boxes, mode.axis, along, mode.across_box(), v.x[e, k])


def _strip(
    model: cp_model.CpModel,
    v: Variables,
    d: int,
    arc: Arc,
    wall: Wall,
    before: Wall,
    turn: int,
    depth: int,
    slots: list[Slot],
    boxes: Boxes,
) -> None:
    """The staff corridor of arc d along one wall: from max(A, its start) to min(B, its end), trimmed at a convex corner."""
    shift = turn * arc.round
    start, end = wall.sigma0 + shift, wall.sigma1 + shift
    if end <= arc.low or start >= arc.high:
        return
    turns = turning(before, wall)
    if wall.axis() is None:
        for low_sigma, high_sigma, (x, y, w, h) in slots:
            slot = model.new_bool_var("")
            _covered(model, v, d, low_sigma + shift, high_sigma + shift, slot)
            boxes[0].append(model.new_optional_fixed_size_interval_var(x, w, slot, ""))
            boxes[1].append(model.new_optional_fixed_size_interval_var(y, h, slot, ""))
        return
    low, high = ceil(start) + (depth if turns > 0 else 0), floor(end)
    if high <= low:
        return
    s = model.new_int_var(low, high, "")
    e = model.new_int_var(low, high, "")
    at_least = model.new_int_var(min(low, int(arc.low)), max(low, int(arc.high)) + 1, "")
    model.add_max_equality(at_least, [v.a[d], model.new_constant(low)])
    model.add_min_equality(s, [at_least, model.new_constant(high)])
    at_most = model.new_int_var(min(high, int(arc.low)), max(high, int(arc.high)) + 1, "")
    model.add_min_equality(at_most, [v.b[d], model.new_constant(high)])
    model.add_max_equality(e, [at_most, model.new_constant(low)])
    forward = wall.sigma(1) > wall.sigma(0)
    base = wall.sigma(0) + shift
    below, above = floor(base + 0.01), ceil(base - 0.01)  # where perimeter and grid differ, the box is rounded inwards
    here = model.new_bool_var("")
    size = model.new_int_var(0, high - low, "")
    model.add(size == e - s - (above - below)).only_enforce_if(here)
    model.add(e - s <= above - below).only_enforce_if(~here)
    model.add(size == 0).only_enforce_if(~here)
    first = s - below if forward else above - e
    last = e - above if forward else below - s
    along = model.new_optional_interval_var(first, size, last, here, "")
    back = ceil(wall.at(0) - 0.01) if wall.sign() > 0 else floor(wall.at(0) + 0.01)
    _add(model, boxes, wall.dominant(), along, (back, depth) if wall.sign() > 0 else (back - depth, depth), here)
    if turns < 0:  # round a reflex corner the corridor keeps its depth
        corner = model.new_bool_var("")
        _covered(model, v, d, start - 1, start + 1, corner)
        x, y, w, h = corner_box(before, wall, depth)
        boxes[0].append(model.new_optional_fixed_size_interval_var(x, w, corner, ""))
        boxes[1].append(model.new_optional_fixed_size_interval_var(y, h, corner, ""))


def turning(before: Wall, wall: Wall) -> float:
    """Above 0 where the floor has a corner at the wall's beginning, below where it turns round one."""
    return (before.bx - before.ax) * (wall.by - wall.ay) - (before.by - before.ay) * (wall.bx - wall.ax)


def corner_box(before: Wall, wall: Wall, depth: int) -> Box:
    """The square of floor behind a reflex corner, which the corridor takes on its way round it."""
    x = floor(wall.ax) - (0 if _leaves_x(before, wall) > 0 else depth)
    y = floor(wall.ay) - (0 if _leaves_y(before, wall) > 0 else depth)
    return x, y, depth, depth


def _leaves_x(before: Wall, wall: Wall) -> int:
    """Side of a reflex corner, along x, on which the diagonal square of floor lies."""
    return before.sign() if before.dominant() == "y" else wall.sign()


def _leaves_y(before: Wall, wall: Wall) -> int:
    return before.sign() if before.dominant() == "x" else wall.sign()


def _whole_strip(wall: Wall, depth: int) -> Box:
    """The corridor along a whole straight wall."""
    low, high = wall.span()
    back = ceil(wall.at(low) - 0.01) if wall.sign() > 0 else floor(wall.at(low) + 0.01) - depth
    u, size = ceil(low), floor(high) - ceil(low)
    return (u, back, size, depth) if wall.dominant() == "x" else (back, u, depth, size)


def _slots(wall: Wall, depth: int, others: list[Box]) -> list[Slot]:
    """The corridor along a slanted wall as boxes wholly inside it, off other walls' corridors: never stricter than drawn."""
    low, high = wall.span()
    reach = depth * (wall.sigma1 - wall.sigma0) / (high - low)  # the corridor's depth across the axis
    found: list[Slot] = []
    for u in range(ceil(low), floor(high) - SLOT + 1, SLOT):
        sigmas = sorted((wall.sigma(u), wall.sigma(u + SLOT)))
        ends = sorted((wall.at(u), wall.at(u + SLOT)))
        cross = (ends[1], ends[0] + reach) if wall.sign() > 0 else (ends[1] - reach, ends[0])
        bottom, top = ceil(cross[0]), floor(cross[1])
        box = (u, bottom, SLOT, top - bottom) if wall.dominant() == "x" else (bottom, u, top - bottom, SLOT)
        if top > bottom and not any(_boxes_meet(box, other) for other in others):
            found.append((sigmas[0], sigmas[1], box))
    return found


def _boxes_meet(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def _covered(model: cp_model.CpModel, v: Variables, d: int, low: float, high: float, here: cp_model.IntVar) -> None:
    """here = 1 when arc d holds all of low .. high."""
    before, after = model.new_bool_var(""), model.new_bool_var("")
    model.add(v.b[d] < ceil(high)).only_enforce_if(before)
    model.add(v.a[d] > floor(low)).only_enforce_if(after)
    model.add_bool_or(here, before, after)
