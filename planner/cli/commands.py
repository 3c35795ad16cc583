"""The program as a whole: its version, and the page when no command is given."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.codes import DONE
from planner.cli.options import app


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
        from planner.cli.open_command import start_page

        start_page()
