"""The drawing editor in a real browser: what a hand does on the screen is what stands in the project."""

from __future__ import annotations

from collections.abc import Callable

from tests.planner.test_editing import done
from tests.ui.editor_hand import Hand, furnished
from tests.ui.waiting import expect


def test_a_dragged_counter_stands_where_it_was_put_and_undo_brings_it_back(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    before = hand.item("counter-1").insert_mm
    hand.drag((2_000, 6_300), (2_500, 3_300))
    hand.settled(1)
    after = hand.item("counter-1").insert_mm
    assert abs(after[0] - before[0] - 500) <= 260
    assert abs(after[1] - before[1] + 3_000) <= 260
    hand.until(lambda: hand.ed("ed.things.get('item:counter-1').o") == list(after))
    hand.keys("Control+z")
    hand.until(lambda: hand.item("counter-1").insert_mm == before)
    hand.until(lambda: hand.ed("ed.things.get('item:counter-1').o") == list(before))
    hand.keys("Control+Shift+Z")
    hand.until(lambda: hand.item("counter-1").insert_mm == after)


def test_twenty_drags_are_twenty_steps(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    for n in range(20):
        x, y = hand.item("seat-1").insert_mm
        dx = 500 if n % 2 == 0 else -500
        hand.drag((x, y + 275), (x + dx, y + 275), steps=3)
        hand.settled(n + 1)
    assert len(hand.bench.asked) == 20


def test_escape_in_mid_drag_leaves_everything_as_it_was(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.mouse.move(*hand.at(2_000, 6_300))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(6_000, 2_000), steps=5)
    expect(hand.page.locator(".ed-ghost path")).not_to_have_count(0)
    hand.keys("Escape")
    expect(hand.page.locator(".ed-ghost path")).to_have_count(0)
    hand.page.mouse.up()
    hand.keys("Escape")
    hand.selects()
    assert hand.bench.asked == []


def test_the_snap_is_seen_and_named_while_dragging_and_alt_suspends_it(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.mouse.move(*hand.at(5_000, 6_900))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(5_020, 6_430), steps=8)
    expect(hand.page.locator(".ed-guides path")).not_to_have_count(0)
    expect(hand.page.locator(".ed-hint text")).to_contain_text("bottom edge of planter")
    hand.page.keyboard.down("Alt")
    hand.page.mouse.move(*hand.at(5_040, 6_440))
    expect(hand.page.locator(".ed-guides path")).to_have_count(0)
    hand.page.keyboard.up("Alt")
    hand.page.mouse.move(*hand.at(5_020, 6_430))
    hand.page.mouse.up()
    hand.settled(1)
    assert hand.item("counter-2").insert_mm[1] == 6_000


def test_frames_to_the_right_take_what_is_inside_and_to_the_left_what_is_touched(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.drag((1_000, 5_600), (5_200, 7_600))
    hand.selects("item:counter-1")
    hand.drag((5_200, 7_600), (1_000, 5_600))
    hand.selects("item:counter-1", "item:counter-2")


def test_arrows_nudge_and_are_announced_and_are_one_step(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(5_000, 2_275)
    step = hand.ed("ed.gridStep()")
    # in one go: a hand that rests between two keys, as a busy machine's does, makes two steps of them
    hand.page.locator(".ed-stage").evaluate(
        """(stage, keys) => {
          for (const [key, altKey] of keys) stage.dispatchEvent(new KeyboardEvent("keydown", {key, altKey, bubbles: true}))
        }""",
        [["ArrowRight", False], ["ArrowRight", False], ["ArrowUp", True]],
    )
    expect(hand.page.locator("[aria-live=polite].ed-hidden")).to_contain_text("moved")
    hand.settled(1)
    assert hand.item("seat-1").insert_mm == (5_000 + 2 * step, 2_001)
    assert len(hand.bench.asked) == 1


def test_turning_copying_pinning_and_deleting_by_keys(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_400)
    hand.keys("r")
    hand.settled(1)
    assert hand.item("counter-1").rotation_deg == 90
    hand.keys("Control+d")
    hand.settled(2)
    hand.selects("item:counter-3")
    hand.keys("p")
    hand.settled(3)
    assert [p.id for p in hand.bench.project.pins] == ["counter-3"]
    expect(hand.page.locator(".ed-padlock")).to_have_count(1)
    hand.keys("Delete")
    hand.settled(4)
    assert hand.bench.project.pins == ()


def test_a_size_is_typed_in_the_properties(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_400)
    field = hand.page.locator(".ed-properties [data-field=width]")
    field.fill("180 cm")
    field.press("Enter")
    hand.settled(1)
    xs = [x for x, _ in hand.item("counter-1").polygon]
    assert max(xs) - min(xs) == 1_800


def test_a_turned_counter_keeps_its_width_along_its_front(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor(done(furnished(), "rotate", keys=["item:counter-1"], degrees=270))
    x, y = hand.item("counter-1").polygon[0]
    hand.page.mouse.move(*hand.at(x, y))
    hand.ed("ed.select(['item:counter-1'])")
    expect(hand.page.locator(".ed-properties [data-field=width]")).to_have_value("1.500")
    field = hand.page.locator(".ed-properties [data-field=depth]")
    field.fill("0.7")
    field.press("Enter")
    hand.settled(1)
    xs, ys = zip(*hand.item("counter-1").polygon)
    assert (max(xs) - min(xs), max(ys) - min(ys)) == (700, 1_500)


def test_several_parts_of_different_sizes_are_shown_as_mixed(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.drag((5_200, 7_600), (1_000, 5_600))
    expect(hand.page.locator(".ed-properties [data-field=x]")).to_have_attribute("placeholder", "mixed")
    expect(hand.page.locator(".ed-properties [data-field=width]")).to_have_value("1.500")
    hand.page.locator(".ed-properties [data-field=depth]").fill("0.7")
    hand.page.locator(".ed-properties [data-field=depth]").press("Enter")
    hand.settled(1)
    assert len(hand.bench.asked) == 1, "one step for both"


def test_a_refused_gesture_is_put_back_and_said_why(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(4_200, 4_200)
    hand.page.locator(".ed-properties [data-field=x]").fill("90")
    hand.page.locator(".ed-properties [data-field=x]").press("Enter")
    expect(hand.page.locator(".ed-alert")).to_contain_text("olumn")
    hand.until(lambda: hand.ed("ed.things.get('column:col').r[0][0]") == 4_000)


def test_a_stale_gesture_is_made_again_on_what_stands_now(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.bench.take(done(hand.bench.project, "move", keys=["item:counter-2"], dx_mm=700, dy_mm=0))
    hand.drag((2_000, 6_300), (2_600, 3_200))
    hand.settled(1)
    assert hand.item("counter-2").insert_mm == (5_700, 6_500)
    hand.until(lambda: hand.ed("ed.things.get('item:counter-2').o") == [5_700, 6_500])
    hand.until(lambda: hand.ed("ed.rev") == hand.bench.rev)
