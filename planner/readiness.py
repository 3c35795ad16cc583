"""How far each page of the work has come: what is missing for it, what is done, and what no longer fits. Pure.

A page is `empty` (something it needs first is missing), `partial` (it can be worked on), `ready` (its answer stands) or
`stale` (its answer was found for another question). `missing` are codes of exports/words with their values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner.project import Project

State = Literal["empty", "partial", "ready", "stale"]
PAGES = ("plan", "demand", "capacity", "layout", "checks", "day", "roster", "handover")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """One page's state and what is missing or outdated, as codes with values."""

    state: State
    missing: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is computed so far: None nothing, False for another question, True for today's.

    `capacity_fault` is the code of what keeps capacity from being planned, with its values; `failed` how many checks fail.
    """

    layout: bool | None = None
    roster: bool | None = None
    simulation: bool | None = None
    capacity_fault: tuple[str, Mapping[str, str]] | None = None
    failed: int = 0
    plan_faults: tuple[tuple[str, Mapping[str, str]], ...] = field(default=())


def readiness(project: Project, answered: Answered) -> dict[str, Readiness]:
    """Every page's state, in the order of the work."""
    plan, demand = _plan(project, answered), _demand(project, answered)
    needs = (*plan.missing, *demand.missing)
    layout = _layout(answered, needs)
    return {
        "plan": plan,
        "demand": demand,
        "capacity": Readiness(state="ready" if demand.state == "ready" else "empty", missing=demand.missing),
        "layout": layout,
        "checks": _checks(answered, layout),
        "day": _answer(answered.simulation, demand.missing, "page.missing.simulation"),
        "roster": _roster(project, answered, demand.missing),
        "handover": _handover(project, answered, needs),
    }


def _plan(project: Project, answered: Answered) -> Readiness:
    if project.plan is None or not project.plan.levels:
        return Readiness(state="empty", missing=(("page.missing.plan", {}),))
    if answered.plan_faults:
        return Readiness(state="partial", missing=answered.plan_faults)
    return Readiness(state="ready")


def _demand(project: Project, answered: Answered) -> Readiness:
    missing: tuple[tuple[str, Mapping[str, str]], ...] = tuple(
        (code, {})
        for code, given in (
            ("page.missing.banks", project.banks),
            ("page.missing.services", project.services),
            ("page.missing.days", project.day_types),
            ("page.missing.arrivals", project.arrivals),
        )
        if not given
    )
    if missing:
        return Readiness(state="empty" if not project.services else "partial", missing=missing)
    if answered.capacity_fault:
        return Readiness(state="partial", missing=(answered.capacity_fault,))
    return Readiness(state="ready")


def _layout(answered: Answered, needs: tuple[tuple[str, Mapping[str, str]], ...]) -> Readiness:
    return _answer(answered.layout, needs, "page.missing.layout")


def _checks(answered: Answered, layout: Readiness) -> Readiness:
    if layout.state in ("empty", "partial"):
        return Readiness(state="empty", missing=layout.missing)
    if layout.state == "stale":
        return Readiness(state="stale", missing=layout.missing)
    if answered.failed:
        return Readiness(state="partial", missing=(("page.missing.failed", {"count": str(answered.failed)}),))
    return Readiness(state="ready")


def _roster(project: Project, answered: Answered, needs: tuple[tuple[str, Mapping[str, str]], ...]) -> Readiness:
    if not project.staff:
        needs = (*needs, ("page.missing.staff", {}))
    return _answer(answered.roster, needs, "page.missing.roster")


def _handover(project: Project, answered: Answered, needs: tuple[tuple[str, Mapping[str, str]], ...]) -> Readiness:
    """Everything can be computed on the way; what must come from people may not be missing."""
    if not project.staff:
        needs = (*needs, ("page.missing.staff", {}))
    if needs:
        return Readiness(state="empty", missing=needs)
    outdated: tuple[tuple[str, Mapping[str, str]], ...] = tuple(
        (code, {})
        for code, state in (("page.stale.layout", answered.layout), ("page.stale.roster", answered.roster))
        if state is False
    )
    if outdated:
        return Readiness(state="stale", missing=outdated)
    ready = answered.layout and answered.roster
    return Readiness(state="ready" if ready else "partial")


def _answer(known: bool | None, needs: tuple[tuple[str, Mapping[str, str]], ...], code: str) -> Readiness:
    """A page whose work is one answer: wanting its needs, not asked yet, outdated or done."""
    if needs:
        return Readiness(state="empty", missing=needs)
    if known is None:
        return Readiness(state="partial", missing=((code, {}),))
    if not known:
        return Readiness(state="stale", missing=((code.replace("missing", "stale"), {}),))
    return Readiness(state="ready")
