"""Charts of the pages: Bokeh figures in one plain style, which the page's light or dark colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bokeh.models import ColumnDataSource, FactorRange, FixedTicker, HoverTool, NumeralTickFormatter, Span
from bokeh.plotting import figure

from exports.one_line import drawn
from solvers.times import clock

BLUE, ORANGE, GREEN, RED, GREY = "#1f77b4", "#e07b00", "#2e8b57", "#c0392b", "#8a949e"
COLOURS = (BLUE, ORANGE, GREEN, "#8e5bb5", "#b8860b", "#17a2a2", "#c0392b", "#6b7785")


def chart(title: str, *, height: int = 240, y: str = "", x_range: Any = None, **options: Any) -> Any:
    """An empty chart over the hours of a day, or over what `x_range` says."""
    more = {"x_range": x_range} if x_range is not None else {}
    made = figure(
        title=title,
        height=height,
        sizing_mode="stretch_width",
        toolbar_location=None,
        tools="",
        y_axis_label=y,
        **more,
        **options,
    )
    made.styles = {"direction": "ltr"}  # its legend would take the other side of what it was given in a page from the right
    made.title.text_font_size = "13px"
    made.xgrid.grid_line_alpha = 0.15
    made.ygrid.grid_line_alpha = 0.3
    made.outline_line_alpha = 0.0
    made.y_range.start = 0
    return made


def hours(made: Any, start_min: int, end_min: int) -> None:
    """The x axis as hours of the day."""
    ticks = list(range(start_min - start_min % 60, end_min + 1, 60))
    made.xaxis.ticker = FixedTicker(ticks=ticks)
    made.xaxis.major_label_overrides = {t: clock(t) for t in ticks}
    made.x_range.start, made.x_range.end = start_min, end_min


def steps(
    made: Any, starts: Sequence[int], width: int, values: Sequence[float], label: str, colour: str, dash: str = "solid"
) -> Any:
    """A value that holds for each interval, as a stair."""
    xs = [x for start in starts for x in (start, start + width)]
    ys = [y for value in values for y in (value, value)]
    return made.line(xs, ys, line_width=2, line_color=colour, line_dash=dash, legend_label=drawn(label))


def bars(made: Any, starts: Sequence[int], width: int, values: Sequence[float], label: str, colour: str, unit: str = "") -> Any:
    """A value for each interval as a bar, told under the pointer."""
    source = ColumnDataSource(
        {
            "left": [s + 0.06 * width for s in starts],
            "right": [s + 0.94 * width for s in starts],
            "top": list(values),
            "at": [clock(s) for s in starts],
        }
    )
    shown = made.quad(
        left="left", right="right", top="top", bottom=0, source=source, fill_color=colour, line_color=None, fill_alpha=0.55,
        legend_label=drawn(label),
    )  # fmt: skip
    made.add_tools(HoverTool(renderers=[shown], tooltips=[("", "@at"), (label, f"@top{{0.[00]}} {unit}")]))
    return shown


def stacked(made: Any, starts: Sequence[int], width: int, rows: Sequence[tuple[str, Sequence[float]]]) -> None:
    """Values of several kinds on one another, interval by interval."""
    below = [0.0] * len(starts)
    for index, (label, values) in enumerate(rows):
        top = [b + v for b, v in zip(below, values, strict=True)]
        source = ColumnDataSource(
            {
                "left": [s + 0.06 * width for s in starts],
                "right": [s + 0.94 * width for s in starts],
                "bottom": below,
                "top": top,
                "value": list(values),
            }
        )
        shown = made.quad(
            left="left", right="right", top="top", bottom="bottom", source=source, line_color=None,
            fill_color=COLOURS[index % len(COLOURS)], fill_alpha=0.75, legend_label=drawn(label),
        )  # fmt: skip
        made.add_tools(HoverTool(renderers=[shown], tooltips=[(label, "@value{0.[0]}")]))
        below = top


def side_by_side(title: str, names: Sequence[str], values: Sequence[float], unit: str, colour: str) -> Any:
    """One bar for each name, its value under the pointer."""
    made = chart(title, height=220, y=unit, x_range=FactorRange(*names))
    source = ColumnDataSource({"name": list(names), "value": list(values)})
    shown = made.vbar(x="name", top="value", width=0.6, source=source, fill_color=colour, line_color=None, fill_alpha=0.65)
    made.add_tools(HoverTool(renderers=[shown], tooltips=[("@name", f"@value{{0,0}} {unit}")]))
    made.yaxis.formatter = NumeralTickFormatter(format="0,0")
    made.xaxis.major_label_orientation = 0.4
    return made


def level(made: Any, value: float, colour: str = RED) -> None:
    """A line across: a standard to be kept."""
    made.add_layout(Span(location=value, dimension="width", line_color=colour, line_dash="dashed", line_width=1.5))


def legend_aside(made: Any) -> None:
    """The legend beside the chart, where it hides nothing."""
    for found in list(made.legend):
        found.label_text_font_size = "11px"
        found.spacing = 1
        found.padding = 4
        found.border_line_alpha = 0
        found.background_fill_alpha = 0
        made.add_layout(found, "right")


def legend_above(made: Any) -> None:
    """The legend in one line over the chart, so that charts of one day stand hour under hour."""
    for found in list(made.legend):
        found.orientation = "horizontal"
        found.spacing = 12
        found.padding = 2
        found.border_line_alpha = 0
        found.background_fill_alpha = 0
        made.add_layout(found, "above")
    made.min_border_left = 56
    made.min_border_right = 24
