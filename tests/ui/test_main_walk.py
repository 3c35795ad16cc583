"""The main job in the page: from a new project to the architect's drawing in a downloaded package."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import ezdxf
import pytest

from solvers.placement.warm import compile_first
from tests.ui.conftest import cut_the_line


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """The rounds of the search are compiled here, once: that takes minutes in a helper on a loaded machine."""
    compile_first()


def downloaded(tab: Any, click: Any) -> bytes:
    with tab.page.expect_download(timeout=60_000) as waiting:
        click()
    return Path(waiting.value.path()).read_bytes()


def test_from_a_project_to_the_drawing(open_project, small_project, tmp_path):
    tab = open_project(small_project)
    page, workspace = tab.page, tab.workspace

    tab.go_to("capacity")
    page.get_by_text("Positions by bank").wait_for()

    tab.go_to("layout")
    page.locator(".cl-start-place").click()
    tab.until(lambda: workspace.answers.all_of("placement"), 120)
    page.locator(".act-accept").first.click()
    tab.until(lambda: workspace.project.accepted)

    tab.go_to("checks")
    page.get_by_text("problems", exact=True).last.wait_for()

    tab.go_to("handover")
    page.locator(".cl-start-deliver").click()
    page.locator(".cl-download").wait_for(timeout=200_000)
    body = downloaded(tab, page.locator(".cl-download").click)
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        names = package.namelist()
        assert {"small/architect/plan.dxf", "small/manager/roster.xlsx", "small/manifest.json"} <= set(names)
        package.extractall(tmp_path)
    assert not ezdxf.readfile(tmp_path / "small/architect/plan.dxf").audit().errors
    walk_round_the_model(page)


def walk_round_the_model(page):
    """The model of the package is shown, turns by the arrow keys, and has its walls whole where that is asked for."""
    canvas = page.locator(".cl-model canvas")
    canvas.locator("xpath=self::*[@data-faces]").wait_for()
    cut = int(canvas.get_attribute("data-faces"))
    before = canvas.evaluate("c => c.toDataURL()")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("([c, before]) => c.toDataURL() !== before", arg=[canvas.element_handle(), before])
    page.get_by_label("Walls and signs above 1.2 m").check()
    page.wait_for_function("([c, cut]) => Number(c.dataset.faces) > cut", arg=[canvas.element_handle(), cut])


def test_a_layout_can_be_stopped_and_the_best_is_kept(open_project, dahuk):
    tab = open_project(dahuk)
    tab.go_to("layout")
    tab.page.locator(".cl-start-place").click()
    job = tab.until(lambda: tab.workspace.jobs.get("place"))
    tab.until(lambda: job.snap.objective is not None, 90)
    cut_the_line(tab)  # the job goes on meanwhile, and the page with it once it is back
    lost = tab.page.get_by_text("The connection to Centreline is lost")
    lost.wait_for()
    lost.wait_for(state="hidden")
    tab.page.locator(".cl-pause-place").click()
    tab.until(lambda: job.snap.state == "paused")
    tab.page.get_by_text("Resting with the best so far").wait_for()
    tab.page.locator(".cl-pause-place").click()
    tab.until(lambda: job.snap.state == "running")
    tab.page.locator(".cl-cancel-place").click()
    tab.until(lambda: job.snap.state == "cancelled", 90)
    tab.until(lambda: [a for a in tab.workspace.answers.all_of("placement") if a.body["layout"]])  # checked by now or soon


def test_why_nothing_fits_is_told(open_project, tmp_path):
    from tests.planner.small_centre import a_hall
    from tests.ui.conftest import a_project
    from tests.ui.waiting import expect

    tab = open_project(a_project(tmp_path, "tight", plan=a_hall(7_000, 6_000)))
    tab.go_to("layout")
    tab.page.locator(".cl-start-place").click()
    tab.page.get_by_text("this is proven").wait_for(timeout=120_000)
    expect(tab.page.locator(".cl-remedy-deeper")).to_be_visible()
    tab.page.locator(".cl-remedy-longer").click()  # one click changes the plan and searches again
    tab.until(lambda: max(x for x, _ in tab.workspace.project.plan.levels[0].outline) > 7_000)
