"""The page Day in a browser: simulate, look, play a day on the plan and without one, by keys too."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from planner.project import Accepted
from planner.ui.day.player import DayPlayer
from planner.ui.day.replay import replay_of
from planner.ui.day.work import asked_of
from planner.ui.pages.day import PLAYER_WORDS
from planner.ui.states import SIMULATION
from tests.planner.small_centre import a_small_centre
from tests.ui.conftest import a_project
from tests.ui.test_day_replay import a_layout, traced
from tests.ui.waiting import expect


@cache
def simulated():
    """Few days, worked out once for all tests."""
    from planner.chain.simulating import simulate_days

    return simulate_days(a_small_centre(), days=20, seed=1, compared=True)


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """The kernel is compiled here, once: its 20 s of processor are minutes in a helper on a loaded machine."""
    simulated()


def keep_answer(workspace):
    answer = simulated() | {"asked": asked_of(workspace.frozen()), "layout": "", "rostered": False}
    workspace.answers.put("d" * 64, SIMULATION, answer)


@pytest.fixture
def tab(kept_tab):
    keep_answer(kept_tab.workspace)
    kept_tab.go_to("day")
    kept_tab.page.locator(".cl-day-banks .tabulator-row").first.wait_for()
    return kept_tab


def watch(tab):
    tab.page.locator(".cl-start-replay").click()
    tab.page.locator(".cl-player .clock").wait_for(state="visible", timeout=90_000)


def clock(tab):
    return tab.page.locator(".cl-player .clock").inner_text()


def shows(tab, time):
    expect(tab.page.locator(".cl-player .clock")).to_have_text(time)


def test_a_day_is_simulated_at_the_press_of_a_button_and_the_page_is_ready(kept_tab):
    tab = kept_tab
    tab.go_to("day")
    box = tab.page.locator(".cl-days input")
    box.fill("20")
    box.press("Enter")
    tab.page.locator(".cl-start-simulation").click()
    kept = tab.until(lambda: tab.workspace.answers.all_of(SIMULATION), 120)
    assert kept[0].body["days"] == 20
    tab.page.locator(".cl-day-banks .tabulator-row").first.wait_for()
    expect(tab.page.locator(".cl-day-banks .tabulator-row")).to_have_count(3)


def test_banks_services_and_scenarios_are_told_with_their_intervals(tab):
    rows = tab.page.locator(".cl-day-scenarios .tabulator-row")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("…")
    expect(rows.nth(1)).to_contain_text("Peak")
    tab.page.get_by_text("The simulated day is outdated.").first.wait_for(state="hidden")


def test_other_demand_makes_the_simulated_day_outdated(tab):
    project = tab.workspace.project
    more = tuple(replace(a, persons=a.persons + 1) for a in project.arrivals)
    tab.workspace.change(replace(project, arrivals=more), "more")
    tab.page.locator(".cl-page-day").get_by_text("The simulated day is outdated.").wait_for()


def test_without_a_layout_the_lines_are_played(tab):
    watch(tab)
    expect(tab.page.locator(".cl-player .queues .name")).to_have_text(["Reception", "Registration", "Cashier"])
    expect(tab.page.locator(".cl-player .floor")).to_be_hidden()
    tab.page.locator(".cl-hours .tabulator-row").first.wait_for()


def test_the_day_is_played_on_the_plan_and_steered_by_keys(open_project, tmp_path):
    placed = Accepted(candidate="c" * 64, layout=a_layout())
    tab = open_project(a_project(tmp_path, "placed", accepted=placed))
    tab.go_to("day")
    watch(tab)
    shows(tab, "09:00")
    tab.until(lambda: int(tab.page.locator(".cl-player canvas").get_attribute("data-shown") or 0) > 0)
    slider = tab.page.locator(".cl-player input.time")
    slider.focus()
    tab.page.keyboard.press("ArrowRight")
    shows(tab, "09:01")
    tab.page.keyboard.press("Shift+ArrowLeft")
    shows(tab, "08:46")
    tab.page.keyboard.press("Home")
    shows(tab, "08:00")
    tab.page.keyboard.press(" ")
    expect(tab.page.locator(".cl-player")).to_have_attribute("data-playing", "1")
    tab.until(lambda: clock(tab) > "08:01")
    tab.page.locator(".cl-player .play").click()
    expect(tab.page.locator(".cl-player")).to_have_attribute("data-playing", "")
    stopped = clock(tab)
    tab.page.wait_for_timeout(1_500)
    assert clock(tab) == stopped


class Played:
    """The player alone; what is put into `coming` reaches the browser."""

    def __init__(self, session):
        self.coming: list = []
        self._player = DayPlayer(words={name: name for name in PLAYER_WORDS} | {"dir": "ltr"})

    def view(self):
        return self._player

    def refresh(self):
        if self.coming:
            self._player.data = self.coming.pop()


def test_a_day_of_fewer_storeys_takes_the_place_of_one_that_is_playing(open_part, tmp_path):
    tab = open_part(a_project(tmp_path, "two"), Played)
    replay = replay_of(a_small_centre(), traced(), a_layout())
    ground, upper = ({"name": name, "picture": "", "frame": [0, -15_000, 20_000, 15_000]} for name in ("Ground", "Upper"))
    tab.part.coming.append(replay | {"shown": [ground, upper]})
    tab.page.get_by_role("button", name="Upper").click()
    tab.page.locator(".cl-player .play").click()
    tab.part.coming.append(replay | {"shown": [ground]})
    expect(tab.page.get_by_role("button", name="Upper")).to_have_count(0)
    tab.page.set_viewport_size({"width": 900, "height": 700})  # drawn anew
    tab.until(lambda: int(tab.page.locator(".cl-player canvas").get_attribute("data-shown") or 0) > 0)
    assert tab.faults == []


def test_machines_can_read_the_page(tab):
    watch(tab)
    tab.settle()
    assert tab.axe() == []
