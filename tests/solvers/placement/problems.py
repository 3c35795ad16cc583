"""Small problems that the placement's tests share, by name, and what is asked of every answer to them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from layouts.programme import Flow, LayoutRules, Nearness
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from tests.builders_placement import (
    QUICK,
    RULES,
    a_problem,
    bank,
    box,
    flow,
    hall_of_many_ways,
    island,
    l_hall,
    room,
    slanted_hall,
    straight_hall,
)


def two_banks(level=None, *more, rules: LayoutRules = RULES) -> PlacementProblem:
    return a_problem(bank("A"), bank("B"), room("prayer"), *more, flows=(flow("A", "B"),), level=level, rules=rules)


def with_toilets(distance_mm: int) -> PlacementProblem:
    """The kiosk must stand near the entrance, so counters and toilets cannot all be as near to one another as one likes."""
    return a_problem(
        bank("A", 3), room("toilets", kind="toilets"), island("kiosk", within=0.3), flows=(flow("kiosk", "A"),),
        rules=replace(RULES, toilet_distance_mm=distance_mm),
    )  # fmt: skip


def faults(problem: PlacementProblem, placement: Placement) -> list[tuple[str, tuple[str, ...]]]:
    """What the check refuses."""
    return [(f.code, f.where) for f in breaches(problem, placement)]


def proven(problem: PlacementProblem) -> tuple[float, float]:
    """Proven bound and checked objective; an optimum may lie anywhere between (a thousandth of it)."""
    placement = solve(problem, replace(QUICK, seconds=12))  # ends as soon as it is proven
    assert placement.record.status == "optimal", placement.record
    assert faults(problem, placement) == []
    return placement.record.bound, placement.record.objective


def rated(modules: tuple[object, ...], *ratings: tuple[str, str, str]) -> PlacementProblem:
    """A hall in which ratings weigh as much as the ways: pairs on one wall, of public and staff rooms, with a door."""
    problem = a_problem(*modules, flows=(flow("A", "B"),), level=straight_hall(14_000, 18_000, way_x=9000))
    nearness = tuple(Nearness(a=a, b=b, rating=rating) for a, b, rating in ratings)
    weights = replace(problem.weights, nearness=1.0)
    return replace(problem, programme=replace(problem.programme, nearness=nearness), weights=weights)


PROBLEMS = {
    "two banks and a room": two_banks(),
    "an L": two_banks(l_hall()),
    "two staff doors": a_problem(
        bank("A", 3), bank("B", 3), flows=(flow("A"), flow("B")), level=straight_hall(staff_doors=("left", "right"))
    ),
    "both sides": a_problem(
        bank("A", 7), bank("B", 7), flows=(flow("A", "B"),), level=straight_hall(staff_doors=("left", "right"))
    ),
    "columns": two_banks(straight_hall(columns=(box(2600, 4000, 2900, 4300), box(2600, 9000, 2900, 9300)))),
    "seats and bays": a_problem(bank("A", 3, seats=6, bays=1), flows=(flow("A"),), level=straight_hall(way_x=10_000)),
    "seats across the spine": a_problem(bank("A", 3, seats=6, bays=1), flows=(flow("A"),), level=straight_hall(9000, 16_000)),
    "islands": a_problem(
        island("kiosk", positions=2, width=2400), island("desk", within=0.5, staffed=True), flows=(flow("desk", "kiosk"),)
    ),
    "staff rooms": a_problem(
        bank("A"), room("office", 12.0, side="staff", depth=3000, kind="back_office"),
        room("server", 4.5, side="staff", depth=2400, kind="server_room"), flows=(flow("A"),),
    ),
    "a shaft among the staff": two_banks(straight_hall(obstacles=(box(0, 6000, 1500, 8000),))),
    "a slant": two_banks(slanted_hall()),
    "toilets near": with_toilets(8500),
    "ratings": rated(
        (
            bank("A", 2), bank("B", 2), room("prayer"), room("office", 9.0, side="staff", depth=3000, kind="back_office"),
            island("kiosk", width=1200),
        ),
        ("A", "office", "A"), ("prayer", "B", "E"), ("kiosk", "office", "X"), ("A", "B", "X"), ("prayer", "entrance", "O"),
        ("A", "nowhere", "A"), ("A", "kiosk", "U"),
    ),
    "a shaft": two_banks(straight_hall(obstacles=(box(10_500, 6000, 12_000, 8000),))),
    "many ways": a_problem(
        bank("A", 2), bank("B", 2), level=hall_of_many_ways(), spines=4,
        flows=(
            Flow(service="s", visitors_per_day=50, stops=("A", "B"), enters="in"),
            Flow(service="s", visitors_per_day=30, stops=("A", "B"), enters="side"),
            Flow(service="t", visitors_per_day=20, stops=("B",), enters="side", leaves="lift"),
            Flow(service="u", visitors_per_day=10, stops=("A", "lift", "B")),
            Flow(service="v", visitors_per_day=10, stops=("lift",)),
            Flow(service="w", visitors_per_day=10, stops=("lift",), enters="side", leaves="lift"),
        ),
    ),
}  # fmt: skip


@cache
def proven_once(name: str) -> tuple[float, float]:
    """The same of a problem by its name, proven once for all that hold another optimum against it."""
    return proven(PROBLEMS[name])
