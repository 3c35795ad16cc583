"""The page *Layout*: let the optimiser propose, watch what it finds, stop it with the best, decide for one."""

from __future__ import annotations

from typing import Any

import panel as pn

from planner.project import Accepted
from planner.source import PLACEMENT, candidate
from planner.ui import charts, kit
from planner.ui.editor.desk import Desk
from planner.ui.jobs import Snap
from planner.ui.pictures import picture
from planner.ui.placing import KIND, Incumbent, placement_work
from planner.ui.running import JobBar
from planner.ui.session import Action, Session
from solvers.effort import Effort

EFFORTS = {"quick": 10.0, "standard": 30.0, "thorough": 120.0}
MOST_CARDS = 6
MEASURES = ("linearity_index", "walk_m_per_visit", "backtrack_share", "crossing", "egress_max_m")


class LayoutPage:
    """The optimiser's panel, its incumbent, the candidates kept so far, and the pins."""

    id = "layout"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._effort = kit.select(
            words("page.layout.effort"),
            {words(f"page.layout.effort.{e}"): e for e in EFFORTS},
            "standard",
            width=260,
            sizing_mode=None,
        )
        self._job = JobBar(session, KIND, words("page.layout.optimise"), self._work, self._ended)
        self._figures = kit.row(gap="28px")
        self._trouble = kit.column()
        self._picture = kit.column()
        self._trail = kit.column()
        self._cards = kit.column()
        self._pins = kit.column()
        self._desk: Desk | None = None
        self._is_dark = False
        self._editor = kit.column(visible=False, height=760)
        self._seen: Any = None
        self._shown: Any = None

    def view(self) -> Any:
        words = self._session.words
        group = words("page.layout.title")
        start = Action(
            id="layout.optimise", label=words("page.layout.optimise"), run=self._job.start, keys="Ctrl+Enter", group=group
        )
        stop = Action(id="layout.cancel", label=words("page.job.cancel"), run=self._job.cancel, group=group)
        self._session.add_actions([start, stop])
        run = kit.card(
            "",
            self._effort,
            kit.row(self._job.start_button, self._job.cancel_button),
            self._job.bar,
            self._job.told,
            self._figures,
            self._trail,
        )
        kept = kit.card(words("page.layout.candidates"), self._cards)
        panel = kit.column(run, self._trouble, kept, self._pins)
        left = kit.column(self._picture, self._editor)
        return kit.page(kit.heading(words("page.layout.title"), 1), kit.sides(left, panel, 66))

    def refresh(self) -> None:
        """Paint the run, and what is kept where that has changed."""
        snap = self._job.refresh()
        self._paint_run(snap)
        workspace = self._session.workspace
        if self._desk is not None:
            self._desk.refresh()
        state = (workspace.rev, workspace.answers_rev)
        if state != self._seen:
            self._seen = state
            self._paint_kept()
            if not snap.running:
                self._paint_in_force()

    # -- the run ----------------------------------------------------------------------------------------------------

    def _work(self) -> Any:
        return placement_work(self._session.workspace, Effort(seconds=EFFORTS[self._effort.value]))

    def _paint_run(self, snap: Snap) -> None:
        words = self._session.words
        if snap.state == "idle" or snap.version == self._shown:
            return
        self._shown = snap.version
        self._figures.objects = [
            kit.figure_of(words("page.layout.objective"), words.number(snap.objective)),
            kit.figure_of(words("page.layout.bound"), words.number(snap.bound)),
            kit.figure_of(words("page.layout.gap"), words.share(snap.gap, 1)),
            kit.figure_of(words("page.layout.seconds"), words.number(snap.seconds, 1)),
        ]
        if len(snap.trail) > 1:
            self._trail.objects = [kit.plot(self._curve(snap))]
        incumbent = snap.answer
        if snap.running and isinstance(incumbent, Incumbent):
            self._show(incumbent.svg, words("page.layout.incumbent"))

    def _curve(self, snap: Snap) -> Any:
        """Objective and bound over the seconds: the gap is what lies between."""
        words = self._session.words
        made = charts.chart(words("page.layout.curve"), height=150)
        seconds = [s for s, o, _ in snap.trail if o is not None]
        made.step(
            seconds, [o for _, o, _ in snap.trail if o is not None], mode="after", line_width=2, color=charts.BLUE,
            legend_label=words("page.layout.objective"),
        )  # fmt: skip
        bounds = [(s, b) for s, _, b in snap.trail if b is not None]
        if bounds:
            made.step(
                [s for s, _ in bounds], [b for _, b in bounds], mode="after", line_width=2, color=charts.GREY,
                legend_label=words("page.layout.bound"),
            )  # fmt: skip
        charts.legend_aside(made)
        return made

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        self._seen = None
        if snap.error is not None:
            self._trouble.objects = [kit.note(words.of_input(snap.error), "error")]
            return
        answer = snap.result or {}
        reasons = [words(part["code"], **part["values"]) for part in answer.get("explanation") or ()]
        if answer.get("layout"):
            self._trouble.objects = []
            self._session.notify(words("page.layout.found", name=answer["candidate"][:8]), "success")
            return
        status = answer.get("solution", {}).get("status", "unknown")
        self._trouble.objects = [kit.note(words(f"page.layout.none.{status}"), "warning"), kit.bullets(reasons)]

    # -- what is kept -----------------------------------------------------------------------------------------------

    def _paint_in_force(self) -> None:
        words, workspace = self._session.words, self._session.workspace
        accepted = workspace.project.accepted
        name = accepted.candidate if accepted else ""
        newest = next(iter(workspace.answers.all_of(PLACEMENT)), None)
        self._editor.visible = accepted is not None
        if accepted is not None:
            self._open_desk()
            self._show_figures(workspace.answers.get(name), words("page.layout.accepted", name=name[:8]))
            return
        if newest is None:
            self._picture.objects = [kit.note(words("page.layout.none_yet"))]
            return
        with self._session.told():
            found = candidate(workspace.frozen())
            if found is not None:
                title = words("page.layout.newest", name=found.name[:8])
                self._show(picture(workspace.project, found.layout), title, found.answer)

    def _open_desk(self) -> None:
        """The drawing editor on the accepted layout, made once and kept."""
        if self._desk is None:
            desk = self._desk = Desk(self._session.workspace, language=self._session.words.language, dark=self._is_dark)
            pn.state.on_session_destroyed(lambda _: desk.close())
            self._editor.objects = [desk.editor]

    def dark(self, on: bool) -> None:
        """As the page."""
        self._is_dark = on
        if self._desk is not None:
            self._desk.editor.dark = on

    def _show_figures(self, body: Any, title: str) -> None:
        self._picture.objects = [kit.card(title, kit.row(*self._measures(body), gap="28px"))]

    def focus(self, what: Any) -> None:
        """Go to a place on the accepted layout."""
        if self._desk is not None and isinstance(what, tuple):
            self._desk.editor.zoom_to(*what)

    def _show(self, svg: str, title: str, body: Any = None) -> None:
        self._editor.visible = False
        figures = kit.row(*self._measures(body), gap="28px")
        self._picture.objects = [kit.card(title, figures, kit.image(svg, title, tall="74vh", css_classes=["cl-picture"]))]

    def _measures(self, body: Any) -> list[Any]:
        words = self._session.words
        measures = body.get("measures") if isinstance(body, dict) else None
        if not isinstance(measures, dict):
            return []
        known = [name for name in MEASURES if name in measures]
        return [kit.figure_of(words(f"page.measure.{name}"), words.number(measures[name], 2)) for name in known]

    def _paint_kept(self) -> None:
        words, workspace = self._session.words, self._session.workspace
        accepted = workspace.project.accepted
        kept = workspace.answers.all_of(PLACEMENT)[:MOST_CARDS]
        cards = []
        for answer in kept:
            body = answer.body if isinstance(answer.body, dict) else {}
            record, measures = body.get("solution") or {}, body.get("measures") or {}
            chosen = accepted is not None and accepted.candidate == answer.digest
            failed = sum(1 for f in body.get("findings", ()) if f["status"] == "fail" and f["severity"] == "error")
            lines = [
                words(
                    "page.layout.card.objective",
                    value=words.number(record.get("objective")),
                    gap=words.share(record.get("gap"), 1),
                ),
                words("page.layout.card.linearity", value=words.number(measures.get("linearity_index"), 1)),
                words("page.layout.card.walk", value=words.number(measures.get("walk_m_per_visit"), 1)),
                words("page.layout.card.failed", count=failed),
            ]
            button = kit.button(
                words("page.layout.is_accepted" if chosen else "page.layout.accept"),
                lambda name=answer.digest: self._accept(name),
                kind="outlined", disabled=chosen, css_classes=["cl-accept"],
            )  # fmt: skip
            cards.append(kit.card(answer.digest[:8], kit.bullets(lines), button))
        self._cards.objects = cards or [kit.text(words("page.layout.no_candidates"), kind="quiet")]
        self._paint_pins(accepted)

    def _accept(self, name: str) -> None:
        """A decision: it enters the project as one step."""
        from dataclasses import replace

        with self._session.told():
            found = candidate(self._session.workspace.frozen(), name)
            if found is None:
                return
            project = self._session.project
            decision = Accepted(candidate=found.name, layout=found.layout)
            if self._session.change(replace(project, accepted=decision), "page.step.accept"):
                self._session.notify(self._session.words("page.layout.accepted_now", name=name[:8]), "success")

    def _paint_pins(self, accepted: Accepted | None) -> None:
        words, project = self._session.words, self._session.project
        if accepted is None:
            self._pins.objects = []
            return
        names = {b.id: b.name for b in project.banks} | {r.id: r.name for r in project.rooms}
        modules = dict.fromkeys(item.bank or item.id for level in accepted.layout.levels for item in level.items)
        options = {names.get(m, m): m for m in modules}
        chosen = [p.id for p in project.pins if p.id in options.values()]
        box = kit.many(options, chosen)
        box.param.watch(lambda e: self._pin(list(e.new)), "value")
        self._pins.objects = [kit.card(words("page.layout.pins"), kit.text(words("page.layout.pins_told"), kind="quiet"), box)]

    def _pin(self, chosen: list[str]) -> None:
        from dataclasses import replace

        from planner.project import Pin

        project = self._session.project
        if {p.id for p in project.pins} != set(chosen):
            self._session.change(replace(project, pins=tuple(Pin(id=m) for m in chosen)), "page.step.pin")
