"""A building as they stand: thirty rooms along a corridor, thin walls between rooms, thick ones along the corridor."""

from __future__ import annotations

from layouts.plan import Door, Level, Polygon, Ring, Space, Wall
from tests.builders_placement import box

THIN, THICK, OUTER = 120, 200, 300
SOUTH, NORTH = 9, 18  # rooms on either side of the corridor
WIDE, NARROW = 6000, 3000
DEPTH_S, CORRIDOR, DEPTH_N = 10_000, 2400, 5600
Y1 = DEPTH_S + THICK
Y2 = Y1 + CORRIDOR + THICK


def south_room(k: int) -> Ring:
    """The k-th large room, from the left."""
    x = k * (WIDE + THIN)
    return box(x, 0, x + WIDE, DEPTH_S)


def length() -> int:
    return SOUTH * (WIDE + THIN) - THIN


def office_building() -> Level:
    """Nine rooms of 6 x 10 m to the south, eighteen of 3 x 5.6 m to the north, toilets and a stair among them; an entrance
    and an exit in the south wall, a staff door at the corridor's left end."""
    end = length()
    spaces = [Space(id=f"s{k}", name=f"ROOM {k + 1}", kind="", outline=Polygon(outer=south_room(k))) for k in range(SOUTH)]
    spaces.append(Space(id="corridor", name="CORRIDOR", kind="", outline=Polygon(outer=box(0, Y1, end, Y1 + CORRIDOR))))
    walls = [
        Wall(id="o-s", a=(-OUTER, -OUTER // 2), b=(end + OUTER, -OUTER // 2), thickness_mm=OUTER),
        Wall(id="o-n", a=(-OUTER, Y2 + DEPTH_N + OUTER // 2), b=(end + OUTER, Y2 + DEPTH_N + OUTER // 2), thickness_mm=OUTER),
        Wall(id="o-w", a=(-OUTER // 2, -OUTER), b=(-OUTER // 2, Y2 + DEPTH_N + OUTER), thickness_mm=OUTER),
        Wall(id="o-e", a=(end + OUTER // 2, -OUTER), b=(end + OUTER // 2, Y2 + DEPTH_N + OUTER), thickness_mm=OUTER),
        Wall(id="c-s", a=(0, DEPTH_S + THICK // 2), b=(end, DEPTH_S + THICK // 2), thickness_mm=THICK),
        Wall(id="c-n", a=(0, Y2 - THICK // 2), b=(end, Y2 - THICK // 2), thickness_mm=THICK),
    ]
    doors: list[Door] = []
    for k in range(SOUTH):
        x = k * (WIDE + THIN)
        if k:
            walls.append(Wall(id=f"t-s{k}", a=(x - THIN // 2, 0), b=(x - THIN // 2, DEPTH_S), thickness_mm=THIN))
        doors.append(_door(f"d-s{k}", "internal", x + 2500, DEPTH_S, 1000))
    names = {3: "WC MEN", 4: "WC WOMEN", 9: "STAIR", 17: "ELECTRICAL"}
    for k in range(NORTH):
        x, x1 = k * (NARROW + THIN), end if k == NORTH - 1 else k * (NARROW + THIN) + NARROW
        if k:
            walls.append(Wall(id=f"t-n{k}", a=(x - THIN // 2, Y2), b=(x - THIN // 2, Y2 + DEPTH_N), thickness_mm=THIN))
        name = names.get(k, f"OFFICE {k + 1}")
        spaces.append(Space(id=f"n{k}", name=name, kind="", outline=Polygon(outer=box(x, Y2, x1, Y2 + DEPTH_N))))
        doors.append(_door(f"d-n{k}", "internal", x + 1000, Y2, 1000))
    doors += [
        _door("in", "entrance", 1 * (WIDE + THIN) + 2000, 0, 2000),
        _door("out", "exit", 6 * (WIDE + THIN) + 2000, 0, 2000),
        Door(id="staff", use="staff", p=(0, Y1 + 1700), q=(0, Y1 + 700), clear_mm=950),
    ]
    return Level(
        id="0", name="Ground floor", elevation_mm=0, outline=box(0, 0, end, Y2 + DEPTH_N), walls=tuple(walls),
        doors=tuple(doors), spaces=tuple(spaces),
    )  # fmt: skip


def _door(id: str, use: str, x: int, y: int, width: int) -> Door:
    return Door(id=id, use=use, p=(x, y), q=(x + width, y), clear_mm=width - 50)
