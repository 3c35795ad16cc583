"""Real plans that stand beside the checkout: what the reader makes of them, honestly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from layouts.readers.dxf import read_dxf
from layouts.soundness import plan_faults

CHECKOUT = Path(__file__).parents[3]
DATA = Path(os.environ.get("CENTRELINE_DATA", CHECKOUT.parent / "shared" / "data")) / "plans"


def plan(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here: set CENTRELINE_DATA to the folder that holds plans/")
    return path


def test_a_house_in_inches_under_a_millimetre_header() -> None:
    read = read_dxf(plan("sky-floorplan.dxf"))
    assert read.unit == "in"
    assert "unit.header_disagrees" in [w.code for w in read.warnings]
    assert 185 <= read.outline_m2 <= 215, "211 m² over the outer walls"
    names = {s.name for s in read.plan.levels[0].spaces}
    assert {"BEDROOM", "BEDROOM 2", "BEDROOM 3", "DINING ROOM", "2 CAR GARAGE", "Pantry"} <= names


def test_a_clinic_of_single_lines() -> None:
    read = read_dxf(plan("derived-rmf-clinic-L1.dxf"))
    level = read.plan.levels[0]
    assert 1600 <= read.outline_m2 <= 1900
    assert len(level.doors) >= 70, "76 are drawn"
    assert "walls.single_lines" in {w.code for w in read.warnings}
    assert read.choices[0].unit == "mm" and read.choices[0].door_m is not None


def test_tiles_on_one_layer_without_a_unit_are_read_at_the_scale_of_their_twin_and_said_to_be_inferred() -> None:
    read = read_dxf(plan("barcelona-plan-exported.dxf"))
    assert read.scale_to_mm == 1.0
    assert "unit.from_geometry" in {w.code for w in read.warnings}


def test_an_open_pavilion_is_never_sure_of_its_outline() -> None:
    read = read_dxf(plan("barcelona-plan.dxf"))
    assert read.confidence["outline"] < 0.3
    assert "outline.part_only" in {w.code for w in read.warnings}


@pytest.mark.parametrize("name", ["sky-floorplan.dxf", "derived-rmf-clinic-L1.dxf", "derived-rmf-hotel-L2.dxf"])
def test_what_is_read_is_sound_but_for_ways_in_and_out(name: str) -> None:
    faults = {fault.code for fault in plan_faults(read_dxf(plan(name)).plan)}
    assert faults <= {"plan.no_entrance", "plan.no_exit"}
