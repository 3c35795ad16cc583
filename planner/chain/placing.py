"""Placement: the programme on the floor, with pins and hints from earlier answers; why, where nothing fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from exports.layout_json import layout_to_json
from layouts.findings import BadInput
from layouts.layout import Layout
from planner.chain.asked import Asked, ask
from planner.chain.checking import Judged, judge, told_values
from planner.chain.settled import asked_digest
from planner.digest import digest
from planner.engine import engine
from planner.project import Project
from planner.source import PLACEMENT, ProjectSource
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.check import check_placement
from solvers.placement.explain import explain
from solvers.placement.prepare import prepare
from solvers.placement.problem import Pinned, Placement, PlacementProblem, Pose
from solvers.placement.solve import solve

Json = dict[str, Any]
LARGER = "programme.larger_than_floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer of the placement with what was measured on it; `judged` is None where there is no layout."""

    placement: Placement | None
    judged: Judged | None
    answer: Json


def place_layout(project: Project, effort: Effort, report: Report, cancel: Cancel, earlier: Any = None) -> Json:
    """What `centreline place` prints and stores. `earlier` is the stored answer that pins and hints refer to."""
    return place(ask(project), effort, report, cancel, earlier).answer


def place(asked: Asked, effort: Effort, report: Report, cancel: Cancel, earlier: Any = None) -> Found:
    """Solve, walk and check. A reproducible run takes no hint: its answer depends on the question alone."""
    poses = poses_of(earlier)
    problem = placement_problem(asked, poses)
    name = digest(problem)
    if asked.area.status == "fail" and asked.area.code == LARGER:
        return _too_large(asked, problem, effort, cancel, name)
    report(Progress(stage="place"))
    hint = () if effort.reproducible else _hint(poses, problem)
    placement = solve(problem, effort, digest=name, hint=hint, report=report, cancel=cancel)
    if placement.layout is None:
        return Found(placement=placement, judged=None, answer=_nothing(placement, problem))
    report(Progress(stage="check"))
    judged = judge(asked, _with_pins(placement.layout, {p.element for p in problem.pins}))
    judged = replace(judged, findings=(*judged.findings, *check_placement(problem, placement)))
    return Found(placement=placement, judged=judged, answer=_answer(asked, placement, judged))


def placement_problem(asked: Asked, poses: Mapping[str, Pose]) -> PlacementProblem:
    """The question: level, programme, and the modules people pinned at the poses they had."""
    pins = tuple(Pinned(element=m, pose=_pose_of(poses, m, asked)) for m in _pinned_modules(asked))
    return PlacementProblem(level=asked.level, programme=asked.programme, pins=pins)


def earlier_poses(source: ProjectSource) -> Any:
    """The stored answer that pins and hints refer to: the accepted one, else the newest candidate; None without any."""
    from planner.answers import newest

    accepted = source.project.accepted
    if accepted is not None:
        return source.answers.get(accepted.candidate)
    found = newest(source.answers, PLACEMENT)
    return found.body if found else None


def poses_of(answer: Any) -> dict[str, Pose]:
    """Poses by module of a stored answer. Answers may come from elsewhere: what is no pose is left out."""
    told = answer.get("poses") if isinstance(answer, dict) else None
    names = {f.name for f in fields(Pose)}
    return {p["element"]: Pose(**p) for p in told or () if isinstance(p, dict) and set(p) == names}


def _pinned_modules(asked: Asked) -> list[str]:
    """Modules that pins name, directly or by one of their items in the accepted layout."""
    accepted = asked.project.accepted
    levels = accepted.layout.levels if accepted else ()
    home = {item.id: item.bank or item.id for level in levels for item in level.items}
    programme = asked.programme
    modules = {m.id for group in (programme.banks, programme.rooms, programme.islands) for m in group}
    named = [p.id if p.id in modules else home.get(p.id, p.id) for p in asked.project.pins]
    for pin, module in zip(asked.project.pins, named):
        if module not in modules:
            raise BadInput("pin.no_such_module", file=asked.project.id, given=pin.id, known=", ".join(sorted(modules)))
    return list(dict.fromkeys(named))


def _pose_of(poses: Mapping[str, Pose], module: str, asked: Asked) -> Pose:
    if module not in poses:
        raise BadInput("pin.pose_is_lost", file=asked.project.id, given=module)
    return poses[module]


def _hint(poses: Mapping[str, Pose], problem: PlacementProblem) -> tuple[Pose, ...]:
    """Poses of the modules that are still asked for, when they are all known."""
    programme = problem.programme
    modules = [m.id for group in (programme.banks, programme.rooms, programme.islands) for m in group]
    return tuple(poses[m] for m in modules) if all(m in poses for m in modules) else ()


def _with_pins(layout: Layout, pinned: set[str]) -> Layout:
    """Items of pinned modules say so."""
    levels = (
        replace(lv, items=tuple(replace(i, pinned=True) if (i.bank or i.id) in pinned else i for i in lv.items))
        for lv in layout.levels
    )
    return Layout(levels=tuple(levels)) if pinned else layout


def _answer(asked: Asked, placement: Placement, judged: Judged) -> Json:
    plan = asked.project.plan
    assert plan is not None
    poses = [asdict(p) for p in placement.poses]
    return {
        # its name among candidates: more time may find another layout for the same question
        "candidate": digest({"question": placement.record.question_digest, "poses": poses}),
        "solution": asdict(placement.record),
        "measures": judged.measures_json(),
        "layout": layout_to_json(plan, judged.layout),
        "findings": judged.checked(),
        "not_checked": judged.not_checked(),
        "poses": poses,
        "asked_digest": asked_digest(asked),
    }


def _nothing(placement: Placement, problem: PlacementProblem) -> Json:
    """Why there is no layout; pins that stand in the way come first, since taking them away is what helps."""
    missing = placement.missing
    left_out = list(missing.elements) if missing else []
    pins = [{"code": "pin.does_not_fit", "values": {"given": p.element}} for p in problem.pins if p.element in left_out]
    reasons = [{"code": code, "values": dict(values)} for code, values in missing.reasons] if missing else []
    return {"solution": asdict(placement.record), "missing": left_out, "explanation": [*pins, *reasons]}


def _too_large(asked: Asked, problem: PlacementProblem, effort: Effort, cancel: Cancel, name: str) -> Found:
    """Net areas beyond the floor prove that no layout exists; the largest programme that fits is looked for as a hint."""
    area = asked.area
    clash = {"code": area.code, "values": told_values(area)}
    missing = explain(problem, prepare(problem), effort, cancel, proven=True)
    reasons = [{"code": c, "values": dict(v)} for c, v in missing.reasons if c != "placement.larger_than_floor"]
    solution = {
        "status": "infeasible", "objective": None, "bound": None, "gap": None, "relaxation_bound": None, "terms": {},
        "freedom": {}, "seed": effort.seed, "effort": f"{effort.seconds:g} s", "reproducible": effort.reproducible,
        "seconds_to_first": None, "seconds": 0.0, "versions": {"engine": engine()}, "question_digest": name,
    }  # fmt: skip
    answer = {"solution": solution, "missing": list(missing.elements), "explanation": [clash, *reasons]}
    return Found(placement=None, judged=None, answer=answer)

