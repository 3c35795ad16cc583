"""The import command: what it asks, what it keeps, and what a newer drawing changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ezdxf
import pytest
from ezdxf.bbox import extents

from planner.cli.entry import run
from planner.examples import example
from planner.folder import read_folder
from planner.recipe import recipe_from
from planner.source import open_source

DAHUK_PLAN = example("dahuk") / "plan.dxf"

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    run(["new", str(tmp_path / "mine"), "--template", "dahuk"])
    return tmp_path / "mine"


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["import", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def unitless(folder: Path, scale: float) -> Path:
    """The example's drawing without a header unit, scaled."""
    doc = ezdxf.readfile(DAHUK_PLAN)
    doc.header["$INSUNITS"] = 0
    from ezdxf.math import Matrix44
    from ezdxf.transform import inplace

    inplace(doc.modelspace(), Matrix44.scale(scale))
    doc.saveas(folder / "odd.dxf")
    return folder / "odd.dxf"


def test_a_drawing_of_no_known_scale_is_asked_about_and_not_kept(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_folder(project)
    code, told = asked(capsys, str(unitless(tmp_path, 1e-5)), "--into", str(project), "--revise")
    assert code == 1
    assert told["kept"] is False
    assert {c["unit"] for c in told["question"]["choices"]} >= {"mm", "cm", "m", "in", "ft"}
    assert read_folder(project) == before


def test_two_points_answer_the_question_and_the_recipe_stays_with_the_project(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = unitless(tmp_path, 1e-5)
    code, told = asked(
        capsys, str(file), "--into", str(project), "--revise", "--scale", "0,0", "0.1,0", "10m", "--layer", "ignore=L-WALK"
    )
    assert code == 0 and told["kept"]
    assert told["scale_to_mm"] == pytest.approx(100_000)
    assert told["outline_m2"] == pytest.approx(786.4, rel=1e-3)
    kept = read_folder(project).drawing
    assert kept is not None
    assert kept.scale_to_mm == pytest.approx(100_000)
    assert kept.layers == {"ignore": ("L-WALK",)}
    code, told = asked(capsys, str(file), "--into", str(project), "--revise")
    assert code == 0, "the kept recipe answers for the next revision"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--scale", "0,0", "0,0", "10m"], "import.scale"),
        (["--scale", "0,0", "1,0", "10"], "import.scale"),
        (["--scale", "a,b", "1,0", "10m"], "import.scale"),
        (["--crop", "0,0,1"], "import.crop"),
        (["--crop", "5,0,1,9"], "import.crop"),
        (["--layer", "A-WALL"], "import.layer"),
        (["--layer", "wand=A-WALL"], "import.layer"),
        (["--unit", "furlong"], "unit.not_known"),
    ],
)
def test_answers_that_are_none_are_refused(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, told = asked(capsys, str(DAHUK_PLAN), *words)
    assert (exit_code, told["error"]["code"]) == (2, code)


def test_a_newer_drawing_says_what_moved_and_what_it_hits(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doc = ezdxf.readfile(DAHUK_PLAN)
    columns = [e for e in doc.modelspace() if "COLS" in e.dxf.layer and "PATT" not in e.dxf.layer]
    columns[0].translate(700, 0, 0)
    doc.saveas(tmp_path / "newer.dxf")
    before = read_folder(project).plan
    code, told = asked(capsys, str(tmp_path / "newer.dxf"), "--into", str(project), "--revise")
    assert code == 0
    revision = told["revision"]
    assert revision["same_place"]
    assert [m["by_mm"] for m in revision["columns"]["moved"]] == [700]
    assert revision["walls"] == {"moved": [], "added": [], "removed": []}
    assert revision["outline"]["changed_m2"] == 0
    after = read_folder(project).plan
    assert before is not None and after is not None
    assert after.levels[0].outline == before.levels[0].outline


def test_a_column_moved_under_an_accepted_layout_names_what_it_hits_and_is_pictured(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doc = ezdxf.readfile(DAHUK_PLAN)
    column = next(e for e in doc.modelspace() if "COLS" in e.dxf.layer and "PATT" not in e.dxf.layer)
    box = extents([column])
    x, y = round(box.extmin.x), round(box.extmin.y)
    accept_counters(project, under=(x + 700, y), clear=(x + 6000, y + 3000))
    column.translate(700, 0, 0)
    doc.saveas(tmp_path / "newer.dxf")
    picture = tmp_path / "changes.svg"
    words = [str(tmp_path / "newer.dxf"), "--into", str(project), "--revise", "--preview", str(picture)]
    code, told = asked(capsys, *words)
    assert code == 0
    assert [m["by_mm"] for m in told["revision"]["columns"]["moved"]] == [700]
    assert [(h["item"], h["cause"]) for h in told["revision"]["hits"]] == [("counter-under", "built_on")]
    drawn = picture.read_text("utf-8")
    assert "700 mm" in drawn and "counter-under" in drawn and "moved (1)" in drawn


def accept_counters(project: Path, *, under: tuple[int, int], clear: tuple[int, int]) -> None:
    """Two counters accepted in the project: where a column will come to stand, and well away from it."""
    from layouts.layout import Item, Layout, LevelLayout
    from planner.folder import Decisions, write_decisions
    from planner.project import Accepted

    def counter(name: str, x: int, y: int) -> Item:
        body = ((x, y), (x + 1500, y), (x + 1500, y + 800), (x, y + 800))
        return Item(id=name, kind="counter", polygon=body, insert_mm=(x, y), rotation_deg=0)

    items = (counter("counter-under", *under), counter("counter-clear", *clear))
    layout = Layout(levels=(LevelLayout(level="level-0", items=items, public=(), staff=()),))
    write_decisions(project, Decisions(accepted=Accepted(candidate="a" * 64, layout=layout)))


def west_wall_moved(folder: Path, by_mm: float) -> Path:
    """The example's drawing with its west wall farther out, and nothing else."""
    doc = ezdxf.readfile(DAHUK_PLAN)
    for entity in doc.modelspace().query("LINE LWPOLYLINE"):
        if entity.dxf.layer != "A-WALL":
            continue
        if entity.dxftype() == "LINE":
            for end in ("start", "end"):
                x, y, z = entity.dxf.get(end)
                entity.dxf.set(end, (x - by_mm if x < 10 else x, y, z))
        else:
            entity.set_points([(x - by_mm if x < 10 else x, y, *rest) for x, y, *rest in entity.get_points()])
    doc.saveas(folder / "wider.dxf")
    return folder / "wider.dxf"


def test_a_moved_outer_wall_does_not_move_the_plan_under_what_stands_on_it(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = asked(capsys, str(west_wall_moved(tmp_path, 500)), "--into", str(project), "--revise")
    assert told["revision"]["outline"]["changed_m2"] > 10
    with open_source(project) as source:
        plan = source.project.plan
    assert plan is not None
    assert plan.frame.origin_mm == (0, 0)
    assert min(x for x, _ in plan.levels[0].outline) == -500


def test_what_was_found_right_lapses_where_the_newer_drawing_changed_it(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, str(DAHUK_PLAN), "--into", str(project), "--revise", "--confirm", "unit", "--confirm", "outline")
    _, told = asked(capsys, str(west_wall_moved(tmp_path, 2500)), "--into", str(project), "--revise")
    assert told["revision"]["lapsed"] == ["outline"]
    drawing = read_folder(project).drawing
    assert drawing is not None and drawing.confirmed == ("unit",)


def test_a_drawing_moved_as_a_whole_moves_nothing_on_the_plan(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doc = ezdxf.readfile(DAHUK_PLAN)
    from ezdxf.math import Matrix44
    from ezdxf.transform import inplace

    inplace(doc.modelspace(), Matrix44.translate(-500, 250, 0))
    doc.saveas(tmp_path / "newer.dxf")
    before = read_folder(project).plan
    _, told = asked(capsys, str(tmp_path / "newer.dxf"), "--into", str(project), "--revise")
    assert told["moved_mm"] == [-500, 250]
    after = read_folder(project).plan
    assert before is not None and after is not None
    assert after.levels == before.levels


def test_a_preview_can_be_a_png(tmp_path: Path) -> None:
    picture = tmp_path / "read.png"
    assert run(["import", str(DAHUK_PLAN), "--preview", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_at_a_terminal_the_question_is_put_and_the_answer_taken(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = ezdxf.readfile(DAHUK_PLAN)
    doc.header["$INSUNITS"] = 1
    for entity in list(doc.modelspace()):
        if entity.dxf.layer not in ("A-WALL", "A-GLAZ", "A-COLS"):  # no doors and no written areas to tell the scale
            doc.modelspace().delete_entity(entity)
    doc.saveas(tmp_path / "inches.dxf")
    put: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda text, **_: put.append(text) or "mm")
    assert run(["import", str(tmp_path / "inches.dxf"), "--into", str(project), "--revise"]) == 0
    assert len(put) == 1
    assert "mm:" in put[0]
    kept = read_folder(project).drawing
    assert kept is not None
    assert kept.unit == "mm"


def test_decimetres_and_decametres_are_answers_and_kept_as_a_calibration() -> None:
    for unit, mm in (("dm", 100.0), ("dam", 10_000.0)):
        kept = recipe_from(None, Path("plan.dxf"), unit=unit, scale_to_mm=0.0)
        assert (kept.unit, kept.scale_to_mm) == ("", mm)
