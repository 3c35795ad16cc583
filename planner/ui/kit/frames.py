"""What holds parts together: rows and columns, cards, pages, the frame of a tab, pages within a page, windows over it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import panel as pn
import panel_material_ui as pmui
from panel.util import edit_readonly

from planner.ui.kit.fields import icon_button
from planner.ui.kit.looks import CROSS_STYLES, DIALOG_SX, FULL, TABS_SX, WIDE
from planner.ui.kit.words import Viewable, heading, safe_text


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


def hold() -> Any:
    """Everything changed inside reaches the browser at once, in its order: `with kit.hold():`.

    Combining changes of one property, Panel's default, can tell the browser of a part that has gone again; and what is
    held before the browser has the page reaches it as news of parts that it does not know.
    """
    return pn.io.hold(policy="collect") if pn.state.loaded else nullcontext()
