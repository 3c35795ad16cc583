"""The roster, from the answers alone: labour rules, cover, shortages and sums, computed again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked

DEFAULT_INTERVAL_MIN = 30


def duties_of(c: Contents) -> list[Any]:
    return list(need(c.answers, "roster", "assignments"))


def _rules(c: Contents) -> Any:
    return need(c.answers, "roster", "rules")


def _by_person(c: Contents) -> dict[str, list[Any]]:
    own: dict[str, list[Any]] = defaultdict(list)
    for duty in sorted(duties_of(c), key=lambda d: (d["person"], d["date"], d["start_min"])):
        own[duty["person"]].append(duty)
    return own


def paid_min(duty: Any, rules: Any) -> int:
    """Minutes of work: the duty without its break, unless breaks are paid."""
    unpaid = 0 if rules.get("break_paid", False) else need(duty, "break_min")
    return int(need(duty, "end_min") - need(duty, "start_min") - unpaid)


def _day(duty: Any) -> date:
    return date.fromisoformat(need(duty, "date"))


def duties_are_lawful(c: Contents) -> list[Finding]:
    """Length, break and its window, one duty a day; segments inside the duty, outside the break, one at a time."""
    code, rules, wrong = "verify.roster_duties", _rules(c), []
    for person, duties in _by_person(c).items():
        days = Counter(d["date"] for d in duties)
        wrong += [failed(code, person, day, problem="two_duties") for day, n in days.items() if n > 1]
        for duty in duties:
            wrong += [failed(code, person, duty["date"], problem=p) for p in _problems(duty, rules)]
    return all_or(wrong, code, duties=len(duties_of(c)))


def _problems(duty: Any, rules: Any) -> Iterator[str]:
    start, end, pause, begin = (need(duty, k) for k in ("start_min", "end_min", "break_min", "break_start_min"))
    length = end - start
    if not need(rules, "min_shift_min") <= length <= need(rules, "max_shift_min"):
        yield "length"
    if length > need(rules, "break_after_min") and pause < need(rules, "break_min"):
        yield "break_missing"
    if pause and begin is None:
        yield "break_without_time"
    if pause and begin is not None:
        first, last = start + need(rules, "break_window_from_min"), start + need(rules, "break_window_to_min")
        if begin < first or begin + pause > last or begin + pause > end:
            yield "break_window"
    at = start
    for segment in sorted(need(duty, "segments"), key=lambda s: s["start_min"]):
        low, high = segment["start_min"], segment["end_min"]
        if low < at or high > end or high <= low:
            yield "segments"
        if pause and begin is not None and low < begin + pause and begin < high:
            yield "works_in_break"
        at = max(at, high)


def people_rest_and_keep_their_hours(c: Contents) -> list[Finding]:
    """Rest between duties, days in a row, days and hours in each week counted from the roster's first day."""
    code, rules, wrong = "verify.roster_people", _rules(c), []
    if not duties_of(c):
        return [unchecked(code, missing="roster.assignments")]
    first = first_day(c)
    for person, duties in _by_person(c).items():
        for a, b in pairwise(duties):
            rest = (_day(b) - _day(a)).days * 1440 + b["start_min"] - a["end_min"]
            if a["date"] != b["date"] and rest < need(rules, "min_rest_min"):
                wrong.append(failed(code, person, b["date"], measured=rest, required=rules["min_rest_min"], unit="min"))
        longest = _longest_run(sorted({_day(d) for d in duties}))
        if longest > need(rules, "max_consecutive_days"):
            wrong.append(failed(code, person, measured=longest, required=rules["max_consecutive_days"], unit="days"))
        weeks: dict[int, list[Any]] = defaultdict(list)
        for duty in duties:
            weeks[(_day(duty) - first).days // 7].append(duty)
        for week, here in weeks.items():
            hours, place = sum(paid_min(d, rules) for d in here) / 60, (first + timedelta(weeks=week)).isoformat()
            if hours > need(rules, "max_hours_per_week") + 1e-6:
                most = rules["max_hours_per_week"]
                wrong.append(failed(code, person, place, measured=hours, required=most, unit="hours"))
            if len(here) > need(rules, "max_days_per_week"):
                most = rules["max_days_per_week"]
                wrong.append(failed(code, person, place, measured=len(here), required=most, unit="days"))
    return all_or(wrong, code)


def first_day(c: Contents) -> date:
    """The first day of the horizon: as told, else the first day with cover or a duty."""
    roster = need(c.answers, "roster")
    told = roster.get("start_date") or roster.get("start")
    days = [x["date"] for x in (*roster.get("cover", ()), *roster["assignments"])]
    return date.fromisoformat(str(told) if told else min(days))


def _longest_run(days: list[date]) -> int:
    longest = run = 1 if days else 0
    for a, b in pairwise(days):
        run = run + 1 if b - a == timedelta(days=1) else 1
        longest = max(longest, run)
    return longest


def interval_min(c: Contents) -> int:
    """Length of a cover interval: as told, else the least step between two intervals of one day."""
    roster = need(c.answers, "roster")
    if roster.get("interval_min"):
        return int(roster["interval_min"])
    starts = sorted({line["start_min"] for line in roster.get("cover", ())})
    return min((b - a for a, b in pairwise(starts)), default=DEFAULT_INTERVAL_MIN)


def cover_is_what_the_duties_give(c: Contents) -> list[Finding]:
    """Persons on each skill in each interval, counted from the segments, against what cover says."""
    code, wrong, step = "verify.roster_cover", [], interval_min(c)
    lines = need(c.answers, "roster", "cover")
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for duty in duties_of(c):
        for s in need(duty, "segments"):
            spans[duty["date"], s["skill"]].append((s["start_min"], s["end_min"]))
    for line in lines:
        low = line["start_min"]
        here = sum(1 for a, b in spans[line["date"], line["skill"]] if a <= low and low + step <= b)
        if here != need(line, "rostered"):
            wrong.append(failed(code, line["date"], str(low), line["skill"], measured=here, required=line["rostered"]))
    if duties_of(c) and not lines:
        wrong.append(failed(code, "cover", problem="missing"))
    return all_or(wrong, code, intervals=len(lines))


def shortages_are_named(c: Contents) -> list[Finding]:
    """Wherever fewer persons are rostered than needed a shortage of that size is named, and nowhere else."""
    code = "verify.roster_shortages"
    short: Counter[tuple[str, int, str]] = Counter()
    for line in need(c.answers, "roster", "cover"):
        if need(line, "needed") > line["rostered"]:
            short[line["date"], line["start_min"], line["skill"]] += line["needed"] - line["rostered"]
    named: Counter[tuple[str, int, str]] = Counter()
    for s in need(c.answers, "roster", "shortages"):
        named[s["date"], s["start_min"], s["skill"]] += s["missing"]
    keys = sorted(k for k in short.keys() | named.keys() if short[k] != named[k])
    wrong = [failed(code, k[0], str(k[1]), k[2], measured=named[k], required=short[k], unit="persons") for k in keys]
    return all_or(wrong, code, shortages=len(named))


def sums_per_person_are_right(c: Contents) -> list[Finding]:
    """Minutes and duties told per person, against their duties."""
    code, rules = "verify.roster_sums", _rules(c)
    told = need(c.answers, "roster", "fairness").get("persons")
    if told is None:
        return [unchecked(code, missing="roster.fairness.persons")]
    own, wrong = _by_person(c), []
    for line in told:
        mine = own.pop(line["person"], [])
        minutes = sum(paid_min(d, rules) for d in mine)
        if minutes != line["worked_min"] or len(mine) != line["duties"]:
            wrong.append(failed(code, line["person"], measured=line["worked_min"], required=minutes, unit="min"))
    wrong += [failed(code, person, problem="not_told") for person in own]
    return all_or(wrong, code, persons=len(told))


def people_use_skills_they_hold(c: Contents) -> list[Finding]:
    """Skills of the segments, where the answers tell who holds which."""
    code, people = "verify.roster_skills", need(c.answers, "roster").get("people")
    if not people:
        return [unchecked(code, missing="roster.people")]
    held = {p["id"]: set(p["skills"]) for p in people}
    wrong = [
        failed(code, d["person"], d["date"], skill=s["skill"])
        for d in duties_of(c)
        for s in d["segments"]
        if s["skill"] and s["skill"] not in held.get(d["person"], set())
    ]
    return all_or(wrong, code)
