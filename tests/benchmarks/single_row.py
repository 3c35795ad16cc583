"""The published single-row instances as questions of ours: banks on one wall, walks between them there and back, nothing else.

A department of length l becomes a bank of l positions, each UNIT_MM wide. Its flow c to another becomes c visitors a day who
walk from the one to the other and c who walk back: ways from the entrance and to the exit then sum to a constant, whatever the
order. The staff door's wall is the only one long enough for a bank.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from layouts.plan import Door, Level
from layouts.programme import BankRequirement, Flow, LayoutRules, Programme
from solvers.placement.problem import DM, PlacementProblem, Weights
from tests.benchmarks.study import study_folder

OPTIMA = {"S8": 801.0, "S9": 2469.5, "S10": 2781.5, "S11": 6933.5, "P15": 6305.0, "P17": 9254.0}
UNIT_MM = 2400
DEPTH_MM = 6500
DOOR_MM = (4700, 6100)  # y of entrance and exit: below them the short walls are shorter than any bank
ALONE = Weights(
    backtrack=1.0, lateral=0.0, room_share=0.0, staff_arc=0.0, frontline=0.0, across=0.0, queue_in_spine=0.0, nearness=0.0
)


@dataclass(frozen=True, slots=True)
class SingleRow:
    """Lengths of the departments and flows between them."""

    lengths: tuple[int, ...]
    flows: dict[tuple[int, int], int]


def single_row_folder() -> Path | None:
    study = study_folder()
    folder = study.parent / "single_row" if study is not None else None
    return folder if folder is not None and folder.is_dir() else None


def read_instance(path: Path) -> SingleRow:
    """Number of departments, their lengths, the matrix of flows; numbers parted by commas or white space."""
    numbers = [int(word) for word in path.read_text("utf-8").replace(",", " ").split()]
    n = numbers[0]
    matrix = numbers[1 + n :]
    flows = {(i, j): matrix[i * n + j] for i, j in combinations(range(n), 2) if matrix[i * n + j]}
    return SingleRow(tuple(numbers[1 : 1 + n]), flows)


def row_problem(row: SingleRow) -> PlacementProblem:
    """One long wall with all banks on it, and a spine along it."""
    width = sum(row.lengths) * UNIT_MM + 1200
    level = Level(
        id="0", name="", elevation_mm=0, outline=((0, 0), (width, 0), (width, DEPTH_MM), (0, DEPTH_MM)),
        doors=(
            Door(id="in", use="entrance", p=(0, DOOR_MM[0]), q=(0, DOOR_MM[1]), clear_mm=1400),
            Door(id="out", use="exit", p=(width, DOOR_MM[0]), q=(width, DOOR_MM[1]), clear_mm=1400),
            Door(id="staff", use="staff", p=(1000, 0), q=(2000, 0), clear_mm=1000),
        ),
    )  # fmt: skip
    banks = tuple(
        BankRequirement(
            id=f"b{k}", label=f"b{k}", kind="counter", services=(), positions=length, accessible_positions=1, seats=0,
            wheelchair_bays=0,
        )
        for k, length in enumerate(row.lengths)
    )  # fmt: skip
    flows = tuple(
        Flow(service=f"{a}-{b}", visitors_per_day=n, stops=(f"b{a}", f"b{b}"))
        for (i, j), n in row.flows.items()
        for a, b in ((i, j), (j, i))
    )
    programme = Programme(banks=banks, rooms=(), islands=(), flows=flows, rules=_rules())
    return PlacementProblem(level=level, programme=programme, weights=ALONE, max_spines=1)


def _rules() -> LayoutRules:
    return LayoutRules(
        profile="row", counter_width_mm=UNIT_MM, accessible_counter_width_mm=UNIT_MM, desk_depth_mm=800, staff_zone_mm=1800,
        customer_zone_mm=1500, approach_aisle_mm=1500, seat_width_mm=550, row_pitch_mm=900, gangway_mm=1500,
        spine_widths_mm=(1400,), clear_width_mm=1400, turning_mm=1500, staff_corridor_mm=1200, room_front_mm=1500,
        wheelchair_bay_mm=(900, 1400), setbacks_mm=(0,),
    )  # fmt: skip


def in_units(person_metres: float, row: SingleRow, spine_dm: int) -> float:
    """The cost of an order in the instance's own units: what is walked beyond the ways through, there and back counted once."""
    through = 2 * sum(row.flows.values()) * spine_dm
    return (10 * person_metres - through) / 2 * DM / UNIT_MM
