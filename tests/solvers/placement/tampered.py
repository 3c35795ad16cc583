"""A sound placement tampered with, one thing at a time, and the codes by which the checker refuses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from layouts.layout import Item
from layouts.plan import Ring
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem, Pose

Answer = tuple[PlacementProblem, Placement]


def codes(answer: Answer) -> set[str]:
    return {f.code.removeprefix("placement_check.") for f in breaches(*answer)}


def with_items(answer: Answer, change: Callable[[Item], Item | None], *extra: Item) -> Answer:
    """The answer with each item changed or (None) taken away, and some more items."""
    problem, placement = answer
    level = placement.layout.levels[0]
    kept = [after for item in level.items if (after := change(item)) is not None]
    layout = replace(placement.layout, levels=(replace(level, items=(*kept, *extra)),))
    return problem, replace(placement, layout=layout)


def with_item(answer: Answer, name: str, /, **changes: object) -> Answer:
    assert any(i.id == name for i in answer[1].layout.levels[0].items), name
    return with_items(answer, lambda item: replace(item, **changes) if item.id == name else item)


def with_level(answer: Answer, **changes: object) -> Answer:
    problem, placement = answer
    level = replace(placement.layout.levels[0], **changes)
    return problem, replace(placement, layout=replace(placement.layout, levels=(level,)))


def with_pose(answer: Answer, element: str, **changes: object) -> Answer:
    problem, placement = answer
    poses = tuple(replace(p, **changes) if p.element == element else p for p in placement.poses)
    return problem, replace(placement, poses=poses)


def with_record(answer: Answer, **changes: object) -> Answer:
    return answer[0], replace(answer[1], record=replace(answer[1].record, **changes))


def moved(ring: Ring, dx: int = 0, dy: int = 0) -> Ring:
    return tuple((x + dx, y + dy) for x, y in ring)


def item_of(answer: Answer, id: str) -> Item:
    return next(i for i in answer[1].layout.levels[0].items if i.id == id)


def pose_of(answer: Answer, element: str) -> Pose:
    return next(p for p in answer[1].poses if p.element == element)


def moved_item(answer: Answer, id: str, dx: int = 0, dy: int = 0) -> Answer:
    item = item_of(answer, id)
    zones = tuple(replace(z, polygon=moved(z.polygon, dx, dy)) for z in item.clear_zones)
    return with_item(answer, id, polygon=moved(item.polygon, dx, dy), clear_zones=zones)


def a_block(answer: Answer, ring: Ring) -> Answer:
    block = Item(id="block", kind="partition", polygon=ring, insert_mm=ring[0], rotation_deg=0)
    return with_items(answer, lambda item: item, block)
