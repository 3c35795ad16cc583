"""Doors that a hall made of rooms leaves between the public and the rooms behind: they are kept locked, or walled up. Openings
without a leaf into rooms that are used: a nursing room wants a door."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from layouts.findings import Finding
from layouts.geometry import polygon_shape, union
from layouts.layout import LevelLayout
from layouts.plan import Level
from layouts.standing import door_sides, kind_of

AT_DOOR_MM = 300


def check_locked_doors(level: Level, layout: LevelLayout) -> Iterator[Finding]:
    """`level` as planned. A door from public floor into a room that no visitor needs is told, and an opening without a leaf
    into one that they use; nothing where no hall was made."""
    if layout.hall is None or not layout.hall.spaces:
        return
    public = union(polygon_shape(p) for p in layout.public)
    open_to_all = {i.space for i in layout.items if i.space is not None and any(z.use == "front" for z in i.clear_zones)}
    halls = {s.id for s in level.spaces if kind_of(s) == "hall"}
    to_lock: list[str] = []
    to_close: list[str] = []
    for door in level.doors:
        sides = set(door_sides(level)[door.id]) - {None}
        beyond = sides - halls
        inner = door.use == "internal" and sides & halls and beyond
        if inner and public.distance(shapely.LineString([door.p, door.q])) <= AT_DOOR_MM:
            if not beyond & open_to_all:
                to_lock.append(door.id)
            elif door.swing == "none":
                to_close.append(door.id)
    yield _told("hall.doors_to_lock", to_lock)
    yield _told("hall.openings_to_close", to_close)


def _told(code: str, doors: list[str]) -> Finding:
    return Finding(
        code=code, status="fail" if doors else "pass", severity="warning" if doors else "info", certainty="default",
        profile="project", measured=float(len(doors)), required=0.0, unit="doors", where=tuple(doors),
    )  # fmt: skip
