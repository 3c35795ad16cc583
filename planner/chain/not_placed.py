"""Why there is no layout, as an answer: what is impossible by geometry or by area, what clashes, and what would help."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from math import ceil
from typing import Any

from layouts.findings import told_values
from layouts.standing import has_rooms
from planner.chain.asked import Asked
from planner.digest import digest
from planner.engine import engine
from solvers.effort import Cancel, Effort, Progress, Report
from solvers.placement.barring import barred
from solvers.placement.changes import Change
from solvers.placement.clash import TEST_SECONDS, Clash, Reason, fits, smallest_clash, with_these
from solvers.placement.explain import explain
from solvers.placement.prepare import prepare
from solvers.placement.problem import Missing, Placement, PlacementProblem
from solvers.placement.relaxing import what_would_relax
from solvers.placement.upfront import impossible, tight

Json = dict[str, Any]
CLASH_SHARE = 0.4  # of the effort for the clash of wishes
EXPLAIN_SHARE = 0.8  # of the effort for that and for what would relax it; explain.py has the rest of as long again
LONGEST_SECONDS = 60.0  # for all of that: a dozen changes have their turn, and who allows minutes does not wait as many again
LET_GO_SHARE = 0.25  # of what is left then, for what is let go where no change alone is enough


def refused(asked: Asked, problem: PlacementProblem, effort: Effort) -> Json | None:
    """The answer where geometry alone proves that no layout exists; None where it does not."""
    reasons = impossible(problem)
    if not reasons:
        return None
    told = [{"code": code, "values": dict(values)} for code, values in reasons]
    return {"solution": _no_solution(effort, digest(problem)), "missing": [], "explanation": told}


def nothing_chosen(problem: PlacementProblem, effort: Effort) -> Json:
    """Why there is nothing to choose from: several searches shared the effort, and what makes the hall tight."""
    reasons: tuple[Reason, ...] = (*tight(problem), ("placement.not_proven", {"seconds": effort.seconds}))
    told = [{"code": code, "values": dict(values)} for code, values in reasons]
    return {"solution": {"status": "unknown"}, "missing": [], "explanation": told}


def nothing_found(
    placement: Placement, problem: PlacementProblem, effort: Effort, cancel: Cancel, more: Iterable[Change] = (),
    report: Report = lambda progress: None,
) -> Json:  # fmt: skip
    """Why there is no layout; pins and wishes that stand in the way come first, since taking them away is what helps. `more`:
    changes of what the question was made of, which are tried too. `report` hears when this begins, after the search."""
    report(Progress(stage="explain"))
    missing = placement.missing
    left_out = list(missing.elements) if missing else []
    pins = [{"code": "pin.does_not_fit", "values": {"given": p.element}} for p in problem.pins if p.element in left_out]
    reasons = [{"code": code, "values": dict(values)} for code, values in missing.reasons] if missing else []
    clashes = [] if cancel else _clashes(problem, placement, effort, cancel, more)
    return {
        "solution": asdict(placement.record),
        "missing": left_out,
        "explanation": [*clashes, *pins, *reasons],
    }


def _clashes(
    problem: PlacementProblem, placement: Placement, effort: Effort, cancel: Cancel, more: Iterable[Change]
) -> list[Json]:
    """The smallest set of wishes and pins that clash, and the changes with which a layout was found."""
    allowed = min(EXPLAIN_SHARE * effort.seconds, LONGEST_SECONDS)
    end = time.monotonic() + allowed
    told: list[Json] = []
    reasons = placement.missing.reasons if placement.missing is not None else ()
    disproven = placement.record.status == "infeasible"
    alone = barred(problem)
    for one in alone:
        told.append({"code": "placement.clash_of_one", "values": {"module": one.module, "wishes": ", ".join(one.wishes)}})
    clash = None if alone else smallest_clash(
        problem, seconds=allowed * CLASH_SHARE / EXPLAIN_SHARE, cancel=cancel, disproven=disproven
    )  # fmt: skip
    if clash is not None and not _told_nothing(clash, problem):
        names = ", ".join((*clash.wishes, *clash.pins))
        code = "placement.clash" if clash.proven else "placement.clash_not_proven"
        told.append({"code": code, "values": {"wishes": names}})
    known = clash.alone if clash is not None else ()
    named = [("wish", w) for w in clash.wishes] + [("pin", p) for p in clash.pins] if clash is not None else []
    seconds = max(0.0, end - time.monotonic()) * (1 - LET_GO_SHARE if alone else 1)
    relaxing = what_would_relax(
        problem, seconds=seconds, reasons=reasons, cancel=cancel, known=known, clashing=named, more=more
    )
    told += [_relaxed(changes) for changes in relaxing]
    if not relaxing:  # several have to go: who is told that wishes clash is told with which gone a layout was found
        barring = {wish for one in alone for wish in one.wishes}
        gone = clash.without if clash is not None else _let_go(problem, barring, end - time.monotonic(), cancel)
        told += [{"code": "placement.relax_together", "values": {"wishes": ", ".join(id for _, id in gone)}}] if gone else []
    return told


def _told_nothing(clash: Clash, problem: PlacementProblem) -> bool:
    """Did no test of single ones find anything? Then all of more than two are named, bystanders with them: that
    a layout is found without all of them together is told, and no more."""
    named, asked = len(clash.wishes) + len(clash.pins), len({w.id for w in problem.wishes}) + len(problem.pins)
    return not clash.proven and not clash.alone and named == asked > 2


def _let_go(problem: PlacementProblem, barring: set[str], seconds: float, cancel: Cancel) -> Sequence[tuple[str, str]]:
    """The wishes that bar modules from all of their places, where a layout is found without them, else all that is asked beyond
    the programme, where one is found then; none otherwise."""
    asked = [*dict.fromkeys(("wish", w.id) for w in problem.wishes), *(("pin", p.element) for p in problem.pins)]
    for gone in ([a for a in asked if a[0] == "wish" and a[1] in barring], asked):
        kept = [a for a in asked if a not in gone]
        if gone and not cancel and seconds > 0 and fits(with_these(problem, kept), min(TEST_SECONDS, seconds), cancel):
            return gone
    return ()


def _relaxed(changes: tuple[Reason, ...]) -> Json:
    """One change as its sentence; two as one sentence of both, each a part with words of its own."""
    if len(changes) == 1:
        ((code, values),) = changes
        return {"code": code, "values": dict(values)}
    one, other = ({"code": code.replace(".relax_", ".with_"), "values": dict(values)} for code, values in changes)
    return {"code": "placement.relax_pair", "values": {"one": one, "other": other}}


def too_large(asked: Asked, problem: PlacementProblem, effort: Effort, cancel: Cancel, name: str) -> Json:
    """Net areas beyond the floor prove that no layout exists; the largest programme that fits is looked for as a hint."""
    area = asked.area
    clash = {"code": area.code, "values": told_values(area)}
    over = ceil(100 * (1 - (area.required or 0.0) / area.measured)) if area.measured else 100
    less = {"code": "placement.ask_for_less", "values": {"percent": over}}
    missing = Missing(elements=(), reasons=())
    if not has_rooms(problem.level):  # rooms would have to be joined first: their walls say nothing yet
        missing = explain(problem, prepare(problem), effort, cancel, proven=True)
    reasons = [{"code": c, "values": dict(v)} for c, v in missing.reasons if c != "placement.larger_than_floor"]
    return {"solution": _no_solution(effort, name), "missing": list(missing.elements), "explanation": [clash, less, *reasons]}


def _no_solution(effort: Effort, name: str) -> Json:
    """The record of a question that was proven impossible without a solver."""
    return {
        "status": "infeasible", "objective": None, "bound": None, "gap": None, "relaxation_bound": None, "terms": {},
        "freedom": {}, "seed": effort.seed, "effort": f"{effort.seconds:g} s", "reproducible": effort.reproducible,
        "seconds_to_first": None, "seconds": 0.0, "versions": {"engine": engine()}, "question_digest": name,
    }  # fmt: skip
