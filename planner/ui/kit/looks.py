"""How the components look where their own look reads only one way, has no name, or is too pale."""

from __future__ import annotations

WIDE = "stretch_width"
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
# the component's own bar moves its edges: the browser lays the page out sixty times a second beside the work that it tells of
BAR_SX = {
    "@keyframes cl-wait": {"from": {"transform": "translateX(-100%)"}, "to": {"transform": "translateX(300%)"}},
    "&.MuiLinearProgress-indeterminate .MuiLinearProgress-bar2": {"display": "none"},
    "&.MuiLinearProgress-indeterminate .MuiLinearProgress-bar1": {
        "left": 0, "right": "auto", "width": "34%", "animation": "cl-wait 2.4s linear infinite",
        "&:dir(rtl)": {"animationDirection": "reverse"},
    },
}  # fmt: skip
ICON_SX = {"& .MuiButton-startIcon, & .MuiButton-icon": {"marginLeft": 0, "marginRight": 0, "marginInlineEnd": "8px"}}
# what the component says of a file that it refuses, when its icon is pointed at, is English: we tell it in the page's language
UPLOAD_SX = ICON_SX | {"& .MuiButton-startIcon svg, & .MuiButton-icon svg": {"pointerEvents": "none"}}
