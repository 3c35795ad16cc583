"""Drawing -> DXF: over the architect's own file, or as a file of its own. `read_back` reads what was placed."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import ezdxf
from ezdxf import recover
from ezdxf.document import Drawing as Document
from ezdxf.entities import DXFGraphic, Insert, XRecord

from exports.drawing import Drawing, Fill, Xy, points_of
from exports.dxf_beside import beside_texts
from exports.dxf_entities import Pen, add_blocks, add_shapes
from exports.dxf_frame import INSUNITS, Place, place_in_millimetres, place_in_source
from exports.dxf_sheet import VIEW_LAYER, add_sheets
from exports.dxf_tables import APPID, Names, add_tables, free_names
from exports.layers import layer_table
from exports.sheet import Sheet
from exports.sheet_set import sheets_of
from layouts.findings import BadInput
from layouts.plan import Frame

VERSION = "R2010"
OLDEST_KEPT = "AC1015"  # R2000: older files have no handles to keep and no place for what we add
PLACE_RECORD = "CENTRELINE_PLACE"
LOWEST_HANDLE = "1"
EMPTY_LAYOUT = "Layout1"  # every new file has one


@dataclass(frozen=True, slots=True, kw_only=True)
class DxfRecord:
    """What was written: overlay or fresh, DXF version, the file's unit, our prefix, count, the sheets' names."""

    mode: Literal["overlay", "fresh"]
    version: str
    mm_per_unit: float
    tag: str
    inserts: int
    sheets: tuple[str, ...]


def write_dxf(
    drawing: Drawing,
    path: Path,
    *,
    frame: Frame | None = None,
    source: Path | None = None,
    encoding: str | None = None,
    sheets: Sequence[Sheet] | None = None,
) -> DxfRecord:
    """Write the drawing; with `source` (the DXF the plan was read from) into a copy of it, all it holds kept. `sheets`: its own
    of a larger set; else it is a set of its own."""
    frame = frame or Frame()
    overlay = source is not None
    doc = _open(source, encoding) if source else _new()
    place = place_in_source(frame) if overlay else place_in_millimetres(frame)
    names = free_names(doc, overlay)
    table = layer_table()
    shapes = [s for s in drawing.shapes if not (overlay and table[s.layer].existing)]
    shapes = beside_texts(doc, shapes, place) if overlay else shapes
    sheets = sheets_of(drawing) if sheets is None else sheets
    layers = {s.layer for s in shapes} | {VIEW_LAYER} | {s.layer for one in sheets for s in one.shapes}
    add_tables(doc, names, place, layers, drawing.scale)
    pen = Pen(doc=doc, layout=doc.modelspace(), place=place, names=names, scale=drawing.scale)
    used = {s.block for s in shapes if hasattr(s, "block")}
    add_blocks(pen, [block for block in drawing.blocks if block.name in used])
    entities = add_shapes(pen, shapes)
    _send_to_back(doc, [e for e, s in zip(entities, shapes) if isinstance(s, Fill)])
    box = _box(drawing, place)
    if not overlay:
        _set_header(doc, names, drawing.scale, box)
    paper = add_sheets(doc, sheets, names, place)
    if paper and not overlay:
        doc.layouts.delete(EMPTY_LAYOUT)
    if place.rotation_deg:
        _add_ucs(doc, names, place)
    _remember_place(doc, place)
    doc.saveas(path)
    return DxfRecord(
        mode="overlay" if overlay else "fresh",
        version=doc.acad_release,
        mm_per_unit=place.mm_per_unit,
        tag=names.tag,
        inserts=sum(e.dxftype() == "INSERT" for e in entities),
        sheets=paper,
    )


def _new() -> Document:
    doc = ezdxf.new(VERSION, setup=False)
    doc.header["$INSUNITS"] = INSUNITS["mm"]
    doc.header["$MEASUREMENT"] = 1
    doc.header["$LUNITS"] = 2
    doc.header["$LUPREC"] = 0
    doc.header["$LWDISPLAY"] = 1
    doc.header["$PSLTSCALE"] = 0
    return doc


def _open(source: Path, encoding: str | None) -> Document:
    """The architect's drawing; a damaged one is repaired as far as it can be."""
    try:
        doc = ezdxf.readfile(source, encoding=encoding)
    except ezdxf.DXFStructureError:
        try:
            doc, _ = recover.readfile(source)
        except (ezdxf.DXFError, UnicodeDecodeError) as error:
            raise BadInput("drawing.source_unreadable", file=source.name, why=str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("drawing.source_unreadable", file=source.name, why=str(error)) from error
    if doc.dxfversion < OLDEST_KEPT:
        doc.dxfversion = VERSION
    return doc


def _box(drawing: Drawing, place: Place) -> tuple[float, float, float, float]:
    blocks = {block.name: block for block in drawing.blocks}
    points = [place.point(p) for s in drawing.shapes for p in points_of(s, blocks)] or [(0.0, 0.0)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _set_header(doc: Document, names: Names, scale: int, box: tuple[float, float, float, float]) -> None:
    """Extents, a view that shows them, and our dimension style as the header's (LibreCAD sizes dimensions by it)."""
    doc.dimstyles.get(names.dim_style(scale)).copy_to_header(doc)
    x0, y0, x1, y1 = box
    doc.modelspace().reset_extents((x0, y0, 0), (x1, y1, 0))
    doc.header["$EXTMIN"], doc.header["$EXTMAX"] = (x0, y0, 0), (x1, y1, 0)
    height = max(y1 - y0, (x1 - x0) / 1.7) * 1.05
    doc.set_modelspace_vport(height=height, center=((x0 + x1) / 2, (y0 + y1) / 2))


def _add_ucs(doc: Document, names: Names, place: Place) -> None:
    """The plan's own directions as a named coordinate system, to draw on in: its corner is the plan's (0, 0)."""
    (x, y), turn = place.point((0.0, 0.0)), math.radians(-place.rotation_deg)
    name = f"{names.tag} PLAN"
    if name not in doc.ucs:
        x_axis, y_axis = (math.cos(turn), math.sin(turn), 0.0), (-math.sin(turn), math.cos(turn), 0.0)
        doc.ucs.add(name, dxfattribs={"origin": (x, y, 0.0), "xaxis": x_axis, "yaxis": y_axis})


def _send_to_back(doc: Document, fills: Sequence[DXFGraphic]) -> None:
    """Painted areas lie under everything, the architect's own lines too; an order already there is kept."""
    msp = doc.modelspace()
    order = dict(msp.get_redraw_order())
    order.update({entity.dxf.handle: LOWEST_HANDLE for entity in fills})
    msp.set_redraw_order(order)


def _remember_place(doc: Document, place: Place) -> None:
    """How the file lies to the project, as a record that any reader may skip."""
    record = _place_record(doc) or doc.rootdict.add_xrecord(PLACE_RECORD)
    record.reset([(1, json.dumps(asdict(place), sort_keys=True))])


def _place_record(doc: Document) -> XRecord | None:
    """That record, where there is one."""
    record = doc.rootdict.get(PLACE_RECORD)
    return record if isinstance(record, XRecord) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A thing as it stands in a written file, in the project's millimetres."""

    id: str
    kind: str
    block: str
    insert_mm: Xy
    rotation_deg: float
    values: dict[str, str]


def read_back(path: Path) -> tuple[Placed, ...]:
    """Every block of ours in the model space of a file written here: no drawing, layout or solver needed."""
    doc = ezdxf.readfile(path)
    record = _place_record(doc)
    if record is None:
        raise BadInput("drawing.not_ours", file=path.name)
    text = next(tag.value for tag in record.tags if tag.code == 1)
    told: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(text).items()}
    place = Place(**told)
    found = []
    for insert in doc.modelspace().query("INSERT"):
        if not isinstance(insert, Insert) or not insert.has_xdata(APPID):
            continue
        kind, *parts = (tag.value for tag in insert.get_xdata(APPID) if tag.code == 1000)
        found.append(
            Placed(
                id="".join(parts),
                kind=kind,
                block=insert.dxf.name,
                insert_mm=place.ours((insert.dxf.insert.x, insert.dxf.insert.y)),
                rotation_deg=place.our_angle(insert.dxf.rotation),
                values={a.dxf.tag: a.dxf.text for a in insert.attribs},
            )
        )
    return tuple(found)
