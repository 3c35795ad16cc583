"""The shell in a browser: navigation, undo, palette, two tabs in step."""

from __future__ import annotations

from dataclasses import replace

from planner.project import Project


def renamed(project: Project, name: str) -> Project:
    return replace(project, site=replace(project.site, name=name))


def test_every_page_can_be_reached_by_its_key(open_project, small_project):
    tab = open_project(small_project)
    for name in ("plan", "demand", "capacity", "layout", "checks", "day", "roster", "handover"):
        tab.go_to(name)


def test_a_change_made_elsewhere_can_be_undone_with_ctrl_z(open_project, small_project):
    tab = open_project(small_project)
    before = tab.workspace.project
    tab.workspace.change(renamed(before, "Other"), "rename")
    tab.page.locator("body").press("Control+z")
    tab.until(lambda: tab.workspace.project == before)
    tab.page.locator("body").press("Control+Shift+Z")
    tab.until(lambda: tab.workspace.project.site.name == "Other")


def test_the_palette_finds_an_action_by_a_word_of_it(open_project, small_project):
    tab = open_project(small_project)
    tab.page.keyboard.press("Control+k")
    tab.page.get_by_role("combobox", name="What do you want to do?").fill("hand-over")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".cl-page-handover").wait_for(state="visible")
