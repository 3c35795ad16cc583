"""PDF vectors read as lines once calibrated, and pictures placed by two points; neither can be a bomb."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from sketch import PIECES

from layouts.findings import BadInput
from layouts.readers import pdf
from layouts.readers.imported import Recipe
from layouts.readers.pdf import read_pdf
from layouts.readers.read import read_plan
from layouts.readers.underlay import calibrated, read_picture

POINTS_PER_MM = 72 / 25.4 / 100  # the hall at 1:100 on paper


def pdf_hall(folder: Path, *, flate: bool = True) -> Path:
    """The hall as a CAD program prints it: moved by a matrix, a name in brackets as text beside it."""
    x, y = PIECES[0][0]
    steps = [f"{x} {y} m"] + [f"{x} {y} l" for x, y in PIECES[0][1:]] + ["s"]
    words = (
        f"q /OC /Walls BDC {POINTS_PER_MM} 0 0 {POINTS_PER_MM} 100 100 cm " + " ".join(steps) + " EMC Q BT (HALL \\( l m) Tj ET"
    )
    body = zlib.compress(words.encode()) if flate else words.encode()
    told = b"<< /Length %d /Filter /FlateDecode >>" % len(body) if flate else b"<< /Length %d >>" % len(body)
    path = folder / "hall.pdf"
    path.write_bytes(b"%PDF-1.7\n4 0 obj\n" + told + b"\nstream\n" + body + b"\nendstream\nendobj\n%%EOF")
    return path


@pytest.mark.parametrize("flate", [True, False])
def test_a_printed_plan_reads_once_it_is_calibrated(flate: bool, tmp_path: Path) -> None:
    read = read_plan(pdf_hall(tmp_path, flate=flate), recipe=Recipe(scale_to_mm=1 / POINTS_PER_MM))
    assert read.outline_m2 == pytest.approx(80, rel=0.01)


def test_a_file_whose_pages_cannot_be_found_is_read_by_its_streams_and_told_to_be_damaged(tmp_path: Path) -> None:
    read = read_plan(pdf_hall(tmp_path), recipe=Recipe(scale_to_mm=1 / POINTS_PER_MM))
    assert [w.code for w in read.warnings].count("dxf.damaged") == 1


def test_a_printed_plan_never_tells_its_own_scale(tmp_path: Path) -> None:
    try:
        assert read_plan(pdf_hall(tmp_path)).ask
    except BadInput as asked:
        assert asked.code == "unit.unknown"


def test_a_zip_bomb_in_a_pdf_ends_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_INFLATED", 100_000)
    body = zlib.compress(b"0 " * 1_000_000)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(b"%PDF-1.7\n<< /Filter /FlateDecode >>\nstream\n" + body + b"\nendstream")
    with pytest.raises(BadInput, match=r"pdf\.too_large"):
        read_pdf(path)


def png_head(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII5B", 13, b"IHDR", width, height, 8, 2, 0, 0, 0)


def test_a_huge_picture_is_refused_by_its_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_head(40_000, 40_000))
    with pytest.raises(BadInput) as refused:
        read_picture(tmp_path / "a.png")
    assert refused.value.code == "picture.too_large"


def test_a_jpegs_size_stands_behind_its_other_segments(tmp_path: Path) -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 600, 800, 3) + bytes(9)
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + bytes(14) + frame)
    picture = read_picture(tmp_path / "a.jpg")
    assert (picture.width_px, picture.height_px) == (800, 600)


def test_two_points_place_a_picture_and_level_it(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_head(1000, 500))
    p, q = (100.0, 400.0), (400.0, 0.0)
    placed = calibrated(read_picture(tmp_path / "a.png"), p, q, 10_000.0, level=True)
    assert placed.mm_per_px == pytest.approx(20)
    assert placed.place(p) == pytest.approx((0, 0), abs=1e-6)
    assert placed.place(q) == pytest.approx((10_000, 0), abs=1e-6)
    with pytest.raises(BadInput):
        calibrated(placed.picture, p, p, 1000.0)


def test_a_picture_offered_as_a_plan_says_what_it_is_good_for(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_head(1000, 500))
    with pytest.raises(BadInput, match=r"picture\.is_underlay"):
        read_plan(tmp_path / "a.png")


WORDS = "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def printed(folder: Path, *pages: str, form: str = "") -> Path:
    """A whole PDF of these contents, with a standard font, a layer A-WALL under the name MC0, and a form Fm1."""
    count = len(pages)
    kids = " ".join(f"{10 + 2 * k} 0 R" for k in range(count))
    parts = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} /Resources 3 0 R /MediaBox [0 0 842 595] >>",
        3: "<< /Font << /F1 4 0 R >> /Properties << /MC0 5 0 R >> /XObject << /Fm1 6 0 R >> >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        5: "<< /Type /OCG /Name (A-WALL) >>",
        6: f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 100 100] /Length {len(form)} >>\n"
        f"stream\n{form}\nendstream",
    }
    for k, words in enumerate(pages):
        parts[10 + 2 * k] = f"<< /Type /Page /Parent 2 0 R /Contents {11 + 2 * k} 0 R >>"
        parts[11 + 2 * k] = f"<< /Length {len(words)} >>\nstream\n{words}\nendstream"
    body, places = "%PDF-1.7\n", dict[int, int]()
    for number, part in parts.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n{part}\nendobj\n"
    start, table = len(body), f"xref\n0 {max(parts) + 1}\n0000000000 65535 f \n"
    for number in range(1, max(parts) + 1):
        table += f"{places[number]:010d} 00000 n \n" if number in places else "0000000000 65535 f \n"
    path = folder / "sheets.pdf"
    path.write_text(f"{body}{table}trailer << /Size {max(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF", "latin-1")
    return path


def walls(at: float, size: float = 1.0) -> str:
    """The hall's walls on their layer, moved by `at` points."""
    scale = POINTS_PER_MM * size
    (x, y), *rest = PIECES[0]
    lines = f"{x} {y} m " + " ".join(f"{x} {y} l" for x, y in rest)
    return f"q /OC /MC0 BDC {scale} 0 0 {scale} {at} {at} cm {lines} s EMC Q "


SCALED = Recipe(scale_to_mm=1 / POINTS_PER_MM)


def test_room_names_and_written_areas_are_read_from_a_printed_plan(tmp_path: Path) -> None:
    words = WORDS.format(size=9, x=180, y=200, text="READING ROOM") + " " + WORDS.format(size=7, x=180, y=180, text="80.0 m2")
    read = read_plan(printed(tmp_path, walls(100) + words), recipe=SCALED)
    assert [s.name for s in read.plan.levels[0].spaces] == ["READING ROOM"]
    assert read.written == ((80.0, pytest.approx(80, rel=0.01)),)


def test_layers_of_a_printed_plan_have_their_own_names(tmp_path: Path) -> None:
    read = read_plan(printed(tmp_path, walls(100)), recipe=SCALED)
    assert "wall" in read.census.read
    assert "walls.guessed" not in {w.code for w in read.warnings}


def test_the_page_that_is_named_is_read(tmp_path: Path) -> None:
    path = printed(tmp_path, walls(100), walls(100, 0.5), walls(100) + "0 0 m 5 5 l S")
    areas = [read_plan(path, recipe=Recipe(scale_to_mm=1 / POINTS_PER_MM, page=page)).outline_m2 for page in (1, 2)]
    assert areas == [pytest.approx(80, rel=0.01), pytest.approx(20, rel=0.01)]


def test_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"pdf\.no_such_page"):
        read_plan(printed(tmp_path, walls(100)), recipe=Recipe(page=2))


def test_a_plan_placed_as_a_form_is_read_where_it_stands(tmp_path: Path) -> None:
    words = WORDS.format(size=9, x=180, y=200, text="HALL")
    read = read_plan(printed(tmp_path, "/Fm1 Do " + words, form=walls(0)), recipe=SCALED)
    assert [s.name for s in read.plan.levels[0].spaces] == ["HALL"]
