"""Two or three layouts side by side with one zoom: arrows for what moved since the first, and the change of each measure.

card = VariantsCard(session)     # card.view() once on the page; card.refresh() with the page

They are drawn and compared on a thread of their own, when the hand rests: a drag in the editor changes the accepted layout
many times a minute, and must not wait for pictures.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import panel as pn

from exports.layout_json import layout_from_json
from layouts.catalogue import fittings
from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.screening import PARTS as SCREENING_PARTS
from planner.project import Variant as Kept
from planner.source import PLACEMENT, candidate
from planner.ui import kit
from planner.ui.beside import one_thread
from planner.ui.editor.levels import LevelSwitch
from planner.ui.pictures import picture
from planner.ui.session import Session
from planner.ui.variants.naming import names_of
from planner.ui.viewing.views import Views, box_of_svg
from planner.ui.wakeups import soon
from planner.variants import Delta, Differences, by_bank, by_module, deltas, differences, measures_of

ACCEPTED = "accepted"
KEPT = "variant:"
NONE = "none"
MOST_VARIANTS = 12
REST_S = 0.8
FEW_ARROWS = 12
SEATS = frozenset(kind for kind, fitting in fittings().items() if fitting.category == "seating")
MOST_SINGLE = 24
SMALL = frozenset({"partition", "void", "staff_gate", "call_display", "sign", *SCREENING_PARTS})
"""What stands wherever something else does."""
MOST_ARROWS = 120
VIEW_WORDS = ("zoom_in", "zoom_out", "fit")
DIGITS = {"linearity_index": 1, "walk_m_per_visit": 1, "crossing": 2, "egress_max_m": 1, "seats": 0, "counters": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One layout with its name and what was measured on it."""

    name: str
    layout: Layout
    measures: Mapping[str, float]


class VariantsCard:
    """One for a tab; the choice and the zoom are the tab's own."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        small = {"width": 280, "sizing_mode": None}
        self._first = kit.select(words("page.variants.first"), {}, css_classes=["cl-variant-first"], **small)
        self._second = kit.select(words("page.variants.second"), {}, css_classes=["cl-variant-second"], **small)
        self._third = kit.select(words("page.variants.third"), {}, css_classes=["cl-variant-third"], **small)
        for box in (self._first, self._second, self._third):
            box.param.watch(lambda _: self._paint(), "value")
        self._views = Views(words={n: words(f"page.view.{n}") for n in VIEW_WORDS}, visible=False, css_classes=["cl-variants"])
        self._levels = LevelSwitch(session, self._paint, hook="cl-variant-level")
        self._told = kit.column()
        self._none = kit.text(words("page.variants.too_few"), kind="quiet")
        # over the picture that each chooses: pictures stand from the left whichever way the page reads
        order = "row" if words.direction == "ltr" else "row-reverse"
        self._choice = kit.row(self._first, self._second, self._third, visible=False, flex_direction=order)
        self._filling = False
        self._seen: Any = None
        self._document = pn.state.curdoc
        self._worker = one_thread("variants")
        self._asked = 0
        if self._document is not None:
            pn.state.on_session_destroyed(lambda _: self._worker.shutdown(wait=False, cancel_futures=True))

    def view(self) -> Any:
        """The card."""
        choice = kit.row(self._choice, self._levels.view())
        return kit.card(self._session.words("page.variants.title"), self._none, choice, self._views, self._told)

    def dark(self, on: bool) -> None:
        """As the page."""
        self._views.dark = on

    def refresh(self) -> None:
        """The variants there are, and the chosen ones where something is new."""
        workspace = self._session.workspace
        self._levels.refresh()
        state = (workspace.rev, workspace.answers_rev, self._levels.level)
        if state != self._seen:
            self._seen = state
            with kit.hold():
                self._fill()
                self._paint(REST_S)

    def compare(self, name: str) -> None:
        """Put a candidate, or a kept variant, at the right, beside another one."""
        self.refresh()
        values = list(self._second.options.values())
        if name not in values:
            return
        if self._first.value == name:
            other = next((v for v in (self._second.value, *values) if v != name), name)
            self._first.value = other
        self._second.value = name
        if self._third.value == name:
            self._third.value = NONE

    def _fill(self) -> None:
        """Choices: the accepted layout first, then variants, then candidates, newest first. What was chosen stays chosen."""
        words, workspace = self._session.words, self._session.workspace
        accepted = workspace.project.accepted
        names = names_of(self._session)
        options = {words("page.variants.accepted", name=_known(names, accepted.candidate)): ACCEPTED} if accepted else {}
        options |= {_free(v.name, options): KEPT + v.id for v in workspace.project.variants}
        for number, answer in enumerate(workspace.answers.all_of(PLACEMENT)[:MOST_VARIANTS]):
            code = "page.variants.newest" if number == 0 else "page.variants.candidate"
            options[words(code, name=names[answer.digest])] = answer.digest
        values = list(options.values())
        self._filling = True
        for box, place in ((self._first, 0), (self._second, 1)):
            kept = box.value if box.value in values else _first_choice(values, place, accepted.candidate if accepted else "")
            kit.refill(box, options, kept)
        if self._second.value == self._first.value and len(values) > 1:
            self._second.value = next(v for v in values if v != self._first.value)
        nobody = {words("page.variants.none_third"): NONE}
        kit.refill(self._third, nobody | options, self._third.value if self._third.value in values else NONE)
        self._third.visible = len(values) > 2
        self._filling = False
        enough = len(values) > 1
        self._choice.visible = self._views.visible = enough
        self._none.visible = not enough

    def _paint(self, wait_s: float = 0.0) -> None:
        """Compare what is chosen; only the last of several questions is answered."""
        if self._filling:
            return
        if not self._choice.visible:
            if self._told.objects:
                self._told.objects = []
            return
        self._asked += 1
        with contextlib.suppress(RuntimeError):  # the tab was closed meanwhile
            self._worker.submit(self._compare, self._asked, wait_s)

    def _compare(self, asked: int, wait_s: float) -> None:
        """On the thread."""
        time.sleep(wait_s)
        if asked != self._asked:
            return
        try:
            first, second, third = (self._variant(box) for box in (self._first, self._second, self._third))
            if first is None or second is None:
                self._soon(asked, lambda: self._tell_nothing([]))
                return
            others = [second] if third is None else [second, third]
            found = [differences(first.layout, other.layout) for other in others]
            shown = [self._picture(variant) for variant in (first, *others)]
            self._soon(asked, lambda: self._show(first, others, found, shown))
        except BadInput as error:
            told = self._session.words.of_input(error)
            self._soon(asked, lambda: self._tell_nothing([kit.note(told, "error")]))

    def _soon(self, asked: int, paint: Callable[[], None]) -> None:
        """On the page's own loop, unless something newer has been asked meanwhile."""

        def now() -> None:
            if asked == self._asked:
                with kit.hold():
                    paint()

        if self._document is not None:
            soon(self._document, now)

    def _tell_nothing(self, told: list[Any]) -> None:
        self._views.visible = False
        self._told.objects = told

    def _show(self, first: Variant, others: list[Variant], found: list[Differences], shown: list[dict[str, Any]]) -> None:
        words = self._session.words
        self._views.param.update(pictures=shown, marks=[[], *map(self._arrows, found)], visible=True)
        told = [self._sentence(each) for each in found]
        if len(others) > 1:
            told = [f"{other.name}: {sentence}" for other, sentence in zip(others, told, strict=True)]
        changes = [deltas(first.measures, other.measures) for other in others]
        names = [variant.name for variant in (first, *others)]
        table = delta_table(changes[0], words) if len(others) == 1 else deltas_table(changes, names, words)
        self._told.objects = [*(kit.text(line, css_classes=["cl-variants-told"]) for line in told), table]

    def _variant(self, box: Any) -> Variant | None:
        """The chosen layout; BadInput where an answer is no layout."""
        workspace, name = self._session.workspace, box.value
        if name == NONE:
            return None
        label = next((label for label, value in box.options.items() if value == name), "")
        accepted = workspace.project.accepted
        if name == ACCEPTED and accepted is not None:
            return _variant_of(label, accepted.layout, workspace.answers.get(accepted.candidate))
        kept = _kept(workspace.project.variants, name)
        if kept is not None:
            body = workspace.answers.get(kept.candidate)
            return _variant_of(label, kept.layout, body if is_of(body, kept.layout) else None)
        chosen = candidate(workspace.frozen(), name) if name and name != ACCEPTED else None  # type: ignore[arg-type]
        return _variant_of(label, chosen.layout, chosen.answer) if chosen else None

    def _picture(self, variant: Variant) -> dict[str, Any]:
        svg = picture(self._session.project, variant.layout, level=self._levels.level)
        alt = self._session.words("page.variants.picture", name=variant.name)
        return {"title": variant.name, "alt": alt, "href": kit.svg_uri(svg), "box": box_of_svg(svg)}

    def _arrows(self, found: Differences) -> list[dict[str, Any]]:
        """From where a thing stood to where it stands; pictures count y downwards."""
        shown = self._levels.level
        moves = [m for m in by_module(found) if shown in (None, m.level) and m.by_mm > 0]
        if len(moves) > FEW_ARROWS:  # seats follow what they wait for, and would hide where that went
            moves = [m for m in moves if m.kind not in SEATS]
        if len(moves) > MOST_SINGLE:  # where nearly everything moved, a bank is told as one
            kept = [m for m in found.moved if m.kind not in SEATS and m.kind not in SMALL and shown in (None, m.level)]
            moves = [m for m in by_bank(replace(found, moved=tuple(kept))) if m.by_mm > 0]
        return [
            {
                "kind": "arrow",
                "tone": "moved",
                "p": [m.from_mm[0], -m.from_mm[1]],
                "q": [m.to_mm[0], -m.to_mm[1]],
                "label": f"{m.by_mm / 1000:.1f} m",
            }
            for m in moves[:MOST_ARROWS]
        ]

    def _sentence(self, found: Differences) -> str:
        words = self._session.words
        if not (found.moved or found.added or found.removed):
            return words("page.variants.same", count=found.same)
        return words(
            "page.variants.differ", moved=len(found.moved), added=len(found.added), removed=len(found.removed), same=found.same
        )


def _known(names: Mapping[str, str], digest: str) -> str:
    return names.get(digest, digest[:8])


def _kept(variants: tuple[Kept, ...], name: Any) -> Kept | None:
    return next((v for v in variants if KEPT + v.id == name), None)


def _first_choice(values: list[str], place: int, accepted: str) -> str | None:
    """At the left the first; at the right the next that is not the accepted layout once more."""
    if place == 0:
        return next(iter(values), None)
    return next((v for v in values[1:] if v != accepted), values[1] if len(values) > 1 else None)


def _free(name: str, taken: Mapping[str, Any]) -> str:
    """A label of its own for every choice."""
    return name if name not in taken else f"{name} ·"


def is_of(body: Any, layout: Layout) -> bool:
    """Whether what was measured was measured on this layout."""
    return layout_of(body) == layout


def layout_of(body: Any) -> Layout | None:
    """The layout of a stored answer; None where it holds none that can be read."""
    try:
        return layout_from_json(body.get("layout"))[1] if isinstance(body, dict) else None
    except BadInput:
        return None


def _variant_of(name: str, layout: Layout, answer: Any) -> Variant:
    measures = answer.get("measures") if isinstance(answer, dict) else None
    return Variant(name=name, layout=layout, measures=measures_of(layout, measures if isinstance(measures, dict) else None))


def deltas_table(changes: Sequence[Sequence[Delta]], names: Sequence[str], words: Any) -> Any:
    """Each measure in the first, then in every other one with its change since the first and whether that is better."""
    measured = {each.name: each for of_one in changes for each in of_one}
    rows = []
    for name, delta in measured.items():
        digits = DIGITS[name]
        row = {"measure": words(f"page.variants.measure.{name}"), "v0": words.number(delta.first, digits)}
        for number, of_one in enumerate(changes, 1):
            own = next((each for each in of_one if each.name == name), None)
            row[f"v{number}"] = words.number(own.second, digits) if own else ""
            row[f"c{number}"] = " ".join(filter(None, (words.change(own.change, digits), _verdict(own, words)))) if own else ""
        rows.append(row)
    titles = {"measure": words("page.variants.column.measure"), "v0": names[0]}
    for number, name in enumerate(names[1:], 1):
        titles |= {f"v{number}": name, f"c{number}": words("page.variants.column.change")}
    numbers = [field for field in titles if field != "measure"]
    return kit.table(titles, rows, numbers=numbers, widths={"measure": "24%"}, sortable=False, **kit.EVEN)


def _verdict(delta: Delta, words: Any) -> str:
    """Better or worse; what is shown as no change is neither."""
    if delta.better is None or round(delta.change, DIGITS[delta.name]) == 0:
        return ""
    return str(words("page.variants.better" if delta.better else "page.variants.worse"))


def delta_table(changes: tuple[Delta, ...], words: Any) -> Any:
    """Each measure in both, its change, and in words whether that is better."""
    rows = []
    for delta in changes:
        digits = DIGITS[delta.name]
        rows.append(
            {
                "measure": words(f"page.variants.measure.{delta.name}"),
                "first": words.number(delta.first, digits),
                "second": words.number(delta.second, digits),
                "change": words.change(delta.change, digits),
                "verdict": _verdict(delta, words),
            }
        )
    titles = {name: words(f"page.variants.column.{name}") for name in ("measure", "first", "second", "change", "verdict")}
    return kit.table(titles, rows, numbers=("first", "second", "change"), widths={"measure": "34%"}, sortable=False, **kit.EVEN)
