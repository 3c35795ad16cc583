"""The menu of the right button and of the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from tests.planner.test_editing import done
from tests.ui.conftest import KNOWN_AXE, WCAG, axe_finds
from tests.ui.editor_hand import Hand, furnished
from tests.ui.waiting import expect


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


def test_the_corners_of_a_part_are_typed_added_and_taken_away_by_keys_alone(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    planter, key = hand.level.obstacles[0].outline, "obstacle:planter"
    assert planter[0] == (6_000, 6_000)
    hand.page.locator(".ed-proxy").focus()
    hand.until(lambda: hand.keys("ArrowDown") or hand.selection() == [key])
    hand.page.locator(".ed-stage").focus()
    hand.keys("Shift+F10")
    hand.until(lambda: "Corners, by typing" in entries(hand))
    while hand.page.locator(".ed-menu button:focus span").inner_text() != "Corners, by typing":
        hand.keys("c")
    hand.keys("Enter")
    field = hand.page.get_by_role("textbox", name="Corner 1 X")
    expect(field).to_be_focused()
    assert any("Corner 1" in text for text in hand.page.locator(".ed-hint text").all_text_contents())  # shown on the plan
    hand.keys("Control+a")
    hand.page.keyboard.type("5.5")
    hand.keys("Enter")
    hand.settled(1)
    assert hand.level.obstacles[0].outline == ((5_500, 6_000), *planter[1:])
    hand.page.get_by_role("button", name="New corner after corner 1").focus()
    hand.keys("Enter")
    hand.until(lambda: len(hand.level.obstacles[0].outline) == 5)
    hand.page.get_by_role("button", name="Take corner 2 away").focus()
    hand.keys("Enter")
    hand.until(lambda: len(hand.level.obstacles[0].outline) == 4)
    assert hand.level.obstacles[0].outline == ((5_500, 6_000), *planter[1:])
    expect(hand.page.get_by_role("button", name="Take corner 2 away")).to_be_focused()


def test_what_is_typed_before_an_answer_stands_on_what_was_typed_before_it(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    planter = hand.level.obstacles[0].outline
    hand.ed("ed.select(['obstacle:planter'])")
    hand.page.locator(".ed-corners summary").focus()
    hand.keys("Enter")
    hand.ed("(ed.held = [], ed.told = ed.sendMessage, ed.sendMessage = (m) => ed.held.push(m), 0)")  # a server that is slow
    for name, text in (("Corner 1 X", "5.5"), ("Corner 1 Y", "5.75"), ("Corner 3 X", "7.25")):
        field = hand.page.get_by_role("textbox", name=name)
        field.focus()
        hand.keys("Control+a")
        hand.page.keyboard.type(text)
        hand.keys("Enter")
    hand.page.get_by_role("button", name="New corner after corner 1").press("Enter")
    hand.page.get_by_role("textbox", name="Corner 2 X").focus()
    hand.keys("Control+a")
    hand.page.keyboard.type("7.125")
    hand.ed("(ed.sendMessage = ed.told, ed.held.forEach((m) => ed.told(m)), 0)")
    hand.until(lambda: len(hand.level.obstacles[0].outline) == 5 and hand.ed("ed.pending.length + ed.unsent.length") == 0)
    middle = tuple(round((a + b) / 2) for a, b in zip((5_500, 5_750), planter[1]))
    assert hand.level.obstacles[0].outline == ((5_500, 5_750), middle, planter[1], (7_250, planter[2][1]), planter[3])


def test_half_typed_text_keeps_its_place_while_the_properties_are_built_anew(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.selects("item:counter-1")
    field = hand.page.locator(".ed-properties input[data-field=width]")
    field.focus()
    hand.keys("Control+a")
    hand.page.keyboard.type("2.5")
    hand.keys("ArrowLeft")
    hand.ed("(ed.act('pin'), 0)")  # somebody else's hand, or a late answer
    hand.until(lambda: hand.item("counter-1").pinned and hand.ed("ed.selected()[0].pin"))
    expect(field).to_have_value("2.5")
    hand.page.keyboard.type("7")  # before the 5, where the caret was
    expect(field).to_have_value("2.75")
    hand.keys("Enter")
    hand.until(lambda: len(hand.bench.asked) == 2 and hand.ed("ed.pending.length") == 0)
    xs = [x for x, _ in hand.item("counter-1").polygon]
    assert max(xs) - min(xs) == 2_750
    hand.page.locator(".ed-stage").focus()
    hand.ed("0")
    assert hand.ed("ed.seq") == 2  # leaving the field is no further step


def test_the_end_of_a_wall_is_typed_and_nonsense_is_told(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor(done(furnished(), "add_walls", points=((2_000, 2_000), (5_000, 2_000)), thickness_mm=100))
    wall = hand.level.walls[-1]
    hand.ed(f"ed.select(['wall:{wall.id}'])")
    hand.page.locator(".ed-corners summary").focus()
    hand.keys("Enter")
    field = hand.page.get_by_role("textbox", name="End 2 Y")
    field.fill("far")
    field.press("Enter")
    expect(hand.page.locator(".ed-alert")).to_contain_text("far")
    assert field.input_value() == "2.000" and hand.bench.asked == []
    field.fill("3.5")
    field.press("Enter")
    hand.settled(1)
    assert hand.level.walls[-1].b == (5_000, 3_500)
    hand.page.locator(".ed-fold-arrange summary").click()
    assert [found["id"] for found in axe_finds(hand.page, WCAG) if found["id"] not in KNOWN_AXE] == []


def test_anything_that_turns_is_turned_by_a_typed_angle(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.keys("Shift+F10")
    hand.page.get_by_role("menuitem", name="Turn by an angle").click()
    expect(hand.page.get_by_label("Turn by")).to_be_focused()
    hand.page.keyboard.type("30")
    hand.keys("Enter")
    hand.settled(1)
    assert hand.item("counter-1").rotation_deg == 30


def test_a_number_of_the_rulers_is_whole_or_not_there(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    for x in range(0, 2_000, 100):  # a number slides in under the ruler at the left
        hand.ed(f"(ed.view.show([{x}, 3_000], ed.view.scale), ed.ui.rulers.paint())")
        placed = hand.page.locator(".ed-ruler.x text").evaluate_all("all => all.map(t => Number(t.getAttribute('x')))")
        assert placed and min(placed) >= 18
