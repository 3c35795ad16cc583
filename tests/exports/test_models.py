"""The files of the model: a sound GLB in metres with every thing under its name, and an STL that one can print."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh
from sample_layout import sample_layout, sample_plan

from exports.floor_solids import storeys
from exports.glb import write_glb
from exports.solid_mesh import prism, triangles
from exports.solids import Storey
from exports.stl import SCALE, printed, write_stl


@pytest.fixture(scope="module")
def built() -> tuple[Storey, ...]:
    return storeys(sample_plan(), sample_layout())


@pytest.fixture(scope="module")
def glb(built: tuple[Storey, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("model") / "مركز.glb"
    write_glb(built, file)
    return file


def told(file: Path) -> Any:
    data = file.read_bytes()
    (size,) = struct.unpack_from("<I", data, 12)
    return json.loads(data[20 : 20 + size])


def test_a_prism_holds_what_its_ground_times_its_height_is(built: tuple[Storey, ...]) -> None:
    for solid in built[0].solids:
        volume = solid.ground.area * (solid.high_mm - solid.low_mm)
        assert prism(solid.ground, solid.low_mm, solid.high_mm).volume() == pytest.approx(volume, rel=1e-3)


def test_faces_look_outwards(built: tuple[Storey, ...]) -> None:
    for solid in built[0].solids[:40]:
        corners, faces = triangles(prism(solid.ground, solid.low_mm, solid.high_mm))
        assert trimesh.Trimesh(corners, faces, process=False).volume > 0


def test_the_model_is_in_metres_and_stands_upright(built: tuple[Storey, ...], glb: Path) -> None:
    scene = trimesh.load_scene(glb)
    size = scene.bounds[1] - scene.bounds[0]
    assert size[0] == pytest.approx(31.5, abs=1.5)  # a hall of 30 x 20 m, its walls and open leaves
    assert size[1] == pytest.approx(2.7 + 0.2, abs=0.01)
    assert size[2] == pytest.approx(20.6, abs=1.2)


def test_every_thing_can_be_told_by_its_id_and_kind(built: tuple[Storey, ...], glb: Path) -> None:
    named = {(m["extras"]["id"], m["extras"]["kind"]) for m in told(glb)["meshes"]}
    assert named == {(s.id, s.kind) for s in built[0].solids}


def test_the_same_layout_gives_the_same_bytes(built: tuple[Storey, ...], glb: Path, tmp_path: Path) -> None:
    write_glb(built, tmp_path / "again.glb")
    assert (tmp_path / "again.glb").read_bytes() == glb.read_bytes()


def test_names_of_people_s_making_stay_text(built: tuple[Storey, ...], tmp_path: Path) -> None:
    name = '"}],"scenes":[] </script> مركز'
    write_glb([replace(built[0], name=name)], tmp_path / "named.glb")
    assert any(name in node["name"] for node in told(tmp_path / "named.glb")["nodes"])


def test_storeys_stand_on_their_elevation(built: tuple[Storey, ...], tmp_path: Path) -> None:
    upper = replace(built[0], id="first", name="First", elevation_mm=4000)
    write_glb([built[0], upper], tmp_path / "two.glb")
    scene = trimesh.load_scene(tmp_path / "two.glb")
    assert scene.bounds[1][1] == pytest.approx(4.0 + 2.7, abs=0.01)


def test_the_print_is_one_closed_body_at_its_scale(built: tuple[Storey, ...], tmp_path: Path) -> None:
    assert len(printed(built[0]).decompose()) == 1
    length, width, height = write_stl(built, tmp_path / "model.stl")
    mesh = trimesh.load_mesh(tmp_path / "model.stl")
    assert mesh.is_watertight
    assert (length, width) == pytest.approx((31_500 / SCALE, 20_600 / SCALE), abs=12)
    assert height == pytest.approx((1200 + 200) / SCALE, abs=0.1)
    assert np.allclose(mesh.bounds[0], 0.0, atol=0.01)


def test_storeys_are_printed_side_by_side(built: tuple[Storey, ...], tmp_path: Path) -> None:
    one, _, _ = write_stl(built, tmp_path / "one.stl")
    two, _, _ = write_stl([built[0], replace(built[0], id="first")], tmp_path / "two.stl")
    assert two > 2 * one
