"""The DXF says what the drawing says, in the right unit, and leaves the architect's own work alone."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import ezdxf
import pytest
from ezdxf import bbox
from ezdxf.enums import TextEntityAlignment
from ezdxf.math import Vec3
from sample_layout import sample_items, sample_layout, sample_plan

from exports.drawing import Dimension, Drawing, Text
from exports.dxf import read_back, write_dxf
from exports.dxf_frame import place_in_source
from exports.dxf_tables import APPID
from exports.floor_drawing import draw_floor
from exports.one_line import drawn
from exports.words import say
from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import Frame

FRAME = Frame(source_unit="m", scale_to_mm=1000.0, origin_mm=(5_000_000, -2_000_000), rotation_deg=30.0)
NOT_ITEMS = ("door", "room_door", "room_tag")
HOSTILE = ("a\nb\x07c", r"\P new \H3x; {brace} ^J", "100%%d %%c %%%%", "مركز الخدمة", "<script>&\"'", "x" * 600)


@pytest.fixture(scope="module")
def fresh(drawing, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("dxf") / "plan.dxf"
    write_dxf(drawing, path)
    return path


@pytest.fixture(scope="module")
def architect(tmp_path_factory) -> Path:
    """A drawing in metres with its own layers, blocks, XDATA, redraw order and a layer named like ours."""
    doc = ezdxf.new("R2007")
    doc.header["$INSUNITS"] = 6
    doc.header["$LTSCALE"] = 0.01
    doc.appids.new("OFFICE")
    doc.layers.new("CL-A-WALL-N")
    doc.blocks.new("CL_COUNTER_1500X800").add_line((0, 0), (1, 0))
    msp = doc.modelspace()
    line = msp.add_line((4330, -4230), (4340, -4230), dxfattribs={"layer": "CL-A-WALL-N"})
    line.set_xdata("OFFICE", [(1000, "keep me")])
    msp.add_circle((4335, -4225), 2)
    msp.add_blockref("CL_COUNTER_1500X800", (4333, -4222))
    msp.set_redraw_order([(line.dxf.handle, "FF")])
    path = tmp_path_factory.mktemp("architect") / "house.dxf"
    doc.saveas(path)
    return path


def assert_standing_right(path: Path) -> None:
    placed = {p.id: p for p in read_back(path) if p.kind not in NOT_ITEMS}
    items = sample_items()
    assert set(placed) == {i.id for i in items}
    for i in items:
        assert math.dist(placed[i.id].insert_mm, i.insert_mm) < 1
        assert (placed[i.id].rotation_deg - i.rotation_deg + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)
        assert placed[i.id].kind == i.kind


def test_audit_finds_nothing_to_say_or_mend(fresh):
    audit = ezdxf.readfile(fresh).audit()
    assert (audit.errors, audit.fixes) == ([], [])


def test_a_file_of_its_own_is_in_millimetres_and_says_so(fresh):
    header = ezdxf.readfile(fresh).header
    assert (header["$INSUNITS"], header["$MEASUREMENT"], header["$LUNITS"]) == (4, 1, 2)
    assert header["$EXTMAX"][0] - header["$EXTMIN"][0] > 30000


def test_everything_reads_back_where_it_was_put(fresh):
    assert_standing_right(fresh)


def test_everything_is_bylayer_on_a_defined_layer_and_says_what_it_is(fresh):
    doc = ezdxf.readfile(fresh)
    for e in doc.modelspace():
        assert e.dxf.layer != "0"
        assert e.dxf.layer in doc.layers
        assert e.dxf.get("color", 256) == 256
        assert e.dxf.get("linetype", "BYLAYER").upper() == "BYLAYER"
        assert e.dxf.get("lineweight", -1) == -1
        assert e.has_xdata(APPID)
        if e.dxftype() == "INSERT":
            assert e.dxf.name in doc.blocks


def test_counters_carry_their_attributes(fresh):
    counter = next(p for p in read_back(fresh) if p.id == "registration-1")
    assert counter.values == {"ID": "registration-1", "SERVICE": "registration", "WIDTH": "1800", "ACCESSIBLE": "1"}
    assert counter.block == "CL_COUNTER_ACCESSIBLE_1800X800"


def test_dimensions_are_rendered_and_measure_millimetres(fresh):
    doc = ezdxf.readfile(fresh)
    dims = list(doc.modelspace().query("DIMENSION"))
    assert all(len(doc.blocks.get(d.dxf.geometry)) > 3 for d in dims)
    assert {30000, 20000, 2400} <= {round(d.get_measurement()) for d in dims}
    assert doc.header["$DIMSCALE"] == 100


def test_figures_of_dimensions_stand_upright_whichever_way_they_were_measured(tmp_path):
    ways = [((0, 0), (5000, 0)), ((5000, 0), (0, 0)), ((0, 0), (0, 5000)), ((0, 5000), (0, 0)), ((4000, 3000), (0, 0))]
    shapes = tuple(Dimension(layer="A-ANNO-DIMS-N", a=a, b=b, offset=700) for a, b in ways)
    path = tmp_path / "dims.dxf"
    write_dxf(Drawing(title="", subtitle="", shapes=shapes, blocks=()), path)
    doc = ezdxf.readfile(path)
    for dim, shape in zip(doc.modelspace().query("DIMENSION"), shapes):
        (figure,) = doc.blocks.get(dim.dxf.geometry).query("MTEXT")
        assert figure.get_rotation() % 360 <= 90 + 1e-6 or figure.get_rotation() % 360 >= 270 + 1e-6
        assert dim.get_measurement() == pytest.approx(5000)
        middle = Vec3([(p + q) / 2 for p, q in zip(shape.a, shape.b)])
        left = Vec3(shape.b[0] - shape.a[0], shape.b[1] - shape.a[1]).orthogonal().normalize(700)
        assert (figure.dxf.insert - middle - left).magnitude < 400, "on the side that was asked for"


def test_our_words_make_way_for_those_of_the_architect_and_his_stay(drawing, tmp_path):
    theirs = ezdxf.new()
    theirs.header["$INSUNITS"] = 4
    mark = next(s for s in drawing.shapes if isinstance(s, Text) and s.kind == "door_mark")
    theirs.modelspace().add_text("MAIN ENTRANCE", height=300).set_placement(mark.at, align=TextEntityAlignment.MIDDLE_CENTER)
    theirs.saveas(tmp_path / "source.dxf")
    write_dxf(drawing, tmp_path / "out.dxf", source=tmp_path / "source.dxf")
    msp = ezdxf.readfile(tmp_path / "out.dxf").modelspace()
    (his,) = msp.query("TEXT")
    box = bbox.extents([his])
    ours = [bbox.extents([m]) for m in msp.query("MTEXT") if m.get_xdata(APPID)[0].value == "door_mark"]
    assert len(ours) == sum(isinstance(s, Text) and s.kind == "door_mark" for s in drawing.shapes)
    assert not any(box.has_overlap(other) for other in ours)
    assert his.dxf.text == "MAIN ENTRANCE"


def test_painted_areas_are_sent_behind_all_lines(fresh):
    msp = ezdxf.readfile(fresh).modelspace()
    order = dict(msp.get_redraw_order())
    hatches = {h.dxf.handle for h in msp.query("HATCH")}
    assert hatches
    assert set(order) == hatches
    assert all(int(sort, 16) < int(handle, 16) for handle, sort in order.items())


def test_the_sheet_shows_the_plan_at_true_scale_in_a_locked_view(fresh):
    doc = ezdxf.readfile(fresh)
    sheet = next(doc.layouts.get(n) for n in doc.layouts.names() if n.startswith("CL "))
    view = next(v for v in sheet.query("VIEWPORT") if v.dxf.id != 1)
    assert view.dxf.view_height / view.dxf.height == pytest.approx(100)
    assert view.dxf.flags & 0x4000
    assert not doc.layers.get(view.dxf.layer).dxf.plot
    said = {m.plain_text() for m in sheet.query("MTEXT")}
    assert {"Sample centre", "Legend", "Schedule of positions", say("drawing.note.concept")} <= said


def test_an_overlay_keeps_all_of_the_architects_work(drawing, architect, tmp_path):
    target = tmp_path / "overlay.dxf"
    before = ezdxf.readfile(architect)
    record = write_dxf(drawing, target, frame=FRAME, source=architect)
    after = ezdxf.readfile(target)
    assert (record.mode, record.version, record.tag) == ("overlay", "R2007", "CL2")
    for entity in before.entitydb.values():
        if entity.dxf.hasattr("layer") and entity.dxftype() != "SEQEND":  # never written for a bare INSERT
            same = after.entitydb[entity.dxf.handle]
            assert (same.dxftype(), same.dxf.layer) == (entity.dxftype(), entity.dxf.layer)
    line = after.modelspace().query("LINE").first
    assert line.get_xdata("OFFICE")[0].value == "keep me"
    assert dict(after.modelspace().get_redraw_order())[line.dxf.handle] == "FF"
    assert len(after.blocks.get("CL_COUNTER_1500X800")) == 1
    for key in ("$INSUNITS", "$LTSCALE", "$DIMSCALE", "$EXTMAX"):
        assert after.header[key] == before.header[key]
    audit = after.audit()
    assert (audit.errors, audit.fixes) == ([], [])


def test_an_overlay_lies_in_the_architects_unit_origin_and_direction(drawing, architect, tmp_path):
    target = tmp_path / "overlay.dxf"
    write_dxf(drawing, target, frame=FRAME, source=architect)
    assert_standing_right(target)
    inserts = {
        i.get_xdata(APPID)[1].value: i
        for i in ezdxf.readfile(target).modelspace().query("INSERT")
        if i.has_xdata(APPID)
    }
    x, y = 8000 + 5_000_000, 16500 - 2_000_000  # ours + origin, then turned back by 30 degrees, in metres
    turn = math.radians(-30)
    a, b = (inserts[f"registration-{n}"].dxf.insert for n in (2, 3))
    assert a.x == pytest.approx((750 + x) / 1000 * math.cos(turn) - y / 1000 * math.sin(turn), abs=1e-6)
    assert (b - a).magnitude == pytest.approx(1.5)


def test_the_sheet_of_a_turned_building_is_square_to_the_plan_and_so_is_a_coordinate_system(drawing, architect, tmp_path):
    target = tmp_path / "overlay.dxf"
    write_dxf(drawing, target, frame=FRAME, source=architect)
    doc = ezdxf.readfile(target)
    sheet = next(doc.layouts.get(n) for n in doc.layouts.names() if n.startswith("CL2 "))
    view = next(v for v in sheet.query("VIEWPORT") if v.dxf.id != 1)
    assert view.dxf.view_twist_angle == FRAME.rotation_deg
    place, onto_paper = place_in_source(FRAME), view.get_transformation_matrix()
    a, b, c = (onto_paper.transform((*place.point(q), 0)) for q in ((0, 0), (10_000, 0), (0, 10_000)))
    assert (b - a).isclose((100, 0), abs_tol=1e-6) and (c - a).isclose((0, 100), abs_tol=1e-6)
    left, low = view.dxf.center.x - view.dxf.width / 2, view.dxf.center.y - view.dxf.height / 2
    assert left < a.x < left + view.dxf.width and low < a.y < low + view.dxf.height
    own = doc.ucs.get("CL2 PLAN").ucs()
    assert own.from_wcs(Vec3(place.point((10_000, 0)))).isclose((10, 0), abs_tol=1e-9)


def test_an_overlay_leaves_the_existing_building_to_the_architect(drawing, architect, tmp_path):
    target = tmp_path / "overlay.dxf"
    write_dxf(drawing, target, frame=FRAME, source=architect)
    ours = [e for e in ezdxf.readfile(target).modelspace() if e.has_xdata(APPID)]
    assert ours
    assert all(e.dxf.layer.startswith("CL2-") and not e.dxf.layer.endswith("-E") for e in ours)


def test_dimensions_of_an_overlay_still_say_millimetres(drawing, architect, tmp_path):
    target = tmp_path / "overlay.dxf"
    write_dxf(drawing, target, frame=FRAME, source=architect)
    doc = ezdxf.readfile(target)
    shown = {
        t.plain_text()
        for d in doc.modelspace().query("DIMENSION")
        for t in doc.blocks.get(d.dxf.geometry).query("MTEXT")
    }
    assert {"2400", "2700", "1800"} <= shown


def test_an_r12_source_is_raised_to_a_version_that_can_hold_ours(drawing, tmp_path):
    old = ezdxf.new("R12")
    old.modelspace().add_line((0, 0), (1, 1), dxfattribs={"layer": "WALLS"})
    old.saveas(tmp_path / "old.dxf")
    record = write_dxf(drawing, tmp_path / "new.dxf", source=tmp_path / "old.dxf")
    doc = ezdxf.readfile(tmp_path / "new.dxf")
    assert (record.version, doc.acad_release) == ("R2010", "R2010")
    assert len(doc.modelspace().query('LINE[layer=="WALLS"]')) == 1


def test_a_source_that_is_no_drawing_is_refused_by_name(drawing, tmp_path):
    (tmp_path / "letter.dxf").write_text("Dear planner,\n")
    with pytest.raises(BadInput) as refused:
        write_dxf(drawing, tmp_path / "out.dxf", source=tmp_path / "letter.dxf")
    assert (refused.value.code, refused.value.file) == ("drawing.source_unreadable", "letter.dxf")


def test_a_drawing_of_others_is_not_read_back(architect):
    with pytest.raises(BadInput) as refused:
        read_back(architect)
    assert refused.value.code == "drawing.not_ours"


@pytest.mark.parametrize("name", HOSTILE)
def test_names_from_people_are_shown_and_never_obeyed(name, tmp_path):
    layout = sample_layout()
    level = layout.levels[0]
    items = tuple(replace(i, label=name, id=name) if i.id == "archive" else i for i in level.items)
    drawing = draw_floor(sample_plan(), Layout(levels=(replace(level, items=items),)), title=name)
    write_dxf(drawing, tmp_path / "plan.dxf")
    doc = ezdxf.readfile(tmp_path / "plan.dxf")
    audit = doc.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    wanted = "".join(" " if c < " " else c for c in name)
    assert f"{drawn(name)}\n13.0 m²" in {m.plain_text() for m in doc.modelspace().query("MTEXT")}
    assert wanted in {p.id for p in read_back(tmp_path / "plan.dxf")}


def test_the_same_drawing_gives_the_same_bytes(drawing, tmp_path):
    kept = ezdxf.options.write_fixed_meta_data_for_testing
    ezdxf.options.write_fixed_meta_data_for_testing = True
    try:
        for name in ("a.dxf", "b.dxf"):
            write_dxf(drawing, tmp_path / name)
    finally:
        ezdxf.options.write_fixed_meta_data_for_testing = kept
    assert (tmp_path / "a.dxf").read_bytes() == (tmp_path / "b.dxf").read_bytes()


def test_a_place_and_back_is_where_it_began():
    place = place_in_source(FRAME)
    assert place.ours(place.point((1234, -567))) == pytest.approx((1234, -567))
    assert place.our_angle(place.angle(77)) == pytest.approx(77)
