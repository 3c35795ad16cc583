"""The editor's program as one module: its files joined in order, their imports and exports taken out.

The files are plain ES modules, so that node can test them one by one; in the page there is one text, which asks the
network for nothing.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

ORDER = (
    "geometry.js", "units.js", "snap.js", "parts.js", "bokeh_view.js", "paint.js", "overlay.js", "select_tool.js",
    "point_tool.js", "place_tools.js", "view_tools.js",
    "draw_tools.js", "names.js", "underlay_load.js", "underlay_moves.js", "nudge.js", "acts.js", "hand_keys.js", "picture.js",
    "rulers.js", "controller.js", "elements.js", "fields.js", "corners.js", "inspector.js", "layers_panel.js",
    "underlay_panel.js", "parts_table.js", "parts_list.js", "panels.js", "menu.js", "main.js",
)  # fmt: skip
IMPORT = re.compile(r"^import \{[^}]*\} from \"\./\w+\.js\"\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class|let) )", re.MULTILINE)
ENTRY = "render"


@cache
def program() -> str:
    """All files as one module that exports `render`."""
    folder = resources.files(__package__).joinpath("js")
    joined = "\n".join(_bare(folder.joinpath(name).read_text("utf-8")) for name in ORDER)
    return f"{joined}\nexport {{{ENTRY}}}\n"


@cache
def styles() -> str:
    """The editor's style sheet."""
    return resources.files(__package__).joinpath("editor.css").read_text("utf-8")


def _bare(text: str) -> str:
    return EXPORT.sub("", IMPORT.sub("", text))
