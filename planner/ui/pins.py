"""Pins: modules that stay where the accepted layout has them, each with a padlock; and the search for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planner.project import Accepted, Pin, Project
from planner.remedies import module_of, unpinned
from planner.ui import kit
from planner.ui.session import Session


class PinsCard:
    """One for a tab. `optimise` starts the search, which leaves the pinned where they are."""

    def __init__(self, session: Session, optimise: Callable[[], None]) -> None:
        self._session = session
        words = session.words
        self._rest = kit.button(
            words("page.layout.optimise_rest"), optimise, icon="lock", kind="outlined", css_classes=["cl-optimise-rest"]
        )
        self._buttons = kit.row(gap="2px")
        self._card = kit.card(
            words("page.layout.pins"), kit.text(words("page.layout.pins_told"), kind="quiet"), self._buttons, self._rest,
            visible=False,
        )  # fmt: skip
        self._shown: dict[str, Any] = {}
        self._offered: tuple[tuple[str, str], ...] = ()
        self._placed: tuple[str, tuple[str, ...]] = ("", ())

    def view(self) -> Any:
        return self._card

    def refresh(self, running: bool) -> None:
        """A button for each module of the accepted layout."""
        project = self._session.project
        self._card.visible = project.accepted is not None
        self._rest.disabled = running or not project.pins
        if project.accepted is None:
            return
        name = project.accepted.candidate
        if self._placed[0] != name or not self._placed[1]:  # answers are large: read once
            self._placed = (name, placed_in(self._session.workspace.answers.get(name)))
        modules = modules_of(project, self._placed[1])
        pinned = {module_of(project, pin.id) for pin in project.pins}
        if modules != self._offered:
            self._offered = modules
            self._shown = {ident: self._button(ident, name, ident in pinned) for ident, name in modules}
            self._buttons.objects = list(self._shown.values())
        for ident, name in modules:
            looks = self._looks(name, ident in pinned)
            if self._shown[ident].icon != looks["icon"]:
                self._shown[ident].param.update(**looks)

    def _button(self, module: str, name: str, held: bool) -> Any:
        made = kit.button(name, lambda: self._turn(module), size="small", margin=2, css_classes=["cl-pin"])
        made.param.update(**self._looks(name, held))
        return made

    def _looks(self, name: str, held: bool) -> dict[str, str]:
        """A closed or an open padlock, and what it does."""
        told = self._session.words("page.layout.unpin" if held else "page.layout.pin", name=name)
        shape = ("lock", "contained") if held else ("lock_open", "outlined")
        return {"icon": shape[0], "variant": shape[1], "description": told}

    def _turn(self, module: str) -> None:
        with self._session.told():
            project = self._session.project
            held = module in {module_of(project, pin.id) for pin in project.pins}
            changed = unpinned(project, module) if held else replace(project, pins=(*project.pins, Pin(id=module)))
            self._session.change(changed, "page.step.pin")


def placed_in(answer: Any) -> tuple[str, ...]:
    """The modules that an answer placed."""
    poses = answer.get("poses") if isinstance(answer, dict) else None
    return tuple(p["element"] for p in poses or () if isinstance(p, dict) and isinstance(p.get("element"), str))


def modules_of(project: Project, placed: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Modules of the accepted layout with their names: those that the optimiser placed, else those that things belong to.

    Those of one name, such as the toilets of two storeys, are numbered.
    """
    accepted = project.accepted
    found = dict.fromkeys(placed or _standing(accepted))
    names = {b.id: b.name for b in project.banks} | {r.id: r.name for r in project.rooms}
    labels = {i.bank or i.id: i.label for level in (accepted.layout.levels if accepted else ()) for i in level.items if i.label}
    called = [(m, names.get(m) or labels.get(m) or m.replace("-", " ").replace("_", " ")) for m in found]
    alike = Counter(name for _, name in called)
    seen: Counter[str] = Counter()
    told = []
    for module, name in called:
        seen[name] += 1
        told.append((module, f"{name} {seen[name]}" if alike[name] > 1 else name))
    return tuple(told)


def _standing(accepted: Accepted | None) -> list[str]:
    return [item.bank for level in (accepted.layout.levels if accepted else ()) for item in level.items if item.bank]
