"""Charts of simulated days as SVG, drawn from the JSON that `simulate` answers: waits, lines, use of staff, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exports.charts_axes import (
    BLUE,
    FAINT,
    FOOT_HIGH,
    INK,
    ORANGE,
    PALE,
    TITLE_HIGH,
    WIDTH,
    Frame,
    band,
    box,
    label_of,
    legend,
    line,
    page,
    steps,
    text,
    ticks,
    whisker,
)
from exports.words import FALLBACK, say
from solvers.times import minute_of

Answer = Mapping[str, Any]
ROW_HIGH, BAR_HIGH, NAMES_WIDE = 26.0, 12.0, 190.0
TALL = 300.0
NAME_LENGTH = 28
TOO_BUSY = 0.95


def charts(answer: Answer, names: Mapping[str, str] | None = None, language: str = FALLBACK) -> dict[str, str]:
    """All charts by name. `names` turns ids of services and banks into what people call them."""
    known = names or {}
    return {
        "waits": waits_chart(answer, known, language),
        "in_time": in_time_chart(answer, known, language),
        "lines": lines_chart(answer, known, language),
        "utilisation": utilisation_chart(answer, known, language),
        "occupancy": occupancy_chart(answer, language),
    }


def waits_chart(answer: Answer, names: Mapping[str, str], language: str = FALLBACK) -> str:
    """Mean and 90th percentile of each service's wait over the whole visit."""
    rows = [
        (each["id"], _value(each["wait_p90_min"]), _value(each["wait_mean_min"]), each["wait_mean_min"])
        for each in answer["services"]
    ]
    frame, parts = named_rows(
        "chart.minutes", [row[0] for row in rows], max((row[1] for row in rows), default=1.0), names, language
    )
    for k, (_, p90, mean, estimate) in enumerate(rows):
        y = frame.top + k * ROW_HIGH + (ROW_HIGH - BAR_HIGH) / 2
        parts += [
            box(frame.left, y, frame.x(p90) - frame.left, BAR_HIGH, PALE, label_of(p90)),
            box(frame.left, y, frame.x(mean) - frame.left, BAR_HIGH, BLUE, label_of(mean)),
            *_interval(frame, estimate, y + BAR_HIGH / 2),
            text(frame.x(p90) + 6, y + BAR_HIGH - 2, label_of(round(p90, 1)), size=10, fill=FAINT),
        ]
    entries = [(BLUE, said("chart.mean", language)), (PALE, said("chart.p_ninety", language))]
    return _finished("chart.waits", frame, parts, entries, language)


def in_time_chart(answer: Answer, names: Mapping[str, str], language: str = FALLBACK) -> str:
    """Share of visitors called within each bank's minutes."""
    rows = [(each["id"], each["p_within"]) for each in answer["banks"]]
    return _shares("chart.in_time", rows, names, language, [each["standard"]["share_within"] for each in answer["banks"]])


def utilisation_chart(answer: Answer, names: Mapping[str, str], language: str = FALLBACK) -> str:
    """Share of the open hours on duty in which a bank's positions are busy."""
    rows = [(each["id"], each["utilisation"]) for each in answer["banks"] if each["utilisation"] is not None]
    return _shares("chart.utilisation", rows, names, language)


def lines_chart(answer: Answer, names: Mapping[str, str], language: str = FALLBACK) -> str:
    """People in line at the day's worst moment: usually (half of the days), and on one day in twenty."""
    quantiles = list(answer["occupancy"]["quantiles"])
    usual, rare = quantiles.index(0.5), quantiles.index(0.95)
    rows = [(each["id"], each["waiting"][rare], each["waiting"][usual]) for each in answer["banks"] if any(each["waiting"])]
    frame, parts = named_rows(
        "chart.people", [row[0] for row in rows], max((row[1] for row in rows), default=1), names, language
    )
    for k, (_, high, middle) in enumerate(rows):
        y = frame.top + k * ROW_HIGH + (ROW_HIGH - BAR_HIGH) / 2
        parts += [
            box(frame.left, y, frame.x(high) - frame.left, BAR_HIGH, PALE, str(high)),
            box(frame.left, y, frame.x(middle) - frame.left, BAR_HIGH, BLUE, str(middle)),
            text(frame.x(high) + 6, y + BAR_HIGH - 2, str(high), size=10, fill=FAINT),
        ]
    entries = [(BLUE, said("chart.median", language)), (PALE, said("chart.p_ninety_five", language))]
    return _finished("chart.lines", frame, parts, entries, language)


def occupancy_chart(answer: Answer, language: str = FALLBACK) -> str:
    """People inside through the day: the mean, and what is not exceeded on 95 and on 99 days of a hundred."""
    samples = answer["occupancy"]["samples"]
    quantiles = list(answer["occupancy"]["quantiles"])
    half, rare, rarest = (quantiles.index(share) for share in (0.5, 0.95, 0.99))
    at = [minute_of(each["at"]) for each in samples]
    people = [each["people"] for each in samples]
    marks = ticks(max((row[rarest] for row in people), default=1))
    frame = Frame(
        left=50, top=TITLE_HIGH + 8, width=WIDTH - 70, height=TALL - TITLE_HIGH - FOOT_HIGH - 30,
        x_from=at[0], x_to=max(at[-1], at[0] + 1), y_from=0.0, y_to=marks[-1],
    )  # fmt: skip
    parts = []
    for mark in marks:
        parts += [
            line(frame.left, frame.y(mark), frame.left + frame.width, frame.y(mark)),
            text(frame.left - 6, frame.y(mark) + 4, label_of(mark), size=10, fill=FAINT, anchor="end"),
        ]
    for hour in range(-(-int(at[0]) // 60), int(at[-1]) // 60 + 1):
        parts.append(
            text(frame.x(hour * 60), frame.top + frame.height + 16, f"{hour:02d}:00", size=10, fill=FAINT, anchor="middle")
        )
    parts += [
        band(frame, at, [row[half] for row in people], [row[rarest] for row in people], "#e3edf4"),
        band(frame, at, [row[half] for row in people], [row[rare] for row in people], PALE),
        steps(frame, at, [each["mean"] for each in samples], BLUE),
    ]
    entries = [
        (BLUE, said("chart.mean", language)),
        (PALE, said("chart.p_ninety_five", language)),
        ("#e3edf4", said("chart.p_ninety_nine", language)),
    ]
    parts += legend(frame.left, TALL - 10, entries)
    return page(said("chart.occupancy", language), TALL, parts)


def _shares(
    title: str,
    rows: Sequence[tuple[str, Any]],
    names: Mapping[str, str],
    language: str,
    promised: Sequence[float] = (),
) -> str:
    """A bar a share; what was `promised` stands as a mark across it."""
    frame, parts = named_rows("chart.share", [row[0] for row in rows], 1.0, names, language)
    for k, (_, estimate) in enumerate(rows):
        y, value = frame.top + k * ROW_HIGH + (ROW_HIGH - BAR_HIGH) / 2, _value(estimate)
        parts += [
            box(
                frame.left,
                y,
                frame.x(min(1.0, value)) - frame.left,
                BAR_HIGH,
                ORANGE if value > TOO_BUSY and title == "chart.utilisation" else BLUE,
            ),
            *_interval(frame, estimate, y + BAR_HIGH / 2),
            text(frame.left + frame.width + 8, y + BAR_HIGH - 2, f"{100 * value:.0f} %", size=10, fill=FAINT),
        ]
    for k, share in enumerate(promised):
        y = frame.top + k * ROW_HIGH + 2
        parts.append(line(frame.x(share), y, frame.x(share), y + ROW_HIGH - 4, ORANGE, 2.0))
    entries = [(ORANGE, said("chart.promised", language))] if promised else []
    return _finished(title, frame, parts, entries, language)


def named_rows(unit: str, ids: Sequence[str], most: float, names: Mapping[str, str], language: str) -> tuple[Frame, list[str]]:
    """Names to the left, a scale below, room for one bar each."""
    marks = ticks(most)
    frame = Frame(
        left=NAMES_WIDE, top=TITLE_HIGH + 4, width=WIDTH - NAMES_WIDE - 60, height=ROW_HIGH * max(1, len(ids)),
        x_from=0.0, x_to=marks[-1],
    )  # fmt: skip
    low = frame.top + frame.height
    parts = []
    for mark in marks:
        parts += [
            line(frame.x(mark), frame.top, frame.x(mark), low),
            text(frame.x(mark), low + 14, label_of(mark), size=10, fill=FAINT, anchor="middle"),
        ]
    for k, each in enumerate(ids):
        parts.append(
            text(
                frame.left - 8,
                frame.top + k * ROW_HIGH + ROW_HIGH / 2 + 4,
                shortened(names.get(each, each)),
                fill=INK,
                anchor="end",
            )
        )
    parts.append(text(frame.left + frame.width, low + 30, said(unit, language), size=10, fill=FAINT, anchor="end"))
    return frame, parts


def _finished(title: str, frame: Frame, parts: list[str], entries: Sequence[tuple[str, str]], language: str) -> str:
    low = frame.top + frame.height
    return page(said(title, language), low + FOOT_HIGH, [*parts, *legend(frame.left, low + 30, entries)])


def _interval(frame: Frame, estimate: Any, y: float) -> list[str]:
    low, high = estimate["low"], estimate["high"]
    if low is None or high is None or frame.x(high) - frame.x(low) < 3.0:
        return []
    return [whisker(frame.x(max(low, frame.x_from)), frame.x(min(high, frame.x_to)), y)]


def _value(estimate: Any) -> float:
    return float(estimate["value"] or 0.0)


def said(code: str, language: str) -> str:
    """What a chart says is a label: no full stop."""
    return say(code, {}, language).rstrip(".")


def shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
