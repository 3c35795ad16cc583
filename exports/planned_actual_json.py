"""Planned against actual as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from layouts.findings import Finding
from solvers.planned_actual import HeldFigure
from solvers.simulation.tickets import PlannedActual
from solvers.times import clock

Json = dict[str, Any]


def planned_actual_to_json(
    held: Sequence[HeldFigure],
    waits: Sequence[tuple[str, PlannedActual]],
    findings: Sequence[Finding],
    names: Mapping[str, str] | None = None,
) -> Json:
    """{rows: [{figure, subject, name, day_type, start_min | null, start, planned, actual, low, high, count, chance | null,
    deviates}], findings: [{code, status, severity, measured, required, unit, where, values}], deviating: n}.

    `figure`: arrivals | arrivals_by_interval | service_min (of a service; low and high are the 95 % interval of what came),
    visits | wait_min | p_within (of a bank; low and high hold 95 % of simulated single days as planned).
    """
    rows = [*map(_held, held), *(_wait(day_type, each) for day_type, each in waits if each.figure != "service_min")]
    called = names or {}
    return {
        "rows": [row | {"name": called.get(row["subject"], row["subject"])} for row in rows],
        "findings": [_finding(each) for each in findings],
        "deviating": sum(row["deviates"] for row in rows),
    }


def _held(each: HeldFigure) -> Json:
    start = each.start_min if each.start_min >= 0 else None
    return {
        "figure": each.figure, "subject": each.service, "day_type": each.day_type, "start_min": start,
        "start": "" if start is None else clock(start),
        "planned": round(each.planned, 4), "actual": round(each.actual, 4), "low": round(each.low, 4),
        "high": round(each.high, 4), "count": each.count, "chance": float(f"{each.chance:.3g}"), "deviates": each.deviates,
    }  # fmt: skip


def _wait(day_type: str, each: PlannedActual) -> Json:
    figures = {name: round(value, 4) for name, value in asdict(each).items() if isinstance(value, float)}
    return {
        "figure": each.figure, "subject": each.bank, "day_type": day_type, "start_min": None, "start": "",
        "planned": figures["planned"], "actual": figures["actual"], "low": figures["low"], "high": figures["high"],
        "count": each.days, "chance": None, "deviates": each.deviates,
    }  # fmt: skip


def _finding(each: Finding) -> Json:
    return {
        "code": each.code, "status": each.status, "severity": each.severity, "measured": each.measured,
        "required": each.required, "unit": each.unit, "where": list(each.where), "values": dict(each.values),
    }  # fmt: skip
