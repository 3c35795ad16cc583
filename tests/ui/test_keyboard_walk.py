"""Without a mouse: from a blank project to the architect's drawing by keys alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import ezdxf
import pytest

from planner.ui.workspace import open_workspaces
from tests.ui.conftest import Tab
from tests.ui.waiting import expect

HALL_M = ("18", "13")
FOCUSED = """(wanted) => {
  let at = document.activeElement
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement
  return at !== null && at !== document.body && (at === wanted || wanted.contains(at))
}"""


class Keys:
    """What a keyboard can do, and nothing else."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.page = tab.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, thing: Any, most: int = 120) -> None:
        """Go on with Tab until the focus is there."""
        thing.wait_for()
        for _ in range(most):
            if thing.evaluate(FOCUSED):
                return
            self.press("Tab")
        pytest.fail(f"the focus never reached {thing}")

    def push(self, thing: Any) -> None:
        self.reach(thing)
        self.press("Enter")

    def command(self, words: str) -> None:
        """Something of the palette by its words."""
        self.press("Control+k")
        box = self.page.get_by_role("combobox", name="What do you want to do?")
        expect(box).to_be_focused()
        self.type(words)
        self.press("Enter")
        expect(box).to_have_count(0)


def test_from_a_blank_project_to_the_drawing(new_tab, served, tmp_path):
    tab = new_tab(served)
    keys, page = Keys(tab), tab.page
    page.goto(served.link())
    tab.ready()
    a_blank_project(keys)
    workspace = tab.until(lambda: next(iter(open_workspaces()), None))
    tab.workspace = workspace
    the_hall(keys)
    what_people_come_for(keys)
    in_a_layout(keys)
    body = handed_over(keys)
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        name = next(n for n in package.namelist() if n.endswith(".dxf"))
        package.extract(name, tmp_path)
    doc = ezdxf.readfile(tmp_path / name)
    assert not doc.audit().errors
    assert any(insert.dxf.layer.endswith("-N") for insert in doc.modelspace().query("INSERT"))


def a_blank_project(keys: Keys) -> None:
    page = keys.page
    keys.push(page.locator(".cl-new button"))
    keys.reach(page.get_by_label("Name", exact=True))
    keys.press("Control+a")
    keys.type("By keys")
    keys.reach(page.get_by_role("dialog").get_by_role("combobox").first)
    keys.press("Enter")
    page.get_by_role("menuitem", name="Blank").wait_for()
    keys.press("End", "Enter")
    keys.push(page.get_by_role("button", name="Create").first)
    page.wait_for_url("**/project?id=*")
    keys.tab.ready()


def the_hall(keys: Keys) -> None:
    """Four typed walls, then doors that stick to them."""
    tab = keys.tab
    width, depth = HALL_M
    tab.go_to("plan")
    keys.page.locator(".cl-page-plan .ed-stage").wait_for()
    ready = "root => root.editor.rev > 0 && root.editor.view.ranges !== null"
    tab.until(lambda: keys.page.locator(".cl-page-plan .ed-root").evaluate(ready))
    keys.reach(keys.page.locator(".cl-page-plan .ed-stage"))
    keys.press("w", "0", "Tab", "0", "Enter")
    for length, angle in ((width, "0"), (depth, "90"), (width, "180"), (depth, "270")):
        keys.type(length)
        keys.press("Tab")
        keys.type(angle)
        keys.press("Enter")
    tab.until(lambda: tab.workspace.project.plan and len(tab.workspace.project.plan.levels[0].outline) == 4)
    keys.press("Shift+Digit1", "d", "ArrowRight")
    for count, (uses, x, y) in enumerate(((1, 0, 6_500), (1, 18_000, 6_500), (2, 4_000, 13_000)), start=1):
        walk_to(keys, x, y)
        keys.press(*(["Tab"] * uses), "Enter")
        tab.until(lambda count=count: len(doors_of(tab)) == count)
    assert [door.use for door in doors_of(tab)] == ["entrance", "exit", "staff"]


def doors_of(tab: Tab) -> Any:
    return tab.workspace.project.plan.levels[0].doors


def walk_to(keys: Keys, x: int, y: int) -> None:
    """By arrows, ten steps at a time while it is far."""
    editor = keys.page.locator(".cl-page-plan .ed-root")
    (at_x, at_y), step = editor.evaluate("root => [root.editor.cross, root.editor.gridStep()]")
    for way, back, far in (("ArrowRight", "ArrowLeft", x - at_x), ("ArrowUp", "ArrowDown", y - at_y)):
        tens, ones = divmod(round(abs(far) / step), 10)
        key = way if far > 0 else back
        keys.press(*([f"Shift+{key}"] * tens), *([key] * ones))


def what_people_come_for(keys: Keys) -> None:
    tab, page = keys.tab, keys.page
    tab.go_to("demand")
    keys.command("counters, days")
    keys.push(page.locator(".cl-banks-add button"))
    tab.until(lambda: tab.workspace.project.banks)
    keys.push(page.locator(".cl-day-types-add button"))
    tab.until(lambda: tab.workspace.project.day_types)
    keys.reach(page.locator('.cl-day-types .tabulator-row [tabulator-field="weekdays"]'))
    keys.press("Control+a")
    keys.type("sun, mon, tue, wed, thu")
    keys.press("Enter")
    tab.until(lambda: len(tab.workspace.project.day_types[0].weekdays) == 5)
    tab.go_to("roster")
    for count in (1, 2, 3):
        keys.push(page.locator(".cl-staff-add button"))
        tab.until(lambda count=count: len(tab.workspace.project.staff) == count)
    tab.go_to("demand")
    keys.reach(page.locator(".cl-page-demand").get_by_role("tab", selected=True))
    keys.press("Home", "Enter")
    keys.reach(page.locator(".cl-new-service input"))
    keys.type("Passport")
    keys.push(page.locator(".cl-add-service button"))
    tab.until(lambda: tab.workspace.project.services)
    keys.reach(page.locator(".cl-page-demand").get_by_role("tab", selected=True))
    keys.press("Home", "ArrowRight", "Enter")
    keys.push(page.locator(".cl-paste button"))
    keys.reach(page.locator(".cl-paste-text textarea").first)
    keys.type("\n".join(["6"] * 14))
    keys.push(page.locator(".cl-paste-look button"))
    expect(page.locator(".cl-paste-apply button")).to_be_enabled()
    keys.push(page.locator(".cl-paste-apply button"))
    tab.until(lambda: tab.workspace.project.arrivals)


def in_a_layout(keys: Keys) -> None:
    tab, page = keys.tab, keys.page
    tab.go_to("capacity")
    page.get_by_text("Positions by bank").wait_for()
    tab.go_to("layout")
    keys.push(page.locator(".cl-start-place button"))
    tab.until(lambda: tab.workspace.answers.all_of("placement"), 120)
    keys.push(page.locator(".cl-candidates .act-accept:not([disabled])").first)
    tab.until(lambda: tab.workspace.project.accepted)


def handed_over(keys: Keys) -> bytes:
    tab, page = keys.tab, keys.page
    tab.go_to("handover")
    keys.reach(page.locator(".cl-what").get_by_role("button").first)
    keys.press("ArrowRight", "Enter")
    expect(page.locator(".cl-kinds")).to_be_visible()
    keys.push(page.locator(".cl-start-deliver button"))
    page.locator(".cl-download").wait_for()
    keys.reach(page.locator(".cl-download").get_by_role("link").or_(page.locator(".cl-download button")).first)
    with page.expect_download() as waiting:
        keys.press("Enter")
    return Path(waiting.value.path()).read_bytes()
