"""Storeys and wishes on the page *Layout*, and the best so far drawn over what stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from layouts.layout import Layout
from planner.project import Accepted
from planner.ui.editor.levels import levels_of
from planner.ui.placing import Incumbent, outlines_of
from planner.ui.wishes import free_id, sentence_of
from planner.ui.words import Words
from solvers.placement.wish import Wish
from tests.planner.small_centre import a_small_centre
from tests.ui.conftest import a_project
from tests.ui.test_variants import a_layout, counter
from tests.ui.waiting import expect

ED = "(root) => root.editor"


def of_two_storeys() -> dict[str, Any]:
    """The small centre's hall and the same above it, a counter on each."""
    plan = a_small_centre().plan
    assert plan is not None
    below = replace(plan.levels[0], name="Ground floor")
    above = replace(below, id="upper", name="First floor", elevation_mm=4_000)
    placed = a_layout(counter("r1", 4000)).levels[0]
    layout = Layout(levels=(placed, replace(placed, level="upper", items=(replace(placed.items[0], id="r2"),))))
    return {"plan": replace(plan, levels=(above, below)), "accepted": Accepted(candidate="a" * 64, layout=layout)}


def test_storeys_are_offered_from_the_lowest_up_by_names_that_differ() -> None:
    project = a_small_centre(**of_two_storeys())
    assert project.plan is not None
    assert list(levels_of(project)) == ["Ground floor", "First floor"]
    same = replace(project, plan=replace(project.plan, levels=tuple(replace(lv, name="") for lv in project.plan.levels)))
    assert list(levels_of(same).values()) == [project.plan.levels[1].id, "upper"]


def test_wishes_are_told_as_sentences_and_have_ids_of_their_own() -> None:
    names, words = {"cash": "Cashier", "wc": "Toilets"}, Words("en")
    near = Wish(id="near-entrance-1", kind="near_entrance", module="cash", within_m=4.5)
    apart = Wish(id="apart-1", kind="apart", module="cash", other="wc")
    assert sentence_of(near, names, words) == "Cashier at most 4.5 m from an entrance"
    assert sentence_of(apart, names, words) == "Cashier and Toilets do not touch"
    area = Wish(id="k", kind="keep_out", area=((0, 0), (2_000, 0), (2_000, 1_000), (0, 1_000)))
    assert "2.0 m²" in sentence_of(area, names, words)
    assert free_id(a_small_centre(wishes=(near,)), "near_entrance") == "near-entrance-2"


def test_storeys_wishes_and_the_best_so_far_on_the_page(open_project: Callable[..., Any], tmp_path: Any) -> None:
    tab = open_project(a_project(tmp_path, "two", **of_two_storeys()))
    page, workspace = tab.page, tab.workspace
    tab.go_to("layout")
    editor = page.locator(".cl-page-layout .ed-root")

    def choose(css: str, option: str) -> None:
        page.locator(f".cl-page-layout {css} [role=combobox]").click()
        page.locator("li", has_text=option).last.click()

    def stands(ident: str) -> Any:
        return tab.until(lambda: editor.evaluate(f"(root) => root.editor.truth.has('item:{ident}')"))

    stands("r1")
    choose(".cl-level", "First floor")
    stands("r2")
    tab.go_to("plan")  # goes along
    tab.until(lambda: page.locator(".cl-page-plan .ed-root").evaluate("(root) => root.editor.truth.has('item:r2')"))

    tab.go_to("layout")
    choose(".cl-wish-kind", "Near an entrance")
    page.locator(".cl-wish-metres input").fill("6")
    page.locator(".cl-wish-add").click()
    tab.until(lambda: [w.within_m for w in workspace.project.wishes] == [6.0])
    expect(page.get_by_text("at most 6 m from an entrance", exact=False)).to_have_count(1)
    page.locator(".cl-wish-remove").click()
    tab.until(lambda: workspace.project.wishes == ())

    free = Wish(id="free-1", kind="keep_out", level="upper", area=((0, 0), (2_000, 0), (2_000, 1_000), (0, 1_000)))
    workspace.change(replace(workspace.project, wishes=(free,)), "free")
    page.get_by_text("Nothing solid stands on 2.0 m² kept free", exact=True).wait_for()  # its button's hint says so too
    choose(".cl-wish-of", "Registration")
    tab.until(lambda: workspace.project.wishes == (replace(free, module="registration"),))
    page.get_by_text("Registration leaves 2.0 m² free").wait_for()


def test_the_outlines_of_the_best_so_far_are_those_of_the_storey_that_is_shown() -> None:
    layout = of_two_storeys()["accepted"].layout
    seen = Incumbent(svg="", outlines=outlines_of(layout))
    assert seen.on("upper") == (layout.levels[1].items[0].polygon,)
    assert seen.on("cellar") == ()
