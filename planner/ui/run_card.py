"""A search as people watch it: figures, the curve of what was found and proven, and the best so far in small.

Everything is made once and then only told what is new: a search tells of itself many times a second, and clicks come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bokeh.models import ColumnDataSource

from planner.ui import charts, kit
from planner.ui.jobs import Snap
from planner.ui.variants.cards import Cards
from planner.ui.words import Words

FIGURES = ("objective", "bound", "gap", "seconds")


class RunCard:
    """One for a tab."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._values = {name: kit.text("–", kind="figure", sizing_mode=None, margin=(6, 10, 0, 10)) for name in FIGURES}
        labels = (kit.text(words(f"page.layout.{n}"), kind="small", margin=(0, 10), sizing_mode=None) for n in FIGURES)
        self._pairs = {n: kit.column(self._values[n], label, sizing_mode=None) for n, label in zip(FIGURES, labels)}
        self._figures = kit.row(*self._pairs.values(), gap="16px", align_items="flex-start", visible=False)
        self._found = ColumnDataSource(data={"s": [], "v": []})
        self._proven = ColumnDataSource(data={"s": [], "v": []})
        self._curve = kit.column(kit.plot(self._chart()), visible=False)
        self._title = kit.heading(words("page.layout.incumbent"), 3, visible=False)
        self._picture = kit.image("", "", tall="44vh", visible=False, css_classes=["cl-incumbent"])
        self._svg = ""
        self._cards = Cards(lambda *_: None, visible=False, css_classes=["cl-found"])

    def view(self) -> Any:
        return kit.column(self._figures, self._curve, self._title, self._picture, self._cards)

    def show_found(self, cards: Sequence[dict[str, Any]], pictures: Mapping[str, str]) -> None:
        """Layouts of a choice as they are found, each with its figures."""
        for key, svg in pictures.items():
            self._cards.picture(key, kit.svg_uri(svg))
        if list(cards) != self._cards.cards:
            self._cards.cards = list(cards)
            self._cards.visible = bool(cards)

    def show(self, snap: Snap, svg: str) -> None:
        """The search as it stands; `svg` the best so far, where it is watched here."""
        words = self._words
        record = record_of(snap)
        told = {
            "objective": words.number(record.get("objective")), "bound": words.number(record.get("bound")),
            "gap": words.share(record.get("gap"), 1), "seconds": words.number(snap.seconds, 1),
        }  # fmt: skip
        for name, value in told.items():
            kit.say(self._values[name], value)
            self._pairs[name].visible = name == "seconds" or record.get(name) is not None  # of a choice each card tells
        trail = [*snap.trail, (snap.seconds, snap.objective, snap.bound)]
        for source, place in ((self._found, 1), (self._proven, 2)):
            points = [(point[0], point[place]) for point in trail if point[place] is not None]
            if len(points) != len(source.data["s"]) or snap.running:
                source.data = {"s": [s for s, _ in points], "v": [v for _, v in points]}
        self._figures.visible = True
        self._curve.visible = len(self._found.data["s"]) > 1
        self._title.visible = self._picture.visible = bool(svg)
        if svg and svg is not self._svg:
            self._svg = svg
            kit.draw(self._picture, svg, words("page.layout.incumbent"))

    def _chart(self) -> Any:
        """Objective and bound over the seconds: the gap is what lies between."""
        words = self._words
        made = charts.chart(words("page.layout.curve"), height=230)
        for source, colour, name in ((self._found, charts.BLUE, "objective"), (self._proven, charts.GREY, "bound")):
            label = words(f"page.layout.curve.{name}")
            made.step("s", "v", source=source, mode="after", line_width=2, color=colour, legend_label=label)
        made.add_layout(made.legend[0], "below")
        made.legend.label_text_font_size = "11px"
        return made


def record_of(snap: Snap) -> Mapping[str, Any]:
    """Cost, bound and gap of the search as it stands; once it has ended those of the answer that is kept, since the last
    thing a search tells of may have been refused by the check."""
    kept = snap.result.get("solution") if isinstance(snap.result, dict) and not snap.running else None
    if isinstance(kept, dict) and kept.get("objective") is not None:
        return kept
    return {"objective": snap.objective, "bound": snap.bound, "gap": snap.gap}
