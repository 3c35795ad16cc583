"""A building drawn turned, from its import to the drawing that is handed over, and over its revisions."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import ezdxf
import pytest
from ezdxf.math import Matrix44
from ezdxf.transform import inplace

from exports.dxf import write_dxf
from exports.floor_drawing import draw_floor
from layouts.findings import BadInput
from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import FloorPlan, Level
from layouts.readers.read import read_plan
from planner.cli.entry import run
from planner.drawing_source import read_drawing
from planner.examples import example
from planner.folder import Decisions, read_folder, write_decisions
from planner.project import Accepted, DrawingSource

DRAWN = example("dahuk") / "plan.dxf"
SITE = (350_000.0, -120_000.0)


def turned(file: Path, degrees: float, change: str = "") -> Path:
    """The example's drawing turned on its site; `change` moves the first column 700 mm along the building."""
    doc = ezdxf.readfile(DRAWN)
    if change:
        next(iter(doc.modelspace().query('INSERT[layer=="A-COLS"]'))).translate(700, 0, 0)
    inplace(doc.modelspace(), Matrix44.z_rotate(math.radians(degrees)) @ Matrix44.translate(*SITE, 0))
    doc.saveas(file)
    return file


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    run(["import", *words, "--json"])
    return json.loads(capsys.readouterr().out)


def corners(level: Level) -> set[tuple[int, int]]:
    return {q for w in level.walls for q in (w.a, w.b)} | {q for d in level.doors for q in (d.p, d.q)} | set(level.outline)


def alike(one: Level, other: Level, within_mm: int = 2) -> bool:
    """Every corner of one has a corner of the other within so much, both ways."""
    a, b = corners(one), corners(other)
    both = ((a, b), (b, a))
    return all(min(max(abs(x - u), abs(y - v)) for u, v in there) <= within_mm for here, there in both for x, y in here)


def test_a_turned_drawing_is_the_same_plan_and_goes_back_to_its_site(tmp_path: Path) -> None:
    square, read = read_plan(DRAWN), read_plan(turned(tmp_path / "site.dxf", 17.0))
    first, level = square.plan.levels[0], read.plan.levels[0]
    assert level.outline == first.outline and alike(level, first, 1)
    assert [(d.id, d.use, d.swing, d.hinge) for d in level.doors] == [(d.id, d.use, d.swing, d.hinge) for d in first.doors]
    assert [(s.name, s.kind) for s in level.spaces] == [(s.name, s.kind) for s in first.spaces]
    assert read.plan.north_deg == pytest.approx(square.plan.north_deg, abs=0.2), "the arrow is drawn, and was turned along"
    out = tmp_path / "out.dxf"
    drawing = draw_floor(read.plan, Layout(levels=()), language="en", findings=(), title="Site", level=level.id)
    write_dxf(drawing, out, frame=read.plan.frame)
    again = read_plan(out).plan
    assert again.frame.rotation_deg == pytest.approx(read.plan.frame.rotation_deg, abs=0.01)
    assert math.dist(again.frame.origin_mm, read.plan.frame.origin_mm) <= 3
    back = sorted(again.levels[0].outline)
    assert all(math.dist(a, b) <= 2 for a, b in zip(back, sorted(level.outline), strict=True))


def test_a_revision_takes_the_turn_of_the_plan_it_replaces(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # read here: a process of its own, tried elsewhere, takes seconds each time
    monkeypatch.setattr("planner.importing.read_drawing", lambda file, recipe, **_: read_drawing(file, recipe))
    project = tmp_path / "mine"
    run(["new", str(project), "--template", "dahuk"])
    (project / "plan.dxf").unlink()
    told = asked(capsys, str(turned(tmp_path / "site.dxf", 17.0)), "--into", str(project))
    assert told["turn_deg"] == pytest.approx(-17) and told["kept"]
    before = _plan(project)
    told = asked(capsys, str(turned(tmp_path / "site.dxf", 17.0, "column")), "--into", str(project), "--revise")
    assert [m["by_mm"] for m in told["revision"]["columns"]["moved"]] == [700]
    assert not told["revision"]["walls"]["moved"] and "moved_mm" not in told
    assert _plan(project).frame == before.frame
    # turned anew on its site: nothing moves on the plan
    told = asked(capsys, str(turned(tmp_path / "site.dxf", 28.0)), "--into", str(project), "--revise")
    after = _plan(project)
    assert after.frame.rotation_deg == pytest.approx(-28)
    assert alike(after.levels[0], before.levels[0])
    assert "moved_mm" in told


def _plan(project: Path) -> FloorPlan:
    plan = read_folder(project).plan
    assert plan is not None
    return plan


def test_a_layout_kept_on_a_turned_drawing_tells_how_its_plan_lies(tmp_path: Path) -> None:
    """Without plan.json the drawing is read again; a layout from before it was read square stays on the plan as drawn."""
    folder = tmp_path / "centre"
    shutil.copytree(example("dahuk"), folder)
    for kept in ("plan.json", "decisions.json"):
        (folder / kept).unlink(missing_ok=True)
    file = turned(folder / "plan.dxf", 17.0)
    square = read_folder(folder).plan
    as_drawn = read_drawing(file, DrawingSource(name="plan.dxf", sha256="", turn_deg=0.0)).plan
    assert square.frame.rotation_deg and not as_drawn.frame.rotation_deg

    def with_floor_of(plan: FloorPlan, shift: int = 0) -> FloorPlan:
        level = plan.levels[0]
        ring = tuple((x + shift, y) for x, y in level.outline)
        item = Item(id="floor", kind="staff_room", polygon=ring, insert_mm=ring[0], rotation_deg=0.0)
        layout = Layout(levels=(LevelLayout(level=level.id, items=(item,), public=(), staff=()),))
        write_decisions(folder, Decisions(accepted=Accepted(candidate="a" * 64, layout=layout)))
        return read_folder(folder).plan

    assert with_floor_of(square) == square
    assert with_floor_of(as_drawn) == as_drawn
    with pytest.raises(BadInput, match="layout_off_plan"):
        with_floor_of(square, shift=100_000)
