"""Services as they are done and as they will be, side by side; worked out when people look."""

from __future__ import annotations

from typing import Any

from planner.chain.demanding import processes_of
from planner.ui import kit
from planner.ui.jobs import Snap, job_snap, start_job
from planner.ui.session import Session

KIND = "processes"
FIGURES = ("steps", "documents", "visits_per_case", "contact_min", "clerk_min", "visits_per_day", "clerk_hours_per_day")
CENTRE = ("visits_per_day", "positions", "seats", "staff_hours_per_week", "people_inside_peak", "wait_mean_min")
WHOLE = ("steps", "documents", "positions", "seats", "people_inside_peak")
WAYS = ("as_is", "to_be", "saved")


class ProcessesPart:
    """A table for each service and one for the whole centre."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: Any = None
        self._painted: Snap | None = None
        self._body = kit.column()

    def view(self) -> Any:
        return self._body

    def refresh(self) -> None:
        """Ask anew when the project has changed, paint the newest answer."""
        project, words = self._session.project, self._session.words
        if not project.processes:
            self._asked = None
            self._painted = None
            self._body.objects = [kit.note(words("page.demand.processes.none"))]
            return
        snap = job_snap(self._session.workspace, KIND)
        asked = (project.services, project.arrivals, project.processes, project.day_types, project.banks, project.growth,
                 project.standards, project.planning, project.appointments, project.visitor_classes)  # fmt: skip
        if not snap.running and asked != self._asked:
            self._asked = asked
            snap = start_job(self._session.workspace, KIND, lambda report, cancel: processes_of(project)).snap
        if snap is not self._painted:
            self._painted = snap
            self._paint(snap)

    def _paint(self, snap: Snap) -> None:
        words = self._session.words
        if snap.running:
            self._body.objects = [kit.text(words("page.demand.processes.working"), kind="quiet")]
            return
        if snap.error is not None:
            self._body.objects = [kit.note(words.of_input(snap.error), "error")]
            return
        answer = snap.result
        rows = self._rows(answer["capacity"], CENTRE)
        cards = [kit.card(words("page.demand.processes.centre"), self._table(rows, "cl-processes-centre"))]
        for service in answer["services"]:
            cards.append(kit.card(service["name"], self._table(self._rows(service, FIGURES), "cl-processes")))
        self._body.objects = cards

    def _table(self, rows: list[dict[str, Any]], hook: str) -> Any:
        words = self._session.words
        columns = {"what": words("page.demand.processes.what")} | {w: words(f"page.demand.processes.{w}") for w in WAYS}
        return kit.table(columns, rows, numbers=WAYS, widths={"what": "40%"}, sortable=False, css_classes=[hook], **kit.EVEN)

    def _rows(self, pair: dict[str, Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
        words = self._session.words
        return [
            {"what": words(f"page.demand.processes.{n}")} | {w: words.number(pair[w][n], 0 if n in WHOLE else 1) for w in WAYS}
            for n in names
            if n in pair["as_is"]
        ]
