"""The architect's files: one drawing, written as DXF into the imported file, as PDF sheet and as SVG."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from exports.drawing import Drawing
from exports.dxf import DxfRecord, write_dxf
from exports.floor_drawing import draw_floor
from exports.floor_solids import storeys
from exports.glb import write_glb
from exports.sheet_set import sheet_sets
from exports.stl import write_stl
from exports.svg import svg_text
from layouts.findings import Finding
from layouts.layout import Layout
from planner.project import Project
from planner.source import ProjectSource


def floor_drawings(project: Project, layout: Layout, findings: Sequence[Finding]) -> tuple[Drawing, ...]:
    """The furnished floors, one drawing for each level with a layout, with flags where checks failed."""
    assert project.plan is not None
    return tuple(
        draw_floor(
            project.plan,
            layout,
            language=project.site.language,
            findings=findings,
            title=project.site.name,
            names={bank.id: bank.name for bank in project.banks},
            level=placed.level,
            place=project.site.place(),
        )
        for placed in layout.levels
    )


def file_of_level(path: Path, number: int) -> Path:
    """Where the drawing of the n-th level goes: the first keeps the name, further ones are numbered from 2."""
    return path if number == 0 else path.with_stem(f"{path.stem}-{number + 1}")


def write_architect_s_dxf(source: ProjectSource, drawings: Sequence[Drawing], path: Path) -> tuple[DxfRecord, ...]:
    """One file for each level: the first into a copy of the imported drawing where there is one, the others on their own."""
    plan = source.project.plan
    assert plan is not None
    with imported_drawing(source) as imported:
        return tuple(
            write_dxf(drawing, file_of_level(path, k), frame=plan.frame, source=imported if k == 0 else None, sheets=sheets)
            for k, (drawing, sheets) in enumerate(zip(drawings, sheet_sets(drawings)))
        )


def write_svgs(drawings: Sequence[Drawing], path: Path) -> None:
    """One picture for each level."""
    for k, drawing in enumerate(drawings):
        file_of_level(path, k).write_text(svg_text(drawing), "utf-8")


def write_model(project: Project, layout: Layout, *, glb: Path | None = None, stl: Path | None = None) -> None:
    """The layout in three dimensions: to look at and build on (GLB), and to print at 1:100 (STL)."""
    assert project.plan is not None
    built = storeys(project.plan, layout)
    if glb is not None:
        write_glb(built, glb)
    if stl is not None:
        write_stl(built, stl)


def pictures(drawings: Sequence[Drawing]) -> str:
    """The levels' pictures below one another, for the report."""
    return "\n".join(svg_text(d, panels="below", prefix="cl" if k == 0 else f"cl{k + 1}") for k, d in enumerate(drawings))


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
