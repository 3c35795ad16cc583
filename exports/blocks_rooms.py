"""What stands inside the rooms, kept off the door in the front wall (its swing takes the first 1.1 m)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from exports.blocks_shapes import MAT, Shapes, arc, chair, circle, line, office_chair, on_floor, rect, ring, screen, wheelchair
from exports.drawing import Shape, Xy, turned
from layouts.compartment import PULLED_MM, PUSHED_MM, Box
from layouts.server_racks import clear_of, racks_in

WALL_MM = 100
SWING_MM = 1100
OPENED_MM = 1230  # free behind a door that is pulled open from within: 1220 (ADA 404.2.4.1, from the latch side) and rounding
DOOR_END_MM = 1050  # of the door in the front wall, from the left
BESIDE_LATCH_MM = 630  # free beside it: 610 (ADA 404.2.4.1; ISO 600) and rounding
CUBICLE_MM = (950, 1500)
ACCESSIBLE_MM = (1700, 2200)  # AD M 5.10 (from memory): the catalogue's accessible toilet
TURNING_MM = 1525.0  # by every profile (ADA 304.3.1)
LEAF_MM, JAMB_MM = 650.0, 120.0  # a cubicle's door, and the wall beside it at the least
PAN_MM = 585.0  # how far a pan stands out from the wall
BASIN_MM = 450.0
ABLUTION_DEEP_MM, ABLUTION_LONG_MM, STOOL_MM = 400.0, 900.0, 300.0  # default; no deeper than what is no mat (RACK_MM)
THIN_MM = 30.0  # the walls of cubicles
ARMCHAIR_MM = 700.0
PAIR_MM, CHAIR_BEHIND_MM = 2880.0, 110.0  # of facing desks with their chairs; free before the first chair
KITCHENETTE_MM = 2400.0  # four units of 600 (default)


def _inside(w: float, d: float) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of the floor inside the room's walls."""
    return -w / 2 + WALL_MM, WALL_MM, w / 2 - WALL_MM, d - WALL_MM


def _spread(start: float, end: float, pitch: float) -> Iterator[float]:
    """Starts of as many steps of at least `pitch` as fit between start and end, evenly."""
    count = int((end - start) // pitch)
    for i in range(count):
        yield start + (end - start) * i / count


def _behind_door(rows: Callable[[float], Sequence[float]]) -> Sequence[float]:
    """Rows of furniture as far behind a door that is pulled open as costs none of them; in a shallow room off its swing."""
    found = max((rows(first) for first in (PULLED_MM, OPENED_MM)), key=len)  # the first of those that are as long
    return found or rows(SWING_MM)


def pan_at(x: float, y: float) -> Shapes:
    """A WC pan with its cistern against a wall above it: `y` is the wall."""
    return (rect(x - 190, y - 180, x + 190, y), circle((x, y - 400), 185))


@dataclass(frozen=True, slots=True, kw_only=True)
class Toilets:
    """What stands in a room of toilets: cubicles along the back wall from `starts`, `step` wide and `deep`; the accessible
    one in the corner, or `beside` them as deep as the room; `basins` at the side wall off the door, else at the front wall."""

    floor: Box
    starts: tuple[float, ...]
    step: float
    deep: float
    accessible: bool
    beside: bool
    basins: tuple[Box, ...]

    @property
    def leaf(self) -> float:
        """The width of a cubicle's door."""
        return min(LEAF_MM, self.step - 2 * JAMB_MM)

    @property
    def inward(self) -> bool:
        """Whether that door opens into the cubicle, and clears the pan."""
        return self.deep >= PAN_MM + self.leaf + 50


def toilets_in(w: float, d: float) -> Toilets:
    """The toilets that a room of this size takes, the accessible one among them where there is room."""
    x0, y0, x1, y1 = _inside(w, d)
    width, depth = CUBICLE_MM
    wide = x1 - x0 >= ACCESSIBLE_MM[0] + width
    accessible = wide and y1 - y0 >= ACCESSIBLE_MM[1] + SWING_MM
    beside = wide and not accessible and y1 - y0 >= ACCESSIBLE_MM[1]  # too shallow for a door before it: it is in its side
    deep = min(float(depth), (y1 - y0) * 0.55)
    right = x1 - ACCESSIBLE_MM[0] if accessible or beside else x1
    starts = tuple(_spread(x0, right, width))
    row = Toilets(
        floor=(x0, y0, x1, y1), starts=starts, step=(right - x0) / max(1, len(starts)), deep=deep, accessible=accessible,
        beside=beside, basins=(),
    )  # fmt: skip
    lowest = y1 - ACCESSIBLE_MM[1] - 950 if accessible else y1 - deep - (0 if row.inward else row.leaf)
    if not beside and lowest - y0 > 900:
        return replace(row, basins=tuple((x1 - BASIN_MM, y + 50, x1, y + 600) for y in _spread(y0 + 100, lowest - 100, 700)))
    left = x0 + DOOR_END_MM + BESIDE_LATCH_MM
    low = _spread(left, (right - 1000 if beside else right if accessible else x1) - 100, 700)
    return replace(row, basins=tuple((x + 50, y0, x + 600, y0 + BASIN_MM) for x in low)[: max(1, len(starts))])


def toilets(w: float, d: float) -> Shapes:
    """The room's toilets as they are drawn."""
    row = toilets_in(w, d)
    _, y0, x1, y1 = row.floor
    shapes: list[Shape] = []
    for start in row.starts:
        front, hinge = y1 - row.deep, start + row.step - JAMB_MM
        shapes += pan_at(start + row.step / 2, y1)
        shapes += [line((start + row.step, y1), (start + row.step, front))]
        shapes += [line((start, front), (hinge - row.leaf, front)), line((hinge, front), (start + row.step, front))]
        shapes += on_floor(arc((hinge, front), row.leaf, *((90, 180) if row.inward else (180, 270))))
    if row.accessible:
        shapes += _accessible_cubicle(x1, y1)
    if row.beside:
        shapes += _accessible_end(x1, y0, y1)
    for basin in row.basins:
        shapes += [rect(*basin), circle(((basin[0] + basin[2]) / 2, (basin[1] + basin[3]) / 2), 150)]
    return tuple(shapes)


def ground_of_toilets(w: float, d: float) -> tuple[Box, ...]:
    """The floor that they take: the common cubicles as one body, of the accessible one its walls and what stands in it."""
    row = toilets_in(w, d)
    _, y0, x1, y1 = row.floor
    found: list[Box] = []
    if row.starts:
        found.append((row.starts[0], y1 - row.deep, row.starts[-1] + row.step, y1))
    a = x1 - ACCESSIBLE_MM[0]
    if row.accessible:
        front = y1 - ACCESSIBLE_MM[1]
        found += [(a, front, a + THIN_MM, y1), (a, front, a + 100, front + THIN_MM), (a + 1000, front, x1, front + THIN_MM)]
    if row.beside:
        found += [(a, y0, a + THIN_MM, y0 + 100), (a, y0 + 1000, a + THIN_MM, y1)]
    if row.accessible or row.beside:
        found += [(x1 - 690, y1 - PAN_MM, x1 - 310, y1), (a, y1 - 560, a + 300, y1 - 140)]
    return (*found, *row.basins)


def _accessible_cubicle(x1: float, y1: float) -> Shapes:
    """1700 x 2200 clear in the back corner (AD M 5.10): door opening outwards, turning circle before the pan."""
    width, depth = ACCESSIBLE_MM
    x0, y0 = x1 - width, y1 - depth
    pan_x, radius = x1 - 500, TURNING_MM / 2
    middle = ((x0 + x1) / 2, y0 + THIN_MM + radius)
    return (
        line((x0, y1), (x0, y0)), line((x0, y0), (x0 + 100, y0)), line((x0 + 1000, y0), (x1, y0)),
        *on_floor(line((x0 + 100, y0), (x0 + 100, y0 - 900)), arc((x0 + 100, y0), 900, 270, 360)),
        *pan_at(pan_x, y1), line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850)), line((pan_x - 340, y1), (pan_x - 340, y1 - 600)),
        rect(x0, y1 - 560, x0 + 300, y1 - 140), circle((x0 + 160, y1 - 350), 100),
        *on_floor(arc(middle, radius, 0, 180), arc(middle, radius, 180, 360), *wheelchair(middle, 420)),
    )  # fmt: skip


def _accessible_end(x1: float, y0: float, y1: float) -> Shapes:
    """The end of a shallow room, 1700 wide and as deep as the room: door in its side, opening outwards, turning circle."""
    x0 = x1 - ACCESSIBLE_MM[0]
    pan_x, radius = x1 - 500, TURNING_MM / 2
    middle, hinge = ((x0 + x1) / 2, y0 + radius), (x0, y0 + 1000)
    return (
        line((x0, y0), (x0, y0 + 100)), line(hinge, (x0, y1)),
        *on_floor(line(hinge, (x0 - 900, hinge[1])), arc(hinge, 900, 180, 270)),
        *pan_at(pan_x, y1), line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850)), line((pan_x - 340, y1), (pan_x - 340, y1 - 600)),
        rect(x0, y1 - 560, x0 + 300, y1 - 140), circle((x0 + 160, y1 - 350), 100),
        *on_floor(arc(middle, radius, 0, 180), arc(middle, radius, 180, 360), *wheelchair(middle, 420)),
    )  # fmt: skip


def toilet_accessible(w: float, d: float) -> Shapes:
    """Pan with grab rails in a back corner, basin beside, turning circle before both."""
    x0, y0, x1, y1 = _inside(w, d)
    radius = min(762.0, (x1 - x0) / 2, (y1 - y0) / 2)
    pan_x = x1 - 500
    rails = (line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850)), line((pan_x - 340, y1), (pan_x - 340, y1 - 700)))
    low = max(y1 - 1000, min(y0 + PUSHED_MM, y1 - 560))  # of the basin: short of the floor from which the door is pushed
    basin = (rect(x0, low, x0 + 430, low + 550), circle((x0 + 220, low + 275), 150))
    middle = (0.0, y0 + radius)
    turning = on_floor(arc(middle, radius, 0, 180), arc(middle, radius, 180, 360))
    return (*pan_at(pan_x, y1), *rails, *basin, *turning)


def prayer_room(w: float, d: float, across: bool = False) -> Shapes:
    """Prayer places 650 x 1200 in rows, lying along the room's depth or `across` it; beside the door, short of them, a place to
    wash and a rack for shoes."""
    x0, y0, x1, y1 = _inside(w, d)
    wash = _ablution(x1, y0) if x1 - ABLUTION_DEEP_MM >= x0 + DOOR_END_MM + BESIDE_LATCH_MM else ()
    end = x1 - (ABLUTION_DEEP_MM + STOOL_MM + 150 if wash else 0)
    rack = max(end - 1200, x0 + DOOR_END_MM + BESIDE_LATCH_MM)
    wide, long = (1250, 700) if across else (700, 1250)
    rows = list(_spread(y0 + SWING_MM, y1, long)) or [y1 - long]
    columns = list(_spread(x0 + 50, x1 - 50, wide))
    mats = [replace(rect(x + 25, y + 25, x + wide - 25, y + long - 25), kind=MAT) for y in rows for x in columns]
    return (*mats, *wash, *([rect(rack, y0, end, y0 + 300)] if end - rack >= 600 else []))


def _ablution(x1: float, y0: float) -> Shapes:
    """A trough with two taps along the right-hand wall; a stool before one, the other free for a wheelchair."""
    x0, low, high = x1 - ABLUTION_DEEP_MM, y0, y0 + ABLUTION_LONG_MM
    taps = (circle((x1 - 100, low + ABLUTION_LONG_MM * share), 45) for share in (0.25, 0.75))
    stool = circle((x0 - 100 - STOOL_MM / 2, low + ABLUTION_LONG_MM * 0.25), STOOL_MM / 2)
    return (rect(x0, low, x1, high), *taps, stool)


def nursing_room(w: float, d: float) -> Shapes:
    """An armchair, a changing table and a basin."""
    x0, y0, x1, y1 = _inside(w, d)
    table = rect(x1 - 900, y1 - 600, x1, y1)
    basin = (rect(x0, y1 - 450, x0 + 500, y1), circle((x0 + 250, y1 - 230), 150))
    x, y = x1 - ARMCHAIR_MM / 2 - 10, y0 + ARMCHAIR_MM / 2 + 70
    if x - ARMCHAIR_MM / 2 < x0 + DOOR_END_MM + BESIDE_LATCH_MM - 10:  # no room beside the door: behind where it is pulled open
        y = max(y, min(y0 + PULLED_MM + ARMCHAIR_MM / 2, y1 - 600 - ARMCHAIR_MM / 2))
    return (*chair((x, y), -90, ARMCHAIR_MM), table, *basin)


def interview_room(w: float, d: float) -> Shapes:
    """A table with the officer behind it, back to a wall, and two visitors before it; in a shallow room it stands sideways, so
    that a wheelchair turns behind the door."""
    x0, y0, x1, y1 = _inside(w, d)
    behind, before = 1000.0, 840.0  # from the table's middle to the wall behind the officer, and to where the visitors sit
    sideways = y1 - y0 < TURNING_MM + behind + before <= x1 - x0
    at, turn = ((x1 - behind, (y0 + y1) / 2), -90.0) if sideways else ((0.0, max(d * 0.58, y1 - behind)), 0.0)
    half = min(700.0, ((y1 - y0) if sideways else w) * 0.25)

    def there(x: float, y: float) -> Xy:
        return turned((x, y), at, turn)

    table = ring(there(-half, -375), there(half, -375), there(half, 375), there(-half, 375))
    visitors = (s for x in (-half * 0.5, half * 0.5) for s in chair(there(x, -600), 180 + turn))
    return (table, *visitors, *office_chair(there(0, 650), turn))


def back_office(w: float, d: float) -> Shapes:
    """Desks 1400 x 700 in facing pairs, as many as fit behind the door."""
    x0, y0, x1, y1 = _inside(w, d)
    shapes: list[Shape] = []
    pairs = _behind_door(lambda first: list(_spread(y0 + first - CHAIR_BEHIND_MM, y1, PAIR_MM)))
    if not pairs and y1 - y0 > 1600:  # too shallow for pairs: one row along the back wall, beside the door
        return tuple(s for x in _spread(x0 + SWING_MM, x1, 1600) for s in _desk(x + 100, y1 - 700))
    for x in _spread(x0 + 100, x1 - 100, 1600):
        for y in pairs:
            shapes += [*_desk(x + 100, y + 700), *_desk(x + 100, y + 1400, back=True)]
    return tuple(shapes)


def _desk(x: float, y: float, back: bool = False) -> Shapes:
    """A desk 1400 x 700 from (x, y) with screen and chair; the chair on the side of the door, or behind."""
    if back:
        return (
            rect(x, y, x + 1400, y + 700),
            *screen((x + 700, y + 150), turn_deg=180),
            *office_chair((x + 700, y + 1000)),
        )
    return (rect(x, y, x + 1400, y + 700), *screen((x + 700, y + 550)), *office_chair((x + 700, y - 300), 180))


def archive(w: float, d: float) -> Shapes:
    """Shelving 400 deep in bays of about a metre, with 900 aisles, crossed as shelving is drawn."""
    x0, y0, x1, y1 = _inside(w, d)
    shapes: list[Shape] = []
    for y in _behind_door(lambda first: [row for row in _spread(y0 + first, y1 + 900, 1300) if row + 400 <= y1]):
        bays = max(1, round((x1 - x0 - 600) / 1000))
        step = (x1 - x0 - 600) / bays
        for a in (x0 + 300 + k * step for k in range(bays)):
            b = a + step
            shapes += [rect(a, y, b, y + 400), line((a, y), (b, y + 400)), line((a, y + 400), (b, y))]
    return tuple(shapes)


def server_room(w: float, d: float) -> Shapes:
    """Racks 600 x 1000 in a row, each with a cross and its front marked, and dashed the floor kept free before and behind; in a
    room too small to get behind them, against its back wall."""
    room = x0, _, x1, y1 = _inside(w, d)
    racks = racks_in(room)
    free = tuple(replace(rect(*box), layer="A-CLRN-N") for box in clear_of(room, racks))
    if not racks:
        racks = tuple((x, y1 - 1000, x + 600, y1) for x in _spread(x0 + 200, x1 - 200, 600))
    return (*(s for box in racks for s in _rack(box)), *on_floor(*free))


def _rack(box: Box) -> Shapes:
    """Its front is the side that is 600 wide, lower or at the left."""
    x0, y0, x1, y1 = box
    front = ((x0, y0 + 120), (x1, y0 + 120)) if x1 - x0 < y1 - y0 else ((x0 + 120, y0), (x0 + 120, y1))
    return (rect(*box), line(*front), line((x0, y0), (x1, y1)))


def ups_room(w: float, d: float) -> Shapes:
    """Cabinets along the back wall."""
    x0, _y0, x1, y1 = _inside(w, d)
    cabinets = [rect(x, y1 - 800, x + 800, y1) for x in _spread(x0 + 100, x1 - 100, 800)]
    return (*cabinets, *(line(c.points[0], c.points[2]) for c in cabinets))


def staff_room(w: float, d: float) -> Shapes:
    """A kitchenette with sink and hob at the back wall and tables for four."""
    x0, y0, x1, y1 = _inside(w, d)
    left = max(x0, x1 - KITCHENETTE_MM)
    shapes: list[Shape] = [rect(left, y1 - 600, x1, y1), rect(left + 300, y1 - 500, left + 800, y1 - 100)]
    shapes += [circle((x1 - x, y1 - 300), 100) for x in ((250, 520) if x1 - left > 1600 else ())]
    beside = [(x, y) for x in _spread(x0 + DOOR_END_MM + BESIDE_LATCH_MM, x1, 1700) for y in _spread(y0, y1 - 700, 1700)]
    lower = _behind_door(lambda first: list(_spread(y0 + first, y1 - 700, 1700)))
    behind = [(x, y) for x in _spread(x0, x1, 1700) for y in lower]
    for x, y in max(behind, beside, key=len):
        at = (x + 850, y + 850)
        shapes.append(circle(at, 420))
        places = ((640, 0, -90), (0, 640, 0), (-640, 0, 90), (0, -640, 180))
        shapes += [s for px, py, turn in places for s in chair((at[0] + px, at[1] + py), turn, 420)]
    return tuple(shapes)
