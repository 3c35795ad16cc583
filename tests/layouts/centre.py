"""A small centre that passes all checks, known by heart, and a large one for measuring time.

The small one: a hall of 20 x 16 m, entrance in the west, exit in the east, staff behind a bank on the north wall.
"""

from __future__ import annotations

from layouts.layout import ClearZone, Item, LevelLayout, Spine
from layouts.plan import Column, Door, Level, Polygon
from layouts.programme import (
    BankRequirement,
    Flow,
    IslandRequirement,
    LayoutRules,
    Nearness,
    Programme,
    RoomRequirement,
)
from tests.layouts.halls import area, box, door

RULES = LayoutRules(
    profile="iraq-default",
    counter_width_mm=1500,
    accessible_counter_width_mm=1800,
    desk_depth_mm=800,
    staff_zone_mm=2700,
    customer_zone_mm=1800,
    approach_aisle_mm=1500,
    seat_width_mm=550,
    row_pitch_mm=900,
    gangway_mm=1200,
    spine_widths_mm=(3000, 2400),
    clear_width_mm=1500,
    turning_mm=1525,
    staff_corridor_mm=1200,
    room_front_mm=1500,
    wheelchair_bay_mm=(900, 1400),
)


def counter(id: str, x: int, front: int, width: int, services: tuple[str, ...], *, bank: str = "bank") -> Item:
    """A counter whose front edge has its middle at (x, front), the public south of it, staff north."""
    half, accessible = width // 2, width >= 1800
    zones = [
        ClearZone(use="customer", polygon=box(x - half, front - 1800, x + half, front)),
        ClearZone(use="staff", polygon=box(x - half, front + 800, x + half, front + 3500)),
    ]
    if accessible:
        zones.append(ClearZone(use="turning", polygon=box(x - 763, front - 1526, x + 763, front)))
    return Item(
        id=id,
        kind="counter_accessible" if accessible else "counter",
        polygon=box(x - half, front, x + half, front + 800),
        insert_mm=(x, front),
        rotation_deg=0,
        bank=bank,
        services=services,
        clear_zones=tuple(zones),
        accessible=accessible,
    )


def seats(prefix: str, x: int, y: int, columns: int, rows: int, bank: str = "bank") -> tuple[Item, ...]:
    """A block of seats whose lower left corner is (x, y), facing north (rotation 180)."""
    return tuple(
        Item(
            id=f"{prefix}{r}-{c}",
            kind="seat",
            polygon=box(x + c * 550, y + r * 900, x + c * 550 + 550, y + r * 900 + 550),
            insert_mm=(x + c * 550 + 275, y + r * 900 + 550),
            rotation_deg=180,
            bank=bank,
            seats=1,
        )
        for r in range(rows)
        for c in range(columns)
    )


def bay(id: str, x: int, y: int, bank: str = "bank") -> Item:
    """A wheelchair bay 900 wide and 1400 deep, entered from the north."""
    ring = box(x, y, x + 900, y + 1400)
    place = (x + 450, y + 1400)
    return Item(
        id=id,
        kind="wheelchair_bay",
        polygon=ring,
        insert_mm=place,
        rotation_deg=180,
        bank=bank,
        accessible=True,
        solid=False,
    )


def room(id: str, kind: str, x: int, y: int, width: int, depth: int) -> Item:
    """A room on the south wall with its door in its north side."""
    return Item(
        id=id,
        kind=kind,
        polygon=box(x, y, x + width, y + depth),
        insert_mm=(x + width // 2, y + depth),
        rotation_deg=180,
        bank=id,
        clear_zones=(ClearZone(use="front", polygon=box(x, y + depth, x + width, y + depth + 1500)),),
        accessible=kind == "toilet_accessible",
    )


def a_centre() -> tuple[Level, LevelLayout, Programme]:
    """Three counters (one accessible), reception, 20 seats with a bay, an accessible toilet; passes every check."""
    doors = (
        door("in", "entrance", (0, 7200), (0, 8800)),
        door("out", "exit", (20_000, 7200), (20_000, 8800)),
        door("staff", "staff", (1000, 16_000), (2000, 16_000)),
    )
    level = Level(
        id="0",
        name="Ground",
        elevation_mm=0,
        outline=box(0, 0, 20_000, 16_000),
        doors=doors,
        columns=(Column(id="c1", outline=box(14_800, 9800, 15_200, 10_200)),),
    )
    counters = (
        counter("n1", 7000, 12_000, 1500, ("civil",)),
        counter("n2", 8500, 12_000, 1500, ("civil",)),
        counter("n3", 10_150, 12_000, 1800, ("civil",)),
    )
    partitions = (
        Item(id="p1", kind="partition", polygon=box(0, 12_000, 6250, 12_100), insert_mm=(0, 12_000), rotation_deg=0),
        Item(
            id="p2",
            kind="partition",
            polygon=box(11_050, 12_000, 11_150, 16_000),
            insert_mm=(11_100, 12_000),
            rotation_deg=0,
        ),
    )
    reception = Item(
        id="r1",
        kind="reception",
        polygon=box(2500, 9800, 4500, 10_800),
        insert_mm=(3500, 9800),
        rotation_deg=0,
        bank="reception",
        services=(),
        clear_zones=(ClearZone(use="front", polygon=box(2500, 8000, 4500, 9800)),),
        accessible=True,
    )
    toilet = room("wc", "toilet_accessible", 15_000, 0, 1900, 2400)
    items = (*counters, *partitions, reception, toilet, *seats("s", 5500, 3000, 10, 2), bay("b1", 11_000, 3200))
    layout = LevelLayout(
        level="0",
        items=items,
        public=(
            Polygon(outer=((0, 0), (20_000, 0), (20_000, 16_000), (11_150, 16_000), (11_150, 12_000), (0, 12_000))),
        ),
        staff=(area(0, 12_000, 11_150, 16_000),),
        spine=Spine(centreline=((0, 8000), (20_000, 8000)), width_mm=2400),
    )
    bank = BankRequirement(
        id="bank", label="Civil", kind="counter", services=("civil",), positions=3, accessible_positions=1, seats=20,
        wheelchair_bays=1,
    )  # fmt: skip
    island = IslandRequirement(
        id="reception", label="Reception", kind="reception", services=(), positions=1, accessible_positions=1,
        width_mm=2000, depth_mm=1000, front_mm=1800, staffed=True,
    )  # fmt: skip
    wc = RoomRequirement(id="wc", label="WC", kind="toilet_accessible", area_m2=3.74, min_width_mm=1700, side="public")
    programme = Programme(
        banks=(bank,),
        rooms=(wc,),
        islands=(island,),
        flows=(Flow(service="civil", visitors_per_day=100, stops=("reception", "bank")),),
        rules=RULES,
        nearness=(Nearness(a="entrance", b="reception", rating="A"), Nearness(a="wc", b="entrance", rating="X")),
    )
    return level, layout, programme


def a_large_centre() -> tuple[Level, LevelLayout, Programme]:
    """900 m2: 8 banks of 5 on both long walls, 240 seats, 6 kiosks, 6 rooms: twenty modules with twelve columns."""
    level = Level(
        id="0",
        name="",
        elevation_mm=0,
        outline=box(0, 0, 45_000, 20_000),
        doors=(
            door("in", "entrance", (0, 8800), (0, 11_200)),
            door("out", "exit", (45_000, 8800), (45_000, 11_200)),
        ),
        columns=tuple(
            Column(id=f"c{x}-{y}", outline=box(x, y, x + 400, y + 400))
            for x in range(5000, 45_000, 7000)
            for y in (11_600, 8000)
        ),
    )
    items: list[Item] = []
    for k in range(4):
        x0 = 1500 + k * 10_500
        for c in range(5):
            items.append(counter(f"n{k}-{c}", x0 + c * 1650, 16_500, 1500 if c else 1800, (f"s{k}",), bank=f"n{k}"))
        items += seats(f"ns{k}-", x0, 11_900, 11, 3, bank=f"n{k}")
        items.append(bay(f"nb{k}", x0 + 6100, 12_500, bank=f"n{k}"))
        items += seats(f"ss{k}-", x0, 5500, 11, 3, bank=f"w{k}")
        items.append(room(f"w{k}", "interview_room", x0, 0, 5000, 3000))
        items.append(room(f"v{k}", "toilets", x0 + 5500, 0, 3000, 3000))
        items.append(
            Item(
                id=f"k{k}",
                kind="self_service_kiosk",
                polygon=box(x0 + 8700, 11_500, x0 + 9300, 12_000),
                insert_mm=(x0 + 9000, 11_500),
                rotation_deg=0,
                bank=f"k{k}",
                clear_zones=(ClearZone(use="front", polygon=box(x0 + 8500, 10_000, x0 + 9500, 11_500)),),
            )
        )
    layout = LevelLayout(
        level="0",
        items=tuple(items),
        public=(area(0, 0, 45_000, 16_500),),
        staff=(area(0, 17_300, 45_000, 20_000),),
        spine=Spine(centreline=((0, 10_000), (45_000, 10_000)), width_mm=2400),
    )
    flows = tuple(
        Flow(service=f"f{k}{j}", visitors_per_day=50, stops=(f"k{k}", f"n{j}", f"w{k}", f"v{j}"))
        for k in range(4)
        for j in range(4)
    )
    return level, layout, Programme(banks=(), rooms=(), islands=(), flows=flows, rules=RULES)


def with_door(level: Level, door: Door) -> tuple[Door, ...]:
    """The level's doors with one of them exchanged."""
    return tuple(door if d.id == door.id else d for d in level.doors)
