"""Pictures under the plan: where they lie for the editor, and one from the page by two points."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from planner.ui.importing.scene import corners_of, underlays_for_scene
from planner.ui.importing.underlays import UnderlayDialog
from planner.ui.workspace import open_workspace
from planner.underlays import add_underlay, pixel_at
from tests.ui.conftest import a_project


def a_scan(wide=400, tall=200):
    made = io.BytesIO()
    Image.new("RGB", (wide, tall), "#dde").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def scanned(tmp_path):
    """A project with a picture whose pixels (100, 100) and (100, 0) lie 5 m apart, turned so that their line is level."""
    workspace = open_workspace(a_project(tmp_path, "mine"))
    file = tmp_path / "scan.png"
    file.write_bytes(a_scan())
    add_underlay(workspace, file, (100, 100), (100, 0), 5000.0, at_mm=(1000, 2000), level=True, opacity=0.4)
    yield workspace
    workspace.close()


def test_a_picture_lies_under_the_first_level_with_its_corners_where_its_pixels_are(scanned):
    (shown,) = underlays_for_scene(scanned, "L0")
    lies = scanned.project.underlays[0]
    assert (shown["opacity"], shown["locked"], shown["width_mm"], shown["height_mm"]) == (0.4, True, 20_000.0, 10_000.0)
    for corner, pixel in zip(corners_of(lies), ((0, 200), (400, 200), (400, 0), (0, 0))):
        assert pixel_at(lies, corner) == pytest.approx(pixel, abs=0.01)
    assert pixel_at(lies, (1000, 2000)) == pytest.approx((100, 100), abs=0.01)
    assert underlays_for_scene(scanned, "L1") == []


def test_putting_a_picture_under_the_plan_is_one_step_of_undo(scanned):
    assert scanned.undo()
    assert scanned.project.underlays == ()


def test_a_picture_is_put_there_by_two_points_edited_and_removed(open_part, tmp_path):
    tab = open_part(a_project(tmp_path, "mine"), UnderlayDialog)
    page = tab.page
    page.locator(".t-open").click()
    file = {"name": "scan.png", "mimeType": "image/png", "buffer": a_scan()}
    page.locator(".cl-underlay-file input").set_input_files(file)
    picture = page.locator("svg:has(image)")
    picture.wait_for()
    box = picture.bounding_box()
    for share in (0.3, 0.7):
        page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    tab.until(lambda: page.locator(".cl-underlay-q input").input_value())
    page.locator(".cl-underlay-length input").fill("8.6 m")
    page.locator(".cl-underlay-put").click()
    tab.until(lambda: tab.workspace.project.underlays)
    lies = tab.workspace.project.underlays[0]
    assert lies.name == "scan.png"
    assert abs(lies.rotation_deg) < 1
    page.locator(".cl-underlay-remove").click()
    tab.until(lambda: not tab.workspace.project.underlays)
    assert tab.workspace.undo()
