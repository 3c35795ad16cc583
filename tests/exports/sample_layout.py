"""A hand-made furnished hall of 30 x 20 m with one slanted corner, as the placement would return it."""

from __future__ import annotations

import math

import shapely

from layouts.layout import ClearZone, Item, Layout, LevelLayout, Route, Spine
from layouts.plan import Column, Door, FloorPlan, Frame, Level, Obstacle, Point, Polygon, Ring, Wall, Window

OUTLINE: Ring = ((0, 0), (30000, 0), (30000, 14000), (25000, 20000), (0, 20000))
WALL_MM = 300


def put(insert: Point, turn: float, x: float, y: float) -> Point:
    t = math.radians(turn)
    return (
        round(insert[0] + x * math.cos(t) - y * math.sin(t)),
        round(insert[1] + x * math.sin(t) + y * math.cos(t)),
    )


def box(insert: Point, turn: float, x0: float, y0: float, x1: float, y1: float) -> Ring:
    return tuple(put(insert, turn, x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def item(id: str, kind: str, insert: Point, turn: float, width: int, depth: int, **more: object) -> Item:
    polygon = box(insert, turn, -width / 2, 0, width / 2, depth)
    return Item(id=id, kind=kind, polygon=polygon, insert_mm=insert, rotation_deg=turn, **more)  # type: ignore[arg-type]


def counter_bank(
    bank: str,
    label: str,
    kind: str,
    start: Point,
    turn: float,
    positions: int,
    accessible: int,
    services: tuple[str, ...],
) -> list[Item]:
    """Counters side by side from `start`, accessible ones first, each with its zones."""
    found: list[Item] = []
    x = 0.0
    for i in range(positions):
        wide = i < accessible
        width = 1800 if wide else 1500
        insert = put(start, turn, x + width / 2, 0)
        zones = [
            ClearZone(use="customer", polygon=box(insert, turn, -width / 2, -1800, width / 2, 0)),
            ClearZone(use="staff", polygon=box(insert, turn, -width / 2, 800, width / 2, 3500)),
        ]
        if wide:
            zones.append(ClearZone(use="turning", polygon=box(insert, turn, -762, -1662, 762, -138)))
        found.append(
            item(
                f"{bank}-{i + 1}",
                f"{kind}_accessible" if wide else kind,
                insert,
                turn,
                width,
                800,
                bank=bank,
                label=label,
                services=services,
                accessible=wide,
                clear_zones=tuple(zones),
            )
        )
        x += width
    return found


def seat_rows(bank: str, start: Point, turn: float, columns: int, rows: int, bays: int = 0) -> list[Item]:
    """Seats from `start` to the right, rows backwards; wheelchair bays at the end of the first row."""
    found = [
        item(
            f"{bank}-seat-{r}-{c}", "seat", put(start, turn, c * 550 + 275, r * 900), turn, 550, 550, bank=bank, seats=1
        )
        for r in range(rows)
        for c in range(columns)
    ]
    for b in range(bays):
        at = put(start, turn, columns * 550 + 100 + b * 900 + 450, 0)
        found.append(item(f"{bank}-bay-{b}", "wheelchair_bay", at, turn, 900, 1400, bank=bank, solid=False))
    return found


def hall_level() -> Level:
    ring = shapely.Polygon(OUTLINE).buffer(WALL_MM / 2, join_style="mitre").exterior.coords
    corners = [(round(x), round(y)) for x, y in list(ring)[:-1]]
    walls = tuple(
        Wall(id=f"w{i}", a=a, b=b, thickness_mm=WALL_MM)
        for i, (a, b) in enumerate(zip(corners, [*corners[1:], corners[0]]))
    )
    columns = tuple(
        Column(id=f"c{x}{y}", outline=box((x, y), 0, -200, -200, 200, 200))
        for x in (6000, 12000, 18000, 24000)
        for y in (7000, 13000)
    )
    return Level(
        id="ground",
        name="Ground floor",
        elevation_mm=0,
        outline=OUTLINE,
        walls=walls,
        doors=(
            Door(id="main", use="entrance", p=(0, 9100), q=(0, 10900), clear_mm=1800, swing="in"),
            Door(id="out", use="exit", p=(30000, 9100), q=(30000, 10900), clear_mm=1800, swing="out"),
            Door(id="staff-n", use="staff", p=(2000, 20000), q=(3000, 20000), clear_mm=950, swing="in"),
            Door(id="staff-s", use="staff", p=(14500, 0), q=(15500, 0), clear_mm=950, swing="in", hinge="q"),
        ),
        windows=(
            *tuple(Window(id=f"win{x}", p=(x, 0), q=(x + 2400, 0)) for x in (17000, 21000, 25000)),
            Window(id="win-slant", p=(28750, 15500), q=(27250, 17300)),
        ),
        columns=columns,
        obstacles=(
            Obstacle(id="shaft", kind="shaft", outline=((28600, 200), (29800, 200), (29800, 1600), (28600, 1600))),
        ),
    )


def sample_plan(frame: Frame | None = None) -> FloorPlan:
    return FloorPlan(levels=(hall_level(),), frame=frame or Frame(), north_deg=75.0)


def sample_items() -> list[Item]:
    north = (
        counter_bank("registration", "Registration", "counter", (6200, 16500), 0, 5, 1, ("registration",))
        + counter_bank("cashier", "Stipend payment", "cashier", (14600, 16500), 0, 3, 1, ("payment",))
        + counter_bank("collection", "Collection", "collection", (20000, 16500), 0, 2, 1, ("collection",))
    )
    south = counter_bank("assessment", "Disability assessment", "counter", (12700, 3500), 180, 4, 1, ("assessment",))
    slant = math.degrees(math.atan2(6000, -5000)) - 180
    seats = (
        seat_rows("registration", (11750, 13950), 180, 8, 2, 1)
        + seat_rows("cashier", (17700, 13950), 180, 6, 2)
        + seat_rows("collection", (23000, 13950), 180, 4, 1, 1)
        + seat_rows("assessment", (6300, 5500), 0, 7, 2, 1)
    )
    fittings = [
        item("reception", "reception", (3400, 12600), 0, 3000, 1400, label="Reception", bank="reception"),
        item("tickets", "ticket_kiosk", (2200, 8300), 180, 1800, 600, label="Tickets"),
        item("self", "self_service_kiosk", (19500, 7800), 180, 2700, 600, label="Self-service"),
        item("photo", "photo_bay", (17200, 1600), 180, 1500, 1500, label="Photo"),
        item("kids", "children_corner", (22500, 5200), 180, 2600, 2600, label="Children"),
        item("feedback", "feedback_kiosk", (28900, 12000), 270, 600, 500),
        item("security", "security", (900, 11500), 270, 1400, 700, label="Security"),
        item("planter", "planter {odd}", (26800, 13500), slant, 1600, 500, label="Planter"),
    ]
    rooms = [
        item("wc", "toilets", (26400, 3200), 180, 4200, 3200),
        item("wc-acc", "toilet_accessible", (23050, 2400), 180, 2300, 2400, accessible=True),
        item("nursing", "nursing_room", (20500, 2400), 180, 2600, 2400),
        item("office", "back_office", (2800, 4200), 180, 5600, 4200, label="Back office"),
        item("archive", "archive", (2200, 15200), 0, 4400, 3300, label="Archive"),
    ]
    staff = [
        item("part-1", "partition", (6150, 18250), 90, 3500, 100),
        item("part-2", "partition", (23350, 18250), 270, 3500, 100),
        item("part-3", "partition", (5650, 1150), 270, 2300, 100),
        item("gate-1", "staff_gate", (6300, 3500 - 700), 90, 1000, 100),
    ]
    return north + south + seats + fittings + rooms + staff


def sample_layout() -> Layout:
    staff_north = Polygon(outer=((6200, 16500), (23300, 16500), (23300, 20000), (6200, 20000)))
    staff_south = Polygon(outer=((6400, 0), (12700, 0), (12700, 3500), (6400, 3500)))
    hall = shapely.Polygon(OUTLINE).difference(
        shapely.union_all([shapely.Polygon(staff_north.outer), shapely.Polygon(staff_south.outer)])
    )
    public = tuple(
        Polygon(outer=tuple((round(x), round(y)) for x, y in p.exterior.coords[:-1]))
        for p in getattr(hall, "geoms", [hall])
    )
    routes = (
        Route(
            from_id="main", to_id="registration-1", visitors_per_day=180, length_mm=9800, clear_width_mm=1500,
            centreline=((0, 10000), (5200, 10000), (5900, 14600), (7100, 15500)), narrowest=(5900, 14600),
        ),
        Route(
            from_id="registration-1", to_id="cashier-1", visitors_per_day=120, length_mm=8400, clear_width_mm=1620,
            centreline=((7100, 15500), (15500, 15500)), narrowest=(12000, 15500),
        ),
        Route(
            from_id="cashier-1", to_id="out", visitors_per_day=120, length_mm=16000, clear_width_mm=1800,
            centreline=((15500, 15500), (24000, 15400), (26500, 10300), (30000, 10000)), narrowest=(25200, 13000),
        ),
    )  # fmt: skip
    level = LevelLayout(
        level="ground",
        items=tuple(sample_items()),
        public=public,
        staff=(staff_north, staff_south),
        spine=Spine(centreline=((0, 10000), (30000, 10000)), width_mm=2400),
        routes=routes,
    )
    return Layout(levels=(level,))
