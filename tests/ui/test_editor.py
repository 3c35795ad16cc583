"""The drawing editor in a real browser: what a hand does on the screen is what stands in the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from layouts.layout import Item
from layouts.plan import Level
from planner.project import Project
from tests.planner.builders import a_project
from tests.planner.test_editing import a_hall, done
from tests.ui.conftest import KNOWN_AXE, leaves
from tests.ui.editor_page import Bench, ServedBench
from tests.ui.waiting import expect, patient_context, until

# what asks for landmarks and headings is for the whole page, which this bench is not
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def furnished() -> Project:
    """The hall with two counters and a seat."""
    project = a_project(plan=a_hall())
    for kind, at in (("counter", (2_000, 6_000)), ("counter", (5_000, 6_500)), ("seat", (5_000, 2_000))):
        project = done(project, "add_item", kind=kind, at=at)
    return project


class Hand:
    """A browser tab with the editor, and moves in millimetres of the plan."""

    def __init__(self, page: Any, bench: Bench) -> None:
        self.page = page
        self.bench = bench

    def ed(self, expression: str) -> Any:
        """Something of the editor in the browser, `ed`."""
        return self.page.locator(".ed-root").evaluate(f"(root) => {{ const ed = root.editor; return {expression} }}")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place of the plan on the screen."""
        box = self.page.locator(".ed-stage").bounding_box()
        sx, sy = self.ed(f"ed.view.toScreen([{x}, {y}])")
        return box["x"] + sx, box["y"] + sy

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(*end), steps=steps)
        self.page.mouse.up()

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.at(x, y))

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, holds: Callable[[], Any]) -> Any:
        return until(holds, pause=lambda: self.page.wait_for_timeout(25))

    def settled(self, steps: int) -> None:
        """Wait until so many gestures are in the project and on the screen."""
        self.until(lambda: len(self.bench.asked) >= steps and self.ed("ed.pending.length") == 0)

    def selects(self, *keys: str) -> None:
        """Wait until these and no others are selected."""
        self.until(lambda: sorted(self.ed("[...ed.selection]")) == sorted(keys))

    def selection(self) -> list[str]:
        return sorted(self.ed("[...ed.selection]"))

    def status(self) -> str:
        return self.page.locator(".ed-status-text").inner_text()

    @property
    def level(self) -> Level:
        assert self.bench.project.plan is not None
        return self.bench.project.plan.levels[0]

    def item(self, ident: str) -> Item:
        assert self.bench.project.accepted is not None
        return next(i for i in self.bench.project.accepted.layout.levels[0].items if i.id == ident)


@pytest.fixture
def open_editor(browser: Any) -> Iterator[Callable[..., Hand]]:
    """Editors that are watched: nothing asked of another machine, no script that throws."""
    served: list[ServedBench] = []
    contexts: list[Any] = []
    outside: list[str] = []
    faults: list[str] = []

    def make(project: Project | None = None, **options: Any) -> Hand:
        bench = Bench(project or furnished(), "l0", **options)
        serving = ServedBench(bench)
        served.append(serving)
        context = patient_context(browser, viewport={"width": 1300, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: outside.append(r.url) if leaves(r.url) else None)
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.goto(serving.url)
        page.locator(".ed-stage").wait_for()
        hand = Hand(page, bench)
        hand.until(lambda: hand.ed("ed.rev > 0 && ed.view.ranges !== null && !ed.frame"))
        return hand

    yield make
    for context in contexts:
        context.close()
    for serving in served:
        serving.stop()
    assert outside == []
    assert faults == []


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


def test_fifty_drags_are_fifty_steps(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    for n in range(50):
        x, y = hand.item("seat-1").insert_mm
        dx = 500 if n % 2 == 0 else -500
        hand.drag((x, y + 275), (x + dx, y + 275), steps=3)
        hand.settled(n + 1)
    assert len(hand.bench.asked) == 50


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


def test_walls_are_drawn_by_typing_lengths_and_angles(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    walls = len(hand.level.walls)
    hand.keys("w")
    hand.click(1_500, 1_500)
    hand.page.mouse.move(*hand.at(3_000, 1_600))
    hand.page.keyboard.type("3.25")
    hand.keys("Tab")
    hand.page.keyboard.type("0")
    hand.keys("Enter")
    hand.page.mouse.move(*hand.at(4_700, 3_000))
    hand.page.keyboard.type("1,5")
    hand.keys("Tab")
    hand.page.keyboard.type("90")
    hand.keys("Enter", "Enter")
    hand.settled(1)
    first, second = hand.level.walls[walls:]
    assert (first.b[0] - first.a[0], first.b[1] - first.a[1]) == (3_250, 0)
    assert second.a == first.b
    assert (second.b[0] - second.a[0], second.b[1] - second.a[1]) == (0, 1_500)
    assert len(hand.bench.asked) == 1


def test_a_wall_chain_given_up_leaves_no_half_wall(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("w")
    hand.click(1_500, 1_500)
    hand.click(3_500, 1_500)
    hand.keys("Escape")
    hand.until(lambda: hand.ed("ed.tool.points.length") == 0)
    assert hand.bench.asked == []
    hand.keys("Escape")
    hand.until(lambda: hand.ed("ed.tool.id") == "select")


def test_an_empty_plan_gets_its_outline_from_a_closed_chain_of_walls(open_editor: Callable[..., Hand]) -> None:
    from dataclasses import replace

    bare = replace(a_hall().levels[0], outline=(), walls=(), doors=(), windows=(), columns=(), obstacles=(), spaces=())
    hand = open_editor(a_project(plan=replace(a_hall(), levels=(bare,))))
    hand.keys("w")
    for corner in ((1_000, 1_000), (9_000, 1_000), (9_000, 7_000), (1_000, 7_000), (1_000, 1_000)):
        hand.click(*corner)
    hand.settled(1)
    assert len(hand.level.walls) == 4
    assert len(hand.level.outline) == 4


def test_a_door_slides_along_its_wall(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.drag((2_000, 0), (6_000, 600))
    hand.settled(1)
    door = next(d for d in hand.level.doors if d.id == "in")
    assert door.p[1] == door.q[1] == 0
    assert abs((door.p[0] + door.q[0]) / 2 - 6_000) < 60
    hand.keys("f")
    hand.settled(2)
    assert next(d for d in hand.level.doors if d.id == "in").hinge == "q"


def test_a_door_is_set_with_a_typed_width(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("d")
    hand.page.mouse.move(*hand.at(8_000, 6_000))
    hand.page.keyboard.type("0.9")
    hand.keys("Enter")
    hand.click(8_000, 6_000)
    hand.settled(1)
    made = hand.level.doors[-1]
    assert (made.use, made.wall, abs(made.p[1] - made.q[1])) == ("internal", "mid", 900)


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


def test_a_locked_layer_ignores_clicks_and_a_hidden_one_is_not_drawn(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.page.locator(".ed-fold-layers summary").click()
    hand.page.get_by_role("button", name="Lock fittings").click()
    hand.click(2_000, 6_400)
    assert "item:counter-1" not in hand.selection()
    hand.page.get_by_role("button", name="Show fittings").click()
    hand.until(lambda: hand.ed("ed.view.sources.bodies.data.xs.length") == 3)  # a column, a planter, a seat


def test_the_plan_is_at_exactly_one_to_one_after_zooming_and_resizing(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()

    def aspect() -> float:
        across, up = hand.ed(
            "(() => { const f = ed.view.view.frame, x = f.x_scale, y = f.y_scale;"
            " return [x.compute(1000) - x.compute(0), y.compute(0) - y.compute(1000)] })()"
        )
        return float(across / up)

    hand.page.mouse.move(*hand.at(3_000, 3_000))
    before = hand.ed("ed.view.toWorld([300, 300])")
    assert before
    hand.page.mouse.wheel(0, -400)
    hand.until(lambda: abs(aspect() - 1) < 1e-9)
    hand.page.set_viewport_size({"width": 900, "height": 700})
    hand.page.wait_for_timeout(300)
    hand.until(lambda: abs(aspect() - 1) < 1e-9)

    def apart() -> float:
        sx, sy = hand.ed("ed.view.toScreen([3000, 3000])")
        fx, fy = hand.ed("[ed.view.view.frame.x_scale.compute(3000), ed.view.view.frame.y_scale.compute(3000)]")
        return float(max(abs(sx - fx), abs(sy - fy)))

    hand.until(lambda: apart() < 0.6)


def test_the_wheel_zooms_at_the_cursor_and_space_drags_the_view(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    here = hand.at(9_000, 6_000)
    hand.page.mouse.move(*here)
    scale = hand.ed("ed.view.scale")
    hand.page.mouse.wheel(0, -500)
    hand.until(lambda: hand.ed("ed.view.scale") > scale * 1.5)
    hand.until(lambda: max(abs(a - b) for a, b in zip(hand.at(9_000, 6_000), here)) < 1.5)
    hand.page.locator(".ed-stage").focus()
    hand.page.keyboard.down("Space")
    hand.page.mouse.down()
    hand.page.mouse.move(here[0] - 120, here[1] + 40, steps=4)
    hand.page.mouse.up()
    hand.page.keyboard.up("Space")
    hand.until(lambda: abs(hand.at(9_000, 6_000)[0] - here[0] + 120) < 2)
    assert hand.bench.asked == []
    hand.keys("Shift+Digit1")
    hand.until(lambda: abs(hand.ed("ed.view.scale") - scale) < 1e-9)


def test_everything_can_be_reached_by_keyboard_from_the_list_of_parts(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    parts = hand.page.get_by_role("listbox", name="All parts of the plan")
    parts.focus()
    expect(parts.get_by_role("option").filter(has_text="Seat 1").first).to_be_attached()
    names = parts.get_by_role("option").all_inner_texts()
    wanted = next(i for i, name in enumerate(names) if "Seat 1" in name)
    for _ in range(wanted):
        hand.keys("ArrowDown")
    hand.selects("item:seat-1")
    assert hand.bench.asked == [], "going through the list moves nothing"
    hand.keys("Delete")
    hand.settled(1)
    assert len(hand.bench.asked) == 1
    assert not any(i.id == "seat-1" for i in hand.bench.project.accepted.layout.levels[0].items)  # type: ignore[union-attr]


def test_hostile_names_stay_text(open_editor: Callable[..., Hand]) -> None:
    payload = "<img src=x onerror=window.hit=1>"
    named = done(done(furnished(), "rename", key="item:counter-1", name=payload), "rename", key="space:hall", name=payload)
    hand = open_editor(named)
    hand.click(2_000, 6_400)
    hand.page.locator(".ed-fold-parts summary").click()
    hand.page.get_by_role("listbox").focus()
    hand.drag((5_000, 6_900), (2_100, 4_900))
    hand.page.wait_for_timeout(200)
    assert hand.page.evaluate("window.hit === undefined")
    assert hand.page.locator(".ed-root img").count() == 0


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"language": "ar"}])
def test_axe_finds_nothing_wrong(open_editor: Callable[..., Hand], options: dict[str, Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    hand = open_editor(**options)
    hand.click(2_000, 6_400)
    for fold in ("arrange", "layers", "parts"):
        hand.page.locator(f".ed-fold-{fold} summary").click()
    found = Axe().run(hand.page, options={"runOnly": WCAG}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in found if v["id"] not in KNOWN_AXE] == []


def a_picture() -> bytes:
    import io

    from PIL import Image

    body = io.BytesIO()
    Image.new("RGB", (200, 100), (120, 160, 90)).save(body, "PNG")
    return body.getvalue()


def test_an_underlay_is_scaled_by_two_points_and_a_typed_length(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    editor = hand.bench.editor
    assert editor is not None
    editor.lay_under(a_picture(), left_mm=1_000, low_mm=1_000, mm_per_px=20)
    hand.until(lambda: hand.ed("ed.underlay !== null"))
    hand.page.get_by_role("button", name="Scale the underlay").click()
    hand.ed("(ed.options.snap = false)")
    hand.click(1_000, 1_000)
    hand.click(5_000, 1_000)
    hand.page.keyboard.type("8")
    hand.keys("Enter")
    hand.until(lambda: editor.underlay is not None and abs(editor.underlay["w"] - 8_000) < 30)
    assert editor.underlay is not None
    hand.until(lambda: abs(editor.underlay["h"] - 4_000) < 15 and abs(editor.underlay["x"] - 1_000) < 15)
    hand.until(lambda: hand.ed("ed.view.sources.underlay.data.url.length") == 1)


def test_what_is_no_picture_is_refused() -> None:
    from layouts.findings import BadInput
    from planner.ui.editor.picture import read_picture

    assert read_picture(a_picture()) == ("png", 200, 100)
    for body in (b"", b"<svg onload='x'/>", b"GIF89a" + bytes(50), a_picture()[:20]):
        with pytest.raises(BadInput) as told:
            read_picture(body)
        assert told.value.code == "edit.no_picture"
