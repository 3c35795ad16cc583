"""Placement: the programme on the floor, with pins and hints from earlier answers; why, where nothing fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from math import ceil
from types import MappingProxyType
from typing import Any

from exports.layout_json import layout_from_json, layout_to_json
from layouts.findings import BadInput
from layouts.layout import Item, Layout
from layouts.standing import has_rooms
from planner.chain.asked import Asked, ask
from planner.chain.checking import Judged, judge, told_values
from planner.chain.floors import above, solved_together
from planner.chain.hand_moves import moved_poses, unmoved
from planner.chain.phasing import in_phases, phases_json, phases_of
from planner.chain.settled import asked_digest
from planner.chain.verdict import verdict
from planner.chain.ways_in import entrances_json, kept_for_lifts
from planner.digest import digest
from planner.engine import engine
from planner.project import Project
from planner.source import PLACEMENT, ProjectSource
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.aims import aim, wishes_of
from solvers.placement.barring import barred
from solvers.placement.check import check_placement
from solvers.placement.clash import Reason, smallest_clash
from solvers.placement.explain import explain
from solvers.placement.prepare import prepare
from solvers.placement.problem import Missing, Pinned, Placement, PlacementProblem, Pose
from solvers.placement.relaxing import what_would_relax
from solvers.placement.solve import solve
from solvers.placement.upfront import impossible
from solvers.placement.wish import WISH_KINDS, Wish

Json = dict[str, Any]
OWN_CHECKS = ("placement_check.", "placement.no_layout_keeps")
LARGER = "programme.larger_than_floor"
LATER = {"space"}  # fields of a pose that answers stored earlier lack
NOTHING: Mapping[str, tuple[Item, ...]] = MappingProxyType({})
EXPLAIN_SHARE = 0.5  # of the effort for the clash of wishes, and as much for what would relax it


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
    if (no := refused(asked, problem, effort)) is not None:
        return Found(placement=None, judged=None, answer=no)
    if asked.area.status == "fail" and asked.area.code == LARGER:
        return _too_large(asked, problem, effort, cancel, name)
    report(Progress(stage="place"))
    hint = () if effort.reproducible else _hint(poses_of(begin_with) or poses, problem)
    placement = solve(problem, effort, digest=name, hint=hint, report=report, cancel=cancel)
    if placement.layout is None:
        return Found(placement=placement, judged=None, answer=_nothing(placement, problem, effort, cancel))
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


def placement_problem(
    asked: Asked, poses: Mapping[str, Pose], whole: Asked | None = None, stood: Mapping[str, tuple[Item, ...]] = NOTHING
) -> PlacementProblem:
    """The question: level, programme, and the modules people pinned at the poses they had, furnished as they `stood`.
    `whole`: with the other floors."""
    whole, own = whole or asked, _modules(replace(asked, others=()))
    phases_of(whole.project)  # refuses a phase that no year of growth has before anything is searched for
    pins = tuple(
        Pinned(element=m, pose=_pose_of(poses, m, asked), stood=stood.get(m, ())) for m in _pinned_modules(whole) if m in own
    )
    chosen = aim(asked.project.planning.solves_first)
    first = whole.level.id == asked.level.id
    told = (w for w in _wishes(whole) if (set(w.modules()) <= own if w.modules() else first or w.level))
    told = (w for w in told if w.level in ("", asked.level.id))
    lifts = kept_for_lifts(asked.level) if whole.others and first else ()
    wishes = (*told, *wishes_of(chosen, asked.programme), *lifts)
    return PlacementProblem(
        level=asked.level, programme=asked.programme, pins=pins, weights=chosen.weights, wishes=wishes, access=asked.access,
        egress=asked.egress,
    )  # fmt: skip


def _wishes(asked: Asked) -> tuple[Wish, ...]:
    """The project's own wishes; BadInput where one names no module, another kind, or nothing to keep off."""
    modules = _modules(asked)
    seen: set[str] = set()
    for k, wish in enumerate(asked.project.wishes):
        place = f"wishes[{k}]"
        if wish.id in seen:
            raise BadInput("wish.double_id", file=asked.project.id, place=place, given=wish.id)
        seen.add(wish.id)
        if wish.kind not in WISH_KINDS:
            known = ", ".join(WISH_KINDS)
            raise BadInput("wish.unknown_kind", file=asked.project.id, place=place, given=wish.kind, known=known)
        needed = {"keep_out": 0, "near_entrance": 1}.get(wish.kind, 2)
        named = (wish.module, wish.other)[:needed] if needed else wish.modules()
        for name in named:
            if name not in modules:
                known = ", ".join(sorted(modules))
                raise BadInput("wish.no_such_module", file=asked.project.id, place=place, given=name or "-", known=known)
        if wish.kind == "keep_out" and not wish.encloses_floor():
            raise BadInput("wish.no_area", file=asked.project.id, place=place, given=wish.id)
        if wish.kind == "keep_out" and wish.level and wish.module and wish.module not in _modules_on(asked, wish.level):
            raise BadInput(
                "wish.module_elsewhere", file=asked.project.id, place=place, given=wish.module, level=wish.level,
                other=next(one.level.id for one in asked.floors() if wish.module in _modules_on(asked, one.level.id)),
            )  # fmt: skip
        levels = [level.id for level in asked.project.plan.levels] if asked.project.plan else []
        if wish.level and wish.level not in levels:
            raise BadInput("wish.no_such_level", file=asked.project.id, place=place, given=wish.level, known=", ".join(levels))
    return asked.project.wishes


def _modules_on(asked: Asked, level: str) -> set[str]:
    """Those of one storey."""
    return next((_modules(replace(one, others=())) for one in asked.floors() if one.level.id == level), set())


def _modules(asked: Asked) -> set[str]:
    programmes = [one.programme for one in asked.floors()]
    return {m.id for p in programmes for group in (p.banks, p.rooms, p.islands) for m in group}


def refused(asked: Asked, problem: PlacementProblem, effort: Effort) -> Json | None:
    """The answer where geometry alone proves that no layout exists; None where it does not."""
    reasons = impossible(problem)
    if not reasons:
        return None
    told = [{"code": code, "values": dict(values)} for code, values in reasons]
    return {"solution": _no_solution(effort, digest(problem)), "missing": [], "explanation": told}


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
    return {p["element"]: Pose(**p) for p in told or () if isinstance(p, dict) and names - LATER <= set(p) <= names}


def by_hand_too(asked: Asked, earlier: Any) -> dict[str, Pose]:
    """The stored poses, pinned modules where people moved them since."""
    poses, accepted, pinned = poses_of(earlier), asked.project.accepted, _pinned_modules(asked)
    if accepted is None or not pinned or not isinstance(earlier, dict) or "layout" not in earlier:
        return poses
    _, found = layout_from_json(earlier["layout"])
    return poses if found == accepted.layout else moved_poses(poses, found, accepted.layout, pinned, asked.project.id)


def as_it_stood(asked: Asked, earlier: Any) -> dict[str, tuple[Item, ...]]:
    """The items of every pinned module as the accepted layout has them; none of what people moved by hand since."""
    accepted = asked.project.accepted
    if accepted is None or not asked.project.pins or not isinstance(earlier, dict) or "layout" not in earlier:
        return {}
    _, found = layout_from_json(earlier["layout"])
    return unmoved(found, accepted.layout, _pinned_modules(asked))


def _pinned_modules(asked: Asked) -> list[str]:
    """Modules that pins name, directly or by one of their items in the accepted layout."""
    accepted = asked.project.accepted
    levels = accepted.layout.levels if accepted else ()
    home = {item.id: item.bank or item.id for level in levels for item in level.items}
    modules = _modules(asked)
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


def _nothing(placement: Placement, problem: PlacementProblem, effort: Effort, cancel: Cancel) -> Json:
    """Why there is no layout; pins and wishes that stand in the way come first, since taking them away is what helps."""
    missing = placement.missing
    left_out = list(missing.elements) if missing else []
    pins = [{"code": "pin.does_not_fit", "values": {"given": p.element}} for p in problem.pins if p.element in left_out]
    reasons = [{"code": code, "values": dict(values)} for code, values in missing.reasons] if missing else []
    clashes = [] if cancel else _clashes(problem, placement, effort, cancel)
    return {
        "solution": asdict(placement.record),
        "missing": left_out,
        "explanation": [*clashes, *pins, *reasons],
    }


def _clashes(problem: PlacementProblem, placement: Placement, effort: Effort, cancel: Cancel) -> list[Json]:
    """The smallest set of wishes and pins that clash, and the changes with which a layout was found."""
    seconds = EXPLAIN_SHARE * effort.seconds
    told: list[Json] = []
    reasons = placement.missing.reasons if placement.missing is not None else ()
    disproven = placement.record.status == "infeasible"
    alone = barred(problem)
    for one in alone:
        told.append({"code": "placement.clash_of_one", "values": {"module": one.module, "wishes": ", ".join(one.wishes)}})
    clash = None if alone else smallest_clash(problem, seconds=seconds, cancel=cancel, disproven=disproven)
    if clash is not None:
        names = ", ".join((*clash.wishes, *clash.pins))
        code = "placement.clash" if clash.proven else "placement.clash_not_proven"
        told.append({"code": code, "values": {"wishes": names}})
    relaxing = what_would_relax(problem, seconds=seconds, reasons=reasons, cancel=cancel)
    return told + [_relaxed(changes) for changes in relaxing]


def _relaxed(changes: tuple[Reason, ...]) -> Json:
    """One change as its sentence; two as one sentence of both, each a part with words of its own."""
    if len(changes) == 1:
        ((code, values),) = changes
        return {"code": code, "values": dict(values)}
    one, other = ({"code": code.replace(".relax_", ".with_"), "values": dict(values)} for code, values in changes)
    return {"code": "placement.relax_pair", "values": {"one": one, "other": other}}


def _too_large(asked: Asked, problem: PlacementProblem, effort: Effort, cancel: Cancel, name: str) -> Found:
    """Net areas beyond the floor prove that no layout exists; the largest programme that fits is looked for as a hint."""
    area = asked.area
    clash = {"code": area.code, "values": told_values(area)}
    over = ceil(100 * (1 - (area.required or 0.0) / area.measured)) if area.measured else 100
    less = {"code": "placement.ask_for_less", "values": {"percent": over}}
    missing = Missing(elements=(), reasons=())
    if not has_rooms(problem.level):  # rooms would have to be joined first: their walls say nothing yet
        missing = explain(problem, prepare(problem), effort, cancel, proven=True)
    reasons = [{"code": c, "values": dict(v)} for c, v in missing.reasons if c != "placement.larger_than_floor"]
    answer = {"solution": _no_solution(effort, name), "missing": list(missing.elements), "explanation": [clash, less, *reasons]}
    return Found(placement=None, judged=None, answer=answer)


def _no_solution(effort: Effort, name: str) -> Json:
    """The record of a question that was proven impossible without a solver."""
    return {
        "status": "infeasible", "objective": None, "bound": None, "gap": None, "relaxation_bound": None, "terms": {},
        "freedom": {}, "seed": effort.seed, "effort": f"{effort.seconds:g} s", "reproducible": effort.reproducible,
        "seconds_to_first": None, "seconds": 0.0, "versions": {"engine": engine()}, "question_digest": name,
    }  # fmt: skip
