"""The pages in the order of the work. A page is built when it is first shown, and kept.

    class CapacityPage:                      # in planner/ui/pages/capacity.py
        id = "capacity"
        def __init__(self, session: Session) -> None: ...
        def view(self) -> Viewable: ...      # called once; build with planner.ui.kit
        def refresh(self) -> None: ...       # called when the page is shown and, while it is shown, after every change

`refresh` runs on the page's own event loop, never on a job's thread: compare `workspace.rev`, `answers_rev` and
`job_snap(workspace, kind).version` with what was painted last, and paint only what is new. A page may also have
`fill()`, which paints what takes long before anybody looks (and starts no work),
`focus(what)`, which `session.go_to(page, what)` calls: an item's id, a finding, a place; and `dark(on)` if it draws itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from planner.ui.session import Session


class Page(Protocol):
    """What the shell needs of a page."""

    id: str

    def view(self) -> Any:
        """Everything the page shows, built on the first call."""

    def refresh(self) -> None:
        """Bring it up to the project's present state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page of the work: its name is the text `page.<id>.title`, its class stands in `module`."""

    id: str
    icon: str
    module: str
    name: str
    key: str
    offers: tuple[tuple[str, str, str], ...] = ()
    """Id, word and key of what the page can do: the palette lists it before the page is built."""
    draws: bool = False
    """Whether people draw on it: the tools of the drawing have their menu there alone."""

    def make(self, session: Session) -> Page:
        """The page for one tab."""
        page: Page = getattr(import_module(self.module), self.name)(session)
        return page


def bring_in() -> None:
    """Load all pages, before any is served: a browser learns what a component of ours is made of when its page is sent. One
    whose class came into being later, for another tab or beside the session, would stay unknown there and its page empty.
    """
    for entry in PAGES:
        import_module(entry.module)


PAGES = (
    Entry(id="plan", icon="architecture", module="planner.ui.pages.plan", name="PlanPage", key="1", draws=True,
          offers=(("plan.import", "page.plan.import", "Ctrl+I"), ("plan.underlay", "page.underlay.title", ""),
                  ("plan.square", "page.plan.square", ""))),
    Entry(id="demand", icon="groups", module="planner.ui.pages.demand", name="DemandPage", key="2",
          offers=(*((f"demand.{n}", f"page.demand.part.{n}", "") for n in ("services", "arrivals", "centre", "processes")),
                  ("demand.paste", "page.demand.paste", ""))),
    Entry(id="capacity", icon="query_stats", module="planner.ui.pages.capacity", name="CapacityPage", key="3"),
    Entry(id="layout", icon="dashboard", module="planner.ui.pages.layout", name="LayoutPage", key="4", draws=True,
          offers=(("layout.optimise", "page.layout.optimise", "Ctrl+Enter"), ("layout.rest", "page.layout.optimise_rest", ""))),
    Entry(id="checks", icon="rule", module="planner.ui.pages.checks", name="ChecksPage", key="5"),
    Entry(id="day", icon="timelapse", module="planner.ui.pages.day", name="DayPage", key="6",
          offers=(("day.run", "page.day.run", ""), ("day.watch", "page.day.watch", ""))),
    Entry(id="roster", icon="calendar_month", module="planner.ui.pages.roster", name="RosterPage", key="7",
          offers=(("roster.draw_up", "page.roster.draw_up", ""),)),
    Entry(id="handover", icon="inventory_2", module="planner.ui.pages.handover", name="HandoverPage", key="8"),
)  # fmt: skip
