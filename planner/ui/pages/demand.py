"""The page *Services & demand*: journeys, who comes when, what the centre is made of, processes as they are and will be."""

from __future__ import annotations

from typing import Any

from planner.ui import kit
from planner.ui.demand.arriving import ArrivalsPart
from planner.ui.demand.centre import CentrePart
from planner.ui.demand.processes import ProcessesPart
from planner.ui.demand.services import ServicesPart
from planner.ui.session import Action, Session
from planner.ui.shown import DRAWN, all_but

PARTS = ("services", "arrivals", "centre", "processes")


class DemandPage:
    """Four parts, each brought up to date when it is looked at."""

    id = "demand"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._arrivals = ArrivalsPart(session)
        self._services = ServicesPart(session)
        self._parts: dict[str, Any] = {
            "services": self._services,
            "arrivals": self._arrivals,
            "centre": CentrePart(session),
            "processes": ProcessesPart(session),
        }
        self._seen: dict[str, tuple[Any, ...]] = {}
        self._tabs = kit.tabs(
            *((words(f"page.demand.part.{n}"), self._parts[n].view()) for n in PARTS), css_classes=["cl-parts"]
        )
        self._tabs.param.watch(lambda _: self.refresh(), "active")

    def view(self) -> Any:
        words = self._session.words
        group = words("page.demand.title")
        actions = [
            Action(id=f"demand.{n}", label=words(f"page.demand.part.{n}"), run=lambda n=n: self._show(n), group=group)
            for n in PARTS
        ]
        paste = Action(id="demand.paste", label=words("page.demand.paste"), run=self._paste, group=group)
        self._session.add_actions([*actions, paste])
        return kit.page(
            kit.heading(words("page.demand.title"), 1), kit.text(words("page.demand.told"), kind="quiet"), self._tabs,
            self._arrivals.windows(),
        )  # fmt: skip

    def refresh(self) -> None:
        """The part that is seen, as the project stands now."""
        name = PARTS[self._tabs.active]
        shown = all_but(self._session.project, *(n for n in DRAWN if (name, n) != ("centre", "plan")))  # which has doors
        with kit.hold():
            self._arrivals.follow()
            if name == "processes" or self._seen.get(name) != shown:
                self._seen[name] = shown
                self._parts[name].refresh()

    fill = refresh

    def focus(self, what: Any) -> None:
        """A part by its name, or a service by its id."""
        if what in PARTS:
            self._show(what)
        else:
            self._show("services")
            self._services.choose(str(what))

    def _show(self, name: str) -> None:
        self._session.go_to(self.id, None)
        self._tabs.active = PARTS.index(name)

    def _paste(self) -> None:
        self._show("arrivals")
        self._arrivals.open_paste()
