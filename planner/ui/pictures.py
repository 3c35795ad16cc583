"""Small pictures of plans and layouts: the planner's own drawings, without legend, as SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from layouts.findings import Finding
from layouts.layout import Layout
from planner.files import make_folder, write_whole
from planner.project import Project
from planner.source import layout_in_force, open_source

MOST_STOREYS = 4
VIEW_BOX = re.compile(r'viewBox="([-\d. ]+)"')
NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#eef1f4"/>'
    '<path d="M90 60h140v80H90z" fill="none" stroke="#9aa6b2" stroke-width="4" stroke-dasharray="9 7"/></svg>'
)


def picture(
    project: Project, layout: Layout | None, findings: Sequence[Finding] = (), level: str | None = None, prefix: str = "cl",
) -> str:  # fmt: skip
    """A storey with what stands on it (None: the first), as one SVG; an empty frame where there is no plan. `prefix`: of its
    class names, for several in one document."""
    from exports.floor_drawing import draw_floor
    from exports.svg import svg_text

    if project.plan is None or not project.plan.levels:
        return NOTHING
    drawing = draw_floor(
        project.plan,
        layout,
        language=project.site.language,
        findings=findings,
        level=level,
        title=project.site.name,
        names={bank.id: bank.name for bank in project.banks},
        place=project.site.place(),
    )
    return svg_text(drawing, panels="none", prefix=prefix)


def all_storeys(project: Project, layout: Layout | None) -> str:
    """The storeys with something on them beside one another, the lowest first, at one scale; without a layout the first."""
    levels = sorted(project.plan.levels, key=lambda level: level.elevation_mm) if project.plan else []
    used = {placed.level for placed in layout.levels if placed.items} if layout else set()
    shown = [level.id for level in levels if level.id in used][:MOST_STOREYS]
    if len(shown) < 2:
        return picture(project, layout, level=shown[0] if shown else None)
    drawn = [picture(project, layout, level=level, prefix=f"cl{n}") for n, level in enumerate(shown)]
    parts, right, tall = [], 0.0, 0.0
    for svg in drawn:
        box = VIEW_BOX.search(svg)
        assert box is not None
        _, _, width, height = (float(v) for v in box[1].split())
        parts.append(svg.replace(' width="100%"', f' x="{right:.0f}" y="0" width="{width:.0f}" height="{height:.0f}"', 1))
        right, tall = right + width, max(tall, height)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right:.0f} {tall:.0f}">{"".join(parts)}</svg>'


def thumbnail(path: Path, kept: Path) -> bytes:
    """The picture of a project file, drawn once for each state of the file and kept in the folder `kept`."""
    state = path.stat()
    from planner.ui.home import project_id

    name = f"{project_id(path)}-{state.st_mtime_ns:x}-{state.st_size:x}.svg"
    file = kept / name
    if file.is_file():
        return file.read_bytes()
    with open_source(path) as source:
        force = layout_in_force(source)
        svg = all_storeys(source.project, force.layout if force else None).encode()
    make_folder(kept)
    for old in kept.glob(f"{project_id(path)}-*.svg"):
        old.unlink(missing_ok=True)
    write_whole(file, svg)
    return svg
