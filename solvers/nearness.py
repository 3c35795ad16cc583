"""Closeness ratings to start from (Muther's A E I O U X): a planner's habits, default."""

from __future__ import annotations

from itertools import pairwise

from layouts.programme import BankRequirement, IslandRequirement, Nearness, RoomRequirement

ENTRANCE_SIDE = ("security", "reception", "document_check", "ticket_kiosk")
"""Kinds that belong together at the door, in the order in which a visitor meets them."""
PRIVATE_ROOMS = ("archive", "server_room", "ups_room", "back_of_house")
OFFICES = ("back_office", "staff_suite")


def starter_nearness(
    banks: tuple[BankRequirement, ...],
    rooms: tuple[RoomRequirement, ...],
    islands: tuple[IslandRequirement, ...],
    own: tuple[Nearness, ...],
) -> tuple[Nearness, ...]:
    """The project's own ratings, then the starters for pairs that it does not rate."""
    rated = {frozenset((each.a, each.b)) for each in own}
    starters: list[Nearness] = []
    for each in [
        *_at_the_door(islands),
        *_counters(banks, rooms, islands),
        *_comfort(banks, rooms),
        *_private(rooms, islands),
    ]:
        pair = frozenset((each.a, each.b))
        if pair not in rated:
            rated.add(pair)
            starters.append(each)
    return (*own, *starters)


def _at_the_door(islands: tuple[IslandRequirement, ...]) -> list[Nearness]:
    """Welcome, check and ticket next to each other: A."""
    chain = [island for kind in ENTRANCE_SIDE for island in islands if island.kind == kind]
    return [Nearness(a=a.id, b=b.id, rating="A") for a, b in pairwise(chain)]


def _counters(
    banks: tuple[BankRequirement, ...], rooms: tuple[RoomRequirement, ...], islands: tuple[IslandRequirement, ...]
) -> list[Nearness]:
    """Windows to back office A, cashier to windows E, children to the waiting E."""
    pairs = []
    for bank in banks:
        if bank.kind != "cashier":
            pairs += [Nearness(a=bank.id, b=room.id, rating="A") for room in rooms if room.kind in OFFICES]
            pairs += [Nearness(a=other.id, b=bank.id, rating="E") for other in banks if other.kind == "cashier"]
        if bank.seats:
            pairs += [Nearness(a=each.id, b=bank.id, rating="E") for each in islands if each.kind == "children_corner"]
    return pairs


def _comfort(banks: tuple[BankRequirement, ...], rooms: tuple[RoomRequirement, ...]) -> list[Nearness]:
    """Toilets and nursing to the waiting I, prayer O."""
    rating = {
        "toilets": "I",
        "toilet_accessible": "I",
        "nursing_room": "I",
        "prayer_room_men": "O",
        "prayer_room_women": "O",
        "prayer_rooms": "O",
    }
    return [
        Nearness(a=room.id, b=bank.id, rating=rating[room.kind])
        for room in rooms
        if room.kind in rating
        for bank in banks
        if bank.seats
    ]


def _private(rooms: tuple[RoomRequirement, ...], islands: tuple[IslandRequirement, ...]) -> list[Nearness]:
    """Server and archive away from the public: X."""
    return [Nearness(a=room.id, b=island.id, rating="X") for room in rooms if room.kind in PRIVATE_ROOMS for island in islands]
