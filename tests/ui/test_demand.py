"""The page Services & demand in a browser: edit, paste, import, undo; hostile names stay names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.planner.small_centre import a_small_centre
from tests.ui.conftest import a_project
from tests.ui.test_demand_edits import two_entrances
from tests.ui.test_demand_files import a_log
from tests.ui.waiting import expect

TOLD_WHILE_BUILT = """figure => {
  const model = [...Bokeh.documents[0].all_models].find((m) => m.css_classes?.includes("cl-steps"))
  const view = Bokeh.index.find_one(model)
  view.render()
  const built = [view.isBuilt()]
  model.source.patch(new Map([["mean_min", [[0, figure]]]]))
  model.source.data = {...model.source.data}
  return [...built, view.isBuilt()]
}"""
PASTE = """kinds => {
  let at = document.activeElement
  while (at.shadowRoot?.activeElement) { at = at.shadowRoot.activeElement }
  const clipboardData = new DataTransfer()
  for (const [kind, text] of Object.entries(kinds)) { clipboardData.setData(kind, text) }
  at.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, composed: true, cancelable: true}))
}"""
PARTS = ["services", "arrivals", "centre", "processes"]


@pytest.fixture
def tab(kept_tab):
    kept_tab.go_to("demand")
    show(kept_tab, "services")
    kept_tab.page.locator(".cl-flow img").wait_for()
    return kept_tab


def show(tab, part):
    tab.page.locator(".cl-page-demand").get_by_role("tab").nth(PARTS.index(part)).click()


def type_into(tab, cell, text):
    """As people do: where the table was laid anew under the hand, they click again."""
    box = cell.locator("input")

    def opened():
        if not box.is_visible():
            cell.click()
            tab.page.wait_for_timeout(100)
        return box.is_visible()

    tab.until(opened)
    box.fill(text)
    box.press("Enter")


def cell_of(tab, table, row, field):
    return tab.page.locator(f"{table} .tabulator-row").nth(row).locator(f'[tabulator-field="{field}"]')


def persons(tab, service, start):
    return next(a.persons for a in tab.workspace.project.arrivals if (a.service, a.start_min) == (service, start))


def test_a_service_is_renamed_its_step_lengthened_and_both_undone(tab):
    name = tab.page.locator(".cl-service-name input")
    name.fill("Title deed")
    name.press("Enter")
    tab.until(lambda: tab.workspace.project.services[0].name == "Title deed")
    expect(tab.page.locator(".cl-service [role=combobox]")).to_have_text("Title deed")
    type_into(tab, cell_of(tab, ".cl-steps", 0, "mean_min"), "12.5")
    tab.until(lambda: tab.workspace.project.services[0].journey[0].time.mean_min == 12.5)
    tab.workspace.undo()
    tab.workspace.undo()
    assert tab.workspace.project == a_small_centre()
    tab.until(lambda: name.input_value() == "Deed")


def test_a_bank_is_named_in_its_list_as_people_named_it_and_a_name_without_end_leaves_room(open_project, tmp_path):
    names = ("Desk", "Deeds <b>&</b> maps", "W" * 190)
    banks = tuple(replace(b, name=n) for b, n in zip(a_small_centre().banks, names, strict=True))
    tab = open_project(a_project(tmp_path, "named", banks=banks))
    tab.go_to("demand")
    expect(cell_of(tab, ".cl-steps", 0, "bank")).to_have_text(names[1])
    assert cell_of(tab, ".cl-steps", 1, "cv").evaluate("e => e.getBoundingClientRect().right <= innerWidth")


def test_rows_told_while_a_table_is_being_built_are_shown_when_it_is(tab):
    """Told at once it throws, as any script that throws fails the test; told as a whole it used to drop them."""
    cell = cell_of(tab, ".cl-steps", 0, "mean_min")
    was = cell.inner_text()
    for figure in ("77", was):
        assert tab.page.evaluate(TOLD_WHILE_BUILT, figure) == [False, False]
        expect(cell).to_have_text(figure)


def test_a_service_is_added_and_removed_again(tab):
    tab.page.locator(".cl-new-service input").fill("Passport")
    tab.page.locator(".cl-add-service").click()
    tab.until(lambda: [s.name for s in tab.workspace.project.services] == ["Deed", "Enquiry", "Passport"])
    tab.until(lambda: tab.page.locator(".cl-service-name input").input_value() == "Passport")
    tab.page.locator(".cl-remove-service").click()
    tab.until(lambda: tab.workspace.project == a_small_centre())


def test_what_cannot_be_is_told_at_the_table_and_the_cell_goes_back(tab):
    type_into(tab, cell_of(tab, ".cl-steps", 0, "probability"), "400")
    tab.page.locator(".cl-field-fault").first.wait_for(state="visible")
    tab.until(lambda: cell_of(tab, ".cl-steps", 0, "probability").inner_text().startswith("100"))
    assert tab.workspace.project == a_small_centre()


def test_an_arrival_typed_into_the_table_is_one_step_of_undo(tab):
    show(tab, "arrivals")
    type_into(tab, cell_of(tab, ".cl-arrivals", 1, "s0"), "٩٫٥")
    tab.until(lambda: persons(tab, "deed", 510) == 9.5)
    column = [cell_of(tab, ".cl-arrivals", row, field) for row, field in ((1, "s0"), (0, "s0"), (0, "s1"), (1, "sum"))]
    for cell, figure in zip(column, ("9.5", "4.0", "3", "12.5"), strict=True):  # one number of decimals a column
        expect(cell).to_have_text(figure)
        expect(cell).to_have_css("text-align", "right")
    type_into(tab, column[1], "50%")
    tab.page.locator(".cl-arrivals-fault").get_by_text("50%").wait_for()
    expect(column[1]).to_have_text("4.0")
    tab.workspace.undo()
    assert persons(tab, "deed", 510) == 4.0
    expect(column[0]).to_have_text("4")


def test_cells_pasted_from_a_spreadsheet_reach_the_project_as_one_step(tab):
    show(tab, "arrivals")
    tab.page.locator(".cl-paste").click()
    box = tab.page.locator(".cl-paste-text textarea").first
    box.fill("from\tDeed\tEnquiry\n" + "\n".join(f"{8 + n // 2:02d}:{30 * (n % 2):02d}\t{n}\t{2 * n}" for n in range(8)))
    tab.page.locator(".cl-paste-look").click()
    apply = tab.page.locator(".cl-paste-apply button")
    tab.until(apply.is_enabled)
    tab.heard()  # the text is looked at as it is left and as the button is pressed: both before the other tab's change
    elsewhere = replace(a_small_centre(), site=replace(a_small_centre().site, name="Elsewhere"))
    tab.workspace.change(elsewhere, "in another tab")
    apply.press("Enter")  # by its key: what was told grows the window meanwhile, and moves what a hand is clicking on
    tab.page.locator(".cl-paste-told").get_by_text("another tab").wait_for()  # what is offered now is of the project as it is
    apply.press("Enter")
    tab.until(lambda: persons(tab, "enquiry", 690) == 14.0)
    assert [persons(tab, "deed", s) for s in range(480, 720, 30)] == [float(n) for n in range(8)]
    tab.workspace.undo()
    assert tab.workspace.project == elsewhere


def test_cells_pasted_onto_the_table_are_told_first_and_not_made_one_figure(tab):
    show(tab, "arrivals")
    cell_of(tab, ".cl-arrivals", 2, "s1").click()
    copied = "<meta charset=utf-8><table><tr><td>5</td></tr><tr><td>6<img src=x onerror='throw 1'></td></tr></table>"
    tab.page.evaluate(PASTE, {"text/html": copied})
    tab.page.locator(".cl-paste-told").get_by_text("09:30").wait_for()
    tab.page.locator(".cl-paste-apply button").press("Enter")
    tab.until(lambda: (persons(tab, "enquiry", 540), persons(tab, "enquiry", 570)) == (5.0, 6.0))
    tab.workspace.undo()
    assert tab.workspace.project == a_small_centre()


def test_pasted_cells_that_do_not_fit_are_told_and_change_nothing(tab):
    show(tab, "arrivals")
    tab.page.locator(".cl-paste").click()
    tab.page.locator(".cl-paste-text textarea").first.fill("1\t2\n3\t4")
    tab.page.locator(".cl-paste-look").click()
    tab.page.get_by_text("2 rows of numbers").wait_for()
    expect(tab.page.locator(".cl-paste-apply button")).to_be_disabled()
    tab.page.keyboard.press("Escape")
    tab.page.locator(".cl-paste-look").wait_for(state="hidden")
    assert tab.workspace.project == a_small_centre()


def test_a_ticket_log_is_told_first_then_taken_then_undone(tab):
    show(tab, "arrivals")
    give(tab, "tickets.csv", a_log(8).replace(b"call", b"rung up").replace(b"Deed", "سند".encode()))
    choose(tab, ".cl-file-question", "rung up")  # the file's own headings and names are asked for, one thing after the other
    tab.page.get_by_text("names services that the project calls otherwise").wait_for()
    choose(tab, ".cl-file-question", "Deed")
    tab.page.locator(".cl-file-take").wait_for()
    assert tab.workspace.project == a_small_centre()
    tab.page.get_by_text("tickets.csv: a ticket system's log, 240 rows.").wait_for()
    tab.page.locator(".cl-file-take").click()
    tab.until(lambda: tab.workspace.project != a_small_centre())
    assert sum(a.persons for a in tab.workspace.project.arrivals if a.service == "deed") == pytest.approx(30.0)
    assert "tickets.csv" in tab.workspace.project.services[0].journey[0].time.source
    tab.workspace.undo()
    assert tab.workspace.project == a_small_centre()


def test_files_that_are_no_demand_are_told_beside_the_button(tab, tmp_path):
    show(tab, "arrivals")
    told = tab.page.locator(".cl-file-told")
    give(tab, "holiday.csv", b"a,b\n1,2\n")
    told.get_by_text("holiday.csv").wait_for()
    give(tab, "photo.png", b"png")
    told.get_by_text("photo.png is no file of demand").wait_for()
    expect(tab.page.locator(".cl-demand-file")).not_to_contain_text("photo.png")  # no button is called by what it refused
    give(tab, "nothing.csv", b"")
    told.get_by_text("The file is empty").wait_for()
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(101 * 2**20)
    tab.page.locator(".cl-demand-file input[type=file]").set_input_files(tmp_path / "huge.csv")
    told.get_by_text("huge.csv is larger than 50 MB").wait_for()
    assert tab.workspace.project == a_small_centre()


def choose(tab, box, choice):
    tab.page.locator(f"{box} [role=combobox]").click()
    tab.page.locator("li").get_by_text(choice, exact=True).click()
    tab.page.locator(".cl-file-read-so").click()


def give(tab, name, body):
    tab.page.locator(".cl-demand-file input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": body})


def test_hours_banks_and_promises_are_edited_in_their_tables(tab):
    show(tab, "centre")
    expect(cell_of(tab, ".cl-banks", 1, "kind")).to_have_text("Counter")
    expect(cell_of(tab, ".cl-banks", 1, "waiting")).to_have_text("On seats")
    type_into(tab, cell_of(tab, ".cl-day-types", 0, "close_min"), "13:00")
    tab.until(lambda: tab.workspace.project.day_types[0].close_min == 780)
    type_into(tab, cell_of(tab, ".cl-standards", 0, "within_min"), "7,5")
    tab.until(lambda: tab.workspace.project.standards[0].within_min == 7.5)
    type_into(tab, cell_of(tab, ".cl-standards", 0, "share_within"), "62,5 %")
    tab.until(lambda: tab.workspace.project.standards[0].share_within == 0.625)
    type_into(tab, cell_of(tab, ".cl-banks", 1, "most_in_a_row"), "٦")
    tab.until(lambda: tab.workspace.project.banks[1].most_in_a_row == 6)
    tab.page.locator(".cl-banks-add").click()
    tab.until(lambda: len(tab.workspace.project.banks) == 4)
    tab.until(lambda: tab.page.locator(".cl-banks .tabulator-row").count() == 4)
    cell_of(tab, ".cl-banks", 3, "remove").click()
    tab.until(lambda: len(tab.workspace.project.banks) == 3)


def test_who_comes_by_which_entrance_is_told_in_a_table_where_there_are_several(open_project, tmp_path):
    tab = open_project(a_project(tmp_path, "doors", plan=two_entrances().plan))
    tab.go_to("demand")
    show(tab, "centre")
    tab.page.locator(".cl-entrances-add").click()
    tab.until(lambda: [e.share for e in tab.workspace.project.entrances] == [0.5, 0.5])
    type_into(tab, cell_of(tab, ".cl-entrances", 0, "share"), "٧٠٪")
    tab.until(lambda: [e.share for e in tab.workspace.project.entrances] == [0.7, 0.5])
    type_into(tab, cell_of(tab, ".cl-entrances", 1, "share"), "0")
    tab.page.locator(".cl-field-fault").get_by_text("share").first.wait_for()
    tab.until(lambda: cell_of(tab, ".cl-entrances", 1, "share").inner_text().startswith("50"))
    tab.workspace.undo()
    tab.workspace.undo()
    expect(tab.page.locator(".cl-entrances .tabulator-row")).to_have_count(0)
    assert tab.workspace.project.entrances == ()


def test_machines_can_read_every_part(tab):
    found = {}
    for part in PARTS:
        show(tab, part)
        tab.settle()
        found[part] = tab.axe()
    assert found == {part: [] for part in PARTS}
