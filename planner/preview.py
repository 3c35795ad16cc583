"""The picture of a reading as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.plan import FloorPlan
from planner.files import write_whole

if TYPE_CHECKING:
    from layouts.readers.imported import Import


def write_preview(read: Import, file: Path, before: FloorPlan | None = None) -> None:
    """A picture of what was read, for people to judge: SVG, or PNG by the file's ending.

    With `before`, the plan it takes the place of lies under it, and what moved is told in colours.
    """
    from layouts.readers.preview import preview_svg

    picture = preview_svg(read, before=before).encode()
    write_whole(file, _as_png(picture) if file.suffix.lower() == ".png" else picture)


def _as_png(svg: bytes) -> bytes:
    """The picture set on a page of its own size; typst reads nothing but this one file."""
    import tempfile

    import typst

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "read.svg").write_bytes(svg)
        page = Path(folder) / "page.typ"
        page.write_text('#set page(width: 320mm, height: auto, margin: 0mm)\n#image("read.svg", width: 320mm)\n', "utf-8")
        made: Any = typst.compile(page, root=folder, format="png", ppi=110.0)
    return bytes(made[0] if isinstance(made, list) else made)
