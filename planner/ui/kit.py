"""Everything of Panel that pages may use, behind small functions of our own, so that its renames are one file's business.

Three rules live here. Names from files and people are untrusted: what a component would read as HTML or Markdown goes
through `safe_text`. Icons are those that Material ships with itself: a Tabler name would be fetched from another machine.
Widths are stretched, since the components' own default overflows a side panel.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import panel as pn
import panel_material_ui as pmui
from panel.util import edit_readonly

from exports.one_line import steady

Viewable = pn.viewable.Viewable
WIDE = "stretch_width"
WHITE = "#fff"
ON_PAPER = "filter:var(--cl-paper,none)"  # keys.js sets it on a dark page
FULL = "stretch_both"

TEXT_CSS = """
:host { color: inherit; font-family: inherit; }
h1, h2, h3, p, ul { margin: 0; font-weight: 500; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; }
p, li { font-weight: 400; font-size: .9rem; line-height: 1.45; }
.quiet { opacity: .75; } .figure { font-size: 1.6rem; font-weight: 500; font-variant-numeric: tabular-nums; }
.small { font-size: .8rem; } .bar { color: #fff; font-size: .85rem; white-space: nowrap; } ul { padding-inline-start: 1.2em; }
img { max-width: 100%; display: block; }
"""


def safe_text(value: object) -> str:
    """A name as text and nothing else, for components that read HTML."""
    return html.escape(steady(str(value)), quote=True)


def text(value: object, *, tag: str = "p", kind: str = "", **options: Any) -> Viewable:
    """Plain words. `tag`: h1 | h2 | h3 | p; `kind`: "" | quiet | small | figure | bar (on the page's head)."""
    pane = pn.pane.HTML("", stylesheets=[TEXT_CSS], sizing_mode=options.pop("sizing_mode", WIDE), **options)
    pane.tags = [tag, kind]
    say(pane, value)
    return pane


def say(pane: Viewable, value: object) -> None:
    """Put other words into a `text`."""
    tag, kind = pane.tags
    pane.object = f'<{tag} class="{kind}">{safe_text(value)}</{tag}>'


def heading(value: object, level: int = 2, **options: Any) -> Viewable:
    """A heading; level 1 is the page's own."""
    return text(value, tag=f"h{level}", **options)


def bullets(lines: Sequence[object], **options: Any) -> Viewable:
    """Short lines one under the other."""
    body = "".join(f"<li>{safe_text(line)}</li>" for line in lines)
    return pn.pane.HTML(f"<ul>{body}</ul>", stylesheets=[TEXT_CSS], sizing_mode=WIDE, **options)


def note(value: object, severity: str = "info", **options: Any) -> Viewable:
    """A framed sentence. `severity`: info | success | warning | error."""
    more = {"margin": (5, 10), "sizing_mode": WIDE, "sx": NOTE_SX} | options
    return pmui.Alert(object=safe_text(value), severity=severity, variant="outlined", **more)


# the components know one way of reading only, and would let icons touch the words in the other
NOTE_SX = {
    "& .MuiAlert-icon": {"marginRight": 0, "marginInlineEnd": "12px"},
    # an empty title and the margins of a paragraph would set the words below their icon
    "& .MuiAlertTitle-root:empty": {"display": "none"}, "& .MuiAlert-message p": {"margin": 0},
}  # fmt: skip
# the component's cross is dark grey on a dark window too
DIALOG_SX = {"& .MuiIconButton-root": {"color": "inherit"}, "& .MuiDialogTitle-root": {"paddingInlineEnd": "56px"}}
CROSS_STYLES = {"position": "absolute", "top": "12px", "inset-inline-end": "12px"}
# the component puts the name of a field at its left, also where words begin at the right
LABEL_CSS = """
.MuiInputLabel-root:dir(rtl) { left: auto !important; right: 0; transform-origin: top right !important; }
.MuiInputLabel-root.MuiInputLabel-outlined:dir(rtl) { transform: translate(-14px, 9px) scale(1) !important; }
.MuiInputLabel-root.MuiInputLabel-shrink:dir(rtl) { transform: translate(-14px, -9px) scale(0.75) !important; }
.MuiOutlinedInput-notchedOutline:dir(rtl) { text-align: right !important; }
"""
# what was chosen is read to its end, on two lines where it is long; a name without end is cut after three
WHOLE_CHOICE_SX = {
    "& .MuiSelect-select.MuiSelect-select": {
        "whiteSpace": "normal", "lineHeight": 1.25, "maxHeight": "3.75em", "overflow": "hidden", "overflowWrap": "anywhere",
    },
}  # fmt: skip
GROUP_SX = {
    "& .MuiToggleButton-root.MuiToggleButton-root": {
        "border": "1px solid rgba(128, 128, 128, .45)", "borderRadius": "4px", "marginLeft": 0, "marginInlineEnd": "2px",
        "textTransform": "none",
    },
    # what may be chosen is as black as other words: paler it reads as if it could not be had
    "& .MuiToggleButton-root.MuiToggleButton-root:not(.Mui-selected):not(.Mui-disabled)": {"color": "inherit"},
}  # fmt: skip
TABS_SX = {"& .MuiTab-root": {"textTransform": "none", "fontSize": "1rem"}}
# the component's own buttons for one more and one less have no name; a number is typed, or changed by the arrow keys
NUMBER_SX = {
    "& .MuiInputAdornment-root": {"display": "none"}, "& .MuiInputBase-input": {"paddingInline": "14px"},
}  # fmt: skip
ICON_SX = {"& .MuiButton-startIcon, & .MuiButton-icon": {"marginLeft": 0, "marginRight": 0, "marginInlineEnd": "8px"}}

# what the component says of a file that it refuses, when its icon is pointed at, is English: we tell it in the page's language
UPLOAD_SX = ICON_SX | {"& .MuiButton-startIcon svg, & .MuiButton-icon svg": {"pointerEvents": "none"}}


def button(
    label: str,
    on_click: Callable[[], None] | None = None,
    *,
    icon: str | None = None,
    kind: str = "contained",
    color: str = "primary",
    tip: str | None = None,
    **options: Any,
) -> Viewable:
    """A button; `kind`: contained | outlined | text. `on_click` takes nothing."""
    made = pmui.Button(label=label, icon=icon, variant=kind, color=color, description=tip, **({"sx": ICON_SX} | options))
    if on_click is not None:
        made.on_click(lambda _: on_click())
    return made


def icon_button(icon: str, label: str, on_click: Callable[[], None], *, on_bar: bool = False, **options: Any) -> Viewable:
    """A button that shows only an icon; `label` is its tooltip and what a screen reader says. `on_bar`: on the page's head."""
    sx = {"color": "#ffffff", "&.Mui-disabled": {"color": "#ffffff66"}} if on_bar else None
    made = pmui.IconButton(icon=icon, description=label, label=label, size="small", color="default", sx=sx, **options)
    made.on_click(lambda _: on_click())
    return made


def select(label: str, options: Mapping[str, Any] | Sequence[str], value: Any = None, **more: Any) -> Viewable:
    """One of several; a mapping goes from what is shown to what is meant."""
    choices = dict(options) if isinstance(options, Mapping) else list(options)
    chosen = value if value is not None else next(iter(choices.values() if isinstance(choices, dict) else choices), None)
    made = {"sizing_mode": WIDE, "sx": WHOLE_CHOICE_SX, "stylesheets": [LABEL_CSS]} | more
    return pmui.Select(label=label, options=choices, value=chosen, size="small", **made)


def text_field(label: str, value: str = "", **options: Any) -> Viewable:
    """One line of words."""
    return pmui.TextInput(
        label=label, value=value, size="small", **({"sizing_mode": WIDE, "stylesheets": [LABEL_CSS]} | options)
    )


def text_area(label: str, value: str = "", rows: int = 8, **options: Any) -> Viewable:
    """Many lines of words."""
    return pmui.TextAreaInput(label=label, value=value, rows=rows, **({"sizing_mode": WIDE} | options))


def whole_field(label: str, value: int, low: int | None = None, high: int | None = None, **options: Any) -> Viewable:
    """A whole number."""
    more = {"sizing_mode": WIDE, "sx": NUMBER_SX, "stylesheets": [LABEL_CSS]} | options
    return pmui.IntInput(label=label, value=value, start=low, end=high, size="small", **more)


def number_field(
    label: str, value: float, low: float | None = None, high: float | None = None, step: float = 0.1, **options: Any
) -> Viewable:
    """A number."""
    more = {"sizing_mode": WIDE, "sx": NUMBER_SX, "stylesheets": [LABEL_CSS]} | options
    return pmui.FloatInput(label=label, value=value, start=low, end=high, step=step, size="small", **more)


def switch(label: str, value: bool = False, **options: Any) -> Viewable:
    """On or off."""
    return pmui.Switch(label=label, value=value, **options)


def checkbox(label: str, value: bool = False, **options: Any) -> Viewable:
    """Wanted or not."""
    return pmui.Checkbox(label=label, value=value, **options)


def many(options: Mapping[str, Any], value: Sequence[Any] = (), **more: Any) -> Viewable:
    """Any of several, as boxes side by side."""
    return pmui.CheckBoxGroup(options=dict(options), value=list(value), inline=True, label="", **({"sizing_mode": WIDE} | more))


def one_of(options: Mapping[str, Any], value: Any = None, **more: Any) -> Viewable:
    """One of few, all of them seen."""
    chosen = value if value is not None else next(iter(options.values()), None)
    return pmui.RadioButtonGroup(options=dict(options), value=chosen, size="small", label="", **({"sx": GROUP_SX} | more))


def chip(label: str, color: str = "default", icon: str | None = None, **options: Any) -> Viewable:
    """A small labelled state."""
    return pmui.Chip(label=label, color=color, icon=icon, size="small", **options)


def row(*parts: Viewable, **options: Any) -> Viewable:
    """Side by side; they wrap where there is no room."""
    made = {"sizing_mode": WIDE, "gap": "12px", "align_items": "center", "flex_wrap": "wrap"} | options
    return pn.FlexBox(*parts, **made)


def column(*parts: Viewable, **options: Any) -> Viewable:
    """One under the other."""
    return pn.Column(*parts, **({"sizing_mode": WIDE} | options))


def card(title: str, *parts: Viewable, **options: Any) -> Viewable:
    """A framed group with a heading."""
    inside = pn.Column(*((heading(title),) if title else ()), *parts, sizing_mode=WIDE, margin=12)
    # the component caps itself at the page's height, and what is longer would lie over the next card
    more = {"sizing_mode": WIDE, "margin": (4, 10, 10, 10), "styles": {"max-height": "none", "flex-shrink": "0"}} | options
    return pmui.Paper(inside, variant="outlined", elevation=0, **more)


def page(*parts: Viewable) -> Viewable:
    """What a page's `view` gives: its parts one under the other, with room around them; none is pressed together."""
    for part in parts:
        part.styles = {**part.styles, "flex-shrink": "0", "max-height": "none"}
    return pn.Column(*parts, sizing_mode=WIDE, margin=(12, 20, 20, 20), styles={"max-height": "none"})


def whole_page(**options: Any) -> Any:
    """The frame of a browser tab. It does not show whether the server is busy.

    Panel tells that of the whole process, to every tab, twice for every look at the clock of any tab: with five tabs open
    (those closed in the last minutes count) the server did nothing else.
    """
    made = pmui.Page(busy_indicator=None, theme_toggle=False, **options)  # its button is named in English only
    with edit_readonly(made):
        made.busy = False
    return made


def sides(left: Viewable, right: Viewable, share: int = 58) -> Viewable:
    """Two parts side by side, the left with `share` per cent of the room; one under the other where there is little."""
    for part, width in ((left, share), (right, 100 - share)):
        part.styles = {"flex": f"{width} 1 {width * 8}px", "min-width": "0"}
    return pn.FlexBox(left, right, sizing_mode=WIDE, gap="16px", align_items="flex-start", flex_wrap="wrap")


def filling(*parts: Viewable) -> Viewable:
    """What a page's `view` gives when its last large part shall fill the window."""
    return pn.Column(*parts, sizing_mode=FULL, margin=0)


def figure_of(label: str, value: object) -> Viewable:
    """A figure to be read across the room, with what it is under it."""
    words = f'<p class="figure">{safe_text(value)}</p><p class="small quiet">{safe_text(label)}</p>'
    return pn.pane.HTML(words, stylesheets=[TEXT_CSS], margin=(6, 10))


def tabs(*parts: tuple[str, Viewable], **options: Any) -> Viewable:
    """Pages within a page, each built when it is first shown."""
    named = [(safe_text(label), part) for label, part in parts]
    more = {"sizing_mode": WIDE, "styles": {"max-height": "none"}, "sx": TABS_SX} | options
    return pmui.Tabs(*named, dynamic=True, **more)


def dialog(title: str, *parts: Viewable, close: str, **options: Any) -> Viewable:
    """A window over the page; put it somewhere on the page, then set `.open`. Escape closes it, and the cross called `close`.

    The component's own cross is named in English only.
    """
    more = {"show_close_button": False, "close_on_click": True, "title_variant": "h6", "width_option": "md"} | options
    more = {"sx": DIALOG_SX} | more
    cross = icon_button("close", close, lambda: made.param.update(open=False), styles=CROSS_STYLES, css_classes=["cl-close"])
    made = pmui.Dialog(cross, *parts, title=safe_text(title), **more)
    return made


def progress(**options: Any) -> Viewable:
    """A bar; -1 while nobody knows how far it is."""
    return pmui.LinearProgress(value=-1, variant="indeterminate", **({"sizing_mode": WIDE, "active": False} | options))


def download(label: str, make: Callable[[], bytes], file_name: str, *, icon: str = "download", **options: Any) -> Viewable:
    """A button that hands `make()` to the browser as a file."""
    return pmui.FileDownload(
        label=label,
        callback=lambda: io.BytesIO(make()),
        filename=file_name,
        icon=icon,
        embed=False,
        **({"sx": ICON_SX} | options),
    )


def upload(label: str, endings: Sequence[str], most_mb: int = 50, **options: Any) -> Viewable:
    """A button that takes one file; watch `value` (bytes) and `filename`. Check the size again: the limit is the browser's."""
    return pmui.FileInput(
        label=label, uploaded_label="{filename}", accept=",".join(endings), max_file_size=most_mb * 2**20, multiple=False,
        variant="outlined",
        **({"sx": UPLOAD_SX} | options),
    )  # fmt: skip


def image(svg: str, alt: str, *, tall: str = "none", ground: str = WHITE, **options: Any) -> Viewable:
    """An SVG as a picture, not higher than `tall`, on a ground of its own: in an <img> nothing of it can run. White paper
    is dark on a dark page, and so is what is drawn on no paper."""
    made = pn.pane.HTML("", stylesheets=[TEXT_CSS], **({"sizing_mode": WIDE} | options))
    made.tags = [tall, ground]
    draw(made, svg, alt)
    return made


def draw(pane: Viewable, svg: str, alt: str) -> None:
    """Put another picture into an `image`: a hundredth of the work of another image."""
    tall, ground = pane.tags
    style = f"max-height:{tall};width:100%;object-fit:contain;background:{ground};border-radius:4px;{ON_PAPER}"
    pane.object = f'<img src="{svg_uri(svg)}" alt="{safe_text(alt)}" style="{style}">'


def svg_uri(svg: str) -> str:
    """An SVG as the address of a picture."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def refill(box: Viewable, options: Mapping[str, Any], value: Any) -> None:
    """Other choices for a list; a thing chosen before that is called otherwise by now is shown by its new name.

    A list without choices is left alone then: told of its value again, the component looks for another one without end.
    """
    same = box.value == value and value in options.values()
    box.param.update(options=dict(options), value=value)
    if same:
        box.param.trigger("value")


# columns of a table that share its width, whichever way the page reads; the first has names and more room
EVEN = {"layout": "fit_columns"}
WIDEST_COLUMN = 420  # a name longer than that leaves room for what stands beside it
WHOLE_TITLES = (
    ".tabulator-col-title { white-space: normal !important; text-overflow: clip !important; font-size: 13px; }"
    " .tabulator-col .tabulator-col-content { padding-inline: 10px !important; }"
    " .tabulator-col-title { overflow-wrap: anywhere; }"
    # in a narrow window titles need the room of the arrows more: a click on a title sorts all the same
    " @media (max-width: 1150px) { .tabulator-col .tabulator-col-content { padding-inline: 5px !important; }"
    " .tabulator-col .tabulator-col-sorter { display: none !important; }"
    " .tabulator-col-title { padding-inline-end: 0 !important; font-size: 12px !important; } }"
    " .tabulator-rtl .tabulator-row .tabulator-cell > div[style='text-align: left;'] { text-align: start !important; }"
    " .tabulator-rtl .tabulator-row .tabulator-cell { border-left: none !important; }"
    # the row under the pointer: the theme's is white on light blue, which few read well
    " .tabulator-row.tabulator-selectable:not(.tabulator-selected):hover,"
    " .tabulator-row.tabulator-selectable:not(.tabulator-selected):hover .tabulator-cell"
    " { background-color: color-mix(in srgb, currentColor 9%, transparent) !important; color: inherit !important; }"
)


def table(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    editable: Sequence[str] = (),
    on_edit: Callable[[int, str, Any, Any], None] | None = None,
    on_click: Callable[[int], None] | None = None,
    wrap: Sequence[str] = (),
    numbers: Sequence[str] = (),
    **options: Any,
) -> Viewable:
    """A table: `columns` from field to title. `on_edit(row, field, new, old)`; `on_click(row)`. Cells show text, never HTML.
    `wrap`: columns whose words may need several lines; `numbers`: columns that stand at the right.
    """
    frame = _frame(rows, list(columns))
    more = {"sizing_mode": WIDE, "layout": "fit_data_stretch", "show_index": False, "theme": "materialize"} | options
    more["configuration"] = {"columnDefaults": {"maxInitialWidth": WIDEST_COLUMN}} | options.get("configuration", {})
    more["stylesheets"] = [WHOLE_TITLES, *options.get("stylesheets", ())]
    made = pn.widgets.Tabulator(
        frame,
        titles={field: safe_text(title) for field, title in columns.items()},
        editors={c: None for c in columns if c not in editable},
        disabled=not editable,
        formatters={c: {"type": "textarea"} for c in wrap},
        text_align={c: "right" for c in numbers},
        header_align={c: "right" for c in numbers},
        **more,
    )
    if on_edit is not None:
        made.on_edit(lambda e: on_edit(int(e.row), str(e.column), e.value, e.old))
    if on_click is not None:
        made.on_click(lambda e: on_click(int(e.row)))
    return made


def set_rows(made: Viewable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Other rows into a `table`."""
    columns = list(made.value.columns)
    made.value = _frame(rows, columns)


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    import pandas as pd  # a quarter of a second, and the list of projects has no table

    return pd.DataFrame(steadied(rows, columns), columns=list(columns))


def steadied(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as a table shows them."""
    return [{c: steady(cell) if isinstance(cell := each.get(c), str) else cell for c in columns} for each in rows]


def plot(figure: Any, **options: Any) -> Viewable:
    """A Bokeh figure on a page, in the page's own light or dark."""
    # a chart reads from the left in every language; its legend loses its place otherwise
    return pn.pane.Bokeh(figure, **({"sizing_mode": WIDE, "styles": {"direction": "ltr"}} | options))


def hold() -> Any:
    """Everything changed inside reaches the browser at once, in its order: `with kit.hold():`.

    Combining changes of one property, Panel's default, can tell the browser of a part that has gone again; and what is
    held before the browser has the page reaches it as news of parts that it does not know.
    """
    return pn.io.hold(policy="collect") if pn.state.loaded else nullcontext()
