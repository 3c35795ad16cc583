"""Wishes: what people ask of the layout beyond the rules, as sentences; each is added and taken back as one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shapely import Polygon

from layouts.findings import BadInput
from planner.project import Project
from planner.ui import kit
from planner.ui.demand.cells import NUMBER
from planner.ui.pins import modules_of, placed_in
from planner.ui.session import Session
from planner.ui.words import Words
from solvers.placement.wish import Wish

ADDED = ("near_entrance", "near", "apart", "sees")  # areas to keep free are drawn: the tool K
WITH_OTHER = ("near", "apart", "sees")
WITH_METRES = ("near_entrance", "near", "apart")
FARTHEST_M = 500.0
M2 = 1e6


class WishesCard:
    """One for a tab."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        kinds = {words(f"page.wish.kind.{kind}"): kind for kind in ADDED}
        self._kind = kit.select(words("page.wish.what"), kinds, css_classes=["cl-wish-kind"])
        self._module = kit.select(words("page.wish.module"), {}, css_classes=["cl-wish-module"])
        self._other = kit.select(words("page.wish.other"), {}, visible=False, css_classes=["cl-wish-other"])
        self._metres = kit.text_field(words("page.wish.metres"), "5", css_classes=["cl-wish-metres"])
        self._kind.param.watch(lambda e: self._asked(e.new), "value")
        add = kit.button(words("page.wish.add"), self._add, icon="add", kind="outlined", css_classes=["cl-wish-add"])
        self._list = kit.column()
        self._card = kit.card(
            words("page.wish.title"), kit.text(words("page.wish.told"), kind="quiet"), self._list, self._kind, self._module,
            self._other, self._metres, add,
        )  # fmt: skip
        self._shown: Any = None

    def view(self) -> Any:
        return self._card

    def refresh(self, answer: Any) -> None:
        """The wishes as they stand; modules to choose from are those of `answer`, a stored layout, or the project's."""
        project = self._session.project
        names = names_of_modules(project, answer)
        state = (project.wishes, names)
        if state == self._shown:
            return
        self._shown = state
        for choice in (self._module, self._other):
            offered = {name: ident for ident, name in names.items()}
            kept = choice.value if choice.value in names else next(iter(names), None)
            kit.refill(choice, offered, kept)
        self._list.objects = [self._row(wish, names) for wish in project.wishes]

    def _row(self, wish: Wish, names: Mapping[str, str]) -> Any:
        """A wish as a sentence, to be taken back; of an area, what it is kept free of can be chosen."""
        words = self._session.words
        sentence = sentence_of(wish, names, words)
        remove = kit.icon_button(
            "delete", words("page.wish.remove", wish=sentence), lambda: self._remove(wish), css_classes=["cl-wish-remove"]
        )
        told = kit.row(kit.text(sentence, sizing_mode=kit.WIDE, styles={"flex": "1 1 0"}), remove, flex_wrap="nowrap")
        if wish.kind != "keep_out":
            return told
        offered = {words("page.wish.of_all"): ""} | {name: ident for ident, name in names.items()}
        if wish.module not in offered.values():
            offered[wish.module] = wish.module
        choice = kit.select(words("page.wish.of"), offered, wish.module, css_classes=["cl-wish-of"])
        choice.param.watch(lambda e: self._of(wish, e.new), "value")
        return kit.column(told, choice)

    def _of(self, wish: Wish, module: str) -> None:
        """Keep an area free of one module alone, or of everything."""
        project = self._session.project
        changed = tuple(replace(w, module=module) if w.id == wish.id else w for w in project.wishes)
        self._session.change(replace(project, wishes=changed), "page.step.wish_of")

    def _asked(self, kind: str) -> None:
        self._other.visible, self._metres.visible = kind in WITH_OTHER, kind in WITH_METRES

    def _add(self) -> None:
        words, project = self._session.words, self._session.project
        kind, module, other = self._kind.value, self._module.value, self._other.value
        with self._session.told():
            metres = self._typed_metres() if kind in WITH_METRES else 0.0
            if not module or (kind in WITH_OTHER and (not other or other == module)):
                raise BadInput("page.wish.two_modules", place=words("page.wish.other"))
            wish = Wish(
                id=free_id(project, kind), kind=kind, module=module, other=other if kind in WITH_OTHER else "", within_m=metres
            )
            self._session.change(replace(project, wishes=(*project.wishes, wish)), "page.step.wish")

    def _typed_metres(self) -> float:
        place = self._session.words("page.wish.metres")
        metres = NUMBER.read(self._metres.value, place)
        if not 0 <= metres <= FARTHEST_M:
            raise BadInput("page.day.range", place=place, given=f"{metres:g}", low=0, high=f"{FARTHEST_M:g}")
        return metres

    def _remove(self, wish: Wish) -> None:
        project = self._session.project
        kept = tuple(w for w in project.wishes if w.id != wish.id)
        self._session.change(replace(project, wishes=kept), "page.step.wish_gone")


def names_of_modules(project: Project, answer: Any) -> dict[str, str]:
    """What can be wished about, by id: what was placed, else the banks and rooms of the project."""
    known = dict(modules_of(project, placed_in(answer)))
    return known or {each.id: each.name for each in (*project.banks, *project.rooms)}


def sentence_of(wish: Wish, names: Mapping[str, str], words: Words) -> str:
    """The wish as people would say it."""
    told = {"module": names.get(wish.module, wish.module), "other": names.get(wish.other, wish.other)}
    told["metres"] = f"{wish.within_m:g}"
    if wish.kind == "keep_out":
        area = Polygon(wish.area).area / M2 if len(wish.area) > 2 else 0.0
        code = "page.wish.keep_out_of" if wish.module else "page.wish.keep_out"
        return words(code, area=words.number(area, 1), module=told["module"])
    if wish.kind == "apart" and not wish.within_m:
        return words("page.wish.not_touching", **told)
    return words.known_with(f"page.wish.{wish.kind}", told)


def free_id(project: Project, kind: str) -> str:
    """The first id of its kind that no wish has."""
    taken = {wish.id for wish in project.wishes}
    stem = kind.replace("_", "-")
    return next(f"{stem}-{n}" for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)
