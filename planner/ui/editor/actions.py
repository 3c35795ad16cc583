"""What the drawing editor can do, for the menu, the palette and the sheet of keys; the editor itself listens to the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.ui.editor.editor import Editor
from planner.ui.session import Action
from planner.ui.words import Words

TOOLS = (
    ("select", "V"), ("hand", "H"), ("wall", "W"), ("door", "D"), ("window", "N"), ("column", "C"), ("room", "Z"),
    ("outline", "O"), ("keepout", "K"), ("item", "I"), ("measure", "M"), ("zoom", "Q"),
)  # fmt: skip
ACTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("turn_left", "rotate", "R", {"degrees": 90}), ("turn_right", "rotate", "Shift+R", {"degrees": -90}),
    ("flip_hinge", "flip", "F", {"what": "hinge"}), ("flip_swing", "flip", "X", {"what": "swing"}),
    ("pin", "pin", "P", {}), ("cut", "cut", "Ctrl+X", {}), ("copy", "copy", "Ctrl+C", {}), ("paste", "paste", "Ctrl+V", {}),
    ("duplicate", "duplicate", "Ctrl+D", {}), ("delete", "delete", "Delete", {}), ("select_all", "select_all", "Ctrl+A", {}),
    ("zoom", "fit_selection", "Shift+2", {}), ("fit_all", "fit_all", "Shift+1", {}),
    ("true_scale", "true_scale", "Ctrl+0", {}), ("here", "menu", "Shift+F10", {}),
    ("units", "units", "", {}),
)  # fmt: skip
ALIGNED = ("left", "centre", "right", "top", "middle", "bottom")
ARRANGED: tuple[tuple[str, dict[str, Any], str], ...] = (
    *(("align", {"to": to}, f"editor.align.{to}") for to in ALIGNED),
    *(("distribute", {"axis": axis}, f"editor.distribute.{axis}") for axis in ("x", "y")),
)
DRAWING = "editor.menu.drawing"  # the menu of all this
SHOWN = "editor"  # of `session.shared`: the editor on the page that people see


def editor_actions(words: Words, shared: dict[str, Any]) -> list[Action]:
    """All of them; each acts on the editor that is shown, and on none where no page shows one."""
    group = words(DRAWING)

    def run(do: Callable[[Editor], None]) -> Callable[[], None]:
        def now() -> None:
            editor = shared.get(SHOWN)
            if editor is not None:
                do(editor)

        return now

    tools = [
        Action(id=f"draw.{t}", label=words(f"editor.tool.{t}"), run=run(lambda e, t=t: e.use(t)), hint=key, group=group)  # type: ignore[misc]
        for t, key in TOOLS
    ]
    acts = [
        Action(
            id=f"draw.{name}", label=words(f"editor.menu.{name}"), run=run(lambda e, a=act, v=args: e.do(a, v)), hint=key,  # type: ignore[misc]
            group=group,
        )
        for name, act, key, args in ACTS
    ]  # fmt: skip
    arranged = [
        Action(id=f"draw.{code}", label=words(code), run=run(lambda e, a=act, v=args: e.do(a, v)), group=group)  # type: ignore[misc]
        for act, args, code in ARRANGED
    ]
    return [*tools, *acts, *arranged]
