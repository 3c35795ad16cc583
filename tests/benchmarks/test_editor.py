"""How quick the editor is, in a real browser over a real server and file: printed, never asserted (machines differ).

    python -m pytest -q -s tests/benchmarks/test_editor.py

Round trip: from sending a finished drag until Python's answer is in the browser. With rules: until the issues of that
revision are. Step: what one pointer move costs with snapping, guides and measures. Targets: 40, 150 (300 items) and
300 ms (2,400 items); a step within a frame of 16 ms.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import panel as pn
import pytest

from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import Door, FloorPlan, Level, Polygon
from planner.editing import apply_all
from planner.editing.commands import Move
from planner.editing.fittings import new_item
from planner.editing.floors import floors_after
from planner.editing.scene import difference, scene_of
from planner.project import Accepted, Project
from planner.storage import create_document
from planner.ui.editor.desk import Desk
from planner.ui.editor.rules import Rules
from planner.ui.workspace import open_workspace
from tests.planner.builders import a_project
from tests.ui.conftest import a_browser
from tests.ui.editor_page import ServedBench
from tests.ui.waiting import until

DRAGS = int(os.environ.get("CENTRELINE_DRAGS", "50"))


def crowded(count: int) -> Project:
    """A hall with a bank of ten counters and rows of seats with aisles, `count` items in all; some 4 m2 for each."""
    wide, deep, columns = (40_000, 30_000, 36) if count <= 600 else (90_000, 70_000, 84)
    doors = (
        Door(id="in", use="entrance", p=(10_000, 0), q=(12_000, 0), clear_mm=1_900),
        Door(id="out", use="exit", p=(28_000, 0), q=(30_000, 0), clear_mm=1_900),
        Door(id="staff", use="staff", p=(20_000, deep), q=(21_000, deep), clear_mm=950),
    )
    outline = ((0, 0), (wide, 0), (wide, deep), (0, deep))
    level = Level(id="l0", name="", elevation_mm=0, outline=outline, doors=doors)
    desks = [new_item(f"notary-{n:02d}", "counter", (10_000 + 1_500 * n, deep - 4_000), 0.0) for n in range(10)]
    items: list[Item] = [replace(d, bank="notary", label=f"Notary {n}") for n, d in enumerate(desks)]
    for n in range(count - len(items)):
        row, place = divmod(n, columns)
        items.append(new_item(f"seat-{n}", "seat", (4_000 + place * 600 + place // 12 * 1_800, 4_000 + row * 1_400), 0.0))
    behind = Polygon(outer=((9_000, deep - 4_000), (26_000, deep - 4_000), (26_000, deep), (9_000, deep)))
    empty = LevelLayout(level="l0", items=(), public=(Polygon(outer=outline),), staff=(behind,))
    layout = floors_after(level, empty, replace(empty, items=tuple(items)))
    assert layout is not None
    accepted = Accepted(candidate="0" * 64, layout=Layout(levels=(layout,)))
    return a_project(plan=FloorPlan(levels=(level,)), accepted=accepted)


@dataclass
class _Page:
    """What `ServedBench` serves: a desk on a file."""

    path: Path
    rules: bool

    def page(self) -> Any:
        self.desk = Desk(open_workspace(self.path), rules=self.rules)
        return pn.Column(self.desk.editor, sizing_mode="stretch_both", styles={"height": "100vh"})


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One as people have it, that optimises scripts."""
    yield from a_browser()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    made: list[tuple[Any, ServedBench, _Page]] = []

    def make(count: int, rules: bool) -> Any:
        path = tmp_path / f"{count}-{rules}.centreline"
        create_document(path, crowded(count)).close()
        page_of = _Page(path, rules)
        serving = ServedBench(page_of)  # type: ignore[arg-type]
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        page = context.new_page()
        page.goto(serving.url)
        page.locator(".ed-stage").wait_for(timeout=30_000)
        made.append((context, serving, page_of))
        return page

    yield make
    for context, serving, page_of in made:
        context.close()
        serving.stop()
        page_of.desk.close()
        open_workspace(page_of.path).close()


def ed(page: Any, expression: str) -> Any:
    return page.locator(".ed-root").evaluate(f"(root) => {{ const ed = root.editor; return {expression} }}")


@pytest.mark.parametrize("count", [300, 2_400])
@pytest.mark.parametrize("rules", [False, True])
def test_drags(opened: Any, count: int, rules: bool) -> None:
    page = opened(count, rules)
    until(lambda: ed(page, f"ed.truth.size >= {count} && !ed.frame"), 60.0, pause=lambda: page.wait_for_timeout(50))
    if rules:
        until(lambda: ed(page, "ed.flowFresh === true"), 120.0, pause=lambda: page.wait_for_timeout(100))
    x, y = ed(page, "ed.things.get('item:seat-40').o")
    ed(page, f"ed.view.fit([{x - 8_000}, {y - 5_000}, {x + 8_000}, {y + 5_000}])")
    page.wait_for_timeout(300)
    rounds, judged, steps, previews = [], [], [], []
    for n in range(DRAGS):
        box = page.locator(".ed-stage").bounding_box()
        at = ed(page, "ed.things.get('item:seat-40').o")
        sx, sy = ed(page, f"ed.view.toScreen([{at[0]}, {at[1] + 275}])")
        way = 60 if n % 2 == 0 else -60
        page.mouse.move(box["x"] + sx, box["y"] + sy)
        page.mouse.down()
        for k in range(1, 9):
            page.mouse.move(box["x"] + sx, box["y"] + sy + way * k / 8)
            steps.append(ed(page, "ed.moveCost"))
        if rules and n % 5 == 0:
            until(lambda: not ed(page, "ed.previewing.busy"), 20.0, pause=lambda: page.wait_for_timeout(5))
            previews.append(ed(page, "ed.previewing.took"))
        page.mouse.up()
        done = f"ed.frames.length > {n} && ed.pending.length === 0"
        until(lambda d=done: ed(page, d), 20.0, pause=lambda: page.wait_for_timeout(5))
        rounds.append(ed(page, "ed.frames[ed.frames.length - 1].round"))
        if rules:
            until(lambda: ed(page, "ed.issuesFresh"), 20.0, pause=lambda: page.wait_for_timeout(5))
            judged.append(ed(page, "ed.frames[ed.frames.length - 1].rules"))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    told = [f"{count} items, rules {'on' if rules else 'off'}, load {load:.1f}: round trip {of(rounds)}", f"step {of(steps)}"]
    if rules:
        told += [f"until judged {of(judged)}", f"preview {of(previews)}"]
    print("\n" + "; ".join(told))


@pytest.mark.parametrize("count", [300, 2_400])
def test_work_of_a_drag(tmp_path: Path, count: int) -> None:
    """What a drag costs Python, in processor time, which a busy machine hardly changes: the step itself, and the rules."""
    path = tmp_path / "hall.centreline"
    create_document(path, crowded(count)).close()
    workspace, rules = open_workspace(path), Rules()
    shown = scene_of(workspace.project, "l0")
    way = 600

    def move() -> Project:
        nonlocal way
        way = -way
        return apply_all(workspace.project, [Move(level="l0", keys=("item:seat-40",), dx_mm=0, dy_mm=way)])

    def step() -> None:
        nonlocal shown
        workspace.change(move(), "move")
        now = scene_of(workspace.project, "l0", shown)
        difference(shown, now)
        shown = now

    def took(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
        before()
        start = time.process_time()
        work()
        return 1000 * (time.process_time() - start)

    steps = [took(step) for _ in range(20)]
    rules.now(workspace.project, "l0")
    judged = [took(lambda: rules.now(workspace.project, "l0"), step) for _ in range(3)]
    previews = [took(lambda: rules.preview(move(), "l0")) for _ in range(3)]
    rules.whole(workspace.project, "l0")
    wholes = [took(lambda: rules.whole(workspace.project, "l0"), step) for _ in range(3)]
    workspace.close()
    told = {"step": steps, "rules": judged, "preview": previews, "egress and score": wholes}
    print(f"\n{count} items, processor time: " + ", ".join(f"{k} {statistics.median(v):.0f} ms" for k, v in told.items()))


def of(values: list[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} (p95 {ordered[int(len(ordered) * 0.95)]:.1f}) ms"
