"""What a level's doors lead to, and by which of them people come onto an upper storey: lifts and stairs of a building."""

from __future__ import annotations

import math

from layouts.plan import ENTRANCE_USES, Door, Level, doors_of_use
from layouts.standing import kind_of, sides_of

UPWARDS = ("lift", "stair")
NEAR_MM = 2500  # a door this near a lift's shaft is its own


def leads_to(level: Level, door: Door) -> str:
    """`lift` or `stair` where the door opens on one, else empty."""
    spaces = {s.id: s for s in level.spaces}
    kinds = [kind_of(spaces[room]) for room in sides_of(level, door) if room is not None]
    shafts = [o for o in level.obstacles if any(math.dist(p, door.p) <= NEAR_MM for p in o.outline)]
    kinds += [kind for o in shafts for kind in UPWARDS if kind in o.kind]
    return next((kind for kind in UPWARDS if kind in kinds), "")


def uses_above(level: Level) -> tuple[tuple[str, str], ...]:
    """Visitors come by the lift, and by a stair where there is none; stairs are exits beside a lift."""
    if doors_of_use(level, ENTRANCE_USES):
        return ()
    kinds = {door.id: leads_to(level, door) for door in level.doors if door.use == "internal"}
    first = next((kind for kind in UPWARDS if kind in kinds.values()), None)
    uses = {kind: "entrance_exit" if kind == first else "exit" for kind in UPWARDS}
    return tuple((door, uses[kind]) for door, kind in kinds.items() if kind in uses)
