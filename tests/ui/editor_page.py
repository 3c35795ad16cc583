"""A page with nothing but editors on projects in memory, for tests and measurements; served by a thread of this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import panel as pn

from planner.editing import apply_all, label
from planner.editing.clip import Clip, put_down, take
from planner.editing.commands import Command
from planner.editing.scene import Scene, scene_of
from planner.project import Project
from planner.ui.editor.editor import Editor, Outcome, Stale
from planner.ui.editor.issues import Judgement
from planner.ui.sockets import prompt_sockets


@dataclass
class Bench:
    """A project without a file, with its steps; as a page would tie the editor to a workspace."""

    project: Project
    level: str
    language: str = "en"
    dark: bool = False
    judge: Callable[[Project], Judgement] | None = None
    rev: int = 1
    past: list[Project] = field(default_factory=list)
    future: list[Project] = field(default_factory=list)
    asked: list[tuple[Command, ...]] = field(default_factory=list)
    editor: Editor | None = None
    scene: Scene | None = None
    document: Any = None
    clip: Clip = field(default_factory=Clip)

    def soon(self, what: Callable[[], None]) -> None:
        """On the page's own loop, as from its menu."""
        self.document.add_next_tick_callback(what)

    def build(self, document: Any) -> Editor:
        """The editor, for a page whose document this is."""
        self.editor = Editor(
            self.change, self.preview if self.judge else None, language=self.language, on_step=self.step, dark=self.dark,
            on_clip=self.keep, on_paste=self.paste,
        )
        self.document = document
        self.scene = scene_of(self.project, self.level)
        self.editor.show(self.scene, self.rev)
        return self.editor

    def change(self, commands: Sequence[Command], base_rev: int) -> Outcome:
        if base_rev != self.rev:
            assert self.scene is not None
            raise Stale(self.scene, self.rev)
        made = apply_all(self.project, commands)
        self.asked.append(tuple(commands))
        self.past.append(self.project)
        self.future.clear()
        self.take(made)
        assert self.scene is not None
        return Outcome(scene=self.scene, rev=self.rev, label=label(commands[0]))

    def keep(self, keys: list[str], level: str) -> None:
        self.clip = take(self.project, level, keys)

    def paste(self, level: str, dx_mm: int, dy_mm: int, base_rev: int) -> Outcome:
        assert base_rev == self.rev
        self.past.append(self.project)
        self.take(put_down(self.project, level, self.clip, dx_mm, dy_mm))
        assert self.scene is not None
        return Outcome(scene=self.scene, rev=self.rev)

    def take(self, project: Project) -> None:
        self.project = project
        self.rev += 1
        self.scene = scene_of(project, self.level, self.scene)

    def preview(self, commands: Sequence[Command], _: int) -> Judgement | None:
        assert self.judge is not None
        return self.judge(apply_all(self.project, commands))

    def step(self, way: str) -> None:
        """Undo or redo."""
        here, there = (self.past, self.future) if way == "undo" else (self.future, self.past)
        if here:
            there.append(self.project)
            self.take(here.pop())
            assert self.editor is not None
            assert self.scene is not None
            self.editor.show(self.scene, self.rev)


class Turns:
    """One page on which benches take turns: each has an editor of its own, while the page's programs are loaded once."""

    def __init__(self) -> None:
        self._column: Any = None
        self._document: Any = None
        self.listens = threading.Event()  # what changes before the browser's own word that it has the page is lost on the way

    def page(self) -> Any:
        self._document = pn.state.curdoc
        self._document.on_event("document_ready", lambda _: self.listens.set())
        self._column = pn.Column(sizing_mode="stretch_both", styles={"height": "100vh"})
        return self._column

    def put(self, bench: Bench) -> None:
        """Show this bench's editor instead of the one before."""
        shown = threading.Event()

        def build() -> None:
            self._column[:] = [bench.build(self._document)]
            shown.set()

        self._document.add_next_tick_callback(build)
        assert shown.wait(60)


class ServedBench:
    """A server on a port the system gives, with an event loop and a thread of its own; `stop` ends it."""

    def __init__(self, bench: Any) -> None:
        pn.extension()
        self.bench = bench
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(240)
        self.url = f"http://127.0.0.1:{self.server.port}/"

    def _run(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        self.server = pn.serve(self.bench.page, port=0, address="127.0.0.1", show=False, start=False, verbose=False)
        prompt_sockets(self.server._tornado)
        self.server.start()
        self.server.io_loop.add_callback(self._ready.set)
        self.server.io_loop.start()

    def stop(self) -> None:
        self.server.io_loop.add_callback(self.server.io_loop.stop)
        self._thread.join(10)
        assert not self._thread.is_alive()
