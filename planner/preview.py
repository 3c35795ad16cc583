"""The picture of a reading as a file: SVG, or PNG by the file's ending."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from planner.files import write_whole

if TYPE_CHECKING:
    from planner.importing import Brought

KINDS = (".svg", ".png")
PNG_DPI = 160.0


def write_preview(brought: Brought, file: Path) -> None:
    """What was read, for people to judge; of a revision, what it changed against the plan before."""
    from exports.words import say

    if file.suffix.lower() not in KINDS:
        raise BadInput("import.preview_kind", file=str(file), known=", ".join(KINDS))
    assert brought.read is not None
    revision: Mapping[str, Any] = brought.answer.get("revision") or {}
    if brought.before is not None and revision.get("same_place"):
        from planner.revision_preview import revision_svg

        picture = revision_svg(brought.before, brought.read.plan, revision, brought.layout, say=say)
    else:
        from layouts.readers.preview import preview_svg

        picture = preview_svg(brought.read, say=say)
    write_whole(file, as_png(picture.encode()) if file.suffix.lower() == ".png" else picture.encode())


def as_png(svg: bytes) -> bytes:
    """The picture set on a page of its own size; typst reads nothing but this one file."""
    import tempfile

    import typst

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "read.svg").write_bytes(svg)
        page = Path(folder) / "page.typ"
        page.write_text('#set page(width: 320mm, height: auto, margin: 0mm)\n#image("read.svg", width: 320mm)\n', "utf-8")
        compiled: Any = typst.compile(str(page), root=folder, format="png", ppi=PNG_DPI)
    return bytes(compiled[0] if isinstance(compiled, list) else compiled)
