"""Why not there? Every reason is given where it holds and only there; a module that does not move has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.layout import LevelLayout
from layouts.standards import profile
from solvers.placement.problem import Pinned, PlacementProblem
from solvers.placement.why_not import Objection, why_not
from solvers.placement.wish import Wish
from tests.builders_placement import small_placement

ACCESS = profile("iraq-default")


def the_centre() -> tuple[PlacementProblem, LevelLayout]:
    problem, placement = small_placement()
    assert placement.layout is not None
    return problem, placement.layout.levels[0]


def asked(module: str, dx: int, dy: int, problem: PlacementProblem | None = None) -> dict[str, Objection]:
    known, layout = the_centre()
    return {o.code: o for o in why_not(problem or known, layout, module, dx_mm=dx, dy_mm=dy, access=ACCESS)}


@pytest.mark.parametrize("module", ["A", "B", "prayer", "server", "kiosk"])
def test_nothing_speaks_against_where_it_stands(module: str) -> None:
    assert asked(module, 0, 0) == {}


def towards(module: str, x: int, y: int) -> tuple[int, int]:
    """The move that brings a module's first item to a point."""
    _, layout = the_centre()
    insert = next(i.insert_mm for i in layout.items if (i.bank or i.id) == module)
    return x - insert[0], y - insert[1]


def test_it_would_stand_outside() -> None:
    told = asked("kiosk", *towards("kiosk", 20_000, 20_000))
    assert told["why.outside"].values["area_m2"] == pytest.approx(0.96, abs=0.1)
    assert told["why.outside"].witness[0].kind == "area"


def test_it_would_stand_on_a_column() -> None:
    told = asked("kiosk", *towards("kiosk", 3150, 12_150))
    assert told["why.on_column"].values["what"] == "c0"


def test_it_would_stand_in_another_module() -> None:
    _, layout = the_centre()
    other = next(i for i in layout.items if i.bank == "B")
    told = asked("kiosk", *towards("kiosk", *other.insert_mm))
    assert told["why.overlaps"].values["module"] == "B"


def test_it_would_stand_in_the_aisle_and_visitors_would_lose_it() -> None:
    _, layout = the_centre()
    assert layout.spine is not None
    (x0, y0), (x1, y1) = layout.spine.centreline[0], layout.spine.centreline[-1]
    told = asked("kiosk", *towards("kiosk", (x0 + x1) // 2, (y0 + y1) // 2))
    assert told["why.in_aisle"].values["by_mm"] > 500
    assert "access.main_aisle_width" in told


def test_it_would_stand_before_a_door() -> None:
    told = asked("kiosk", *towards("kiosk", 9000, 1000))
    assert told["why.before_door"].values["door"] == "in"


def test_counters_in_the_middle_of_the_hall_have_no_staff() -> None:
    _, layout = the_centre()
    counters = [i for i in layout.items if i.bank == "B"]
    middle = counters[0].insert_mm
    told = asked("B", 7000 - middle[0], 8000 - middle[1])
    assert {"why.staff_far_from_wall", "why.no_staff_arc"} & told.keys()


def test_a_pin_and_a_wish_speak_against_it() -> None:
    problem, placement = small_placement()
    pose = next(p for p in placement.poses if p.element == "kiosk")
    pinned = replace(problem, pins=(Pinned(element="kiosk", pose=pose),))
    assert "why.pinned" in asked("kiosk", 100, 0, pinned)
    wished = replace(problem, wishes=(Wish(id="w", kind="near_entrance", module="kiosk", within_m=6.0),))
    told = asked("kiosk", *towards("kiosk", 9000, 13_000), wished)
    assert told["why.wish"].values["wish"] == "w"


def test_a_module_far_along_the_aisle_is_told_its_share() -> None:
    told = asked("kiosk", *towards("kiosk", 10_500, 14_000))
    assert told["why.too_far_along"].values["most"] == 60
