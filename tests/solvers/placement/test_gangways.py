"""Gangways run through seats alone and out onto free floor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.plan import Column
from solvers.placement.furnish import bank_seating, block_frame
from solvers.placement.gangways import open_gangways
from solvers.placement.problem import Pose, SpineLine
from tests.builders_placement import RULES, bank, box, island, straight_hall

BANK = bank("A", 6, seats=12)
LENGTH_DM = 98
POSE = Pose(
    element="A", baseline="w3", axis="y", u_dm=20, back_dm=0, sign=1, length_dm=LENGTH_DM, setback_dm=0, variant="attached",
    rows=2,
)  # fmt: skip
SPINE = SpineLine(id="s", points=((120, 0), (120, 160)), width_dm=18)
HALL = straight_hall(16_000, 16_000, way_x=12_000)


def gangway(level, poses, elements) -> tuple[int, int] | None:
    """World y of the bank's gangway, None where no open one is found."""
    found = open_gangways(level, {e.id: e for e in elements}, poses, RULES, SPINE)
    if "A" not in found:
        return None
    seating = bank_seating(BANK, POSE, RULES, level, found["A"])
    assert seating is not None and len(seating.seats) == BANK.seats
    y0 = block_frame(POSE, RULES).u0
    return y0 + seating.gangway[0], y0 + seating.gangway[1]


def test_with_nothing_in_the_way_it_is_in_the_middle() -> None:
    low, high = gangway(HALL, (POSE,), (BANK,))
    assert high - low == RULES.gangway_mm and abs((low + high) / 2 - (2000 + LENGTH_DM * 50)) <= RULES.seat_width_mm


@pytest.mark.parametrize("y", [6500, 6900, 7300])
def test_a_column_among_the_seats_moves_it_aside(y: int) -> None:
    pillar = box(6000, y, 6400, y + 400)
    low, high = gangway(replace(HALL, columns=(Column(id="c", outline=pillar),)), (POSE,), (BANK,))
    assert high <= y or low >= y + 400


def test_a_kiosk_before_the_seats_moves_it_aside() -> None:
    kiosk = island("kiosk", width=2400)
    beside = Pose(
        element="kiosk", baseline="s0-", axis="y", u_dm=58, back_dm=82, sign=1, length_dm=24, setback_dm=0, variant="within",
        room_depth_dm=8,
    )  # fmt: skip
    low, high = gangway(HALL, (POSE, beside), (BANK, kiosk))
    assert high <= 5800 or low >= 8200


def test_where_a_room_stands_before_all_seats_none_is_named() -> None:
    counters = replace(BANK, id="B", seats=0)
    facing = Pose(
        element="B", baseline="w1", axis="y", u_dm=20, back_dm=110, sign=-1, length_dm=LENGTH_DM, setback_dm=0, variant="plain"
    )  # fmt: skip
    assert gangway(HALL, (POSE, facing), (BANK, counters)) is None


def test_a_gangway_past_the_end_need_not_lead_on_behind_the_rows() -> None:
    """Three seats beside a bay: what stands behind their row shuts off ways through it, not the one beside it."""
    asked = bank("A", 2, seats=3, bays=1)
    pose = replace(POSE, length_dm=34, rows=2)
    block = block_frame(pose, RULES)
    wall = box(block.back + 1900, block.u0 - 1000, block.back + 2400, block.u0 + 6000)
    level = replace(HALL, columns=(Column(id="c", outline=wall),))
    way = open_gangways(level, {"A": asked}, (pose,), RULES, SPINE)["A"]
    assert way.before == -3
