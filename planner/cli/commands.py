"""The program as a whole: its version, and what comes with a later version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layouts.findings import BadInput
from planner.cli.codes import DONE
from planner.cli.options import Json, app


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"centreline {version_of('centreline')}")
        raise typer.Exit(DONE)
    if context.invoked_subcommand is None:
        raise BadInput("command.later", command="open")


@app.command("open")
def open_page(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
    port: Annotated[int, typer.Option("--port")] = 0,
    as_json: Json = False,
) -> None:
    """Serve the web page (comes with a later version)."""
    raise BadInput("command.later", command="open")
