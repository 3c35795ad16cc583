"""What a layout costs, goal by goal: the one evaluator for layouts of the quick search and of CP-SAT alike.

Same formulas and the same whole coefficients as goals.py, computed from poses without a solver.
"""

from __future__ import annotations

from solvers.placement.goals import PERSON_METRES, SCALE, daylight_price, near_units, surplus_price
from solvers.placement.model import same_mode
from solvers.placement.modes import Mode, Run
from solvers.placement.near import Point, away, doors, middle
from solvers.placement.problem import Pose, Weights
from solvers.placement.variables import Question


def terms_of_poses(
    question: Question, poses: tuple[Pose, ...], arcs: tuple[tuple[str, int, int], ...], weights: Weights
) -> dict[str, float]:
    """Every goal's share of the objective, person-metres a day, by the goal's name."""
    q, w = question, weights
    at: dict[str, tuple[int, int, int]] = {}
    modes: dict[str, Mode] = {}
    middles: dict[str, Point] = dict(doors(q.ground.spine.points))
    dark = tight = 0
    for pose in poses:
        mode, run = _where(q, pose)
        modes[pose.element] = mode
        dark, tight = dark + run.dark, tight + run.tight
        middles[pose.element] = middle(mode, run, pose.u_dm)
        at[pose.element] = (run.ta * pose.u_dm + run.tb, run.la * pose.u_dm + run.lb, run.side)
    at |= {name: (door.t, door.lat, door.side) for name, door in q.doors.items()}
    length = q.ground.spine.length_dm()
    walking = sum(n * at[e][0] for e, n in q.first.items()) + sum(n * (length - at[e][0]) for e, n in q.last.items())
    back, sideways = 0, 0
    for e, f, n in q.legs:
        (te, le, se), (tf, lf, sf) = at[e], at[f]
        against = max(0, te - tf)
        walking += n * (tf - te + 2 * against)
        back += round(SCALE * n * (w.backtrack - 1)) * against
        sideways += round(SCALE * w.lateral * n) * (abs(le - lf) if se == sf else le + lf)
    sideways += sum(round(SCALE * w.lateral * n) * at[e][1] for e, n in (*q.first.items(), *q.last.items()))
    lines = {
        (m.baseline, 0 if m.back is None else m.back + m.sign * m.inside.desk[1])
        for m in modes.values()
        if m.inside.desk is not None
    }
    disliked = 0
    for mode in modes.values():
        if mode.inside.penalty == "across":
            disliked += round(SCALE * w.across * mode.inside.length * q.visitors)
        elif mode.inside.penalty == "queue":
            disliked += round(SCALE * w.queue_in_spine * 10 * q.visitors)
    units = {
        "walking": SCALE * walking,
        "backtracking": back,
        "lateral": sideways,
        "rooms_at_hand": sum(round(SCALE * w.room_share * q.visitors) * at[e][1] for e in q.aside),
        "compact_staff_side": sum(round(SCALE * w.staff_arc * q.visitors) * (b - a) for _, a, b in arcs),
        "few_frontlines": round(SCALE * w.frontline * 10 * q.visitors) * len(lines),
        "disliked_insides": disliked,
        "nearness": sum(near_units(n, q, w) * away(middles[n.a], middles[n.b], apart=n.apart) for n in q.near),
        "new_walls": round(SCALE * w.new_walls * q.visitors) * sum(m.inside.walls for m in modes.values()),
        "crowding": round(SCALE * w.crowding * q.visitors) * sum(m.inside.crowded for m in modes.values()),
        "daylight": daylight_price(q, w) * dark,
        "aisle_surplus": surplus_price(w) * tight,
        "walls_removed": round(SCALE * w.walls_removed * q.visitors) * q.removed_dm,
    }
    return {name: value / PERSON_METRES for name, value in units.items()}


def _where(question: Question, pose: Pose) -> tuple[Mode, Run]:
    for mode in question.modes[pose.element]:
        if same_mode(mode, pose):
            for run in mode.runs:
                if run.lo <= pose.u_dm <= run.hi and run.back == pose.back_dm:
                    return mode, run
    raise ValueError(f"{pose.element} does not stand at one of its places")
