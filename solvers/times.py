"""Times of the day as people write them: minutes after midnight as HH:MM, and back."""

from __future__ import annotations


def clock(minutes: float) -> str:
    """Minutes after midnight as HH:MM, e.g. 510 as 08:30 and 1440 as 24:00; what is no whole minute is cut."""
    whole = int(minutes)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def minute_of(time: str) -> int:
    """HH:MM as minutes after midnight; ValueError for anything else."""
    hours, minutes = time.split(":")
    return 60 * int(hours) + int(minutes)
