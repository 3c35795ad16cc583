"""The architect's files: one drawing, written as DXF into the imported file, as PDF sheet and as SVG."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from exports.drawing import Drawing
from exports.dxf import DxfRecord, write_dxf
from exports.floor_drawing import draw_floor
from layouts.findings import Finding
from layouts.layout import Layout
from planner.project import Project
from planner.source import ProjectSource


def floor_drawing(project: Project, layout: Layout, findings: Sequence[Finding]) -> Drawing:
    """The furnished floor, with flags where checks failed."""
    assert project.plan is not None
    return draw_floor(
        project.plan,
        layout,
        language=project.site.language,
        findings=findings,
        title=project.site.name,
        names={bank.id: bank.name for bank in project.banks},
    )


def write_architect_s_dxf(source: ProjectSource, drawing: Drawing, path: Path) -> DxfRecord:
    """Into a copy of the imported drawing where there is one, else a drawing of its own in millimetres."""
    plan = source.project.plan
    assert plan is not None
    with imported_drawing(source) as imported:
        return write_dxf(drawing, path, frame=plan.frame, source=imported)


@contextmanager
def imported_drawing(source: ProjectSource) -> Iterator[Path | None]:
    """The imported DXF as a file, for as long as it is wanted; None where there is none."""
    record, body = source.project.drawing, source.drawing()
    if record is None or body is None or Path(record.name).suffix.lower() != ".dxf":
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "imported.dxf"
        file.write_bytes(body)
        yield file
