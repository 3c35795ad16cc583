"""Where the pictures under a plan lie, for whoever draws the plan."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from planner.project import Project, UnderlaySource
from planner.ui.home import project_id
from planner.ui.workspace import Workspace

Pair = tuple[float, float]


def underlays_for_scene(workspace: Workspace, level: str) -> list[dict[str, Any]]:
    """The pictures of a level in drawing order: id, name, href (behind the gate), corners in mm, opacity, locked.

    `corners` are the picture's lower left, lower right, upper right and upper left in the plan's millimetres, y up;
    `width_mm`, `height_mm` and `rotation_deg` (counter-clockwise about the first corner) say the same.
    """
    project = workspace.project
    return [
        {
            "id": lies.id,
            "name": lies.name,
            "href": underlay_href(workspace, lies),
            "corners": [list(corner) for corner in corners_of(lies)],
            "width_mm": lies.width_px * lies.mm_per_px,
            "height_mm": lies.height_px * lies.mm_per_px,
            "rotation_deg": lies.rotation_deg,
            "opacity": lies.opacity,
            "locked": lies.locked,
        }
        for lies in project.underlays
        if on_level(project, lies, level)
    ]


def underlay_href(workspace: Workspace, underlay: UnderlaySource) -> str:
    """Its address on our own server; the content is in the address, so that browsers may keep it."""
    return "/underlay?" + urlencode({"id": project_id(workspace.path), "sha": underlay.sha256, "page": underlay.page})


def on_level(project: Project, underlay: UnderlaySource, level: str) -> bool:
    """Whether it lies under that level; one whose level the plan does not know lies under the first."""
    known = [lv.id for lv in project.plan.levels] if project.plan else []
    if underlay.level in known or not known:
        return underlay.level == level or not known
    return level == known[0]


def corners_of(underlay: UnderlaySource) -> tuple[Pair, Pair, Pair, Pair]:
    """Lower left, lower right, upper right, upper left in the plan's millimetres."""
    wide, tall = underlay.width_px * underlay.mm_per_px, underlay.height_px * underlay.mm_per_px
    c, s = math.cos(math.radians(underlay.rotation_deg)), math.sin(math.radians(underlay.rotation_deg))
    x0, y0 = underlay.origin_mm

    def at(x: float, y: float) -> Pair:
        return round(x0 + c * x - s * y, 3), round(y0 + s * x + c * y, 3)

    return at(0, 0), at(wide, 0), at(wide, tall), at(0, tall)
