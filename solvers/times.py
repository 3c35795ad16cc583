"""Times and days as people write them: minutes after midnight as HH:MM, and back; days as 2027-01-31."""

from __future__ import annotations

import datetime


def clock(minutes: float) -> str:
    """Minutes after midnight as HH:MM, e.g. 510 as 08:30 and 1440 as 24:00; what is no whole minute is cut."""
    whole = int(minutes)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def minute_of(time: str) -> int:
    """HH:MM as minutes after midnight; ValueError for anything else."""
    hours, minutes = time.split(":")
    return 60 * int(hours) + int(minutes)


def day_of(text: str) -> datetime.date:
    """A day written 2027-01-31; ValueError for anything else. Days are compared as texts, so that the other ways of ISO 8601
    to write one (2027-W04-7, 20270131) are none."""
    day = datetime.date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r} is no day as 2027-01-31")
    return day
