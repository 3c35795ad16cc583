"""Bringing drawings in from the page: read, asked, corrected, taken as one step, refused with a sentence."""

from __future__ import annotations

import pytest

from planner.examples import example
from planner.ui.importing import ImportDialog
from tests.layouts.readers.sketch import hall, saved
from tests.ui.conftest import Tab, a_project
from tests.ui.importing_page import ServedPart

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def importing(new_tab, tmp_path):
    """The dialog, open, on a project of one's own."""
    parts = []

    def opened(language="en", dark=False, **changed):
        part = ServedPart(a_project(tmp_path, "mine", **changed), ImportDialog, language, dark)
        parts.append(part)
        tab: Tab = new_tab(None)
        tab.workspace = part.workspace
        tab.part = part
        tab.page.goto(part.url)
        tab.page.locator(".t-open").click()
        tab.page.locator(".cl-bring-file input").wait_for(state="attached")
        return tab

    yield opened
    for part in parts:
        part.stop()


def give(tab, file):
    tab.page.locator(".cl-bring-file input").set_input_files(file)


def press(tab, name):
    tab.page.locator(f".cl-bring-{name}").click()


def read(tab, file):
    give(tab, file)
    tab.page.locator("svg image").wait_for(state="attached", timeout=60_000)


def test_the_example_drawing_is_read_shown_and_taken_as_one_step_of_undo(importing):
    tab = importing(plan=None)
    steps = len(tab.workspace.history())
    read(tab, example("dahuk") / "plan.dxf")
    assert tab.workspace.project.plan is None
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)
    assert len(tab.workspace.history()) == steps + 1
    assert tab.workspace.drawing() == (example("dahuk") / "plan.dxf").read_bytes()
    assert tab.workspace.project.drawing.name == "plan.dxf"
    assert tab.workspace.undo()
    assert tab.workspace.project.plan is None
    assert tab.workspace.project.drawing is None


def test_a_drawing_without_a_unit_asks_and_takes_nothing_before_it_is_answered(importing, tmp_path):
    tab = importing(plan=None)
    give(tab, saved(hall(header=0, scale=0.01, door="X", wall="A-WALL", name=""), tmp_path))
    tab.page.locator(".cl-bring-asks").wait_for(timeout=60_000)
    assert not tab.page.locator(".cl-bring-take").is_visible()
    choices = tab.page.locator(".cl-bring-unit")
    assert choices.count() >= 2
    assert " m" in choices.first.inner_text()
    choices.first.click()
    tab.page.locator(".cl-bring-take").wait_for(timeout=60_000)
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)


def test_names_of_layers_and_rooms_are_words_and_nothing_else(importing, tmp_path):
    tab = importing(plan=None)
    doc = hall(name=HOSTILE)
    doc.modelspace().add_line((0, 0), (10, 0), dxfattribs={"layer": "LAYER" + "'onload=alert(1)"})
    read(tab, saved(doc, tmp_path))
    for name in ("Layers", "Everything in the file", "What was read"):
        tab.page.get_by_role("tab", name=name).click()
        tab.page.wait_for_timeout(300)
    assert tab.page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("notes.txt", b"hello", "of another kind"),
        ("empty.dxf", b"  ", "not a DXF"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
    ],
)
def test_a_wrong_file_is_refused_at_its_place_and_changes_nothing(importing, name, body, said):
    tab = importing(plan=None)
    give(tab, {"name": name, "mimeType": "application/octet-stream", "buffer": body})
    tab.page.locator(".cl-bring-trouble").get_by_text(said).wait_for(timeout=60_000)
    assert tab.workspace.project.plan is None
