"""One tab on one project: the page around the pages, with navigation, undo, inspector, status line and palette."""

from __future__ import annotations

from typing import Any

import panel as pn
import panel_material_ui as pmui

from exports.one_line import steady
from planner.readiness import Readiness, readiness
from planner.ui import kit
from planner.ui.dialogs import Dialogs
from planner.ui.editor.actions import DRAWING
from planner.ui.home import project_id
from planner.ui.jobs import busy
from planner.ui.keys import Keys
from planner.ui.pages import PAGES, Entry, Page
from planner.ui.session import Action, Session
from planner.ui.settings import settings_form
from planner.ui.shell_looks import HEAD_CSS, NAV_SX, PAGE_CSS, PAGE_SX, STACK_STYLES
from planner.ui.shell_menus import Menus, draws, own_actions
from planner.ui.states import answered_of, state_icon
from planner.ui.tables import Tables
from planner.ui.unsaved import Unsaved
from planner.ui.wakeups import after_that_is_seen, soon
from planner.ui.words import PRODUCT, Words
from planner.ui.workspace import Workspace

LOOK_EVERY_MS = 1500
INSPECTOR_WIDTH = 320
SIDEBAR_WIDTH = 232

class Shell:
    """Builds the page for one browser tab and keeps it in step with the workspace."""

    def __init__(self, workspace: Workspace, words: Words, carried: str = "", *, ahead: bool = False) -> None:
        self.workspace = workspace
        self.words = words
        self.session = Session(
            workspace=workspace,
            words=words,
            notify=self.notify,
            go_to=self.go_to,
            inspector=self,
            status=self.status,
            add_actions=self.add_actions,
        )
        self.carried = carried
        self._ahead = ahead
        self._document = pn.state.curdoc
        self._made: dict[str, Page] = {}
        self._pages: dict[str, Page] = {}  # those that the browser has
        self._filled: dict[str, tuple[Any, ...]] = {}  # of which state each page was painted last
        self._asks_for_rest = ahead
        self._seen: tuple[Any, ...] = ()
        self._here = ""
        self._loaded = False
        self._wanted: list[str] = []
        self._build()

    # -- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        words = self.words
        self._undo = kit.icon_button("undo", words("page.action.undo"), self.undo, on_bar=True, css_classes=["cl-undo"])
        self._redo = kit.icon_button("redo", words("page.action.redo"), self.redo, on_bar=True, css_classes=["cl-redo"])
        self._saved = kit.text("", tag="span", kind="bar", css_classes=["cl-saved"], sizing_mode=None, align="center")
        search = kit.icon_button("search", words("page.action.palette"), self.open_palette, on_bar=True)
        sheet = kit.icon_button("keyboard", words("page.action.shortcuts"), self.open_shortcuts, on_bar=True)
        dark = kit.icon_button("contrast", words("page.action.dark"), self.toggle_dark, on_bar=True, css_classes=["cl-dark"])
        beside = kit.icon_button(
            "toc", words("page.action.inspector"), self.toggle_inspector, on_bar=True, css_classes=["cl-inspector"]
        )
        self._menus = Menus(words)
        self._menus.bar.on_click(self._from_menu)
        self._nav = pmui.MenuList(items=[], sizing_mode=kit.WIDE, css_classes=["cl-nav"], sx=NAV_SX)
        self._nav.on_click(self._navigated)
        self._stack = pn.Column(sizing_mode=kit.FULL, css_classes=["cl-stack"], styles=STACK_STYLES, margin=0)
        self._status = kit.text("", kind="small", css_classes=["cl-status"], margin=(2, 12))
        self._inspector_title = kit.heading("", 2)
        self._inspector = pn.Column(sizing_mode=kit.WIDE, margin=(0, 8))
        self.keys = Keys(
            words=words, on_action=self._run_action, on_dark=lambda: setattr(self.page, "dark_theme", True),
            on_rest=self._build_ahead if self._ahead else None,
        )  # fmt: skip
        self.dialogs = Dialogs(self.workspace, words, self.notify)
        head = pn.Row(
            self._menus.bar, self._undo, self._redo, self._saved, pn.HSpacer(), search, sheet, dark, beside,
            sizing_mode=kit.WIDE, align="center", stylesheets=[HEAD_CSS],
        )  # fmt: skip
        self._name = self._told_name()
        self._unsaved = Unsaved(self.session)
        above, below = self._unsaved.view(), (self._status, self.keys, Tables(words("page.unnamed")), *self.dialogs.parts)
        body = pn.Column(above, self._stack, *below, sizing_mode=kit.FULL, margin=0)
        self.page = kit.whole_page(
            title=self._name,
            meta_title=PRODUCT,  # the component writes this one into the head without escaping it: never a project's name
            site_url="/",
            header=[head],
            sidebar=[self._nav],
            sidebar_width=SIDEBAR_WIDTH,
            sidebar_resizable=False,
            contextbar=[self._inspector_title, self._inspector],
            contextbar_width=INSPECTOR_WIDTH,
            # drawers that push the page aside know the left from the right only when the page reads from the left
            sidebar_variant="auto" if words.direction == "ltr" else "permanent",
            contextbar_variant="persistent" if words.direction == "ltr" else "temporary",
            main=[body],
            sx=PAGE_SX,
        )
        self.page.param.watch(lambda e: self._dark(bool(e.new)), "dark_theme")
        self.clear(open_it=False)
        self.add_actions(own_actions(self))

    def start(self) -> None:
        """Show the first page, and listen to the workspace from when the browser has it until the tab is gone.

        What changes while the browser is still fetching the page would reach it as news about parts that it never saw.
        """
        self.go_to(self._first_page(), None)
        pn.state.on_session_destroyed(lambda _: self.workspace.unsubscribe(self._tick))
        if self._document is not None:  # the browser's own word; Panel's onload comes before it has anything
            self._document.on_event("document_ready", lambda _: self._listen())

    def _listen(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        self.keys.caption = f"{self._name} – {PRODUCT}"
        self.keys.ready = True
        for wanted in self._wanted:
            self._run_action(wanted)
        self.workspace.subscribe(self._tick)
        pn.state.add_periodic_callback(self._look, LOOK_EVERY_MS)
        for notice in self.workspace.notices:
            self.notify(self.words(notice.code, **notice.values), "info")
        if self.workspace.read_only:
            owner = self.words.writer(self.workspace.writer)
            told = self.words("page.read_only", owner=owner) if owner else self.words("page.read_only.place")
            self.notify(told, "warning")
        self._look()

    def _first_page(self) -> str:
        """The first page that is not ready: there the work goes on."""
        state = readiness(self.workspace.project, answered_of(self.workspace))
        return next((entry.id for entry in PAGES if state[entry.id].state != "ready"), PAGES[0].id)

    # -- what pages may ask -----------------------------------------------------------------------------------------

    def notify(self, sentence: str, kind: str = "info") -> None:
        """A message that passes; errors stay until they are closed."""
        if pn.state.notifications is not None:
            pn.state.notifications.send(sentence, duration=0 if kind == "error" else 6000, type=kind)

    def go_to(self, page_id: str, focus: Any = None) -> None:
        """Show a page, built when it is first wanted; the one before stays where it is, and is put away."""
        entry = next(e for e in PAGES if e.id == page_id)
        with kit.hold():
            if page_id not in self._pages:
                self._put(entry)
            self.keys.show(page_id)
            self._here = page_id
            self.status("")  # what was said was about the page before
            self._menus.turn_to(page_id)
            self._seen = ()
            self._look()
        if focus is not None and hasattr(self._pages[page_id], "focus"):
            self._pages[page_id].focus(focus)  # type: ignore[attr-defined]

    def _page(self, entry: Entry) -> Page:
        if entry.id not in self._made:
            self._made[entry.id] = entry.make(self.session)
        return self._made[entry.id]

    def _put(self, entry: Entry) -> None:
        """Give the browser a page, below those that it has."""
        page = self._page(entry)
        hooks = ["cl-page", f"cl-page-{entry.id}"]
        holder = pn.Column(page.view(), sizing_mode=kit.FULL, margin=0, css_classes=hooks, stylesheets=[PAGE_CSS])
        self._pages[entry.id] = page
        self._dark(self.page.dark_theme)
        self._stack.append(holder)

    def _build_ahead(self) -> bool:
        """Hands rest: one step for a page that is not shown, so that no click waits for long. Whether there is more."""
        now = self._state()
        entry = next((e for e in PAGES if e.id != self._here and self._filled.get(e.id) != now), None)
        if entry is None or busy(self.workspace):  # a search has both cores: asked again when it has ended
            self._asks_for_rest = False
            return False
        with kit.hold(), self.session.told():
            if entry.id not in self._made:
                self._page(entry)
            elif entry.id not in self._pages:
                self._put(entry)
            else:
                self._filled[entry.id] = now
                getattr(self._pages[entry.id], "fill", lambda: None)()
        return True

    def show(self, title: str, view: Any) -> None:
        """Open the inspector on something."""
        kit.say(self._inspector_title, title)
        self._inspector.objects = [view]
        self.page.contextbar_open = True

    def clear(self, open_it: bool | None = None) -> None:
        """Nothing is selected: the inspector shows the project itself. `open_it` opens or closes it, else it stays."""
        kit.say(self._inspector_title, self.words("page.settings"))
        self._inspector.objects = [settings_form(self.session)]
        if open_it is not None:
            self.page.contextbar_open = open_it

    def status(self, sentence: str) -> None:
        """The line at the foot of the page."""
        kit.say(self._status, sentence)

    def add_actions(self, actions: list[Action]) -> None:
        """More for the palette and the shortcuts sheet; one with an id that is there replaces it."""
        self._menus.add(actions, self.keys)

    # -- actions ----------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self._step(self.workspace.undo_label, self.workspace.undo, "page.undone", "page.nothing_to_undo")

    def redo(self) -> None:
        self._step(self.workspace.redo_label, self.workspace.redo, "page.redone", "page.nothing_to_redo")

    def _step(self, label: str, move: Any, done: str, nothing: str) -> None:
        with self.session.told():
            moved = move()
            self.status(self.words(done, label=self.words.label(label)) if moved else self.words(nothing))

    def open_palette(self) -> None:
        self.keys.open("palette")

    def open_shortcuts(self) -> None:
        self.keys.open("shortcuts")

    def toggle_inspector(self) -> None:
        self.page.contextbar_open = not self.page.contextbar_open

    def toggle_dark(self) -> None:
        self.page.dark_theme = not self.page.dark_theme

    def _dark(self, on: bool) -> None:
        """Pages that draw for themselves are told, and the browser, which remembers it."""
        self.keys.dark = on
        for page in self._pages.values():
            if hasattr(page, "dark"):
                page.dark(on)

    def _run_action(self, action_id: str) -> None:
        """Run it, or keep it until the browser has the page: what changes before that is lost on the way."""
        if not self._loaded:
            self._wanted.append(action_id)
            return
        action = self._menus.find(action_id)
        if action is not None:
            if action.group == self.words(DRAWING) and not draws(self._here):  # chosen from the list of all that can be done
                self.go_to(PAGES[0].id, None)
            with self.session.told():
                action.run()

    def act_on(self, page_id: str, action_id: str) -> None:
        """What a page can do that was not built yet: it is shown, and then does it."""
        self._menus.drop(action_id)
        self.go_to(page_id, None)
        self._run_action(action_id)

    def _from_menu(self, item: Any) -> None:
        if isinstance(item, dict) and item.get("id"):
            self._run_action(item["id"])

    def _navigated(self, item: Any) -> None:
        if isinstance(item, dict) and item.get("id"):
            self._run_action(f"go.{item['id']}")

    def reload(self, language: str) -> None:
        self.keys.visit(f"/project?id={project_id(self.workspace.path)}&language={language}")

    # -- staying in step --------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """From any thread: look on the tab's own loop."""
        if self._document is not None:
            soon(self._document, self._look)

    def _look(self) -> None:
        """Paint what is new, once."""
        for job in tuple(self.workspace.jobs.values()):
            job.tick()
        jobs = tuple((kind, job.snap.version) for kind, job in tuple(self.workspace.jobs.items()))
        looked = self.workspace.looked_up.get("looked", 0)
        drawn = self.workspace.looked_up.get("drawn", 0)
        seen = (self._here, self.workspace.rev, self.workspace.answers_rev, looked, drawn, jobs)
        if seen == self._seen:
            return
        before, ending = self._seen, self._about_to_end(seen)
        fresh = before[:4] != seen[:4] and not ending
        ended = bool(before) and before[5] != seen[5] and self._document is not None
        self._seen = (*before[:4], *seen[4:]) if ending else seen
        self._filled[self._here] = self._state()
        if not self._asks_for_rest and not busy(self.workspace):
            self._asks_for_rest = True
            self.keys.rest()
        if fresh and not ended:
            self._paint_fresh()
        with kit.hold(), self.session.told():
            self._pages[self._here].refresh()
        if fresh and ended:  # that it has ended is seen first, then what that changes all over the page
            after_that_is_seen(self._document, self._paint_fresh)

    def _state(self) -> tuple[Any, ...]:
        """What pages show: other than before, and those that are not seen are painted anew when hands rest."""
        jobs = tuple(self.workspace.jobs.values())
        return (self.workspace.rev, self.workspace.answers_rev, *((job, job.snap.running) for job in jobs))

    def _about_to_end(self, seen: tuple[Any, ...]) -> bool:
        """Whether nothing is new but answers, and a job that is being stopped has just put them there: its end is next."""
        stopping = any(job.snap.state == "cancelling" for job in tuple(self.workspace.jobs.values()))
        return stopping and self._seen[:2] == seen[:2]

    def _paint_fresh(self) -> None:
        with kit.hold():
            self._paint_state()
            self._unsaved.refresh()

    def _told_name(self) -> str:
        return steady(self.workspace.project.site.name or self.workspace.path.stem)

    def _paint_state(self) -> None:
        if (name := self._told_name()) != self._name:
            self.page.title = self._name = name
            self.keys.caption = f"{name} – {PRODUCT}"
        revision = next((r for r in self.workspace.history() if r.current), None)
        if revision is not None:
            kit.say(self._saved, self.words("page.saved", time=self.words.time_of(revision.at)))
        self._undo.disabled = not self.workspace.undo_label
        self._redo.disabled = not self.workspace.redo_label
        state = readiness(self.workspace.project, answered_of(self.workspace))
        self._nav.items = [self._nav_item(entry, state[entry.id]) for entry in PAGES]

    def _nav_item(self, entry: Any, state: Readiness) -> dict[str, Any]:
        told = self.words(f"page.state.{state.state}")
        if state.missing and state.state != "ready":
            code, values = state.missing[0]
            told = self.words(code, **values)
        return {
            "id": entry.id,
            "label": self.words(f"page.{entry.id}.title"),
            "secondary": told,
            "icon": entry.icon,
            "avatar": None,
            "actions": [],
            "selectable": False,  # the component's own mark would follow whoever speaks last
            "state": state_icon(state.state),
        }
