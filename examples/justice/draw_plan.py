"""Draw the floor plan of the justice services centre: `python draw_plan.py [plan.dxf]`.

An L of 726 m² with arms 14.4 m wide on a grid of 7.2 and 6 m. Entrance at the east end of the south arm, exit at the
north end of the west arm, staff doors along the two outer sides. Walls are closed polylines; the use of a door is told
by the words beside it, as many offices draw it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import drafting as d

OUTER, INNER = 300, 200
HALL: d.Ring = [(0, 0), (32400, 0), (32400, 14400), (14400, 14400), (14400, 32400), (0, 32400)]
STAIR: d.Ring = [(-5000, 24400), (-OUTER, 24400), (-OUTER, 29400), (-5000, 29400)]
LOBBY: d.Ring = [(-5000, 21400), (-OUTER, 21400), (-OUTER, 24200), (-5000, 24200)]
PLANT: d.Ring = [(-5000, 16200), (-OUTER, 16200), (-OUTER, 21200), (-5000, 21200)]
GRID_X = {"A": -150, "B": 7200, "C": 14550, "D": 20400, "E": 26400, "F": 32550}
GRID_Y = {"1": -150, "2": 7200, "3": 14550, "4": 20400, "5": 26400, "6": 32550}

# (corner before, corner after, middle from that corner, width, thickness, leaves, opens out, mirrored)
DOORS = (
    (HALL[1], HALL[2], 10100, 2000, OUTER, 2, True, False),
    (HALL[4], HALL[5], 4300, 2000, OUTER, 2, True, False),
    (HALL[0], HALL[1], 3600, 1000, OUTER, 1, True, True),
    (HALL[5], HALL[0], 9600, 1000, OUTER, 1, True, False),
    (LOBBY[0], LOBBY[1], 1500, 1000, INNER, 1, True, False),
    (LOBBY[2], LOBBY[3], 3200, 1000, INNER, 1, False, True),
    (LOBBY[3], LOBBY[0], 1400, 1000, OUTER, 1, True, True),
)
WINDOWS = (
    (HALL[0], HALL[1], (7200, 12600, 17400, 23400, 29400), 2400),
    (HALL[1], HALL[2], (3600,), 2400),
    (HALL[2], HALL[3], (3000, 9000, 15000), 2400),
    (HALL[3], HALL[4], (3000, 9000, 15000), 2400),
    (HALL[5], HALL[0], (18600, 22200, 25800, 29400), 1800),
    (PLANT[3], PLANT[0], (2500,), 1200),
    (STAIR[3], STAIR[0], (2500,), 1200),
)
COLUMNS = [(7200, y) for y in (7200, 14550, 20400, 26400)] + [(x, 7200) for x in (14550, 20400, 26400)]


def draw() -> d.Drawing:
    """The whole drawing."""
    doc = d.new_drawing()
    msp = doc.modelspace()
    doors = [(row, d.opening_in(row[0], row[1], row[2], row[3])) for row in DOORS]
    windows = [d.opening_in(a, b, at, width) for a, b, places, width in WINDOWS for at in places]
    rooms = [(HALL, OUTER), (STAIR, OUTER), (LOBBY, OUTER), (PLANT, OUTER)]
    pieces = d.wall_pieces(rooms, [hole for _, hole in doors] + windows, reach=OUTER + 1)
    d.draw_walls(msp, pieces, as_lines=False, pattern="ANSI31")
    for (_, _, _, width, thick, leaves, out, mirrored), hole in doors:
        block = d.door_block(
            doc, f"{'DOUBLE' if leaves == 2 else 'SINGLE'} DOOR {width}", width, leaves=leaves, with_attributes=False
        )
        d.place_door(msp, block, hole, thick, outward=out, mirrored=mirrored)
    for hole in windows:
        d.place_window(msp, doc, hole, OUTER)
    d.place_columns(msp, doc, COLUMNS, 400, as_block=False)
    d.stair(msp, -5000, 25300, -3000, 28900)
    _surroundings(msp)
    _notes(msp)
    return doc


def _surroundings(msp: d.Modelspace) -> None:
    """Landing and ramp before the entrance, the court in the angle of the L."""
    for points in (
        [(32700, 7400), (35400, 7400), (35400, 12800), (32700, 12800)],
        [(33900, 7400), (33900, 2600), (35400, 2600), (35400, 7400)],
    ):
        msp.add_lwpolyline(points, dxfattribs={"layer": "L-WALK"})
    msp.add_line((34650, 2900), (34650, 7100), dxfattribs={"layer": "L-WALK"})
    d.text(msp, "RAMP UP 1:12", (33500, 5000), paper_mm=2, layer="L-WALK", turn=90)
    msp.add_lwpolyline(
        [(32700, 7000), (36000, 7000), (36000, 13200), (32700, 13200)], dxfattribs={"layer": "A-FLOR-OVHD"}
    )
    d.text(msp, "COURTYARD", (23400, 23400), paper_mm=3, layer="L-WALK")


def _notes(msp: d.Modelspace) -> None:
    """Names, grid, dimensions and what stands round a plan."""
    area = d.Polygon
    d.room_name(msp, "PUBLIC HALL", area(HALL).area / 1e6, (10900, 10900), paper_mm=4)
    for name, ring, at in (
        ("STAIR", STAIR, (-1600, 25200)),
        ("STAFF LOBBY", LOBBY, (-2650, 22800)),
        ("PLANT / UPS", PLANT, (-2650, 18900)),
    ):
        d.room_name(msp, name, area(ring).area / 1e6, at, paper_mm=2)
    d.text(msp, "ENTRANCE", (34200, 10100), paper_mm=2.5, turn=90)
    d.text(msp, "EXIT", (10100, 34300), paper_mm=2.5)
    d.text(msp, "STAFF ONLY", (3600, -2000), paper_mm=2.5)
    d.text(msp, "STAFF ONLY", (-1500, 23450), paper_mm=1.8)
    d.grid(msp, GRID_X, GRID_Y, -9500, -6500, 35500, 35000)
    d.chain(msp, list(GRID_X.values()), -4400)
    d.chain(msp, [GRID_X["A"], GRID_X["F"]], -5400)
    d.chain(msp, list(GRID_Y.values()), -7400, vertical=True)
    d.chain(msp, [GRID_Y["1"], GRID_Y["6"]], -8400, vertical=True)
    d.chain(msp, [0, 14400, 32400], 37500, vertical=True)
    d.chain(msp, [0, 14400, 32400], 36300)
    d.north_arrow(msp, (33000, 30500), turn=75)
    d.scale_bar(msp, (15500, -11000))
    d.title(
        msp,
        [
            "JUSTICE SERVICES CENTRE",
            "GROUND FLOOR PLAN  1:100   ALL DIMENSIONS IN MILLIMETRES",
            "EXISTING SHELL, NOT FURNISHED",
        ],
        (-9500, -10000),
    )
    d.frame(msp, (-12500, -12500), (40500, 39500))


if __name__ == "__main__":
    d.save(draw(), Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("plan.dxf"))
