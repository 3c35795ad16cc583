"""The same hall, drawn the ways offices draw: each reads to the same plan."""

from __future__ import annotations

import math
from pathlib import Path

import ezdxf
import pytest
from ezdxf.document import Drawing
from shapely import Polygon
from sketch import PIECES, hall, saved

from layouts.findings import BadInput
from layouts.plan import Level
from layouts.readers.dxf import read_dxf
from layouts.readers.imported import Recipe
from layouts.readers.preview import preview_svg

HALL = ((0, 0), (10000, 0), (10000, 8000), (0, 8000))


def read(doc: Drawing, folder: Path, recipe: Recipe | None = None) -> Level:
    return read_dxf(saved(doc, folder), unit="mm", recipe=recipe).plan.levels[0]


def without_walls(doc: Drawing) -> Drawing:
    for entity in doc.modelspace().query("LWPOLYLINE"):
        doc.modelspace().delete_entity(entity)
    return doc


def lines(doc: Drawing, ring: list[tuple[float, float]], skip: tuple[int, ...] = (), layer: str = "A-WALL") -> None:
    for i, (a, b) in enumerate(zip(ring, ring[1:] + ring[:1])):
        if i not in skip:
            doc.modelspace().add_line(a, b, dxfattribs={"layer": layer})


def test_walls_as_single_lines_of_a_double_line(tmp_path: Path) -> None:
    doc = without_walls(hall())
    lines(doc, PIECES[0])
    assert read(doc, tmp_path).outline == HALL


def test_walls_whose_ends_at_the_door_are_left_open(tmp_path: Path) -> None:
    doc = without_walls(hall())
    lines(doc, PIECES[0], skip=(5, 11))
    found = read(doc, tmp_path)
    assert found.outline == HALL
    assert [(d.use, d.p, d.q) for d in found.doors] == [("entrance", (4000, 0), (5000, 0))]


def test_walls_as_one_line_have_a_nominal_thickness_and_a_doubt(tmp_path: Path) -> None:
    doc = without_walls(hall())
    lines(doc, [(5000, 0), (10000, 0), (10000, 8000), (0, 8000), (0, 0), (4000, 0)], skip=(5,))
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.outline_m2 == pytest.approx(9.9 * 7.9, abs=0.01)
    assert "walls.single_lines" in [w.code for w in found.warnings]
    assert found.confidence["walls"] < 0.5


def test_a_core_in_the_hall_is_a_hole_with_a_room_in_it(tmp_path: Path) -> None:
    doc = hall()
    for inset in (0, 200):
        box = [
            (6000 + inset, 3000 + inset),
            (9000 - inset, 3000 + inset),
            (9000 - inset, 6000 - inset),
            (6000 + inset, 6000 - inset),
        ]
        doc.modelspace().add_lwpolyline(box, close=True, dxfattribs={"layer": "A-WALL"})
    doc.modelspace().add_text("SHAFT", height=200, dxfattribs={"insert": (7000, 4500), "layer": "A-AREA-IDEN"})
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    level = found.plan.levels[0]
    assert [set(hole) for hole in level.holes] == [{(6000, 3000), (9000, 3000), (9000, 6000), (6000, 6000)}]
    assert found.outline_m2 == 71.0
    assert {s.name: Polygon(s.outline.outer).area for s in level.spaces}["SHAFT"] == 2600**2


def test_the_whole_plan_in_a_block_mirrored_turned_and_nested(tmp_path: Path) -> None:
    doc = hall()
    inner, outer = doc.blocks.new("STOREY"), doc.blocks.new("BUILDING")
    for entity in list(doc.modelspace()):
        doc.modelspace().move_to_layout(entity, inner)
    outer.add_blockref("STOREY", (0, 0), dxfattribs={"rotation": 90})
    doc.modelspace().add_blockref("BUILDING", (0, 0), dxfattribs={"xscale": -1})
    level = read(doc, tmp_path)
    assert Polygon(level.outline).area == 80_000_000
    assert max(q[0] for q in level.outline) == 8000
    assert [(d.use, d.swing) for d in level.doors] == [("entrance", "in")]


def test_entities_drawn_from_below(tmp_path: Path) -> None:
    """Extrusion (0, 0, -1): the object's x runs the other way."""
    doc = without_walls(hall())
    doc.modelspace().add_lwpolyline(
        [(-x, y) for x, y in PIECES[0]], close=True, dxfattribs={"layer": "A-WALL", "extrusion": (0, 0, -1)}
    )
    assert read(doc, tmp_path).outline == HALL


@pytest.mark.parametrize(
    ("wall", "door"),
    [
        ("Wand", "Türen"),
        ("MURS", "PORTES"),
        ("muros", "puertas"),
        ("PAREDES", "PORTAS"),
        ("Pareti", "porte"),
        ("DUVAR", "KAPI"),
        ("جدران", "أبواب"),
        ("دیوار", "درب"),
        ("Стены", "Двери"),
        ("墙", "门"),
        ("壁", "ドア"),
        ("ściany", "drzwi"),
        ("plan$0$A-WALL", "plan$0$A-DOOR"),
        ("xref|A-WALL-FULL", "xref|A-DOOR"),
    ],
)
def test_layer_names_in_many_languages(wall: str, door: str, tmp_path: Path) -> None:
    found = read(hall(wall=wall, door=door), tmp_path)
    assert found.outline == HALL
    assert [d.use for d in found.doors] == ["entrance"]


def test_a_hidden_layer_is_counted_and_left_out_unless_asked_for(tmp_path: Path) -> None:
    doc = hall()
    doc.layers.add("A-WALL-DEMO").off()
    doc.modelspace().add_line((5000, -500), (5000, 9000), dxfattribs={"layer": "A-WALL-DEMO"})
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.outline_m2 == 80.0
    assert [(s.reason, s.count) for s in found.census.skipped if s.layer == "A-WALL-DEMO"] == [("hidden", 1)]
    assert read_dxf(saved(doc, tmp_path), unit="mm", recipe=Recipe(hidden=True)).outline_m2 < 80.0


def test_a_recipe_names_layers_the_words_do_not_know(tmp_path: Path) -> None:
    doc = hall(wall="XYZ-1", door="XYZ-2")
    guessed = read_dxf(saved(doc, tmp_path), unit="mm")
    assert "walls.guessed" in [w.code for w in guessed.warnings]
    assert guessed.confidence["walls"] <= 0.5
    found = read(doc, tmp_path, Recipe(layers={"XYZ-1": "wall", "XYZ-2": "door"}))
    assert found.outline == HALL


def test_a_crop_takes_one_of_two_drawings(tmp_path: Path) -> None:
    doc = hall()
    for ring in (PIECES[0],):
        doc.modelspace().add_lwpolyline([(x * 2 + 50_000, y * 2) for x, y in ring], close=True, dxfattribs={"layer": "A-WALL"})
    assert read(doc, tmp_path, Recipe(crop=(-1000, -1000, 20_000, 20_000))).outline == HALL


def test_duplicates_change_nothing(tmp_path: Path) -> None:
    doc = hall()
    lines(doc, PIECES[0])
    lines(doc, PIECES[0][::-1])
    assert read(doc, tmp_path).outline == HALL


def test_round_and_square_columns_and_those_outside(tmp_path: Path) -> None:
    doc = hall()
    doc.modelspace().add_circle((3000, 3000), 250, dxfattribs={"layer": "S-COLS"})
    for x in (6000, 30000):
        square = [(x, 3000), (x + 400, 3000), (x + 400, 3400), (x, 3400)]
        lines(doc, square, layer="S-COLS")
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    areas = sorted(Polygon(c.outline).area for c in found.plan.levels[0].columns)
    assert len(areas) == 2 and areas[0] == 160_000
    assert 3.1416 * 250**2 <= areas[1] <= 1.08 * 3.1416 * 250**2, "a round column is never drawn too small"
    assert ("columns.outside_outline", 1) in [(w.code, w.values.get("count")) for w in found.warnings]


def test_a_written_area_that_differs_is_a_doubt(tmp_path: Path) -> None:
    doc = hall(name="HALL 95,5 m²")
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    doubt = next(w for w in found.warnings if w.code == "space.area_differs")
    assert doubt.values == {"name": "HALL", "written_m2": 95.5, "measured_m2": 80.0}


def test_a_door_nothing_is_said_about_is_internal_and_doubted(tmp_path: Path) -> None:
    doc = hall()
    for entity in doc.modelspace().query("TEXT[layer=='NOTES']"):
        doc.modelspace().delete_entity(entity)
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert [d.use for d in found.plan.levels[0].doors] == ["internal"]
    assert [w.at for w in found.warnings if w.code == "door.use_unknown"] == [(4000, 0)]


def test_names_from_a_drawing_are_escaped_in_the_picture(tmp_path: Path) -> None:
    doc = hall(name="HALL <script>alert(1)</script>")
    picture = preview_svg(read_dxf(saved(doc, tmp_path), unit="mm"))
    assert "<script" not in picture and "&lt;script&gt;" in picture
    assert picture.count('fill-rule="evenodd"') >= 2


def test_an_arabic_hall_is_found_by_its_name(tmp_path: Path) -> None:
    level = read(hall(name="صالة المراجعين"), tmp_path)
    assert [(s.name, s.kind) for s in level.spaces] == [("صالة المراجعين", "hall")]


def test_r12_files_are_read(tmp_path: Path) -> None:
    doc = ezdxf.new("R12")
    lines(doc, PIECES[0])
    doc.modelspace().add_text("HALL", height=300, dxfattribs={"insert": (4000, 4000)})
    assert read(doc, tmp_path).outline == HALL


def test_a_door_in_the_corner_beside_a_crossing_wall(tmp_path: Path) -> None:
    """The partition stops 900 mm short of the west wall: one wall end, and a leaf hung on the crossing wall."""
    doc = hall(name="")
    partition = [(900, 3000), (10000, 3000), (10000, 3100), (900, 3100)]
    doc.modelspace().add_lwpolyline(partition, close=True, dxfattribs={"layer": "A-WALL"})
    doc.modelspace().add_arc((0, 3100), 900, 0, 90, dxfattribs={"layer": "A-DOOR"})
    doc.modelspace().add_line((0, 3100), (0, 4000), dxfattribs={"layer": "A-DOOR"})
    level = read(doc, tmp_path)
    assert sorted(Polygon(s.outline.outer).area for s in level.spaces) == [30_000_000, 49_000_000]


def test_a_wall_that_stops_short_without_a_door_divides_nothing(tmp_path: Path) -> None:
    doc = hall(name="")
    partition = [(900, 3000), (10000, 3000), (10000, 3100), (900, 3100)]
    doc.modelspace().add_lwpolyline(partition, close=True, dxfattribs={"layer": "A-WALL"})
    assert len(read(doc, tmp_path).spaces) == 1


def test_a_sheet_frame_on_the_wall_layer_is_no_wall(tmp_path: Path) -> None:
    doc = hall(name="")
    frame = [(-5000, -5000), (15000, -5000), (15000, 12000), (-5000, 12000)]
    doc.modelspace().add_lwpolyline(frame, close=True, dxfattribs={"layer": "A-WALL"})
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.outline_m2 == 80.0
    assert "walls.sheet_frame" in [w.code for w in found.warnings]


def test_the_faces_of_an_unbroken_wall_are_no_frame(tmp_path: Path) -> None:
    doc = without_walls(hall())
    for reach in (0, 200):
        ring = [(-reach, -reach), (10000 + reach, -reach), (10000 + reach, 8000 + reach), (-reach, 8000 + reach)]
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.outline_m2 == 80.0
    assert "walls.sheet_frame" not in [w.code for w in found.warnings]


def test_of_two_drawings_the_larger_is_read_and_the_other_offered(tmp_path: Path) -> None:
    doc = hall(name="")
    small = [(x / 2 + 50_000, y / 2) for x, y in [(0, 0), (10000, 0), (10000, 8000), (0, 8000)]]
    for reach in (0, 1):
        ring = [
            (x + dx * 100 * reach, y + dy * 100 * reach)
            for (x, y), (dx, dy) in zip(small, ((-1, -1), (1, -1), (1, 1), (-1, 1)))
        ]
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.plan.levels[0].outline == HALL
    doubt = next(w for w in found.warnings if w.code == "drawings.several")
    assert doubt.values == {"others": 1, "boxes": "(49900, -100, 55100, 4100)"}


def test_walls_that_are_hatches_only(tmp_path: Path) -> None:
    doc = without_walls(hall())
    hatch = doc.modelspace().add_hatch(dxfattribs={"layer": "A-WALL"})
    hatch.paths.add_polyline_path(PIECES[0], is_closed=True)
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.plan.levels[0].outline == HALL
    assert found.census.read["wall"] == 1


def test_a_hatch_in_drawn_walls_is_not_read_twice(tmp_path: Path) -> None:
    doc = hall()
    hatch = doc.modelspace().add_hatch(dxfattribs={"layer": "A-WALL"})
    hatch.paths.add_polyline_path([(x + 3, y + 3) for x, y in PIECES[0]], is_closed=True)
    found = read_dxf(saved(doc, tmp_path), unit="mm")
    assert found.plan.levels[0].outline == HALL
    assert [(s.reason, s.count) for s in found.census.skipped if s.entity == "HATCH"] == [("type_not_used", 1)]


def test_a_door_that_is_one_polyline_of_leaf_and_swing(tmp_path: Path) -> None:
    doc = hall()
    for entity in doc.modelspace().query("*[layer=='A-DOOR']"):
        doc.modelspace().delete_entity(entity)
    quarter = math.tan(math.radians(90) / 4)
    leaf = [(4000, 0, 0), (4000, 1000, -quarter), (5000, 0, 0)]
    doc.modelspace().add_lwpolyline(leaf, format="xyb", dxfattribs={"layer": "A-DOOR"})
    door = read(doc, tmp_path).doors[0]
    assert (door.p, door.q, door.swing, door.hinge, door.clear_mm) == ((4000, 0), (5000, 0), "in", "p", 950)


def test_a_recipe_that_names_no_class_or_no_room_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"recipe\.class_unknown"):
        read(hall(), tmp_path, Recipe(layers={"A-WALL": "wals"}))
    with pytest.raises(BadInput, match=r"recipe\.hall_unknown"):
        read(hall(), tmp_path, Recipe(hall="Ballroom"))
    with pytest.raises(BadInput, match=r"recipe\.no_room_named") as told:
        read(hall(name=""), tmp_path, Recipe(hall="Ballroom"))
    assert told.value.values["rooms"] == 1
    assert read(hall(name="FOYER 3"), tmp_path, Recipe(hall="foyer")).spaces[0].kind == "hall"


def test_a_door_block_stretched_to_its_opening(tmp_path: Path) -> None:
    doc = hall()
    for entity in doc.modelspace().query("*[layer=='A-DOOR']"):
        doc.modelspace().delete_entity(entity)
    block = doc.blocks.new("DOOR-900")
    block.add_arc((0, 0), 900, 0, 90)
    block.add_line((0, 0), (0, 900))
    doc.modelspace().add_blockref("DOOR-900", (4000, 0), dxfattribs={"layer": "A-DOOR", "xscale": 1000 / 900})
    door = read(doc, tmp_path).doors[0]
    assert (door.p, door.q, door.swing, door.hinge) == ((4000, 0), (5000, 0), "in", "p")


def two_rooms(doc: Drawing, wall: str = "A-WALL") -> Drawing:
    """The hall with a partition of two pieces, 900 mm apart and 60 mm out of line, as a hand traces them."""
    for box in ((6000, 0, 6100, 3500), (6060, 4400, 6160, 8000)):
        x1, y1, x2, y2 = box
        ring = [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": wall})
    return doc


def test_without_door_symbols_rooms_are_parted_at_doorways(tmp_path: Path) -> None:
    doc = two_rooms(hall(name=""))
    for entity in list(doc.modelspace().query("ARC")):
        doc.modelspace().delete_entity(entity)
    read = read_dxf(saved(doc, tmp_path), unit="mm")
    assert "rooms.parted" in [w.code for w in read.warnings]
    assert len(read.plan.levels[0].spaces) == 2
    assert [d.swing for d in read.plan.levels[0].doors].count("none") >= 1


def test_where_doors_are_drawn_an_opening_without_one_stays_open(tmp_path: Path) -> None:
    read = read_dxf(saved(two_rooms(hall(name="")), tmp_path), unit="mm")
    assert "rooms.parted" not in [w.code for w in read.warnings]
    assert len(read.plan.levels[0].spaces) == 1


def test_two_leaves_in_one_opening_are_one_door(tmp_path: Path) -> None:
    doc = hall(door="A-DOOR-OLD")
    msp = doc.modelspace()
    for entity in list(msp.query("ARC LINE")):
        msp.delete_entity(entity)
    for hinge, start in ((4000, 0), (5000, 90)):
        msp.add_line((hinge, 0), (hinge, 500), dxfattribs={"layer": "A-DOOR"})
        msp.add_arc((hinge, 0), 500, start, start + 90, dxfattribs={"layer": "A-DOOR"})
    (door,) = read_dxf(saved(doc, tmp_path), unit="mm").plan.levels[0].doors
    assert math.dist(door.p, door.q) == pytest.approx(1000, abs=1)
    assert door.clear_mm == 1000 - 2 * 50


def test_a_sliding_door_drawn_as_panels_is_a_door(tmp_path: Path) -> None:
    doc = hall()
    msp = doc.modelspace()
    for entity in list(msp.query("ARC LINE")):
        msp.delete_entity(entity)
    for x, y in ((4000, -90), (4450, -130)):
        msp.add_lwpolyline([(x, y), (x + 550, y), (x + 550, y + 40), (x, y + 40)], close=True, dxfattribs={"layer": "A-DOOR"})
    (door,) = read_dxf(saved(doc, tmp_path), unit="mm").plan.levels[0].doors
    assert math.dist(door.p, door.q) == pytest.approx(1000, abs=1)
    assert door.swing == "none"


@pytest.mark.parametrize("off", [0, 60])
def test_a_leaf_drawn_on_the_layer_of_everything_is_no_wall(off: int, tmp_path: Path) -> None:
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    msp = doc.modelspace()
    lines(doc, [(0, 0), (10_000, 0), (10_000, 6000), (0, 6000)], layer="0")
    for a, b in (((5000, 0), (5000, 2000)), ((5000, 2900), (5000, 6000)), ((5000 + off, 2000), (5900, 2000 + off))):
        msp.add_line(a, b)
    msp.add_arc((5000, 2000), 900, 0, 90)
    msp.add_text("900", height=200, dxfattribs={"insert": (2000, 3000)})
    level = read(doc, tmp_path, Recipe(scale_to_mm=1.0))
    assert not [w for w in level.walls if 100 < (w.a[0] + w.b[0]) / 2 - 5000 < 900]
    assert len(level.walls) == 6 and len(level.doors) == 1  # four outside, two beside the door


@pytest.mark.parametrize("off", [-0.04, 0.0, 0.04])
def test_a_line_of_the_door_layer_along_a_closed_walls_face_is_no_door(off: float, tmp_path: Path) -> None:
    doc = hall()
    doc.modelspace().add_line((2000, 8000 + off), (3500, 8000 + off), dxfattribs={"layer": "A-DOOR"})
    assert [d.clear_mm for d in read(doc, tmp_path).doors] == [d.clear_mm for d in read(hall(), tmp_path).doors]
