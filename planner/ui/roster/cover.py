"""Need and presence over a day, for one skill or for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.ui import charts
from planner.ui.roster.week import day_name
from planner.ui.words import Words


def cover_days(answer: Mapping[str, Any]) -> list[str]:
    """The open dates of the horizon."""
    return sorted({line["date"] for line in answer["cover"]})


def skills_of(answer: Mapping[str, Any]) -> list[str]:
    """Skills that somebody is needed for."""
    return sorted({line["skill"] for line in answer["cover"]})


def cover_chart(answer: Mapping[str, Any], date: str, skill: str, words: Words) -> Any:
    """Needed persons as a stair, rostered ones as bars, what is missing in red on top of them."""
    needed, there, missing = cover_of(answer, date, skill)
    starts, width = sorted(needed), answer["interval_min"]
    made = charts.chart(words("page.roster.cover_of", day=day_name(date, words)), y=words("page.roster.persons"))
    if not starts:
        return made
    rostered = words("page.roster.rostered")
    charts.bars(made, starts, width, [there[s] for s in starts], rostered, charts.BLUE)
    charts.steps(made, starts, width, [needed[s] for s in starts], words("page.roster.needed"), charts.ORANGE)
    short = [s for s in starts if missing[s]]
    if short:
        made.quad(
            left=short, right=[s + width for s in short], bottom=[needed[s] - missing[s] for s in short],
            top=[needed[s] for s in short], fill_color=charts.RED, line_color=charts.RED, hatch_pattern="right_diagonal_line",
            fill_alpha=0.35, legend_label=words("page.roster.short_of"),
        )  # fmt: skip
    charts.hours(made, starts[0], starts[-1] + width)
    charts.legend_above(made)
    return made


def cover_of(answer: Mapping[str, Any], date: str, skill: str) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """Needed, rostered and missing persons by start of interval; a spare cashier does not make up for a missing clerk."""
    needed: dict[int, int] = {}
    there: dict[int, int] = {}
    missing: dict[int, int] = {}
    for line in answer["cover"]:
        if line["date"] == date and skill in ("", line["skill"]):
            at = line["start_min"]
            needed[at] = needed.get(at, 0) + line["needed"]
            there[at] = there.get(at, 0) + line["rostered"]
            missing[at] = missing.get(at, 0) + max(0, line["needed"] - line["rostered"])
    return needed, there, missing
