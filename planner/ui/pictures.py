"""Small pictures of plans and layouts: the planner's own drawings, without legend, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from layouts.findings import Finding
from layouts.layout import Layout
from planner.files import make_folder, write_whole
from planner.project import Project
from planner.source import layout_in_force, open_source

NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#eef1f4"/>'
    '<path d="M90 60h140v80H90z" fill="none" stroke="#9aa6b2" stroke-width="4" stroke-dasharray="9 7"/></svg>'
)


def picture(
    project: Project, layout: Layout | None, findings: Sequence[Finding] = (), level: str | None = None
) -> str:
    """A storey with what stands on it (None: the first), as one SVG; an empty frame where there is no plan."""
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
    )
    return svg_text(drawing, panels="none")


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
        svg = picture(source.project, force.layout if force else None).encode()
    make_folder(kept)
    for old in kept.glob(f"{project_id(path)}-*.svg"):
        old.unlink(missing_ok=True)
    write_whole(file, svg)
    return svg
