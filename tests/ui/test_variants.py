"""Variants side by side in a browser: one zoom for both, arrows, what became better."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.layout_json import layout_to_json
from layouts.layout import Item, Layout, LevelLayout
from planner.project import Accepted
from planner.project import Variant as Kept
from planner.source import PLACEMENT, open_source
from planner.ui.variants import VariantsCard
from tests.planner.small_centre import a_hall
from tests.ui.conftest import a_project
from tests.ui.waiting import expect


def counter(name, x):
    ring = ((x, 12_000), (x + 1500, 12_000), (x + 1500, 12_700), (x, 12_700))
    return Item(
        id=name, kind="counter", bank="registration", polygon=ring, insert_mm=(x + 750, 12_000), rotation_deg=0.0,
        services=("deed",),
    )  # fmt: skip


def a_layout(*items):
    return Layout(levels=(LevelLayout(level="L0", items=items, public=(), staff=()),))


def answer(layout, walk, plan=None):
    return {"layout": layout_to_json(plan or a_hall(), layout), "measures": {"walk_m_per_visit": walk, "linearity_index": 60.0}}


@pytest.fixture
def comparing(open_part, tmp_path):
    pair = a_layout(counter("r1", 4000)), a_layout(counter("r1", 9000), counter("r2", 11_000))

    def opened(layouts=pair, **changed):
        before, after = layouts
        path = a_project(tmp_path, "mine", accepted=Accepted(candidate="a" * 64, layout=before), **changed)
        with open_source(path, write=True) as source:
            source.answers.put("a" * 64, PLACEMENT, answer(before, 41.0, changed.get("plan")))
            source.answers.put("b" * 64, PLACEMENT, answer(after, 38.5, changed.get("plan")))
        tab = open_part(path, VariantsCard)
        tab.page.locator("svg image").nth(1).wait_for(state="attached")
        return tab

    return opened


def boxes(tab):
    return [tab.page.locator("svg:has(image)").nth(n).get_attribute("viewBox") for n in (0, 1)]


def test_the_accepted_layout_stands_beside_the_newest_candidate_with_what_changed(comparing):
    tab = comparing()
    tab.page.get_by_text("Moved: 1, come: 1, gone: 0, where they were: 0.").wait_for()
    tab.page.locator("svg text").get_by_text("5.0 m").wait_for()
    tab.page.get_by_text("-2.5").wait_for()
    expect(tab.page.get_by_text("better", exact=True)).to_have_count(1)


def test_a_third_stands_beside_them_with_arrows_of_its_own_and_the_same_zoom(comparing):
    third = Kept(id="v1", name="By the window", layout=a_layout(counter("r1", 6000)), candidate="")
    tab = comparing(variants=(third,))
    expect(tab.page.locator("svg:has(image)")).to_have_count(2)
    tab.page.locator(".cl-variant-second [role=combobox]").click()
    tab.page.locator("li", has_text="Newest").last.click()
    tab.page.locator(".cl-variant-third [role=combobox]").click()
    tab.page.locator("li", has_text="By the window").last.click()
    pictures = tab.page.locator("svg:has(image)")
    expect(pictures).to_have_count(3)
    expect(pictures.nth(2).locator("text")).to_have_text(["2.0 m"])
    expect(pictures.nth(1).locator("text")).to_have_text(["5.0 m"])
    tab.page.get_by_text("-2.5 better").wait_for()
    pictures.nth(2).hover()
    tab.page.mouse.wheel(0, -300)
    tab.until(lambda: len({pictures.nth(n).get_attribute("viewBox") for n in range(3)}) == 1)


def test_what_is_shown_as_no_change_is_called_neither_better_nor_worse():
    from planner.ui.variants.card import delta_table
    from planner.ui.words import Words
    from planner.variants import Delta

    changes = [Delta(name="walk_m_per_visit", first=40.0, second=40.0 + by, change=by, better=False) for by in (0.01, 0.2)]
    assert list(delta_table(tuple(changes), Words("en")).value["verdict"]) == ["", "worse"]


def test_both_pictures_zoom_and_pan_as_one_by_wheel_and_by_keys(comparing):
    tab = comparing()
    tab.until(lambda: boxes(tab)[0] and boxes(tab)[0] == boxes(tab)[1])
    whole = boxes(tab)
    right = tab.page.locator("svg:has(image)").nth(1)
    right.hover()
    tab.page.mouse.wheel(0, -300)
    tab.until(lambda: boxes(tab) != whole and boxes(tab)[0] == boxes(tab)[1])
    near = boxes(tab)
    tab.page.mouse.wheel(0, 3000)
    tab.until(lambda: boxes(tab) == whole)  # never smaller than the whole: further turns of the wheel scroll the page
    tab.page.mouse.wheel(0, -300)
    tab.until(lambda: boxes(tab) == near)
    right.focus()
    tab.page.keyboard.press("ArrowRight")
    tab.until(lambda: boxes(tab) != near and boxes(tab)[0] == boxes(tab)[1])
    tab.page.keyboard.press("0")
    tab.until(lambda: boxes(tab) == whole)


def test_each_storey_has_its_picture_and_its_arrows(comparing):
    hall = a_hall()
    lower = replace(hall.levels[0], name="Ground floor")
    upper = replace(lower, id="L1", name="First floor", elevation_mm=4_000)

    def two(below, above):
        floors = a_layout(counter("r1", below)).levels[0], replace(a_layout(counter("r2", above)).levels[0], level="L1")
        return Layout(levels=floors)

    tab = comparing(layouts=(two(4000, 5000), two(9000, 8000)), plan=replace(hall, levels=(lower, upper)))
    labels = tab.page.locator("svg:has(image) text")
    expect(labels).to_have_text(["5.0 m"])
    tab.page.locator(".cl-variant-level [role=combobox]").click()
    tab.page.locator("li", has_text="First floor").last.click()
    expect(labels).to_have_text(["3.0 m"])


def test_on_a_dark_page_the_drawings_lie_on_dark_ground(comparing):
    tab = comparing()
    ground = "(svg) => getComputedStyle(svg).backgroundColor"
    tab.part.dark(True)
    tab.until(lambda: tab.page.locator("svg:has(image)").first.evaluate(ground) == "rgb(25, 25, 25)")


def test_machines_can_read_the_card(comparing):
    tab = comparing()
    # the frame that the page of this test stands in has an empty heading of its own
    assert [fault for fault in tab.axe() if "MuiTypography-h5" not in fault] == []


def test_an_answer_that_is_no_layout_is_told_and_breaks_nothing(comparing):
    tab = comparing()
    workspace = tab.workspace
    workspace.answers.put("c" * 64, PLACEMENT, {"layout": {"levels": "none"}})
    workspace.change(replace(workspace.project, accepted=None), "not accepted")
    tab.page.get_by_text("cccccccc").first.wait_for()
    tab.page.locator(".MuiAlert-root").first.wait_for()
