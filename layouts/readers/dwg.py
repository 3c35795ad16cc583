"""A DWG file -> the same marks as its DXF twin: through ezdwg (extra `centreline[dwg]`), else a converter that is installed.

ezdwg is young, so it stands behind this adapter: its entities are copied into a DXF document in memory, which the DXF
reader flattens. Where it fails or is not installed, an installed LibreDWG (`dwg2dxf`) or ODA File Converter is asked.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ezdxf.document import Drawing
from ezdxf.filemanagement import new
from ezdxf.lldxf.const import DXFError

from layouts.findings import BadInput
from layouts.readers.drawing import read_sketch
from layouts.readers.dxf import sketch_of
from layouts.readers.imported import Import, Recipe
from layouts.readers.load import head_of, load_dxf

CONVERTER_S = 90
MOST_DWG_ENTITIES = 400_000
MODEL_SPACE = 2  # entmode of an entity in model space; 0: owned by a block record; 1: paper space
OWNED = 0
LINEAR = {"LINEAR": 0, "ALIGNED": 1}


def read_dwg(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from a DWG file. Raises BadInput with one code where nothing sensible can be read."""
    path, recipe = Path(path), recipe or Recipe()
    if not head_of(path).startswith(b"AC10"):
        raise BadInput("dwg.not_dwg", file=path.name)
    document, damaged = _document(path)
    return read_sketch(path.name, sketch_of(document, path.name, recipe, damaged), unit, recipe)


def _document(path: Path) -> tuple[Drawing, bool]:
    """The drawing as a DXF document, by the first way that works, and whether parts were lost."""
    try:
        return _through_ezdwg(path)
    except ImportError:
        reason = "ezdwg"
    except BadInput:
        raise
    except Exception as failure:  # a young library on a closed format: the converters get their turn
        reason = type(failure).__name__
    with tempfile.TemporaryDirectory() as folder:
        made = _converted(path, Path(folder))
        if made is not None:
            return load_dxf(made)
    raise BadInput("dwg.not_installed" if reason == "ezdwg" else "dwg.unreadable", file=path.name, reason=reason)


def _converted(path: Path, folder: Path) -> Path | None:
    """A DXF made by a program on this machine; the file is handed over under a plain name of ours."""
    source, target = folder / "in" / "plan.dwg", folder / "out" / "plan.dxf"
    source.parent.mkdir()
    target.parent.mkdir()
    shutil.copyfile(path, source)
    commands = []
    if program := shutil.which("dwg2dxf"):
        commands.append([program, "-y", "-o", str(target), str(source)])
    if program := shutil.which("ODAFileConverter"):
        commands.append([program, str(source.parent), str(target.parent), "ACAD2018", "DXF", "0", "1"])
    for command in commands:
        try:
            subprocess.run(command, timeout=CONVERTER_S, capture_output=True, check=False)
        except (subprocess.TimeoutExpired, OSError):
            continue  # the next converter may read it; that none did is told by whoever asked
        if target.exists() and target.stat().st_size:
            return target
    return None


def _through_ezdwg(path: Path) -> tuple[Drawing, bool]:
    """The entities of ezdwg in a DXF document."""
    import ezdwg
    from ezdwg import raw

    source = ezdwg.read(str(path))
    document = new("R2018")
    document.header["$INSUNITS"] = int(source.insunits or 0)
    layers = {int(layer.handle): layer for layer in source.layers}
    for layer in layers.values():
        _add_layer(document, layer)
    names = {int(h): str(n) for h, n in raw.decode_block_header_names(str(path))}
    lost = met = broken = 0
    for entity in source.entities().iter_entities():
        met += 1
        if met > MOST_DWG_ENTITIES:
            raise BadInput("dxf.too_many_entities", file=path.name, most=MOST_DWG_ENTITIES)
        mode, owner = source.entity_placement(entity.handle) or (MODEL_SPACE, None)
        layer = layers.get(int(entity.dxf.get("layer_handle") or 0))
        attributes = {"layer": layer.name if layer else "0", "invisible": int(bool(entity.dxf.get("invisible")))}
        if mode == MODEL_SPACE:
            home: Any = document.modelspace()
        elif mode == OWNED and (name := names.get(int(owner or 0), "")) and not name.startswith("*Paper"):
            home = document.modelspace() if name.startswith("*Model") else _block(document, name)
        else:
            continue
        try:
            lost += not _copy(home, document, entity.dxftype, entity.dxf, attributes)
        except (KeyError, TypeError, ValueError, IndexError, DXFError):
            broken += 1  # a kind that is read, without its numbers: perhaps a wall
    return document, broken > 0 or lost > 0.02 * met


def _add_layer(document: Drawing, layer: Any) -> None:
    """The layer with its state."""
    if layer.name in document.layers:
        return
    made = document.layers.add(layer.name)
    if not layer.on:
        made.off()
    if layer.frozen:
        made.freeze()


def _block(document: Drawing, name: str) -> Any:
    """The block of that name, made when it is first met."""
    return document.blocks.get(name) if name in document.blocks else document.blocks.new(name)


def _copy(home: Any, document: Drawing, kind: str, dxf: Mapping[str, Any], attributes: dict[str, Any]) -> bool:
    """One entity into the document; False for kinds and contents that are not read."""
    if "extrusion" in dxf:
        attributes["extrusion"] = dxf["extrusion"]
    if kind == "LINE":
        home.add_line(dxf["start"], dxf["end"], attributes)
    elif kind == "ARC":
        home.add_arc(dxf["center"], dxf["radius"], dxf["start_angle"], dxf["end_angle"], dxfattribs=attributes)
    elif kind == "CIRCLE":
        home.add_circle(dxf["center"], dxf["radius"], dxfattribs=attributes)
    elif kind == "ELLIPSE":
        home.add_ellipse(dxf["center"], dxf["major_axis"], dxf["axis_ratio"], dxf["start_angle"], dxf["end_angle"], attributes)
    elif kind in ("LWPOLYLINE", "POLYLINE_2D"):
        bulges = dxf.get("bulges") or [0.0] * len(dxf["points"])
        points = [(x, y, bulge) for (x, y, *_), bulge in zip(dxf["points"], bulges)]
        attributes["elevation"] = float(dxf.get("elevation") or 0.0)
        home.add_lwpolyline(points, format="xyb", close=bool(dxf.get("closed")), dxfattribs=attributes)
    elif kind in ("SOLID", "TRACE", "3DFACE"):
        attributes.pop("extrusion", None)
        corners = [(x, y) for x, y, *_ in dxf["points"]]
        if kind != "3DFACE" and len(corners) == 4:
            corners = [corners[0], corners[1], corners[3], corners[2]]  # a solid's corners run in a Z
        home.add_lwpolyline(corners, close=True, dxfattribs=attributes)
    elif kind == "SPLINE":
        attributes.pop("extrusion", None)
        points = dxf["control_points"] or dxf["fit_points"]
        home.add_open_spline(points, degree=int(dxf.get("degree") or 3), dxfattribs=attributes)
    elif kind == "INSERT":
        if not dxf.get("name"):
            return False
        _block(document, dxf["name"])
        attributes |= {k: dxf[k] for k in ("xscale", "yscale", "zscale", "rotation") if dxf.get(k) is not None}
        home.add_blockref(dxf["name"], dxf["insert"], attributes)
    elif kind in ("TEXT", "MTEXT"):
        _copy_text(home, kind, dxf, attributes)
    elif kind == "HATCH":
        return _copy_hatch(home, dxf, attributes)
    elif kind == "DIMENSION" and dxf.get("dimtype") in LINEAR:
        shown = {name: dxf[name] for name in ("defpoint", "defpoint2", "defpoint3")}
        shown |= {"angle": dxf.get("angle") or 0.0, "dimtype": LINEAR[dxf["dimtype"]], "text": str(dxf.get("text") or "")}
        home.new_entity("DIMENSION", attributes | shown | {"geometry": str(dxf.get("anonymous_block_name") or "")})
    else:
        # points and the rest are no part of a plan; the census of a DXF names them, here they are few
        return kind in ("POINT", "DIMENSION", "VIEWPORT", "ATTRIB", "ATTDEF", "LEADER", "MLEADER")
    return True


def _copy_text(home: Any, kind: str, dxf: Mapping[str, Any], attributes: dict[str, Any]) -> None:
    if kind == "MTEXT":
        made = home.add_mtext(str(dxf.get("raw_text") or dxf["text"]), attributes)
        made.dxf.insert, made.dxf.char_height = dxf["insert"], float(dxf["char_height"])
        return
    made = home.add_text(str(dxf["text"]), height=float(dxf["height"]), dxfattribs=attributes)
    made.dxf.insert = dxf["insert"]
    if dxf.get("halign") and dxf.get("align_point"):
        made.dxf.halign, made.dxf.align_point = int(dxf["halign"]), dxf["align_point"]


def _copy_hatch(home: Any, dxf: Mapping[str, Any], attributes: dict[str, Any]) -> bool:
    rings = [path["points"] for path in dxf.get("paths") or () if path.get("closed") and len(path["points"]) > 2]
    if not rings:
        return False
    made = home.add_hatch(dxfattribs=attributes)
    for ring in rings:
        made.paths.add_polyline_path([(q[0], q[1]) for q in ring], is_closed=True)
    return True
