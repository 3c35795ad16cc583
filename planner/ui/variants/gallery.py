"""What there is to choose from: variants kept under names first, then candidates, as cards; and what is done with them.

gallery = Gallery(session, on_compare)     # gallery.view() once on the page; gallery.refresh() with the page
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planner.answers import Answer
from planner.kept_variants import copy_variant, drop_variant, find_variant, rename_variant, save_variant, take_up_variant
from planner.project import Accepted, Project, Variant
from planner.source import PLACEMENT, candidate
from planner.ui import kit
from planner.ui.session import Session
from planner.ui.thumbs import drawn, thumbnail_of, variant_picture, variant_thumbnail
from planner.ui.variants.card import is_of
from planner.ui.variants.cards import Cards, act_of, card_of
from planner.ui.variants.naming import name_of, names_of

MOST_CARDS = 12
VARIANT = "variant:"


class Gallery:
    """One for a tab. `on_compare` is handed what shall stand at the right of the comparison."""

    def __init__(self, session: Session, on_compare: Callable[[str], None]) -> None:
        self._session = session
        self._on_compare = on_compare
        words = session.words
        self._name = kit.text_field(words("page.variants.name"), width=240, sizing_mode=None, css_classes=["cl-variant-name"])
        self._keep = kit.button(
            words("page.variants.keep"), self._keep_accepted, icon="bookmark_add", kind="outlined",
            css_classes=["cl-variant-keep"],
        )  # fmt: skip
        self._saving = kit.row(self._name, self._keep, visible=False)
        self._nothing_kept = kit.text(words("page.variants.none_kept"), kind="quiet")
        self._variants = Cards(self._act, css_classes=["cl-kept-variants"])
        self._candidates = Cards(self._act, css_classes=["cl-candidates"])
        self._none = kit.text(words("page.layout.no_candidates"), kind="quiet")
        self._seen: Any = None

    def view(self) -> Any:
        words = self._session.words
        return kit.column(
            kit.card(words("page.variants.kept"), self._nothing_kept, self._saving, self._variants),
            kit.card(words("page.layout.candidates"), self._none, self._candidates),
        )

    def dark(self, on: bool) -> None:
        """As the page."""
        self._variants.dark = self._candidates.dark = on

    def refresh(self) -> None:
        """Cards where something is new."""
        workspace = self._session.workspace
        project = workspace.project
        accepted = project.accepted
        in_use = [accepted is not None and accepted.layout == v.layout for v in project.variants]
        chosen = accepted.candidate if accepted else None
        state = (project.variants, in_use, chosen, workspace.answers_rev, drawn(workspace))
        if state == self._seen:
            return
        self._seen = state
        answers, names = workspace.answers.all_of(PLACEMENT)[:MOST_CARDS], names_of(self._session)
        for variant in project.variants:
            self._variants.picture(variant_picture(variant), kit.svg_uri(variant_thumbnail(workspace, variant)))
        for answer in answers:
            self._candidates.picture(answer.digest, kit.svg_uri(thumbnail_of(workspace, answer)))
        self._saving.visible = project.accepted is not None
        self._nothing_kept.visible = not project.variants
        self._none.visible = not answers
        self._variants.cards = [self._variant_card(v, project) for v in project.variants]
        self._candidates.cards = [self._candidate_card(a, names[a.digest], project, n == 0) for n, a in enumerate(answers)]

    # -- cards ------------------------------------------------------------------------------------------------------

    def _variant_card(self, variant: Variant, project: Project) -> dict[str, Any]:
        words = self._session.words
        in_force = project.accepted is not None and project.accepted.layout == variant.layout
        body = self._session.workspace.answers.get(variant.candidate)
        use = words("page.variants.in_use" if in_force else "page.variants.use")
        acts = (
            act_of("use", use, main=not in_force, disabled=in_force),
            act_of("compare", words("page.variants.compare")),
            act_of("rename", words("page.variants.rename"), names=True),
            act_of("copy", words("page.variants.copy")),
            act_of("drop", words("page.variants.drop")),
        )
        found = is_of(body, variant.layout)
        lines = self._figures(body) if found else [words("page.variants.by_hand")]
        return card_of(
            VARIANT + variant.id, variant.name, variant_picture(variant), lines, acts, chosen=in_force,
            badge=words("page.variants.in_use") if in_force else "", alt=words("page.variants.picture", name=variant.name),
        )  # fmt: skip

    def _candidate_card(self, answer: Answer, name: str, project: Project, newest: bool) -> dict[str, Any]:
        words = self._session.words
        body = answer.body if isinstance(answer.body, dict) else {}
        chosen = project.accepted is not None and project.accepted.candidate == answer.digest
        take = words("page.layout.is_accepted" if chosen else "page.layout.accept")
        acts = (
            act_of("accept", take, main=not chosen, disabled=chosen),
            act_of("compare", words("page.variants.compare")),
            act_of("keep", words("page.variants.keep_candidate")),
        )
        choice = body.get("choice") if isinstance(body.get("choice"), dict) else {}
        badge = words.known(f"page.variants.leaning.{choice.get('leaning')}", "")
        badge = badge or (words("page.layout.is_accepted") if chosen else words("page.variants.is_newest") if newest else "")
        return card_of(
            answer.digest, name, answer.digest, [*self._figures(body), *self._choice(choice)], acts, chosen=chosen, badge=badge,
            alt=words("page.variants.picture", name=name),
        )  # fmt: skip

    def found_card(self, body: dict[str, Any], number: int) -> dict[str, Any]:
        """One of several that are being sought: what there is to know of it, and nothing to do with it yet."""
        words, record = self._session.words, body.get("solution") or {}
        choice = body.get("choice") or {}
        title = words("page.layout.card.number", number=number)
        if "level" in choice:  # what was found for one storey, until there is a layout of all
            title = words("page.layout.card.on_storey", storey=self._storey(choice["level"]), number=number)
        bound = words("page.layout.card.bound", value=words.number(record.get("bound")))
        lines = [*self._figures(body), bound, *self._choice(choice)]
        badge = words.known(f"page.variants.leaning.{choice.get('leaning')}", "")
        return card_of(body["candidate"], title, body["candidate"], lines, (), badge=badge)

    def _figures(self, body: Any) -> list[str]:
        words, record, measures = self._session.words, body.get("solution") or {}, body.get("measures") or {}
        failed = sum(1 for f in body.get("findings", ()) if f["status"] == "fail" and f["severity"] == "error")
        cost = words("page.layout.card.cost", value=words.number(record.get("objective")))
        if record.get("gap") is not None:
            cost = words(
                "page.layout.card.objective", value=words.number(record["objective"]), gap=words.share(record["gap"], 1)
            )
        return [
            cost,
            words("page.layout.card.linearity", value=words.number(measures.get("linearity_index"), 1)),
            words("page.layout.card.walk", value=words.number(measures.get("walk_m_per_visit"), 1)),
            words("page.layout.card.failed", count=failed),
        ]

    def _choice(self, choice: dict[str, Any]) -> list[str]:
        """What sets a layout apart in its Pareto set, or from the first alternative."""
        words = self._session.words
        if "comfort" in choice:
            comfort, walls = words.number(choice["comfort"], 0), words.number(choice.get("new_walls_m"), 1)
            return [words("page.layout.card.comfort", value=comfort), words("page.layout.card.walls", value=walls)]
        also = words("page.kind.and")
        told = also.join(words(f"placement.differs.{n}") for n in choice.get("differs_in", ()))
        storeys = also.join(self._storey(level) for level in choice.get("differs_on", ()))
        if told and storeys:
            lines = [words("page.layout.card.differs_on", what=told, storeys=storeys)]
        else:
            lines = [words("page.layout.card.differs", what=told)] if told else []
        return [*lines, words("page.layout.card.sought", what=choice["sought"])] if lines and "sought" in choice else lines

    def _storey(self, level: str) -> str:
        plan = self._session.workspace.project.plan
        return next((lv.name for lv in plan.levels if lv.id == level and lv.name), level) if plan else level

    # -- what is done with them -------------------------------------------------------------------------------------

    def _act(self, card: str, act: str, text: str) -> None:
        with self._session.told():
            if act == "compare":
                self._on_compare(card)
            elif card.startswith(VARIANT):
                self._with_variant(card.removeprefix(VARIANT), act, text)
            elif act == "accept":
                accept(self._session, card)
            elif act == "keep":
                found = candidate(self._session.workspace.frozen(), card)
                if found is not None:
                    name = self._name.value.strip() or self._free_name()
                    self._change(save_variant(self._session.project, name, found.layout, found.name), "keep_variant")

    def _with_variant(self, ident: str, act: str, text: str) -> None:
        project, words = self._session.project, self._session.words
        if act == "use":
            if self._change(take_up_variant(project, ident), "take_up_variant"):
                self._session.notify(words("page.variants.now_in_use", name=find_variant(project, ident).name), "success")
        elif act == "rename":
            self._change(rename_variant(project, ident, text), "rename_variant")
        elif act == "copy":
            name = words("page.variants.copy_of", name=find_variant(project, ident).name)
            self._change(copy_variant(project, ident, name), "copy_variant")
        elif act == "drop":
            self._change(drop_variant(project, ident), "drop_variant")

    def _keep_accepted(self) -> None:
        with self._session.told():
            name = self._name.value.strip() or self._free_name()
            if self._change(save_variant(self._session.project, name), "keep_variant"):
                self._name.value = ""

    def _free_name(self) -> str:
        """A name for those who typed none."""
        taken = {v.name for v in self._session.project.variants}
        names = (self._session.words("page.variants.nameless", number=n) for n in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def _change(self, project: Project, step: str) -> bool:
        return self._session.change(project, f"page.step.{step}")


def accept(session: Session, name: str) -> None:
    """A decision for a candidate: it enters the project as one step."""
    with session.told():
        found = candidate(session.workspace.frozen(), name)
        if found is None:
            return
        decision = Accepted(candidate=found.name, layout=found.layout)
        if session.change(replace(session.project, accepted=decision), "page.step.accept"):
            session.notify(session.words("page.layout.accepted_now", name=name_of(session, name)), "success")
