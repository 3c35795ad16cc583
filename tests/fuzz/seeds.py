"""What is mutated: the examples, real plans where they are, extracts of them, and small files of every kind."""

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
EXTRACTED = 60
MOST_BLOCK_PAIRS = 4000
STEEP = float(os.environ.get("CENTRELINE_FUZZ_STEEP", "1.5"))  # how much more often small files are taken
SHARE = {".dxf": 0.6, ".svg": 0.12, ".pdf": 0.1, ".ifc": 0.12, ".dwg": 0.02, ".png": 0.02, ".jpg": 0.02}


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
    found += [_extract(seed, number) for seed in found if seed.suffix == ".dxf" for number in range(3)]
    with tempfile.TemporaryDirectory() as folder:
        found += [_seed(path) for path in _made(Path(folder))]
    return found


def _extract(seed: Seed, number: int) -> Seed:
    """Some entities of a real drawing that stand together, with its layers and blocks: small, so quickly read."""
    lines = seed.body.replace(b"\r\n", b"\n").split(b"\n")
    pairs = [(lines[i].strip(), lines[i + 1].strip()) for i in range(0, len(lines) - 1, 2)]
    starts = [i for i, pair in enumerate(pairs) if pair == (b"0", b"SECTION")]
    ends = [*starts[1:], len(pairs)]
    sections = {pairs[a + 1][1]: pairs[a:b] for a, b in zip(starts, ends)}
    drawn = sections.get(b"ENTITIES", [])
    things = [i for i, (code, _) in enumerate(drawn) if code == b"0" and i > 1]
    if len(things) <= EXTRACTED:
        return seed
    first = number * (len(things) - EXTRACTED) // 3
    body = drawn[things[first] : things[first + EXTRACTED]]
    tables = [pair for pair in sections.get(b"TABLES", [])]
    layers = _entities_of(tables, b"LAYER")
    blocks = sections.get(b"BLOCKS", [])
    blocks = blocks if len(blocks) < MOST_BLOCK_PAIRS else []
    header = [(b"0", b"SECTION"), (b"2", b"HEADER"), (b"9", b"$ACADVER"), (b"1", _version(sections)), (b"0", b"ENDSEC")]
    table = [(b"0", b"SECTION"), (b"2", b"TABLES"), (b"0", b"TABLE"), (b"2", b"LAYER"), *layers]
    table += [(b"0", b"ENDTAB"), (b"0", b"ENDSEC")]
    made = [*header, *table, *blocks, (b"0", b"SECTION"), (b"2", b"ENTITIES"), *body, (b"0", b"ENDSEC"), (b"0", b"EOF")]
    text = b"\n".join(part for pair in made for part in pair) + b"\n"
    return Seed(name=f"{seed.name}#{number}", suffix=".dxf", body=text, scale_to_mm=seed.scale_to_mm)


def _entities_of(pairs: list[tuple[bytes, bytes]], kind: bytes) -> list[tuple[bytes, bytes]]:
    found, inside = [], False
    for pair in pairs:
        if pair[0] == b"0":
            inside = pair[1] == kind
        if inside:
            found.append(pair)
    return found


def _version(sections: dict[bytes, list[tuple[bytes, bytes]]]) -> bytes:
    header = sections.get(b"HEADER", [])
    at = next((i for i, pair in enumerate(header) if pair == (b"9", b"$ACADVER")), None)
    return header[at + 1][1] if at is not None else b"AC1009"


def weights(found: list[Seed]) -> list[float]:
    """How often each seed is taken: by its kind's share, and small files of a kind more often."""
    ease = [(10_000 + len(seed.body)) ** -STEEP for seed in found]
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
