"""Phases of a project: what each year needs, which positions open when, and whether the first phase alone does its work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from layouts.access import check_access
from layouts.findings import BadInput, Finding, told_values
from layouts.layout import Layout, LevelLayout
from layouts.programme import Programme
from layouts.routes import find_routes
from planner.chain.asked import Asked, capacity_question
from planner.project import Phase, Project
from solvers.capacity import plan_capacity
from solvers.phasing import Need, Needs, bank_of, counted, is_position, opened_in_phases, standing_in

Json = dict[str, Any]


def phases_of(project: Project) -> tuple[Phase, ...]:
    """The project's phases in order of their years, the last one the year that is planned for; none where it names none."""
    if not project.phases:
        return ()
    for k, phase in enumerate(project.phases):
        if not 0 <= phase.year <= project.growth.years:
            place = f"phases[{k}].year"
            raise BadInput("phases.beyond_growth", file=project.id, place=place, given=phase.year, most=project.growth.years)
    named = {phase.year: phase for phase in project.phases}
    named.setdefault(project.growth.years, Phase(year=project.growth.years))
    return tuple(named[year] for year in sorted(named))


def _needs_in(project: Project, year: int) -> dict[str, Need]:
    """What the year's demand asks of every bank, by formula."""
    then = replace(project, growth=replace(project.growth, years=year), planning=replace(project.planning, staffing="formula"))
    plan = plan_capacity(capacity_question(then))
    return {
        b.bank.id: Need(positions=b.positions, accessible_positions=b.accessible_positions, seats=b.seats) for b in plan.banks
    }


def needs_of(asked: Asked) -> tuple[Needs, ...]:
    """What every bank needs in each phase, by formula, never more than the layout holds in the end."""
    project, built = asked.project, {b.bank.id: b for b in asked.capacity.banks}
    found: list[Needs] = []
    for phase in phases_of(project):
        needs = _needs_in(project, phase.year)
        found.append({
            bank: Need(
                positions=min(need.positions, built[bank].positions),
                accessible_positions=min(need.accessible_positions, built[bank].accessible_positions),
                seats=min(need.seats, built[bank].seats),
            )
            for bank, need in needs.items() if bank in built
        })  # fmt: skip
    return tuple(found)


def in_phases(asked: Asked, layout: Layout) -> Layout:
    """The layout with the phase in which each position and seat opens."""
    needs = needs_of(asked)
    if len(needs) < 2:
        return layout
    return Layout(levels=tuple(opened_in_phases(level, needs) for level in layout.levels))


def phase_findings(asked: Asked, placed: LevelLayout) -> Iterator[Finding]:
    """Every phase opens what its year needs; and the first, standing alone, is as accessible as the whole."""
    needs = needs_of(asked)
    if len(needs) < 2:
        return
    here = {bank for i in placed.items if (bank := bank_of(i, tuple(needs[-1])))}
    for number, (phase, need) in enumerate(zip(phases_of(asked.project), needs)):
        wanted = {b: n for b, n in need.items() if b in here and _whole_here(asked, b)}
        opened = counted(placed, number, tuple(wanted))
        short = [b for b in wanted if not _enough(opened[b], wanted[b])]
        yield Finding(
            code="phases.opens_enough", status="fail" if short else "pass", severity="error" if short else "info",
            certainty="default", profile="project", measured=float(sum(n.positions for n in opened.values())),
            required=float(sum(n.positions for n in wanted.values())), unit="count", where=tuple(short),
            values={"phase": number + 1, "year": phase.year},
        )  # fmt: skip
    first = standing_in(placed, 0)
    clear = asked.programme.rules.clear_width_mm
    walked = replace(first, routes=find_routes(asked.level, first, asked.programme.flows, clear_width_mm=clear))
    wrong = [f for f in check_access(asked.level, walked, _open_in(first, asked.programme), asked.access) if _fails(f)]
    known = {f.code for f in check_access(asked.level, placed, asked.programme, asked.access) if _fails(f)}
    worse = {f.code: f for f in reversed(wrong) if f.code not in known}
    yield Finding(
        code="phases.first_stands", status="fail" if worse else "pass", severity="error" if worse else "info",
        certainty="default", profile=asked.access.id, measured=float(len(worse)), required=0.0, unit="checks",
        where=tuple(sorted(worse)),
    )  # fmt: skip
    for code in sorted(worse):
        yield replace(
            worse[code], code="phases.first_fails", values={"check": {"code": code, "values": told_values(worse[code])}}
        )


def _open_in(first: LevelLayout, programme: Programme) -> Programme:
    """The programme of what stands in the first phase: no more of a bank's positions are accessible than are open."""
    opened = Counter(i.bank for i in first.items if is_position(i))
    banks = (
        replace(b, positions=opened[b.id], accessible_positions=min(b.accessible_positions, opened[b.id]))
        for b in programme.banks
        if opened[b.id]
    )
    return replace(programme, banks=tuple(banks))


def _fails(finding: Finding) -> bool:
    return finding.status == "fail" and finding.severity == "error"


def _whole_here(asked: Asked, bank: str) -> bool:
    """Stands all of a bank on this level? A bank dealt over several levels is counted on none of them alone."""
    modules = [*((b.id, b.positions) for b in asked.programme.banks), *((i.id, i.positions) for i in asked.programme.islands)]
    positions = sum(count for ident, count in modules if ident == bank or ident.startswith(f"{bank}-"))
    built = next((b.positions for b in asked.capacity.banks if b.bank.id == bank), 0)
    return positions >= built > 0


def _enough(opened: Need, wanted: Need) -> bool:
    return (
        opened.positions >= wanted.positions and opened.accessible_positions >= wanted.accessible_positions
        and opened.seats >= wanted.seats
    )  # fmt: skip


def phases_json(asked: Asked, layout: Layout) -> list[Json]:
    """What is open in each phase beside what its year needs, bank by bank; those whose people sit in a room have no counters
    that open."""
    needs = needs_of(asked)
    if len(needs) < 2:
        return []
    names = {bank.id: bank.name for bank in asked.project.banks}
    last = tuple(needs[-1])
    whole = _over_levels([counted(level, len(needs) - 1, last) for level in layout.levels], last)
    told = []
    for number, (phase, need) in enumerate(zip(phases_of(asked.project), needs)):
        opened = _over_levels([counted(level, number, tuple(need)) for level in layout.levels], tuple(need))
        rows = [
            {"id": b, "name": names.get(b, b), "needs": asdict(need[b]), "opens": asdict(opened[b])}
            for b in need
            if whole[b].positions
        ]
        told.append({"phase": number + 1, "year": phase.year, "name": phase.name, "banks": rows})
    return told


def _over_levels(parts: Sequence[dict[str, Need]], banks: Sequence[str]) -> dict[str, Need]:
    return {
        b: Need(
            positions=sum(p[b].positions for p in parts), accessible_positions=sum(p[b].accessible_positions for p in parts),
            seats=sum(p[b].seats for p in parts),
        )
        for b in banks
    }  # fmt: skip
