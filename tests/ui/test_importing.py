"""Bringing drawings in from the page: read, asked, corrected, taken as one step, refused with a sentence."""

from __future__ import annotations

import pytest

from layouts.findings import BadInput
from planner.examples import example
from planner.ui.importing.dialog import ImportDialog
from planner.ui.importing.uploads import DRAWINGS, MOST_MB, UploadFolder, plain_name
from tests.layouts.readers.sketch import hall, saved
from tests.ui.conftest import Tab, a_project
from tests.ui.waiting import expect

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def importing(open_part, tmp_path):
    """The dialog, open, on a project of one's own."""

    def opened(**changed):
        tab: Tab = open_part(a_project(tmp_path, "mine", **changed), ImportDialog)
        tab.page.locator(".t-open").click()
        tab.page.locator(".cl-bring-file input").wait_for(state="attached")
        return tab

    return opened


def of_doubtful_scale():
    """Two rooms whose written areas fit no unit that doors and walls know."""
    doc = hall()
    for ring in (
        [(10200, 0), (16200, 0), (16200, 8000), (10200, 8000)],
        [(10200, -200), (16400, -200), (16400, 8200), (10200, 8200)],
    ):
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})
    for x, area in ((3000, "320 m²"), (12000, "192 m²")):
        doc.modelspace().add_text(area, height=200, dxfattribs={"insert": (x, 2000), "layer": "A-AREA-IDEN"})
    return doc


def give(tab, file):
    tab.page.locator(".cl-bring-file input").set_input_files(file)


def press(tab, name):
    """By its key: what has just been read still shifts the window, and a click whose two halves meet other things is none."""
    button = tab.page.locator(f".cl-bring-{name} button")
    expect(button).to_be_enabled()
    button.press("Enter")


def read(tab, file):
    give(tab, file)
    tab.page.locator("svg image").wait_for(state="attached")


def test_the_example_drawing_is_read_shown_and_taken_as_one_step_of_undo(importing):
    tab = importing(plan=None)
    steps = len(tab.workspace.history())
    read(tab, example("dahuk") / "plan.dxf")
    assert tab.workspace.project.plan is None
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)
    assert len(tab.workspace.history()) == steps + 1
    assert tab.workspace.drawing() == (example("dahuk") / "plan.dxf").read_bytes()
    assert tab.workspace.project.drawing.name == "plan.dxf"
    assert tab.workspace.undo()
    assert tab.workspace.project.plan is None
    assert tab.workspace.project.drawing is None


def test_the_same_drawing_again_is_read_again_after_it_was_taken_back(importing):
    tab = importing(plan=None)
    take = tab.page.locator(".cl-bring-take")
    for _ in range(2):
        give(tab, example("dahuk") / "plan.dxf")
        take.wait_for(state="visible")
        press(tab, "take")
        tab.until(lambda: tab.workspace.project.plan)
        take.wait_for(state="hidden")
        assert tab.workspace.undo()
        tab.page.locator(".t-open").click()


def test_a_scale_that_is_not_sure_asks_with_its_choices_and_takes_nothing_before(importing, tmp_path):
    tab = importing(plan=None)
    read(tab, saved(of_doubtful_scale(), tmp_path))
    tab.page.locator(".cl-bring-asks").wait_for()
    expect(tab.page.locator(".cl-bring-take")).to_be_hidden()
    tab.page.locator(".cl-bring-unit").filter(has_text=" × ").first.click()
    tab.page.locator(".cl-bring-take").wait_for()
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)
    assert tab.workspace.project.drawing.unit or tab.workspace.project.drawing.scale_to_mm


def test_a_drawing_of_no_unit_is_measured_by_two_points(importing, tmp_path):
    tab = importing(plan=None)
    give(tab, saved(hall(header=0, scale=1e-6), tmp_path))
    tab.page.locator(".cl-bring-asks").wait_for()
    tab.page.get_by_label("First point").fill("0, 0")
    tab.page.get_by_label("Second point").fill("0.01, 0")
    tab.page.get_by_label("True distance").fill("10 m")
    press(tab, "scale")
    tab.page.locator(".cl-bring-take").wait_for()
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)
    xs = [x for x, _ in tab.workspace.project.plan.levels[0].outline]
    assert max(xs) - min(xs) == pytest.approx(10_000, abs=20)


def test_names_of_layers_and_rooms_are_words_and_nothing_else(importing, tmp_path):
    tab = importing(plan=None)
    file = saved(hall(name=HOSTILE), tmp_path)
    file.write_text(file.read_text("utf-8").replace("NOTES", HOSTILE), "utf-8")  # no CAD program lets anybody type that
    read(tab, file)
    tab.page.get_by_role("tab", name="Layers").click()
    tab.page.get_by_text(HOSTILE).first.wait_for()
    for name in ("Everything in the file", "What was read"):
        tab.page.get_by_role("tab", name=name).click()
        tab.page.wait_for_timeout(300)
    assert tab.page.locator("img[src=x]").count() == 0


def test_a_wrong_file_is_refused_at_its_place_and_changes_nothing(importing, tmp_path):
    tab = importing(plan=None)
    large = tmp_path / "large.dxf"
    with large.open("wb") as stream:
        stream.truncate(100 * 2**20)
    give(tab, large)
    tab.page.locator(".cl-bring-trouble").get_by_text("large.dxf is larger than 50 MB").wait_for()
    assert tab.workspace.jobs == {}
    for name, body, said in (
        ("notes.txt", b"hello", "is of another kind"),
        ("empty.dxf", b"  ", "not a DXF"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
    ):
        give(tab, {"name": name, "mimeType": "application/octet-stream", "buffer": body})
        tab.page.locator(".cl-bring-trouble").get_by_text(said).wait_for()
        expect(tab.page.locator(".cl-bring").get_by_text(said)).to_have_count(1)  # once, and nothing of the file before
        if name == "notes.txt":
            expect(tab.page.locator(".cl-bring-file")).not_to_contain_text(name)  # no button is called by what it refused
    assert tab.workspace.project.plan is None


def test_what_a_browser_lets_through_is_measured_again():
    folder = UploadFolder()
    with pytest.raises(BadInput) as refused:
        folder.take(bytes(MOST_MB * 2**20 + 1), "plan.dxf", DRAWINGS)
    assert refused.value.code == "page.upload_too_large"
    folder.close()


def test_a_name_is_its_last_part_without_control_signs():
    assert plain_name("C:\\drawings\\..\\plan\x00\n.dxf") == "plan.dxf"
    assert plain_name("../../etc/passwd") == "passwd"
    assert len(plain_name("x" * 500 + ".dxf")) <= 120
    assert plain_name("x" * 500 + ".dxf").endswith(".dxf")


def test_machines_can_read_the_dialog(importing):
    tab = importing(plan=None)
    read(tab, example("justice") / "plan.dxf")
    for name in ("Unit and scale", "Layers", "Part, boundary, storeys", "What was read"):
        tab.page.get_by_role("tab", name=name).click()
        tab.page.wait_for_timeout(300)
        # the frame that the page of this test stands in has an empty heading of its own
        assert [fault for fault in tab.axe() if "MuiTypography-h5" not in fault] == []


def test_a_layer_told_to_be_nothing_is_read_so_again_and_kept_in_the_recipe(importing):
    tab = importing(plan=None)
    read(tab, example("dahuk") / "plan.dxf")
    tab.page.get_by_role("tab", name="Layers").click()
    tab.page.locator(".cl-bring-layer input").fill("A-GLAZ")
    tab.page.locator(".cl-bring-class [role=combobox]").click()
    tab.page.locator(".MuiMenuItem-root").get_by_text("nothing, leave it out").click()
    press(tab, "take-layer")
    tab.until(lambda: tab.part._reading.brought.recipe.layers == {"ignore": ("A-GLAZ",)}, 60)
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.drawing)
    assert tab.workspace.project.drawing.layers == {"ignore": ("A-GLAZ",)}


def test_a_newer_drawing_tells_what_moved_and_what_that_hits_before_it_is_taken(importing, tmp_path):
    import ezdxf

    tab = importing(plan=None)
    file = example("dahuk") / "plan.dxf"
    read(tab, file)
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)
    before = tab.workspace.project.plan
    doc = ezdxf.readfile(file)
    columns = [e for e in doc.modelspace() if "COLS" in e.dxf.layer]
    assert columns
    for column in columns[:1]:
        column.translate(0, 0.4 if doc.header["$INSUNITS"] == 6 else 400, 0)
    newer = tmp_path / "plan.dxf"
    doc.saveas(newer)
    tab.page.locator(".t-open").click()
    read(tab, newer)
    tab.page.get_by_text("columns: 1 moved, 0 new, 0 gone").wait_for()
    assert tab.workspace.project.plan == before


def test_the_guess_at_ways_in_and_out_is_taken_with_one_press_and_kept_in_the_recipe(importing, tmp_path):
    tab = importing(plan=None)
    read(tab, saved(hall(), tmp_path))
    told = tab.page.locator(".cl-bring")
    expect(told).to_contain_text("Entrance and exit: the door of the drawing at 4.5 m, 0.0 m")
    expect(told).to_contain_text("Staff door: a new door in the outer wall at")
    press(tab, "doors")
    expect(tab.page.locator(".cl-bring-doors")).to_have_count(0)
    press(tab, "take")
    tab.until(lambda: tab.workspace.project.plan)
    assert {d.use for d in tab.workspace.project.plan.levels[0].doors} == {"entrance_exit", "staff"}
    assert [o.use for o in tab.workspace.project.drawing.openings] == ["entrance_exit", "staff"]
