"""Tiny halls and programmes for the placement's tests: small enough to know by heart, solved in a second or two."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from layouts.plan import Column, Door, Level, Obstacle, Ring
from layouts.programme import BankRequirement, Flow, IslandRequirement, LayoutRules, Programme, RoomRequirement
from solvers.effort import Effort
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve

RULES = LayoutRules(
    profile="tiny", counter_width_mm=1600, accessible_counter_width_mm=1800, desk_depth_mm=800, staff_zone_mm=1800,
    customer_zone_mm=1500, approach_aisle_mm=1500, seat_width_mm=550, row_pitch_mm=900, gangway_mm=1500,
    spine_widths_mm=(1800,), clear_width_mm=1500, turning_mm=1500, staff_corridor_mm=1200, room_front_mm=1500,
    wheelchair_bay_mm=(900, 1400), setbacks_mm=(0,),
)  # fmt: skip
QUICK = Effort(seconds=3, seed=1)


def box(x0: int, y0: int, x1: int, y1: int) -> Ring:
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def door(id: str, use: str, p: tuple[int, int], q: tuple[int, int]) -> Door:
    return Door(id=id, use=use, p=p, q=q, clear_mm=abs(p[0] - q[0]) + abs(p[1] - q[1]))


def straight_hall(
    width: int = 12_000, depth: int = 14_000, *, way_x: int = 6000, columns: tuple[Ring, ...] = (),
    obstacles: tuple[Ring, ...] = (), staff_doors: tuple[str, ...] = ("left",),
) -> Level:  # fmt: skip
    """Entrance at the foot, exit at the head, 1.8 m wide about x = `way_x`; staff doors near the foot of the side walls."""
    sides = {"left": (0, (0, 2400), (0, 1400)), "right": (width, (width, 1400), (width, 2400))}
    return Level(
        id="0", name="", elevation_mm=0, outline=box(0, 0, width, depth),
        doors=(
            door("in", "entrance", (way_x - 900, 0), (way_x + 900, 0)),
            door("out", "exit", (way_x + 900, depth), (way_x - 900, depth)),
            *(door(f"staff-{s}", "staff", sides[s][1], sides[s][2]) for s in staff_doors),
        ),
        columns=tuple(Column(id=f"c{n}", outline=ring) for n, ring in enumerate(columns)),
        obstacles=tuple(Obstacle(id=f"o{n}", kind="shaft", outline=ring) for n, ring in enumerate(obstacles)),
    )  # fmt: skip


def hall_of_many_ways() -> Level:
    """The straight hall with a second entrance in the right wall near the head, and a lift there near the foot."""
    level = straight_hall()
    side = door("side", "entrance", (12_000, 9600), (12_000, 11_400))
    return replace(level, doors=(*level.doors, side, door("lift", "internal", (12_000, 3000), (12_000, 4000))))


def l_hall() -> Level:
    """An L: entrance at the right end of the foot, exit at the top of the stem, staff door on the outer corner's wall."""
    return Level(
        id="0", name="", elevation_mm=0,
        outline=((0, 0), (20_000, 0), (20_000, 9000), (9000, 9000), (9000, 20_000), (0, 20_000)),
        doors=(
            door("in", "entrance", (20_000, 6600), (20_000, 8400)), door("out", "exit", (8400, 20_000), (6600, 20_000)),
            door("staff", "staff", (0, 3000), (0, 2000)),
        ),
    )  # fmt: skip


def slanted_hall() -> Level:
    """The head wall rises to the right; the exit is in the right wall, the staff door near the foot of the left one."""
    return Level(
        id="0", name="", elevation_mm=0, outline=((0, 0), (14_000, 0), (14_000, 16_000), (0, 13_000)),
        doors=(
            door("in", "entrance", (9100, 0), (10_900, 0)), door("out", "exit", (14_000, 6100), (14_000, 7900)),
            door("staff", "staff", (0, 2400), (0, 1400)),
        ),
    )  # fmt: skip


def bank(
    id: str, positions: int = 2, *, accessible: int = 1, seats: int = 0, bays: int = 0, kind: str = "counter"
) -> BankRequirement:
    return BankRequirement(
        id=id, label=id, kind=kind, services=("s",), positions=positions, accessible_positions=accessible, seats=seats,
        wheelchair_bays=bays,
    )  # fmt: skip


def room(
    id: str, area_m2: float = 6.0, *, side: str = "public", depth: int = 2000, kind: str = "prayer_room"
) -> RoomRequirement:
    return RoomRequirement(id=id, label=id, kind=kind, area_m2=area_m2, min_width_mm=1500, side=side, depths_mm=(depth,))


def island(id: str, *, within: float = 1.0, width: int = 1200, staffed: bool = False, positions: int = 1) -> IslandRequirement:
    return IslandRequirement(
        id=id, label=id, kind="self_service_kiosk", services=("s",), positions=positions, accessible_positions=1,
        width_mm=width, depth_mm=800, front_mm=1500, within_first=within, staffed=staffed,
    )  # fmt: skip


def flow(*stops: str, visitors: int = 100) -> Flow:
    return Flow(service="s", visitors_per_day=visitors, stops=stops)


def programme(*modules: object, flows: tuple[Flow, ...] = (), rules: LayoutRules = RULES) -> Programme:
    return Programme(
        banks=tuple(m for m in modules if isinstance(m, BankRequirement)),
        rooms=tuple(m for m in modules if isinstance(m, RoomRequirement)),
        islands=tuple(m for m in modules if isinstance(m, IslandRequirement)),
        flows=flows, rules=rules,
    )  # fmt: skip


def a_problem(
    *modules: object, flows: tuple[Flow, ...] = (), level: Level | None = None, rules: LayoutRules = RULES, spines: int = 2
) -> PlacementProblem:
    return PlacementProblem(
        level=level or straight_hall(), programme=programme(*modules, flows=flows, rules=rules), max_spines=spines
    )


def small_centre() -> PlacementProblem:
    """Two banks in a row, one of them with seats and a bay, a public and a staff room and a kiosk at the entrance."""
    return a_problem(
        bank("A", 2, seats=4, bays=1), bank("B", 2), room("prayer"),
        room("server", 4.5, side="staff", depth=2400, kind="server_room"), island("kiosk", within=0.6),
        flows=(flow("kiosk", "A", "B", visitors=60), flow("B", visitors=40)),
        level=straight_hall(14_000, 16_000, way_x=9000, columns=(box(3000, 12_000, 3300, 12_300),)),
    )  # fmt: skip


@cache
def small_placement() -> tuple[PlacementProblem, Placement]:
    """The small centre solved once for all tests that look at an answer."""
    problem = small_centre()
    return problem, solve(problem, replace(QUICK, seconds=12))  # ends as soon as it is proven


def turned(level: Level) -> Level:
    """The level turned by 90 degrees counter-clockwise about the origin: (x, y) -> (-y, x)."""

    def turn(p: tuple[int, int]) -> tuple[int, int]:
        return -p[1], p[0]

    def ring(r: Ring) -> Ring:
        return tuple(turn(p) for p in r)

    return replace(
        level, outline=ring(level.outline), holes=tuple(ring(h) for h in level.holes),
        doors=tuple(replace(d, p=turn(d.p), q=turn(d.q)) for d in level.doors),
        columns=tuple(replace(c, outline=ring(c.outline)) for c in level.columns),
        obstacles=tuple(replace(o, outline=ring(o.outline)) for o in level.obstacles),
    )  # fmt: skip
