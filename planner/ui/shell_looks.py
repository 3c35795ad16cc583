"""How the page around the pages looks, where its components would look otherwise."""

from __future__ import annotations

# the closed inspector waits beside the page; merely hidden, it would be scrolled to when a part at the edge gets the focus
# a long name gives way to the menus, which must not be pushed over one another: it takes what they leave, and is cut at its end
BAR_PX, NARROW_BAR_PX = 940, 840
NARROW, NARROWEST = "@media (max-width: 1150px)", "@media (max-width: 880px)"  # the latter: a usual screen at twice its size
HEAD_CSS = f"{NARROW} {{ * {{ margin-inline: 3px !important; }} }} {NARROWEST} {{ * {{ margin-inline: 0 !important; }} }}"
PAGE_SX = {
    "overflow": "clip",
    # the component's own button for the inspector is named in English only; ours stands beside it
    "& button[aria-label$=contextbar]": {"display": "none"},
    "& .title": {
        "fontSize": "1.3rem", "lineHeight": 1.3, "whiteSpace": "nowrap", "overflow": "hidden", "textOverflow": "ellipsis",
        "unicodeBidi": "plaintext", "maxWidth": f"max(12rem, calc(100vw - {BAR_PX}px))",
        NARROW: {"maxWidth": f"max(6rem, calc(100vw - {NARROW_BAR_PX}px))"},
        NARROWEST: {"display": "none"},  # the window's own title says it
    },
}  # fmt: skip
# what is missing may take a sentence; the page tells it whole
NAV_SX = {
    "& .MuiListItemText-secondary": {
        "display": "-webkit-box", "WebkitBoxOrient": "vertical", "WebkitLineClamp": 2, "overflow": "hidden",
    },
    # as wide a mark at all of them, seen at one: words stand under one another, read from either side
    "& .MuiListItemButton-root.MuiListItemButton-root": {
        "borderInlineStart": "6px solid transparent", "marginLeft": 0, "marginRight": 0,
    },
    # the page that is shown, as turning.js marks it
    "& .MuiListItemButton-root.MuiListItemButton-root[aria-current=page]": {
        "backgroundColor": "rgba(var(--pmui-accent-main-channel) / var(--mui-palette-action-selectedOpacity))",
        "borderInlineStartColor": "var(--pmui-accent-main)",
        "& .MuiListItemText-primary": {"fontWeight": "bold"},
    },
}  # fmt: skip
# pages lie on one another, each with its own scroll position; see turning.js
STACK_STYLES = {"position": "relative"}
PAGE_CSS = """
:host { position: absolute !important; inset: 0; overflow-x: hidden; overflow-y: auto; }
:host([inert]) { visibility: hidden; content-visibility: hidden; pointer-events: none; }
"""
MENU_SX = {
    "background": "transparent", "boxShadow": "none", "color": "#ffffff",
    "& button": {"color": "#ffffff", NARROWEST: {"paddingInline": "6px", "minWidth": 0}},
}  # fmt: skip
