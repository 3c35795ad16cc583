"""What is pinned stays where it stood, to the millimetre, whatever is laid out anew beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import Polygon

from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import Column
from solvers.placement.baselines import walls_of
from solvers.placement.check_poses import pins_hold, stand_as_posed
from solvers.placement.detail import Drawn, Fault
from solvers.placement.floors import Floors
from solvers.placement.frame import LeaningPose
from solvers.placement.furnish import bank_items
from solvers.placement.leaning import along_their_walls
from solvers.placement.lined_up import lined_up
from solvers.placement.prepare import prepare
from solvers.placement.problem import Pinned, Placement, PlacementProblem, Pose
from solvers.placement.repair import cuts_for
from solvers.placement.stood import in_their_way, stood_banks
from tests.builders_placement import RULES, box
from tests.solvers.placement.test_leaning import HALL, POSES, PROBLEM, SPINE, A, drawn, leaning

WALLS = walls_of(HALL)


def as_it_leant() -> tuple[tuple[Pose, ...], tuple[Item, ...]]:
    """The poses of A and B along their wall, and the items of A there."""
    poses = leaning()
    found = bank_items(A, poses[0], RULES, HALL, accessible_first=True, way=None)
    assert found is not None
    return poses, found


def pinned(stood: tuple[Item, ...], problem: PlacementProblem = PROBLEM) -> PlacementProblem:
    return replace(problem, pins=(Pinned(element="A", pose=POSES[0], stood=stood),))


def held(problem: PlacementProblem) -> dict[str, Pose]:
    return {e: s.pose for e, s in stood_banks(problem, WALLS).items()}


def items_of(answer: tuple[PlacementProblem, Placement]) -> tuple[Item, ...]:
    assert answer[1].layout is not None
    return answer[1].layout.levels[0].items


def test_a_bank_that_leant_is_drawn_where_it_stood() -> None:
    _, stood = as_it_leant()
    kept = stood_banks(pinned(stood), WALLS)["A"]
    assert {(i.id, i.polygon, i.rotation_deg) for i in kept.items} == {(i.id, i.polygon, i.rotation_deg) for i in stood}
    again = bank_items(A, kept.pose, RULES, HALL, accessible_first=True, way=None) or ()
    far = [abs(p - q) for old, new in zip(stood, again) for a, b in zip(old.polygon, new.polygon) for p, q in zip(a, b)]
    assert isinstance(kept.pose, LeaningPose) and max(far) <= 1, "its floor is that of its counters"


def test_the_others_come_to_the_line_of_a_pinned_bank_and_it_does_not_move() -> None:
    before, stood = as_it_leant()
    problem = pinned(stood)
    nearer = replace(POSES[1], u_dm=82, back_dm=POSES[1].back_dm - 4)  # B would pull A along and off the wall
    square = items_of(drawn((POSES[0], nearer)))
    alone = along_their_walls(PROBLEM, WALLS, (POSES[0], nearer), SPINE, square)
    kept = along_their_walls(problem, WALLS, (POSES[0], nearer), SPINE, square, held(problem))
    (a, b), first = kept, before[0]
    assert all(isinstance(p, LeaningPose) for p in (*alone, *kept, first))
    assert alone[0].lean != first.lean, "without the pin A moves"
    assert max(abs(x - y) for x, y in zip(a.lean.origin, first.lean.origin)) <= 1
    off = [p.lean.origin[0] * p.lean.forward[0] + p.lean.origin[1] * p.lean.forward[1] for p in (a, b)]
    assert abs(off[0] - off[1]) < 1, "one counter line"


def test_where_the_others_cannot_come_to_it_they_stand_square_beside_it() -> None:
    _, stood = as_it_leant()
    problem = pinned(stood)
    far = replace(POSES[1], u_dm=90, back_dm=POSES[1].back_dm - 20)
    kept = along_their_walls(problem, WALLS, (POSES[0], far), SPINE, items_of(drawn((POSES[0], far))), held(problem))
    assert isinstance(kept[0], LeaningPose) and kept[1] == far


def test_a_pinned_bank_that_stood_square_keeps_its_wall_square() -> None:
    stood = tuple(i for i in items_of(drawn(POSES)) if i.bank == "A")
    problem = pinned(stood)
    kept = along_their_walls(problem, WALLS, POSES, SPINE, items_of(drawn(POSES)), held(problem))
    assert kept == POSES != leaning()


def test_what_stands_in_the_floor_of_a_pinned_bank_is_told_of() -> None:
    _, stood = as_it_leant()
    problem = pinned(stood)
    banks = stood_banks(problem, WALLS)
    assert not list(in_their_way(problem, banks, stood, SPINE))
    x, y = stood[0].insert_mm
    kiosk = Item(id="kiosk-01", kind="kiosk", bank="kiosk", polygon=box(x, y - 900, x + 500, y - 400), insert_mm=(x, y),
                 rotation_deg=0.0)  # fmt: skip
    assert list(in_their_way(problem, banks, (*stood, kiosk), SPINE)) == [("A", ("kiosk",))]


def blamed(poses: tuple[Pose, ...], fault: Fault) -> set[str]:
    """The modules that the cut for a fault of a drawing is about."""
    problem, nowhere = pinned(as_it_leant()[1]), Polygon()
    layout = Layout(levels=(LevelLayout(level="0", items=items_of(drawn(poses)), public=(), staff=(), spine=None),))
    told = Drawn(layout, Floors(nowhere, nowhere, ()), (fault,))
    (cut,) = cuts_for(problem, prepare(problem), SPINE, POSES, told)
    return {e for e, *_ in cut.parts}


@pytest.mark.parametrize("kind", ["unseated", "wish"])
def test_what_fails_where_banks_lean_is_blamed_on_no_few_of_them(kind: str) -> None:
    assert blamed(POSES, Fault(kind, "B")) == {"B"}
    assert blamed(leaning(), Fault(kind, "B")) == {"A", "B"}, "beside other modules B stands otherwise"


def test_a_bank_of_which_more_is_asked_now_is_furnished_anew() -> None:
    _, stood = as_it_leant()
    programme = replace(PROBLEM.programme, banks=(replace(A, seats=A.seats + 2), *PROBLEM.programme.banks[1:]))
    assert stood_banks(pinned(stood, replace(PROBLEM, programme=programme)), WALLS) == {}
    seat = next(i for i in stood if i.kind == "seat")
    (x0, y0), (x1, y1) = seat.polygon[0], seat.polygon[2]
    column = Column(id="C", outline=box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    assert stood_banks(pinned(stood, replace(PROBLEM, level=replace(HALL, columns=(column,)))), WALLS) == {}


def test_rows_of_a_pinned_bank_stay_and_its_neighbours_come_into_line_with_them() -> None:
    deep = Pose(
        element="A", baseline="w0", axis="x", u_dm=20, back_dm=0, sign=1, length_dm=50, setback_dm=0, variant="attached",
        rows=2,
    )  # fmt: skip
    other = replace(deep, element="B", u_dm=72, length_dm=34, back_dm=4)
    hall = replace(HALL, outline=((0, 0), (16_000, 0), (16_000, 18_000), (0, 18_000)), doors=())
    b = PROBLEM.programme.banks[1]
    items = [
        *(bank_items(A, deep, RULES, hall, accessible_first=True, way=None) or ()),
        *(bank_items(b, other, RULES, hall, accessible_first=True, way=None) or ()),
    ]
    spine = replace(SPINE, points=((15, 150), (145, 150)))
    free = lined_up(hall, (deep, other), items, RULES, spine)
    for stays, comes in (("A", "B"), ("B", "A")):
        moved = lined_up(hall, (deep, other), items, RULES, spine, frozenset({stays}))
        assert {i.bank for i in moved.values()} == {comes}
    again = [free.get(i.id, i) for i in items]
    assert lined_up(hall, (deep, other), again, RULES, spine, frozenset("AB")) == {}, "in line already, and so they stay"


def test_the_checker_refuses_a_pinned_bank_that_was_drawn_elsewhere() -> None:
    poses, stood = as_it_leant()
    problem = pinned(stood)
    _, placement = drawn(poses)
    assert not list(pins_hold(problem, placement)) and not list(stand_as_posed(problem, placement))
    assert placement.layout is not None
    level = placement.layout.levels[0]
    for kind in ("counter", "seat"):
        items = tuple(replace(i, polygon=tuple((x + 5, y) for x, y in i.polygon)) if i.kind == kind else i for i in level.items)
        moved = replace(placement, layout=Layout(levels=(replace(level, items=items),)))
        assert {where.partition("-")[0] for where, *_ in pins_hold(problem, moved)} == {"A"}, kind


def test_the_checker_lets_a_pinned_bank_be_furnished_anew_where_another_one_is_asked_for() -> None:
    poses, stood = as_it_leant()
    moved = tuple(replace(i, polygon=tuple((x + 5, y) for x, y in i.polygon)) if i.kind == "seat" else i for i in stood)
    fewer = tuple(i for i in moved if i.id != "A-s001")
    _, placement = drawn(poses)
    assert list(pins_hold(pinned(moved), placement)) and not list(pins_hold(pinned(fewer), placement))
