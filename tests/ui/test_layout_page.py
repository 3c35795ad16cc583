"""The page *Layout* without a search: padlocks, stale figures, remedies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.project import Accepted, Pin
from planner.source import PLACEMENT
from planner.ui.jobs import start_job
from planner.ui.pins import modules_of, placed_in
from planner.ui.trouble import Trouble
from solvers.placement.wish import Wish
from tests.planner.small_centre import a_small_centre
from tests.ui.conftest import a_project
from tests.ui.test_variants import a_layout, answer, counter
from tests.ui.waiting import expect, until


def test_padlocks_pin_modules_and_figures_of_a_layout_changed_since_are_not_shown(
    open_project: Callable[..., Any], tmp_path: Any
) -> None:
    layout = a_layout(counter("r1", 4000), counter("r2", 6000))
    tab = open_project(a_project(tmp_path, "mine", accepted=Accepted(candidate="a" * 64, layout=layout)))
    page, workspace = tab.page, tab.workspace
    workspace.answers.put("a" * 64, PLACEMENT, answer(layout, 41.0) | {"poses": [{"element": "registration"}]})
    tab.go_to("layout")
    page.get_by_text("m of walking a visit", exact=True).wait_for()
    page.get_by_role("button", name="Pin Registration where it stands").click()
    tab.until(lambda: workspace.project.pins == (Pin(id="registration"),))
    page.get_by_role("button", name="Let Registration move again").wait_for()
    page.locator(".cl-optimise-rest button:not([disabled])").wait_for()
    page.locator(".cl-pin").first.click()
    tab.until(lambda: workspace.project.pins == ())

    drawing = page.locator(".cl-page-layout .ed-root")
    tab.in_step()
    stood_at = drawing.bounding_box()["y"]
    moved = a_layout(counter("r1", 4500), counter("r2", 6000))
    workspace.change(replace(workspace.project, accepted=Accepted(candidate="a" * 64, layout=moved)), "move")
    page.get_by_text("The accepted layout, changed by hand").wait_for()
    page.get_by_text("m of walking a visit", exact=True).wait_for(state="hidden")
    assert abs(drawing.bounding_box()["y"] - stood_at) < 4, "the drawing stays under the hand"
    workspace.undo()
    page.get_by_text("m of walking a visit", exact=True).wait_for()


def test_modules_are_those_that_were_placed_and_else_those_that_stand() -> None:
    project = a_small_centre(accepted=Accepted(candidate="a" * 64, layout=a_layout(counter("r1", 0))))
    assert placed_in({"poses": [{"element": "notary"}, {"element": 3}, "x"]}) == ("notary",) and placed_in(None) == ()
    assert [ident for ident, _ in modules_of(project, ())] == ["registration"]
    assert [ident for ident, _ in modules_of(project, ("notary",))] == ["notary"]


def with_change(kind: str, **values: Any) -> dict[str, Any]:
    return {"code": f"placement.with_{kind}", "values": values}


CLASH = [
    {"code": "placement.clash", "values": {"wishes": "by-the-door, registration"}},
    {"code": "placement.relax_spine", "values": {"width_mm": 1500}},
    {"code": "placement.no_spine", "values": {"least_width_mm": 1800}},
    {
        "code": "placement.relax_pair",
        "values": {"one": with_change("staff_zone", depth_mm=2300), "other": with_change("toilets", module="toilets")},
    },
]


class Told:
    """The trouble card, told once of an answer without a layout."""

    def __init__(self, session: Any, again: list[str], status: str, reasons: list[Any]) -> None:
        self._card = Trouble(session, lambda: again.append("again"))
        self._once = True
        self._status, self._reasons = status, reasons

    def view(self) -> Any:
        return self._card.view()

    def refresh(self) -> None:
        if self._once:
            self._once = False
            self._card.explain(self._status, self._reasons)


def test_that_a_search_has_ended_is_seen_before_why_it_found_nothing_is_told(
    open_project: Callable[..., Any], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_project(a_project(tmp_path, "mine"))
    tab.go_to("layout")
    stop, tell, explain = tab.page.locator(".cl-cancel-place"), threading.Event(), Trouble.explain

    def slowly(self: Trouble, *told: Any) -> None:
        assert tell.wait(60)
        explain(self, *told)

    def work(_: Any, cancel: Any) -> Any:
        until(lambda: cancel)
        return {"solution": {"status": "cancelled"}}

    monkeypatch.setattr(Trouble, "explain", slowly)
    start_job(tab.workspace, "place", work)
    stop.locator("button:not([disabled])").click()
    expect(stop).to_be_hidden()
    tell.set()
    tab.page.locator(".cl-trouble").get_by_role("alert").wait_for()


def test_a_search_without_reasons_promises_no_list_of_them(open_part: Callable[..., Any], tmp_path: Any) -> None:
    tab = open_part(a_project(tmp_path, "mine"), lambda session: Told(session, [], "unknown", []))
    tab.page.get_by_text("Nothing was found in the time given, which proves nothing. Give it longer.").wait_for()
    assert tab.page.locator("ul:visible").count() == 0


def test_a_remedy_is_one_step_and_the_search_begins_again(open_part: Callable[..., Any], tmp_path: Any) -> None:
    wish = Wish(id="by-the-door", kind="near_entrance", module="registration", within_m=3)
    again: list[str] = []
    path = a_project(tmp_path, "mine", wishes=(wish,))
    tab = open_part(path, lambda session: Told(session, again, "infeasible", CLASH))
    tab.page.get_by_text("this is proven").wait_for()
    tab.page.locator(".cl-remedy-wish").click()
    tab.until(lambda: again == ["again"])
    assert tab.workspace.project.wishes == ()
    tab.workspace.undo()
    assert tab.workspace.project.wishes == (wish,)
    tab = open_part(path, lambda session: Told(session, again, "infeasible", CLASH))
    tab.page.get_by_text("No single click settles this; it can be mended on the page Plan.").wait_for()
    tab.page.locator(".cl-remedy-aisle_below").click()
    tab.until(lambda: len(again) == 2)
    assert tab.workspace.project.planning.main_aisle_mm == 1500
    tab.workspace.undo()
    assert tab.workspace.project.planning.main_aisle_mm == 0
    tab = open_part(path, lambda session: Told(session, again, "infeasible", CLASH))
    tab.page.get_by_text("2300 mm of floor behind the counters, and Toilets in two places").first.wait_for()
    tab.page.locator(".cl-remedy-pair").click()
    tab.until(lambda: len(again) == 3)
    before = tab.workspace.project
    assert before.planning.staff_zone_mm == 2300 and [r.count for r in before.rooms if r.kind == "toilets"] == [2]
    tab.workspace.undo()
    after = tab.workspace.project
    assert after.planning.staff_zone_mm == 0 and [r.count for r in after.rooms if r.kind == "toilets"] == [1], "both at once"
