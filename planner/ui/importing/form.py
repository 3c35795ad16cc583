"""What people tell the reader: scale by two points, what a layer holds, crop, boundary, storeys, hidden layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from layouts.readers.classes import CLASSES
from layouts.readers.framing import box_in_source, box_round, to_source
from planner import recipe_options as options
from planner.ui import kit
from planner.ui.words import Words

if TYPE_CHECKING:
    from layouts.plan import Frame

Pair = tuple[float, float]
UNITS = ("mm", "cm", "m", "in", "ft")
MOST_LAYERS = 400
Told = Callable[[Mapping[str, Any]], None]


class RecipeForm:
    """Fields for each decision; `told` gets them as fields of the recipe, an empty value takes one back."""

    def __init__(
        self, words: Words, told: Told, pick: Callable[[str], None], guard: Callable[[Callable[[], None]], None]
    ) -> None:
        self._words = words
        self._told = told
        self._pick = pick
        self._guard = guard
        self._filling = False
        narrow = {"width": 150, "sizing_mode": None}
        self._p = kit.text_field(words("page.bring.point_p"), placeholder="0, 0", **narrow)
        self._q = kit.text_field(words("page.bring.point_q"), placeholder="4250, 0", **narrow)
        self._length = kit.text_field(
            words("page.bring.length"), placeholder="12.5 m", css_classes=["cl-bring-length"], **narrow
        )
        self._crop = kit.text_field(words("page.bring.crop"), placeholder="0, 0, 5000, 3000", css_classes=["cl-bring-crop"])
        self._ring = kit.text_field(words("page.bring.boundary"), placeholder="0,0 12000,0 12000,8000")
        self._layer = kit.text_field(words("page.bring.layer"), css_classes=["cl-bring-layer"], width=260, sizing_mode=None)
        kinds = {words(f"page.bring.class.{kind}"): kind for kind in sorted(CLASSES, key=list(CLASSES).index, reverse=True)}
        self._kind = kit.select(
            words("page.bring.holds"), kinds, "wall", width=190, sizing_mode=None, css_classes=["cl-bring-class"]
        )
        self._layers = kit.table(self._titles(), [], height=230, on_click=self._choose_layer)
        self._rows: list[dict[str, Any]] = []
        self._hidden = kit.switch(words("page.bring.hidden"))
        self._hidden.param.watch(lambda e: self._changed({"hidden": bool(e.new)}), "value")
        self._storey = kit.select(words("page.bring.storey"), {}, width=260, sizing_mode=None)
        self._storey.param.watch(lambda e: self._changed({"storey": e.new or ""}), "value")
        self._all = kit.switch(words("page.bring.all_storeys"))
        self._all.param.watch(lambda e: self._changed({"storeys": "all" if e.new else ""}), "value")
        turns = {words("page.bring.turn_walls"): "", words("page.bring.turn_none"): "0"}
        self._turn = kit.select(words("page.bring.turn"), turns, "", width=260, sizing_mode=None)
        self._turn.param.watch(lambda e: self._changed({"turn_deg": 0.0 if e.new else None}), "value")
        self._unit = kit.select(
            words("page.bring.unit"),
            {words("page.bring.by_itself"): ""} | {u: u for u in UNITS},
            "",
            width=190,
            sizing_mode=None,
        )
        self._unit.param.watch(lambda e: self._changed({"unit": e.new or "", "scale_to_mm": 0.0}), "value")

    # -- parts of the dialog ----------------------------------------------------------------------------------------

    def scale(self) -> Any:
        """The unit by name, or two points and their true distance: typed, or shown on the picture."""
        words = self._words
        return kit.column(
            self._unit,
            kit.text(words("page.bring.two_points"), kind="quiet"),
            kit.row(
                self._p,
                self._q,
                self._length,
                kit.button(words("page.bring.show_line"), lambda: self._pick("line"), icon="straighten", kind="outlined"),
                kit.button(
                    words("page.bring.apply"), lambda: self._guard(self._take_scale), kind="outlined",
                    css_classes=["cl-bring-scale"],
                ),
            ),
        )  # fmt: skip

    def layers(self) -> Any:
        """What each layer was taken for, and the way to say otherwise."""
        words = self._words
        return kit.column(
            kit.text(words("page.bring.layers_told"), kind="quiet"),
            self._layers,
            kit.row(
                self._layer,
                self._kind,
                kit.button(
                    words("page.bring.apply"), lambda: self._guard(self._take_layer), kind="outlined",
                    css_classes=["cl-bring-take-layer"],
                ),
            ),
            self._hidden,
        )  # fmt: skip

    def extent(self) -> Any:
        """Only a part of the drawing; the floor drawn by hand; which storeys."""
        words = self._words
        return kit.column(
            kit.text(words("page.bring.extent_told"), kind="quiet"),
            self._crop,
            self._buttons("box", self._take_crop, lambda: self._changed({"crop": ()}), "crop"),
            self._ring,
            self._buttons("ring", self._take_ring, lambda: self._changed({"boundary": ()}), "ring"),
            kit.row(self._turn, self._storey, self._all),
        )

    def _buttons(self, mode: str, take: Callable[[], None], clear: Callable[[], None], name: str) -> Any:
        words = self._words
        return kit.row(
            kit.button(words(f"page.bring.show_{mode}"), lambda: self._pick(mode), icon="highlight_alt", kind="outlined"),
            kit.button(
                words("page.bring.apply"), lambda: self._guard(take), kind="outlined", css_classes=[f"cl-bring-take-{name}"]
            ),
            kit.button(words("page.bring.clear"), clear, kind="text"),
        )

    # -- what the reading says --------------------------------------------------------------------------------------

    def fill(self, recipe: Any, layers: Mapping[str, tuple[str, int]], storeys: tuple[str, ...]) -> None:
        """As the recipe stands and the drawing is."""
        words = self._words
        self._filling = True
        self._hidden.value = recipe.hidden
        self._all.value = recipe.storeys == "all"
        self._turn.value = "0" if recipe.turn_deg == 0 else ""
        self._unit.value = recipe.unit if recipe.unit in UNITS else ""
        self._crop.value = ", ".join(f"{c:g}" for c in recipe.crop)
        self._ring.value = " ".join(f"{x:g},{y:g}" for x, y in recipe.boundary)
        self._storey.visible = len(storeys) > 1
        choices = {words("page.bring.main_storey"): ""} | {name: name for name in storeys}
        self._storey.param.update(options=choices, value=recipe.storey if recipe.storey in storeys else "")
        self._rows = [
            {"layer": layer, "kind": words(f"page.bring.class.{kind or 'none'}"), "count": count}
            for layer, (kind, count) in list(layers.items())[:MOST_LAYERS]
        ]
        kit.set_rows(self._layers, self._rows)
        self._filling = False

    def offer_layers(self, names: list[str]) -> None:
        """Layers of a drawing that could not be read, for people to say which hold walls."""
        self._rows = [{"layer": name, "kind": "", "count": None} for name in names]
        kit.set_rows(self._layers, self._rows)
        self._layer.value = names[0] if names else ""

    def picked(self, mode: str, points: list[Pair], frame: Frame | None) -> None:
        """Points shown on the picture, in our millimetres: into the fields, in drawing units."""
        places = list(map(to_source(frame), points)) if frame is not None else points
        if mode == "line":
            self._p.value, self._q.value = (f"{x:.6g}, {y:.6g}" for x, y in places[:2])
        elif mode == "box":
            box = box_round(points)
            self._crop.value = ", ".join(f"{c:.6g}" for c in (box_in_source(box, frame) if frame is not None else box))
            self._guard(self._take_crop)
        else:
            self._ring.value = " ".join(f"{x:.6g},{y:.6g}" for x, y in places)
            self._guard(self._take_ring)

    # -- what people say --------------------------------------------------------------------------------------------

    def _changed(self, fields: Mapping[str, Any]) -> None:
        if not self._filling:
            self._told(fields)

    def _take_scale(self) -> None:
        given = (self._p.value or "", self._q.value or "", self._length.value or "")
        self._told({"scale_to_mm": options.scale_from(given), "unit": ""})

    def _take_crop(self) -> None:
        self._told({"crop": options.crop_from(self._crop.value or "")})

    def _take_ring(self) -> None:
        self._told({"boundary": options.boundary_from(self._ring.value or "")})

    def _take_layer(self) -> None:
        layer = (self._layer.value or "").strip()
        if not layer:
            raise BadInput("page.bring.no_layer")
        self._told({"layers": {self._kind.value: (layer,)}})

    def _choose_layer(self, row: int) -> None:
        if row < len(self._rows):
            self._layer.value = self._rows[row]["layer"]

    def _titles(self) -> dict[str, str]:
        return {name: self._words(f"page.bring.layers.{name}") for name in ("layer", "kind", "count")}
