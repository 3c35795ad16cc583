"""Charts of simulated days: the promise kept through the day, waits, how busy, how many inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bokeh.models import ColumnDataSource, FactorRange, Whisker

from planner.ui import charts
from planner.ui.words import Words
from solvers.times import minute_of

Json = dict[str, Any]
LEAST_SHOWN_MIN = 5.0
FAR_ABOVE = 2.0


def within_chart(bank: Json, words: Words) -> Any:
    """Of those who came in each interval, the share in time, with its interval, against the promise."""
    periods = [p for p in bank["intervals"] if p["p_within"] is not None]
    standard = bank["standard"]
    made = charts.chart(words("page.day.chart.within", minutes=f"{standard['within_min']:g}"), y="%")
    if not periods:
        return made
    starts = [minute_of(p["start"]) for p in periods]
    all_starts = [minute_of(p["start"]) for p in bank["intervals"]]
    width = all_starts[1] - all_starts[0] if len(all_starts) > 1 else 30
    shares = [100 * p["p_within"]["value"] for p in periods]
    charts.bars(made, starts, width, shares, words("page.day.chart.share"), charts.BLUE, "%")
    ends = {
        "at": [s + width / 2 for s in starts],
        "low": [max(0.0, 100 * _or(p["p_within"]["low"], p["p_within"]["value"])) for p in periods],
        "high": [min(100.0, 100 * _or(p["p_within"]["high"], p["p_within"]["value"])) for p in periods],
    }
    made.add_layout(Whisker(source=ColumnDataSource(ends), base="at", lower="low", upper="high", line_color=charts.GREY))
    promise = [100 * standard["share_within"]] * len(starts)
    charts.steps(made, starts, width, promise, words("page.day.chart.promise"), charts.RED, "dashed")
    made.y_range.end = 105
    charts.hours(made, all_starts[0], all_starts[-1] + width)
    charts.legend_aside(made)
    return made


def waits_chart(answer: Json, names: dict[str, str], words: Words) -> Any:
    """For each bank the wait that half and nine in ten do not exceed, and the promise."""
    banks = [b for b in answer["banks"] if b["wait_p90_min"]]
    labels = [names.get(b["id"], b["id"]) for b in banks]
    made = charts.chart(
        words("page.day.chart.waits"), y=words("page.day.chart.minutes"), x_range=FactorRange(*labels), height=320
    )
    promised = [b["standard"]["within_min"] for b in banks]
    top = shown_up_to([_value(b["wait_p90_min"]) for b in banks], promised)
    source = ColumnDataSource(
        {
            "bank": labels,
            "half": [_value(b["wait_p50_min"]) for b in banks],
            "most": [_value(b["wait_p90_min"]) for b in banks],
        }
    )
    held = [(label, within) for label, within in zip(labels, promised) if within <= top]
    above = [(label, within) for label, within in zip(labels, promised) if within > top]
    promises = ColumnDataSource({"bank": [label for label, _ in held], "promise": [within for _, within in held]})
    made.vbar(
        x="bank",
        top="most",
        width=0.7,
        source=source,
        color=charts.ORANGE,
        fill_alpha=0.55,
        legend_label=words("page.day.chart.p90"),
    )
    made.vbar(
        x="bank",
        top="half",
        width=0.45,
        source=source,
        color=charts.BLUE,
        fill_alpha=0.75,
        legend_label=words("page.day.chart.p50"),
    )
    made.scatter(x="bank", y="promise", marker="dash", size=38, line_width=3, color=charts.RED, source=promises,
                 legend_label=words("page.day.chart.promised"))  # fmt: skip
    if above:  # a promise far above all that is waited would press the bars flat: it is told at the edge
        edge = ColumnDataSource(
            {"bank": [label for label, _ in above], "at": [top] * len(above), "told": [f"↑ {within:g}" for _, within in above]}
        )
        made.text(x="bank", y="at", text="told", source=edge, text_align="center", text_baseline="top", text_color=charts.RED,
                  text_font_size="12px")  # fmt: skip
    made.y_range.end = 1.06 * top
    made.xaxis.major_label_orientation = 0.5
    charts.legend_aside(made)
    return made


def shown_up_to(waits: Sequence[float], promised: Sequence[float]) -> float:
    """Minutes up to which waits are drawn: the longest wait and every promise that is not far above all waits."""
    longest = max((*waits, LEAST_SHOWN_MIN))
    return max((longest, *(p for p in promised if p <= FAR_ABOVE * longest)))


def use_chart(answer: Json, names: dict[str, str], words: Words) -> Any:
    """How busy each bank's people and machines are while they are on duty."""
    banks = [b for b in answer["banks"] if b["utilisation"]]
    labels = [names.get(b["id"], b["id"]) for b in banks]
    made = charts.chart(words("page.day.chart.use"), y="%", x_range=FactorRange(*labels), height=280)
    made.vbar(x=labels, top=[100 * _value(b["utilisation"]) for b in banks], width=0.6, color=charts.GREEN, fill_alpha=0.65)
    charts.level(made, 100.0, charts.GREY)
    made.xaxis.major_label_orientation = 0.5
    return made


def people_chart(answer: Json, words: Words) -> Any:
    """People inside through the day: the mean, and what is not exceeded on 50, 90, 95, … % of days."""
    samples = answer["occupancy"]["samples"]
    made = charts.chart(words("page.day.chart.people"), y=words("page.day.chart.persons"), height=280)
    if not samples:
        return made
    xs = [minute_of(s["at"]) for s in samples]
    shades = (charts.GREEN, charts.ORANGE, charts.RED, "#8e5bb5", charts.GREY)
    for k, share in enumerate(answer["occupancy"]["quantiles"]):
        told = words.share(share, 0 if share * 100 == int(share * 100) else 1)
        made.line(
            xs, [s["people"][k] for s in samples], line_width=2, line_color=shades[k % len(shades)],
            legend_label=words("page.day.chart.not_exceeded", share=told),
        )  # fmt: skip
    made.line(xs, [s["mean"] for s in samples], line_width=2, line_color=charts.BLUE, legend_label=words("page.day.chart.mean"))
    charts.hours(made, xs[0], xs[-1])
    charts.legend_aside(made)
    return made


def _value(estimate: Json | None) -> float:
    return 0.0 if estimate is None or estimate["value"] is None else float(estimate["value"])


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
