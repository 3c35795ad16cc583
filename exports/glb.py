"""Storeys -> GLB (binary glTF 2.0): metres, y upwards, a node for every thing under its storey and part, colours by what it is.

trimesh writes the file. Corners are not shared between faces, so that edges look as sharp as they are built.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import trimesh
from trimesh.visual.material import PBRMaterial
from trimesh.visual.texture import TextureVisuals

from exports.solid_mesh import prism, triangles
from exports.solids import Solid, Storey, Stuff

# sRGB and opacity; the floors are the drawing's own colours.
COLOURS: dict[Stuff, tuple[int, int, int, int]] = {
    "slab": (150, 150, 150, 255), "public": (246, 240, 226, 255), "staff": (222, 212, 236, 255), "room": (214, 228, 238, 255),
    "aisle": (250, 226, 160, 255), "wall": (120, 120, 120, 255), "new_wall": (205, 205, 205, 255), "column": (80, 80, 80, 255),
    "glass": (150, 200, 230, 110), "door": (150, 100, 60, 255), "partition": (170, 175, 180, 255),
    "counter": (190, 150, 105, 255), "accessible": (45, 105, 185, 255), "seat": (85, 110, 125, 255),
    "desk": (205, 180, 145, 255), "machine": (125, 85, 165, 255), "sanitary": (235, 240, 243, 255),
    "display": (40, 45, 50, 255), "void": (165, 165, 165, 255), "plants": (120, 150, 95, 255),
}  # fmt: skip
MM_TO_M = 0.001
UPRIGHT = np.array([[1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, -1.0, 0, 0], [0, 0, 0, 1.0]])  # z up becomes y up


def write_glb(storeys: Sequence[Storey], path: Path) -> int:
    """Write the model; the answer is how many things stand in it."""
    scene = trimesh.Scene(base_frame="building")
    scene.graph.update(frame_from="building", frame_to="upright", matrix=UPRIGHT)
    made = {stuff: _material(stuff, rgba) for stuff, rgba in COLOURS.items()}
    count = 0
    for k, storey in enumerate(storeys):
        level = f"storey {k}: {storey.name or storey.id}"
        lift = trimesh.transformations.translation_matrix((0.0, 0.0, storey.elevation_mm * MM_TO_M))
        scene.graph.update(frame_from="upright", frame_to=level, matrix=lift)
        for part in dict.fromkeys(s.part for s in storey.solids):
            group = f"{part} {k}"
            scene.graph.update(frame_from=level, frame_to=group, matrix=np.eye(4))
            for solid in (s for s in storey.solids if s.part == part):
                mesh = _mesh(solid, made[solid.stuff])
                if mesh is None:
                    continue
                count += 1
                name, stuff = f"{solid.kind} {solid.id} {count}", f"{solid.stuff} {count}"
                scene.add_geometry(mesh, node_name=name, geom_name=stuff, parent_node_name=group)
    path.write_bytes(scene.export(file_type="glb", include_normals=False))
    return count


def _mesh(solid: Solid, material: PBRMaterial) -> Any:
    """The solid in metres; None where nothing of it is left."""
    corners, faces = triangles(prism(solid.ground, solid.low_mm, solid.high_mm))
    if not len(faces):
        return None
    apart = (corners * MM_TO_M)[faces].reshape(-1, 3)
    told = {"id": solid.id, "kind": solid.kind, "part": solid.part, "stuff": solid.stuff}
    return trimesh.Trimesh(
        apart, np.arange(len(apart)).reshape(-1, 3), process=False, metadata=told, visual=TextureVisuals(material=material)
    )


def _material(stuff: str, rgba: tuple[int, int, int, int]) -> PBRMaterial:
    """glTF's factors are linear light."""
    linear = [*((c / 255) ** 2.2 for c in rgba[:3]), rgba[3] / 255]
    mode = "OPAQUE" if rgba[3] == 255 else "BLEND"
    return PBRMaterial(name=stuff, baseColorFactor=linear, metallicFactor=0.0, roughnessFactor=0.9, alphaMode=mode)
