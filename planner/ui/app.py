"""The pages as the server offers them: one function for each address, called once for every tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import panel as pn

from layouts.findings import BadInput
from planner.ui.ahead import load_ahead
from planner.ui.handlers import file_handler, thumbnail_handler, underlay_handler
from planner.ui.home import Home
from planner.ui.pages import bring_in
from planner.ui.projects import ProjectsPage
from planner.ui.shell import Shell
from planner.ui.words import LANGUAGES, Words
from planner.ui.workspace import open_workspace

# the components tell of a lost line too, in English and over our own banner
OTHER_WORD_OF_THE_LINE = '[id^="reconnect-notification-"] { display: none !important; }'
_prepared: list[bool] = []


def prepare() -> None:
    """Load what pages need, once for the process, before the first tab."""
    if not _prepared:
        pn.extension("tabulator", notifications=True)
        pn.config.reconnect = True
        pn.config.raw_css.append(OTHER_WORD_OF_THE_LINE)
        _prepared.append(True)


def routes(home: Home, ahead: bool) -> dict[str, Callable[[], Any]]:
    """Every page by its address. `ahead`: a project's pages are built before they are wanted."""
    return {"/": lambda: projects_page(home), "/project": lambda: project_page(home, ahead)}


def handlers(home: Home) -> list[tuple[str, Any]]:
    """What is no page."""
    return [("/thumbnail", thumbnail_handler(home)), ("/file", file_handler(home)), ("/underlay", underlay_handler())]


def projects_page(home: Home) -> Any:
    """One tab on the list of projects."""
    if pn.state.curdoc is not None:
        pn.state.curdoc.on_event("document_ready", lambda _: load_ahead())
    return ProjectsPage(home, Words(asked("language", "en", LANGUAGES)), carried=carried()).page


def project_page(home: Home, ahead: bool) -> Any:
    """One tab on one project; where it cannot be opened, the list with the reason."""
    bring_in()
    try:
        workspace = open_workspace(home.path_of(asked("id", "")))
    except BadInput as error:
        words = Words(asked("language", "en", LANGUAGES))
        return ProjectsPage(home, words, trouble=words.of_input(error), carried=carried()).page
    words = Words(asked("language", workspace.project.site.language, LANGUAGES))
    shell = Shell(workspace, words, carried(), ahead=ahead)
    if pn.state.curdoc is not None:
        pn.state.curdoc.on_event("document_ready", lambda _: load_ahead())
    shell.start()
    return shell.page


def carried() -> str:
    """What goes along from page to page: the language, where somebody chose one."""
    language = asked("language", "", LANGUAGES)
    return f"?language={language}" if language else ""


def asked(name: str, otherwise: str, known: Any = None) -> str:
    """What the address says, where it is something we know."""
    given = pn.state.session_args.get(name, [otherwise.encode()])[0].decode("utf-8", "replace")
    return given if known is None or given in known else otherwise
