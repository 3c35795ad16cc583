"""What goes wrong round the page: somebody else has the file, the disk is full, the server dies under the hand."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.source import PLACEMENT, open_source
from tests.ui.conftest import a_project
from tests.ui.test_program import starts
from tests.ui.waiting import expect, patient_context, until

# nothing ahead of what is looked at: no pages, and no process that waits for work
ENTRY = "from functools import partial; from planner.ui import serve, server; server.WARM_AFTER_S = 86_400; " \
    "serve.PageServer = partial(serve.PageServer, ahead=False); from planner.cli import main; main()"  # fmt: skip
BUSY_S = 200.0  # a search whose process loads its libraries first, on a machine with other work
HOLD = "import sys; from pathlib import Path; from planner.storage import open_document; " \
    "held = open_document(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"  # fmt: skip


@pytest.fixture
def start(tmp_path):
    """The program as processes of their own; what it builds ahead is tested in `test_program`."""
    yield from starts(ENTRY, tmp_path)


def name_in(path: Path) -> str:
    with open_source(path) as source:
        return source.project.site.name


def layouts_in(path: Path) -> int:
    with open_source(path) as source:
        return len(source.answers.all_of(PLACEMENT))


@pytest.fixture
def held_elsewhere(small_project):
    """The project file with another program as its writer."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(small_project)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None and other.stdout.readline().strip() == "held"
    yield small_project, other.pid
    other.communicate("")


def test_a_file_that_another_program_writes_is_shown_and_says_by_whom(held_elsewhere, open_project):
    path, pid = held_elsewhere
    tab = open_project(path)
    expect(tab.page.get_by_text("open for reading only").first).to_contain_text(f"process {pid}")
    before = tab.workspace.project
    rename(tab.page, "Mine")
    tab.page.get_by_text("expected to be its only writer").first.wait_for()
    tab.page.locator("body").press("Control+z")
    tab.go_to("capacity")
    tab.page.get_by_text("Positions by bank").wait_for()
    assert tab.workspace.project == before


def searched(path: Path) -> bool:
    """Whether a search has laid something aside."""
    with open_source(path) as source:
        return bool(source.answers.all_of("search"))


def rename(page: Any, name: str) -> None:
    """In the inspector, by the palette."""
    field = page.get_by_label("Name", exact=True)
    if not field.is_visible():
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="What do you want to do?").fill("project")
        page.get_by_role("option", name="Project", exact=True).click()
    field.fill(name)
    field.press("Enter")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lets files of a running program be limited")
def test_a_full_disk_is_told_the_work_stays_and_goes_on_when_there_is_room(start, browser, tmp_path):
    import resource

    path = a_project(tmp_path, "small")
    process, told = start(str(path), "--keep")
    page = opened(browser, told["url"])
    rename(page, "Before")
    until(lambda: name_in(path) == "Before", pause=lambda: page.wait_for_timeout(100))
    most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1024, most[1]))
    rename(page, "Lost")
    page.get_by_text("expected a disk with room").first.wait_for()
    assert name_in(path) == "Before"
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, most)
    rename(page, "After")
    until(lambda: name_in(path) == "After", pause=lambda: page.wait_for_timeout(100))

    # a layout that is found meanwhile is not lost; Ctrl+Enter is heard though a shut list has the focus
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1024, most[1]))
    page.keyboard.press("Alt+4")
    page.locator(".cl-page-layout .cl-effort [role=combobox]").focus()
    page.keyboard.press("Control+Enter")
    page.locator(".cl-page-layout .cl-incumbent, .cl-page-layout .cl-picture").first.wait_for()
    page.locator(".cl-cancel-place").click()
    unsaved = page.locator(".cl-unsaved")
    expect(unsaved).to_contain_text("not saved yet")
    expect(page.locator(".cl-candidates .card")).not_to_have_count(0)  # what is found as the search ends is kept too
    assert layouts_in(path) == 0
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, most)
    page.locator(".cl-save-again").click()
    expect(unsaved).not_to_be_visible()
    assert layouts_in(path) >= 1
    page.context.close()


def opened(browser: Any, address: str) -> Any:
    page = patient_context(browser).new_page()
    page.goto(address)
    page.locator("html[data-centreline=ready]").wait_for(state="attached")
    return page


def test_a_server_that_dies_in_mid_gesture_and_mid_search_loses_nothing_and_undo_goes_on_after_it(start, browser, dahuk):
    path = dahuk
    with open_source(path) as source:
        before = source.project
    process, told = start(str(path), "--keep")
    page = opened(browser, told["url"])
    rename(page, "Kept")
    until(lambda: name_in(path) == "Kept", pause=lambda: page.wait_for_timeout(100))
    page.keyboard.press("Alt+4")
    page.locator(".cl-page-layout .cl-effort [role=combobox]").click()
    page.locator("li", has_text="Thorough").last.click()  # the longest: a slow machine finds something too before it is over
    page.locator(".cl-start-place").click()
    until(lambda: searched(path), BUSY_S, pause=lambda: page.wait_for_timeout(200))
    page.keyboard.press("Alt+1")
    stage = page.locator(".cl-page-plan .ed-stage")
    stage.wait_for()
    box = stage.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2 + 40, steps=4)
    process.kill()
    page.mouse.up()
    page.get_by_text("The connection to Centreline is lost").wait_for()
    page.context.close()
    process.wait()
    with open_source(path) as source:
        assert source.project == replace(before, site=replace(before.site, name="Kept"))
    _, again = start(str(path), "--keep")
    page = opened(browser, again["url"])
    page.get_by_text("the best found until then is kept among the candidates").wait_for()
    page.keyboard.press("Alt+4")
    expect(page.locator(".act-accept")).to_have_count(1)
    page.locator("body").press("Control+z")
    until(lambda: name_in(path) == before.site.name, pause=lambda: page.wait_for_timeout(100))
    page.context.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for a browser is a script")
def test_a_window_of_its_own_is_the_page_without_bars_with_a_profile_of_its_own(tmp_path, monkeypatch):
    from planner.ui.window import show, window_program

    said = tmp_path / "said"
    stand_in = tmp_path / "google-chrome"
    stand_in.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {said}.part && mv {said}.part {said}\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert window_program() == str(stand_in)
    show("http://127.0.0.1:1/login?token=t", window=True, profile=tmp_path / "profile")
    words = until(lambda: said.exists() and said.read_text().splitlines())
    assert words[:2] == ["--app=http://127.0.0.1:1/login?token=t", f"--user-data-dir={tmp_path / 'profile'}"]
