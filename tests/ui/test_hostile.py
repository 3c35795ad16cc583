"""Names from files are text: a project full of markup runs nothing, on any page, in any list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.planner.small_centre import a_small_centre
from tests.ui.conftest import PAGES, a_project
from tests.ui.test_day import keep_answer, watch
from tests.ui.test_demand import show
from tests.ui.waiting import expect

MARK = "window.hurt=(window.hurt||0)+1"
EVIL = f'<img src=x onerror="{MARK}"><script>{MARK}</script>'
LINK = "![x](http://evil.example/x.png) [y](javascript:hurt())"


def evil_centre() -> dict[str, Any]:
    """Every name of the small centre as markup; the ids stay, since they are ours to choose."""
    project = a_small_centre()
    return {
        "site": replace(project.site, name=EVIL + LINK, ministry=EVIL),
        "banks": tuple(replace(b, name=f"{b.name} {EVIL}") for b in project.banks),
        "services": tuple(replace(s, name=f"{s.name} {EVIL} {LINK}", source=EVIL) for s in project.services),
        "day_types": tuple(replace(d, name=EVIL) for d in project.day_types),
        "rooms": tuple(replace(r, name=EVIL) for r in project.rooms),
        "staff": tuple(replace(p, name=f"{EVIL}{n}") for n, p in enumerate(project.staff)),
        "costs": replace(project.costs, source=EVIL),
    }


def unhurt(tab: Any) -> bool:
    return tab.page.evaluate("window.hurt === undefined")


def test_no_page_layout_check_or_version_runs_a_name(open_project, tmp_path):
    tab = open_project(a_project(tmp_path, "evil", **evil_centre()))
    for name in PAGES:
        tab.go_to(name)
        tab.settle()
        assert unhurt(tab), name
    a_layout_and_its_checks(tab)
    every_part_of_demand(tab)
    the_day_is_played(tab)
    the_versions(tab)
    assert tab.page.locator('img[src="x"]').count() == 0


def a_layout_and_its_checks(tab):
    tab.go_to("layout")
    tab.page.locator(".cl-start-place").click()
    tab.until(lambda: tab.workspace.answers.all_of("placement"), 120)
    tab.settle()
    tab.go_to("checks")
    tab.page.get_by_text("passed", exact=True).last.wait_for()
    assert unhurt(tab)


def every_part_of_demand(tab):
    tab.go_to("demand")
    for part in ("arrivals", "centre", "processes"):
        show(tab, part)
        tab.settle()
    assert unhurt(tab)


def the_day_is_played(tab):
    keep_answer(tab.workspace)
    tab.go_to("day")
    watch(tab)
    tab.page.locator(".cl-hours .tabulator-row").first.wait_for()
    expect(tab.page.locator(".cl-player .queues .name").first).to_contain_text("<img")
    assert unhurt(tab)


def the_versions(tab):
    tab.workspace.change(replace(tab.workspace.project, id="other"), EVIL)
    tab.page.keyboard.press("Alt+v")
    tab.page.get_by_text("What was done").wait_for()
    tab.settle()
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Control+z")
    tab.settle()
    assert unhurt(tab)


def test_no_list_of_projects_runs_a_name(new_tab, served):
    import shutil

    plain = a_project(served.home, "plain", **evil_centre())
    try:
        shutil.copy(plain, served.home / f"<img src=x onerror={MARK}>.centreline")
    except OSError:
        pytest.skip("this system has no such file names")
    tab = new_tab(served)
    tab.page.goto(served.link())
    tab.page.locator(".cl-project").first.wait_for()
    tab.settle()
    expect(tab.page.locator(".cl-project")).to_have_count(2)
    assert unhurt(tab)
