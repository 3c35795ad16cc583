"""The words of rosters in one language, English where a language has none; and times and dates as people read them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from solvers.rostering.problem import RosterDay
from solvers.times import clock

Words = Callable[..., str]


def words(language: str) -> Words:
    """say(key, **values): the text of `roster_file.key` in `language`."""
    own, english = _catalogue(language), _catalogue("en")

    def say(key: str, **values: object) -> str:
        name = f"roster_file.{key}"
        return (own.get(name) or english[name]).format(**values)

    return say


def span(start_min: int, end_min: int) -> str:
    """08:30–14:00."""
    return f"{clock(start_min)}–{clock(end_min)}"


def day_title(day: RosterDay, say: Words) -> str:
    """Sun 1.2."""
    _, month, number = day.date.split("-")
    return f"{say('weekday.' + day.weekday)} {int(number)}.{int(month)}."


@cache
def _catalogue(language: str) -> dict[str, str]:
    file = resources.files("exports").joinpath("words", f"roster.{language}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
