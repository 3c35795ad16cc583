"""What people of drawing programs expect untold: measures that can be typed, doors that find the middle, sets of layers."""

from __future__ import annotations

import re
from collections.abc import Callable

from planner.ui.editor.actions import SHOWN, editor_actions
from planner.ui.words import Words
from tests.planner.test_editing import done
from tests.ui.editor_hand import Hand, furnished, picture_url
from tests.ui.waiting import expect


def test_a_click_on_a_measure_lets_it_be_typed(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    plate = hand.page.locator(".ed-plate[data-field=width]")
    plate.wait_for()
    box = plate.bounding_box()
    hand.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert hand.page.locator(".ed-properties input:focus").get_attribute("data-field") == "width"
    hand.page.keyboard.type("2")
    hand.keys("Enter")
    hand.settled(1)
    xs = [x for x, _ in hand.item("counter-1").polygon]
    assert max(xs) - min(xs) == 2_000


def test_a_door_that_is_dragged_finds_the_middle_of_its_wall_and_says_so(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.mouse.move(*hand.at(2_000, 0))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(6_040, 300), steps=5)
    hand.until(lambda: any("middle" in text for text in hand.page.locator(".ed-hint text").all_text_contents()))
    hand.page.mouse.up()
    hand.settled(1)
    door = next(d for d in hand.level.doors if d.id == "in")
    assert (door.p[0] + door.q[0]) / 2 == 6_000


def test_a_set_of_layers_shows_the_building_alone_and_then_everything(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.locator(".ed-fold-layers summary").click()
    choice = hand.page.locator(".ed-presets select")
    choice.select_option("building")
    assert hand.ed("[ed.layers.walls.on, ed.layers.fittings.on, ed.layers.routes.on]") == [True, False, False]
    assert hand.ed("ed.pickable().some((t) => t.t === 'item')") is False
    choice.select_option("everything")
    assert hand.ed("Object.values(ed.layers).every((l) => l.on)") is True


def test_the_palette_s_acts_reach_the_editor_that_is_shown(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    shared: dict[str, object] = {}
    acts = {action.id: action for action in editor_actions(Words("en"), shared)}
    acts["draw.wall"].run()  # no page shows an editor: nothing happens
    shared[SHOWN] = hand.bench.editor
    hand.click(2_000, 6_200)
    hand.until(lambda: hand.selection() == ["item:counter-1"])
    hand.bench.soon(acts["draw.turn_left"].run)
    hand.settled(1)
    assert hand.item("counter-1").rotation_deg == 90
    hand.bench.soon(acts["draw.wall"].run)
    hand.until(lambda: hand.ed("ed.tool.id") == "wall")
    assert acts["draw.wall"].hint == "W" and not acts["draw.wall"].keys


def test_what_is_cut_comes_back_where_it_stood_and_once_more_beside_it(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.selects("item:counter-1")
    hand.keys("Control+x")
    hand.until(lambda: "item:counter-1" not in hand.ed("[...ed.truth.keys()]"))
    hand.keys("Control+v")
    hand.until(lambda: hand.ed("ed.truth.has('item:counter-1')"))
    assert hand.item("counter-1").insert_mm == (2_000, 6_000)
    hand.keys("Control+v")
    hand.until(lambda: hand.ed("ed.truth.has('item:counter-3') && ed.pending.length === 0"))
    assert hand.item("counter-3").insert_mm != (2_000, 6_000)


def test_a_wall_is_told_whether_it_has_to_stay_or_may_go(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(8_000, 1_000)
    hand.selects("wall:mid")
    choice = hand.page.locator(".ed-properties select[data-field=kept]")
    expect(choice).to_have_value("may_go")
    choice.select_option("stays")
    hand.settled(1)
    assert next(w for w in hand.level.walls if w.id == "mid").structural is True
    choice.select_option("unsaid")
    hand.settled(2)
    assert next(w for w in hand.level.walls if w.id == "mid").structural is None


def test_an_entrance_says_and_takes_its_share_of_those_who_come(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor(done(furnished(), "add_door", near=(5_500, 0), use="entrance", width_mm=2_000))
    share = hand.page.locator(".ed-properties input[data-field=share]")
    hand.ed("ed.select(['door:door-1'])")
    expect(share).to_have_value("50.7")  # by the clear widths, until somebody says
    share.fill("٣٥٪")
    share.press("Enter")
    hand.settled(1)
    assert {e.door: e.share for e in hand.bench.project.entrances} == {"in": 0.65, "door-1": 0.35}
    expect(share).to_have_value("35")
    share.fill("140")
    share.press("Enter")
    hand.page.locator(".ed-alert").get_by_text("140 is no share").wait_for()
    expect(share).to_have_value("35")
    hand.page.locator(".ed-properties select[data-field=use]").select_option("exit")
    hand.settled(2)
    expect(share).to_have_count(0)  # one entrance takes everybody
    assert [e.door for e in hand.bench.project.entrances] == ["in"]


def test_lengths_are_shown_and_typed_in_feet_while_the_plan_stays_in_millimetres(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.selects("item:counter-1")
    hand.page.locator(".ed-units").click()
    field = hand.page.locator(".ed-properties input[data-field=width]")
    expect(field).to_have_value(re.compile(r"^\d+' \d"))
    field.fill("5' 6")
    field.press("Enter")
    hand.settled(1)
    xs = [x for x, _ in hand.item("counter-1").polygon]
    assert max(xs) - min(xs) == 1_676
    hand.page.locator(".ed-units").click()
    expect(hand.page.locator(".ed-properties input[data-field=width]")).to_have_value("1.676")


def test_a_layer_is_drawn_as_strongly_as_people_want_it(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.locator(".ed-fold-layers summary").click()
    hand.page.get_by_label("How strongly fittings show").fill("30")
    hand.until(lambda: any(len(c) == 9 for c in hand.ed("[...ed.view.sources.bodies.data.fill]")))
    assert hand.ed("ed.layers.fittings.on") is True


def test_floor_to_keep_free_is_drawn_as_a_wish_and_moved_by_typing_and_undone(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("k")
    expect(hand.page.locator("input[name=ed-keepout][value=free]")).to_be_checked()
    hand.drag((6_500, 1_000), (8_500, 2_500))
    hand.settled(1)
    (wish,) = hand.bench.project.wishes
    assert (wish.kind, wish.level, len(wish.area)) == ("keep_out", "l0", 4)
    hand.keys("v")
    hand.until(lambda: hand.selection() == ["free:free-1"])
    hand.page.locator(".ed-properties input[data-field=width]").fill("3")
    hand.keys("Enter")
    hand.settled(2)
    xs = [x for x, _ in hand.bench.project.wishes[0].area]
    assert max(xs) - min(xs) == 3_000
    bank = hand.bench.project.banks[0]
    hand.page.locator(".ed-properties select[data-field=free]").select_option(label=bank.name)
    hand.until(lambda: hand.bench.project.wishes[0].module == bank.id)
    expect(hand.page.locator(".ed-properties h3")).to_contain_text(bank.name)
    hand.page.locator(".ed-fold-parts summary").click()
    expect(hand.page.locator(".ed-table tr[data-key='free:free-1'] th")).to_have_text(f"Kept free 1 · {bank.name}")
    hand.page.locator(".ed-stage").focus()
    hand.keys("Control+z", "Control+z", "Control+z")
    hand.until(lambda: hand.bench.project.wishes == () and not hand.ed("ed.truth.has('free:free-1')"))


def test_a_closed_keep_out_is_still_an_obstacle(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("k")
    hand.page.locator("input[name=ed-keepout][value=obstacle]").check()
    hand.drag((6_500, 1_000), (8_500, 2_500))
    hand.settled(1)
    assert hand.bench.project.wishes == () and hand.level.obstacles[-1].kind == "keep_out"


def test_rulers_and_grid_speak_the_unit_and_the_cursor_is_marked(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    ruler = hand.page.locator(".ed-ruler.x")
    expect(ruler).to_contain_text("5")
    assert hand.ed("Number.isInteger(ed.gridStep() / 10)") is True
    hand.page.mouse.move(*hand.at(4_000, 3_000))
    left = hand.ed("ed.view.toScreen([4000, 3000])[0]")
    mark = hand.page.locator(".ed-ruler.x .ed-ruler-mark")
    hand.until(lambda: abs(float((mark.get_attribute("d") or "M0 ")[1:].split(" ")[0]) - left) < 1.5)
    hand.page.locator(".ed-units").click()
    expect(ruler).to_contain_text("'")
    inches = hand.ed("ed.gridStep()") / 25.4
    assert abs(inches - round(inches)) < 1e-9
    hand.page.locator(".ed-units").click()
    expect(ruler).not_to_contain_text("'")


def test_zoom_to_a_frame_to_one_hundredth_and_to_everything(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    whole = hand.ed("ed.view.scale")
    hand.keys("q")
    hand.drag((1_000, 5_000), (4_000, 7_000))
    hand.until(lambda: hand.ed("ed.view.scale") > whole * 2)
    assert hand.ed("ed.view.box()[0] <= 1010 && ed.view.box()[2] >= 3990 && ed.view.box()[1] <= 5010")
    hand.keys("Control+0")
    hand.until(lambda: abs(hand.ed("ed.view.scale") * 25.4 * 100 / 96 - 1) < 1e-9)
    expect(hand.page.locator(".ed-scale")).to_contain_text("1:100")
    hand.keys("Shift+Digit1")
    hand.until(lambda: abs(hand.ed("ed.view.scale") - whole) < 1e-9)
    assert hand.bench.asked == []


def test_an_underlay_is_dragged_by_hand_and_by_arrows(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    editor = hand.bench.editor
    assert editor is not None
    editor.lay_under(picture_url(), wide_px=200, tall_px=100, left_mm=1_000, low_mm=1_000, mm_per_px=20)
    hand.page.get_by_role("button", name="Move by hand").click()
    hand.drag((3_000, 2_000), (5_000, 3_000))
    hand.until(lambda: editor.underlay is not None and abs(editor.underlay["x"] - 3_000) < 30)
    assert editor.underlay is not None
    assert abs(editor.underlay["y"] - 2_000) < 30
    before = editor.underlay["x"]
    sent = "ed.sent = 0, ed.told = ed.sendMessage, ed.sendMessage = (m) => { ed.sent += m.type === 'underlay'; ed.told(m) }"
    hand.ed(f"({sent}, 0)")
    hand.keys("Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowUp", "Alt+ArrowRight")
    hand.until(lambda: editor.underlay is not None and editor.underlay["x"] == before + 3)
    assert hand.ed("ed.sent") == 1  # arrows pressed in a row are one step
    hand.keys("Escape")
    hand.until(lambda: hand.ed("ed.tool.id") == "select")
    assert hand.bench.asked == []


def test_the_handle_turns_by_steps_of_fifteen_degrees(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(2_000, 6_200)
    hand.selects("item:counter-1")
    xs, ys = zip(*hand.item("counter-1").polygon)
    about = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    handle = hand.page.locator("[data-handle=turn]").bounding_box()
    hand.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(about[0] - 1_500, about[1] + 1_450), steps=5)
    hand.page.mouse.up()
    hand.settled(1)
    assert hand.item("counter-1").rotation_deg == 45
    hand.keys("Control+z")
    hand.until(lambda: hand.item("counter-1").rotation_deg == 0)


def test_an_array_of_seats_is_typed_and_is_one_step(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.click(5_000, 2_200)
    hand.selects("item:seat-1")
    hand.page.locator(".ed-fold-arrange summary").click()
    for name, text in (("columns", "3"), ("rows", "2"), ("gap_x", "0.1"), ("gap_y", "0.6")):
        hand.page.locator(f".ed-fold-arrange input[data-field={name}]").fill(text)
    hand.page.locator(".ed-fold-arrange > div > .ed-go").click()
    hand.settled(1)
    assert hand.bench.project.accepted is not None
    seats = [i for i in hand.bench.project.accepted.layout.levels[0].items if i.kind == "seat"]
    assert len(seats) == 6
    hand.page.locator(".ed-stage").focus()
    hand.keys("Control+z")
    hand.until(lambda: not hand.ed("ed.truth.has('item:seat-2')"))
