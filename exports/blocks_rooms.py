"""What stands inside the rooms, kept off the door in the front wall (its swing takes the first 1.1 m)."""

from __future__ import annotations

from collections.abc import Iterator

from exports.blocks_shapes import Shapes, arc, chair, circle, line, office_chair, rect, screen, wheelchair
from exports.drawing import Shape

WALL_MM = 100
SWING_MM = 1100
CUBICLE_MM = (950, 1500)
ACCESSIBLE_MM = (1700, 2200)  # AD M 5.10 (from memory): the catalogue's accessible toilet
TURNING_MM = 1500.0


def _inside(w: float, d: float) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of the floor inside the room's walls."""
    return -w / 2 + WALL_MM, WALL_MM, w / 2 - WALL_MM, d - WALL_MM


def _spread(start: float, end: float, pitch: float) -> Iterator[float]:
    """Starts of as many steps of at least `pitch` as fit between start and end, evenly."""
    count = int((end - start) // pitch)
    for i in range(count):
        yield start + (end - start) * i / count


def _pan(x: float, y: float) -> Shapes:
    """A WC pan with its cistern against a wall above it: `y` is the wall."""
    return (rect(x - 190, y - 180, x + 190, y), circle((x, y - 400), 185))


def toilets(w: float, d: float) -> Shapes:
    """Cubicles along the back wall, the last one accessible where there is room; basins on the side wall off the door."""
    x0, y0, x1, y1 = _inside(w, d)
    width, depth = CUBICLE_MM
    shapes: list[Shape] = []
    wide = x1 - x0 >= ACCESSIBLE_MM[0] + width
    accessible = wide and y1 - y0 >= ACCESSIBLE_MM[1] + SWING_MM
    beside = wide and not accessible and y1 - y0 >= ACCESSIBLE_MM[1]  # too shallow for a door before it: it is in its side
    deep = min(float(depth), (y1 - y0) * 0.55)
    right, lowest = (x1 - ACCESSIBLE_MM[0], y1 - ACCESSIBLE_MM[1] - 950) if accessible else (x1, y1 - deep)
    right = x1 - ACCESSIBLE_MM[0] if beside else right
    starts = list(_spread(x0, right, width))
    step = (right - x0) / max(1, len(starts))
    for start in starts:
        middle = start + step / 2
        shapes += _pan(middle, y1)
        shapes += [line((start + step, y1), (start + step, y1 - deep)), line((start, y1 - deep), (middle, y1 - deep))]
        shapes += [arc((middle, y1 - deep), step / 2 * 0.95, 270, 360)]
    if accessible:
        shapes += _accessible_cubicle(x1, y1)
    if beside:
        shapes += _accessible_end(x1, y0, y1)
    elif lowest - y0 > 900:
        for y in _spread(y0 + 100, lowest - 100, 700):
            shapes += [rect(x1 - 450, y + 50, x1, y + 600), circle((x1 - 230, y + 325), 150)]
    return tuple(shapes)


def _accessible_cubicle(x1: float, y1: float) -> Shapes:
    """1700 x 2200 clear in the back corner (the catalogue's least): door opening outwards, turning circle before the pan."""
    width, depth = ACCESSIBLE_MM
    x0, y0 = x1 - width, y1 - depth
    pan_x, radius = x1 - 500, TURNING_MM / 2
    middle = ((x0 + x1) / 2, y0 + radius)
    return (
        line((x0, y1), (x0, y0)), line((x0, y0), (x0 + 100, y0)), line((x0 + 1000, y0), (x1, y0)),
        line((x0 + 100, y0), (x0 + 100, y0 - 900)), arc((x0 + 100, y0), 900, 270, 360),
        *_pan(pan_x, y1), line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850)), line((pan_x - 340, y1), (pan_x - 340, y1 - 600)),
        rect(x0, y1 - 560, x0 + 300, y1 - 140), circle((x0 + 160, y1 - 350), 100),
        arc(middle, radius, 0, 180), arc(middle, radius, 180, 360), *wheelchair((middle[0], middle[1]), 420),
    )  # fmt: skip


def _accessible_end(x1: float, y0: float, y1: float) -> Shapes:
    """The end of a shallow room, 1700 wide and as deep as the room: door in its side, opening outwards, turning circle."""
    x0 = x1 - ACCESSIBLE_MM[0]
    pan_x, radius = x1 - 500, TURNING_MM / 2
    middle, hinge = ((x0 + x1) / 2, y0 + radius), (x0, y0 + 1000)
    return (
        line((x0, y0), (x0, y0 + 100)), line(hinge, (x0, y1)), line(hinge, (x0 - 900, hinge[1])), arc(hinge, 900, 180, 270),
        *_pan(pan_x, y1), line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850)), line((pan_x - 340, y1), (pan_x - 340, y1 - 600)),
        rect(x0, y1 - 560, x0 + 300, y1 - 140), circle((x0 + 160, y1 - 350), 100),
        arc(middle, radius, 0, 180), arc(middle, radius, 180, 360), *wheelchair((middle[0], middle[1]), 420),
    )  # fmt: skip


def toilet_accessible(w: float, d: float) -> Shapes:
    """Pan with grab rails in a back corner, basin beside, turning circle before both."""
    x0, y0, x1, y1 = _inside(w, d)
    radius = min(762.0, (x1 - x0) / 2, (y1 - y0) / 2)
    pan_x = x1 - 500
    rails = (line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850)), line((pan_x - 340, y1), (pan_x - 340, y1 - 700)))
    basin = (rect(x0, y1 - 1000, x0 + 430, y1 - 450), circle((x0 + 220, y1 - 725), 150))
    middle = (0.0, y0 + radius)
    turning = (arc(middle, radius, 0, 180), arc(middle, radius, 180, 360))
    return (*_pan(pan_x, y1), *rails, *basin, *turning)


def prayer_room(w: float, d: float) -> Shapes:
    """Prayer places 650 x 1200 in rows, shoe rack beside the door. The direction of the rows is set on site."""
    x0, y0, x1, y1 = _inside(w, d)
    rows = list(_spread(y0 + SWING_MM, y1, 1250)) or [y1 - 1250]
    columns = list(_spread(x0 + 50, x1 - 50, 700))
    mats = [rect(x + 25, y + 25, x + 675, y + 1225) for y in rows for x in columns]
    return (*mats, rect(x1 - 1200, y0, x1, y0 + 300)) if w > 2600 else tuple(mats)


def nursing_room(w: float, d: float) -> Shapes:
    """An armchair, a changing table and a basin."""
    x0, y0, x1, y1 = _inside(w, d)
    table = rect(x1 - 900, y1 - 600, x1, y1)
    basin = (rect(x0, y1 - 450, x0 + 500, y1), circle((x0 + 250, y1 - 230), 150))
    return (*chair((x1 - 420, y0 + 420), -90, 700), table, *basin)


def interview_room(w: float, d: float) -> Shapes:
    """A table with the officer behind it and two visitors before it."""
    middle = d * 0.58
    half = min(700.0, w * 0.25)
    table = rect(-half, middle - 375, half, middle + 375)
    before = (s for x in (-half * 0.5, half * 0.5) for s in chair((x, middle - 700), 180))
    return (table, *before, *office_chair((0, middle + 650)))


def back_office(w: float, d: float) -> Shapes:
    """Desks 1400 x 700 in facing pairs, as many as fit behind the door."""
    x0, y0, x1, y1 = _inside(w, d)
    shapes: list[Shape] = []
    pairs = list(_spread(y0 + SWING_MM, y1, 2900))
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
    """Shelving 400 deep with 900 aisles, crossed as shelving is drawn."""
    x0, y0, x1, y1 = _inside(w, d)
    shapes: list[Shape] = []
    for y in _spread(y0 + SWING_MM, y1 + 900, 1300):
        if y + 400 <= y1:
            a, b = x0 + 300, x1 - 300
            shapes += [rect(a, y, b, y + 400), line((a, y), (b, y + 400)), line((a, y + 400), (b, y))]
    return tuple(shapes)


def server_room(w: float, d: float) -> Shapes:
    """Racks 600 x 1000 in a row with room to stand before and behind."""
    x0, y0, x1, y1 = _inside(w, d)
    top = max(y1 - 700, y0 + 1000)
    racks = [rect(x, top - 1000, x + 600, top) for x in _spread(x0 + 200, x1 - 200, 600)]
    return (*racks, *(line((r.points[0][0], top - 850), (r.points[1][0], top - 850)) for r in racks))


def ups_room(w: float, d: float) -> Shapes:
    """Cabinets along the back wall."""
    x0, _y0, x1, y1 = _inside(w, d)
    cabinets = [rect(x, y1 - 800, x + 800, y1) for x in _spread(x0 + 100, x1 - 100, 800)]
    return (*cabinets, *(line(c.points[0], c.points[2]) for c in cabinets))


def staff_room(w: float, d: float) -> Shapes:
    """A kitchenette along the back wall and tables for four."""
    x0, y0, x1, y1 = _inside(w, d)
    shapes: list[Shape] = [rect(x0, y1 - 600, x1, y1), rect(x0 + 300, y1 - 500, x0 + 800, y1 - 100)]
    for x in _spread(x0 + SWING_MM, x1, 1800):
        for y in _spread(y0, y1 - 700, 1800):
            at = (x + 900, y + 900)
            shapes.append(circle(at, 420))
            places = ((640, 0, -90), (0, 640, 0), (-640, 0, 90), (0, -640, 180))
            shapes += [s for px, py, turn in places for s in chair((at[0] + px, at[1] + py), turn, 420)]
    return tuple(shapes)
