"""Candidates and named variants as cards in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.chain.sought import sought
from planner.kept_variants import save_variant
from planner.project import Accepted
from planner.source import PLACEMENT, open_source
from planner.ui.variants.cards import act_of, card_of, read_act
from planner.ui.variants.gallery import Gallery
from tests.ui.conftest import a_project
from tests.ui.test_variants import a_layout, answer, counter


@pytest.fixture
def gallery(open_part: Callable[..., Any], tmp_path: Any) -> Callable[..., Any]:
    def opened(language: str = "en") -> Any:
        before, after = a_layout(counter("r1", 4000)), a_layout(counter("r1", 9000))
        path = a_project(tmp_path, "mine", accepted=Accepted(candidate="a" * 64, layout=before))
        compared: list[str] = []
        storeys = {"differs_in": ["sides"], "differs_on": ["L0"], "sought": sought("side:reg:1", {"reg": "Registration"})}
        choice = {"leaning": "comfort", "comfort": 71.0, "new_walls_m": 12.5}
        with open_source(path, write=True) as source:
            source.answers.put("a" * 64, PLACEMENT, answer(before, 41.0) | {"choice": storeys})
            source.answers.put("b" * 64, PLACEMENT, answer(after, 38.5) | {"choice": choice})
        tab = open_part(path, lambda session: Gallery(session, compared.append), language)
        tab.compared = compared
        tab.page.locator(".act-accept").nth(1).wait_for()
        return tab

    return opened


def names(tab: Any) -> list[str]:
    return [v.name for v in tab.workspace.project.variants]


def test_a_layout_is_kept_renamed_copied_used_and_let_go(gallery: Callable[..., Any]) -> None:
    tab = gallery()
    page = tab.page
    page.locator(".cl-variant-name input").fill("By the window")
    page.locator(".cl-variant-keep").click()
    tab.until(lambda: names(tab) == ["By the window"])
    page.get_by_text("By the window", exact=True).wait_for()
    page.locator(".act-copy").click()
    tab.until(lambda: names(tab) == ["By the window", "By the window, copy"])
    page.locator(".act-rename").nth(1).click()
    page.keyboard.type("<b>Second</b>")
    page.keyboard.press("Enter")
    tab.until(lambda: names(tab) == ["By the window", "<b>Second</b>"])
    page.get_by_text("<b>Second</b>", exact=True).wait_for()

    page.set_viewport_size({"width": 700, "height": 330})  # a card partly out of view stays where the mouse is pressed
    accept = page.locator(".cl-candidates .act-accept:not([disabled])")
    accept.evaluate("button => button.scrollIntoView({ block: 'end' })")
    accept.click()
    tab.until(lambda: tab.workspace.project.accepted.candidate == "b" * 64)
    page.locator(".act-use").first.click()
    tab.until(lambda: tab.workspace.project.accepted.candidate == "a" * 64)
    page.locator(".act-drop").nth(1).click()
    tab.until(lambda: names(tab) == ["By the window"])
    tab.workspace.undo()
    tab.until(lambda: page.locator(".act-drop").count() == 2)


def test_a_pareto_card_tells_its_leaning_comfort_and_walls_and_can_be_compared(gallery: Callable[..., Any]) -> None:
    tab = gallery()
    card = tab.page.locator(".cl-candidates [data-card^=b]")
    card.get_by_text("Comfort", exact=True).wait_for()
    card.get_by_text("Comfort 71 of 100").wait_for()
    card.get_by_text("New walls 12.5 m").wait_for()
    tab.page.get_by_text("Other than the first on Ground: the sides of banks").wait_for()
    tab.page.get_by_text("Sought with: Registration at the left of the way").wait_for()
    card.locator(".act-compare").click()
    tab.until(lambda: tab.compared == ["b" * 64])
    card.locator(".act-keep").click()
    tab.until(lambda: names(tab) == ["Variant 1"])
    assert [fault for fault in tab.axe() if "MuiTypography-h5" not in fault] == []


def test_escape_leaves_the_name_and_a_name_that_is_taken_is_refused(gallery: Callable[..., Any]) -> None:
    tab = gallery("ar")
    workspace = tab.workspace
    workspace.change(save_variant(save_variant(workspace.project, "one"), "two"), "x")
    tab.page.locator(".act-rename").nth(1).click()
    tab.page.keyboard.type("three")
    tab.page.keyboard.press("Escape")
    tab.page.locator(".act-rename").nth(1).click()
    tab.page.keyboard.type("one")
    tab.page.keyboard.press("Enter")
    tab.until(lambda: [kind for kind, _ in tab.told] == ["error"])
    assert names(tab) == ["one", "two"]


def test_only_what_a_card_offers_is_done() -> None:
    cards = [card_of("a", "A", "a", [], [act_of("use", "Use"), act_of("drop", "Delete", disabled=True)])]
    message = {"type": "act", "card": "a", "act": "use", "text": ""}
    assert read_act(message, cards) == ("a", "use", "")
    for wrong in ({"act": "drop"}, {"card": "b"}, {"text": 3}, {"type": "ready"}, {"act": ["use"]}):
        assert read_act(message | wrong, cards) is None
