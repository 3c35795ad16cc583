"""The picture under the editor: a Bokeh figure of few layers whose columns the browser fills from the scene.

The layers stand in drawing order; their names are what `js/bokeh_view.js` looks for. A page may add renderers of its own
(heat maps, people walking) above `results`.
"""

from __future__ import annotations

from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, ImageURL, MultiLine, MultiPolygons, Patches, Range1d, Segment, Text
from bokeh.plotting import figure

UNDERLAY, AREAS, GRID, ZONES, WALLS, BODIES, HATCHES, STROKES, ISSUES, LABELS = (
    "underlay", "areas", "grid", "zones", "walls", "bodies", "hatches", "strokes", "issues", "labels",
)  # fmt: skip


def plan_figure(name: str) -> figure:
    """An empty plan at exactly 1 : 1 (the browser keeps the ranges), without Bokeh's own tools, axes and grid."""
    made = figure(
        name=name, x_range=Range1d(-1000, 21000), y_range=Range1d(-1000, 15000), tools="", toolbar_location=None,
        min_border=0, outline_line_color=None, sizing_mode="stretch_both", background_fill_color=None,
        border_fill_color=None, lod_threshold=None,
    )  # fmt: skip
    made.axis.visible = False
    made.grid.visible = False
    for layer, (glyph, columns) in _glyphs().items():
        made.add_glyph(ColumnDataSource({c: [] for c in columns}), glyph, name=layer, level="glyph")
    return made


def _glyphs() -> dict[str, tuple[object, tuple[str, ...]]]:
    """Layer -> glyph and its columns."""
    return {
        UNDERLAY: (
            ImageURL(url="url", x="x", y="y", w="w", h="h", global_alpha="alpha", angle="angle", anchor="bottom_left"),
            ("url", "x", "y", "w", "h", "alpha", "angle"),
        ),
        AREAS: (
            MultiPolygons(xs="xs", ys="ys", fill_color="fill", line_color="line", fill_alpha="alpha", line_width=1),
            ("xs", "ys", "fill", "line", "alpha"),
        ),
        GRID: (Segment(x0="x0", y0="y0", x1="x1", y1="y1", line_color="colour"), ("x0", "y0", "x1", "y1", "colour")),
        ZONES: (
            Patches(xs="xs", ys="ys", fill_color="fill", fill_alpha=0.55, line_color="line", line_dash="dotted"),
            ("xs", "ys", "fill", "line"),
        ),
        WALLS: (MultiPolygons(xs="xs", ys="ys", fill_color="fill", line_color="fill", line_width=0.5), ("xs", "ys", "fill")),
        BODIES: (
            Patches(xs="xs", ys="ys", fill_color="fill", line_color="line", line_width="width"),
            ("xs", "ys", "fill", "line", "width"),
        ),
        HATCHES: (
            Patches(
                xs="xs", ys="ys", fill_color=None, line_color=None, hatch_pattern="hatch", hatch_color="colour",
                hatch_alpha=0.28, hatch_scale=8, hatch_weight=0.8,
            ),
            ("xs", "ys", "hatch", "colour"),
        ),
        STROKES: (
            MultiLine(xs="xs", ys="ys", line_color="colour", line_width="width", line_dash="dash"),
            ("xs", "ys", "colour", "width", "dash"),
        ),
        ISSUES: (
            Patches(
                xs="xs", ys="ys", fill_color="colour", fill_alpha=0.12, line_color="colour", line_alpha="alpha",
                line_width=2, hatch_pattern="/", hatch_color="colour", hatch_alpha="alpha", hatch_scale=10,
            ),
            ("xs", "ys", "colour", "alpha"),
        ),
        LABELS: (
            Text(
                x="x", y="y", text="text", text_color="colour", text_font_size="size", text_align="center", angle="angle",
                text_baseline="middle", text_font=value("system-ui, sans-serif"),
            ),
            ("x", "y", "text", "colour", "size", "angle"),
        ),
    }  # fmt: skip
