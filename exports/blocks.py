"""Symbols of the fittings: one block per kind and size, drawn round the point where the layout sets it down.

Local axes: origin in the middle of the public front edge, x along the front, +y away from the public.
"""

from __future__ import annotations

from collections.abc import Callable

from exports import blocks_counters as counters
from exports import blocks_rooms as rooms
from exports import blocks_seating as seating
from exports.blocks_shapes import Shapes, box
from exports.drawing import Block

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
    "complaint_desk": counters.reception,
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
    "partition": box,
    "staff_gate": counters.gate,
    "call_display": counters.display,
    "sign": counters.display,
}

SANITARY = frozenset({"toilets", "toilet_accessible"})
PUBLIC_ROOMS = frozenset(
    {"toilets", "toilet_accessible", "prayer_room_men", "prayer_room_women", "nursing_room", "interview_room"}
)
STAFF_ROOMS = frozenset({"back_office", "archive", "server_room", "ups_room", "staff_room"})
ROOMS = PUBLIC_ROOMS | STAFF_ROOMS
COUNTERS = frozenset({"counter", "cashier", "collection"})
ACCESSIBLE_COUNTERS = frozenset({f"{kind}_accessible" for kind in COUNTERS})
EQUIPMENT = frozenset({"self_service_kiosk", "ticket_kiosk", "kiosk", "feedback_kiosk", "security", "photo_bay"})
SIGNS = frozenset({"call_display", "sign"})


def fitting_block(kind: str, width: float, depth: float) -> Block:
    """The symbol of a known `kind` at the given size, e.g. `CL_COUNTER_1500X800`."""
    name = f"CL_{kind.upper()}_{round(width)}X{round(depth)}"
    return Block(name=name, shapes=SYMBOLS[kind](width, depth), tags=TAGS)


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
    if kind == "staff_gate":
        return "A-DOOR-N"
    if kind in EQUIPMENT | SIGNS:
        return "I-EQPM-N"
    return "I-FURN-N"
