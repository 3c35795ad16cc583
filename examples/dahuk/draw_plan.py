"""Draw the floor plan of the Dahuk social-services centre: `python draw_plan.py [plan.dxf]`.

A public hall of 786 m² on a 7.2 / 9.6 / 7.2 m by 6.8 m grid whose south-east wing follows the street at 13 degrees.
Entrance from the south, exit to the north on the same axis, staff doors in the west (from the service block) and in the
east. Doors carry their use as a block attribute.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import drafting as d

OUTER, INNER = 300, 200
HALL: d.Ring = [(0, 0), (20300, 0), (24000, 16000), (24000, 34000), (0, 34000)]
STAIR: d.Ring = [(-4500, 29000), (-OUTER, 29000), (-OUTER, 34000), (-4500, 34000)]
LOBBY: d.Ring = [(-4500, 26000), (-OUTER, 26000), (-OUTER, 28800), (-4500, 28800)]
PLANT: d.Ring = [(-4500, 21000), (-OUTER, 21000), (-OUTER, 25800), (-4500, 25800)]
GRID_X = {"A": -150, "B": 7200, "C": 16800, "D": 24150}
GRID_Y = {"1": -150, "2": 6800, "3": 13600, "4": 20400, "5": 27200, "6": 34150}

# (name, corner before, corner after, middle from that corner, width, thickness, leaves, use, opens out, mirrored)
DOORS = (
    ("D01", HALL[0], HALL[1], 12000, 2000, OUTER, 2, "ENTRANCE", True, False),
    ("D02", HALL[3], HALL[4], 12000, 2000, OUTER, 2, "EXIT", True, False),
    ("D03", HALL[4], HALL[0], 6600, 1000, OUTER, 1, "STAFF", True, False),
    ("D04", HALL[2], HALL[3], 12000, 1000, OUTER, 1, "STAFF", True, True),
    ("D05", LOBBY[2], LOBBY[3], 2900, 1000, INNER, 1, "INTERNAL", False, True),
    ("D06", LOBBY[0], LOBBY[1], 1600, 1000, INNER, 1, "INTERNAL", True, False),
    ("D07", LOBBY[3], LOBBY[0], 1400, 1000, OUTER, 1, "SERVICE", True, False),
)
WINDOWS = (
    (HALL[0], HALL[1], (3400, 7400, 16900), 2400),
    (HALL[1], HALL[2], (3400, 8200, 13000), 2400),
    (HALL[2], HALL[3], (2600, 6600, 15600), 2400),
    (HALL[3], HALL[4], (3500, 7200, 16800, 20500), 2400),
    (HALL[4], HALL[0], (17000, 20400, 23800, 27200, 31000), 2000),
    (PLANT[3], PLANT[0], (2400,), 1200),
    (STAIR[3], STAIR[0], (2500,), 1200),
)


def draw() -> d.Drawing:
    """The whole drawing."""
    doc = d.new_drawing()
    msp = doc.modelspace()
    doors = [(row, d.opening_in(row[1], row[2], row[3], row[4])) for row in DOORS]
    windows = [d.opening_in(a, b, at, width) for a, b, places, width in WINDOWS for at in places]
    rooms = [(HALL, OUTER), (STAIR, OUTER), (LOBBY, OUTER), (PLANT, OUTER)]
    pieces = d.wall_pieces(rooms, [hole for _, hole in doors] + windows, reach=OUTER + 1)
    d.draw_walls(msp, pieces, as_lines=True, pattern="ANSI31")
    for (name, _, _, _, width, thick, leaves, use, out, mirrored), hole in doors:
        block = d.door_block(
            doc, f"DOOR-{'DBL' if leaves == 2 else 'SGL'}-{width}", width, leaves=leaves, with_attributes=True
        )
        d.place_door(
            msp, block, hole, thick, {"NUMBER": name, "USE": use, "WIDTH": str(width)}, outward=out, mirrored=mirrored
        )
    for hole in windows:
        d.place_window(msp, doc, hole, OUTER)
    d.place_columns(msp, doc, [(x, y) for x in (7200, 16800) for y in (6800, 13600, 20400, 27200)], 400, as_block=True)
    d.stair(msp, -4500, 29900, -2500, 33500)
    _surroundings(msp)
    _notes(msp)
    return doc


def _surroundings(msp: d.Modelspace) -> None:
    """Canopy, landing and ramp before the entrance."""
    msp.add_lwpolyline(
        [(9000, -300), (9000, -3300), (15000, -3300), (15000, -300)], dxfattribs={"layer": "A-FLOR-OVHD"}
    )
    msp.add_lwpolyline([(9600, -300), (9600, -2700), (14400, -2700), (14400, -300)], dxfattribs={"layer": "L-WALK"})
    msp.add_lwpolyline([(14400, -900), (19200, -900), (19200, -2400), (14400, -2400)], dxfattribs={"layer": "L-WALK"})
    msp.add_line((18900, -1650), (14700, -1650), dxfattribs={"layer": "L-WALK"})
    d.text(msp, "RAMP UP 1:12", (16800, -1300), paper_mm=2, layer="L-WALK")


def _notes(msp: d.Modelspace) -> None:
    """Names, grid, dimensions and what stands round a plan."""
    area = d.Polygon
    d.room_name(msp, "PUBLIC HALL", area(HALL).area / 1e6, (12000, 17000), paper_mm=4)
    for name, ring, at in (
        ("STAIR", STAIR, (-1400, 30200)),
        ("STAFF LOBBY", LOBBY, (-2400, 27400)),
        ("PLANT / UPS", PLANT, (-2400, 23600)),
    ):
        d.room_name(msp, name, area(ring).area / 1e6, at, paper_mm=2)
    d.text(msp, "MAIN ENTRANCE", (12000, -2200), paper_mm=2.5)
    d.text(msp, "EXIT", (12000, 36000), paper_mm=2.5)
    d.text(msp, "STAFF ENTRANCE", (27000, 28000), paper_mm=2.5)
    d.grid(msp, GRID_X, GRID_Y, -8500, -7500, 26500, 36500)
    d.chain(msp, list(GRID_X.values()), -6200)
    d.chain(msp, [GRID_X["A"], GRID_X["D"]], -7000)
    d.chain(msp, list(GRID_Y.values()), -7200, vertical=True)
    d.chain(msp, [GRID_Y["1"], GRID_Y["6"]], -8000, vertical=True)
    d.chain(msp, [0, 20300], -4600)
    d.chain(msp, [0, 16000, 34000], 30300, vertical=True)
    d.north_arrow(msp, (33500, 32500))
    d.scale_bar(msp, (12500, -11800))
    d.title(
        msp,
        [
            "DAHUK SOCIAL SERVICES CENTRE",
            "GROUND FLOOR PLAN  1:100   ALL DIMENSIONS IN MILLIMETRES",
            "EXISTING SHELL, NOT FURNISHED",
        ],
        (-8500, -11000),
    )
    d.frame(msp, (-11500, -13500), (37000, 39000))


if __name__ == "__main__":
    d.save(draw(), Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("plan.dxf"))
