"""The editor on a file: rules that follow the hand, two tabs on one project, undo that survives, a stale tab that is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import panel as pn
import pytest

from layouts.findings import BadInput
from planner.editing import apply, read_command
from planner.project import Project, UnderlaySource
from planner.storage import create_document, open_document
from planner.ui.editor.desk import Desk
from planner.ui.editor.editor import Editor
from planner.ui.workspace import Workspace, open_workspace
from tests.planner.builders import a_project
from tests.planner.test_editing import a_hall, done
from tests.ui.editor_hand import Hand, a_picture
from tests.ui.editor_page import ServedBench
from tests.ui.waiting import expect, patient_context


def a_centre() -> Project:
    """The hall without its partition, a counter of the bank and a corner for children."""
    made = done(a_project(plan=a_hall()), "delete", keys=["wall:mid", "column:col", "obstacle:planter"])
    made = done(made, "add_item", kind="counter", at=[4_000, 5_000])
    return done(made, "add_item", kind="children_corner", at=[9_000, 3_000])


class Pages:
    """What the server serves: a desk for every tab on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.desks: list[Desk] = []

    def page(self) -> Any:
        desk = Desk(self.workspace)
        self.desks.append(desk)
        doc = pn.state.curdoc
        self.workspace.subscribe(lambda: doc.add_next_tick_callback(desk.refresh))
        return pn.Column(desk.editor, sizing_mode="stretch_both", styles={"height": "100vh"})


class FileHand(Hand):
    """A hand on an editor that stands on a file."""

    workspace: Workspace

    def items(self) -> dict[str, tuple[int, int]]:
        accepted = self.workspace.project.accepted
        assert accepted is not None
        return {i.id: i.insert_mm for i in accepted.layout.levels[0].items}


@pytest.fixture
def tabs(browser: Any, tmp_path: Path) -> Iterator[Callable[[], FileHand]]:
    path = tmp_path / "p.centreline"
    create_document(path, a_centre()).close()
    workspace = open_workspace(path)
    pages = Pages(workspace)
    serving = ServedBench(pages)  # type: ignore[arg-type]
    contexts: list[Any] = []

    def opened() -> FileHand:
        context = patient_context(browser, viewport={"width": 1300, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.goto(serving.url)
        page.locator(".ed-stage").wait_for()
        hand = FileHand(page, pages)  # type: ignore[arg-type]
        hand.workspace = workspace
        hand.until(lambda: hand.ed("ed.rev > 0 && ed.view.ranges !== null && !ed.frame"))
        return hand

    yield opened
    for context in contexts:
        context.close()
    serving.stop()
    for desk in pages.desks:
        desk.close()
    workspace.close()


def test_a_drag_onto_another_body_is_red_before_it_ends_and_after(tabs: Callable[[], FileHand]) -> None:
    hand = tabs()
    hand.until(lambda: hand.ed("ed.issuesFresh && ed.flow !== undefined"))
    before = hand.ed("ed.issues.length")
    hand.page.mouse.move(*hand.at(9_000, 4_200))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(4_400, 6_000), steps=6)
    hand.until(lambda: hand.ed("ed.live && ed.live.issues.some((i) => i.text.includes('stands on'))"))
    expect(hand.page.locator(".ed-issues .ed-warning")).not_to_have_count(0)
    expect(hand.page.locator(".ed-flow")).to_have_class(re.compile("stale"))
    hand.page.mouse.up()
    hand.until(lambda: hand.ed("ed.issuesFresh && ed.issues.length") > before)
    expect(hand.page.locator(".ed-rules")).to_contain_text("stands on")
    hand.page.locator(".ed-issue").first.click()
    hand.until(lambda: len(hand.selection()) >= 1)
    hand.page.locator(".ed-stage").focus()
    grey = "ed.take = ed.takeScene, ed.takeScene = (m) => { ed.take(m); ed.grey = !ed.issuesFresh && !ed.flowFresh }"
    hand.ed(f"({grey}, 0)")
    hand.keys("Control+z")
    hand.until(lambda: hand.ed("ed.grey") is True)  # what was said of the plan before is grey until this one is judged
    hand.until(lambda: hand.ed("ed.issuesFresh") and hand.ed("ed.issues.length") == before)
    hand.keys("Shift+Digit1", "c")
    hand.page.mouse.move(*hand.at(4_600, 5_200), steps=4)
    hand.until(lambda: hand.ed("ed.live && ed.live.issues.some((i) => i.text.includes('leaves the free floor'))"))
    expect(hand.page.locator(".ed-warn text")).to_contain_text("not on free floor")
    hand.ed("(ed.sendMessage = () => {}, 0)")  # an answer that does not come: what was said of the place before turns grey
    hand.page.mouse.move(*hand.at(4_700, 5_200))
    expect(hand.page.locator(".ed-issues .ed-warning.stale")).not_to_have_count(0)
    expect(hand.page.locator(".ed-warn text")).to_have_count(0)
    hand.keys("Escape")
    expect(hand.page.locator(".ed-warn text")).to_have_count(0)


def test_a_scaled_underlay_is_a_step_of_the_project(tabs: Callable[[], FileHand]) -> None:
    hand = tabs()
    space = hand.workspace
    sha = space.document.attach("scan.png", a_picture())
    scan = UnderlaySource(id="scan", name="scan.png", sha256=sha, width_px=200, height_px=100, mm_per_px=20.0, level="l0")
    space.change(replace(space.project, underlays=(scan,)), "scan")
    hand.until(lambda: hand.ed("ed.underlay !== null"))
    hand.ed("ed.calibrate([0, 0], [4000, 0], 8000)")
    hand.until(lambda: space.project.underlays[0].mm_per_px == 40.0)
    assert space.history()[-1].label == "edit.step.scale_underlay"
    hand.page.locator(".ed-stage").focus()
    hand.keys("Control+z")
    hand.until(lambda: hand.ed("ed.underlay.w") == 4_000)
    hand.page.locator(".ed-underlay input[data-field=underlay-angle]").fill("90")
    hand.keys("Enter")
    hand.until(lambda: space.project.underlays[0].rotation_deg == 90.0)
    assert space.project.underlays[0].origin_mm == (3_000.0, -1_000.0)  # its middle, (2 m, 1 m), stays where it was


def test_a_picture_kept_in_another_shape_lies_in_its_own_and_asks_to_be_scaled_again(tabs: Callable[[], FileHand]) -> None:
    hand = tabs()
    space = hand.workspace
    served: Any = hand.page
    body = a_picture()  # of 200 x 100 pixels
    served.route("**/underlay?*", lambda route: route.fulfill(body=body, content_type="image/png"))
    sha = space.document.attach("scan.png", body)
    scan = UnderlaySource(id="scan", name="scan.png", sha256=sha, width_px=200, height_px=300, mm_per_px=20.0, level="l0")
    space.change(replace(space.project, underlays=(scan,)), "scan")
    told = hand.page.locator(".ed-underlay .ed-trouble", has_text="scale it again by two points")
    expect(told).to_be_visible()
    assert (hand.ed("ed.underlay.w"), hand.ed("ed.underlay.h")) == (4_000, 2_000)
    hand.ed("ed.moveUnderlay({x: 700})")
    hand.until(lambda: space.project.underlays[0].origin_mm == (700.0, 0.0))
    assert space.project.underlays[0].height_px == 300, "moved, it is not scaled yet"
    expect(told).to_be_visible()
    hand.ed("ed.calibrate([700, 0], [4700, 0], 8000)")
    hand.until(lambda: space.project.underlays[0].mm_per_px == 40.0)
    assert space.project.underlays[0].height_px == 100
    expect(told).to_have_count(0)
    hand.page.locator(".ed-stage").focus()
    hand.keys("Control+z")
    expect(told).to_be_visible()


def test_two_tabs_stay_in_step_and_history_is_the_files(tabs: Callable[[], FileHand], tmp_path: Path) -> None:
    one, two = tabs(), tabs()
    one.drag((9_000, 4_200), (8_500, 3_600))
    one.until(lambda: one.items()["children_corner-1"] != (9_000, 3_000))
    moved = one.items()["children_corner-1"]
    two.until(lambda: two.ed("ed.things.get('item:children_corner-1').o") == list(moved))
    two.page.locator(".ed-stage").focus()
    two.keys("Control+z")
    one.until(lambda: one.ed("ed.things.get('item:children_corner-1').o") == [9_000, 3_000])
    one.until(lambda: [r.label for r in one.workspace.history()][-1] == "edit.step.move")
    reader = open_document(tmp_path / "p.centreline", write=False)
    assert reader.project.accepted is not None
    assert reader.project.accepted.layout.levels[0].items[1].insert_mm == (9_000, 3_000)
    reader.close()


def test_a_gesture_made_while_another_changed_the_project_is_made_on_todays(tabs: Callable[[], FileHand]) -> None:
    hand = tabs()
    edit = read_command({"op": "rename", "level": "l0", "key": "item:counter-1", "name": "Notary 1"})
    hand.page.mouse.move(*hand.at(9_000, 4_200))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(8_000, 3_600), steps=4)
    hand.workspace.change(apply(hand.workspace.project, edit), "elsewhere")
    hand.page.mouse.up()
    hand.until(lambda: hand.items()["children_corner-1"] != (9_000, 3_000))
    accepted = hand.workspace.project.accepted
    assert accepted is not None
    assert accepted.layout.levels[0].items[0].label == "Notary 1"
    hand.until(lambda: hand.ed("ed.rev") == hand.workspace.rev and hand.ed("ed.things.get('item:counter-1').n") == "Notary 1")


def test_a_step_that_may_not_be_taken_is_told_in_the_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    def refused(_: object) -> None:
        raise BadInput("document.read_only", file="p", owner="a@b, process 7, since 2026-11-30T08:35:48+00:00")

    editor = Editor(lambda *_: None, on_step=refused, on_underlay=refused)  # type: ignore[arg-type, return-value]
    monkeypatch.setattr(editor, "_send_msg", told.append)
    place = {"x": 0, "y": 0, "w": 1, "h": 1, "alpha": 1, "degrees": 0}
    for message in ({"type": "undo"}, {"type": "redo"}, {"type": "underlay", "place": place}):
        editor._handle_msg(message)
    assert [each["type"] for each in told] == ["refused"] * 3
    assert all("process 7, since 2026-11-30 " in each["text"] for each in told)
