"""`centreline` and `centreline open`: the page in the browser. Panel is loaded here and nowhere else in the command line."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Annotated

import typer

from layouts.findings import BadInput
from planner.cli.options import Json, app
from planner.cli.output import print_json, tell

IDLE_S = 120.0


@app.command("open")
def open_page(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]", help="A project to show; else all of them.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address and open nothing.")] = False,
    window: Annotated[bool, typer.Option("--window", help="A window of its own, without the browser's bars.")] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Stay after the last tab was closed.")] = False,
    as_json: Json = False,
) -> None:
    """Serve the planner's page on this machine and show it. A second start shows the one that runs."""
    start_page(project, no_browser=no_browser, window=window, port=port, keep=keep, as_json=as_json)


def start_page(
    project: Path | None = None,
    *,
    no_browser: bool = False,
    window: bool = False,
    port: int = 0,
    keep: bool = False,
    as_json: bool = False,
) -> None:
    """Become the server, or show the one that runs."""
    from planner.files import make_folder
    from planner.source import open_source
    from planner.ui.home import home_folder
    from planner.ui.instance import Instance, InstanceFile
    from planner.ui.window import show

    if project is not None:
        with open_source(project):  # what cannot be opened is told here, before a page is
            pass
        project = project.resolve()
    home = home_folder()
    make_folder(home)
    file = InstanceFile(home)

    def present(instance: Instance, started: bool) -> None:
        link = instance.link(str(project or ""))
        if as_json:
            print_json({"url": link, "port": instance.port, "pid": instance.pid, "started": started})
        else:
            tell("page.serving" if started else "page.serving_already", url=link)
        if not no_browser:
            show(link, window=window, profile=home / ".window")

    if not file.take():
        running = file.read()
        if running is None and not os.access(home, os.W_OK):
            raise BadInput("document.unwritable", file=str(home), reason=os.strerror(errno.EACCES))
        if running is None or not running.answers():
            raise BadInput("page.instance_silent", file=str(home))
        present(running, started=False)
        return
    try:
        from planner.ui.serve import serve_here

        serve_here(
            home, file, port=port, idle_s=None if keep else IDLE_S, ready=lambda each: present(each, started=True),
            with_pages=project is not None,
        )  # fmt: skip
    finally:
        file.release()
    if not as_json:
        tell("page.ended")
