"""The floor drawing shows all that stands, where the layout says."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from sample_layout import item, sample_items, sample_layout, sample_plan

from exports.blocks import ACCESSIBLE_COUNTERS, COUNTERS, ROOMS, SYMBOLS, fitting_block
from exports.blocks_rooms import ACCESSIBLE_MM
from exports.drawing import (
    Arc,
    BlockRef,
    Circle,
    Dimension,
    Drawing,
    Fill,
    Line,
    Polyline,
    Text,
    carried,
    extents,
    points_of,
    turned,
)
from exports.floor_building import uncut_walls, wall_area
from exports.floor_drawing import draw_floor
from exports.floor_fittings import draw_item, gate_swings
from exports.layers import layer_table
from layouts.catalogue import fittings
from layouts.compartments import compartments
from layouts.divided_toilets import LEAST_BEHIND_MM, LEAST_BESIDE_MM
from layouts.findings import Finding
from layouts.layout import ClearZone, Layout, LevelLayout
from layouts.plan import Door, Polygon, Space
from solvers.room_sizes import ACCESSIBLE_WC_M2


def texts(drawing: Drawing) -> set[str]:
    return {line for shape in drawing.shapes if isinstance(shape, Text) for line in shape.lines}


def test_every_item_stands_once_at_its_insertion_point(drawing):
    refs = {s.id: s for s in drawing.shapes if isinstance(s, BlockRef) and s.kind not in ("door", "room_door", "room_tag")}
    items = sample_items()
    assert set(refs) == {i.id for i in items}
    assert all(refs[i.id].at == i.insert_mm and refs[i.id].rotation_deg == i.rotation_deg for i in items)


def test_a_shape_is_carried_with_all_its_points_and_the_holes_of_a_fill_too():
    square = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    fill = Fill(layer="0", outer=square, holes=(((3.0, 3.0), (6.0, 3.0), (6.0, 6.0)),))
    shapes = (fill, Line(layer="0", a=(0, 0), b=(1, 1)), Arc(layer="0", centre=(1, 2), radius=1, start_deg=0, end_deg=90))
    gone = [carried(s, lambda p: (p[0] + 100, p[1])) for s in shapes]
    assert all(x >= 99 for s in gone for x, _ in points_of(s, {})) and min(x for hole in gone[0].holes for x, _ in hole) == 103
    assert [carried(s, lambda p: (p[0] - 100, p[1])) for s in gone] == list(shapes)


def test_every_layer_of_the_drawing_is_in_the_table(drawing):
    shapes = [*drawing.shapes, *(s for p in drawing.panels for s in p.shapes)]
    assert {s.layer for s in shapes} <= set(layer_table())


def test_symbols_lie_on_layer_0_only(drawing):
    assert {s.layer for b in drawing.blocks for s in b.shapes} == {"0"}


@pytest.mark.parametrize("size", [(400, 400), (900, 3000), (1500, 800), (3000, 2800), (9000, 2500)])
@pytest.mark.parametrize("kind", sorted(set(SYMBOLS) - {"staff_gate", "security_bypass"}))
def test_a_symbol_keeps_within_its_fitting_but_for_the_clerk_behind(kind, size):
    width, depth = size
    points = [p for s in fitting_block(kind, width, depth).shapes for p in points_of(s, {})]
    behind = 700 if kind in COUNTERS | ACCESSIBLE_COUNTERS else 0
    assert points or kind in ROOMS
    assert all(abs(x) <= width / 2 + 1 and -1 <= y <= depth + behind + 1 for x, y in points)


@pytest.mark.parametrize("kind", sorted(ROOMS))
def test_a_room_of_usual_size_is_furnished(kind):
    assert len(fitting_block(kind, 3600, 3400).shapes) > 2


def test_walls_are_cut_at_doors_and_windows():
    level = sample_plan().levels[0]
    solid, cut = uncut_walls(level), wall_area(level)
    openings = [(d.p, d.q) for d in level.doors] + [(w.p, w.q) for w in level.windows]
    lost = sum(math.dist(p, q) for p, q in openings) * 300
    assert solid.area - cut.area == pytest.approx(lost, rel=0.01)


@pytest.mark.parametrize("into_wall_mm", [0, 150, 300])
def test_an_opening_is_cut_right_through_whichever_face_the_plan_gives(into_wall_mm):
    level = sample_plan().levels[0]
    door = Door(id="d", use="internal", p=(9000, -into_wall_mm), q=(10000, -into_wall_mm), clear_mm=1000)
    cut = wall_area(replace(level, doors=(door,), windows=()))
    assert not cut.intersects(shapely.box(9010, -300, 9990, 0))


def test_a_plan_without_walls_gets_an_envelope_outside_the_floor():
    level = replace(sample_plan().levels[0], walls=())
    assert not uncut_walls(level).intersects(shapely.Polygon(level.outline).buffer(-1))
    assert wall_area(level).area < uncut_walls(level).area


def test_an_entrance_leaf_opens_into_the_hall_and_an_exit_leaf_out_of_it(drawing):
    doors = {s.id: s for s in drawing.shapes if isinstance(s, BlockRef) and s.kind == "door"}
    floor = shapely.Polygon(sample_plan().levels[0].outline)
    blocks = {b.name: b for b in drawing.blocks}
    inside = {id: floor.buffer(10).covers(shapely.MultiPoint(points_of(ref, blocks)).centroid) for id, ref in doors.items()}
    assert inside == {"main": True, "out": False, "staff-n": True, "staff-s": True}


def test_the_turning_circle_is_the_one_the_layout_asks_for(drawing):
    circles = {s.id: s for s in drawing.shapes if isinstance(s, Circle) and s.kind == "turning"}
    assert set(circles) == {"registration-1", "cashier-1", "collection-1", "assessment-1"}
    assert circles["registration-1"].centre == (7100, 15600)
    assert circles["registration-1"].radius == 762


def test_banks_rooms_areas_and_widths_are_named(drawing):
    said = texts(drawing)
    assert {
        "Registration ×5",
        "Disability assessment ×4",
        "Archive",
        "Toilets",
        "12.0 m²",
        "clear 1500",
        "ENTRANCE",
    } <= said


def test_overall_sizes_and_the_aisle_are_dimensioned(drawing):
    lengths = {(s.kind, round(math.dist(s.a, s.b))) for s in drawing.shapes if isinstance(s, Dimension)}
    assert {("dimension", 30000), ("dimension", 20000), ("aisle", 2400), ("depth", 800), ("depth", 1800)} <= lengths


def test_zones_lie_under_everything_else(drawing):
    kinds = [s.kind for s in drawing.shapes]
    assert max(kinds.index("public"), kinds.index("staff"), kinds.index("spine")) < kinds.index("wall")


def test_an_unknown_kind_is_drawn_as_its_outline_with_its_label(drawing):
    ref = next(s for s in drawing.shapes if isinstance(s, BlockRef) and s.id == "planter")
    (outline,) = drawing.block(ref.block).shapes
    assert isinstance(outline, Polyline)
    assert outline.closed
    assert "Planter" in texts(drawing)


def test_an_item_that_is_no_box_keeps_its_own_outline():
    odd = replace(item("x", "reception", (10000, 10000), 30, 3000, 1400), polygon=((9000, 9000), (12000, 9000), (9000, 12000)))
    layout = Layout(levels=(LevelLayout(level="ground", items=(odd,), public=(), staff=()),))
    drawing = draw_floor(sample_plan(), layout)
    ref = next(s for s in drawing.shapes if s.id == "x" and isinstance(s, BlockRef))
    points = points_of(ref, {b.name: b for b in drawing.blocks})
    assert {(round(x), round(y)) for x, y in points} == set(odd.polygon)


def test_a_failed_finding_is_flagged_where_it_is():
    base = {"code": "x.y", "severity": "error", "certainty": "read", "profile": "p"}
    findings = (
        Finding(status="pass", where=("main",), **base),
        Finding(status="fail", where=("1000,2000", "main", "nowhere"), **base),
    )
    drawing = draw_floor(sample_plan(), sample_layout(), findings=findings)
    flags = [s.at for s in drawing.shapes if isinstance(s, Text) and s.kind == "finding"]
    assert flags == [(1000.0, 2000.0), (0.0, 10000.0)]


def test_an_empty_hall_can_be_drawn():
    drawing = draw_floor(sample_plan(), None)
    assert not any(isinstance(s, Fill) and s.kind == "public" for s in drawing.shapes)
    x0, y0, x1, y1 = extents(drawing)
    assert x0 < -300
    assert y1 > 20300
    assert x1 > 30300
    assert y0 < -300


def test_a_dimension_far_off_what_it_measures_reaches_no_farther_than_its_figure():
    far = Dimension(layer="A-ANNO-DIMS-E", kind="dimension", a=(0, 0), b=(0, 34_000), offset=7100)
    x0, _, x1, _ = extents(Drawing(title="", subtitle="", shapes=(far,), blocks=(), panels=(), schedules=(), language="en"))
    assert (x0, x1) == (-7600, 0)


def test_the_same_question_gives_the_same_drawing_to_the_letter(drawing):
    again = draw_floor(sample_plan(), sample_layout(), title="Sample centre")
    assert again == drawing
    assert any(isinstance(shape, BlockRef) and shape.layer == "I-FURN-ACCS-N" for shape in drawing.shapes)


def test_counters_keep_the_numbers_of_their_labels_and_name_their_bank_once():
    counters = [
        replace(item(f"reg-0{n}", "counter", (5000 + 1500 * n, 9000), 180, 1500, 800), bank="reg", label=f"Registry {n}")
        for n in (1, 2, 3)
    ]
    layout = Layout(levels=(LevelLayout(level="ground", items=tuple(counters), public=(), staff=()),))
    drawing = draw_floor(sample_plan(), layout)
    numbers = {s.id: s.lines for s in drawing.shapes if isinstance(s, Text) and s.kind == "position"}
    assert numbers == {"reg-01": ("1",), "reg-02": ("2",), "reg-03": ("3",)}
    assert "Registry ×3" in texts(drawing)


def test_a_room_that_staff_walk_through_has_no_walls():
    office = item("office", "back_office", (8000, 200), 180, 5000, 4000, label="Office")
    kinds = {}
    for solid in (True, False):
        layout = Layout(levels=(LevelLayout(level="ground", items=(replace(office, solid=solid),), public=(), staff=()),))
        kinds[solid] = {s.layer for s in draw_floor(sample_plan(), layout).shapes if s.id == "office"}
    assert {"A-WALL-N", "A-DOOR-N"} <= kinds[True]
    assert not {"A-WALL-N", "A-DOOR-N"} & kinds[False]


def test_no_desk_of_an_open_office_stands_where_a_gate_swings():
    office = item("office", "back_office", (8000, 5000), 180, 5200, 3000, label="Office", solid=False)  # desks at y = 2 to 3 m
    level = sample_plan().levels[0]
    gate = item("G", "staff_gate", (8000, 2000), 0, 1000, 100, solid=False)  # it opens upwards, in the middle of the desks
    _, (whole,) = draw_item(office, level, 0, "en")
    _, (fewer,) = draw_item(office, level, 0, "en", gate_swings([gate]))
    assert 0 < len(fewer.shapes) < len(whole.shapes) and fewer.name != whole.name
    assert 2 * len(fewer.shapes) == len(whole.shapes), "one of two desks went, with its chair and screen"
    away = item("G", "staff_gate", (20_000, 2000), 0, 1000, 100, solid=False)
    assert draw_item(office, level, 0, "en", gate_swings([away]))[1] == [whole]


def test_the_halls_own_name_makes_way_for_the_furniture_and_other_rooms_keep_theirs():
    level = sample_plan().levels[0]
    hall = Space(id="h", name="Public hall", kind="", outline=Polygon(outer=level.outline))
    stair = Space(id="s", name="Stair", kind="", outline=Polygon(outer=((-4000, 0), (-400, 0), (-400, 5000), (-4000, 5000))))
    plan = replace(sample_plan(), levels=(replace(level, spaces=(hall, stair)),))
    assert {"Public hall", "Stair"} <= texts(draw_floor(plan, None))
    assert {"Public hall", "Stair"} & texts(draw_floor(plan, sample_layout())) == {"Stair"}


def test_toilets_hold_an_accessible_one_to_size_with_its_turning_circle():
    block = fitting_block("toilets", 4000, 6000)
    circles = [s for s in block.shapes if isinstance(s, Arc) and s.radius == 762.5]
    assert {s.centre for s in circles} == {(1050.0, 4492.5)}
    pans = [s for s in block.shapes if isinstance(s, Circle) and s.radius == 185]
    assert len(pans) == 3
    assert not any(isinstance(s, Arc) and s.radius == 762.5 for s in fitting_block("toilets", 2400, 3000).shapes)


def test_the_accessible_toilet_of_a_block_has_the_size_that_the_block_was_sized_by():
    assert ACCESSIBLE_MM[0] >= fittings()["toilet_accessible"].min_width_mm
    for block in (LEAST_BESIDE_MM, LEAST_BEHIND_MM):
        (room,) = [r for r in compartments("toilets", *block) if r.kind == "toilet_accessible"]
        (x0, y0), (x1, y1) = room.floor[0], room.floor[2]
        assert (x1 - x0) * (y1 - y0) >= ACCESSIBLE_WC_M2 * 1e6 - 1


def test_security_has_a_bypass_for_wheelchairs_where_there_is_room():
    wide, narrow = (fitting_block("security", width, 1000).shapes for width in (3000, 2000))
    assert len([s for s in wide if isinstance(s, Circle)]) > len([s for s in narrow if isinstance(s, Circle)])


def with_screening():
    level = sample_layout().levels[0]
    gates = (
        item("SA01", "security_arch", (1500, 10_000), 270, 800, 100),
        item("SC01", "security_screen", (1500, 9000), 270, 1000, 100),
        item("SB01", "security_bypass", (1500, 7700), 270, 1500, 100),
    )
    table = item("security", "security", (900, 11_500), 270, 3000, 1000, label="Security")
    items = (*(i for i in level.items if i.id != "security"), table, *gates)
    return draw_floor(sample_plan(), Layout(levels=(replace(level, items=items),)))


def test_screening_stands_on_its_own_layer_and_in_the_legend_and_the_schedule_of_doors():
    shown = with_screening()
    refs = {s.id: s for s in shown.shapes if isinstance(s, BlockRef)}
    assert {refs[id].layer for id in ("SA01", "SB01", "SC01")} == {"A-WALL-SCRN-N"}
    panels = (*shown.panels, *shown.schedules)
    told = [line for panel in panels for s in panel.shapes if isinstance(s, Text) for line in s.lines]
    assert {"Screening arch", "Bypass gate", "Security screening: arch, bypass gate, screen"} <= set(told)


def test_where_arch_and_bypass_stand_beside_it_the_table_shows_none_of_its_own():
    shown = with_screening()
    (ref,) = [s for s in shown.shapes if isinstance(s, BlockRef) and s.id == "security"]
    assert ref.kind == "security"
    (block,) = [b for b in shown.blocks if b.name == ref.block]
    own = fitting_block("security", 3000, 1000)
    assert block.shapes != own.shapes
    assert not any(isinstance(s, Circle) for s in block.shapes)


def test_a_bypass_opens_the_way_people_leave():
    (ref,) = [b for b in with_screening().blocks if b.name.startswith("CL_SECURITY_BYPASS")]
    arcs = [s for s in ref.shapes if isinstance(s, Arc) and s.radius == 750]
    assert len(arcs) == 2
    assert all(min(y for _, y in points_of(s, {})) < -700 for s in arcs)


def test_arabic_areas_read_from_the_right(drawing):
    arabic = draw_floor(sample_plan(), sample_layout(), language="ar")
    areas = [line for s in arabic.shapes if isinstance(s, Text) for line in s.lines if line.endswith("م²")]
    assert areas
    assert all(line.startswith("\u200f") for line in areas)


def test_a_void_is_outlined_and_crossed_not_filled():
    void = item("V1", "void", (20_750, 9000), 0.0, 1500, 3000)
    shown = draw_floor(sample_plan(), Layout(levels=(replace(sample_layout().levels[0], items=(void,)),)))
    (ref,) = [s for s in shown.shapes if isinstance(s, BlockRef) and s.kind == "void"]
    (block,) = [b for b in shown.blocks if b.name == ref.block]
    assert layer_table()[ref.layer].paint == "none"
    crossed = [math.dist(s.a, s.b) for s in block.shapes if isinstance(s, Line)]
    assert crossed == [pytest.approx(math.hypot(1500, 3000), abs=1)] * 2


def test_banks_on_one_counter_line_are_dimensioned_once(drawing):
    depths = [s for s in drawing.shapes if isinstance(s, Dimension) and s.kind == "depth"]
    lines = [(d.id, round(d.a[1]), round(d.b[1])) for d in depths if abs(d.a[0] - d.b[0]) < 1]
    assert len({line[1:] for line in lines}) == len(lines)


def test_a_counter_alone_has_no_figures_of_depth_where_a_longer_bank_tells_the_same():
    def counter(id, bank, x, y):
        return item(id, "counter", (x, y), 0.0, 1500, 800, bank=bank)

    def told(*items):
        shown = draw_floor(sample_plan(), Layout(levels=(replace(sample_layout().levels[0], items=items),)))
        return {s.id for s in shown.shapes if isinstance(s, Dimension) and s.kind == "depth"}

    alone, pair = counter("a1", "a", 5000, 5000), (counter("b1", "b", 9000, 9000), counter("b2", "b", 10_500, 9000))
    assert told(alone, *pair) == {"b"}
    assert told(alone) == {"a"}, "who else would tell"
    assert told(*pair, counter("c1", "c", 5000, 5000), counter("c2", "c", 6500, 5000)) == {"b", "c"}


def test_figures_of_depth_stand_beside_a_counter_alone_and_over_a_longer_bank():
    def told(count):
        items = tuple(item(f"a{n}", "counter", (5000 + 1500 * n, 5000), 0.0, 1500, 800, bank="a") for n in range(count))
        shown = draw_floor(sample_plan(), Layout(levels=(replace(sample_layout().levels[0], items=items),)))
        return {s.a[0] for s in shown.shapes if isinstance(s, Dimension) and s.kind == "depth"}, max(
            p[0] for p in items[-1].polygon
        )

    (at,), end = told(1)
    assert at > end
    (at,), end = told(2)
    assert at < end


@pytest.mark.parametrize(("behind", "told"), [(2700, 2700), (2650, 2700), (5100, 5100), (9000, None)])
def test_the_depth_behind_counters_ends_at_what_stands_there(behind, told):
    """A figure of 2700 that ended on open floor told nothing that one can measure; floor that goes on for long has none."""
    zone = ClearZone(use="staff", polygon=((4250, 5800), (7250, 5800), (7250, 8500), (4250, 8500)))
    desks = (item(f"a{n}", "counter", (5000 + 1500 * n, 5000), 0.0, 1500, 800, bank="a") for n in (0, 1))
    items = [replace(desk, clear_zones=(zone,)) for desk in desks]
    floor = Polygon(outer=((3000, 5800), (9000, 5800), (9000, 5800 + behind), (3000, 5800 + behind)))
    placed = replace(sample_layout().levels[0], items=tuple(items), staff=(floor,))
    shown = draw_floor(sample_plan(), Layout(levels=(placed,)))
    depths = {round(math.dist(s.a, s.b)) for s in shown.shapes if isinstance(s, Dimension) and s.kind == "depth"}
    assert depths - {800} == ({told} if told else set())


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, 270.0])
@pytest.mark.parametrize("accessible", [0, 2])
def test_figures_of_depth_cover_no_number_of_a_counter(turn, accessible):
    """Their line stands near the end where figures lie inwards of it, and farther in where they lie outwards."""
    step = turned((1500.0, 0.0), (0.0, 0.0), turn)
    items = tuple(
        item(f"a{n}", "counter", (9000 + round(n * step[0]), 9000 + round(n * step[1])), turn, 1500, 800, bank="a",
             accessible=n == accessible)
        for n in range(3)
    )  # fmt: skip
    shown = draw_floor(sample_plan(), Layout(levels=(replace(sample_layout().levels[0], items=items),)))
    (desk,) = [s for s in shown.shapes if isinstance(s, Dimension) and s.kind == "depth" and round(math.dist(s.a, s.b)) == 800]
    x, y = (desk.a[0] + desk.b[0]) / 2, (desk.a[1] + desk.b[1]) / 2
    upright = abs(desk.a[0] - desk.b[0]) < 1  # then figures stand left of it, else above
    figure = shapely.box(x - 350, y - 300, x, y + 300) if upright else shapely.box(x - 300, y, x + 300, y + 350)
    line = shapely.union_all([shapely.Polygon(i.polygon) for i in items])
    numbers = [shapely.Polygon(i.polygon).centroid.buffer(120) for i in items]
    assert line.intersection(figure).area > 0 and not any(figure.intersects(n) for n in numbers)
