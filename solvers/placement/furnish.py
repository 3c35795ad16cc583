"""One module's furniture: counters, seats, bays, desks, rooms as items of the layout."""

from __future__ import annotations

from math import ceil, cos, floor, radians, sin

from layouts.catalogue import fittings
from layouts.compartment import only_door
from layouts.compartments import compartments
from layouts.layout import ClearZone, Item
from layouts.plan import Level, Ring
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules, RoomRequirement
from layouts.standing import shape_of
from solvers.placement.frame import LocalFrame, across_frame, frame_of
from solvers.placement.modules import OPEN_STAFF_ROOMS, bank_length, waiting_depth
from solvers.placement.problem import BEHIND, DM, Pose, SpineLine
from solvers.placement.seat_rows import Box
from solvers.placement.seating import Seating, Way, mirrored, seat_block, turned
from solvers.placement.standing import local_columns

STAFF_STEP_MM = 900  # staff stand this deep before a door of theirs
BAYS_ASTRAY = 3.0  # unease that wheelchair bays may cost to stand at the end of the accessible counters
WALL_MM = 100  # a partition may take this much of a staff place at the end of a bank


def staff_depth_mm(pose: Pose, rules: LayoutRules) -> int:
    """Depth of a bank's staff zone, setback included, on the model's grid."""
    return -(-rules.staff_zone_mm // DM) * DM + pose.setback_dm * DM


def low_end_first(spine: SpineLine, pose: Pose, rules: LayoutRules) -> bool:
    """Does the bank's low end lie nearer to the entrance? There its accessible counters stand, and its wheelchair bays."""
    frame, front = frame_of(pose), aisle_end_mm(pose, rules)
    start = spine.points[0]
    low, high = frame.point(0, front), frame.point(pose.length_dm * DM, front)

    def far(p: tuple[int, int]) -> int:
        return abs(p[0] - start[0] * DM) + abs(p[1] - start[1] * DM)

    return far(low) <= far(high)


def bank_items(
    bank: BankRequirement, pose: Pose, rules: LayoutRules, level: Level, *, accessible_first: bool, way: Way | None
) -> tuple[Item, ...] | None:
    """Counters and waiting of a bank, bays beside its accessible end; None when its seats do not fit with this gangway."""
    counters = counters_of(bank, pose, rules, accessible_first=accessible_first)
    seating = bank_seating(bank, pose, rules, level, way, bays_high=not accessible_first)
    if seating is None:
        return counters if bank.seats == 0 and bank.wheelchair_bays == 0 else None
    block = block_frame(pose, rules)
    return (*counters, *_seats(bank, block, seating), *_bays(bank, block, seating))


def counters_of(bank: BankRequirement, pose: Pose, rules: LayoutRules, *, accessible_first: bool) -> tuple[Item, ...]:
    """A bank's counter line, the accessible ones at its low end or at its high one."""
    frame = frame_of(pose)
    staff = staff_depth_mm(pose, rules)
    desk = staff + rules.desk_depth_mm
    normal = [False] * (bank.positions - bank.accessible_positions)
    kinds = [True] * bank.accessible_positions + normal if accessible_first else normal + [True] * bank.accessible_positions
    u = (pose.length_dm - bank_length(bank, rules)) * DM // 2
    items = []
    for n, accessible in enumerate(kinds, start=1):
        width = rules.accessible_counter_width_mm if accessible else rules.counter_width_mm
        zones = [
            ClearZone(use="customer", polygon=frame.box(u, desk, u + width, desk + rules.customer_zone_mm)),
            ClearZone(use="staff", polygon=frame.box(u + WALL_MM, staff - rules.staff_zone_mm, u + width - WALL_MM, staff)),
        ]
        if accessible:
            edge = (width - rules.turning_mm) // 2
            zones.append(ClearZone(use="turning", polygon=frame.box(u + edge, desk, u + edge + rules.turning_mm,
                                                                     desk + rules.turning_mm)))  # fmt: skip
        items.append(
            Item(
                id=f"{bank.id}-{n:02d}", kind=_kind(bank.kind, accessible=accessible), bank=bank.id,
                services=bank.services, label=f"{bank.label} {n}", polygon=frame.box(u, staff, u + width, desk),
                insert_mm=frame.point(u + width // 2, desk), rotation_deg=frame.facing(towards_v=True),
                clear_zones=tuple(zones), accessible=accessible,
            )
        )  # fmt: skip
        u += width
    return tuple(items)


def _kind(kind: str, *, accessible: bool) -> str:
    """The catalogue's accessible twin of a counter, where it has one."""
    twin = f"{kind}_accessible"
    return twin if accessible and twin in fittings() else kind


def block_frame(pose: Pose, rules: LayoutRules) -> LocalFrame:
    if pose.across_dm is not None:
        return across_frame(pose)
    return frame_of(pose).onwards(aisle_end_mm(pose, rules))


def aisle_end_mm(pose: Pose, rules: LayoutRules) -> int:
    """Where the approach aisle ends and attached waiting begins, in the bank's v."""
    parts = (rules.desk_depth_mm, rules.customer_zone_mm, rules.approach_aisle_mm)
    return staff_depth_mm(pose, rules) + sum(-(-p // DM) * DM for p in parts)


def bank_seating(
    bank: BankRequirement, pose: Pose, rules: LayoutRules, level: Level, way: Way | None, *, bays_high: bool = False
) -> Seating | None:
    """The waiting block of a placed bank: with the gangway told, or the one that leaves its rows whole, bays at the end that
    is wanted for them unless the seats there stand worse."""
    if bank.seats == 0 and bank.wheelchair_bays == 0:
        return None
    columns = block_columns(bank, pose, rules, level)
    if way is not None:
        return seating_through(bank, pose.length_dm, pose.rows, rules, columns, way)
    if not bank.wheelchair_bays:
        return _block(bank, pose.length_dm, pose.rows, rules, columns, bays_high=False, gangway=None)
    wanted = _block(bank, pose.length_dm, pose.rows, rules, columns, bays_high=bays_high, gangway=None)
    other = _block(bank, pose.length_dm, pose.rows, rules, columns, bays_high=not bays_high, gangway=None)
    if wanted is None or other is None:
        return wanted or other
    return wanted if wanted.unease <= other.unease + BAYS_ASTRAY else other


def seating_through(
    bank: BankRequirement, length_dm: int, rows: int, rules: LayoutRules, columns: tuple[Box, ...], way: Way
) -> Seating | None:
    """The same with a gangway that is told, round the block's columns, which whoever tries many gangways looks up once."""
    if bank.seats == 0 and bank.wheelchair_bays == 0:
        return None
    return _block(bank, length_dm, rows, rules, columns, bays_high=way.bays_high, gangway=way.before)


def block_columns(bank: BankRequirement, pose: Pose, rules: LayoutRules, level: Level) -> tuple[Box, ...]:
    """The columns in a placed bank's waiting block."""
    depth = waiting_depth(bank, pose.rows, rules) * DM
    return columns_in(level, block_frame(pose, rules), pose.length_dm * DM, depth)


def _block(
    bank: BankRequirement, length_dm: int, rows: int, rules: LayoutRules, columns: tuple[Box, ...], *, bays_high: bool,
    gangway: int | None,
) -> Seating | None:  # fmt: skip
    length = length_dm * DM
    if bays_high:
        columns = turned(columns, length)
    found = seat_block(length, rows, bank.seats, bank.wheelchair_bays, columns, rules, gangway=gangway)
    return mirrored(found, length) if found is not None and bays_high else found


def columns_in(level: Level, block: LocalFrame, length: int, depth: int) -> tuple[Box, ...]:
    """Bounding boxes, in a block's local millimetres, of the columns that touch it."""
    if block.lean is None:
        return local_columns(level, block.axis, block.u0, block.back, block.sign, length, depth)
    found = []
    for column in level.columns:
        us, vs = zip(*(block.lean.local(p) for p in column.outline))
        if min(us) < length and max(us) > 0 and min(vs) < depth and max(vs) > 0:
            found.append((floor(min(us)), floor(min(vs)), ceil(max(us)), ceil(max(vs))))
    return tuple(found)


def _seats(bank: BankRequirement, block: LocalFrame, seating: Seating) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=f"{bank.id}-s{n:03d}", kind="seat", bank=bank.id, services=bank.services, polygon=block.box(*box),
            insert_mm=block.point((box[0] + box[2]) // 2, box[1]), rotation_deg=block.facing(towards_v=False), seats=1,
        )
        for n, box in enumerate(seating.seats, start=1)
    )  # fmt: skip


def _bays(bank: BankRequirement, block: LocalFrame, seating: Seating) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=f"{bank.id}-w{n:02d}", kind="wheelchair_bay", bank=bank.id, services=bank.services, polygon=block.box(*box),
            insert_mm=block.point((box[0] + box[2]) // 2, box[1]), rotation_deg=block.facing(towards_v=False),
            accessible=True, solid=False,
        )
        for n, box in enumerate(seating.bays, start=1)
    )  # fmt: skip


def room_item(room: RoomRequirement, pose: Pose, rules: LayoutRules) -> Item:
    """A room. Public rooms open to the hall; closed staff rooms to the corridor behind; open staff rooms are staff floor."""
    frame = frame_of(pose)
    length, back, front = pose.length_dm * DM, pose.setback_dm * DM, (pose.setback_dm + pose.room_depth_dm) * DM
    public = room.side == "public"
    zones: tuple[ClearZone, ...] = ()
    if public:
        half = min(length, rules.room_front_mm) // 2
        zones = tuple(
            ClearZone(use="front", polygon=frame.box(at - half, front, at + half, front + rules.room_front_mm))
            for at in (min(max(middle, half), length - half) for middle in _fronts(room, frame, length, front))
        )
    return Item(
        id=room.id, kind=room.kind, bank=room.id, label=room.label, polygon=frame.box(0, back, length, front),
        insert_mm=frame.point(length // 2, front if public else back), rotation_deg=frame.facing(towards_v=public),
        clear_zones=zones, accessible=public, solid=room.kind not in OPEN_STAFF_ROOMS,
        shares=room.shares,
    )  # fmt: skip


def _fronts(room: RoomRequirement, frame: LocalFrame, length: int, front: int) -> list[int]:
    """Along a new room, the middle of the floor before each of its doors: a divided block has several."""
    doors = [part.door_mm for part in compartments(room.kind, length, front, room.shares)] or [only_door(length)[0]]
    (ax, ay), (bx, by) = frame.point(0, front), frame.point(length, front)
    turn = radians(frame.facing(towards_v=True))
    same = 1 if (bx - ax) * cos(turn) + (by - ay) * sin(turn) > 0 else -1  # the room's own axis may run against the wall's
    return [length // 2 + round(same * x) for x in doors]


def standing_room(room: RoomRequirement, pose: Pose, rules: LayoutRules, level: Level) -> Item:
    """A room that stands, taken for the programme's: as it is, with free floor before its door where it opens to the hall."""
    space = next(s for s in level.spaces if s.id == pose.space)
    zones: tuple[ClearZone, ...] = ()
    if pose.length_dm and pose.baseline != BEHIND:
        frame = frame_of(pose)
        length = pose.length_dm * DM
        public = room.side == "public"
        zone = ClearZone(
            use="front" if public else "staff",
            polygon=frame.box(0, 0, length, rules.room_front_mm if public else STAFF_STEP_MM),
        )
        zones, at, turn = (zone,), frame.point(length // 2, 0), frame.facing(towards_v=True)
    else:
        inside = shape_of(space).representative_point()
        zones, at, turn = (), (round(inside.x), round(inside.y)), 0.0
    return Item(
        id=room.id, kind=room.kind, bank=room.id, label=room.label, polygon=space.outline.outer, insert_mm=at,
        rotation_deg=turn, clear_zones=zones, accessible=room.side == "public", space=space.id, shares=room.shares,
    )  # fmt: skip


def island_items(island: IslandRequirement, pose: Pose) -> tuple[Item, ...]:
    """An island's positions side by side, each with its own clear front; staff step in at the far end."""
    frame = frame_of(pose)
    length, depth = -(-island.width_mm // DM) * DM, pose.room_depth_dm * DM
    side = frame.box(length, 0, pose.length_dm * DM, depth) if pose.length_dm * DM > length else None
    count = max(1, island.positions)
    items = []
    for n in range(count):
        u0, u1 = length * n // count, length * (n + 1) // count
        entry = (ClearZone(use="access", polygon=side),) if side is not None and n == count - 1 else ()
        front: Ring = frame.box(u0, depth, u1, depth + island.front_mm)
        items.append(
            Item(
                id=f"{island.id}-{n + 1:02d}", kind=island.kind, bank=island.id, services=island.services,
                label=f"{island.label} {n + 1}" if count > 1 else island.label, polygon=frame.box(u0, 0, u1, depth),
                insert_mm=frame.point((u0 + u1) // 2, depth), rotation_deg=frame.facing(towards_v=True),
                clear_zones=(ClearZone(use="front", polygon=front), *entry), accessible=n < island.accessible_positions,
            )
        )  # fmt: skip
    return tuple(items)
