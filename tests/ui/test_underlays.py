"""Pictures under the plan: where they lie for the editor, and one from the page by two points."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from planner.ui.importing.underlays import UnderlayDialog
from planner.ui.workspace import open_workspace
from planner.underlays import add_underlay, lies_under, pixel_at
from tests.ui.conftest import a_project
from tests.ui.waiting import expect


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


def test_a_picture_of_no_level_lies_under_the_first_with_its_pixels_where_they_were_said_to_be(scanned):
    (lies,) = scanned.project.underlays
    assert lies.level not in [level.id for level in scanned.project.plan.levels]
    assert [level for level in ("L0", "L1") if lies_under(scanned.project, lies, level)] == ["L0"]
    assert (lies.opacity, lies.locked, lies.width_px * lies.mm_per_px) == (0.4, True, 20_000.0)
    assert pixel_at(lies, (1000, 2000)) == pytest.approx((100, 100), abs=0.01)


def test_pages_of_pdf_are_seen_in_the_drawing_and_one_that_cannot_be_shown_says_why(open_project, tmp_path):
    """The command line names no level; the reader's name for the first is not every plan's."""
    sheet, broken = tmp_path / "sheet.pdf", tmp_path / "broken.pdf"
    Image.new("L", (1200, 600), 200).save(sheet, "PDF")
    broken.write_bytes(b"%PDF-1.7 /MediaBox [0 0 842 595]")
    path = a_project(tmp_path, "mine")
    workspace = open_workspace(path)
    add_underlay(workspace, sheet, (100, 100), (100, 0), 5000.0)
    workspace.close()
    tab = open_project(path)
    tab.go_to("plan")
    root = tab.page.locator(".cl-page-plan .ed-root")
    tab.until(lambda: root.evaluate("(root) => root.editor.underlay?.url.startsWith('blob:')"))
    size = """async (root) => { const image = new Image(); image.src = root.editor.underlay.url; await image.decode()
      return [image.naturalWidth, image.naturalHeight] }"""
    assert root.evaluate(size) == [4096, 2048]
    tab.workspace.change(replace(tab.workspace.project, underlays=()), "away")
    add_underlay(tab.workspace, broken, (100, 100), (100, 0), 5000.0)
    expect(root.locator(".ed-underlay .ed-trouble")).to_contain_text("broken.pdf is a picture that cannot be shown")


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
