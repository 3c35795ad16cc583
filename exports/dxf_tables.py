"""What entities need before they can be written: layers, linetypes, text and dimension styles, blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ezdxf.document import Drawing as Document

from exports.dxf_frame import Place
from exports.layers import layer_table

APPID = "CENTRELINE"
PREFIXES = ("CL", *(f"CL{n}" for n in range(2, 100)))
DASHES_MM = {"DASHED": (3.0, -1.5), "CENTER": (8.0, -1.5, 1.5, -1.5)}
DIM_TEXT_MM = 2.5
# Line weights a DXF may hold, hundredths of a millimetre.
WEIGHTS = (0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Our names in one file. `tag` starts all that could clash; in a file of our own, layers keep bare AIA names."""

    tag: str
    prefix_layers: bool

    def layer(self, name: str) -> str:
        return f"{self.tag}-{name}" if self.prefix_layers and name != "0" else name

    def block(self, name: str) -> str:
        return self.tag + name.removeprefix("CL")

    def linetype(self, name: str) -> str:
        """Plain names in a file of our own: LibreCAD knows dashes only by the usual names."""
        return f"{self.tag}-{name}" if self.prefix_layers and name != "Continuous" else name

    @property
    def text_style(self) -> str:
        return f"{self.tag}-SANS"

    @property
    def bold_style(self) -> str:
        return f"{self.tag}-SANS-BOLD"

    def dim_style(self, scale: int) -> str:
        return f"{self.tag}-{scale}"


def free_names(doc: Document, overlay: bool) -> Names:
    """The first prefix that nothing in the file bears yet."""
    taken = [e.dxf.name.upper() for table in (doc.layers, doc.styles, doc.dimstyles, doc.linetypes) for e in table]
    taken += [block.name.upper() for block in doc.blocks]
    free = (p for p in PREFIXES if not any(name.startswith((f"{p}-", f"{p}_")) for name in taken))
    return Names(tag=next(free), prefix_layers=overlay)


def add_tables(doc: Document, names: Names, place: Place, layers: Iterable[str], scale: int) -> None:
    """Define the layers used and everything they and our texts and dimensions refer to."""
    if APPID not in doc.appids:
        doc.appids.new(APPID)
    _add_linetypes(doc, names, place, scale)
    doc.styles.new(names.text_style, dxfattribs={"font": "arial.ttf"})
    doc.styles.new(names.bold_style, dxfattribs={"font": "arialbd.ttf"})
    for name in sorted(set(layers) - {"0"}):
        _add_layer(doc, names, name)
    _add_dim_style(doc, names, place, scale)


def _add_linetypes(doc: Document, names: Names, place: Place, scale: int) -> None:
    """Dash lengths in the file's unit, whatever line type scale the file has set."""
    factor = place.length(scale) / (float(doc.header.get("$LTSCALE", 1.0)) or 1.0)
    for name, dashes in DASHES_MM.items():
        steps = [dash * factor for dash in dashes]
        pattern = [sum(abs(step) for step in steps), *steps]
        doc.linetypes.add(names.linetype(name), pattern, description=name.lower())


def _add_layer(doc: Document, names: Names, name: str) -> None:
    style = layer_table()[name]
    layer = doc.layers.new(
        names.layer(name),
        dxfattribs={
            "color": style.aci,
            "linetype": names.linetype(style.linetype),
            "lineweight": min(WEIGHTS, key=lambda w: abs(w - round(style.weight_mm * 100))),
            "plot": int(style.plot),
        },
    )
    layer.description = style.meaning
    if style.rgb is not None and doc.dxfversion >= "AC1018":
        layer.rgb = (style.rgb >> 16, style.rgb >> 8 & 255, style.rgb & 255)


def _add_dim_style(doc: Document, names: Names, place: Place, scale: int) -> None:
    """Ticks, text above the line, millimetres in every file (dimlfac turns the file's unit into them)."""
    doc.dimstyles.new(
        names.dim_style(scale),
        dxfattribs={
            "dimscale": place.length(scale),
            "dimlfac": place.mm_per_unit,
            "dimtxt": DIM_TEXT_MM,
            "dimtxsty": names.text_style,
            "dimtsz": 0.8,
            "dimasz": 1.2,
            "dimexo": 1.0,
            "dimexe": 1.0,
            "dimgap": 0.6,
            "dimdec": 0,
            "dimlunit": 2,
            "dimzin": 8,
            "dimdsep": ord("."),
            "dimtad": 1,
            "dimtih": 0,
            "dimtoh": 0,
            "dimtix": 1,
            "dimtmove": 0,
            "dimfxlon": 1,
            "dimfxl": 5.0,
            "dimclrd": 256,
            "dimclre": 256,
            "dimclrt": 256,
        },
    )
