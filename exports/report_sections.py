"""The report's sections, each from one plain answer. People appear by id only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from exports.freedom import freedom_rows
from exports.report_figures import told
from exports.report_html import columns_of, facts, label, paragraph, safe, section, table
from exports.words import people_s_unit, say, unit_in
from solvers.times import clock

Answer = Mapping[str, Any]
BANK_COLUMNS = (
    "id", "label", "services", "positions", "accessible_positions", "seats", "wheelchair_bays",
    "open", "staff_by_skill",
)  # fmt: skip
SERVICE_COLUMNS = ("name", "visitors_per_day", "p_within", "wait_mean_min", "wait_p90_min")
ASSUMPTION_COLUMNS = ("name", "value", "unit", "clause", "source", "certainty")
PLACES = dict.fromkeys(("counter", "cashier", "collection", "complaint_desk"), "counters") | {"back_office": "back"}
SHORTAGE_COLUMNS = ("date", "start", "skill", "missing", "reason")
MEASURES = (
    "linearity", "linearity_index", "linearity_of_bound", "backtrack_share", "crossing", "crossing_persons",
    "walk_m_per_visit", "walk_ratio", "detour", "adjacency", "visual_access", "egress_max_m",
)  # fmt: skip
FINDING_HEADS = ("number", "finding", "measured", "required", "unit", "clause", "certainty", "where")
ORDER = {"fail": 0, "not_checked": 1, "pass": 2, "not_applicable": 3}


def asked(project: Answer, language: str) -> str:
    """What was asked: the project's own figures, as the caller sums them up."""
    plain = {k: v for k, v in project.items() if isinstance(v, str | int | float) and k not in ("title", "language")}
    pairs = [(label(f"report.project.{key}", key, language), value) for key, value in plain.items()]
    return section("asked", say("report.asked", {}, language), facts(pairs))


def capacity(answer: Answer, language: str) -> str:
    """What `capacity --json` tells: the sums in a sentence, a row a bank, a row a service."""
    banks, services = answer.get("banks", ()), answer.get("services", ())
    totals = {key: sum(int(bank.get(key) or 0) for bank in banks) for key in ("positions", "seats", "wheelchair_bays")}
    said = say("report.capacity.total", totals | _by_place(banks), language) if banks else ""
    called = {str(s["id"]): str(s["name"]) for s in services if s.get("id") and s.get("name")}
    rows = [_bank_row(bank, called) for bank in banks]
    return section(
        "capacity",
        say("report.capacity", {}, language),
        paragraph(said),
        columns_of(rows, BANK_COLUMNS, "report.bank", language),
        _subheading("report.services", services, language),
        columns_of(services, SERVICE_COLUMNS, "report.service", language),
    )


def _by_place(banks: Sequence[Answer]) -> dict[str, int]:
    """Positions by where they stand, so that the sum agrees with the drawing's schedule."""
    found = {"counters": 0, "desks": 0, "back": 0}
    for bank in banks:
        found[PLACES.get(str(bank.get("kind", "counter")), "desks")] += int(bank.get("positions") or 0)
    return found


def _bank_row(bank: Answer, called: Mapping[str, str]) -> Answer:
    """A bank by the name people know it by, and its services by theirs; an id only where there is no name."""
    services = [called.get(str(s), str(s)) for s in bank.get("services") or ()]
    names = {"id": None, "label": bank["name"]} if bank.get("name") else {}
    skills = bank.get("staff_by_skill") or {}
    alone = len(skills) == 1 and isinstance(bank.get("open"), list)  # then staff are as many as open positions
    staff = None if alone else {skill: through_the_day(row) for skill, row in skills.items()}
    return {**bank, **names, "services": services, "staff_by_skill": staff}


def through_the_day(row: Any) -> Any:
    """The least and the most of a day's figures."""
    return f"{min(row)} … {max(row)}" if isinstance(row, list | tuple) and row else row


def _subheading(code: str, rows: Sequence[Any], language: str) -> str:
    return f"<h3>{safe(say(code, {}, language))}</h3>" if rows else ""


def picture(svg: str, language: str) -> str:
    """The plan as drawn by `svg_text`, which has escaped its own texts."""
    body = f'<div class="plan">{svg}</div>' if svg else ""
    return section("plan", say("report.plan", {}, language), body)


def solution(answer: Answer, language: str) -> str:
    """How good the layout is, with the freedom the bound speaks of: a bound means nothing without it."""
    if not answer:
        return ""
    figures = (
        (label(f"report.solution.{k}", k, language), _status(answer, language) if k == "status" else answer.get(k))
        for k in (
            "status",
            "objective",
            "bound",
            "relaxation_bound",
            "seconds_to_first",
            "seconds",
            "effort",
            "seed",
            "reproducible",
        )
    )
    freedom = freedom_rows(answer.get("freedom") or {}, language)
    terms = [(label(f"report.term.{k}", k, language), v) for k, v in (answer.get("terms") or {}).items()]
    return section(
        "solution",
        say("report.solution", {}, language),
        paragraph(quality_sentence(answer, language), "lead"),
        facts(figures),
        _subheading("report.freedom", list(answer.get("freedom") or ()), language),
        facts(freedom),
        _subheading("report.terms", terms, language),
        table((say("report.term", {}, language), say("report.value", {}, language)), terms),
    )


def _status(answer: Answer, language: str) -> str:
    status = str(answer.get("status", ""))
    return label(f"report.status.{status}", status, language)


def quality_sentence(answer: Answer, language: str) -> str:
    """Within x % of the best possible, said only where a bound proves it."""
    status, gap = str(answer.get("status", "unknown")), answer.get("gap")
    if status == "optimal":
        return say("report.quality.optimal", {}, language)
    if status in ("feasible", "cancelled") and isinstance(gap, int | float):
        return say("report.quality.gap", {"percent": percent_up(gap)}, language)
    if status in ("infeasible", "unknown", "by_hand"):
        return say(f"report.quality.{status}", {}, language)
    return say("report.quality.no_bound", {}, language)


def percent_up(share: float) -> str:
    """A share as per cent to one place, rounded up: "within 5.1 %" must not be said of 5.15 %."""
    return f"{math.ceil(round(share * 1000, 6)) / 10:.1f}"


def measures(answer: Answer, language: str) -> str:
    """Each flow measure with its definition in one line; a measure without value is not shown."""
    rows = [
        (label(f"report.measure.{k}", k, language), answer[k], say(f"report.measure.{k}.means", {}, language))
        for k in MEASURES
        if answer.get(k) is not None
    ]
    heads = tuple(say(f"report.measures.{h}", {}, language) for h in ("name", "value", "means"))
    return section("measures", say("report.measures", {}, language), table(heads, rows))


def findings(all_found: Sequence[Answer], not_checked: Sequence[Any], language: str) -> str:
    """Failed ones first, with the numbers of the flags in the plan; passed ones folded away."""
    numbers = {id(f): i for i, f in enumerate((f for f in all_found if f.get("status") == "fail"), start=1)}
    by_status = {s: [f for f in all_found if f.get("status") == s] for s in ORDER}
    profiles = sorted({str(f["profile"]) for f in all_found if f.get("profile")})
    lead = " ".join(say("report.planning_check", {"profile": p}, language) for p in profiles)
    unchecked = [*by_status["not_checked"], *(n for n in not_checked if n not in by_status["not_checked"])]
    counts = {**{s: len(found) for s, found in by_status.items()}, "not_checked": len(unchecked)}
    return section(
        "findings",
        say("report.findings", {}, language),
        paragraph(lead, "lead"),
        paragraph(say("report.findings.count", counts, language) if all_found else ""),
        _finding_table(by_status["fail"], numbers, language),
        _folded("report.findings.passed", _finding_table(by_status["pass"], numbers, language), language),
    ) + section("not-checked", say("report.not_checked", {}, language), _unchecked(unchecked, language))


def _folded(code: str, body: str, language: str) -> str:
    return f"<details><summary>{safe(say(code, {}, language))}</summary>{body}</details>" if body else ""


def _finding_table(found: Sequence[Answer], numbers: Mapping[int, int], language: str) -> str:
    heads = [say(f"report.finding.{h}", {}, language) for h in FINDING_HEADS]
    rows = [
        (
            numbers.get(id(f), ""),
            finding_sentence(f, language),
            people_s_unit(f.get("measured"), f.get("unit", ""))[0],
            people_s_unit(f.get("required"), f.get("unit", ""))[0],
            unit_in(people_s_unit(None, f.get("unit", ""))[1], language),
            " ".join(str(f.get(k) or "") for k in ("profile", "edition", "clause")).strip(),
            _sureness(f, language),
            f.get("where", ()),
        )
        for f in found
    ]
    return table(heads, rows, [str(f.get("severity", "")) if f.get("status") == "fail" else "" for f in found])


def _sureness(finding: Answer, language: str) -> str:
    """How sure its figure is, and where it was read or whose memory it is from; a planning default has no other source."""
    certainty, source = str(finding.get("certainty", "")), str(finding.get("source") or "")
    told = label(f"report.certainty.{certainty}", certainty, language)
    return told if not source or certainty == "default" else f"{told}: {source}"


def finding_sentence(finding: Answer, language: str) -> str:
    """The sentence of a finding given as plain data, by the same words as `sentence_for`."""
    where = finding.get("where") or ()
    unit = str(finding.get("unit") or "")
    values = {
        **{k: finding.get(k) for k in ("clause", "profile", "edition")},
        **{k: people_s_unit(finding.get(k), unit)[0] for k in ("measured", "required")},
        "unit": unit_in(people_s_unit(None, unit)[1], language),
        "where": ", ".join(str(w) for w in where),
        **(finding.get("values") or {}),
    }
    return say(str(finding["code"]), values, language)


def _unchecked(items: Iterable[Any], language: str) -> str:
    """What was not checked, said as such: as findings, as codes or as words of the caller."""
    said = [finding_sentence(item, language) if isinstance(item, Mapping) else str(item) for item in items]
    return f"<ul>{''.join(f'<li>{safe(text)}</li>' for text in said)}</ul>" if said else ""


def roster(answer: Answer, language: str) -> str:
    """The roster in figures. Only counts, ids of skills and times leave this function: no person is named."""
    if not answer:
        return ""
    assignments, shortages = answer.get("assignments", ()), answer.get("shortages", ())
    people = {a.get("staff") or a.get("staff_id") or a.get("person") for a in assignments if isinstance(a, Mapping)} - {None}
    figures = {"assignments": len(assignments), "people": len(people), "shortages": len(shortages)}
    quality = answer.get("solution") or {}
    fairness = ((label(f"report.fairness.{k}", k, language), told(v, k)) for k, v in _numbers(answer.get("fairness") or {}))
    rows = [_shortage(row, language) for row in shortages if isinstance(row, Mapping)]
    return section(
        "roster",
        say("report.roster", {}, language),
        paragraph(say("report.roster.total", figures, language)),
        paragraph(_roster_quality(quality, language)),
        facts(fairness),
        _subheading("report.shortages", rows, language),
        columns_of(rows, SHORTAGE_COLUMNS, "report.shortage", language),
    )


def _shortage(row: Answer, language: str) -> Answer:
    """A need that is not covered, by the clock and with its reason in words."""
    start, why = row.get("start_min"), row.get("reason")
    return {
        **row,
        "start": clock(start) if isinstance(start, int | float) else None,
        "reason": label(f"roster_file.reason.{why}", str(why), language) if why else None,
    }


def _numbers(values: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Plain figures only; anything per person stays in the manager's files."""
    return [(k, v) for k, v in values.items() if isinstance(v, int | float)]


def _roster_quality(quality: Answer, language: str) -> str:
    gap = quality.get("gap")
    if quality.get("status") == "optimal":
        return say("report.roster.optimal", {}, language)
    return say("report.roster.gap", {"percent": percent_up(gap)}, language) if isinstance(gap, int | float) else ""


def assumptions(items: Sequence[Answer], language: str) -> str:
    return section(
        "assumptions",
        say("report.assumptions", {}, language),
        columns_of([_assumption_row(item, language) for item in items], ASSUMPTION_COLUMNS, "report.assumption", language),
    )


def _assumption_row(item: Answer, language: str) -> Answer:
    """An assumption by the name people know it by, where there is one, and in words how sure it is."""
    name = str(item.get("name", ""))
    sure = str(item.get("certainty") or "")
    return {
        **item,
        "name": label(f"report.assumption.of.{name.replace(' ', '_')}", name, language),
        "certainty": label(f"report.certainty.{sure}", sure, language),
    }


def origin(answers: Answer, language: str) -> str:
    """What made these figures: versions, seed, digest of the question."""
    quality = answers.get("solution") or {}
    pairs = [
        (say("report.origin.digest", {}, language), quality.get("question_digest")),
        *(((str(k)), v) for k, v in (quality.get("versions") or {}).items()),
    ]
    return section("origin", say("report.origin", {}, language), facts(pairs))
