"""Symbols of the fittings: one block per kind and size, drawn round the point where the layout sets it down.

Local axes: origin in the middle of the public front edge, x along the front, +y away from the public.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from exports import blocks_counters as counters
from exports import blocks_rooms as rooms
from exports import blocks_seating as seating
from exports.blocks_divided import in_one_room
from exports.blocks_shapes import Shapes, box
from exports.drawing import Block, Shape, points_of
from layouts.catalogue import fitting
from layouts.compartments import COMBINED
from layouts.screening import ARCH, BYPASS, PARTS, SCREEN, TABLE

# What a symbol may show behind its fitting: the clerk's chair, a gate's open leaf.
CLERK_MM = 700.0
BEHIND_MM = {"staff_gate": 2000.0}
AHEAD_MM = {BYPASS: 2000.0}  # and before it
TAGS = ("ID", "SERVICE", "WIDTH", "ACCESSIBLE")
Symbol = Callable[[float, float], Shapes]

SYMBOLS: dict[str, Symbol] = {
    "counter": counters.counter,
    "counter_accessible": counters.accessible_counter,
    "cashier": counters.cashier,
    "cashier_accessible": counters.accessible_cashier,
    "collection": counters.collection,
    "collection_accessible": counters.accessible_collection,
    "reception": counters.reception,
    "document_check": counters.reception,
    "complaint_desk": counters.accessible_counter,
    "security": counters.security,
    "self_service_kiosk": counters.kiosk,
    "kiosk": counters.kiosk,
    "ticket_kiosk": counters.kiosk,
    "feedback_kiosk": counters.feedback,
    "photo_bay": counters.photo_bay,
    "seat": seating.seat,
    "wheelchair_bay": seating.wheelchair_bay,
    "children_corner": seating.children_corner,
    "toilets": rooms.toilets,
    "toilet_accessible": rooms.toilet_accessible,
    "prayer_room_men": rooms.prayer_room,
    "prayer_room_women": rooms.prayer_room,
    "nursing_room": rooms.nursing_room,
    "interview_room": rooms.interview_room,
    "back_office": rooms.back_office,
    "archive": rooms.archive,
    "server_room": rooms.server_room,
    "ups_room": rooms.ups_room,
    "staff_room": rooms.staff_room,
    "women_family_seating": seating.seat_rows,
    "partition": box,
    "staff_gate": counters.gate,
    ARCH: counters.arch,
    BYPASS: counters.bypass,
    SCREEN: counters.glass,
    "call_display": counters.display,
    "sign": counters.display,
}
SYMBOLS |= {kind: partial(in_one_room, kind, tuple(fitting(p).area_m2 for p in parts)) for kind, parts in COMBINED.items()}

SANITARY = frozenset({"toilets", "toilet_accessible"})
PUBLIC_ROOMS = frozenset(
    {
        "toilets",
        "toilet_accessible",
        "prayer_room_men",
        "prayer_room_women",
        "prayer_rooms",
        "nursing_room",
        "interview_room",
        "women_family_seating",
    }
)
STAFF_ROOMS = frozenset({"back_office", "archive", "server_room", "ups_room", "staff_room", "staff_suite", "back_of_house"})
ROOMS = PUBLIC_ROOMS | STAFF_ROOMS
COUNTERS = frozenset({"counter", "cashier", "collection", "complaint_desk"})
ACCESSIBLE_COUNTERS = frozenset({f"{kind}_accessible" for kind in COUNTERS})
EQUIPMENT = frozenset({"self_service_kiosk", "ticket_kiosk", "kiosk", "feedback_kiosk", "security", "photo_bay"})
SIGNS = frozenset({"call_display", "sign"})


def is_counter(kind: str) -> bool:
    """Whether positions of this kind stand in banks, numbered and named."""
    return kind in COUNTERS | ACCESSIBLE_COUNTERS


def symbol_of(kind: str, shares: Sequence[float] = ()) -> Symbol:
    """What stands in a room of a known kind; in one that serves as a whole block, by the shares of its parts."""
    return partial(in_one_room, kind, shares) if kind in COMBINED and shares else SYMBOLS[kind]


def fitting_block(kind: str, width: float, depth: float) -> Block:
    """The symbol of a known `kind` at the given size, e.g. `CL_COUNTER_1500X800`."""
    name = f"CL_{kind.upper()}_{round(width)}X{round(depth)}"
    behind = BEHIND_MM.get(kind, CLERK_MM if kind in COUNTERS | ACCESSIBLE_COUNTERS else 0.0)
    ahead = AHEAD_MM.get(kind, 0.0)
    shapes = tuple(s for s in SYMBOLS[kind](width, depth) if _within(s, width, depth + behind, ahead))
    outline = () if kind in ROOMS or shapes else box(width, depth)
    return Block(name=name, shapes=(*outline, *shapes), tags=TAGS)


def table_block(width: float, depth: float) -> Block:
    """The screening's table where arch and bypass stand beside it."""
    shapes = counters.screening_table(width, depth)
    return Block(name=f"CL_{TABLE.upper()}_{round(width)}X{round(depth)}_TABLE", shapes=shapes, tags=TAGS)


def _within(shape: Shape, width: float, depth: float, ahead: float = 0.0) -> bool:
    """Whether the stroke keeps to the fitting: in a very small one, what has no room is left out."""
    return all(abs(x) <= width / 2 + 1 and -1 - ahead <= y <= depth + 1 for x, y in points_of(shape, {}))


def layer_of(kind: str, accessible: bool) -> str:
    """The layer a fitting of this kind is set down on."""
    if kind in SANITARY:
        return "P-SANR-FIXT-N"
    if kind in COUNTERS | ACCESSIBLE_COUNTERS:
        return "I-FURN-ACCS-N" if accessible or kind in ACCESSIBLE_COUNTERS else "I-FURN-CNTR-N"
    if kind == "wheelchair_bay":
        return "I-FURN-ACCS-N"
    if kind == "seat":
        return "I-FURN-SEAT-N"
    if kind == "partition":
        return "A-WALL-PRTN-N"
    if kind == "void":
        return "A-FLOR-VOID-N"
    if kind in PARTS:
        return "A-WALL-SCRN-N"
    if kind == "staff_gate":
        return "A-DOOR-N"
    if kind in EQUIPMENT | SIGNS:
        return "I-EQPM-N"
    return "I-FURN-N"
