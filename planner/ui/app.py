"""The pages as the server offers them: one function for each address, called once for every tab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import panel as pn

from planner.ui.shell import Shell
from planner.ui.words import LANGUAGES, Words
from planner.ui.workspace import open_workspace


def prepare() -> None:
    """Load what pages need, once for the process, before the first tab."""
    pn.extension("tabulator", notifications=True)
    pn.config.reconnect = True


def asked_language(default: str) -> str:
    """The language in the address where it is one of ours."""
    given = pn.state.session_args.get("language", [b""])[0].decode("utf-8", "replace")
    return given if given in LANGUAGES else default


def project_page(path: Path) -> Any:
    """One tab on one project."""
    workspace = open_workspace(path)
    words = Words(asked_language(workspace.project.site.language))
    shell = Shell(workspace, words)
    shell.start()
    return shell.page
