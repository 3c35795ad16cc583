"""One cell of somebody's table as a number, a date or a time of day, in the ways people and programs write them."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DATE_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DATE_OTHER = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
TIME = re.compile(r"(\d{1,2})[:.hH](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|ص|م|uhr)?", re.IGNORECASE)
ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
PERCENT = "%٪％﹪"
AFTERNOON = ("pm", "p.m.", "م")
MORNING = ("am", "a.m.", "ص")
SERIAL_ZERO = dt.date(1899, 12, 30)
SERIAL_DAYS = (20_000, 80_000)
"""Spreadsheets count days from 1899-12-30; these are the years 1954 to 2119."""


def plain_text(value: object) -> str:
    """A cell as text: digits of any script as 0-9, no marks of direction, no blanks around."""
    text = INVISIBLE.sub("", str(value if value is not None else "")).replace("\u00a0", " ").replace("\u202f", " ").strip()
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def number(value: object) -> float | None:
    """12, 7.5, 7,5, 1 234,5 or 1,234.5; None where it is none. One comma with three digits behind it groups thousands."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    text = plain_text(value).replace("٫", ".").replace("٬", "").replace(" ", "").replace("'", "")
    if "," in text and "." in text:
        text = text.replace("," if text.rindex(".") > text.rindex(",") else ".", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"[+-]?\d+(\.\d*)?", text) else None


def percentage(value: object) -> float | None:
    """35 %, 35%, ٣٥٫٥٪, %35 or 12,5 % as 35 or 12.5 parts of a hundred; None where no sign says that it is one."""
    text = plain_text(value)
    bare = text.strip(PERCENT).strip()
    return number(bare) if bare != text and sum(text.count(sign) for sign in PERCENT) == 1 else None


def month_first(values: Iterable[object]) -> bool | None:
    """Whether dates such as 03/04/2027 begin with the month: told by a part above 12; None where no date tells."""
    for value in values:
        match = DATE_OTHER.match(plain_text(value)) if isinstance(value, str) else None
        if match and int(match[1]) > 12:
            return False
        if match and int(match[3]) > 12:
            return True
    return None


def date(value: object, *, months_first: bool = False) -> str | None:
    """A day of the calendar as 2027-01-31, from a date, a text or a spreadsheet's day number; None where it is none."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = SERIAL_DAYS[0] <= value <= SERIAL_DAYS[1]
        return (SERIAL_ZERO + dt.timedelta(days=int(value))).isoformat() if whole else None
    text = plain_text(value)
    if match := DATE_YMD.match(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := DATE_OTHER.match(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        day, month = (month, day) if months_first and match[2] != "." else (day, month)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def minutes(value: object) -> float | None:
    """Minutes after midnight of a time, a date with time, a text (8:05, 08:05:30, 8h05, 8:05 PM) or a part of a day."""
    if isinstance(value, dt.datetime | dt.time):
        return value.hour * 60 + value.minute + (value.second + value.microsecond / 1e6) / 60
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 60 if 0 <= value.total_seconds() <= 86_400 else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (value % 1.0) * 1440 if 0 <= value < SERIAL_DAYS[1] and not (value >= 1 and value == int(value)) else None
    return _minutes_of_text(plain_text(value))


def _minutes_of_text(text: str) -> float | None:
    for pattern in (DATE_YMD, DATE_OTHER):
        if match := pattern.match(text):
            text = text[match.end() :].lstrip(" T,")
            break
    match = TIME.fullmatch(ZONE.sub("", text).strip())
    if match is None:
        return None
    hours, mins, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    half = (match[4] or "").lower()
    if half in AFTERNOON + MORNING:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in AFTERNOON else 0)
    if hours > 24 or mins > 59 or seconds > 59 or (hours == 24 and mins + seconds):
        return None
    return hours * 60 + mins + seconds / 60
