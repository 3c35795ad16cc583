"""How long a large generated drawing takes to read: processor seconds, memory, and the load of the machine beside them."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

import ezdxf
from ezdxf.layouts import Modelspace

from layouts.readers.read import read_plan

WIDE, DEEP, THICK = 4000, 5000, 120  # of a room, mm
MEGABYTES = (1, 4, 10)


def storey(path: Path, across: int) -> None:
    """A storey of `across` times `across` rooms, each with its door, name, chairs and shelves."""
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    chair = doc.blocks.new("CHAIR")
    chair.add_lwpolyline([(0, 0), (450, 0), (450, 450), (0, 450)], close=True)
    chair.add_arc((225, 225), 200, 0, 180)
    msp = doc.modelspace()
    for i in range(across):
        for j in range(across):
            room(msp, i * WIDE, j * DEEP, f"ROOM {i}-{j}")
    right, top = across * WIDE, across * DEEP
    face = [(-THICK, -THICK), (right, -THICK), (right, top), (-THICK, top)]
    msp.add_lwpolyline(face, close=True, dxfattribs={"layer": "A-WALL"})
    doc.saveas(path)


def room(msp: Modelspace, x: int, y: int, name: str) -> None:
    """One room with an opening of 900 mm in its south wall."""
    right, top = x + WIDE - THICK, y + DEEP - THICK
    inner = [
        (x + 1400, y),
        (x, y),
        (x, top),
        (right, top),
        (right, y),
        (x + 2300, y),
        (x + 2300, y - THICK),
        (x + 1400, y - THICK),
    ]
    msp.add_lwpolyline(inner, dxfattribs={"layer": "A-WALL"})
    msp.add_line((x + 1400, y), (x + 1400, y - THICK), dxfattribs={"layer": "A-WALL"})
    msp.add_line((x + 1400, y), (x + 1400, y + 900), dxfattribs={"layer": "A-DOOR"})
    msp.add_arc((x + 1400, y), 900, 0, 90, dxfattribs={"layer": "A-DOOR"})
    msp.add_text(name, height=200, dxfattribs={"insert": (x + 1500, y + 3000), "layer": "A-AREA-IDEN"})
    for k in range(6):
        at = (x + 300 + 500 * (k % 3), y + 2000 + 600 * (k // 3))
        msp.add_blockref("CHAIR", at, dxfattribs={"layer": "A-FURN", "rotation": 90 * k})
    for k in range(14):
        msp.add_line((x + 200, y + 3500 + 80 * k), (x + 600, y + 3500 + 80 * k), dxfattribs={"layer": "A-FURN"})


def test_large_drawings_are_read_whole(tmp_path: Path) -> None:
    for size in MEGABYTES:
        across, path = round(17.2 * size**0.5), tmp_path / f"storey-{size}.dxf"
        storey(path, across)
        begun, clock = time.process_time(), time.monotonic()
        read = read_plan(path)
        used, passed = time.process_time() - begun, time.monotonic() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rooms = len(read.plan.levels[0].spaces)
        print(
            f"{path.stat().st_size / 1e6:.1f} MB, {rooms} rooms: {used:.1f} s of processor, {passed:.1f} s passed, "
            f"{peak:.0f} MB at most; load {os.getloadavg()[0]:.1f}"
        )
        assert rooms == across**2
        assert sum(bool(s.name) for s in read.plan.levels[0].spaces) == rooms
