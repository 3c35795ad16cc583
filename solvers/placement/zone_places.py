"""The whole model and the zoning relaxation in one: each module stands somewhere in the zone that it takes.

Zones make a strong linear bound and believe in walls that hold what no floor allows; the whole model knows floor and has a
weak bound. Together the solver refutes what zones believe while it runs and learns it as the few choices that clash: cuts by
logic, made by lazy clause generation (Hooker and Ottosson 2003; Ohrimenko, Stuckey and Codish 2009). Both hold for every
layout along the spine, and a layout's zones cost no more than the layout, so what is proven here is proven of all layouts.
"""

from __future__ import annotations

from math import floor

from ortools.sat.python import cp_model

from layouts.programme import LayoutRules
from solvers.placement.goals import PERSON_METRES
from solvers.placement.model import Built, Cut, build
from solvers.placement.problem import Weights
from solvers.placement.variables import Question, Variables
from solvers.placement.zoning import Zoned

DEAREST = 1 << 50  # hundredths of a person-decimetre; no layout costs as much


def with_places(
    told: Zoned, question: Question, rules: LayoutRules, weights: Weights, *, cuts: tuple[Cut, ...] = (),
    least: float = 0.0, below: float | None = None,
) -> Built:  # fmt: skip
    """The whole model with the zones of `told`. `below` asks for an objective (person-metres) under it; `least` is what the
    zones are proven to cost already. What is minimised is the cost of the zones, which is at most that of the layout."""
    model = told.whole().clone()
    goal, offset = model.proto.objective, round(model.proto.objective.offset)
    zoned = sum(c * model.get_int_var_from_proto_index(k) for k, c in zip(goal.vars, goal.coeffs)) + offset
    built = build(question, rules, weights, cuts=cuts, below=below, onto=model)
    _each_module_stands_in_its_zone(built, told)
    _arcs_are_the_same(built, told)
    model.add(zoned <= sum(built.terms.values()))
    model.minimize(zoned)
    if least > 0:  # of the sum of letters alone, without the offset
        model.proto.objective.domain.extend([floor(least * PERSON_METRES) - offset, DEAREST])
    return built


def _arcs_are_the_same(built: Built, told: Zoned) -> None:
    """A_d and B_d are those of the zones."""
    model, v = built.model, built.variables
    for (a, b), low, high in zip(told.ends, v.a, v.b):
        model.add(low == model.get_int_var_from_proto_index(a.index))
        model.add(high == model.get_int_var_from_proto_index(b.index))


def _each_module_stands_in_its_zone(built: Built, told: Zoned) -> None:
    """x, r and reach are sums of the zones that stand for them;  lo <= u <= hi in the zone that is taken."""
    model, v, q = built.model, built.variables, built.question
    parts = {letter.index: (letter, list[cp_model.IntVar]()) for letter in _letters(q, v)}
    at = {id(mode): (e, k) for e, modes in q.modes.items() for k, mode in enumerate(modes)}
    for zone, letter in zip(told.zones, told.z):
        e, k = at[id(zone.mode)]
        here = model.get_bool_var_from_proto_index(letter.index)
        model.add_linear_constraint(v.u[e, zone.mode.axis], zone.lo, zone.hi).only_enforce_if(here)
        taken = {v.x[e, k].index, v.r[e, k, zone.mode.runs.index(zone.run)].index}
        if zone.reach is not None:
            taken.add(v.reach[e, k, zone.mode.reach.index(zone.reach)].index)
        for index in taken:
            parts[index][1].append(here)
    for whole, zones in parts.values():
        model.add(whole == sum(zones))


def _letters(q: Question, v: Variables) -> list[cp_model.IntVar]:
    """x, r and the ways to lie on an arc, of all modes."""
    found = [*v.x.values(), *v.r.values()]
    for e, modes in q.modes.items():
        for k, mode in enumerate(modes):
            found += [v.reach[e, k, n] for n in range(len(mode.reach))] if mode.inside.staff else []
    return found
