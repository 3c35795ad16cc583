"""The two example drawings: the committed file is what the script draws, and reads as what was drawn."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from types import ModuleType

import ezdxf
import pytest
from shapely import Polygon

from layouts.plan import Door, Level
from layouts.readers.dxf import read_dxf
from layouts.soundness import check_plan

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = ("dahuk", "justice")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"draw_{name}", EXAMPLES / name / "draw_plan.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def level(name: str) -> Level:
    return read_dxf(EXAMPLES / name / "plan.dxf").plan.levels[0]


def shapes(doc: ezdxf.document.Drawing) -> list[tuple[object, ...]]:
    """Geometry of model space and of all blocks, to a tenth of a millimetre, without handles and dates."""
    found = []
    for layout in (doc.modelspace(), *doc.blocks):
        owner = "" if layout.name.startswith("*") else layout.name
        for entity in layout:
            if entity.dxftype() in ("LINE", "LWPOLYLINE", "ARC", "CIRCLE"):
                points = ezdxf.path.make_path(entity).control_vertices()
                numbers = tuple(round(c, 1) + 0.0 for p in points for c in (p.x, p.y))
            elif entity.dxftype() in ("INSERT", "TEXT", "MTEXT"):
                numbers = tuple(round(c, 1) + 0.0 for c in entity.dxf.insert)
            else:
                numbers = ()
            found.append((owner, entity.dxftype(), entity.dxf.layer, numbers))
    return sorted(found)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_drawing_is_what_the_script_draws(name: str) -> None:
    committed = ezdxf.readfile(EXAMPLES / name / "plan.dxf")
    assert shapes(committed) == shapes(script(name).draw())
    assert len(shapes(committed)) > 300


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_is_clean_for_an_architect(name: str) -> None:
    doc = ezdxf.readfile(EXAMPLES / name / "plan.dxf")
    audit = doc.audit()
    assert not audit.errors and not audit.fixes
    assert doc.header["$INSUNITS"] == 4
    for entity in doc.modelspace():
        assert entity.dxf.layer != "0", entity
        assert entity.dxf.layer in doc.layers
        assert entity.dxf.get("color", 256) == 256, f"{entity} is not BYLAYER"
    dimensions = doc.modelspace().query("DIMENSION")
    assert len(dimensions) > 8
    assert all(dimension.get_geometry_block() is not None for dimension in dimensions)


@pytest.mark.parametrize("name", NAMES)
def test_the_hall_reads_to_the_millimetre(name: str) -> None:
    drawn = script(name).HALL
    assert set(level(name).outline) == {(round(x), round(y)) for x, y in drawn}


@pytest.mark.parametrize("name", NAMES)
def test_reading_is_sure_and_without_doubts(name: str) -> None:
    read = read_dxf(EXAMPLES / name / "plan.dxf")
    assert read.warnings == ()
    assert read.unit == "mm" and read.scale_to_mm == 1.0
    assert min(read.confidence.values()) >= 0.9
    check_plan(read.plan, file="plan.dxf")


@pytest.mark.parametrize("name", NAMES)
def test_every_entity_stands_in_the_census(name: str) -> None:
    census = read_dxf(EXAMPLES / name / "plan.dxf").census
    doc = ezdxf.readfile(EXAMPLES / name / "plan.dxf")
    met = 0
    for entity in doc.modelspace():
        met += 1
        if entity.dxftype() == "INSERT":
            # ATTDEFs are the form that the ATTRIBs of a reference fill in
            met += sum(part.dxftype() != "ATTDEF" for part in doc.blocks[entity.dxf.name]) + len(entity.attribs)
    assert census.total == met


@pytest.mark.parametrize(("name", "columns", "low", "high"), [("dahuk", 8, 600, 900), ("justice", 7, 650, 800)])
def test_what_was_drawn_is_found(name: str, columns: int, low: float, high: float) -> None:
    found = level(name)
    assert len(found.columns) == columns
    assert all(Polygon(c.outline).area == 160_000 for c in found.columns)
    assert len(found.spaces) == 4
    assert {s.name for s in found.spaces} == {"PUBLIC HALL", "STAIR", "STAFF LOBBY", "PLANT / UPS"}
    assert [s.name for s in found.spaces if s.kind == "hall"] == ["PUBLIC HALL"]
    assert low <= Polygon(found.outline).area / 1e6 <= high
    rows = [row for row in script(name).WINDOWS if row[0] in script(name).HALL and row[1] in script(name).HALL]
    assert len(found.windows) == sum(len(row[2]) for row in rows)


def middle(door: Door) -> tuple[float, float]:
    return (door.p[0] + door.q[0]) / 2, (door.p[1] + door.q[1]) / 2


def test_dahuk_doors_know_their_use_from_attributes() -> None:
    doors = {door.use: [] for door in level("dahuk").doors}
    for door in level("dahuk").doors:
        doors[door.use].append(door)
    assert [(d.p, d.q, d.clear_mm, d.swing) for d in doors["entrance"]] == [((11000, 0), (13000, 0), 1900, "out")]
    assert [(d.p, d.q, d.clear_mm, d.swing) for d in doors["exit"]] == [((13000, 34000), (11000, 34000), 1900, "out")]
    assert {d.p[0] for d in doors["staff"]} == {0, 24000}
    assert all(d.clear_mm >= 900 for d in doors["staff"])
    assert len(doors["internal"]) == 3


def test_dahuk_hinges_follow_the_drawing() -> None:
    east = next(d for d in level("dahuk").doors if d.use == "staff" and d.p[0] == 24000)
    west = next(d for d in level("dahuk").doors if d.use == "staff" and d.p[0] == 0)
    assert (east.p, east.q) == ((24000, 27500), (24000, 28500)), "along the outline, counter-clockwise"
    assert (east.hinge, west.hinge) == ("p", "q"), "one is drawn mirrored"


def test_justice_doors_know_their_use_from_the_words_beside_them() -> None:
    uses = {middle(door): door.use for door in level("justice").doors}
    assert uses[32400, 10100] == "entrance"
    assert uses[10100, 32400] == "exit"
    assert uses[3600, 0] == "staff"
    assert uses[0, 22800] == "staff"
    assert sorted(uses.values()).count("internal") == 3


def test_walls_run_through_their_openings_and_meet_at_corners() -> None:
    found = level("dahuk")
    ends = {end for wall in found.walls for end in (wall.a, wall.b)}
    assert {(-150, -150), (-150, 34150), (24150, 34150)} <= ends
    assert {wall.thickness_mm for wall in found.walls} == {200, 300}
    slanted = [w for w in found.walls if w.a[0] != w.b[0] and w.a[1] != w.b[1]]
    assert len(slanted) == 1
    lean = math.degrees(math.atan2(abs(slanted[0].a[0] - slanted[0].b[0]), abs(slanted[0].a[1] - slanted[0].b[1])))
    assert 12 <= lean <= 15
    hosts = {door.wall for door in found.doors}
    assert None not in hosts and hosts <= {wall.id for wall in found.walls}


def test_north_is_read_from_its_arrow() -> None:
    assert read_dxf(EXAMPLES / "justice" / "plan.dxf").plan.north_deg == pytest.approx(75, abs=0.5)
