"""Two doors one behind the other, and the sizes of accessible toilets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.access_question import AccessQuestion
from layouts.access_routes import enough_entrances_are_accessible
from layouts.access_series import doors_in_series_stand_apart
from layouts.access_toilets import accessible_toilets_are_large_enough
from layouts.findings import Finding
from layouts.plan import Wall
from layouts.standards import profile
from tests.layouts.centre import a_centre
from tests.layouts.halls import box, door


def in_a_lobby(depth: int, *, swing: str = "out") -> tuple[Finding, ...]:
    """The entrance is followed by an inner wall with a door in it, `depth` behind; the inner leaf swings on into the hall."""
    level, layout, programme = a_centre()
    wall = Wall(id="w", a=(depth, 0), b=(depth, 16_000), thickness_mm=100)
    doors = (
        replace(level.doors[0], p=(0, 7500), q=(0, 8500), clear_mm=1000, swing=swing),
        *level.doors[1:],
        door("inner", "internal", (depth, 8500), (depth, 7500), swing="in"),
    )
    level = replace(level, walls=(wall,), doors=doors)
    q = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    return doors_in_series_stand_apart(q)


@pytest.mark.parametrize(("depth", "swing", "free"), [(1300, "out", 1300), (2300, "in", 1300)])
def test_a_lobby_that_holds_a_wheelchair_beyond_the_leaves_is_allowed(depth: int, swing: str, free: int) -> None:
    (finding,) = in_a_lobby(depth, swing=swing)
    assert (finding.status, finding.measured) == ("pass", free)


@pytest.mark.parametrize(("depth", "swing", "free"), [(1100, "out", 1100), (1900, "in", 900)])
def test_a_lobby_too_short_for_one_is_refused(depth: int, swing: str, free: int) -> None:
    (finding,) = in_a_lobby(depth, swing=swing)
    assert (finding.status, finding.measured, finding.where) == ("fail", free, ("in>inner",))
    assert finding.witness[0].kind == "across"


def test_doors_that_do_not_face_each_other_closely_are_not_in_series() -> None:
    level, layout, programme = a_centre()
    q = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    assert [f.status for f in doors_in_series_stand_apart(q)] == ["not_applicable"]


def test_two_inner_doors_across_a_passage_are_a_warning() -> None:
    level, layout, programme = a_centre()
    walls = tuple(Wall(id=f"w{x}", a=(x, 0), b=(x, 5000), thickness_mm=100) for x in (2000, 3000))
    facing = (
        door("one", "internal", (2000, 3000), (2000, 4000), swing="out"),
        door("other", "internal", (3000, 3000), (3000, 4000), swing="in"),
    )
    level = replace(level, walls=walls, doors=(*level.doors, *facing))
    q = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    (finding,) = doors_in_series_stand_apart(q)
    assert (finding.status, finding.severity, finding.where) == ("fail", "warning", ("one>other",))


def a_toilet_of(width: int, depth: int) -> dict[str, str]:
    level, layout, programme = a_centre()
    ring = box(15_000, 0, 15_000 + width, depth)
    items = tuple(
        replace(i, polygon=ring, insert_mm=(15_000 + width // 2, depth)) if i.id == "wc" else i for i in layout.items
    )
    q = AccessQuestion(level=level, layout=replace(layout, items=items), programme=programme, profile=profile("iraq-default"))
    return {f.code.removeprefix("access.toilet_"): f.status for f in accessible_toilets_are_large_enough(q)}


def test_an_accessible_toilet_of_its_least_size_inside_its_walls_is_allowed() -> None:
    assert a_toilet_of(1900, 2400) == {"short_side": "pass", "long_side": "pass"}


def test_a_smaller_one_is_refused() -> None:
    assert a_toilet_of(1700, 2400) == {"short_side": "fail", "long_side": "pass"}
    assert a_toilet_of(1900, 2300) == {"short_side": "pass", "long_side": "fail"}


@pytest.mark.parametrize(("narrow", "status"), [(0, "pass"), (1, "fail")])
def test_every_public_entrance_is_asked_to_be_wide(narrow: int, status: str) -> None:
    level, layout, programme = a_centre()
    more = door("back", "entrance", (20_000, 2000), (20_000, 2000 + (900 if narrow else 1000)))
    q = AccessQuestion(
        level=replace(level, doors=(*level.doors, more)), layout=layout, programme=programme, profile=profile("iraq-default")
    )
    (finding,) = enough_entrances_are_accessible(q)
    assert (finding.status, finding.measured) == (status, 0.5 if narrow else 1.0)
