"""IFC, SVG and DWG: the same hall read from each, and what is none of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sketch import PIECES

from layouts.findings import BadInput
from layouts.readers import dwg
from layouts.readers.imported import Recipe
from layouts.readers.read import kind_of, read_plan

BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg><text>&b;</text></svg>'


def svg_hall(folder: Path, extra: str = "") -> Path:
    """The hall of the sketches, one user unit = 1 cm, y downwards, moved by a transform."""
    points = " ".join(f"{x / 10},{-y / 10}" for x, y in PIECES[0])
    path = folder / "hall.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="walls" transform="translate(300 2000)">'
        f'<polygon points="{points}"/></g><g id="doors" transform="translate(300,2000)">'
        '<path d="M400 0 V-100 A 100 100 0 0 1 500 0"/></g>'
        f'<g transform="translate(300 2000)" id="text"><text x="400" y="-400" font-size="30">HALL</text></g>{extra}</svg>',
        encoding="utf-8",
    )
    return path


def test_an_svg_reads_once_its_unit_is_said(tmp_path: Path) -> None:
    read = read_plan(svg_hall(tmp_path), unit="cm")
    assert read.outline_m2 == pytest.approx(80, abs=0.1)
    assert [s.name for s in read.plan.levels[0].spaces] == ["HALL"]


def test_an_svg_never_tells_its_own_scale(tmp_path: Path) -> None:
    try:
        assert read_plan(svg_hall(tmp_path)).ask
    except BadInput as asked:
        assert asked.code == "unit.unknown"


def test_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.svg"
    path.write_text(BOMB, encoding="utf-8")
    with pytest.raises(BadInput, match=r"svg\.unreadable"):
        read_plan(path)


def test_deep_nesting_in_an_svg_ends_in_a_sentence_or_a_plan(tmp_path: Path) -> None:
    deep = "<g>" * 3000 + "</g>" * 3000
    try:
        assert read_plan(svg_hall(tmp_path, deep), unit="cm").outline_m2 == pytest.approx(80, abs=0.1)
    except BadInput as refused:
        assert refused.code == "svg.unreadable"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.svg", b"<html></html>", "svg.not_svg"),
        ("a.svg", b"<svg", "svg.unreadable"),
        ("a.ifc", b"ISO-10303-21;\nHEADER;", "ifc.unreadable"),
        ("a.dwg", b"AC1032\x00\x00\x00\x00rubbish" * 40, "dwg.unreadable"),
        ("a.dwg", b"not a drawing", "dwg.not_dwg"),
        ("a.pdf", b"%PDF-1.7", "pdf.no_vectors"),
        ("a.odt", b"letter", "drawing.unknown_kind"),
        ("a.png", b"\x89PNG", "picture.unknown"),
        ("a.ifc", b"", "file.empty"),
    ],
)
def test_broken_files_of_each_kind_are_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_plan(tmp_path / name)
    assert refused.value.code in (code, "ifc.no_products", "dwg.not_installed")


def test_a_file_is_known_by_what_it_is_and_not_by_its_ending(tmp_path: Path) -> None:
    (tmp_path / "plan.dxf").write_bytes(b"AC1032\x00\x00rest")
    assert kind_of(tmp_path / "plan.dxf") == ".dwg"
    svg_hall(tmp_path).rename(tmp_path / "odd.dxf")
    assert kind_of(tmp_path / "odd.dxf") == ".svg"


def ifc_hall(folder: Path, schema: str) -> Path:
    """The model of `ifc_hall_text` as a file."""
    path = folder / f"{schema}.ifc"
    path.write_text(ifc_hall_text(schema), encoding="utf-8")
    return path


@cache
def ifc_hall_text(schema: str) -> str:
    """Four walls round 10 x 8 m on each of two storeys, a door of 1.0 m in the south wall, a space named HALL.

    The window in the north wall stands in a hole whose solid is deeper than the wall.
    """
    pytest.importorskip("ifcopenshell")
    import ifcopenshell.api.aggregate
    import ifcopenshell.api.context
    import ifcopenshell.api.geometry
    import ifcopenshell.api.owner
    import ifcopenshell.api.project
    import ifcopenshell.api.root
    import ifcopenshell.api.spatial
    import ifcopenshell.api.unit
    import numpy as np

    api: Any = ifcopenshell.api
    model = api.project.create_file(version=schema)
    if schema == "IFC2X3":  # it asks who drew
        person = api.owner.add_person(model, identification="a")
        api.owner.add_person_and_organisation(
            model, person=person, organisation=api.owner.add_organisation(model, identification="b")
        )
        api.owner.add_application(model)
    project = api.root.create_entity(model, ifc_class="IfcProject", name="P")
    api.unit.assign_unit(model)  # millimetres
    context = api.context.add_context(model, context_type="Model")
    body = api.context.add_context(
        model, context_type="Model", context_identifier="Body", target_view="MODEL_VIEW", parent=context
    )
    building = api.root.create_entity(model, ifc_class="IfcBuilding", name="B")
    api.aggregate.assign_object(model, products=[building], relating_object=project)

    def block(kind: str, name: str, storey: Any, x: float, y: float, z: float, w: float, d: float, h: float) -> Any:
        product = api.root.create_entity(model, ifc_class=kind, name=name)
        profile = model.create_entity(
            "IfcArbitraryClosedProfileDef",
            ProfileType="AREA",
            OuterCurve=model.create_entity(
                "IfcPolyline",
                Points=[
                    model.create_entity("IfcCartesianPoint", (float(a), float(b)))
                    for a, b in ((0, 0), (w, 0), (w, d), (0, d), (0, 0))
                ],
            ),
        )
        solid = model.create_entity(
            "IfcExtrudedAreaSolid",
            SweptArea=profile,
            Position=model.create_entity(
                "IfcAxis2Placement3D", Location=model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0))
            ),
            ExtrudedDirection=model.create_entity("IfcDirection", (0.0, 0.0, 1.0)),
            Depth=float(h),
        )
        shape = model.create_entity(
            "IfcShapeRepresentation",
            ContextOfItems=body,
            RepresentationIdentifier="Body",
            RepresentationType="SweptSolid",
            Items=[solid],
        )
        api.geometry.assign_representation(model, product=product, representation=shape)
        matrix = np.eye(4)
        matrix[:3, 3] = (x / 1000, y / 1000, z / 1000)
        api.geometry.edit_object_placement(model, product=product, matrix=matrix, is_si=True)
        if kind == "IfcSpace":
            api.aggregate.assign_object(model, products=[product], relating_object=storey)
        elif kind != "IfcOpeningElement":
            api.spatial.assign_container(model, products=[product], relating_structure=storey)
        return product

    for number, z in enumerate((0, 4000)):
        storey = api.root.create_entity(model, ifc_class="IfcBuildingStorey", name=f"Floor {number}")
        api.aggregate.assign_object(model, products=[storey], relating_object=building)
        matrix = np.eye(4)
        matrix[2, 3] = z / 1000
        api.geometry.edit_object_placement(model, product=storey, matrix=matrix, is_si=True)
        width = 10_000 if number == 0 else 6_000
        block("IfcWall", "S1", storey, -200, -200, z, 4200, 200, 3000)
        block("IfcWall", "S2", storey, 5000, -200, z, width - 4800, 200, 3000)
        north = block("IfcWall", "N", storey, -200, 8000, z, width + 400, 200, 3000)
        block("IfcWall", "W", storey, -200, 0, z, 200, 8000, 3000)
        block("IfcWall", "E", storey, width, 0, z, 200, 8000, 3000)
        hole = block("IfcOpeningElement", "O", storey, 2000, 7850, z + 800, 1500, 500, 1400)
        window = block("IfcWindow", "W1", storey, 2000, 8050, z + 800, 1500, 60, 1400)
        for kind, relating, related in (("Voids", north, hole), ("Fills", hole, window)):
            relation = api.root.create_entity(model, ifc_class=f"IfcRel{kind}Element")
            relation[4], relation[5] = relating, related
        block("IfcDoor", "D", storey, 4000, -200, z, 1000, 200, 2100)
        if number == 0:
            space = block("IfcSpace", "1", storey, 0, 0, z, width, 8000, 2800)
            space.LongName = "HALL"
            block("IfcColumn", "C", storey, 7000, 4000, z, 400, 400, 3000)
    return str(model.to_string())


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3"])
def test_a_model_reads_to_walls_door_column_and_named_space(schema: str, tmp_path: Path) -> None:
    read = read_plan(ifc_hall(tmp_path, schema))
    level = read.plan.levels[0]
    assert read.unit == "mm" and read.scale_to_mm == pytest.approx(1.0)
    assert read.outline_m2 == pytest.approx(80, abs=0.05)
    assert [(s.name, s.kind) for s in level.spaces] == [("HALL", "hall")]
    assert len(level.columns) == 1 and len(level.doors) == 1 and len(level.windows) == 1
    assert sorted(w.thickness_mm for w in level.walls) == [200] * 4
    assert read.storeys == ("Floor 0", "Floor 1")


def test_a_wall_whose_shape_cannot_be_worked_out_is_told_and_counted(tmp_path: Path) -> None:
    """Left out without a word it would open the hall, or make two rooms one."""
    import ifcopenshell

    path = ifc_hall(tmp_path, "IFC4")
    model = ifcopenshell.open(str(path))
    wall = next(w for w in model.by_type("IfcWall") if w.Name == "E")
    wall.Representation.Representations[0].Items[0].SweptArea.OuterCurve.Points = model.by_type("IfcCartesianPoint")[:1] * 2
    model.write(str(path))
    read = read_plan(path)
    assert [d.values for d in read.warnings if d.code == "ifc.walls_not_built"] == [{"count": 1}]
    assert ("IfcWall", "broken_geometry", 1) in {(s.entity, s.reason, s.count) for s in read.census.skipped}
    whole = read_plan(ifc_hall(tmp_path, "IFC4"))
    assert "ifc.walls_not_built" not in {d.code for d in whole.warnings}


def test_a_model_that_lies_turned_is_the_same_plan_and_its_storeys_share_the_turn(tmp_path: Path) -> None:
    path = ifc_hall(tmp_path, "IFC4")
    square = read_plan(path, recipe=Recipe(all_storeys=True)).plan
    import ifcopenshell
    import numpy as np
    from ifcopenshell.util.placement import get_axis2placement

    model, (c, s) = ifcopenshell.open(str(path)), (np.cos(np.radians(17)), np.sin(np.radians(17)))
    for place in (p.RelativePlacement for p in model.by_type("IfcLocalPlacement") if p.PlacementRelTo is None):
        lies = np.array([[c, -s, 0, 0], [s, c, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]) @ get_axis2placement(place)
        place.Location.Coordinates = lies[:3, 3].tolist()
        place.Axis, place.RefDirection = (model.createIfcDirection(lies[:3, k].tolist()) for k in (2, 0))
    model.write(str(path))
    read = read_plan(path, recipe=Recipe(all_storeys=True))
    assert read.plan.levels == square.levels
    assert read.plan.frame.rotation_deg == pytest.approx(-17, abs=1e-4) and read.plan.north_deg == pytest.approx(73, abs=1e-4)
    assert [w.code for w in read.warnings].count("drawing.turned") == 1


def test_another_storey_is_read_when_named_and_an_unknown_one_refused(tmp_path: Path) -> None:
    path = ifc_hall(tmp_path, "IFC4")
    assert read_plan(path, recipe=Recipe(storey="Floor 1")).outline_m2 == pytest.approx(48, abs=0.1)
    with pytest.raises(BadInput, match=r"ifc\.storey_unknown"):
        read_plan(path, recipe=Recipe(storey="Attic"))


def test_a_drawing_saved_as_dwg_reads_like_its_twin(tmp_path: Path) -> None:
    ezdwg = pytest.importorskip("ezdwg")
    drawing = ezdwg.new("AC1015")
    for piece in PIECES:
        drawing.modelspace().add_lwpolyline([(float(x), float(y)) for x, y in piece], closed=True)
    path = tmp_path / "hall.dwg"
    drawing.export_dwg(str(path))
    read = read_plan(path, unit="mm")
    assert read.outline_m2 == pytest.approx(80, rel=0.03)


def test_a_part_of_a_dwg_that_cannot_be_taken_over_is_told_however_few_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ezdwg = pytest.importorskip("ezdwg")
    drawing = ezdwg.new("AC1015")
    for piece in PIECES:
        drawing.modelspace().add_lwpolyline([(float(x), float(y)) for x, y in piece], closed=True)
    for k in range(200):
        drawing.modelspace().add_line((k * 10.0, 0.0), (k * 10.0 + 5.0, 0.0))
    path = tmp_path / "hall.dwg"
    drawing.export_dwg(str(path))
    assert not dwg._document(path)[1]
    taken, seen = dwg._copy, []

    def one_without_numbers(home: Any, document: Any, kind: str, dxf: Any, attributes: Any) -> bool:
        seen.append(kind)
        return taken(home, document, kind, {} if len(seen) == 100 else dxf, attributes)

    monkeypatch.setattr(dwg, "_copy", one_without_numbers)
    assert dwg._document(path)[1] and len(seen) > 200
