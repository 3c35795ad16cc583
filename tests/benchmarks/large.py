"""A centre of 5,000 m2 with 120 counters and 600 seats, drawn up by rule: two of the study's large programmes in one hall.

100 m x 50 m on a column grid of 8.4 m, entrance and exit in the middle of the long walls, a staff door in each short wall
and one beside each end of the wall opposite the entrance.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from layouts.plan import Column, Door, Level, Ring
from layouts.programme import BankRequirement, Flow, IslandRequirement, Programme, RoomRequirement
from layouts.standards import profile
from solvers.placement.problem import PlacementProblem
from solvers.programme import WITHIN_FIRST, layout_rules
from tests.benchmarks.study import OFFICE_DEPTHS_MM, _of_catalogue

WIDTH, DEPTH, GRID, COLUMN = 100_000, 50_000, 8400, 600
GROUPS = (10, 8, 8, 8, 8, 6, 6, 6)  # counters of eight groups; both halves of the programme have them
SEATS_EACH, VISITORS_EACH = 5, 25  # for every counter
TOILET_DEPTHS_MM = (5000, 6000, 7500)  # 6 m alone does not fit between columns: only at the far ends, where few stops are near
PAYING = 4  # positions of one cashier's and one collection bank


def large_problem(lengths: str = "iraq-default") -> PlacementProblem:
    """The centre as a question under an access profile's lengths."""
    return PlacementProblem(level=_level(), programme=_programme(lengths))


def _level() -> Level:
    middle = WIDTH // 2
    return Level(
        id="0", name="large", elevation_mm=0, outline=((0, 0), (WIDTH, 0), (WIDTH, DEPTH), (0, DEPTH)),
        doors=(
            Door(id="in", use="entrance", p=(middle - 2000, 0), q=(middle + 2000, 0), clear_mm=4000),
            Door(id="out", use="exit", p=(middle + 2000, DEPTH), q=(middle - 2000, DEPTH), clear_mm=4000),
            Door(id="staff-w", use="staff", p=(0, 26_000), q=(0, 24_500), clear_mm=1500),
            Door(id="staff-e", use="staff", p=(WIDTH, 24_500), q=(WIDTH, 26_000), clear_mm=1500),
        ),
        columns=tuple(
            Column(id=f"c{x}-{y}", outline=_square(x, y))
            for x in range((WIDTH % GRID) // 2 + GRID // 2, WIDTH, GRID)
            for y in range((DEPTH % GRID) // 2, DEPTH, GRID)
            if COLUMN < y < DEPTH - COLUMN
        ),
    )  # fmt: skip


def _square(x: int, y: int) -> Ring:
    half = COLUMN // 2
    return ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))


def _programme(lengths: str) -> Programme:
    access = profile(lengths)
    bays = access.value("wheelchair_bay_share")
    banks, flows = [], []
    for half in (1, 2):
        for letter, positions in zip("ABCDEFGH", GROUPS):
            name, seats = f"{letter}{half}", SEATS_EACH * positions
            banks.append(_bank(name, "counter", positions, seats, ceil(seats * bays)))
            stops = ("reception", name, f"cashier{half}", f"collection{half}")
            flows.append(Flow(service=name, visitors_per_day=VISITORS_EACH * positions, stops=stops))
        banks.append(_bank(f"cashier{half}", "cashier", PAYING, 0, 0))
        banks.append(_bank(f"collection{half}", "collection", PAYING, 0, 0))
    rooms = [
        *(_room(f"toilets{n}", "toilets", "public", 54.0, TOILET_DEPTHS_MM) for n in (1, 2)),
        *(_room(f"prayer{n}", "prayer_room_men", "public", 12.0, (3000, 4000)) for n in (1, 2)),
        *(_room(f"office{n}", "back_office", "staff", 120.0, OFFICE_DEPTHS_MM) for n in (1, 2, 3, 4)),
    ]
    islands = [_island("reception", "reception", 6, staffed=True), _island("kiosks", "self_service_kiosk", 12, staffed=False)]
    return Programme(
        banks=tuple(banks), rooms=tuple(rooms), islands=tuple(islands), flows=tuple(flows),
        rules=replace(layout_rules(access), toilet_distance_mm=60_000),
    )  # fmt: skip


def _bank(id: str, kind: str, positions: int, seats: int, bays: int) -> BankRequirement:
    return BankRequirement(
        id=id, label=id, kind=kind, services=(id,), positions=positions, accessible_positions=1, seats=seats,
        wheelchair_bays=bays,
    )  # fmt: skip


def _room(id: str, kind: str, side: str, area_m2: float, depths_mm: tuple[int, ...]) -> RoomRequirement:
    return RoomRequirement(id=id, label=id, kind=kind, area_m2=area_m2, min_width_mm=2000, side=side, depths_mm=depths_mm)


def _island(id: str, kind: str, count: int, *, staffed: bool) -> IslandRequirement:
    width, depth, front = _of_catalogue(kind)
    return IslandRequirement(
        id=id, label=id, kind=kind, services=(), positions=count, accessible_positions=1, width_mm=width * count,
        depth_mm=depth, front_mm=front, within_first=WITHIN_FIRST.get(kind, 1.0), staffed=staffed,
    )  # fmt: skip
