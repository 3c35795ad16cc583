"""A level moved as a whole."""

from __future__ import annotations

from dataclasses import replace

from layouts import plan as p


def shifted_level(level: p.Level, dx: int, dy: int) -> p.Level:
    """Everything on the level moved by (dx, dy)."""

    def at(q: p.Point) -> p.Point:
        return q[0] + dx, q[1] + dy

    def ring(points: p.Ring) -> p.Ring:
        return tuple(at(q) for q in points)

    def area(polygon: p.Polygon) -> p.Polygon:
        return p.Polygon(outer=ring(polygon.outer), holes=tuple(ring(h) for h in polygon.holes))

    return replace(
        level,
        outline=ring(level.outline),
        holes=tuple(ring(h) for h in level.holes),
        walls=tuple(replace(w, a=at(w.a), b=at(w.b)) for w in level.walls),
        doors=tuple(replace(d, p=at(d.p), q=at(d.q)) for d in level.doors),
        windows=tuple(replace(w, p=at(w.p), q=at(w.q)) for w in level.windows),
        columns=tuple(replace(c, outline=ring(c.outline)) for c in level.columns),
        obstacles=tuple(replace(o, outline=ring(o.outline)) for o in level.obstacles),
        spaces=tuple(replace(s, outline=area(s.outline)) for s in level.spaces),
    )
