"""Files made to exhaust the reader: block bombs, cycles, XML and zip bombs, very large files. Each ends in a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sketch import hall, saved
from test_other_formats import svg_hall

from layouts.findings import BadInput
from layouts.readers import flatten, svg
from layouts.readers.block_sizes import opened_count
from layouts.readers.dxf import read_dxf
from layouts.readers.fenced import MOST_BYTES, limit_memory, read_fenced
from layouts.readers.read import read_plan

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><svg><text>&j;</text></svg>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]><svg><text>&f;</text></svg>'
PARAMETER = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;]><svg></svg>'


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as failure:
        read_plan(path)
    return failure.value.code


def nested(folder: Path, depth: int, copies: int, grid: int = 1) -> Path:
    """Blocks that each hold `copies` references to the one below, as a grid of `grid` x `grid`."""
    doc = hall()
    doc.blocks.new("B0").add_line((0, 0), (0, 1))
    for level in range(1, depth):
        block = doc.blocks.new(f"B{level}")
        for i in range(copies):
            rows = {"row_count": grid, "column_count": grid, "row_spacing": 1, "column_spacing": 1}
            block.add_blockref(f"B{level - 1}", (i, i), rows)
    doc.modelspace().add_blockref(f"B{depth - 1}", (0, 0))
    return saved(doc, folder)


def test_an_exponential_block_bomb_is_told_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flatten._Walk, "entities", lambda *_: pytest.fail("it was opened"))
    assert refused(nested(tmp_path, depth=8, copies=10)) == "dxf.too_many_entities"


def test_a_grid_of_a_grid_is_a_bomb_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flatten._Walk, "entities", lambda *_: pytest.fail("it was opened"))
    assert refused(nested(tmp_path, depth=4, copies=1, grid=30_000)) == "dxf.too_many_entities"


def test_what_is_counted_is_what_is_opened(tmp_path: Path) -> None:
    import ezdxf

    doc = ezdxf.readfile(nested(tmp_path, depth=4, copies=3, grid=2))
    walk = flatten._Walk(doc, False, "")
    walk.entities(doc.modelspace(), 0, -1, "")
    assert opened_count(doc, set()) == walk.met


def test_blocks_nested_deeper_than_is_read_are_counted_and_left_out(tmp_path: Path) -> None:
    read = read_dxf(nested(tmp_path, depth=200, copies=1), unit="mm")
    assert read.outline_m2 == 80.0
    assert "too_deep" in {s.reason for s in read.census.skipped}


@pytest.mark.parametrize("length", [1, 2, 5])
def test_blocks_that_hold_each_other_end_and_are_counted(length: int, tmp_path: Path) -> None:
    doc = hall()
    for i in range(length):
        block = doc.blocks.new(f"RING{i}")
        block.add_line((0, 0), (1, 1))
        for _ in range(3):
            grid = {"row_count": 3, "column_count": 3, "row_spacing": 1, "column_spacing": 1}
            block.add_blockref(f"RING{(i + 1) % length}", (10, 10), grid)
    doc.modelspace().add_blockref("RING0", (0, 0))
    try:
        read = read_dxf(saved(doc, tmp_path), unit="mm")
    except BadInput as bomb:
        assert bomb.code == "dxf.too_many_entities" and length == 5
    else:
        assert read.outline_m2 == 80.0
        assert "block_in_itself" in {s.reason for s in read.census.skipped}


@pytest.mark.parametrize("text", [BILLION_LAUGHS, OUTSIDE, PARAMETER])
def test_xml_entities_are_refused_unopened(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(text, encoding="utf-8")
    assert refused(tmp_path / "a.svg") == "svg.unreadable"


def test_an_svg_of_very_many_shapes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "MOST_ELEMENTS", 2000)
    path = svg_hall(tmp_path, "<g/>" * 2500)
    assert refused(path) == "dxf.too_many_entities"


@pytest.mark.parametrize("name", ["plan.dxf", "plan.ifc", "plan.zip"])
def test_a_zip_is_never_unpacked(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("plan.dxf", b"0" * 20_000_000)
    assert refused(tmp_path / name) in ("dxf.is_other", "ifc.unreadable", "drawing.unknown_kind")


@pytest.mark.parametrize("suffix", [".dxf", ".ifc", ".svg", ".pdf", ".dwg", ".png"])
def test_a_file_of_more_than_100_mb_is_refused_by_its_size(suffix: str, tmp_path: Path) -> None:
    heads = {".dxf": b"0\nSECTION\n", ".ifc": b"ISO-10303-21;", ".svg": b"<svg>", ".pdf": b"%PDF", ".dwg": b"AC1032"}
    path = tmp_path / f"large{suffix}"
    with path.open("wb") as file:  # sparse: it takes no room on the disk
        file.write(heads.get(suffix, b"\x89PNG\r\n\x1a\n"))
        file.truncate(120_000_000)
    assert refused(path) == "file.too_large"


@pytest.mark.parametrize("suffix", [".dxf", ".svg", ".pdf", ".ifc"])
def test_megabytes_of_one_thing_end_within_the_fence(suffix: str, tmp_path: Path) -> None:
    """Each kind filled with what makes its reader work most: the other process ends by itself or is ended."""
    bodies = {
        ".dxf": b"0\nSECTION\n2\nENTITIES\n" + b"0\nLINE\n8\nA-WALL\n10\n1e300\n20\nnan\n11\n5\n21\n5\n" * 20_000,
        ".svg": b"<svg>" + b"<g>" * 150_000,
        ".pdf": b"%PDF-1.7\nstream\n" + b"0 0 m 1 1 l S " * 80_000 + b"\nendstream",
        ".ifc": b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n" + b"#1=IFCWALL(#1,#1,#1);\n" * 50_000,
    }
    path = tmp_path / f"full{suffix}"
    path.write_bytes(bodies[suffix])
    with pytest.raises(BadInput) as failure:
        read_fenced(path, seconds=4)
    assert failure.value.file == path.name


def test_memory_is_limited_by_the_system_here() -> None:
    """In a process of its own, since the limit stays."""
    import multiprocessing

    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_eats_memory, args=(there,))
    child.start()
    there.close()
    assert here.recv() in ("stopped", "no limit on this system")
    child.join(10)


def _eats_memory(there) -> None:  # type: ignore[no-untyped-def]
    if not limit_memory(MOST_BYTES // 5):
        there.send("no limit on this system")
        return
    try:
        held = [bytearray(50_000_000) for _ in range(20)]
        there.send(f"had {len(held)} blocks")
    except MemoryError:
        there.send("stopped")


@pytest.mark.parametrize("wrong", [".dxf", ".svg", ".ifc", ".pdf", ".dwg", ".png"])
def test_a_wrong_ending_does_not_mislead_the_reader(wrong: str, tmp_path: Path) -> None:
    path = svg_hall(tmp_path).rename(tmp_path / f"plan{wrong}")
    assert read_plan(path, unit="cm").outline_m2 == pytest.approx(80, abs=0.1)
    drawing = saved(hall(), tmp_path).rename(tmp_path / f"drawing{wrong}")
    try:
        assert read_plan(drawing, unit="mm").outline_m2 == pytest.approx(80)
    except BadInput as told:
        assert told.code in ("svg.unreadable", "ifc.unreadable", "pdf.not_pdf", "dwg.not_dwg", "picture.unknown")
