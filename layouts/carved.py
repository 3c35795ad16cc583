"""Floors made of pieces: bodies cut out of a floor, and areas grown a little, ring by ring.

Eroding a floor whole costs as much as all its corners. But a floor without some bodies, eroded, is the eroded floor
without the bodies grown by as much; and a grown area is its outer ring grown with its holes shrunk. So each body and each
ring is worked on by itself, and a `Recall` keeps what was made of it: the same from nothing and after a move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Literal, TypeVar, cast

import numpy as np
import shapely
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from layouts.geometry import parts
from layouts.grouping import Groups, grouped

T = TypeVar("T")
FEW = 12
SQUARE_MM = 5000.0
UNKNOWN = object()
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """What was made of single pieces: of the floor now, and of the one before the change."""

    now: dict[Key, Any] = field(default_factory=dict)
    before: dict[Key, Any] = field(default_factory=dict)

    def all(self, keys: Sequence[Key], work: Callable[[list[int]], Sequence[T]]) -> list[T]:
        """The values under these keys; those that are not known are worked out together, by their numbers."""
        now, before, found, missing = self.now, self.before, [], []
        for k, key in enumerate(keys):  # keys are long: each is looked up as few times as can be
            value = now.get(key, UNKNOWN)
            if value is UNKNOWN:
                value = before.get(key, UNKNOWN)
                if value is UNKNOWN:
                    missing.append(k)
                else:
                    now[key] = value
            found.append(value)
        for k, value in zip(missing, work(missing) if missing else ()):
            found[k] = now[keys[k]] = value
        return cast(list[T], found)

    def after(self) -> Recall:
        """To be filled for a changed floor."""
        return Recall(before=self.now)


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of ground, and a number that no other piece has; the bodies of a floor do not touch one another."""

    shape: BaseGeometry
    number: int = field(default_factory=count().__next__)


def bodies_of(pieces: dict[Key, BaseGeometry], recall: Recall, name: str = "pieces") -> list[Body]:
    """Pieces of ground, each under what it was made from, as bodies: those that touch are united. `name`: of the pieces."""
    keys, shapes = list(pieces), list(pieces.values())
    found = recall.all([("piece", key) for key in keys], lambda ks: [Body(shapes[k]) for k in ks])
    return _joined(found, recall, name)


def without_holes(floor: BaseGeometry) -> tuple[Body, list[Body]]:
    """A floor with its holes filled, and the holes as bodies of their own: what only touches a hole is joined with it and cut
    out of the whole together with it."""
    found = parts(floor)
    filled = shapely.union_all([shapely.polygons(shapely.get_exterior_ring(p)) for p in found])
    if len(found) == 1:  # else a part may lie in a hole of another
        return Body(filled), [Body(hole) for hole in shapely.polygons(shapely.get_rings(found[0])[1:])]
    return Body(filled), [Body(hole) for hole in parts(filled.difference(floor))]


def grown_bodies(
    bodies: Sequence[Body], by_mm: float, quad_segs: int, recall: Recall, *, among: Sequence[Body] = (), of: str = ""
) -> list[Body]:
    """The bodies grown all round, and those of `among` as they are; those that touch then are one. `of`: of which bodies of the
    floor these are all."""

    def work(ks: list[int]) -> list[Body]:
        shapes = np.asarray([bodies[k].shape for k in ks], dtype=object)
        return [Body(s) for s in shapely.buffer(shapes, by_mm, quad_segs=quad_segs)]

    wide = recall.all([("grown", by_mm, b.number) for b in bodies], work)
    return _joined([*wide, *among], recall, f"grown {of} {by_mm} {[b.number for b in among]}")


def cut_bodies(bodies: Sequence[Body], away: BaseGeometry, recall: Recall) -> list[Body]:
    """The bodies without what of them lies in `away`."""
    if not bodies or away.is_empty:
        return list(bodies)
    shapely.prepare(away)
    met = np.flatnonzero(shapely.intersects(away, np.asarray([b.shape for b in bodies], dtype=object))).tolist()
    less = recall.all(
        [("cut", away.wkb, bodies[k].number) for k in met], lambda ks: [Body(bodies[met[k]].shape.difference(away)) for k in ks]
    )
    of = dict(zip(met, less))
    return [b for b in (of.get(k, body) for k, body in enumerate(bodies)) if not b.shape.is_empty]


def _joined(bodies: Sequence[Body], recall: Recall, name: str) -> list[Body]:
    """Pieces of ground as bodies: those whose bounds meet are united, and taken apart again where they do not touch. What is
    joined under a `name` is put into groups with an eye on the groups before the change."""
    if not bodies:
        return []
    shapes, key = [b.shape for b in bodies], ("groups", name)
    earlier: Groups | None = recall.before.get(key)
    if key not in recall.now:
        recall.now[key] = grouped(shapes, earlier)
    groups = [[bodies[k] for k in group] for group in cast(Groups, recall.now[key]).found]
    together = [g for g in groups if len(g) > 1]
    keys = [("joined", *(b.number for b in g)) for g in together]
    united = recall.all(keys, lambda gs: [_apart(_united(together[g], recall)) for g in gs])
    return [*(g[0] for g in groups if len(g) == 1), *(b for found in united for b in found)]


def _united(bodies: Sequence[Body], recall: Recall) -> BaseGeometry:
    """The ground of all these bodies; of more than a few, square by square, then by squares twice as large, so that a change
    in one leaves what lies beside it united as it was."""
    side = SQUARE_MM
    while len(bodies) > FEW:
        corners = shapely.bounds(np.asarray([b.shape for b in bodies], dtype=object))[:, :2] // side
        squares: dict[tuple[float, float], list[Body]] = {}
        for body, (x, y) in zip(bodies, corners.tolist()):
            squares.setdefault((x, y), []).append(body)
        several = [g for g in squares.values() if len(g) > 1]
        keys = [("square", *(b.number for b in g)) for g in several]
        made = recall.all(keys, partial(_each_united, several))
        bodies, side = [*(g[0] for g in squares.values() if len(g) == 1), *made], 2 * side
    return bodies[0].shape if len(bodies) == 1 else shapely.union_all([b.shape for b in bodies])


def _each_united(groups: Sequence[Sequence[Body]], chosen: list[int]) -> list[Body]:
    return [Body(shapely.union_all([b.shape for b in groups[k]])) for k in chosen]


def _apart(shape: BaseGeometry) -> list[Body]:
    """The parts of a shape as bodies; parts that touch in a point stay together."""
    found = parts(shape)
    if len(found) > 1:
        a, b = STRtree(found).query(found, predicate="intersects")
        if (a != b).any():
            return [Body(shape)]
    return [Body(p) for p in found]


def carved(base: Body, bodies: Sequence[Body], recall: Recall) -> BaseGeometry:
    """The base without the bodies. Bodies well inside become holes as they are; only those at its edge are cut out."""
    if not bodies or base.shape.is_empty:
        return base.shape
    shapes = np.asarray([b.shape for b in bodies], dtype=object)
    shapely.prepare(base.shape)
    inside = (shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON) & shapely.contains_properly(base.shape, shapes)
    at_edge = shapes[~inside]

    def cut(_: list[int]) -> list[BaseGeometry]:
        met = [p for shape in at_edge[shapely.intersects(base.shape, at_edge)] for p in parts(shape)]
        return [base.shape.difference(shapely.multipolygons(met)) if met else base.shape]

    (floor,) = recall.all([("floor", base.number, *(b.number for b, within in zip(bodies, inside) if not within))], cut)
    return with_holes(floor, shapes[inside])


def with_holes(floor: BaseGeometry, bodies: np.typing.NDArray[np.object_]) -> BaseGeometry:
    """A floor without polygons that touch neither its edge nor one another; what their own holes enclose is floor too."""
    if len(bodies) == 0:
        return floor
    ringed = bodies[shapely.get_num_interior_rings(bodies) > 0]
    courts = [shapely.polygons(ring) for body in ringed for ring in shapely.get_rings(body)[1:]]
    faces = np.asarray([*parts(floor), *courts], dtype=object)
    rings = shapely.get_exterior_ring(bodies)
    face_of = np.zeros(len(rings), dtype=np.int64)
    if len(faces) > 1:
        body, face = STRtree(faces).query(shapely.get_point(rings, 0), predicate="within")
        order = np.lexsort((face, shapely.area(faces[face]), body))  # a court's own face before the one it stands in
        first = order[np.flatnonzero(np.diff(body[order], prepend=-1))]
        face_of[body[first]] = face[first]
    found = []
    for k, face_k in enumerate(faces):
        found.append(_polygon(*shapely.get_rings(face_k), *rings[face_of == k]))
    return found[0] if len(found) == 1 else shapely.multipolygons(found)


def _polygon(outer: BaseGeometry, *holes: BaseGeometry) -> BaseGeometry:
    return shapely.polygons(outer, holes or None)


def grown(
    area: BaseGeometry, by_mm: float, recall: Recall, *, join_style: Literal["round", "mitre"] = "mitre", quad_segs: int = 8
) -> BaseGeometry:
    """The area grown all round: outer rings grown, holes shrunk, each by itself."""
    found = parts(area)
    rings = [shapely.get_rings(p) for p in found]
    flat = [(ring, k == 0) for of_part in rings for k, ring in enumerate(of_part)]
    names = shapely.to_wkb(np.asarray([ring for ring, _ in flat], dtype=object)).tolist()
    keys: list[Key] = [("grown ring", by_mm, join_style, outer, name) for (_, outer), name in zip(flat, names)]

    def work(ks: list[int]) -> list[BaseGeometry]:
        shapes = shapely.polygons(np.asarray([flat[k][0] for k in ks], dtype=object))
        by = np.asarray([by_mm if flat[k][1] else -by_mm for k in ks])
        return list(shapely.buffer(shapes, by, join_style=join_style, quad_segs=quad_segs))

    made, at, whole = recall.all(keys, work), 0, []
    for of_part in rings:
        outer, holes = made[at], made[at + 1 : at + len(of_part)]
        at += len(of_part)
        shrunk = [shapely.get_exterior_ring(h) for hole in holes for h in parts(hole)]
        first, *own = shapely.get_rings(outer)
        whole.append(_polygon(first, *own, *shrunk))
    if not whole:
        return Shape()
    return whole[0] if len(whole) == 1 else _together(whole)


def _together(areas: list[BaseGeometry]) -> BaseGeometry:
    """Areas that may overlap, as one; those that touch nothing are taken as they are."""
    a, b = STRtree(areas).query(areas, predicate="intersects")
    if (a == b).all():
        return shapely.multipolygons(areas)
    return shapely.union_all(areas)
