"""Charts of plans as SVG, drawn from the JSON that `capacity` and `simulate` answer: staffing, frontier, scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from exports.charts import named_rows, said, shortened
from exports.charts_axes import (
    BLUE,
    FAINT,
    FOOT_HIGH,
    GRID,
    INK,
    ORANGE,
    PALE,
    TITLE_HIGH,
    WIDTH,
    Frame,
    box,
    dot,
    label_of,
    legend,
    line,
    page,
    steps,
    text,
    ticks,
    whisker,
)
from exports.words import FALLBACK, knows, say

Answer = Mapping[str, Any]
COLUMNS, CELL_HIGH, GAP = 3, 104.0, 16.0
TALL = 330.0
ROW_HIGH, BAR_HIGH = 26.0, 12.0


def staffing_chart(capacity: Answer, names: Mapping[str, str] | None = None, language: str = FALLBACK) -> str:
    """For each bank the positions open through the day, and the work that comes in (Erlang: positions busy on average)."""
    banks = [bank for bank in capacity["banks"] if any(bank["open"])]
    first, last = capacity["intervals"][0]["start_min"], capacity["intervals"][-1]["end_min"]
    starts = [each["start_min"] for each in capacity["intervals"]]
    width = (WIDTH - 24 - (COLUMNS - 1) * GAP) / COLUMNS
    parts: list[str] = []
    for k, bank in enumerate(banks):
        left = 12 + k % COLUMNS * (width + GAP)
        top = TITLE_HIGH + 4 + k // COLUMNS * CELL_HIGH
        most = ceil(max(*bank["open"], *bank["load_erlang"]))
        frame = Frame(left=left + 16, top=top + 18, width=width - 16, height=CELL_HIGH - 44,
                      x_from=first, x_to=last, y_from=0.0, y_to=most)  # fmt: skip
        parts += _day_of_bank(frame, bank, starts, last, most, shortened((names or {}).get(bank["id"], bank["name"])))
    high = TITLE_HIGH + 4 + ceil(len(banks) / COLUMNS) * CELL_HIGH
    entries = [(PALE, said("chart.open", language)), (BLUE, said("chart.load", language))]
    return page(said("chart.staffing", language), high + 26, [*parts, *legend(28, high + 12, entries)])


def _day_of_bank(frame: Frame, bank: Answer, starts: Sequence[int], last: int, most: int, name: str) -> list[str]:
    """Bars of open positions, a stepped line of work, hours below."""
    ends = [*starts[1:], last]
    low = frame.top + frame.height
    parts = [text(frame.left, frame.top - 6, name, size=10.5, weight="600")]
    for start, end, count in zip(starts, ends, bank["open"]):
        x, x2 = frame.x(start), frame.x(end)
        parts.append(box(x + 0.5, frame.y(count), x2 - x - 1.0, low - frame.y(count), PALE, f"{count}"))
    xs = [x for pair in zip(starts, ends) for x in pair]
    ys = [load for load in bank["load_erlang"] for _ in range(2)]
    parts += [
        steps(frame, xs, ys, BLUE, 1.6),
        line(frame.left, low, frame.left + frame.width, low, GRID),
        text(frame.left - 5, frame.top + 4, label_of(most), size=9, fill=FAINT, anchor="end"),
        text(frame.left - 5, low + 3, "0", size=9, fill=FAINT, anchor="end"),
    ]
    hours = range(-(-starts[0] // 60), last // 60 + 1)
    for hour in hours:
        if (hour - hours[0]) % 2 == 0:
            parts.append(text(frame.x(hour * 60), low + 12, f"{hour:02d}", size=9, fill=FAINT, anchor="middle"))
    return parts


def frontier_chart(frontier: Sequence[Answer], language: str = FALLBACK) -> str:
    """Staff hours a week against the 90th percentile of the longest wait: by formula, and lived through with its interval."""
    hours = [row["staff_hours_per_week"] for row in frontier]
    waits = [row[key] if key == "wait_p90_min" else row[key]["value"] for row in frontier for key in WAITS]
    up, x_from = ticks(1.15 * max(waits, default=1.0)), _floor_to(min(hours, default=0.0), max(hours, default=1.0))
    across = [each for each in ticks(max(hours, default=1.0), 8) if each >= x_from]
    frame = Frame(left=54, top=TITLE_HIGH + 20, width=WIDTH - 130, height=TALL - TITLE_HIGH - FOOT_HIGH - 40,
                  x_from=x_from, x_to=across[-1], y_from=0.0, y_to=up[-1])  # fmt: skip
    low = frame.top + frame.height
    parts: list[str] = []
    for mark in up:
        parts += [
            line(frame.left, frame.y(mark), frame.left + frame.width, frame.y(mark)),
            text(frame.left - 6, frame.y(mark) + 4, label_of(mark), size=10, fill=FAINT, anchor="end"),
        ]
    for mark in across:
        parts.append(text(frame.x(mark), low + 16, label_of(mark), size=10, fill=FAINT, anchor="middle"))
    parts += [
        steps(frame, hours, [row["wait_p90_min"] for row in frontier], ORANGE, 1.4),
        steps(frame, hours, [row["simulated_p90_min"]["value"] for row in frontier], BLUE, 2.0),
    ]
    for row, x in zip(frontier, hours):
        parts += _point(frame, row, x, said("report.unit.min", language))
    parts += [
        text(frame.left + frame.width, low + 32, said("chart.hours_week", language), size=10, fill=FAINT, anchor="end"),
        text(frame.left - 34, frame.top - 10, said("chart.slowest_wait", language), size=10, fill=FAINT),
    ]
    entries = [(BLUE, said("chart.simulated", language)), (ORANGE, said("chart.by_formula", language))]
    return page(said("chart.frontier", language), low + FOOT_HIGH, [*parts, *legend(frame.left, low + 32, entries)])


WAITS = ("wait_p90_min", "simulated_p90_min")


def _point(frame: Frame, row: Answer, x: float, minutes: str) -> list[str]:
    """A promise: its two waits, the simulated one with its interval, and its minutes in words."""
    wait = row["simulated_p90_min"]
    at, top = frame.x(x), frame.y(row["wait_p90_min"])
    parts = [dot(at, top, 2.6, ORANGE), dot(at, frame.y(wait["value"]), 3.4, BLUE)]
    if wait["low"] is not None and wait["high"] is not None:
        parts.append(line(at, frame.y(max(0.0, wait["low"])), at, frame.y(min(frame.y_to, wait["high"])), INK, 1.2))
    parts.append(text(at + 5, top - 6, f"≤ {label_of(row['within_min'])} {minutes}", size=9.5, fill=FAINT))
    return parts


def _floor_to(low: float, high: float) -> float:
    """A round start of the axis somewhat below the least value."""
    step = ticks(max(high, 1.0), 8)[1]
    return step * max(0, int(low / step) - (0 if low % step > step / 3 else 1))


def scenario_name(row: Answer, language: str) -> str:
    """What people call a scenario: its own name, else the word for one of the usual ones, else its id."""
    code = f"scenario.{row['name']}"
    usual = say(code, {}, language).rstrip(".") if knows(code) else str(row["name"])
    return str((row.get("changes") or {}).get("name") or usual)


def scenarios_chart(rows: Sequence[Answer], names: Mapping[str, str] | None = None, language: str = FALLBACK) -> str:
    """Share of visitors late nowhere, scenario by scenario, on the same days, with its interval."""
    known = {row["name"]: scenario_name(row, language) for row in rows} | dict(names or {})
    frame, parts = named_rows("chart.share", [row["name"] for row in rows], 1.0, known, language)
    for k, row in enumerate(rows):
        share = row["p_within"]
        y = frame.top + k * ROW_HIGH + (ROW_HIGH - BAR_HIGH) / 2
        fill = PALE if row["tie"] and k else BLUE
        parts.append(box(frame.left, y, frame.x(share["value"]) - frame.left, BAR_HIGH, fill, label_of(share["value"])))
        if share["low"] is not None and share["high"] is not None:
            parts.append(whisker(frame.x(share["low"]), frame.x(min(1.0, share["high"])), y + BAR_HIGH / 2))
        parts.append(text(frame.x(1.0) + 6, y + BAR_HIGH - 2, f"{100 * share['value']:.1f} %", size=10, fill=FAINT))
    low = frame.top + frame.height
    entries = [(BLUE, said("chart.differs", language)), (PALE, said("chart.tie", language))]
    return page(said("chart.scenarios", language), low + FOOT_HIGH, [*parts, *legend(frame.left, low + 30, entries)])
