"""What people press, choose and type in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import panel_material_ui as pmui

from planner.ui.kit.looks import GROUP_SX, ICON_SX, LABEL_CSS, NUMBER_SX, WHOLE_CHOICE_SX, WIDE
from planner.ui.kit.words import Viewable


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


def refill(box: Viewable, options: Mapping[str, Any], value: Any) -> None:
    """Other choices for a list; a thing chosen before that is called otherwise by now is shown by its new name.

    A list without choices is left alone then: told of its value again, the component looks for another one without end.
    """
    same = box.value == value and value in options.values()
    box.param.update(options=dict(options), value=value)
    if same:
        box.param.trigger("value")
