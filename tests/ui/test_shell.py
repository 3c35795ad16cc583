"""The shell in a browser: navigation, undo, palette, two tabs in step."""

from __future__ import annotations

from dataclasses import replace

from planner.project import Project
from planner.squaring import turn_to_square, turned_project
from tests.ui.conftest import PAGES
from tests.ui.waiting import expect


def renamed(project: Project, name: str) -> Project:
    return replace(project, site=replace(project.site, name=name))


def test_every_page_can_be_reached_by_its_key(kept_tab):
    tab = kept_tab
    for name in PAGES:
        tab.go_to(name)


HEAD = (".cl-menu", ".cl-undo", ".cl-redo", ".cl-saved", ".cl-dark", ".cl-inspector")
OUT_OF_SIGHT = """(parts) => parts.filter((part) => {
  const {left, right, width} = part.getBoundingClientRect()
  return width === 0 || left < 0 || right > innerWidth
}).map((part) => part.className)"""


def test_all_of_the_head_is_in_sight_in_a_narrow_window_and_at_twice_the_size(kept_tab):
    tab = kept_tab
    tab.go_to("plan")
    size = tab.page.viewport_size
    try:
        for width in (1024, 700):
            tab.page.set_viewport_size({"width": width, "height": 500})
            head = tab.page.locator(", ".join(HEAD))
            expect(head).to_have_count(len(HEAD))
            tab.until(lambda head=head: head.evaluate_all(OUT_OF_SIGHT) == [])
    finally:
        tab.page.set_viewport_size(size)


def test_a_window_over_the_page_has_the_keys_until_it_is_shut(kept_tab):
    tab = kept_tab
    tab.go_to("demand")
    tab.page.keyboard.press("Alt+v")
    window = tab.page.get_by_role("dialog", name="Versions")
    expect(window).to_be_visible()
    tab.page.keyboard.press("Alt+3")
    tab.page.keyboard.press("Control+k")
    tab.in_step()
    expect(tab.page.locator(".cl-page-demand")).to_be_visible()
    expect(tab.page.get_by_role("combobox", name="What do you want to do?")).to_have_count(0)
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Alt+3")  # at once, while the window is fading
    tab.page.locator(".cl-page-capacity").wait_for(state="visible")


def test_a_change_made_elsewhere_can_be_undone_with_ctrl_z(kept_tab):
    tab = kept_tab
    before = tab.workspace.project
    tab.workspace.change(renamed(before, "Other"), "rename")
    tab.page.locator("body").press("Control+z")
    tab.until(lambda: tab.workspace.project == before)
    tab.page.locator("body").press("Control+Shift+Z")
    tab.until(lambda: tab.workspace.project.site.name == "Other")
    expect(tab.page).to_have_title("Other – Centreline")
    expect(tab.page.get_by_role("link", name="Other")).to_be_visible()


def test_the_palette_finds_an_action_by_a_word_of_it(kept_tab):
    tab = kept_tab
    tab.page.keyboard.press("Control+k")
    tab.page.get_by_role("combobox", name="What do you want to do?").fill("hand-over")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".cl-page-handover").wait_for(state="visible")


def test_the_palette_lists_what_pages_can_do_that_nobody_has_looked_at_and_shows_them(kept_tab):
    tab = kept_tab
    for words, opened in (("from a spreadsheet", ".cl-paste-text textarea"), ("import a drawing", ".cl-bring-mode")):
        tab.page.keyboard.press("Control+k")
        tab.page.get_by_role("combobox", name="What do you want to do?").fill(words)
        tab.page.keyboard.press("Enter")
        tab.page.locator(opened).first.wait_for(state="visible")
        tab.page.keyboard.press("Escape")
        tab.page.locator(opened).first.wait_for(state="hidden")
    turned = turned_project(tab.workspace.project, 17.0)
    tab.workspace.change(turned, "turned")
    tab.page.keyboard.press("Control+k")
    tab.page.get_by_role("combobox", name="What do you want to do?").fill("square to its main walls")
    tab.page.keyboard.press("Enter")
    tab.until(lambda: not turn_to_square(tab.workspace.project))
    tab.page.get_by_text("The plan is turned by 17.0°").first.wait_for()
    tab.page.locator("body").press("Control+z")
    tab.until(lambda: tab.workspace.project == turned)


def test_the_menu_of_the_drawing_stands_where_people_draw_and_its_tools_lead_there(kept_tab):
    tab = kept_tab
    drawing = tab.page.locator(".cl-menu").get_by_role("button", name="Drawing")
    for name in PAGES:
        tab.go_to(name)
        expect(drawing).to_have_count(int(name in ("plan", "layout")))
    tab.page.keyboard.press("Control+k")
    tab.page.get_by_role("combobox", name="What do you want to do?").fill("Measure")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".cl-page-plan").wait_for(state="visible")
    tab.page.locator(".ed-tool[aria-pressed=true][aria-label^=Measure]").first.wait_for()


def test_without_a_plan_the_checks_say_so_and_lead_to_where_it_is_drawn(kept_tab):
    tab = kept_tab
    tab.workspace.change(replace(tab.workspace.project, plan=None), "no plan")
    tab.go_to("checks")
    tab.page.locator(".cl-page-checks").get_by_role("alert").get_by_text("There is no floor plan yet.").wait_for()
    tab.page.locator(".cl-page-checks").get_by_role("button", name="Go to Plan").click()
    tab.page.locator(".cl-page-plan").wait_for(state="visible")


def test_without_a_layout_the_checks_say_so_at_once_and_nothing_is_begun(kept_tab):
    tab = kept_tab
    tab.go_to("checks")
    tab.page.locator(".cl-page-checks").get_by_role("alert").get_by_text("There is no layout yet.").wait_for()
    expect(tab.page.locator(".cl-start-check button")).to_be_disabled()
    assert "check" not in tab.workspace.jobs
    tab.page.locator(".cl-page-checks").get_by_role("button", name="Go to Layout").click()
    tab.page.locator(".cl-page-layout").get_by_text("can be kept here under a name").wait_for()  # a card of nothing says so


def test_undo_and_redo_are_there_after_the_page_was_loaded_again(kept_tab):
    tab = kept_tab
    before = tab.workspace.project
    for name in ("Other", "Another"):
        tab.workspace.change(renamed(before, name), "rename")
    tab.workspace.undo()
    tab.page.reload()
    tab.ready()
    tab.page.locator("body").press("Control+Shift+Z")
    tab.until(lambda: tab.workspace.project.site.name == "Another")
    tab.page.locator("body").press("Control+z")
    tab.until(lambda: tab.workspace.project.site.name == "Other")
    tab.page.locator("body").press("Control+z")
    tab.until(lambda: tab.workspace.project == before)


def test_two_tabs_on_one_project_stay_in_step(kept_tab, new_tab):
    first, second = kept_tab, new_tab(kept_tab.served)
    second.page.goto(first.served.link(first.workspace.path))
    second.ready()
    for tab in (first, second):
        tab.go_to("plan")
    first.workspace.change(replace(first.workspace.project, staff=()), "no staff")
    for tab in (first, second):
        tab.page.get_by_text("Enter the staff.").first.wait_for()
    second.page.locator("body").press("Control+z")
    first.page.get_by_text("Draw up a roster.").first.wait_for()
    first.until(lambda: first.workspace.project.staff)


def test_the_shortcuts_sheet_lists_the_keys_and_closes_with_escape(kept_tab):
    tab = kept_tab
    tab.page.keyboard.press("?")
    sheet = tab.page.get_by_role("dialog", name="Keyboard shortcuts")
    sheet.get_by_text("Ctrl+Shift+Z").wait_for()
    tab.page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")


def test_a_version_can_be_gone_back_to_from_the_page(kept_tab):
    tab = kept_tab
    before, steps = tab.workspace.project, len(tab.workspace.history())
    for name in ("A", "B"):
        tab.workspace.change(renamed(tab.workspace.project, name), f"call it {name}")
    tab.page.keyboard.press("Alt+v")
    tab.page.get_by_text("call it B").wait_for()
    tab.page.get_by_label("Go back to version").fill("1")
    tab.page.keyboard.press("Tab")
    tab.page.locator(".cl-go-back").click()
    tab.until(lambda: tab.workspace.project == before)
    assert len(tab.workspace.history()) == steps + 3


def test_settings_are_changed_in_the_inspector_one_step_each(kept_tab):
    tab = kept_tab
    tab.page.keyboard.press("Control+k")
    tab.page.get_by_role("combobox", name="What do you want to do?").fill("project")
    tab.page.get_by_role("option", name="Project", exact=True).click()
    name = tab.page.get_by_label("Name", exact=True)
    name.wait_for()
    steps = len(tab.workspace.history())
    name.fill("Basra")
    name.press("Enter")
    tab.until(lambda: tab.workspace.project.site.name == "Basra")
    tab.until(lambda: [r.label for r in tab.workspace.history()][steps:] == ["page.step.name"])


def test_axe_finds_nothing_new_on_any_page(kept_tab):
    found = {}
    for name in PAGES:
        kept_tab.go_to(name)
        kept_tab.settle()
        found[name] = kept_tab.axe()
    assert found == {name: [] for name in PAGES}


def test_axe_finds_nothing_new_on_dark_pages_in_arabic(new_tab, kept_tab):
    """The other way round in both: languages differ by words and direction, dark pages from light ones by their colours."""
    tab = new_tab(kept_tab.served)
    tab.page.goto(kept_tab.served.link(kept_tab.workspace.path), wait_until="commit")
    tab.page.goto(f"{tab.page.url}&language=ar")
    tab.ready()
    expect(tab.page.locator("html")).to_have_attribute("dir", "rtl")
    ground = "getComputedStyle(document.body).backgroundColor"
    tab.page.keyboard.press("Alt+d")
    tab.until(lambda: tab.page.evaluate(ground) != "rgb(255, 255, 255)")
    found = {}
    for name in PAGES:
        tab.go_to(name)
        tab.settle()
        found[name] = tab.axe()
    assert found == {name: [] for name in PAGES}


def test_axe_finds_nothing_new_in_windows_over_the_page_light_and_dark(kept_tab):
    """The page behind is looked at above; it is looked at with a window over it where that is the page's own."""
    tab = kept_tab
    tab.go_to("plan")
    named = tab.page.get_by_role
    windows = {
        "import": named("button", name="Import a drawing").click,
        "underlay": named("button", name="Pictures under the plan").click,
        "versions": lambda: tab.page.keyboard.press("Alt+v"),
        "palette": lambda: tab.page.keyboard.press("Control+k"),
        "keys": lambda: tab.page.keyboard.press("?"),
    }
    found = {}
    for only in ((), ("color-contrast",)):
        for name, opened in windows.items():
            opened()
            named("dialog").first.wait_for()
            tab.page.wait_for_timeout(300)
            found[name] = found.get(name, []) + tab.axe(*only, window=True)
            tab.page.keyboard.press("Escape")
            named("dialog").first.wait_for(state="hidden")
        tab.page.keyboard.press("Alt+d")
        tab.in_step()
    assert found == {name: [] for name in windows}


def test_a_tab_is_not_told_what_keeps_the_whole_server_busy():
    from panel.io import state

    from planner.ui import kit

    frame = kit.whole_page(title="A tab", main=[])
    state._add_busy_event("another tab's clock")
    try:
        assert state.busy and not frame.busy
    finally:
        state._remove_busy_event("another tab's clock")
