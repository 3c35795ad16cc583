"""The menu of the right button and of the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.editor_hand import Hand


def entries(hand: Hand) -> list[str]:
    return [text.split("\n")[0] for text in hand.page.locator(".ed-menu [role=menuitem] span").all_inner_texts()]


def test_the_right_button_takes_what_is_under_it_and_offers_what_can_be_done(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.mouse.click(*hand.at(2_000, 6_200), button="right")
    menu = hand.page.locator(".ed-menu")
    menu.wait_for()
    assert hand.selection() == ["item:counter-1"]
    told = entries(hand)
    assert {"Properties", "Pin for the optimiser", "Duplicate", "Delete", "Turn left by 90°"} <= set(told)
    assert "Hang at the other side" not in told
    menu.get_by_role("menuitem", name="Pin for the optimiser").click()
    menu.wait_for(state="detached")
    hand.settled(1)
    assert [p.id for p in hand.bench.project.pins] == ["counter-1"]
    hand.page.mouse.click(*hand.at(2_000, 6_200), button="right")
    menu.get_by_role("menuitem", name="Unpin").wait_for()
    hand.page.mouse.click(*hand.at(9_000, 1_000))  # a click elsewhere closes it
    menu.wait_for(state="detached")


def test_several_selected_things_are_arranged_from_the_menu_by_keys(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.page.keyboard.down("Shift")
    hand.click(5_000, 6_700)
    hand.page.keyboard.up("Shift")
    hand.until(lambda: len(hand.selection()) == 2)
    hand.keys("Shift+F10")
    hand.page.locator(".ed-menu").wait_for()
    told = entries(hand)
    assert "Align top edges" in told and "Equal gaps across" not in told
    while hand.page.locator(".ed-menu button:focus span").inner_text() != "Align top edges":
        hand.keys("a")
    hand.keys("Enter")
    hand.settled(1)
    tops = {max(y for _, y in hand.item(ident).polygon) for ident in ("counter-1", "counter-2")}
    assert len(tops) == 1


def test_escape_closes_the_menu_and_gives_the_keyboard_back(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.keys("ContextMenu")
    hand.page.locator(".ed-menu").wait_for()
    hand.keys("ArrowDown", "End", "Escape")
    hand.page.locator(".ed-menu").wait_for(state="detached")
    assert hand.selection() == ["item:counter-1"] and hand.bench.asked == []
    hand.keys("Delete")
    hand.settled(1)


def test_with_nothing_selected_it_offers_tools(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor(language="ar")
    hand.page.mouse.click(*hand.at(9_000, 1_000), button="right")
    hand.page.locator(".ed-menu").wait_for()
    assert "حدد الكل" in entries(hand)
    hand.page.locator(".ed-menu [role=menuitem]").first.click()
    hand.until(lambda: hand.ed("ed.tool.id") == "wall")


def test_enter_goes_to_the_properties_of_what_is_selected(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.keys("Enter")
    assert hand.page.locator(".ed-properties input:focus").get_attribute("data-field") == "name"
