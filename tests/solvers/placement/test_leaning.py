"""Banks of a slanted wall are drawn along it, on one line, where all of them can be; the checker measures them off it."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, degrees, hypot

import pytest
from shapely.geometry import Polygon

from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import Level
from solvers.effort import SolutionRecord
from solvers.placement.baselines import walls_of
from solvers.placement.check_floor import solids_disjoint, zones_free
from solvers.placement.check_poses import stand_as_posed
from solvers.placement.check_programme import sizes
from solvers.placement.frame import LeaningPose
from solvers.placement.furnish import bank_items
from solvers.placement.leaning import along_their_walls
from solvers.placement.problem import Placement, PlacementProblem, Pose, SpineLine
from tests.builders_placement import RULES, bank, box, door, programme

# The head wall falls by 3 m on 16 m, from the left to the right: 10.6 degrees.
HALL = Level(
    id="0", name="", elevation_mm=0, outline=((0, 0), (16_000, 0), (16_000, 15_000), (0, 18_000)),
    doors=(door("in", "entrance", (600, 0), (2400, 0)), door("out", "exit", (13_600, 0), (15_400, 0)),
           door("staff", "staff", (0, 17_000), (0, 16_000))),
)  # fmt: skip
SPINE = SpineLine(id="s", points=((15, 0), (15, 20), (145, 20), (145, 0)), width_dm=18)
A, B = bank("A", 3, seats=6), bank("B", 2, seats=4)
PROBLEM = PlacementProblem(level=HALL, programme=programme(A, B))
RECORD = SolutionRecord(
    status="feasible", objective=None, bound=None, gap=None, relaxation_bound=None, terms={}, freedom={}, seed=1,
    effort="1 s", reproducible=False, seconds_to_first=None, seconds=1.0, versions={}, question_digest="",
)  # fmt: skip


def pose(element: str, u_dm: int, length_dm: int) -> Pose:
    """Square to the grid, its back right-hand corner on the slanted wall."""
    back = 180 - (u_dm + length_dm) * 30 / 160
    return Pose(
        element=element, baseline="w2", axis="x", u_dm=u_dm, back_dm=int(back), sign=-1, length_dm=length_dm, setback_dm=0,
        variant="attached", rows=2,
    )  # fmt: skip


POSES = (pose("A", 30, 50), pose("B", 80, 34))


def drawn(poses: tuple[Pose, ...], *more: Item) -> tuple[PlacementProblem, Placement]:
    found = [bank_items(b, p, RULES, HALL, accessible_first=True, way=None) or () for b, p in zip((A, B), poses)]
    level = LevelLayout(level="0", items=(*(i for items in found for i in items), *more), public=(), staff=(), spine=None)
    return PROBLEM, Placement(record=RECORD, layout=Layout(levels=(level,)), poses=POSES)


def leaning(*more: Item) -> tuple[Pose, ...]:
    _, square = drawn(POSES, *more)
    assert square.layout is not None
    return along_their_walls(PROBLEM, walls_of(HALL), POSES, SPINE, square.layout.levels[0].items)


def off_wall(item: Item) -> float:
    """How far the back of a desk is from the slanted wall."""
    return min((18_000 - x * 3 / 16 - y) / hypot(1, 3 / 16) for x, y in item.polygon)


def desks(answer: tuple[PlacementProblem, Placement]) -> list[Item]:
    assert answer[1].layout is not None
    return [i for i in answer[1].layout.levels[0].items if i.kind.startswith("counter")]


def test_neighbours_run_along_their_wall_on_one_line() -> None:
    poses = leaning()
    assert all(isinstance(p, LeaningPose) for p in poses)
    found = desks(drawn(poses))
    assert {i.rotation_deg for i in found} == {round(degrees(atan2(-3, 16)) % 360, 3)}
    distances = [off_wall(i) for i in found]
    assert max(distances) - min(distances) < 2, "one counter line, parallel to the wall"
    assert RULES.staff_zone_mm - 1 <= min(distances) < RULES.staff_zone_mm + 600


def test_what_leans_passes_the_checks_of_sizes_places_and_floors() -> None:
    answer = drawn(leaning())
    for check in (stand_as_posed, sizes, solids_disjoint, zones_free):
        assert list(check(*answer)) == [], check.__name__


def test_no_bank_turns_where_one_of_them_would_stand_in_anothers_floor() -> None:
    ring = box(11_500, 7200, 12_000, 8000)  # beside the square rows of B, within the turned ones
    seat = Item(id="kiosk-01", kind="kiosk", bank="kiosk", polygon=ring, insert_mm=ring[0], rotation_deg=0.0)
    turned = [Polygon(i.polygon) for i in desks(drawn(leaning())) if i.bank == "B"]
    assert turned
    spots = [leaning(replace(seat, polygon=box(x, y, x + 500, y + 500))) for x in (4000, 8500) for y in (9000, 11_000)]
    assert POSES in spots, "a thing on floor that only the turned banks want keeps all of them square"
    assert all(p == POSES or all(isinstance(q, LeaningPose) for q in p) for p in spots)


@pytest.mark.parametrize("by", [(0, -1500), (1200, -225)])
def test_a_bank_that_leans_far_from_its_pose_is_refused(by: tuple[int, int]) -> None:
    problem, placement = drawn(leaning())
    assert placement.layout is not None
    level = placement.layout.levels[0]

    def moved(item: Item) -> Item:
        ring = tuple((x + by[0], y + by[1]) for x, y in item.polygon)
        return replace(item, polygon=ring) if item.bank == "A" else item

    tampered = replace(placement, layout=Layout(levels=(replace(level, items=tuple(map(moved, level.items))),)))
    assert "A" in {where for where, *_ in stand_as_posed(problem, tampered)}


def test_a_desk_turned_another_way_than_its_wall_is_refused() -> None:
    problem, placement = drawn(leaning())
    assert placement.layout is not None
    level = placement.layout.levels[0]
    items = tuple(replace(i, polygon=box(4000, 13_000, 5600, 13_800)) if i.id == "A-02" else i for i in level.items)
    tampered = replace(placement, layout=Layout(levels=(replace(level, items=items),)))
    assert any("A-02" in where for where, *_ in stand_as_posed(problem, tampered))


def test_a_counter_narrower_than_asked_is_refused_also_where_it_leans() -> None:
    problem, placement = drawn(leaning())
    assert placement.layout is not None
    level = placement.layout.levels[0]

    def narrowed(item: Item) -> Item:
        (ax, ay), (bx, by), c, d = item.polygon
        ring = ((ax, ay), (bx - 10, by), (c[0] - 10, c[1]), d)
        return replace(item, polygon=ring) if item.id == "B-02" else item

    tampered = replace(placement, layout=Layout(levels=(replace(level, items=tuple(map(narrowed, level.items))),)))
    assert any(where.startswith("B-02") for where, *_ in sizes(problem, tampered))
