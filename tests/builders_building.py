"""A building as they stand: rooms on both sides of a corridor, thin walls between rooms, thick ones along the corridor."""

from __future__ import annotations

from functools import cache

from layouts.plan import Door, Level, Polygon, Ring, Space, Wall
from solvers.effort import Effort
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from tests.builders_placement import a_problem, bank, box, flow, island, room

THIN, THICK, OUTER = 120, 200, 300
WIDE, NARROW = 6000, 3000
DEPTH_S, CORRIDOR, DEPTH_N = 10_000, 2400, 5600
NAMES = {3: "WC MEN", 4: "WC WOMEN", 9: "STAIR"}


def large_room(k: int, depth: int = DEPTH_S) -> Ring:
    """The k-th room to the south, from the left."""
    x = k * (WIDE + THIN)
    return box(x, 0, x + WIDE, depth)


@cache
def office_building(south: int = 9, north: int = 18, depth: int = DEPTH_S) -> Level:
    """Rooms 6 m wide and `depth` deep to the south, of 3 x 5.6 m to the north, toilets and a stair among them.

    The entrance is in the second room from the left, the exit in the third from the right, a staff door at the corridor's
    left end.
    """
    end = south * (WIDE + THIN) - THIN
    y1 = depth + THICK  # the corridor's lower edge
    y2 = y1 + CORRIDOR + THICK  # the northern rooms' lower edge
    top = y2 + DEPTH_N
    spaces = [
        Space(id=f"s{k}", name=f"ROOM {k + 1}", kind="", outline=Polygon(outer=large_room(k, depth))) for k in range(south)
    ]
    spaces.append(Space(id="corridor", name="CORRIDOR", kind="", outline=Polygon(outer=box(0, y1, end, y1 + CORRIDOR))))
    walls = [
        Wall(id="o-s", a=(-OUTER, -OUTER // 2), b=(end + OUTER, -OUTER // 2), thickness_mm=OUTER),
        Wall(id="o-n", a=(-OUTER, top + OUTER // 2), b=(end + OUTER, top + OUTER // 2), thickness_mm=OUTER),
        Wall(id="o-w", a=(-OUTER // 2, -OUTER), b=(-OUTER // 2, top + OUTER), thickness_mm=OUTER),
        Wall(id="o-e", a=(end + OUTER // 2, -OUTER), b=(end + OUTER // 2, top + OUTER), thickness_mm=OUTER),
        Wall(id="c-s", a=(0, depth + THICK // 2), b=(end, depth + THICK // 2), thickness_mm=THICK),
        Wall(id="c-n", a=(0, y2 - THICK // 2), b=(end, y2 - THICK // 2), thickness_mm=THICK),
    ]
    doors = [
        _door("in", "entrance", WIDE + THIN + 2000, 0, 2000),
        _door("out", "exit", (south - 3) * (WIDE + THIN) + 2000, 0, 2000),
        Door(id="staff", use="staff", p=(0, y1 + 1700), q=(0, y1 + 700), clear_mm=950),
    ]
    for k in range(south):
        x = k * (WIDE + THIN)
        walls += [_thin(f"t-s{k}", x - THIN // 2, 0, depth)] if k else []
        doors.append(_door(f"d-s{k}", "internal", x + 2500, depth, 1000))
    for k in range(north):
        x = k * (NARROW + THIN)
        right = end if k == north - 1 else x + NARROW
        walls += [_thin(f"t-n{k}", x - THIN // 2, y2, top)] if k else []
        outline = Polygon(outer=box(x, y2, right, top))
        spaces.append(Space(id=f"n{k}", name=NAMES.get(k, f"OFFICE {k + 1}"), kind="", outline=outline))
        doors.append(_door(f"d-n{k}", "internal", x + 1000, y2, 1000))
    return Level(
        id="0", name="Ground floor", elevation_mm=0, outline=box(0, 0, end, top), walls=tuple(walls), doors=tuple(doors),
        spaces=tuple(spaces),
    )  # fmt: skip


def _thin(id: str, x: int, low: int, high: int) -> Wall:
    return Wall(id=id, a=(x, low), b=(x, high), thickness_mm=THIN)


def _door(id: str, use: str, x: int, y: int, width: int) -> Door:
    return Door(id=id, use=use, p=(x, y), q=(x + width, y), clear_mm=width - 50)


def small_office() -> PlacementProblem:
    """A small centre for a building of six large rooms and ten small ones."""
    return a_problem(
        bank("A", 3, seats=6, bays=1), bank("B", 2), island("kiosk", within=0.6),
        room("nursing", 40.0, depth=6000, kind="nursing_room"), room("archive", 15.0, side="staff", depth=3000, kind="archive"),
        room("server", 12.0, side="staff", depth=3000, kind="server_room"),
        flows=(flow("kiosk", "A", "B", visitors=60), flow("B", visitors=40)), level=office_building(6, 10), spines=1,
    )  # fmt: skip


@cache
def small_office_placed() -> tuple[PlacementProblem, Placement]:
    """The small centre placed once for all tests that look at its answer."""
    problem = small_office()
    return problem, solve(problem, Effort(seconds=1, seed=1, reproducible=True))  # the same on a slow machine
