"""The model of a layout is walked round by hand, keys and buttons, and shows the very file that is handed over."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from planner.ui.pages.handover import MODEL_WORDS, VIEW_WORDS
from planner.ui.session import Session
from planner.ui.viewing.model import Model
from tests.planner.a_package import the_model
from tests.planner.small_centre import a_small_folder

PICTURE = "c => c.toDataURL()"


class Shown:
    """The model alone."""

    def __init__(self, session: Session) -> None:
        words = session.words
        told = {n: words(f"page.view.{n}") for n in VIEW_WORDS} | {n: words(f"page.model.{n}") for n in MODEL_WORDS}
        self.model = Model(the_model(), words=told, css_classes=["cl-model"])

    def view(self) -> Any:
        return self.model

    def refresh(self) -> None: ...


def faces(page: Page) -> int:
    canvas = page.locator(".cl-model canvas")
    page.wait_for_function("c => c.dataset.faces > 0", arg=canvas.element_handle())
    return int(canvas.get_attribute("data-faces") or 0)


def changed(page: Page, act: Any) -> bool:
    """Whether the picture is another one after `act`."""
    canvas = page.locator(".cl-model canvas")
    before = canvas.evaluate(PICTURE)
    act()
    page.wait_for_function("([c, before]) => c.toDataURL() !== before", arg=[canvas.element_handle(), before])
    return True


def test_the_model_is_drawn_and_turned_by_keys_buttons_and_hand(open_part, tmp_path):
    page = open_part(a_small_folder(tmp_path), Shown).page
    assert faces(page) > 100
    canvas = page.locator(".cl-model canvas")
    canvas.focus()
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowLeft", "+", "-", "0"):
        assert changed(page, lambda key=key: page.keyboard.press(key))
    for name in ("Turn to the left", "From above", "Nearer"):
        assert changed(page, page.get_by_role("button", name=name).click)
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    page.mouse.down()
    assert changed(page, lambda: page.mouse.move(box["x"] + 260, box["y"] + 170))
    page.mouse.up()


def test_walls_above_the_cut_and_fittings_are_shown_as_asked(open_part, tmp_path):
    page = open_part(a_small_folder(tmp_path), Shown).page
    cut = faces(page)
    page.get_by_label("Walls and signs above 1.2 m").check()
    page.wait_for_function("([c, cut]) => c.dataset.faces > cut", arg=[page.locator(".cl-model canvas").element_handle(), cut])
    page.get_by_label("Fittings").uncheck()
    page.wait_for_function("([c, cut]) => c.dataset.faces < cut", arg=[page.locator(".cl-model canvas").element_handle(), cut])


def test_what_a_screen_reader_says_tells_of_the_keys_in_arabic_too(open_part, tmp_path):
    page = open_part(a_small_folder(tmp_path), Shown, "ar").page
    faces(page)
    assert "Shift" in (page.locator(".cl-model canvas").get_attribute("aria-label") or "")
