"""What people tell over a reading, and that it is done again on the next revision of the drawing, wherever that lies."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import ezdxf
import pytest
from ezdxf.math import Matrix44
from ezdxf.transform import inplace

from layouts.readers.imported import Import, OpeningEdit, Recipe, RoomEdit
from layouts.readers.read import read_plan
from planner.cli.entry import run
from planner.examples import example
from planner.folder import read_folder
from planner.project import DrawingSource
from planner.recipe import moved_recipe, read_recipe, write_recipe
from planner.recipe_options import opening_from, room_from

PLAN = example("dahuk") / "plan.dxf"
YARD = "2000,2000 20000,2000 20000,30000 2000,30000"
INSIDE_HALL, IN_PLANT = (12_000.0, 20_000.0), (-2200.0, 23_000.0)

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    run(["new", str(tmp_path / "mine"), "--template", "dahuk"])
    return tmp_path / "mine"


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["import", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def shifted(folder: Path, dx: float, dy: float) -> Path:
    """The example's drawing elsewhere in its model space."""
    doc = ezdxf.readfile(PLAN)
    inplace(doc.modelspace(), Matrix44.translate(dx, dy, 0))
    doc.saveas(folder / "elsewhere.dxf")
    return folder / "elsewhere.dxf"


def read(**told: Any) -> Import:
    return read_plan(PLAN, recipe=Recipe(**told))


def codes(found: Import) -> set[str]:
    return {doubt.code for doubt in found.warnings}


def test_a_boundary_drawn_by_hand_is_the_floor() -> None:
    found = read(boundary=((2000, 2000), (20000, 2000), (20000, 30000), (2000, 30000)))
    assert found.outline_m2 == pytest.approx(18 * 28)
    assert found.confidence["outline"] == 1.0
    assert len(found.plan.levels[0].columns) == 8


def test_a_boundary_rescues_a_drawing_whose_walls_enclose_nothing(tmp_path: Path) -> None:
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    for y in (0, 200, 9000, 9200):
        doc.modelspace().add_line((0, y), (20000, y), dxfattribs={"layer": "A-WALL"})
    doc.saveas(tmp_path / "open.dxf")
    ring = ((0, 200), (20000, 200), (20000, 9000), (0, 9000))
    assert read_plan(tmp_path / "open.dxf", unit="mm", recipe=Recipe(boundary=ring)).outline_m2 == pytest.approx(176)


def test_a_door_is_added_on_the_floor_s_edge_with_its_use_and_width() -> None:
    found = read(openings=(OpeningEdit(action="add", at=(6000, 100), use="exit", width_mm=1400),))
    door = next(d for d in found.plan.levels[0].doors if d.id.startswith("door-told"))
    assert (door.use, door.clear_mm, door.p[1], door.q[1]) == ("exit", 1400, 0, 0)
    assert abs(door.q[0] - door.p[0]) == 1400


def test_a_door_is_taken_out_and_another_becomes_what_people_say() -> None:
    before = read().plan.levels[0].doors
    entrance = next(d for d in before if d.use == "entrance")
    other = next(d for d in before if d.use == "exit")
    at = ((entrance.p[0] + entrance.q[0]) / 2, (entrance.p[1] + entrance.q[1]) / 2)
    there = ((other.p[0] + other.q[0]) / 2, (other.p[1] + other.q[1]) / 2)
    edits = (
        OpeningEdit(action="remove", at=at),
        OpeningEdit(action="change", at=there, use="entrance_exit", width_mm=1600),
    )
    after = {d.id: d for d in read(openings=edits).plan.levels[0].doors}
    assert entrance.id not in after
    assert (after[other.id].use, after[other.id].clear_mm) == ("entrance_exit", 1600)


def test_a_door_told_where_there_is_none_is_a_doubt_and_changes_nothing() -> None:
    found = read(openings=(OpeningEdit(action="remove", at=INSIDE_HALL), OpeningEdit(action="add", at=INSIDE_HALL)))
    assert {"recipe.opening_gone", "recipe.opening_nowhere"} <= codes(found)
    assert found.plan == read().plan


def test_a_room_gets_a_name_and_another_room_becomes_the_hall() -> None:
    found = read(rooms=(RoomEdit(at=IN_PLANT, name="Archive", kind="hall"),))
    level = found.plan.levels[0]
    assert [s.name for s in level.spaces if s.kind == "hall"] == ["Archive"]
    assert found.outline_m2 == pytest.approx(20.2, abs=0.2)
    assert "recipe.room_gone" in codes(read(rooms=(RoomEdit(at=(1e6, 1e6), name="Nowhere"),)))


def test_what_people_confirm_is_sure_and_asked_no_more() -> None:
    unsure = read(layers={"A-DOOR": "ignore"})
    assert any(c.startswith("door.") for c in codes(unsure))
    sure = read(layers={"A-DOOR": "ignore"}, confirmed=("doors",))
    assert sure.confidence["doors"] == 1.0
    assert not any(c.startswith("door.") for c in codes(sure))


def test_the_recipe_stays_with_the_project_and_moves_with_the_building(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--boundary", YARD, "--door", "add 6000,2000 use=entrance width=1500", "--room", "-2200,23000=Archive"]
    told += ["--ignore", "L-WALK", "--confirm", "doors"]
    code, first = asked(capsys, str(PLAN), "--into", str(project), "--revise", *told)
    assert code == 0 and first["outline_m2"] == pytest.approx(504)
    before = read_folder(project)
    code, again = asked(capsys, str(shifted(tmp_path, 150_000, -40_000)), "--into", str(project), "--revise")
    assert code == 0
    assert again["moved_mm"] == [150_000, -40_000]
    assert again["revision"]["walls"] == {"moved": [], "added": [], "removed": []}
    after = read_folder(project)
    assert before.plan is not None and after.plan is not None and after.drawing is not None
    assert after.plan.levels == before.plan.levels, "nothing on the plan moved"
    assert after.drawing.boundary[0] == (152_000, -38_000)
    assert after.drawing.layers == {"ignore": ("L-WALK",)}
    assert any(s.name == "Archive" for s in after.plan.levels[0].spaces)


def test_a_recipe_is_a_file_that_reads_the_next_drawing_the_same_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "recipe.toml"
    _, first = asked(capsys, str(PLAN), "--boundary", YARD, "--layer", "furniture=L-WALK", "--recipe-out", str(recipe))
    _, again = asked(capsys, str(PLAN), "--recipe", str(recipe))
    assert again == first
    assert again["outline_m2"] == pytest.approx(504)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("gap = 3", "document.unknown_field", "gap"),
        ("sha256 = 'ab'", "recipe.not_of_recipe", "sha256"),
        ("[[openings]]\naction = 'paint'\nat = [1, 2]", "document.not_one_of", "openings[0].action"),
        ("crop = [1, 2]", "import.crop", ""),
        ("boundary = [[1, 2, 3]]", "document.wrong_length", "boundary[0]"),
        ("confirmed = ['colour']", "document.not_one_of", "confirmed[0]"),
        ("unit = ", "document.not_toml", ""),
    ],
)
def test_a_recipe_that_is_none_is_refused(
    text: str, code: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.toml").write_text(text, encoding="utf-8")
    exit_code, told = asked(capsys, str(PLAN), "--recipe", str(tmp_path / "r.toml"))
    assert (exit_code, told["error"]["code"], told["error"]["place"]) == (2, code, place)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--boundary", "0,0 1,1"], "import.boundary"),
        (["--boundary", "0,0 9000,9000 9000,0 0,9000"], "recipe.boundary"),
        (["--door", "paint 1,1"], "import.door"),
        (["--door", "add 1"], "import.door"),
        (["--door", "add 1,1 use=window"], "import.door"),
        (["--door", "change 1,1"], "import.door"),
        (["--door", "add 1,1 width=99999"], "import.door"),
        (["--room", "1,1"], "import.room"),
        (["--confirm", "colour"], "import.confirm"),
        (["--storeys", "two"], "import.storeys"),
    ],
)
def test_words_that_are_none_are_refused(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, told = asked(capsys, str(PLAN), *words)
    assert (exit_code, told["error"]["code"]) == (2, code)


def test_words_become_edits() -> None:
    assert opening_from("add 4.5,-2 use=staff width=900mm swing=out") == OpeningEdit(
        action="add", at=(4.5, -2.0), use="staff", width_mm=900, swing="out"
    )
    assert room_from("1,2=Hall: main:hall") == RoomEdit(at=(1.0, 2.0), name="Hall: main", kind="hall")
    assert room_from("1,2=Archive") == RoomEdit(at=(1.0, 2.0), name="Archive")


def test_a_recipe_moved_there_and_back_is_the_same(tmp_path: Path) -> None:
    recipe = DrawingSource(
        name="a.dxf",
        sha256="",
        crop=(0.0, 1.0, 2.0, 3.0),
        boundary=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),
        openings=(OpeningEdit(action="remove", at=(4.0, 5.0)),),
        rooms=(RoomEdit(at=(6.0, 7.0), name="A"),),
        origin_mm=(100, 200),
    )
    there = moved_recipe(recipe, lambda q: (q[0] + 3.0, q[1] - 2.0), (3100, -1800), -17.0)
    assert (there.crop, there.origin_mm, there.turn_deg) == ((3.0, -1.0, 5.0, 1.0), (3100, -1800), -17.0)
    back = moved_recipe(there, lambda q: (q[0] - 3.0, q[1] + 2.0), (100, 200), 0.0)
    assert replace(back, turn_deg=None) == recipe
    write_recipe(tmp_path / "r.toml", there)
    kept = read_recipe(tmp_path / "r.toml", tmp_path / "a.dxf")
    assert (kept.origin_mm, kept.turn_deg) == ((), None), "of one file, not of how such files are read"
    recipe = there
    assert (kept.boundary, kept.openings, kept.rooms) == (recipe.boundary, recipe.openings, recipe.rooms)
