"""The drawing editor as a component: a Bokeh figure draws, our own program in the browser owns pointer and keys.

    editor = Editor(on_command=…, on_preview=…)
    editor.show(scene, rev)             # after every change of the project, whoever made it

`on_command(commands, base_rev) -> Outcome` is called once for a finished gesture; it changes the project and gives the new
scene and revision, raises `Stale` when `base_rev` is not the present revision (the browser then tries again on the new
one), or BadInput when it cannot be done. `on_clip(keys, level)` keeps parts, `on_paste(level, dx, dy, base_rev)` puts them
down. `on_preview(commands, base_rev) -> Judgement | None` judges a gesture under way;
`on_ask(commands, base_rev, answer)` does the same on another thread and calls `answer` on the page's own loop when it knows.
"""

from __future__ import annotations

import math
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import panel as pn
import param
from panel.custom import Child, JSComponent

from exports.words import catalogue, direction, say
from layouts.findings import BadInput
from layouts.plan import Ring
from layouts.soundness import FARTHEST_MM
from planner.editing.commands import Command
from planner.editing.scene import Scene, difference
from planner.editing.wire import read_command
from planner.reading import shown
from planner.ui.editor.catalogue import fittings_for_screen
from planner.ui.editor.figure import plan_figure
from planner.ui.editor.issues import Judgement
from planner.ui.editor.source import program, styles
from planner.ui.words import Words

MOST_COMMANDS = 2_000
KIND = "drawing.kind."
Json = dict[str, Any]


class Stale(Exception):
    """The gesture was made on an older revision; `scene` and `rev` are today's."""

    def __init__(self, scene: Scene, rev: int) -> None:
        super().__init__(f"today's revision is {rev}")
        self.scene = scene
        self.rev = rev


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a gesture made of the project; `then` is done when the browser has been told."""

    scene: Scene
    rev: int
    label: str = ""
    then: Callable[[], None] | None = None


OnCommand = Callable[[Sequence[Command], int], Outcome]
OnPreview = Callable[[Sequence[Command], int], Judgement | None]
OnPaste = Callable[[str, int, int, int], Outcome]
OnAsk = Callable[[Sequence[Command], int, Callable[[Judgement | None], None]], None]


class Editor(JSComponent):
    """See the module. `dark` and `language` may be set at any time before it is shown; `dark` also later."""

    figure = Child()
    figure_name = param.String()
    dark = param.Boolean(default=False)
    rtl = param.Boolean(default=False)
    words = param.Dict(default={})

    _esm = program()
    _stylesheets: ClassVar[list[str]] = [styles()]

    def __init__(
        self, on_command: OnCommand | None = None, on_preview: OnPreview | None = None, *, language: str = "en",
        on_step: Callable[[str], None] | None = None, on_selection: Callable[[list[str]], None] | None = None,
        on_ask: OnAsk | None = None, on_ready: Callable[[], None] | None = None,
        on_underlay: Callable[[dict[str, float]], None] | None = None,
        on_clip: Callable[[list[str], str], None] | None = None, on_paste: OnPaste | None = None, **options: Any,
    ) -> None:  # fmt: skip
        name = f"plan-{uuid.uuid4().hex[:10]}"
        self.plan = plan_figure(name)
        options = {"sizing_mode": "stretch_both", "min_height": 480} | options
        super().__init__(
            figure=pn.pane.Bokeh(self.plan, sizing_mode="stretch_both"), figure_name=name, rtl=direction(language) == "rtl",
            words=editor_words(language), **options,
        )  # fmt: skip
        self._language = language
        self._on_command, self._on_preview = on_command, on_preview
        self._on_step, self._on_selection, self._on_ask, self._on_ready = on_step, on_selection, on_ask, on_ready
        self._on_underlay, self._on_clip, self._on_paste = on_underlay, on_clip, on_paste
        self._scene: Scene | None = None
        self._told: Scene | None = None
        self._rev = 0
        self._ready = False
        self._wanted: Json | None = None  # where to go once the browser is there
        self._image: Json | None = None
        self.underlay: Json | None = None
        self._lock = threading.RLock()

    # -- what pages call -----------------------------------------------------------------------------------------------

    def show(self, scene: Scene, rev: int) -> None:
        """Bring the screen to a scene; only what differs is sent."""
        with self._lock:
            self._scene, self._rev = scene, rev
            if self._ready and not (self._told is scene and scene is not None):
                self._send_msg({"type": "scene", "rev": rev, "level": scene.level} | self._changes(scene))

    def judge(self, judgement: Judgement, rev: int) -> None:
        """Show what the rules say of revision `rev`; older ones are ignored by the screen."""
        self._send_msg({"type": "issues", "rev": rev} | judgement.plain())

    def choose(self, keys: Sequence[str], *, zoom: bool = False) -> None:
        """Select parts by key, and go there."""
        self._send_msg({"type": "select", "keys": list(keys), "zoom": zoom})

    def zoom_to(self, left: float, low: float, right: float, high: float) -> None:
        """Show a place in millimetres."""
        message = {"type": "zoom", "box": [left, low, right, high]}
        if self._ready:
            self._send_msg(message)
        else:
            self._wanted = message

    def lay_under(
        self, url: str = "", *, wide_px: float = 0, tall_px: float = 0, left_mm: float = 0, low_mm: float = 0,
        mm_per_px: float = 10.0, rotation_deg: float = 0.0, opacity: float = 0.6,
    ) -> None:  # fmt: skip
        """Show the picture that this address gives under the plan; none: take it off.

        Where people move, scale and turn it to, `underlay` tells: left lower corner, size in mm, degrees, how opaque it is.
        """
        place = {"x": left_mm, "y": low_mm, "w": wide_px * mm_per_px, "h": tall_px * mm_per_px, "alpha": opacity}
        self.underlay = place | {"degrees": rotation_deg} if url else None
        self._image = place | {"url": url, "angle": math.radians(rotation_deg)} if url else None
        if self._ready:
            self._send_msg({"type": "underlay", "image": self._image})

    def watch(self, outlines: Sequence[Ring]) -> None:
        """Draw what a search has found so far over what stands, as outlines; none takes them off."""
        self._send_msg({"type": "incumbent", "rings": [[list(q) for q in ring] for ring in outlines]})

    def use(self, tool: str) -> None:
        """Put a tool into the hand: select, wall, door, item …"""
        self._send_msg({"type": "tool", "tool": tool})

    def do(self, act: str, args: dict[str, Any] | None = None) -> None:
        """Something that a key or the menu does too, with what is selected in the browser."""
        self._send_msg({"type": "do", "act": act, "args": args or {}})

    # -- messages from the browser ------------------------------------------------------------------------------------------

    def _handle_msg(self, message: Any) -> None:
        handlers: Mapping[str, Callable[[Json], None]] = {
            "ready": self._start, "command": self._command, "preview": self._preview, "undo": self._step, "redo": self._step,
            "selection": self._selected, "underlay": self._underlay_moved, "clip": self._clip, "paste": self._paste,
        }  # fmt: skip
        if isinstance(message, dict) and message.get("type") in handlers:
            handlers[message["type"]](message)

    def _start(self, _: Json) -> None:
        with self._lock:
            self._ready, self._told = True, None
            self._send_msg({"type": "catalogue", "catalogue": fittings_for_screen(self._language)})
            if self._image is not None:
                self._send_msg({"type": "underlay", "image": self._image | _placed(self.underlay)})
            if self._scene is not None:
                self.show(self._scene, self._rev)
        if self._wanted is not None:
            self._send_msg(self._wanted)
            self._wanted = None
        if self._on_ready is not None:
            self._on_ready()

    def _command(self, message: Json) -> None:
        if self._on_command is not None:
            change = self._on_command
            self._answer(message, lambda: change(*_read(message)))

    def _paste(self, message: Json) -> None:
        if self._on_paste is not None:
            paste = self._on_paste
            self._answer(message, lambda: paste(*_read_paste(message)))

    def _clip(self, message: Json) -> None:
        keys, level = message.get("keys"), message.get("level")
        if self._on_clip is None or not isinstance(keys, list) or not isinstance(level, str):
            return
        clip = self._on_clip
        self._told_of(lambda: clip([k for k in keys if isinstance(k, str)], level))

    def _told_of(self, act: Callable[[], None]) -> None:
        """Do what has no answer of its own; why it could not be done is told."""
        try:
            act()
        except BadInput as refusal:
            self._refuse(None, refusal)

    def _refuse(self, seq: Any, refusal: BadInput) -> None:
        self._send_msg({"type": "refused", "seq": seq, "text": Words(self._language).of_input(refusal)})

    def _answer(self, message: Json, make: Callable[[], Outcome]) -> None:
        """A gesture made, or why it was not."""
        seq = message.get("seq")
        with self._lock:
            try:
                made = make()
            except Stale as stale:
                self._scene, self._rev = stale.scene, stale.rev
                text = say("edit.stale", {}, self._language)
                self._send_msg({"type": "stale", "seq": seq, "rev": stale.rev, "text": text} | self._changes(stale.scene))
            except BadInput as refusal:
                self._refuse(seq, refusal)
            else:
                self._scene, self._rev = made.scene, made.rev
                text = say(made.label, {}, self._language) if made.label else ""
                self._send_msg({"type": "ack", "seq": seq, "rev": made.rev, "text": text} | self._changes(made.scene))
                if made.then is not None:
                    made.then()

    def _preview(self, message: Json) -> None:
        def answer(judged: Judgement | None) -> None:
            self._send_msg({"type": "preview", "seq": message.get("seq")} | (judged.plain() if judged else {}))

        try:
            commands, base_rev = _read(message)
            if self._on_ask is not None:
                self._on_ask(commands, base_rev, answer)
            else:
                answer(self._on_preview(commands, base_rev) if self._on_preview is not None else None)
        except BadInput:
            answer(None)  # a gesture that could not end here: nothing to judge; its end will be refused with a reason

    def _step(self, message: Json) -> None:
        if self._on_step is not None:
            step = self._on_step
            self._told_of(lambda: step(message["type"]))

    def _selected(self, message: Json) -> None:
        keys = message.get("keys")
        if self._on_selection is not None and isinstance(keys, list):
            self._on_selection([k for k in keys if isinstance(k, str)])

    def _underlay_moved(self, message: Json) -> None:
        place = message.get("place")
        numbers = {"x", "y", "w", "h", "alpha", "degrees"}
        if not isinstance(place, dict) or set(place) != numbers:
            return
        if all(isinstance(v, int | float) and math.isfinite(v) for v in place.values()):
            self.underlay = moved = dict(place)
            if self._on_underlay is not None:
                keep = self._on_underlay
                self._told_of(lambda: keep(moved))

    def _changes(self, scene: Scene) -> Json:
        """What the browser must change; what it shows is remembered."""
        made = difference(self._told, scene)
        self._told = scene
        return made


def _read(message: Json) -> tuple[list[Command], int]:
    """The commands of a message and the revision they were made on."""
    given, base_rev = message.get("commands"), message.get("base_rev")
    if not isinstance(given, list) or not all(isinstance(c, dict) for c in given) or not isinstance(base_rev, int):
        raise BadInput("edit.unknown_command", place="commands", given=type(given).__name__, known="list")
    if len(given) > MOST_COMMANDS:
        raise BadInput("edit.too_many", place="commands", count=len(given), most=MOST_COMMANDS)
    return [read_command(c) for c in given], base_rev


def _placed(underlay: Json | None) -> Json:
    """Where people put the picture, as the browser reads it."""
    if underlay is None:
        return {}
    return {k: v for k, v in underlay.items() if k != "degrees"} | {"angle": math.radians(underlay["degrees"])}


def _read_paste(message: Json) -> tuple[str, int, int, int]:
    """Level, shift and revision of what shall be put down."""
    level, dx, dy, base_rev = (message.get(name) for name in ("level", "dx_mm", "dy_mm", "base_rev"))
    numbers = [n for n in (dx, dy, base_rev) if isinstance(n, int)]
    near = len(numbers) == 3 and max(abs(n) for n in numbers[:2]) <= 2 * FARTHEST_MM
    if not isinstance(level, str) or not near:
        known = "level, dx_mm, dy_mm"
        raise BadInput("edit.unknown_command", place="paste", given=shown(message.get("level")), known=known)
    return level, numbers[0], numbers[1], numbers[2]


def editor_words(language: str) -> dict[str, str]:
    """The words on the editor's face; English where nobody has translated yet."""
    both = {**catalogue("en"), **catalogue(language)}
    kinds = {f"editor.kind.{code[len(KIND) :]}": text for code, text in both.items() if code.startswith(KIND)}
    return kinds | {code: text for code, text in both.items() if code.startswith("editor.")}
