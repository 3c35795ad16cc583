"""The solver-free check of a placement: programme, floor, staff side, pins and objective, each read anew from the answer.

Nothing here comes from the model, its modes or its drawing: only the question, the layout's items, the poses and the spine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from layouts.findings import Finding
from layouts.hall import as_planned
from solvers.placement.check_built import BUILT_CHECKS, as_built
from solvers.placement.check_facets import FACET_CHECKS
from solvers.placement.check_floor import FLOOR_CHECKS
from solvers.placement.check_hall import HALL_CHECKS
from solvers.placement.check_objective import OBJECTIVE_CHECKS
from solvers.placement.check_poses import POSE_CHECKS
from solvers.placement.check_programme import PROGRAMME_CHECKS
from solvers.placement.check_screening import SCREENING_CHECKS
from solvers.placement.check_wishes import broken
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]  # where, measured, required, unit
Check = Callable[[PlacementProblem, Placement], Iterator[Breach]]


def wishes_hold(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Every wish of the question holds on the layout, measured on what stands there."""
    items = placement.layout.levels[0].items if placement.layout is not None else ()
    for found in broken(problem.wishes, problem.level, items):
        yield found.wish.id, found.measured, found.required, found.unit


WISH_CHECKS: dict[str, Check] = {"placement_check.wishes_hold": wishes_hold}
CHECKS: dict[str, Check] = {
    **PROGRAMME_CHECKS, **POSE_CHECKS, **FLOOR_CHECKS, **OBJECTIVE_CHECKS, **BUILT_CHECKS, **FACET_CHECKS,
    **WISH_CHECKS, **SCREENING_CHECKS,
}  # fmt: skip


def check_placement(problem: PlacementProblem, placement: Placement) -> tuple[Finding, ...]:
    """One failing finding per breach, and one passing finding per check that holds throughout.

    An answer without a layout is right when it says why there is none.
    """
    if placement.layout is None or placement.spine is None:
        return _explained(problem, placement)
    found: list[Finding] = []
    for code, of_hall in HALL_CHECKS.items():  # they look at the building before anything was changed
        breaches = [_finding(problem, code, breach) for breach in of_hall(problem, placement)]
        found.extend(breaches or [_passed(problem, code)])
    if placement.hall is not None:
        problem = replace(problem, level=as_planned(problem.level, placement.hall), hall=placement.hall)
    problem = as_built(problem, placement.blocks)  # its own walls are walls to every other check
    for code, check in CHECKS.items():
        breaches = [_finding(problem, code, breach) for breach in check(problem, placement)]
        found.extend(breaches or [_passed(problem, code)])
    return tuple(found)


def breaches(problem: PlacementProblem, placement: Placement) -> tuple[Finding, ...]:
    """The failing ones only."""
    return tuple(finding for finding in check_placement(problem, placement) if finding.status == "fail")


def _explained(problem: PlacementProblem, placement: Placement) -> tuple[Finding, ...]:
    """Without a layout the status must not claim one, and unless people stopped the search a reason must be named."""
    status, missing = placement.record.status, placement.missing
    told = status == "cancelled" or (missing is not None and bool(missing.reasons or missing.elements))
    if told and status in ("infeasible", "unknown", "cancelled"):
        return (_passed(problem, "placement_check.explained"),)
    return (_finding(problem, "placement_check.explained", (status, None, None, "")),)


def _finding(problem: PlacementProblem, code: str, breach: Breach) -> Finding:
    where, measured, required, unit = breach
    return Finding(
        code=code, status="fail", severity="error", certainty="default", profile=problem.programme.rules.profile,
        measured=measured, required=required, unit=unit, where=(where,),
    )  # fmt: skip


def _passed(problem: PlacementProblem, code: str) -> Finding:
    return Finding(code=code, status="pass", severity="info", certainty="default", profile=problem.programme.rules.profile)
