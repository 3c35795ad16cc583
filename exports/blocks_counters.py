"""Symbols of counters, desks, kiosks and gates."""

from __future__ import annotations

from exports.blocks_shapes import (
    Shapes,
    arc,
    box,
    circle,
    line,
    office_chair,
    on_floor,
    rect,
    screen,
    stroke,
    wheelchair,
)
from exports.drawing import Shape

SCREEN_MM = 40
CLERK_OUT_MM = 330
BYPASS_MM = 1000.0
WITH_BYPASS_MM = 2800.0  # table, detector and bypass side by side


def _desk(w: float, d: float) -> Shapes:
    """Desk top with a glazing line near the front and a privacy screen on either side."""
    return (
        rect(-w / 2, 0, w / 2, d),
        rect(-w / 2, 0, -w / 2 + SCREEN_MM, d),
        rect(w / 2 - SCREEN_MM, 0, w / 2, d),
    )


def _clerk(w: float, d: float) -> Shapes:
    return (*screen((-w * 0.27, d * 0.7), turn_deg=-20), *office_chair((0, d + CLERK_OUT_MM)))


def counter(w: float, d: float) -> Shapes:
    """A staffed counter: raised front shelf, screens, clerk behind."""
    shelf = min(250.0, d * 0.3)
    return (*_desk(w, d), line((-w / 2 + SCREEN_MM, shelf), (w / 2 - SCREEN_MM, shelf)), *_clerk(w, d))


def accessible_counter(w: float, d: float) -> Shapes:
    """A counter whose whole front is low, with knee room: no raised shelf, the sign of access on top."""
    knee = d * 0.28
    return (
        *_desk(w, d),
        stroke((-450, 0), (-450, knee), (450, knee), (450, 0)),
        *wheelchair((w * 0.27 if w > 1400 else 0, d * 0.63), min(420.0, d * 0.55)),
        *_clerk(w, d),
    )


def _till(w: float, d: float) -> Shapes:
    """Cash drawer and pass-through tray."""
    return (rect(w * 0.22, d * 0.55, w * 0.22 + 300, d * 0.55 + 260), rect(-160, 30, 160, 150))


def cashier(w: float, d: float) -> Shapes:
    return (*counter(w, d), *_till(w, d))


def accessible_cashier(w: float, d: float) -> Shapes:
    return (*accessible_counter(w, d), rect(-160, 30, 160, 150))


def _pigeonholes(w: float, d: float) -> Shapes:
    """Trays of documents ready to be handed out."""
    left, right = w * 0.22, w / 2 - SCREEN_MM - 60
    steps = [left + (right - left) * i / 3 for i in range(4)]
    return (rect(left, d - 220, right, d - 40), *(line((x, d - 220), (x, d - 40)) for x in steps[1:-1]))


def collection(w: float, d: float) -> Shapes:
    return (*counter(w, d), *_pigeonholes(w, d))


def accessible_collection(w: float, d: float) -> Shapes:
    return (*accessible_counter(w, d), rect(-w / 2 + 120, d - 180, -w / 2 + 420, d - 40))


def reception(w: float, d: float) -> Shapes:
    """A desk with a shelf round three sides and a chair for each 1.5 m of front, all within its own outline."""
    shelf, places = min(300.0, d * 0.25), max(1, round(w / 1500))
    inner = (-w / 2 + shelf, shelf)
    outline: Shapes = (
        rect(-w / 2, 0, w / 2, d),
        stroke((inner[0], d), inner, (-inner[0], shelf), (-inner[0], d)),
    )
    pitch = (w - 2 * shelf) / places
    middles = [-w / 2 + shelf + pitch * (i + 0.5) for i in range(places)]
    if d - shelf < 700:
        return (*outline, *(s for x in middles for s in screen((x, d * 0.65), min(400.0, pitch * 0.6))))
    work = shelf + min(600.0, (d - shelf) * 0.4)
    seats = (s for x in middles for s in office_chair((x, min(work + 300, d - 300))))
    return (*outline, line((inner[0], work), (-inner[0], work)), *seats)


def security(w: float, d: float) -> Shapes:
    """The officer's table, a walk-through detector, and beside it a bypass for wheelchairs (ADA 206.8) where there is room."""
    if w < 1600:
        return (*box(w, d), rect(-w / 2 + 60, 60, w / 2 - 60, d - 60))
    bypass = BYPASS_MM if w >= WITH_BYPASS_MM else 0.0
    left, arch = -w / 2 + bypass, min(900.0, w * 0.35)
    posts = (rect(left, d * 0.3, left + 100, d * 0.7), rect(left + arch - 100, d * 0.3, left + arch, d * 0.7))
    lintel = tuple(line((left + 100, d * y), (left + arch - 100, d * y)) for y in (0.4, 0.6))
    table = rect(left + arch + 120, d * 0.1, w / 2 - 60, d * 0.9)
    shapes: Shapes = (*box(w, d), *posts, *lintel, table)
    if not bypass:
        return shapes
    leaf = line((-w / 2 + 20, d * 0.5), (left - 40, d * 0.5))
    return (*shapes, leaf, *wheelchair((-w / 2 + bypass / 2, d * 0.25), min(400.0, d * 0.4)))


def screening_table(w: float, d: float) -> Shapes:
    """The table of a screening whose arch and bypass stand beside it: rollers through an X-ray tunnel, the officer's screen."""
    half, tunnel = w / 2, w / 6
    rollers = tuple(
        line((sign * x, d * 0.1), (sign * x, d * 0.7))
        for sign in (-1, 1)
        for x in range(round(tunnel) + 150, round(half) - 60, 150)
    )
    belts = (rect(-half + 60, d * 0.1, -tunnel, d * 0.7), rect(tunnel, d * 0.1, half - 60, d * 0.7))
    return (*box(w, d), *belts, rect(-tunnel, 0, tunnel, d * 0.8), *rollers, *screen((0, d * 0.5), min(400.0, w * 0.2)))


def arch(w: float, d: float) -> Shapes:
    """A walk-through detector between its posts: the lintel overhead."""
    return (line((-w / 2, d * 0.3), (w / 2, d * 0.3)), line((-w / 2, d * 0.7), (w / 2, d * 0.7)))


def bypass(w: float, d: float) -> Shapes:
    """A gate of two leaves that swing the way people leave, with a wheelchair's sign on the floor."""
    leaf = w / 2
    leaves = (line((-leaf, 0), (-leaf, -leaf)), line((leaf, 0), (leaf, -leaf)))
    swings = (arc((-leaf, 0), leaf, 270, 0), arc((leaf, 0), leaf, 180, 270))
    sign = wheelchair((0, -leaf * 0.4), min(400.0, leaf * 0.6))
    return (*leaves, *on_floor(*swings, line((-leaf, d / 2), (leaf, d / 2)), *sign))


def glass(w: float, d: float) -> Shapes:
    """A screen of glass between posts."""
    return (*box(w, d), line((-w / 2, d / 2), (w / 2, d / 2)))


def kiosk(w: float, d: float) -> Shapes:
    """Self-service machines side by side, each with its screen and slot."""
    count = max(1, round(w / 900))
    pitch = w / count
    shapes: list[Shape] = []
    for i in range(count):
        x = -w / 2 + pitch * (i + 0.5)
        half = min(300.0, pitch * 0.4)
        shapes += [rect(x - half, 0, x + half, d), rect(x - half * 0.7, d * 0.12, x + half * 0.7, d * 0.4)]
        shapes += [line((x - half * 0.4, d * 0.58), (x + half * 0.4, d * 0.58))]
    return (*box(w, d), *shapes) if count > 1 else tuple(shapes)


def feedback(w: float, d: float) -> Shapes:
    """A pedestal with a panel."""
    return (*box(w, d), circle((0, d / 2), min(w, d) * 0.3))


def photo_bay(w: float, d: float) -> Shapes:
    """A booth: backdrop, stool, camera."""
    backdrop = line((-w * 0.35, d * 0.92), (w * 0.35, d * 0.92))
    camera = rect(-100, d * 0.1, 100, d * 0.1 + 120)
    return (*box(w, d), backdrop, circle((0, d * 0.66), min(180.0, d * 0.14)), camera, line((0, 0), (0, d * 0.1)))


def gate(w: float, d: float) -> Shapes:
    """A half-height leaf between two posts, opening away from the public."""
    post = min(100.0, w * 0.1)
    leaf = w - 2 * post
    hinge = (-w / 2 + post, d)
    return (
        rect(-w / 2, 0, -w / 2 + post, d),
        rect(w / 2 - post, 0, w / 2, d),
        line(hinge, (hinge[0], d + leaf)),
        arc(hinge, leaf, 0, 90),
    )


def display(w: float, d: float) -> Shapes:
    """A hanging screen or sign: its face is the front."""
    return (*box(w, d), line((-w / 2, 0), (0, d)), line((w / 2, 0), (0, d)))
