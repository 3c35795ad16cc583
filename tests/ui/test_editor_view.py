"""What the editor shows, in a real browser: layers, zoom, the list of parts, names, pictures under the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.planner.test_editing import done
from tests.ui.conftest import KNOWN_AXE, WCAG, axe_finds
from tests.ui.editor_hand import Hand, furnished, picture_url
from tests.ui.waiting import expect


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
    hand.ed("ed.select(['item:seat-1'])")
    expect(hand.page.locator(".ed-table .chosen")).to_have_attribute("data-key", "item:seat-1")
    assert hand.page.evaluate("window.hit === undefined")
    assert hand.page.locator(".ed-root img").count() == 0


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"language": "ar"}])
def test_axe_finds_nothing_wrong(open_editor: Callable[..., Hand], options: dict[str, Any]) -> None:
    hand = open_editor(**options)
    hand.click(2_000, 6_400)
    for fold in ("arrange", "layers", "parts"):
        hand.page.locator(f".ed-fold-{fold} summary").click()
    found = axe_finds(hand.page, WCAG)
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in found if v["id"] not in KNOWN_AXE] == []


def test_an_underlay_is_scaled_by_two_points_and_a_typed_length(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    editor = hand.bench.editor
    assert editor is not None
    editor.lay_under(picture_url(), wide_px=200, tall_px=100, left_mm=1_000, low_mm=1_000, mm_per_px=20)
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
