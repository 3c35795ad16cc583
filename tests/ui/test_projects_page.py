"""The list of projects in a browser: new ones, copies, files too large or of another kind."""

from __future__ import annotations

import pytest

from planner.source import open_source
from tests.ui.conftest import a_project
from tests.ui.serving import Served
from tests.ui.waiting import expect


@pytest.fixture(scope="module")
def served(tmp_path_factory, helpers):
    server = Served(tmp_path_factory.mktemp("home"), leaves_helpers=True)
    a_project(server.home, "first")
    yield server
    server.stop()


@pytest.fixture
def tab(new_tab, served):
    made = new_tab(served)
    made.page.goto(served.link())
    made.ready()
    return made


def test_files_that_are_none_are_refused_the_plan_is_shown_and_a_new_project_opened(tab, served, tmp_path):
    image = tab.page.locator(".cl-project img")
    image.wait_for()
    tab.until(lambda: image.evaluate("i => i.complete && i.naturalWidth > 0"))

    huge = tmp_path / "huge.centreline"
    with huge.open("wb") as file:
        file.truncate(100 * 2**20)
    tab.page.locator("input[type=file]").first.set_input_files(huge)
    tab.page.get_by_text("up to 50 MB").first.wait_for()
    tab.page.locator("input[type=file]").first.set_input_files(
        {"name": "virus.centreline", "mimeType": "application/octet-stream", "buffer": b"no project at all"}
    )
    tab.page.get_by_text("virus.centreline").first.wait_for()
    tab.page.wait_for_timeout(1000)
    assert [p.path.stem for p in served.server.home.projects()] == ["first"]

    tab.page.locator(".cl-new").click()  # the page lives
    tab.page.get_by_label("Name", exact=True).fill("Basra")
    tab.page.get_by_role("button", name="Create").first.click()
    tab.page.wait_for_url("**/project?id=*")
    tab.ready()
    with open_source(served.home / "Basra.centreline") as source:
        assert source.project.site.name == "Basra"
        assert source.project.plan is not None
    tab.page.go_back()  # to the list, in one step
    expect(tab.page.locator(".cl-project")).to_have_count(2)


def test_the_language_chosen_on_the_list_and_the_dark_page_stay_from_page_to_page(tab):
    tab.page.locator(".cl-in-ar a").click()
    tab.ready()
    expect(tab.page.locator("html")).to_have_attribute("dir", "rtl")
    tab.page.evaluate("localStorage.setItem('centreline-dark', 'true')")
    tab.page.locator(".cl-project a").first.click()
    tab.page.wait_for_url("**/project?id=*language=ar")
    tab.ready()
    expect(tab.page.locator("html")).to_have_attribute("dir", "rtl")
    tab.until(lambda: tab.page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)")
    tab.page.locator(".cl-dark").click()
    tab.until(lambda: tab.page.evaluate("localStorage.getItem('centreline-dark')") == "false")
    names = {b.get_attribute("aria-label") or "" for b in tab.page.locator("header button").all()}
    assert not [name for name in names if name.isascii() and name and "contextbar" not in name]
