"""Small drawings for the readers' tests: a rectangle with a door, in any unit and position."""

from __future__ import annotations

from pathlib import Path

import ezdxf
from ezdxf.document import Drawing

# inner face 10 x 8 m, walls 200 mm, an opening of 1000 mm in the south wall from x = 4000
PIECES = (
    [
        (4000, 0),
        (0, 0),
        (0, 8000),
        (10000, 8000),
        (10000, 0),
        (5000, 0),
        (5000, -200),
        (10200, -200),
        (10200, 8200),
        (-200, 8200),
        (-200, -200),
        (4000, -200),
    ],
)


def hall(
    *,
    header: int = 4,
    scale: float = 1.0,
    at: tuple[float, float] = (0, 0),
    wall: str = "A-WALL",
    door: str = "A-DOOR",
    name: str = "HALL",
) -> Drawing:
    """The hall drawn in `scale` drawing units per millimetre, shifted by `at` (drawing units)."""
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = header
    msp = doc.modelspace()

    def put(x: float, y: float) -> tuple[float, float]:
        return x * scale + at[0], y * scale + at[1]

    for piece in PIECES:
        msp.add_lwpolyline([put(*q) for q in piece], close=True, dxfattribs={"layer": wall})
    msp.add_line(put(4000, 0), put(4000, 1000), dxfattribs={"layer": door})
    msp.add_arc(put(4000, 0), 1000 * scale, 0, 90, dxfattribs={"layer": door})
    msp.add_text("ENTRANCE", height=200 * scale, dxfattribs={"insert": put(4200, -900), "layer": "NOTES"})
    if name:
        msp.add_text(name, height=300 * scale, dxfattribs={"insert": put(4000, 4000), "layer": "A-AREA-IDEN"})
    return doc


def saved(doc: Drawing, folder: Path) -> Path:
    """The drawing as a file."""
    path = folder / "sketch.dxf"
    doc.saveas(path)
    return path
