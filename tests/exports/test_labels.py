"""Labels stand where they can be read: on nothing, and tied to what they name."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from sample_layout import counter_bank, item, sample_layout, sample_plan

from exports import floor_marks
from exports.drawing import BlockRef, Line, Polyline, Text
from exports.floor_drawing import draw_floor
from exports.floor_labels import _along_the_bank
from exports.labels import BOLD_LETTER, Label, settle, text_box, wrapped
from layouts.layout import Layout


def a_text(x: float, y: float, word: str = "Room") -> Text:
    return Text(layer="A-AREA-IDEN-N", id="room", at=(x, y), lines=(word,), height=200)


def test_a_label_takes_its_first_place_when_that_is_free():
    ((text,),) = settle([Label(candidates=(a_text(0, 0), a_text(5000, 0)))], [])
    assert text.at == (0, 0)


def test_a_label_leaves_a_place_that_is_furnished():
    chair = shapely.box(-100, -100, 100, 100)
    ((text,),) = settle([Label(candidates=(a_text(0, 0), a_text(5000, 0)))], [chair])
    assert text.at == (5000, 0)


def test_two_labels_never_share_a_place_while_another_is_free():
    label = Label(candidates=(a_text(0, 0), a_text(5000, 0)))
    (first,), (second,) = settle([label, label], [])
    assert not text_box(first).intersects(text_box(second))


def test_where_nothing_is_free_a_label_stands_on_the_least():
    wide, thin = shapely.box(-900, -900, 900, 900), shapely.box(4990, -10, 5010, 10)
    ((text,),) = settle([Label(candidates=(a_text(0, 0), a_text(5000, 0)))], [wide, thin])
    assert text.at == (5000, 0)


def test_a_label_stands_on_a_mat_rather_than_on_the_edge_of_a_door():
    mat, door = shapely.box(-900, -900, 900, 900), shapely.box(5250, -900, 6000, 900)
    ((text,),) = settle([Label(candidates=(a_text(5000, 0), a_text(0, 0)))], [door], [mat])
    assert text.at == (0, 0)
    ((text,),) = settle([Label(candidates=(a_text(0, 0), a_text(-5000, 0)))], [door], [mat])
    assert text.at == (-5000, 0), "but on bare floor before all"


@pytest.mark.parametrize(
    ("words", "bold", "capitals"),  # as DejaVu Sans sets them, the widest of the fonts that are named
    [("Document check ×2", False, 14.27), ("Real-estate registry ×4", True, 18.35), ("9.1 m²", False, 4.59)],
)
def test_the_room_reckoned_for_words_is_what_the_widest_font_takes(words, bold, capitals):
    x0, _, x1, _ = text_box(Text(layer="0", at=(0, 0), lines=(words,), height=100, bold=bold)).bounds
    assert capitals * 100 * 0.99 <= x1 - x0 <= capitals * 100 * 1.05


def test_a_label_far_from_its_thing_has_a_leader_that_ends_at_it():
    thing = shapely.box(-100, -100, 100, 100)
    ((text, leader),) = settle([Label(candidates=(a_text(0, 2000),), about=thing)], [])
    assert isinstance(leader, Line)
    assert shapely.Point(leader.b).distance(thing) < 1
    assert shapely.Point(leader.a).distance(text_box(text)) < 1


def test_no_label_of_the_sample_floor_stands_on_another():
    drawing = draw_floor(sample_plan(), sample_layout())
    boxes = [text_box(s) for s in drawing.shapes if isinstance(s, Text)]
    assert len(boxes) > 30
    assert [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.intersection(b).area > 1] == []


def test_labels_find_their_places_the_same_way_each_time():
    texts = [[s for s in draw_floor(sample_plan(), sample_layout()).shapes if isinstance(s, Text)] for _ in range(2)]
    assert texts[0] == texts[1]


def alone(thing):
    """The sample floor emptied but for one thing."""
    return Layout(levels=(replace(sample_layout().levels[0], items=(thing,), routes=()),))


def test_an_island_s_name_stands_along_its_back_not_where_people_queue():
    kiosks = item("X", "self_service_kiosk", (13_500, 12_000), 0.0, 3000, 1000, label="Tickets")
    drawing = draw_floor(sample_plan(), alone(kiosks))
    (name,) = [s for s in drawing.shapes if isinstance(s, Text) and s.lines == ("Tickets",)]
    assert name.at[1] > 13_000


def test_an_island_s_name_moves_along_its_back_out_of_a_column_s_way():
    desk = item("X", "document_check", (11_500, 5400), 0.0, 3600, 1400, label="Document check")
    plan = sample_plan()
    column = next(c for c in plan.levels[0].columns if c.id == "c120007000")
    assert column.outline[0][1] <= 6800 + 200, "right behind the desk, at its middle"
    drawing = draw_floor(plan, alone(desk))
    (name,) = [s for s in drawing.shapes if isinstance(s, Text) and s.lines == ("Document check",)]
    assert not text_box(name).intersects(shapely.Polygon(column.outline))
    assert name.at[1] > 6800


def test_a_bank_s_name_goes_back_before_it_goes_along_to_the_next_bank():
    name = Text(layer="I-FURN-IDEN-N", kind="bank", id="b", at=(0, 0), lines=("Registration",), height=200, bold=True)
    pillar = shapely.box(-250, -150, 250, 150)
    ((text, *_),) = settle([Label(candidates=_along_the_bank(name))], [pillar])
    assert abs(text.at[0]) <= 300 and abs(text.at[1]) >= 200


def test_names_keep_off_the_belts_of_those_who_wait():
    desk = item("X", "reception", (8000, 13_000), 0.0, 3000, 1400, label="Reception")
    drawing = draw_floor(sample_plan(), alone(desk))
    belts = [shapely.LineString([s.a, s.b]) for s in drawing.shapes if isinstance(s, Line) and s.kind == "queue"]
    words = [text_box(s) for s in drawing.shapes if isinstance(s, Text)]
    assert belts
    assert not any(belt.intersects(box) for belt in belts for box in words)


def test_a_name_stands_rather_on_floor_than_on_what_is_closed_off():
    corner = item("X", "children_corner", (8000, 12_000), 0.0, 2400, 2400, label="Children's corner")
    pocket = item("V001", "void", (8000, 14_400), 0.0, 2400, 900)
    layout = Layout(levels=(replace(sample_layout().levels[0], items=(corner, pocket), routes=()),))
    drawing = draw_floor(sample_plan(), layout)
    (name,) = [s for s in drawing.shapes if isinstance(s, Text) and "corner" in " ".join(s.lines)]
    assert not text_box(name).intersects(shapely.Polygon(pocket.polygon))


def test_a_window_s_mark_stands_off_its_glass():
    drawing = draw_floor(sample_plan(), sample_layout())
    glass = [shapely.Polygon(s.points) for s in drawing.shapes if isinstance(s, Polyline) and s.kind == "window"]
    marks = [text_box(s) for s in drawing.shapes if isinstance(s, Text) and s.kind == "window_mark"]
    assert glass and marks
    assert not any(mark.intersects(pane) for mark in marks for pane in glass)


def test_a_prayer_room_s_name_stays_inside_and_off_its_mats_where_there_is_room_beside_them():
    room = item("X", "prayer_room_men", (13_500, 12_000), 0.0, 3600, 3400, label="Prayer room, men", bank="X")
    drawing = draw_floor(sample_plan(), alone(room))
    (name,) = [s for s in drawing.shapes if isinstance(s, Text) and " ".join(s.lines).startswith("Prayer room, men")]
    block = drawing.block(next(s.block for s in drawing.shapes if isinstance(s, BlockRef) and s.kind == room.kind))
    drawn = [shapely.Polygon(s.points) for s in block.shapes if isinstance(s, Polyline)]
    mats = [shapely.affinity.translate(mat, *room.insert_mm) for mat in drawn]
    assert shapely.Polygon(room.polygon).covers(text_box(name))
    assert not any(mat.intersects(text_box(name)) for mat in mats)


def test_a_small_prayer_room_s_name_stays_inside_it():
    room = item("X", "prayer_room_men", (13_500, 12_000), 0.0, 3000, 3000, label="Prayer room, men", bank="X")
    shapes = draw_floor(sample_plan(), alone(room)).shapes
    (name,) = [s for s in shapes if isinstance(s, Text) and " ".join(s.lines).startswith("Prayer room, men")]
    assert shapely.Polygon(room.polygon).covers(text_box(name))


def test_words_go_on_as_many_lines_as_asked_each_as_short_as_can_be() -> None:
    assert wrapped("Disability assessment booking ×2", 3) == ("Disability", "assessment", "booking ×2")
    assert wrapped("Disability assessment booking ×2", 1) == ("Disability assessment booking ×2",)
    assert wrapped("Cashier", 3) == ("Cashier",)


def test_a_bank_of_one_counter_is_named_without_a_number_and_within_its_length() -> None:
    lines, height = floor_marks._beside("Stipend cashier", 1500.0)
    assert lines == ("Stipend", "cashier")
    assert BOLD_LETTER * height * max(map(len, lines)) <= 1500.0


def test_a_name_without_end_does_not_run_across_the_drawing():
    layout = sample_layout()
    names = {bank: "W" * 400 for bank in {i.bank for i in layout.levels[0].items if i.bank}}
    drawing = draw_floor(sample_plan(), layout, names=names)
    told = [line for shape in drawing.shapes if isinstance(shape, Text) for line in shape.lines]
    assert any(line.startswith("WWW") for line in told) and max(map(len, told)) < 80


@pytest.mark.parametrize("name", ["W" * 60, "Mmmmm wwwww " * 5, "Registration and renewal of residents' cards"])
def test_a_bank_s_name_is_no_longer_than_a_short_bank(name):
    short = counter_bank("b", "B", "counter", (8000, 9000), 0.0, 2, 1, ("s",))
    (text,) = [t for t in floor_marks.draw_banks(short, {"b": name}) if t.kind == "bank"]
    length = sum(max(p[0] for p in i.polygon) - min(p[0] for p in i.polygon) for i in short)
    mean = {"W": 1.51, "M": 1.37, "m": 1.43, "w": 1.27}  # of DejaVu Sans Bold, as shares of a capital's height
    assert max(sum(mean.get(c, 0.85) for c in line) for line in text.lines) * text.height < 1.1 * length
    assert text.height >= 150
