"""The page *Layout*: let the optimiser propose, watch what it finds, stop it with the best, decide for one, work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import panel as pn

from layouts.layout import Layout
from layouts.plan import Ring
from planner.project import Accepted
from planner.source import PLACEMENT, candidate
from planner.ui import kit
from planner.ui.editor.actions import SHOWN, editor_actions
from planner.ui.editor.desk import Desk
from planner.ui.editor.levels import LevelSwitch
from planner.ui.framed import Framed
from planner.ui.jobs import Snap
from planner.ui.pins import PinsCard
from planner.ui.placing import KIND, WHAT, Incumbent, placement_work
from planner.ui.run_card import RunCard
from planner.ui.running import JobBar
from planner.ui.session import Action, Session
from planner.ui.thumbs import large_picture
from planner.ui.trouble import Trouble
from planner.ui.variants.card import VariantsCard, layout_of
from planner.ui.variants.gallery import Gallery
from planner.ui.variants.naming import name_of
from planner.ui.wakeups import after_that_is_seen
from planner.ui.wishes import WishesCard
from solvers.effort import Effort

EFFORTS = {"quick": 10.0, "standard": 30.0, "thorough": 120.0}
EDITOR_HEIGHT = "clamp(440px, calc(100vh - 290px), 900px)"  # with the figures above it and its own last line, in one view
MEASURES = ("linearity_index", "walk_m_per_visit", "backtrack_share", "crossing", "egress_max_m")


class LayoutPage:
    """The optimiser's panel, its incumbent, the editor on the accepted layout, the pins, and what there is to choose from."""

    id = "layout"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._effort = kit.select(
            words("page.layout.effort"),
            {words(f"page.layout.effort.{e}"): e for e in EFFORTS},
            "standard",
            css_classes=["cl-effort"],
        )
        self._what = kit.select(
            words("page.layout.what"), {words(f"page.layout.what.{w}"): w for w in WHAT}, "one",
            css_classes=["cl-what-layouts"],
        )  # fmt: skip
        self._job = JobBar(
            session, KIND, words("page.layout.optimise"), self._work, self._ended, may_rest=lambda: self._what.value == "one"
        )
        self._variants = VariantsCard(session)
        self._gallery = Gallery(session, self._variants.compare)
        self._pins = PinsCard(session, self._optimise_rest)
        self._trouble = Trouble(session, self._job.start, self._longer)
        self._wishes = WishesCard(session)
        self._levels = LevelSwitch(session, self._level_chosen)
        self._run = RunCard(words)
        self._picture = kit.column()
        self._nothing = kit.note(words("page.layout.none_yet"))
        self._framed = Framed("cl-picture")
        # of the accepted layout; one card, as high with words as with figures, else the drawing would move under the hand
        self._title, self._figures = kit.heading(""), kit.row(gap="4px")
        self._changed = kit.text(words("page.layout.changed_told"), kind="quiet", visible=False, min_height=58)
        self._standing, self._figures_of = kit.card("", self._title, self._figures, self._changed), ""
        self._desk: Desk | None = None
        self._is_dark = False
        self._editor = kit.column(visible=False, height=632, styles={"height": EDITOR_HEIGHT})
        self._seen: Any = None
        self._just_ended = False
        self._is_told = True  # whether what came of the last search is on the page, or being put there
        self._to_tell: list[Callable[[], None]] = []
        self._late: int | None = None  # which state of the answers a search was left in that may still bring one
        self._document = pn.state.curdoc
        self._measured: tuple[Accepted | None, bool] = (None, False)
        self._as_found: tuple[str, Any, Layout | None] = ("", None, None)
        self._shown: Any = None
        self._drawn = ""
        self._watched: tuple[Ring, ...] = ()
        self._newest: tuple[int, Any] = (-1, None)

    def view(self) -> Any:
        words = self._session.words
        group = words("page.layout.title")
        offered = (
            ("optimise", "page.layout.optimise", self._job.start, "Ctrl+Enter"),
            ("rest", "page.layout.optimise_rest", self._optimise_rest, ""),
            ("pause", "page.job.pause", self._job.pause, ""),
            ("cancel", "page.job.cancel", self._job.cancel, ""),
        )
        self._session.add_actions(
            [Action(id=f"layout.{i}", label=words(w), run=run, keys=keys, group=group) for i, w, run, keys in offered]
        )
        self._session.add_actions(editor_actions(words, self._session.shared))
        run = kit.card(
            "",
            self._what,
            self._effort,
            kit.row(self._job.start_button, self._job.pause_button, self._job.cancel_button),
            self._job.bar,
            self._job.told,
            self._run.view(),
        )
        panel = kit.column(run, self._trouble.view(), self._wishes.view())
        left = kit.column(self._levels.view(), self._picture, self._editor, self._pins.view())
        return kit.page(
            kit.heading(words("page.layout.title"), 1), kit.sides(left, panel, 74), self._gallery.view(), self._variants.view()
        )

    def refresh(self) -> None:
        """Paint the run, and what is kept where that has changed."""
        snap = self._job.refresh()
        if self._just_ended and self._document is not None:  # that it has ended is seen before its layout is drawn
            self._just_ended, self._is_told = False, False
            after_that_is_seen(self._document, self._refresh_after)
            return
        if snap.state == "cancelling" or not self._is_told:  # its end comes in a moment, and with it all that is new
            return
        for paint in self._parts():
            paint()

    def _parts(self) -> list[Callable[[], None]]:
        """What there is to bring up to date, each a short piece of work."""
        parts = [
            lambda: self._paint_run(self._job.refresh()), self._refresh_desk, self._refresh_in_force, self._gallery.refresh,
            self._variants.refresh, lambda: self._pins.refresh(self._job.refresh().running),
            # last: what it reads is no sign that the figures were painted
            lambda: self._wishes.refresh(self._newest_answer()),
        ]  # fmt: skip
        told, self._to_tell = self._to_tell, []
        return [*told, *parts]

    def _refresh_desk(self) -> None:
        self._session.shared[SHOWN] = self._desk.editor if self._desk is not None else None
        if self._desk is not None:
            self._desk.refresh()
        self._levels.refresh(self._desk)

    def _refresh_in_force(self) -> None:
        workspace = self._session.workspace
        state = (workspace.rev, workspace.answers_rev, self._levels.level, workspace.looked_up.get("drawn", 0))
        empty = not self._picture.objects  # a page that is opened while a search runs
        if state != self._seen and (empty or not self._job.refresh().running or workspace.project.accepted is not None):
            self._seen = state
            self._paint_in_force()
        if self._late is not None and workspace.answers_rev > self._late:  # what was found last has been kept after all
            self._late = None
            self._trouble.clear()

    def fill(self) -> None:
        """What stands and what there is to choose from; whose drawing the hand is on is not asked for."""
        self._refresh_in_force()
        self._gallery.refresh()
        self._variants.refresh()
        self._pins.refresh(self._job.refresh().running)
        self._wishes.refresh(self._newest_answer())

    def _refresh_after(self, parts: Sequence[Callable[[], None]] | None = None) -> None:
        """Part by part, with clicks heard in between."""
        self._is_told = True
        first, *others = self._parts() if parts is None else parts
        with kit.hold(), self._session.told():
            first()
        if others and self._document is not None:
            self._document.add_next_tick_callback(lambda: self._refresh_after(others))

    # -- the run ----------------------------------------------------------------------------------------------------

    def _work(self) -> Any:
        self._to_tell = []  # what is not told of the search before is no news any more
        self._trouble.clear()
        return placement_work(self._session.workspace, Effort(seconds=EFFORTS[self._effort.value]), self._what.value)

    def _optimise_rest(self) -> None:
        """One layout round what is pinned."""
        self._what.value = "one"
        self._job.start()

    def _longer(self) -> tuple[float, Callable[[], None]] | None:
        """The next longer search, and what starts it."""
        order = list(EFFORTS)
        after = order[order.index(self._effort.value) + 1 :]
        if not after:
            return None

        def start() -> None:
            self._effort.value = after[0]
            self._job.start()

        return EFFORTS[after[0]], start

    def _paint_run(self, snap: Snap) -> None:
        words = self._session.words
        if snap.state == "idle" or snap.version == self._shown:
            return
        self._shown = snap.version
        self._nothing.object = words("page.layout.being_sought" if snap.running else "page.layout.none_yet")
        incumbent = snap.answer if snap.running and isinstance(snap.answer, Incumbent) else None
        beside = self._editor.visible  # people go on working on what they decided for, and watch beside it
        self._run.show(snap, incumbent.svg if incumbent is not None and beside else "")
        found = incumbent.found if incumbent is not None else ()
        cards = [self._gallery.found_card(body, n) for n, (body, _) in enumerate(found, 1)]
        self._run.show_found(cards, {body["candidate"]: svg for body, svg in found})
        if self._desk is not None:
            self._watch(incumbent.on(self._desk.level) if incumbent is not None and beside else ())
        if incumbent is not None and not beside and incumbent.svg is not self._drawn:
            self._drawn = incumbent.svg
            self._show(incumbent.svg, words("page.layout.incumbent"))

    def _level_chosen(self) -> None:
        if self._session.project.accepted is None and not self._job.refresh().running:
            self._paint_in_force()

    def _watch(self, outlines: tuple[Ring, ...]) -> None:
        """The best so far as outlines on the drawing, told where they are new."""
        if self._desk is not None and outlines != self._watched:
            self._watched = outlines
            self._desk.editor.watch(outlines)

    def _newest_answer(self) -> Any:
        """The answer in force, read once for each state of the answers."""
        workspace = self._session.workspace
        accepted = workspace.project.accepted
        if accepted is not None:
            return self._answer_of(accepted.candidate)[0]
        state = workspace.answers_rev
        if self._newest[0] != state:
            newest = next(iter(workspace.answers.all_of(PLACEMENT)), None)
            self._newest = (state, newest.body if newest else None)
        return self._newest[1]

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        self._seen, self._just_ended, self._late = None, True, None  # what is built anew for it is told after
        error, answer = snap.error, snap.result or {}
        if error is not None:
            self._to_tell.append(lambda: self._trouble.say(words.of_input(error)))
            return
        if answer.get("layout"):
            self._to_tell += [self._trouble.clear, lambda: self._tell_found(answer["candidate"])]
            return
        status = answer.get("solution", {}).get("status", "unknown")
        if status == "late":
            self._late = self._session.workspace.answers_rev
        self._to_tell.append(lambda: self._trouble.explain(status, answer.get("explanation") or []))

    def _tell_found(self, candidate: str) -> None:
        self._session.notify(self._session.words("page.layout.found", name=name_of(self._session, candidate)), "success")

    # -- what is in force -------------------------------------------------------------------------------------------

    def _paint_in_force(self) -> None:
        words, workspace = self._session.words, self._session.workspace
        accepted = workspace.project.accepted
        self._editor.visible = accepted is not None
        if accepted is not None:
            self._open_desk()
            self._paint_figures(accepted)
            return
        self._measured = (None, False)
        if next(iter(workspace.answers.all_of(PLACEMENT)), None) is None:
            if self._late is None or not self._drawn:  # what was seen when it was stopped stays while it is checked
                self._show_alone(self._nothing)
            return
        with self._session.told():
            found = candidate(workspace.frozen())
            svg = large_picture(workspace, found.name, found.layout, self._levels.level) if found is not None else None
            if found is not None and svg is not None:  # until it is drawn what was seen stays
                self._show(svg, words("page.layout.newest", name=name_of(self._session, found.name)), found.answer)

    def _paint_figures(self, accepted: Accepted) -> None:
        """What was measured, as long as it is of the layout that stands; of one that was changed since it would be stale."""
        words, known = self._session.words, self._measured[0]
        has_answer = self._as_found[1] is not None
        if known is not None and has_answer and known.layout == accepted.layout and known.candidate == accepted.candidate:
            return
        body, found = self._answer_of(accepted.candidate)
        as_found = found == accepted.layout
        self._measured = (accepted, as_found)
        if as_found and self._figures_of != accepted.candidate:
            self._figures_of = accepted.candidate
            self._figures.objects = [kit.figure_of(label, value) for label, value in self._measures(body).items()]
        by_hand = words("page.layout.changed_by_hand")
        name = name_of(self._session, accepted.candidate) if as_found else ""
        kit.say(self._title, words("page.layout.accepted", name=name) if as_found else by_hand)
        self._figures.visible, self._changed.visible = as_found, not as_found
        if self._picture.objects != [self._standing]:
            self._picture.objects = [self._standing]

    def _answer_of(self, name: str) -> tuple[Any, Layout | None]:
        """A stored answer with its layout, read once: a drag does not wait for it."""
        if self._as_found[0] != name or self._as_found[1] is None:  # an answer may come after the decision for it
            body = self._session.workspace.answers.get(name)
            self._as_found = (name, body, layout_of(body))
        return self._as_found[1:]

    def _open_desk(self) -> None:
        """The drawing editor on the accepted layout, made once and kept."""
        if self._desk is None:
            desk = self._desk = Desk(self._session.workspace, language=self._session.words.language, dark=self._is_dark)
            pn.state.on_session_destroyed(lambda _: desk.close())
            self._editor.objects = [desk.editor]

    def dark(self, on: bool) -> None:
        """As the page."""
        self._is_dark = on
        self._gallery.dark(on)
        self._variants.dark(on)
        if self._desk is not None:
            self._desk.editor.dark = on

    def focus(self, what: Any) -> None:
        """Go to a place on the accepted layout."""
        if self._desk is not None and isinstance(what, tuple):
            self._desk.editor.zoom_to(*what)

    def _show(self, svg: str, title: str, body: Any = None) -> None:
        self._editor.visible = False
        self._framed.show(svg, title, self._measures(body))
        self._show_alone(self._framed.view())

    def _show_alone(self, part: Any) -> None:
        if self._picture.objects != [part]:
            self._picture.objects = [part]

    def _measures(self, body: Any) -> dict[str, str]:
        words = self._session.words
        measures = body.get("measures") if isinstance(body, dict) else None
        if not isinstance(measures, dict):
            return {}
        return {words(f"page.measure.{name}"): words.number(measures[name], 2) for name in MEASURES if name in measures}
