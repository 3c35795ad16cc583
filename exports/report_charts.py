"""The report's pictures of capacity and of simulated days; a part without an answer is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exports.charts import charts
from exports.charts_planning import frontier_chart, scenario_name, scenarios_chart, staffing_chart
from exports.report_figures import told_interval
from exports.report_html import facts, label, paragraph, section, table
from exports.words import say, unit_in

Answer = Mapping[str, Any]
COST_FIGURES = ("currency", "capital", "running_per_year", "staff_per_year", "visits_per_year", "cost_per_visit")
LINE_HEADS = ("line", "quantity", "unit", "rate", "amount")
FRONTIER_HEADS = (
    "within_min",
    "staff_hours_per_week",
    "cost_per_year",
    "simulated_p90_min",
    "hours_per_minute",
    "money_per_minute",
)
SCENARIO_HEADS = ("name", "visitors_per_day", "p_within", "wait_mean_min", "wait_more_min", "not_served", "tie", "hours")


def staffing(capacity: Answer, language: str) -> str:
    """Open positions against the work that comes in, and what the promise is kept over."""
    if not capacity.get("intervals") or not capacity.get("banks"):
        return ""
    standard = capacity.get("standard") or {}
    told = say(f"report.standard.{standard['holds_over']}", {}, language) if standard else ""
    return section(
        "staffing", say("report.staffing", {}, language), paragraph(told), _drawn(staffing_chart(capacity, language=language))
    )


def simulation(answer: Answer, names: Mapping[str, str], language: str) -> str:
    """Waits, shares in time, lines, use of positions and people inside, of so many simulated days."""
    if not answer:
        return ""
    force = answer.get("roster_in_force") or {}
    served = (
        say("report.simulation.rostered", force, language)
        if force.get("used")
        else say("report.simulation.planned", {}, language)
    )
    told = say(
        "report.simulation.days", {"days": answer["days"], "day_type": answer["day_type"], "seed": answer["seed"]}, language
    )
    drawn = [_drawn(svg) for svg in charts(answer, names, language).values()]
    return section("simulation", say("report.simulation", {}, language), paragraph(told), paragraph(served), *drawn)


def scenarios(rows: Sequence[Answer], language: str) -> str:
    """The scenarios side by side; differences are held against the first, on the same days."""
    if not rows:
        return ""
    heads = [say(f"report.scenario.{head}", {}, language) for head in SCENARIO_HEADS]
    cells = [
        (
            scenario_name(row, language),
            row["visitors_per_day"],
            *(_interval(row[key], key) for key in SCENARIO_HEADS[2:6]),
            row["tie"],
            (row.get("planned") or {}).get("staff_hours_per_week"),
        )
        for row in rows
    ]
    drawn = _drawn(scenarios_chart(rows, language=language))
    return section("scenarios", say("report.scenarios", {}, language), drawn, table(heads, cells))


def buying(answer: Answer, language: str) -> str:
    """Capital, running costs and a visit; then what each minute less would cost."""
    if not answer:
        return ""
    costs, rows = answer.get("costs") or {}, answer.get("frontier") or ()
    figures = ((label(f"report.cost.{k}", k, language), _whole(costs.get(k))) for k in COST_FIGURES)
    lines = [
        (
            label(f"report.cost.{each['id']}", each["id"], language),
            _whole(each["quantity"]),
            unit_in(each["unit"], language),
            each["rate"],
            _whole(each["amount"]),
        )
        for each in (*costs.get("capital_lines", ()), *costs.get("running_lines", ()))
    ]
    heads = [say(f"report.cost.head.{head}", {}, language) for head in LINE_HEADS]
    promises = [say(f"report.frontier.{head}", {}, language) for head in FRONTIER_HEADS]
    cells = [
        [_interval(row[key], key) if isinstance(row[key], Mapping) else _whole(row[key]) for key in FRONTIER_HEADS]
        for row in rows
    ]
    return section(
        "buying",
        say("report.buying", {}, language),
        facts(figures),
        table(heads, lines),
        _payback(answer.get("payback") or {}, language),
        _drawn(frontier_chart(rows, language)) if rows else "",
        table(promises, cells),
    )


def _whole(value: Any) -> Any:
    """Large sums without their decimals."""
    return round(value) if isinstance(value, float) and abs(value) >= 1000.0 else value


def _payback(answer: Answer, language: str) -> str:
    if not answer or not answer.get("one_off"):
        return ""
    if answer["years"] is None:
        return paragraph(say("report.payback.never", {}, language))
    return paragraph(say("report.payback", {"years": round(answer["years"], 1), "one_off": answer["one_off"]}, language))


def _drawn(svg: str) -> str:
    """A chart in the page; its own texts are safe already."""
    return f'<div class="chart">{svg}</div>'


def _interval(each: Answer, key: str) -> str:
    return told_interval(each["value"], each["high"], key)
