"""What is mutated: the examples, the shared real plans, further real plans where they are, and the same as SVG, PDF, IFC and DWG."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from layouts.readers.imported import Recipe
from layouts.readers.read import read_plan

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LARGEST = {".dxf": 340_000, ".ifc": 1_000_000, ".dwg": 260_000, ".svg": 200_000, ".pdf": 500_000}
SHARE = {".dxf": 0.58, ".svg": 0.12, ".pdf": 0.1, ".ifc": 0.12, ".dwg": 0.04, ".png": 0.02, ".jpg": 0.02}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A file to mutate and the scale at which it reads well (0: its own)."""

    name: str
    suffix: str
    body: bytes
    scale_to_mm: float


def seeds() -> list[Seed]:
    """All seeds, in an order that does not depend on the machine."""
    found = [_seed(path) for path in _real()]
    with tempfile.TemporaryDirectory() as folder:
        found += [_seed(path) for path in _made(Path(folder))]
    return found


def weights(found: list[Seed]) -> list[float]:
    """How often each seed is taken: by its kind's share, and small files of a kind more often."""
    ease = [(10_000 + len(seed.body)) ** -1.5 for seed in found]
    total = {kind: sum(e for e, s in zip(ease, found) if s.suffix == kind) for kind in SHARE}
    return [SHARE[seed.suffix] * e / total[seed.suffix] for e, seed in zip(ease, found)]


def _real() -> list[Path]:
    folders = [ROOT / "examples" / "dahuk", ROOT / "examples" / "justice"]
    if data := os.environ.get("CENTRELINE_DATA"):
        folders.append(Path(data) / "plans")
    folders += [Path(f) for f in os.environ.get("CENTRELINE_PLANS", "").split(os.pathsep) if f]
    files = [f for folder in folders for f in sorted(folder.glob("*")) if f.suffix in LARGEST]
    return [f for f in files if f.stat().st_size <= LARGEST[f.suffix] and "preview" not in f.name]


def _seed(path: Path) -> Seed:
    sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))
    from real_plans import PLANS

    known = {plan.file: plan.mm for plan in PLANS}
    scale = known.get(path.name, 0.0) if path.suffix in (".dxf", ".dwg") else 0.0
    if path.suffix in (".svg", ".pdf"):
        scale = 1.0 if path.suffix == ".svg" else 60.0
    if path.name in ("hall.svg", "hall.dwg"):
        scale = 10.0 if path.suffix == ".svg" else 1.0
    return Seed(name=path.name, suffix=path.suffix, body=path.read_bytes(), scale_to_mm=scale)


def _made(folder: Path) -> list[Path]:
    """The first example as SVG and PDF, small models and drawings of each kind, pictures."""
    sys.path.insert(0, str(ROOT / "tests" / "layouts" / "readers"))
    from sketch import hall, saved
    from test_other_formats import ifc_hall, svg_hall

    made = [saved(hall(), folder), svg_hall(folder)]
    example = folder / "example.svg"
    from layouts.readers.preview import preview_svg

    example.write_text(preview_svg(read_plan(ROOT / "examples" / "dahuk" / "plan.dxf", recipe=Recipe())), encoding="utf-8")
    made.append(example)
    made.append(_printed(example))
    made += [ifc_hall(folder, schema) for schema in ("IFC2X3", "IFC4", "IFC4X3")]
    made += _dwg(folder)
    from PIL import Image

    for suffix in (".png", ".jpg"):
        Image.new("RGB", (64, 48), "white").save(folder / f"scan{suffix}")
        made.append(folder / f"scan{suffix}")
    return made


def _printed(svg: Path) -> Path:
    """The SVG printed to a PDF."""
    import typst

    page = svg.parent / "page.typ"
    page.write_text(f'#set page(width: 320mm, height: auto)\n#image("{svg.name}", width: 300mm)\n', encoding="utf-8")
    target = svg.with_suffix(".pdf")
    target.write_bytes(typst.compile(page, root=svg.parent, format="pdf"))
    return target


def _dwg(folder: Path) -> list[Path]:
    """The hall as DWG, where the library that writes it is installed."""
    try:
        import ezdwg
    except ImportError:
        return []
    from sketch import PIECES

    drawing = ezdwg.new("AC1015")
    for piece in PIECES:
        drawing.modelspace().add_lwpolyline([(float(x), float(y)) for x, y in piece], closed=True)
    drawing.export_dwg(str(folder / "hall.dwg"))
    return [folder / "hall.dwg"]
