"""The answer with its record: what was found, what it may cost at the least, and the freedom that this was proven for."""

from __future__ import annotations

from dataclasses import replace

from layouts.findings import Finding, Value
from solvers import cpsat
from solvers.effort import Progress, SolutionRecord, Status
from solvers.placement.explain import explain
from solvers.placement.halls import no_hall
from solvers.placement.lanes import Best
from solvers.placement.problem import Missing, Placement
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.sites import Site


def answer(race: Race) -> Placement:
    """The best layout with its record; only where there is one."""
    best = race.shown()
    assert best is not None
    bound = min(race.bound(), best.objective)
    gap = (best.objective - bound) / max(abs(best.objective), 1e-9)
    status: Status = "optimal" if gap <= CLOSE_ENOUGH else "feasible"
    record = _record(race, "cancelled" if race.cancel else status, best.objective, bound, gap, best.terms)
    lane = race.lanes[best.lane]
    return Placement(
        record=record, layout=best.drawn.layout, poses=best.poses, arcs=best.arcs, spine=lane.spine,
        blocks=lane.typology.blocks, hall=best.drawn.layout.levels[0].hall,
        given_up=_given_up(race, best),
    )  # fmt: skip


def nothing(race: Race, status: Status, *, explained: bool = True) -> Placement:
    """No layout, and why."""
    if not explained:
        missing = Missing(elements=(), reasons=())
    elif not race.sites:
        missing = Missing(elements=(), reasons=no_hall(race.problem))
    else:
        site = max(race.sites, key=lambda s: sum(bool(q.modes[e]) for q in s.ready.questions for e in q.modes))
        lacking, proven = _lacking(race), status == "infeasible"
        if race.report is not None:  # the search has ended: what still takes time is why
            race.report(Progress(stage="explain"))
        missing = explain(site.problem, site.ready, race.effort, race.cancel, lacking=lacking, proven=proven)
    return Placement(record=_record(race, status, None, None, None, {}), layout=None, missing=missing)


def _lacking(race: Race) -> tuple[str, ...]:
    """The fewest modules for which the quick search had no place, on any spine; none where it did not begin."""
    return min((lane.quick.lacking for lane in race.lanes if lane.quick is not None), key=len, default=())


def _record(
    race: Race, status: Status, objective: float | None, bound: float | None, gap: float | None, terms: dict[str, float]
) -> SolutionRecord:
    finite = [lane.relaxation for lane in race.lanes if lane.relaxation < float("inf")]
    return SolutionRecord(
        status=status, objective=objective, bound=bound, gap=gap, relaxation_bound=min(finite, default=None), terms=terms,
        freedom=_freedom(race), seed=race.effort.seed, effort=f"{race.effort.seconds:g} s",
        reproducible=race.effort.reproducible, seconds_to_first=race.first_at, seconds=race.clock.seconds(),
        versions=cpsat.versions(), question_digest=race.digest,
    )  # fmt: skip


def _freedom(race: Race) -> dict[str, object]:
    return {
        "spines": [lane.spine.id for lane in race.lanes if not lane.typology.blocks],
        "spine_bounds": [_told(lane.bound) for lane in race.lanes if not lane.typology.blocks],
        "typologies": list(dict.fromkeys(lane.typology.name for lane in race.lanes)),
        "built": [(n.typology.name, n.spine.id, _told(n.bound)) for n in race.lanes if n.typology.blocks],
        "typology": race.lanes[shown.lane].typology.name if (shown := race.shown()) is not None else None,
        "setbacks_mm": list(race.rules.setbacks_mm),
        "position_step_mm": 100,
        "halls": [_hall_told(race, site) for site in race.sites if site.problem.hall is not None],
        "modules": next((len(q.modes) for site in race.sites for q in site.ready.questions), 0),
        "modes": sum(len(ms) for lane in race.lanes for ms in lane.question.modes.values()),
        "layouts_refused_by_check": race.rejected,
        "layouts_laid_aside": len(race.laid_aside),
        "rules_given_up": sorted(race.given_up),
    }


def _given_up(race: Race, best: Best) -> tuple[Finding, ...]:
    """The rules about ways that no layout was found to keep and this one breaks: the nearest that one came to each, and how
    many broke it."""
    told = []
    for own in {f.code: f for f in best.drawn.broken if f.code in race.given_up}.values():
        broken = [[f for f in one.drawn.broken if f.code == own.code] for one in race.laid_aside]
        nearest = min((f for each in broken for f in each), key=_excess, default=own)
        values: dict[str, Value] = {"rule": own.code, "tried": sum(map(bool, broken))}
        changed = replace(own, measured=nearest.measured, severity="warning", values=values)
        code = "placement.no_layout_keeps_egress" if own.code.startswith("egress.") else "placement.no_layout_keeps_access"
        told.append(replace(changed, code=code))
    return tuple(told)


def _excess(finding: Finding) -> float:
    return abs((finding.measured or 0.0) - (finding.required or 0.0))


def _hall_told(race: Race, site: Site) -> tuple[str, list[str], float, float | None]:
    """A hall that was raced: its name, its rooms, metres of wall that go for it, the least that a layout in it costs."""
    hall = site.problem.hall
    assert hall is not None
    bound = min((lane.bound for lane in race.lanes if lane.typology.name == site.typology.name), default=float("inf"))
    return site.typology.name, list(hall.spaces), sum(w.length_mm for w in hall.removed) / 1000, _told(bound)


def _told(bound: float) -> float | None:
    return round(bound, 3) if bound < float("inf") else None
