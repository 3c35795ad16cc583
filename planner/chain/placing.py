"""Placement: the programme on the floor, with pins and hints from earlier answers; why, where nothing fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from exports.layout_json import layout_to_json
from layouts.layout import Layout
from layouts.standing import has_rooms
from planner.chain.asked import Asked, ask
from planner.chain.checking import Judged, judge
from planner.chain.earlier_years import years_of_growth
from planner.chain.floors import above, solved_together
from planner.chain.not_placed import nothing_found, refused, too_large
from planner.chain.phasing import in_phases, phases_json
from planner.chain.placement_question import as_it_stood, by_hand_too, placement_problem, poses_of
from planner.chain.settled import asked_digest
from planner.chain.verdict import verdict
from planner.chain.ways_in import entrances_json
from planner.digest import digest
from planner.project import Project
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.aims import aim
from solvers.placement.check import check_placement
from solvers.placement.problem import Placement, PlacementProblem, Pose
from solvers.placement.solve import solve

Json = dict[str, Any]
OWN_CHECKS = ("placement_check.", "placement.no_layout_keeps")
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


def place(asked: Asked, effort: Effort, report: Report, cancel: Cancel, earlier: Any = None, begin_with: Any = None) -> Found:
    """A layout with its checks and, where there was one before (`earlier`), the verdict on it. `begin_with` is an answer to
    start from where that is not `earlier`.
    """
    found = _place(asked, effort, report, cancel, earlier, begin_with)
    return found if found.judged is None else _with_verdict(found, earlier)


def _with_verdict(found: Found, earlier: Any) -> Found:
    name = earlier.get("candidate") if isinstance(earlier, dict) else None
    return replace(found, answer=found.answer | {"verdict": verdict(found.answer, earlier, name)})


def _place(asked: Asked, effort: Effort, report: Report, cancel: Cancel, earlier: Any, begin_with: Any) -> Found:
    """Solve, walk and check, level by level. A reproducible run takes no hint: its answer depends on the question alone."""
    if not asked.others:
        return _place_level(asked, asked, effort, report, cancel, earlier, begin_with)
    share = replace(effort, seconds=effort.seconds / len(asked.floors()))
    found = []
    for one in asked.floors():
        each = _place_level(asked, one, share, report, cancel, earlier, begin_with)
        if each.judged is None:
            return replace(each, answer=each.answer | {"level": one.level.id})
        found.append(each)
    return in_one(asked, found)


def in_one(asked: Asked, found: Sequence[Found]) -> Found:
    """The levels' answers as one."""
    levels = tuple(lv for each in found if each.judged is not None for lv in each.judged.layout.levels)
    plan = {level.id: level for level in asked.project.plan.levels} if asked.project.plan is not None else {}
    named = tuple(lv if lv.level == asked.level.id else above(lv, plan[lv.level]) for lv in levels)
    judged = judge(asked, Layout(levels=named))
    checked = [f for each in found if each.judged is not None for f in each.judged.findings if f.code.startswith(OWN_CHECKS)]
    judged = replace(judged, findings=(*judged.findings, *checked))
    records = {one.level.id: each.answer["solution"] for one, each in zip(asked.floors(), found)}
    poses = [pose for each in found for pose in each.answer["poses"]]
    name = digest([record["question_digest"] for record in records.values()])
    answer = found[0].answer | told_of(asked, judged) | {
        "candidate": digest({"question": name, "poses": poses}),
        "solution": solved_together(records, name),
        "poses": poses,
        "wishes": [wish for each in found for wish in each.answer["wishes"]],
    }  # fmt: skip
    weights = {one.level.id: each.answer["aim"]["weights"] for one, each in zip(asked.floors(), found)}
    if len({tuple(w.items()) for w in weights.values()}) > 1:  # storeys of a Pareto set may lean to different things
        answer["aim"] = answer["aim"] | {"levels": weights}
    return Found(placement=None, judged=judged, answer=answer)


def _place_level(
    whole: Asked, asked: Asked, effort: Effort, report: Report, cancel: Cancel, earlier: Any, begin_with: Any
) -> Found:
    """One level: solve, walk and check."""
    asked = replace(asked, others=())
    poses = by_hand_too(whole, earlier)
    problem = placement_problem(asked, poses, whole, as_it_stood(whole, earlier))
    name = digest(problem)
    larger = asked.area.status == "fail" and asked.area.code == LARGER
    if (no := refused(asked, problem, effort)) is not None and not (larger and has_rooms(problem.level)):
        return Found(placement=None, judged=None, answer=no)  # what the whole floor has no room for no hall of it has
    if larger:
        return Found(placement=None, judged=None, answer=too_large(asked, problem, effort, cancel, name))
    report(Progress(stage="place"))
    hint = () if effort.reproducible else _hint(poses_of(begin_with) or poses, problem)
    placement = solve(problem, effort, digest=name, hint=hint, report=report, cancel=cancel)
    if placement.layout is None:
        fewer = () if whole.others else years_of_growth(asked)
        return Found(placement=placement, judged=None, answer=nothing_found(placement, problem, effort, cancel, fewer, report))
    report(Progress(stage="check"))
    return walked(asked, problem, placement)


def checked_incumbent(asked: Asked, problem: PlacementProblem, placement: Placement, earlier: Any) -> Json:
    """A layout found on the way to the answer of a centre on one floor, as `place` would answer it."""
    return _with_verdict(walked(asked, problem, placement), earlier).answer


def walked(asked: Asked, problem: PlacementProblem, placement: Placement) -> Found:
    """A layout as it may be shown and kept: walked, judged by the rules, checked without the solver."""
    assert placement.layout is not None
    judged = judge(asked, in_phases(asked, _with_pins(placement.layout, {p.element for p in problem.pins})))
    judged = replace(judged, findings=(*judged.findings, *placement.given_up, *check_placement(problem, placement)))
    return Found(placement=placement, judged=judged, answer=answer_of(asked, problem, placement, judged))


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


def answer_of(asked: Asked, problem: PlacementProblem, placement: Placement, judged: Judged) -> Json:
    """A layout's answer as it is printed and stored."""
    poses = [asdict(p) for p in placement.poses]
    return told_of(asked, judged) | {
        # its name among candidates: more time may find another layout for the same question
        "candidate": digest({"question": placement.record.question_digest, "poses": poses}),
        "solution": asdict(placement.record),
        "poses": poses,
        "aim": aim(asked.project.planning.solves_first).told() | {"weights": asdict(problem.weights)},
        "wishes": [asdict(w) for w in problem.wishes],
    }


def told_of(asked: Asked, judged: Judged) -> Json:
    """What is measured on a layout, whoever found it."""
    plan = asked.project.plan
    assert plan is not None
    return {
        "measures": judged.measures_json(),
        "goals": judged.goals_json(),
        "layout": layout_to_json(plan, judged.layout),
        "findings": judged.checked(),
        "not_checked": judged.not_checked(),
        "asked_digest": asked_digest(asked),
        "phases": phases_json(asked, judged.layout),
        "entrances": entrances_json(asked.project, asked.level),
    }
