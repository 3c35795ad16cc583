"""One week of a roster as the grid's data: people with names, days with what is short on them, duties by their hours."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Any

from planner.project import Project
from planner.ui.roster.names import skill_name
from planner.ui.words import Words
from solvers.staff import StaffMember

Json = dict[str, Any]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def week_grid(project: Project, answer: Mapping[str, Any], week: int, words: Words, before: Mapping[str, Any] | None) -> Json:
    """`before`: the roster that was in force before this one; duties that differ from it are marked."""
    dates = dates_of(answer, week)
    duties = _by_place(answer)
    old = _by_place(before) if before else duties
    closed = {c["date"]: c["name"] for c in answer.get("closures", ())}
    open_on = {w for day in project.day_types for w in day.weekdays}
    days = [_day(answer, date, open_on, closed, words) for date in dates]
    worked = _worked(answer, set(dates))
    people = [
        {
            "id": person.id,
            "name": person.name,
            "told": words(
                "page.roster.person",
                hours=f"{worked[person.id] / 60:.1f}",
                skills=", ".join(skill_name(project, skill) for skill in person.skills),
            ),
            "cells": [_cell(project, duties, old, person, day, words) for day in days],
        }
        for person in project.staff
    ]
    caption = words("page.roster.grid_told")
    return {"dir": words.direction, "caption": caption, "corner": words("page.roster.people"), "days": days, "people": people}


def weekday_of(date: str) -> str:
    """mon … sun."""
    return WEEKDAYS[datetime.date.fromisoformat(date).weekday()]


def day_name(date: str, words: Words) -> str:
    """Sun 6/12, as a week's columns are headed."""
    return f"{words(f'roster_file.weekday.{weekday_of(date)}')} {int(date[8:])}/{int(date[5:7])}"


def dates_of(answer: Mapping[str, Any], week: int) -> list[str]:
    """The seven dates of a week of the horizon."""
    first = datetime.date.fromisoformat(answer["start_date"]) + datetime.timedelta(weeks=week)
    return [(first + datetime.timedelta(days=n)).isoformat() for n in range(7)]


def _worked(answer: Mapping[str, Any], dates: set[str]) -> Counter[str]:
    """Minutes on these dates that count, by person: breaks do where the roster's rules pay them."""
    unpaid = 0 if answer.get("rules", {}).get("break_paid", False) else 1
    minutes = Counter[str]()
    for duty in answer["assignments"]:
        if duty["date"] in dates:
            minutes[duty["person"]] += duty["end_min"] - duty["start_min"] - unpaid * duty["break_min"]
    return minutes


def _by_place(answer: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(d["person"], d["date"]): d for d in answer["assignments"]}


def _day(answer: Mapping[str, Any], date: str, open_on: set[str], closed: Mapping[str, str], words: Words) -> Json:
    missing = sum(s["missing"] for s in answer["shortages"] if s["date"] == date) * answer["interval_min"] / 60
    weekday, label = weekday_of(date), day_name(date, words)
    return {
        "date": date,
        "label": label,
        "open": weekday in open_on and date not in closed,
        "why": closed.get(date, ""),
        "short": words("page.roster.short", hours=f"{missing:.1f}") if missing else "",
    }


def _cell(
    project: Project, duties: Mapping[tuple[str, str], Any], old: Mapping[tuple[str, str], Any], person: StaffMember, day: Json,
    words: Words,
) -> Json:  # fmt: skip
    duty, was = duties.get((person.id, day["date"])), old.get((person.id, day["date"]))
    changed = _hours(duty) != _hours(was)
    if duty is not None:
        hours = f"{words.clock(duty['start_min'])}–{words.clock(duty['end_min'])}"
        return {"duty": True, "changed": changed, "text": hours, "told": _told(project, duty, hours, words)}
    if day["date"] in person.leave:
        text = words("roster_file.label.leave")
        return {"text": text, "told": text, "away": True}
    text = words("roster_file.label.off") if day["open"] else words("roster_file.label.closed")
    told = day["why"] or (words("page.roster.free") if day["open"] else text)
    return {"text": text, "told": told, "changed": changed}


def _hours(duty: Mapping[str, Any] | None) -> tuple[int, int] | None:
    return None if duty is None else (duty["start_min"], duty["end_min"])


def _told(project: Project, duty: Mapping[str, Any], hours: str, words: Words) -> str:
    """Hours, work by the clock and the break, in one line."""
    parts = [
        f"{words.clock(s['start_min'])}–{words.clock(s['end_min'])} "
        + (skill_name(project, s["skill"]) if s["skill"] else words("roster_file.label.back_office"))
        for s in duty["segments"]
    ]
    if duty["break_start_min"] is not None:
        parts.append(words("roster_file.label.break", time=words.clock(duty["break_start_min"])))
    return f"{hours}: {'; '.join(parts)}"
