"""Visitors with an appointment beside those who walk in: how many come when, and at which times they are booked."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from layouts.findings import BadInput
from solvers.services import Appointments


def persons_who_come(
    wanted: Sequence[float], starts_min: Sequence[int], interval_min: int, bookings: Sequence[Appointments]
) -> tuple[float, ...]:
    """Per interval: walk-ins and booked visitors who show up.

    wanted x (1 - booked) walk in. Bookings without slots stay in their interval; those with slots are spread evenly:
    sum(wanted) x booked x (1 - no-show) x share of the slots that start in the interval.
    """
    walk_in = walk_in_share(bookings)
    total = fsum(wanted)
    rows = [[each * walk_in for each in wanted]]
    for each in bookings:
        come = each.booked_share * (1.0 - each.no_show_share)
        if each.slot_min == 0:
            rows.append([persons * come for persons in wanted])
        else:
            slots = slot_starts_min(each, starts_min, interval_min)
            inside = [sum(start <= slot < start + interval_min for slot in slots) for start in starts_min]
            rows.append([total * come * count / len(slots) for count in inside])
    return tuple(fsum(column) for column in zip(*rows))


def walk_in_share(bookings: Sequence[Appointments]) -> float:
    """1 - booked shares; BadInput where more than all book."""
    share = 1.0 - fsum(each.booked_share for each in bookings)
    if share < -1e-9:
        raise BadInput("bookings.above_one", place=f"appointments[service={bookings[0].service}]", total=round(1.0 - share, 6))
    return max(0.0, share)


def slot_starts_min(booking: Appointments, starts_min: Sequence[int], interval_min: int) -> tuple[int, ...]:
    """Starts of the slots on a day of these intervals; BadInput where none lies within its hours."""
    opens, closes = starts_min[0], starts_min[-1] + interval_min
    first = max(opens, booking.from_min)
    last = min(closes, booking.to_min) if booking.to_min > 0 else closes
    slots = tuple(range(first, last, booking.slot_min))
    if not slots:
        raise BadInput("bookings.no_slot", place=f"appointments[service={booking.service}]", service=booking.service)
    return slots


def booked_times_min(
    wanted: Sequence[float], starts_min: Sequence[int], interval_min: int, booking: Appointments
) -> tuple[float, ...]:
    """The times booked on one day, no-shows among them: as many as share x demand, to the nearest whole number."""
    if booking.slot_min == 0:
        return booked_slots([each * booking.booked_share for each in wanted], starts_min[0], interval_min)
    slots = slot_starts_min(booking, starts_min, interval_min)
    count = round(fsum(wanted) * booking.booked_share)
    return tuple(float(slots[int((n + 0.5) * len(slots) / count)]) for n in range(count))


def booked_slots(persons: Sequence[float], open_min: float, interval_min: float) -> tuple[float, ...]:
    """Times at which the booked persons reach a half, one and a half, …: slots as even as the intervals allow."""
    slots: list[float] = []
    reached = 0.0
    for i, each in enumerate(persons):
        while each > 0.0 and len(slots) + 0.5 <= reached + each:
            slots.append(open_min + (i + (len(slots) + 0.5 - reached) / each) * interval_min)
        reached += each
    return tuple(slots)
