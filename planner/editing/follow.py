"""What follows when walls and corners move: joined walls, the outline and rooms on a wall's face, openings on their hosts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from layouts.findings import BadInput
from layouts.plan import Level, Point, Polygon, Ring, Wall
from planner.editing.hosts import JOINT_MM, Host, edges, host_of, inner_hosts


def walls_moved(level: Level, after: Mapping[str, Wall], *, alone: bool = False) -> Level:
    """The level with some walls replaced; what was joined to them goes along, by the shift of the nearest wall point."""
    before = [w for w in level.walls if w.id in after]
    walls = tuple(after.get(w.id, w) for w in level.walls)
    if alone:
        return with_openings(level, replace(level, walls=walls))

    def shifted(point: Point, thickness_mm: float = 0.0) -> Point:
        return _carried(point, before, after, thickness_mm)

    def ring(points: Ring) -> Ring:
        return tuple(shifted(q) for q in points)

    joined = tuple(
        w if w.id in after else replace(w, a=shifted(w.a, w.thickness_mm), b=shifted(w.b, w.thickness_mm)) for w in walls
    )
    changed = replace(
        level,
        walls=joined,
        outline=ring(level.outline),
        holes=tuple(ring(h) for h in level.holes),
        spaces=tuple(
            replace(s, outline=Polygon(outer=ring(s.outline.outer), holes=tuple(ring(h) for h in s.outline.holes)))
            for s in level.spaces
        ),
    )
    return with_openings(level, changed)


def _carried(point: Point, before: list[Wall], after: Mapping[str, Wall], thickness_mm: float) -> Point:
    """Where a point on a wall's body goes: a + share (b - a), the share kept along the wall."""
    for wall in before:
        if wall.a == wall.b:
            continue
        host = Host(name=("wall", wall.id), a=wall.a, b=wall.b, reach_mm=0)
        if host.gap_mm(point) > math.hypot(wall.thickness_mm / 2, max(thickness_mm, wall.thickness_mm) / 2) + JOINT_MM:
            continue
        share = min(max(host.local(point)[0] / host.length_mm, 0.0), 1.0)
        new = after[wall.id]
        da, db = (new.a[0] - wall.a[0], new.a[1] - wall.a[1]), (new.b[0] - wall.b[0], new.b[1] - wall.b[1])
        return (
            round(point[0] + da[0] + share * (db[0] - da[0])),
            round(point[1] + da[1] + share * (db[1] - da[1])),
        )
    return point


def with_openings(before: Level, after: Level, taken_along: frozenset[str] = frozenset()) -> Level:
    """`after` with every opening where its host went; those of `taken_along` were moved with it already."""
    hosts = {h.name: h for h in (*edges(after), *inner_hosts(after))}
    old = {h.name: h for h in (*edges(before), *inner_hosts(before))}
    if hosts == old:
        return after

    def followed(kind: str, part: Any) -> Any:
        if f"{kind}:{part.id}" in taken_along:
            return part
        host = host_of(before, part.p, part.q, getattr(part, "wall", None))
        if host is None or host.name not in hosts or hosts[host.name] == host:
            return part
        p, q = _on(host, hosts[host.name], part.p, part.q, f"{kind}:{part.id}")
        return replace(part, p=p, q=q)

    return replace(
        after,
        doors=tuple(followed("door", d) for d in after.doors),
        windows=tuple(followed("window", w) for w in after.windows),
    )


def _on(old: Host, new: Host, p: Point, q: Point, key: str) -> tuple[Point, Point]:
    """An opening's ends on the changed host: at its distance from the end that stayed, kept within the host."""
    (sp, tp), (sq, tq) = old.local(p), old.local(q)
    grown = new.length_mm - old.length_mm
    if old.b == new.b and old.a != new.a:
        sp, sq = sp + grown, sq + grown
    elif old.a != new.a and abs(grown) > 1:
        middle = (sp + sq) / 2 * grown / old.length_mm
        sp, sq = sp + middle, sq + middle
    if abs(sq - sp) > new.length_mm + 1:
        raise BadInput("edit.wall_too_short", place=key, width_mm=round(abs(sq - sp)), wall_mm=round(new.length_mm))
    push = max(0.0, -min(sp, sq)) - max(0.0, max(sp, sq) - new.length_mm)
    return new.at(sp + push, tp), new.at(sq + push, tq)
