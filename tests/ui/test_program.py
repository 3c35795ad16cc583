"""The program as people start it: one server for a user, clean ends, and a death that loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.project import Accepted
from planner.source import open_source
from planner.ui.instance import Instance
from tests.ui.conftest import PAGES, a_project
from tests.ui.test_variants import a_layout, counter
from tests.ui.waiting import expect, patient_context, until

ENTRY = "from planner.cli import main; main()"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    """`centreline open …` as processes of their own with a folder of projects of their own."""
    yield from starts(ENTRY, tmp_path)


def starts(entry: str, folder: Path) -> Iterator[Any]:
    """Starts the program by the code `entry` as often as it is asked to, and ends what still runs after the test."""
    running: list[subprocess.Popen[str]] = []
    environment = os.environ | {"CENTRELINE_HOME": str(folder / "home")}

    def begin(*words: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        command = [sys.executable, "-c", entry, "open", "--no-browser", "--json", *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        running.append(process)
        assert process.stdout is not None
        return process, json.loads(process.stdout.readline())

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_a_second_start_opens_the_one_that_runs_of_which_the_user_alone_is_told(start, tmp_path):
    first, told = start("--keep")
    file = tmp_path / "home" / ".centreline-page.json"
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    assert Instance(**json.loads(file.read_text("utf-8"))).answers()
    second, again = start(str(a_project(tmp_path, "small")))
    assert second.wait(60) == 0
    assert (told["started"], again["started"]) == (True, False)
    assert (again["port"], again["pid"]) == (told["port"], first.pid)
    assert again["url"] != told["url"]


def test_after_a_death_the_next_start_is_the_server_and_ctrl_c_ends_it_cleanly(start, tmp_path):
    first, _ = start("--keep")
    first.kill()
    first.wait(60)
    process, told = start("--keep")
    assert told["started"]
    if sys.platform != "win32":  # which sends no such signal to one process
        assert (tmp_path / "home" / ".centreline-page.json").exists()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert not (tmp_path / "home" / ".centreline-page.json").exists()


def test_what_cannot_be_opened_is_one_sentence_before_any_page(start, tmp_path, capsys):
    from planner.cli.entry import run

    assert run(["open", str(tmp_path / "nothing.centreline"), "--no-browser"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_version_is_told_without_loading_the_page():
    code = "import sys; from planner.cli import main\ntry:\n main()\nexcept SystemExit: pass\nprint('panel' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "False"


def test_pages_are_opened_ahead_and_a_server_that_is_killed_loses_nothing_and_calls_nothing_saved_that_came_after(
    start, browser, tmp_path
):
    path = a_project(tmp_path, "small", accepted=Accepted(candidate="a" * 64, layout=a_layout(counter("r1", 4000))))
    process, told = start(str(path), "--keep")
    page = patient_context(browser).new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(told["url"])
    page.locator("html[data-centreline=ready]").wait_for(state="attached")
    shown = page.locator(".cl-page:not([inert])")
    first = shown.get_attribute("class")
    expect(page.locator(".cl-page[inert]").first).to_be_attached()  # built while hands rest, and not seen
    assert shown.get_attribute("class") == first
    for number in (1, 4, 8):
        page.keyboard.press(f"Alt+{number}")
        expect(page.locator(f".cl-page-{PAGES[number - 1]}")).to_be_visible()
    assert faults == []
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="What do you want to do?").fill("project")
    page.get_by_role("option", name="Project", exact=True).click()
    name = page.get_by_label("Name", exact=True)
    name.fill("Kept")
    name.press("Enter")

    def saved() -> bool:
        with open_source(path) as source:
            return source.project.site.name == "Kept"

    until(saved, pause=lambda: page.wait_for_timeout(100))
    page.keyboard.press("Alt+1")
    editor = page.locator(".cl-page-plan .ed-root")
    drawn = "root => root.editor.rev > 0 && root.editor.view.ranges !== null"
    until(lambda: editor.count() and editor.evaluate(drawn), pause=lambda: page.wait_for_timeout(100))
    page.locator(".cl-page-plan .ed-stage").focus()
    page.keyboard.press("Control+a")
    process.kill()
    lost = page.locator(".cl-lost")
    expect(lost).to_contain_text("The connection to Centreline is lost")
    expect(lost).to_contain_text("All that you did until a moment before is saved")
    assert saved()
    page.keyboard.press("ArrowRight")
    expect(lost).to_contain_text("what you did last is not saved")
    page.context.close()
