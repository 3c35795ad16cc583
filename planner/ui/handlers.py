"""What the server offers beside pages: thumbnails, and projects as files. All of it stands behind the gate."""

from __future__ import annotations

import asyncio
import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tornado.web import HTTPError, RequestHandler

from exports.words import sentence_for_input
from layouts.findings import BadInput
from planner.project import UnderlaySource
from planner.ui.home import Home, project_id
from planner.ui.pictures import NOTHING, thumbnail
from planner.ui.words import LANGUAGES
from planner.underlays import picture_for_screen

if TYPE_CHECKING:
    from planner.ui.workspace import Workspace

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


def underlay_handler() -> type[RequestHandler]:
    """/underlay?id=…&sha=…&page=…&language=…: a picture under the plan of an open project, as a browser can show it.

    What cannot be shown is answered with the sentence that says why.
    """

    class Underlay(RequestHandler):
        async def get(self) -> None:
            from planner.ui.workspace import open_workspaces

            wanted = (self.get_query_argument("sha", ""), self.get_query_argument("page", "0"))
            workspace = next((w for w in open_workspaces() if project_id(w.path) == self.get_query_argument("id", "")), None)
            lies = (
                next((u for u in workspace.project.underlays if (u.sha256, str(u.page)) == wanted), None) if workspace else None
            )
            if workspace is None or lies is None:
                raise HTTPError(404)
            self.set_header("Content-Security-Policy", SANDBOX)
            self.set_header("X-Content-Type-Options", "nosniff")
            try:
                media, body = await asyncio.to_thread(shown, workspace, lies)
            except BadInput as error:
                self.set_status(422)
                self.set_header("Content-Type", "text/plain; charset=utf-8")
                language = self.get_query_argument("language", "en")
                self.finish(sentence_for_input(error, language if language in LANGUAGES else "en"))
                return
            self.set_header("Content-Type", media)
            self.set_header("Cache-Control", "private, max-age=86400, immutable")
            self.finish(body)

    return Underlay


def shown(workspace: Workspace, lies: UnderlaySource) -> tuple[str, bytes]:
    """The picture, or BadInput where it cannot be shown."""
    body = workspace.content(lies.sha256)
    if body is None:
        raise BadInput("document.no_attachment", file=str(workspace.path), name=lies.name)
    return picture_for_screen(body, lies.name, lies.page)


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
    from planner.packing import unpack

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
