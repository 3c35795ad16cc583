"""From a question to a CP-SAT model and back to poses. Building order is fixed, so the same question gives the same model."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from layouts.programme import LayoutRules
from solvers.placement.goals import GOALS, PERSON_METRES
from solvers.placement.modes import Mode
from solvers.placement.problem import Pose, Weights
from solvers.placement.rules import RELAXED, RULES
from solvers.placement.variables import Question, Variables, make_variables


@dataclass(frozen=True, slots=True)
class Cut:
    """These modules may not all stay where they are: element -> (mode key without position, low, high in dm)."""

    parts: tuple[tuple[str, Pose, int, int], ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A model with its letters; `terms` are the goals' expressions by name, in hundredths of a person-decimetre."""

    model: cp_model.CpModel
    variables: Variables
    terms: dict[str, cp_model.LinearExprT]
    question: Question


def build(
    question: Question, rules: LayoutRules, weights: Weights, *, relaxed: bool = False, elastic: bool = False,
    cuts: tuple[Cut, ...] = (), below: float | None = None, onto: cp_model.CpModel | None = None,
) -> Built:  # fmt: skip
    """The model of one question. `relaxed` leaves the area rules out; `elastic` maximises what can stand at all;
    `below` asks for an objective (person-metres) under it; `onto` is a model that it is added to."""
    model = onto if onto is not None else cp_model.CpModel()
    v = make_variables(model, question, elastic=elastic)
    for rule in RELAXED if relaxed else RULES:
        rule(model, question, v, rules)
    for cut in cuts:
        _add_cut(model, question, v, cut)
    if elastic:
        weight = {
            e: 1 + max((m.inside.length * m.inside.solid[1] for m in modes), default=0) for e, modes in question.modes.items()
        }
        model.maximize(sum(weight[e] * v.on[e] for e in question.modes))
        return Built(model, v, {}, question)
    terms = {goal.__name__: goal(model, question, v, weights) for goal in GOALS}
    total = sum(terms.values())
    model.minimize(total)
    if below is not None:
        model.add(total <= int(below * PERSON_METRES) - 1)
    return Built(model, v, terms, question)


def at_any_cost(built: Built) -> Built:
    """The same model without its objective: any layout will do, so that the solver has nothing to improve."""
    built.model.clear_objective()  # type: ignore[no-untyped-call]
    return built


def _add_cut(model: cp_model.CpModel, q: Question, v: Variables, cut: Cut) -> None:
    """At least one of the modules changes its mode or leaves its interval; nothing to say where one has that mode no more."""
    literals = []
    for e, pose, low, high in cut.parts:
        alike = [k for k, mode in enumerate(q.modes[e]) if same_mode(mode, pose)]
        if not alike:
            return
        for k in alike:
            mode = q.modes[e][k]
            u = v.u[e, mode.axis]
            below, above = model.new_bool_var(""), model.new_bool_var("")
            model.add(u < low).only_enforce_if(below)
            model.add(u > high).only_enforce_if(above)
            literals += [below, above, ~v.x[e, k]]
    model.add_bool_or(literals)


def same_mode(mode: Mode, pose: Pose) -> bool:
    """Is this the mode the pose was made from? Told by its words and places, never by an index."""
    body = mode.inside.body
    return (
        mode.baseline == pose.baseline and mode.axis == pose.axis and mode.sign == pose.sign
        and mode.back in (pose.back_dm, None)
        and mode.inside.variant == pose.variant and mode.inside.setback == pose.setback_dm and mode.inside.rows == pose.rows
        and mode.inside.length == pose.length_dm and mode.across_edge == pose.across_dm
        and (body[1] - body[0] if body else 0) == pose.room_depth_dm and mode.space == pose.space
    )  # fmt: skip


def read_back(built: Built, values: tuple[int, ...]) -> tuple[tuple[Pose, ...], tuple[tuple[str, int, int], ...]]:
    """The poses and the staff arcs (id, A, B in dm) of a solution."""
    v, q = built.variables, built.question
    poses = []
    for e, modes in q.modes.items():
        for k, mode in enumerate(modes):
            if values[v.x[e, k].index]:
                poses.append(mode.pose(values[v.u[e, mode.axis].index]))
    arcs = tuple((arc.id, values[a.index], values[b.index]) for arc, a, b in zip(q.ground.arcs, v.a, v.b))
    return tuple(poses), arcs


def add_hint(built: Built, poses: tuple[Pose, ...], arcs: tuple[tuple[str, int, int], ...]) -> None:
    """Start from an earlier answer: complete for modes, runs, positions and places beside the spine."""
    v, q, model = built.variables, built.question, built.model
    by_element = {p.element: p for p in poses}
    ends = {name: (a, b) for name, a, b in arcs}
    for e, modes in q.modes.items():
        pose = by_element.get(e)
        if pose is None:
            continue
        for k, mode in enumerate(modes):
            chosen = same_mode(mode, pose)
            model.add_hint(v.x[e, k], chosen)
            for j, run in enumerate(mode.runs):
                inside = chosen and run.lo <= pose.u_dm <= run.hi
                if len(mode.runs) > 1:
                    model.add_hint(v.r[e, k, j], inside)
                if inside:
                    model.add_hint(v.u[e, mode.axis], pose.u_dm)
                    model.add_hint(v.t[e], run.ta * pose.u_dm + run.tb)
                    model.add_hint(v.lat[e], run.la * pose.u_dm + run.lb)
                    model.add_hint(v.side[e], run.side)
                    model.add_hint(v.y[e], (run.la * pose.u_dm + run.lb) * (1 if run.side else -1))
                    if mode.back is None:
                        model.add_hint(v.c[e, k], run.back)
    for arc, a, b in zip(q.ground.arcs, v.a, v.b):
        if arc.id in ends:
            model.add_hint(a, ends[arc.id][0])
            model.add_hint(b, ends[arc.id][1])
