"""Several layouts to choose from: alternatives that differ in kind, or a Pareto set; each walked, checked and stored alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from layouts.findings import BadInput
from planner.chain.asked import Asked, ask
from planner.chain.checking import judge
from planner.chain.phasing import in_phases
from planner.chain.placing import answer_of, by_hand_too, placement_problem, refused
from planner.digest import digest
from planner.project import Project
from solvers.effort import Cancel, Effort, Report
from solvers.placement.alternatives import Alternative, alternatives
from solvers.placement.check import check_placement
from solvers.placement.pareto import Point, pareto
from solvers.placement.problem import PlacementProblem

Json = dict[str, Any]
MOST_ALTERNATIVES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The answers to keep as candidates, the best first, and what the command prints of them together."""

    answers: tuple[Json, ...]
    told: Json


def choose_alternatives(
    project: Project, effort: Effort, count: int, report: Report, cancel: Cancel, earlier: Any = None
) -> Choice:
    """What `centreline place --alternatives K` prints and stores."""
    if not 2 <= count <= MOST_ALTERNATIVES:
        raise BadInput("placement.alternatives_count", given=count, most=MOST_ALTERNATIVES)
    asked = one_floor(ask(project))
    problem = placement_problem(asked, by_hand_too(asked, earlier))
    if (no := refused(asked, problem, effort)) is not None:
        return Choice(answers=(), told=no)
    found = alternatives(problem, effort, count, report=report, cancel=cancel)
    answers = [_answer(project, problem, a) for a in found]
    told = [
        {"candidate": body["candidate"], "condition": a.condition, "differs_in": list(a.differs_in)} | _short(body)
        for a, body in zip(found, answers)
    ]
    return _choice(answers, {"alternatives": told, "asked_for": count})


def choose_pareto(project: Project, effort: Effort, report: Report, cancel: Cancel, earlier: Any = None) -> Choice:
    """What `centreline place --pareto` prints and stores."""
    asked = one_floor(ask(project))
    problem = placement_problem(asked, by_hand_too(asked, earlier))
    if (no := refused(asked, problem, effort)) is not None:
        return Choice(answers=(), told=no)
    points = pareto(problem, effort, report=report, cancel=cancel)
    answers = [_answer(project, problem, p.alternative) for p in points]
    told = [{"candidate": body["candidate"]} | _figures(p) | _short(body) for p, body in zip(points, answers)]
    return _choice(answers, {"pareto": told})


def one_floor(asked: Asked) -> Asked:
    """Several layouts are looked for on one floor; BadInput where the project has more."""
    if asked.others:
        raise BadInput("floors.choose_one", file=asked.project.id, place="floors", count=len(asked.floors()))
    return asked


def _answer(project: Project, problem: PlacementProblem, one: Alternative) -> Json:
    """An alternative as a candidate: judged and checked as every layout is."""
    asked = ask(project)
    own = replace(problem, weights=one.weights)
    placement = replace(one.placement, record=replace(one.placement.record, question_digest=digest(own)))
    assert placement.layout is not None
    judged = judge(asked, in_phases(asked, placement.layout))
    judged = replace(judged, findings=(*judged.findings, *check_placement(own, placement)))
    return answer_of(asked, own, placement, judged)


def _figures(point: Point) -> Json:
    return {
        "leaning": point.alternative.condition,
        "linearity_index": point.linearity,
        "comfort": point.comfort,
        "new_walls_m": point.new_walls_m,
    }


def _short(body: Json) -> Json:
    solution = body["solution"]
    failed = sum(f["status"] == "fail" and f["severity"] == "error" for f in body["findings"])
    kept = {k: solution[k] for k in ("status", "objective", "bound", "gap")}
    return {"solution": kept, "measures": body["measures"], "failed": failed}


def _choice(answers: Sequence[Json], told: Json) -> Choice:
    if not answers:
        return Choice(answers=(), told=told | {"solution": {"status": "unknown"}, "explanation": []})
    first = answers[0]
    return Choice(answers=tuple(answers), told=first | told)
