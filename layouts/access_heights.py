"""Rules about heights and sizes of our own fittings: counters and the room for knees beneath, controls, what hangs or juts out.

A plan shows no heights. Those of what we place are the catalogue's, and every finding says so (`from`); what the building
itself hangs or puts on its walls is told as not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layouts.access_question import STAFFED_KINDS, AccessQuestion, Case, judge, line_witness, not_checked
from layouts.catalogue import Fitting, fittings
from layouts.findings import Finding
from layouts.geometry import sides_mm
from layouts.layout import Item
from layouts.walkable import TOLERANCE_MM

MACHINES = ("self_service_kiosk", "ticket_kiosk", "kiosk", "payment_kiosk", "feedback_kiosk")
Length = Callable[[Item, Fitting], float]


def _cases(items: Sequence[Item], length: Length) -> list[Case]:
    """One case for each thing that the catalogue knows."""
    known = fittings()
    return [
        Case(
            where=i.id,
            measured=float(length(i, known[i.kind])),
            values={"kind": i.kind, "from": "catalogue"},
            witness=(line_witness("place", [i.insert_mm]),),
        )
        for i in items
        if i.kind in known
    ]


def _accessible(q: AccessQuestion) -> list[Item]:
    return [i for i in q.layout.items if i.accessible and i.kind in STAFFED_KINDS]


def _judged(
    q: AccessQuestion, items: Sequence[Item], rules: Sequence[tuple[str, str, Length, bool]]
) -> tuple[Finding, ...]:
    """The findings of (code, key, length, whether at most) for all these items."""
    found: list[Finding] = []
    for code, key, length, at_most in rules:
        found += judge(q.profile, code, key, _cases(items, length), at_most=at_most, tolerance=TOLERANCE_MM)
    return tuple(found)


def accessible_counters_are_low(q: AccessQuestion) -> tuple[Finding, ...]:
    """The top of every accessible counter is neither too high nor too low to sit at. Measured: its height."""

    def top(_: Item, kind: Fitting) -> float:
        return kind.surface_mm

    rules = (
        ("access.counter_height", "counter_top_max_mm", top, True),
        ("access.counter_height_least", "counter_top_min_mm", top, False),
    )
    return _judged(q, _accessible(q), rules)


def accessible_counters_take_knees(q: AccessQuestion) -> tuple[Finding, ...]:
    """Under every accessible counter there is room for knees: high, deep and wide enough to wheel under."""
    rules: tuple[tuple[str, str, Length, bool], ...] = (
        ("access.knee_height", "knee_high_mm", lambda _, kind: kind.knee_high_mm, False),
        ("access.knee_depth", "knee_deep_mm", lambda _, kind: kind.knee_deep_mm, False),
        ("access.knee_width", "knee_wide_mm", lambda _, kind: kind.knee_wide_mm, False),
    )
    return _judged(q, _accessible(q), rules)


def accessible_counters_are_wide(q: AccessQuestion) -> tuple[Finding, ...]:
    """The accessible part of a counter is long enough. Measured: the counter's width along its front."""
    cases = [
        Case(where=i.id, measured=sides_mm(i)[0], witness=(line_witness("place", [i.insert_mm]),)) for i in _accessible(q)
    ]
    return judge(
        q.profile, "access.counter_width", "accessible_counter_width_mm", cases, tolerance=TOLERANCE_MM
    )


def controls_are_in_reach(q: AccessQuestion) -> tuple[Finding, ...]:
    """All controls of a machine lie between the lowest and the highest reach from a wheelchair."""
    machines = [i for i in q.layout.items if i.kind in MACHINES]
    rules: tuple[tuple[str, str, Length, bool], ...] = (
        ("access.reach_range", "reach_high_mm", lambda _, kind: kind.controls_high_mm, True),
        ("access.reach_range_least", "reach_low_mm", lambda _, kind: kind.controls_low_mm, False),
    )
    return _judged(q, machines, rules)


def _hung(q: AccessQuestion) -> list[tuple[Item, Fitting]]:
    """Things whose underside is off the floor."""
    known = fittings()
    return [(i, known[i.kind]) for i in q.layout.items if i.kind in known and known[i.kind].underside_mm > 0]


def things_on_walls_stay_flat(q: AccessQuestion) -> tuple[Finding, ...]:
    """What juts out above the height a cane finds and below headroom does so only a little. Measured: how far it does."""
    code, keys = "access.protruding_objects", ("protruding_mm", "protruding_from_mm", "headroom_mm")
    if any(k not in q.profile.rules for k in keys):
        return (not_checked(q.profile, code, missing_rule=keys[0]),)
    low, high = (q.profile.value(k) for k in keys[1:])
    jutting = [i for i, kind in _hung(q) if low < kind.underside_mm < high]
    return judge(q.profile, code, keys[0], _cases(jutting, lambda i, _: sides_mm(i)[1]), at_most=True, tolerance=TOLERANCE_MM)


def headroom_is_clear(q: AccessQuestion) -> tuple[Finding, ...]:
    """Under what hangs over the floor people walk upright; what lies flat on a wall is judged by how far it juts out.

    Measured: the height of its underside.
    """
    code, key = "access.headroom", "headroom_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    flat = q.profile.value("protruding_mm") if "protruding_mm" in q.profile.rules else 0.0
    over = [i for i, kind in _hung(q) if kind.underside_mm >= q.profile.value(key) or sides_mm(i)[1] > flat + TOLERANCE_MM]
    return judge(q.profile, code, key, _cases(over, lambda _, kind: kind.underside_mm), tolerance=TOLERANCE_MM)
