"""Cards side by side: a picture, a few lines, what may be done with it. For candidates, Pareto sets and kept variants.

cards = Cards(on_act)                      # on_act(card, act, text): which card, what, and the name that was typed
cards.cards = [card_of("v1", "By the window", "p1", lines, (act_of("use", "Work on this"),))]
cards.picture("p1", href)                  # once; cards name their picture by its key
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any, ClassVar

import param
from panel.custom import JSComponent

LONGEST = 200
OnAct = Callable[[str, str, str], None]


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


class Cards(JSComponent):
    """See above."""

    cards = param.List(default=[])
    dark = param.Boolean(default=False, doc="Pictures of white paper are shown on dark ground.")

    _esm = _file("cards.js")
    _stylesheets: ClassVar[list[str]] = [_file("cards.css")]

    def __init__(self, on_act: OnAct, **options: Any) -> None:
        super().__init__(**({"sizing_mode": "stretch_width"} | options))
        self._on_act = on_act
        self._pictures: dict[str, str] = {}
        self._ready = False

    def picture(self, key: str, href: str) -> None:
        """The picture called `key`; sent when it is new."""
        if self._pictures.get(key) != href:
            self._pictures[key] = href
            if self._ready:
                self._send_msg({"type": "picture", "picture": key, "href": href})

    def _handle_msg(self, message: Any) -> None:
        if isinstance(message, dict) and message.get("type") == "ready":
            self._ready = True
            for key, href in self._pictures.items():
                self._send_msg({"type": "picture", "picture": key, "href": href})
            return
        told = read_act(message, self.cards)
        if told is not None:
            self._on_act(*told)


def read_act(message: Any, cards: Sequence[dict[str, Any]]) -> tuple[str, str, str] | None:
    """Card, act and text of a message from the browser; None where such a card offers no such thing."""
    if not isinstance(message, dict) or message.get("type") != "act":
        return None
    if not all(isinstance(message.get(name), str) for name in ("card", "act", "text")):
        return None
    card = next((c for c in cards if c["id"] == message.get("card")), None)
    offered = {act["id"] for act in card["acts"] if not act["disabled"]} if card else set()
    return (card["id"], message["act"], message["text"][:LONGEST]) if card and message.get("act") in offered else None


def card_of(
    ident: str, title: str, picture: str, lines: Sequence[str], acts: Sequence[dict[str, Any]], *, badge: str = "",
    chosen: bool = False, alt: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One card as the browser reads it."""
    return {
        "id": ident, "title": title, "picture": picture, "lines": list(lines), "acts": list(acts), "badge": badge,
        "chosen": chosen, "alt": alt or title,
    }  # fmt: skip


def act_of(ident: str, label: str, *, main: bool = False, disabled: bool = False, names: bool = False) -> dict[str, Any]:
    """A button on a card. `names`: it asks for a name first."""
    return {"id": ident, "label": label, "main": main, "disabled": disabled, "names": names}
