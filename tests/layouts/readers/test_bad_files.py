"""Files that are no plan: one code, the file's name, bounded time, never a traceback of another kind."""

from __future__ import annotations

import math
import random
from pathlib import Path

import ezdxf
import pytest
from sketch import hall, saved

from layouts.findings import BadInput
from layouts.readers import flatten
from layouts.readers.dxf import read_dxf

EXAMPLE = Path(__file__).parents[3] / "examples" / "dahuk" / "plan.dxf"


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as failure:
        read_dxf(path)
    return failure.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7\nsomething", "dxf.is_other"),
        (b"AC1027\x00\x00\x00\x00\x00", "dxf.is_dwg"),
        (bytes(range(256)) * 40, "dxf.not_dxf"),
        (b"hello, this is a letter\n", "dxf.not_dxf"),
        (b"  0\nSECTION\n  2\nENTITIES\n  0\nEOF\n", "dxf.nothing_drawn"),
        (b"  0\nSECTION\n  2\nHEAD", "dxf.truncated"),
    ],
)
def test_other_files_are_told_from_drawings(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "given.dxf"
    path.write_bytes(content)
    failure = refused(path)
    assert failure.code == code
    assert "given.dxf" in failure.file


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.dxf").code == "file.missing"
    assert refused(tmp_path).code == "file.not_a_file"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_drawing_is_read_in_part_or_refused(share: float, tmp_path: Path) -> None:
    content = EXAMPLE.read_bytes()
    path = tmp_path / "cut.dxf"
    path.write_bytes(content[: int(len(content) * share)])
    try:
        read = read_dxf(path)
    except BadInput as failure:
        assert (failure.code, failure.file) == ("dxf.truncated", "cut.dxf")
        ending = failure.values
    else:
        assert read.warnings[0].code == "dxf.ends_early"
        ending = dict(read.warnings[0].values)
    assert ending["line"] == len(path.read_bytes().splitlines())
    assert ending["expected"] == ("ENDSEC" if ending["section"] != "-" else "EOF")


def test_a_drawing_that_lacks_only_its_last_mark_is_read_whole_and_said_to_end_early(tmp_path: Path) -> None:
    content = EXAMPLE.read_bytes()
    path = tmp_path / "cut.dxf"
    path.write_bytes(content[: content.rindex(b"EOF")].rstrip(b" 0\r\n") + b"\n")
    read = read_dxf(path)
    assert read.warnings[0].code == "dxf.ends_early"
    assert (read.warnings[0].values["section"], read.warnings[0].values["expected"]) == ("-", "EOF")
    assert read.plan == read_dxf(EXAMPLE).plan


@pytest.mark.parametrize("number", ["nan", "1e300", "-1e300", "inf", "abc", ""])
def test_numbers_that_are_none_are_left_out_or_refused(number: str, tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    start = lines.index("ENTITIES")
    spots = [i for i in range(start, len(lines) - 1) if lines[i].strip() in ("10", "20", "11") and "." in lines[i + 1]]
    for spot in spots[5:200:17]:
        lines[spot + 1] = number
    path = tmp_path / "numbers.dxf"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        read = read_dxf(path)
    except BadInput as failure:
        assert failure.file == "numbers.dxf"
    else:
        assert all(math.isfinite(c) and abs(c) < 1e9 for q in read.plan.levels[0].outline for c in q)


def test_one_point_at_infinity_does_not_lose_the_plan(tmp_path: Path) -> None:
    doc = hall()
    doc.modelspace().add_line((0, 0), (1e300, 5), dxfattribs={"layer": "A-WALL"})
    doc.modelspace().add_line((7, 7), (7, 7), dxfattribs={"layer": "A-WALL"})
    read = read_dxf(saved(doc, tmp_path), unit="mm")
    assert read.outline_m2 == 80.0
    assert {("LINE", "no_place", 1), ("LINE", "no_length", 1)} <= {
        (s.entity, s.reason, s.count) for s in read.census.skipped
    }


def test_a_door_turned_by_no_number_is_left_out_and_reading_ends(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    start = next(
        i
        for i in range(len(lines))
        if lines[i] == "DOOR-SGL-1000" and lines[i - 1].strip() == "2" and "INSERT" in lines[i - 20 : i]
    )
    turn = next(i for i in range(start, start + 12) if lines[i].strip() == "50")
    lines[turn + 1] = "nan"
    path = tmp_path / "turned.dxf"
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_dxf(path)
    assert read.outline_m2 == 786.4
    assert ("ELLIPSE", "no_place", 1) in {(s.entity, s.reason, s.count) for s in read.census.skipped}


def test_a_block_that_holds_itself_ends(tmp_path: Path) -> None:
    doc = hall()
    block = doc.blocks.new("LOOP")
    block.add_line((0, 0), (1, 1))
    block.add_blockref("LOOP", (10, 10))
    doc.modelspace().add_blockref("LOOP", (0, 0))
    read = read_dxf(saved(doc, tmp_path), unit="mm")
    assert read.outline_m2 == 80.0


def test_a_block_bomb_is_refused_in_bounded_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flatten, "MOST_ENTITIES", 20_000)
    doc = hall()
    inner = doc.blocks.new("B0")
    for i in range(10):
        inner.add_line((i, 0), (i, 1))
    for depth in range(1, 8):
        block = doc.blocks.new(f"B{depth}")
        for i in range(10):
            block.add_blockref(f"B{depth - 1}", (i, i))
    doc.modelspace().add_blockref("B7", (0, 0))
    assert refused(saved(doc, tmp_path)).code == "dxf.too_many_entities"


def test_a_plan_without_walls_names_its_layers(tmp_path: Path) -> None:
    failure = refused(saved(hall(wall="DIMENSIONS"), tmp_path))
    assert failure.code == "dxf.no_walls"
    assert "DIMENSIONS" in str(failure.values["layers"])


def test_walls_that_enclose_nothing_are_refused(tmp_path: Path) -> None:
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    for y in (0, 200):
        doc.modelspace().add_line((0, y), (20000, y), dxfattribs={"layer": "WALL"})
    assert refused(saved(doc, tmp_path)).code == "dxf.nothing_enclosed"


def test_mutated_drawings_are_read_or_refused(tmp_path: Path) -> None:
    """A short run of the fuzz: bytes flipped, lines dropped, doubled and swapped."""
    content = EXAMPLE.read_bytes()
    dice = random.Random(7)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(6):
        lines = content.split(b"\n")
        for _ in range(dice.choice((1, 5, 50))):
            i = dice.randrange(len(lines))
            action = dice.randrange(4)
            if action == 0:
                lines[i] = bytes(dice.randrange(256) for _ in range(6))
            elif action == 1:
                del lines[i]
            elif action == 2:
                lines.insert(i, lines[dice.randrange(len(lines))])
            else:
                lines[i] = lines[dice.randrange(len(lines))]
        path = tmp_path / "mutant.dxf"
        path.write_bytes(b"\n".join(lines))
        try:
            read_dxf(path)
            outcomes["read"] += 1
        except BadInput:
            outcomes["refused"] += 1
    assert sum(outcomes.values()) == 6


@pytest.mark.parametrize("spot", [0.1, 0.35, 0.7])
def test_a_file_that_lost_a_line_is_read_line_by_line(spot: float, tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    del lines[int(len(lines) * spot)]
    path = tmp_path / "shifted.dxf"
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_dxf(path)
    assert read.warnings[0].code == "dxf.damaged"
    assert read.outline_m2 == pytest.approx(786.4, rel=0.03)


def test_a_file_of_entities_alone_is_read(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    start = lines.index("ENTITIES")
    path = tmp_path / "entities.dxf"
    path.write_text("\n".join(["0", "SECTION", "2", *lines[start:]]), encoding="utf-8")
    read = read_dxf(path, unit="mm")
    assert read.warnings[0].code == "dxf.damaged" or "door.no_symbol" in [w.code for w in read.warnings]
    assert 600 < read.outline_m2 < 900
