"""What the server offers beside pages: thumbnails, and projects as files. All of it stands behind the gate."""

from __future__ import annotations

import asyncio
import io
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

from tornado.web import HTTPError, RequestHandler

from layouts.findings import BadInput
from planner.packing import unpack
from planner.ui.home import Home
from planner.ui.pictures import NOTHING, thumbnail

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def thumbnail_handler(home: Home) -> type[RequestHandler]:
    """/thumbnail?id=…: the picture of a project, drawn away from the loop."""

    class Thumbnail(RequestHandler):
        async def get(self) -> None:
            try:
                path = home.path_of(self.get_query_argument("id", ""))
                svg = await asyncio.to_thread(thumbnail, path, home.folder / ".thumbnails")
            except (BadInput, OSError):
                svg = NOTHING.encode()
            self.set_header("Content-Type", "image/svg+xml")
            self.set_header("Cache-Control", "private, max-age=60")
            self.finish(svg)

    return Thumbnail


def file_handler(home: Home) -> type[RequestHandler]:
    """/file?id=…&form=file|folder: a project for taking away, as its file or unpacked in a zip."""

    class File(RequestHandler):
        async def get(self) -> None:
            try:
                path = home.path_of(self.get_query_argument("id", ""))
                folder = self.get_query_argument("form", "file") == "folder"
                body = await asyncio.to_thread(unpacked if folder else read_whole, path)
            except (BadInput, OSError):
                raise HTTPError(404) from None
            name = f"{path.stem}.zip" if folder else path.name
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name)}")
            self.finish(body)

    return File


def read_whole(path: Path) -> bytes:
    """The file as it stands between two steps: one that is open is held still meanwhile."""
    from planner.ui.workspace import open_workspaces

    opened = next((w for w in open_workspaces() if w.path == path), None)
    if opened is None:
        return path.read_bytes()
    with opened.locked():
        return path.read_bytes()


def unpacked(path: Path) -> bytes:
    """The readable folder of a project as a zip."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "project"
        unpack(path, folder)
        return zipped(folder, path.stem)


def zipped(folder: Path, name: str) -> bytes:
    """A folder's files under one folder called `name`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(file, f"{name}/{file.relative_to(folder).as_posix()}")
    return made.getvalue()
