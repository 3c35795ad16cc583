"""The inside of modules: layers from the back (v = 0) to the front, in dm. Right by construction, so never modelled.

bank   : staff [0, S + setback] | desk | customer | approach aisle | waiting rows (or across the spine, or none)
room   : body [0, d] | front clear zone;  staff rooms keep a staff corridor between themselves and the wall
island : body [0, d] | front clear zone
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from layouts.programme import BankRequirement, IslandRequirement, LayoutRules, RoomRequirement
from solvers.placement.problem import DM

OPEN_STAFF_ROOMS = (
    "back_office",
    "staff_room",
    "staff_suite",
)  # staff may walk through these; the others need a corridor behind them


MOST_ROWS = 5
STAFF_WAY_MM = 900  # free floor beside a staffed island, through which its staff step in
ROOM_WALL_MM = 100  # new walls of a room, on all its sides as they are drawn
SEAT_FLOOR_M2 = 1.5  # rows, gangway and bays together, for each who waits: a planning default for comfort, not a rule
EXTRA_LENGTHS_DM = (0, 12, 24, 36, 48)


@dataclass(frozen=True, slots=True)
class Inside:
    """One way a module can be: its length along u and its layers along v, all dm.

    `solid`, `full`, `public`: intervals of v that other modules' solids, other modules and staff strips must not touch.
    `front`: v of the point where visitors stand. `waiting`: v-interval of the rows, `rows` of them; `across`: depth of the
    rows on the far side of the spine instead. `desk`: v-interval of counters. `walls`: length of its own new walls.
    `crowded`: tenths of a square metre that its waiting area lacks to SEAT_FLOOR_M2 for each of `seats` and wheelchair `bays`.
    """

    variant: str
    length: int
    staff: bool
    setback: int
    solid: tuple[int, int]
    full: tuple[int, int]
    public: tuple[int, int] | None
    front: int
    rows: int = 0
    desk: tuple[int, int] | None = None
    waiting: tuple[int, int] | None = None
    across: int = 0
    body: tuple[int, int] | None = None
    columns_allowed: tuple[tuple[int, int], ...] = ()
    penalty: str = ""
    walls: int = 0
    crowded: int = 0
    seats: int = 0
    bays: int = 0


def dm(mm: float) -> int:
    """Millimetres to whole decimetres, rounded up."""
    return ceil(mm / DM - 1e-9)


def bank_length(bank: BankRequirement, rules: LayoutRules) -> int:
    """Length of the counter line."""
    normal = bank.positions - bank.accessible_positions
    return dm(normal * rules.counter_width_mm + bank.accessible_positions * rules.accessible_counter_width_mm)


def seats_per_row(length_dm: int, row: int, bays: int, rules: LayoutRules) -> int:
    """Seats in row `row` (0 next to the aisle) of a block `length_dm` long: a gangway crosses it, bays end its first rows."""
    bay_rows = ceil(rules.wheelchair_bay_mm[1] / rules.row_pitch_mm)
    taken = bays * rules.wheelchair_bay_mm[0] if row < bay_rows else 0
    return max(0, length_dm * DM - rules.gangway_mm - taken) // rules.seat_width_mm


def rows_needed(bank: BankRequirement, length_dm: int, rules: LayoutRules) -> int | None:
    """Fewest rows, up to MOST_ROWS, that seat the bank's visitors beside its wheelchair bays; None when they are too many."""
    seats = 0
    for row in range(MOST_ROWS):
        seats += seats_per_row(length_dm, row, bank.wheelchair_bays, rules)
        if seats >= bank.seats:
            return row + 1
    return None


def waiting_shapes(bank: BankRequirement, rules: LayoutRules) -> tuple[tuple[int, int], ...]:
    """Lengths (dm) and rows worth trying: as long as the counters, and longer while that saves rows."""
    shapes: list[tuple[int, int]] = []
    for extra in EXTRA_LENGTHS_DM:
        length = bank_length(bank, rules) + extra
        rows = rows_needed(bank, length, rules)
        if rows is not None and (not shapes or rows < shapes[-1][1]):
            shapes.append((length, rows))
    if shapes and shapes[0][1] < MOST_ROWS:
        shapes.append((shapes[0][0], shapes[0][1] + 1))  # a row to spare, where columns cost seats
    return tuple(shapes)


def waiting_depth(bank: BankRequirement, rows: int, rules: LayoutRules) -> int:
    """Depth of the waiting block: its rows, and never less than a wheelchair bay."""
    return max(dm(rows * rules.row_pitch_mm), dm(rules.wheelchair_bay_mm[1]) if bank.wheelchair_bays else 0)


def crowded(bank: BankRequirement, length: int, rows: int, rules: LayoutRules) -> int:
    """Tenths of a square metre that the waiting area of a bank lacks to a comfortable one."""
    wanted_dm2 = round(100 * SEAT_FLOOR_M2) * (bank.seats + bank.wheelchair_bays)
    return max(0, -(-(wanted_dm2 - length * waiting_depth(bank, rows, rules)) // 10))


def bank_insides(bank: BankRequirement, rules: LayoutRules) -> tuple[Inside, ...]:
    """All insides of a bank: setbacks x (rows, rows + 1 attached; rows across) or without waiting when it seats nobody."""
    length = bank_length(bank, rules)
    found: list[Inside] = []
    for setback in (dm(s) for s in rules.setbacks_mm):
        staff_end = dm(rules.staff_zone_mm) + setback
        desk_end = staff_end + dm(rules.desk_depth_mm)
        customer_end = desk_end + dm(rules.customer_zone_mm)
        aisle_end = customer_end + dm(rules.approach_aisle_mm)
        seated = bank.seats > 0 or bank.wheelchair_bays > 0
        if not seated:
            found.append(
                Inside("plain", length, True, setback, (0, customer_end), (0, aisle_end), (staff_end, aisle_end), desk_end + 7,
                       desk=(staff_end, desk_end), columns_allowed=((0, staff_end - 6),))
            )  # fmt: skip
            continue
        for length_now, rows in waiting_shapes(bank, rules):
            end, lack = aisle_end + waiting_depth(bank, rows, rules), crowded(bank, length_now, rows, rules)
            found.append(
                Inside("attached", length_now, True, setback, (0, end), (0, end), (staff_end, end), desk_end + 7, rows=rows,
                       desk=(staff_end, desk_end), waiting=(aisle_end, end),
                       columns_allowed=((0, staff_end - 6), (aisle_end, end)), crowded=lack,
                       seats=bank.seats, bays=bank.wheelchair_bays)
            )  # fmt: skip
            found.append(
                Inside("across", length_now, True, setback, (0, customer_end), (0, aisle_end), (staff_end, aisle_end),
                       desk_end + 7, rows=rows, desk=(staff_end, desk_end), across=waiting_depth(bank, rows, rules),
                       columns_allowed=((0, staff_end - 6),), penalty="across", crowded=lack)
            )  # fmt: skip
    return tuple(found)


def room_insides(room: RoomRequirement, rules: LayoutRules) -> tuple[Inside, ...]:
    """A room as wide as its net area asks at each allowed depth, along a wall; its own walls come on top."""
    front = dm(rules.room_front_mm)
    corridor = dm(rules.staff_corridor_mm)
    least = room.min_width_mm + 2 * ROOM_WALL_MM
    depths = [d for d in room.depths_mm or (3000, 4000, 5000, 6000) if d >= least] or [least]
    found = []
    for depth in (dm(d) for d in depths):
        inner = depth * DM - 2 * ROOM_WALL_MM
        length = max(dm(room.area_m2 * 1e6 / inner + 2 * ROOM_WALL_MM), dm(least))
        if room.side == "public":
            found.append(
                Inside(f"room{depth}", length, False, 0, (0, depth), (0, depth + front), (0, depth + front), depth + 7,
                       body=(0, depth), walls=length + 2 * depth)
            )  # fmt: skip
            continue
        back = 0 if room.kind in OPEN_STAFF_ROOMS else corridor
        open_room = room.kind in OPEN_STAFF_ROOMS
        allowed = ((back + 3, back + depth - 3),) if open_room else ()
        solid = None if open_room else (back, back + depth)  # a closed room may not stop another wall's staff corridor
        found.append(
            Inside(f"room{depth}", length, True, back, (0, back + depth), (0, back + depth), solid, back + depth,
                   body=(back, back + depth), columns_allowed=allowed, walls=0 if open_room else 2 * (length + depth))
        )  # fmt: skip
    return tuple(found)


def island_insides(island: IslandRequirement, rules: LayoutRules, *, at_spine: bool) -> tuple[Inside, ...]:
    """An island beside the spine, with its staff's way in at its far end.

    Its queue stands beside the spine too, or (charged) in the spine; or the island stands against a wall.
    """
    body, front = dm(island.depth_mm), dm(island.front_mm)
    length = dm(island.width_mm) + (dm(STAFF_WAY_MM) if island.staffed else 0)
    if not at_spine:
        return (Inside("wall", length, False, 0, (0, body), (0, body + front), (0, body + front), body + 7, body=(0, body)),)
    # v runs from the island's back towards the spine, so the spine's edge is the end of `solid` or of `full`
    beside = Inside(
        "beside", length, False, 0, (0, body + front), (0, body + front), (0, body + front), body + 7, body=(0, body)
    )
    within = Inside(
        "within", length, False, 0, (0, body), (0, body + front), (0, body + front), body + 7, body=(0, body), penalty="queue"
    )
    return (beside, within)
