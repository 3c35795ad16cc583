"""Scans under the plan: calibrated, stored once, the same in folder and file, refused before they can do harm."""

from __future__ import annotations

import io
import json
import math
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from layouts.findings import BadInput
from layouts.readers.underlay import read_picture
from layouts.readers.underlay_check import _plain as plain
from layouts.readers.underlay_check import as_screen_picture, check_picture
from planner.cli.entry import run
from planner.folder import read_folder
from planner.project import UnderlaySource
from planner.source import ProjectSource, open_source
from planner.ui.importing.underlays import looked_at
from planner.underlays import SCREEN_PX, picture_for_screen, pixel_at
from solvers.effort import Cancel


@pytest.fixture
def project(tmp_path: Path) -> Path:
    run(["new", str(tmp_path / "mine"), "--template", "dahuk"])
    return tmp_path / "mine"


def scan(folder: Path, name: str = "scan.png", size: tuple[int, int] = (400, 300)) -> Path:
    """A grey gradient as a picture file."""
    Image.linear_gradient("L").resize(size).save(folder / name)
    return folder / name


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["import", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def put(capsys: pytest.CaptureFixture[str], file: Path, project: Path, *more: str) -> tuple[int, dict[str, Any]]:
    words = [str(file), "--into", str(project), "--underlay", "--scale", "100,200", "300,200", "10m", *more]
    return asked(capsys, *words)


@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.tiff"])
def test_two_points_lie_their_true_distance_apart_where_people_put_them(
    name: str, tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = put(capsys, scan(tmp_path, name), project, "--at", "5000,-2000", "--rotation", "30", "--opacity", "0.3")
    assert code == 0 and told["kept"]
    kept = read_folder(project).underlays[0]
    assert (kept.mm_per_px, kept.opacity, kept.rotation_deg, kept.locked) == (50.0, 0.3, 30.0, True)
    assert told["underlay"]["size_m"] == [20.0, 15.0]
    assert pixel_at(kept, (5000, -2000)) == pytest.approx((100, 200), abs=0.01)
    far = (5000 + 10_000 * math.cos(math.radians(30)), -2000 + 10_000 * math.sin(math.radians(30)))
    assert pixel_at(kept, far) == pytest.approx((300, 200), abs=0.01)


@pytest.mark.usefixtures("read_here")
def test_an_underlay_is_kept_with_the_comments_of_project_toml(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = project / "project.toml"
    toml.write_text("# our own words\n" + toml.read_text("utf-8"), "utf-8")
    put(capsys, scan(tmp_path), project)
    assert toml.read_text("utf-8").startswith("# our own words\n")
    assert read_folder(project).drawing is not None


@pytest.mark.usefixtures("read_here")
def test_the_same_scan_again_is_placed_anew_and_stored_once(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(capsys, scan(tmp_path), project)
    put(capsys, scan(tmp_path), project, "--rotation", "90")
    put(capsys, scan(tmp_path, "other.png", (200, 400)), project)
    kept = read_folder(project).underlays
    assert [(u.id, u.rotation_deg) for u in kept] == [("underlay-1", 90.0), ("underlay-2", 0.0)]
    assert len(list((project / "underlays").iterdir())) == 2


@pytest.mark.usefixtures("read_here")
def test_underlays_pack_and_unpack_as_they_are(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = scan(tmp_path)
    put(capsys, picture, project)
    packed, back = tmp_path / "one.centreline", tmp_path / "back"
    assert run(["pack", str(project), str(packed)]) == 0
    put(capsys, scan(tmp_path, "second.jpg"), packed)
    with open_source(packed) as source:
        assert source.content(source.project.underlays[0].sha256) == picture.read_bytes()
    assert run(["unpack", str(packed), str(back)]) == 0
    assert read_folder(back).underlays[:1] == read_folder(project).underlays
    with open_source(back) as source:
        assert source.content(source.project.underlays[0].sha256) == picture.read_bytes()
        assert len(source.project.underlays) == 2


@pytest.mark.usefixtures("read_here")
def test_a_picture_changed_behind_our_back_is_told(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(capsys, scan(tmp_path), project)
    next((project / "underlays").iterdir()).write_bytes(b"another")
    with open_source(project) as source, pytest.raises(BadInput, match=r"underlay\.changed"):
        source.content(source.project.underlays[0].sha256)


def shown(source: ProjectSource, underlay: UnderlaySource) -> tuple[str, Image.Image]:
    """What a browser gets: media type and picture."""
    body = source.content(underlay.sha256)
    assert body is not None
    return on_screen(body, underlay.name, underlay.page)


def on_screen(body: bytes, name: str, page: int = 0) -> tuple[str, Image.Image]:
    media, picture = as_screen_picture(body, name, SCREEN_PX, page)
    return media, Image.open(io.BytesIO(picture))


@pytest.mark.usefixtures("read_here")
def test_a_browser_gets_what_it_can_show(tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(capsys, scan(tmp_path, "scan.tiff"), project)
    put(capsys, scan(tmp_path, "scan.jpg"), project)
    put(capsys, scan(tmp_path, "wide.png", (5000, 1000)), project)
    with open_source(project) as source:
        pictures = [shown(source, u) for u in source.project.underlays]
    assert [(kind, picture.size) for kind, picture in pictures] == [
        ("image/png", (400, 300)), ("image/jpeg", (400, 300)), ("image/png", (4096, 819)),
    ]  # fmt: skip


def test_scans_of_sixteen_bits_keep_their_greys_and_photographs_lie_as_their_pixels_are_counted() -> None:
    deep = io.BytesIO()
    Image.frombytes("I;16", (256, 1), bytes(b for v in range(256) for b in (0, v))).save(deep, "TIFF")
    for order in (deep.getvalue(), sixteen_bits(">")):  # Intel's order of bytes, Motorola's
        grey = Image.open(io.BytesIO(as_screen_picture(order, "deep.tif", 4096)[1]))
        assert [grey.getpixel((v, 0)) for v in (0, 100, 200)] == [0, 100, 200]
        small = Image.open(io.BytesIO(as_screen_picture(order, "deep.tif", 64)[1]))
        assert [small.getpixel((v, 0)) for v in (1, 25, 50)] == pytest.approx([5, 101, 201], abs=2)
    tilted, says = io.BytesIO(), Image.Exif()
    says[0x0112] = 6  # the camera was held upright
    Image.linear_gradient("L").resize((40, 20)).save(tilted, "JPEG", exif=says)
    flat = Image.open(io.BytesIO(as_screen_picture(tilted.getvalue(), "a.jpg", 4096)[1]))
    assert (flat.size, flat.getexif().get(0x0112, 1)) == ((40, 20), 1)


def sixteen_bits(order: str) -> bytes:
    """A TIFF of 256 x 1 greys from black to white, whatever order of bytes."""
    fields = [(256, 4, 256), (257, 4, 1), (258, 3, 16), (259, 3, 1), (262, 3, 1)]
    fields += [(273, 4, 8), (277, 3, 1), (278, 4, 1), (279, 4, 512)]
    body = b"".join(struct.pack(order + "H", v * 256) for v in range(256))
    table = b"".join(
        struct.pack(order + ("HHIHH" if kind == 3 else "HHII"), tag, kind, 1, value, *((0,) if kind == 3 else ()))
        for tag, kind, value in fields
    )
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8 + len(body))
    return head + body + struct.pack(order + "H", len(fields)) + table + bytes(4)


def test_all_modes_of_sixteen_bits_become_the_same_greys() -> None:
    dark_to_light = bytes(b for v in range(256) for b in (0, v))
    for mode, swapped in (("I;16", False), ("I;16L", False), ("I;16B", True)):
        body = bytes(b for v in range(256) for b in (v, 0)) if swapped else dark_to_light
        assert plain(Image.frombytes(mode, (256, 1), body)).tobytes() == bytes(range(256)), mode


@pytest.mark.parametrize("broken", [b"II*", b"MM\0*\0\0", b"\xff" * 40, b"II*\0\x08\0\0\0\x09\0"])
def test_what_a_camera_says_in_broken_words_keeps_no_picture_away(broken: bytes) -> None:
    made = io.BytesIO()
    Image.linear_gradient("L").resize((40, 20)).save(made, "PNG")
    body = made.getvalue()
    body = body[:33] + chunk(b"eXIf", broken) + body[33:]
    assert as_screen_picture(body, "a.png", 4096) == ("image/png", body)


def test_a_palette_counts_what_its_colours_take(tmp_path: Path) -> None:
    wide, bomb = tmp_path / "wide.png", tmp_path / "bomb.png"
    wide.write_bytes(png_bomb(4100, 3))
    assert on_screen(wide.read_bytes(), "wide.png")[1].size == (4096, 4096)
    bomb.write_bytes(png_bomb(9000, 3))
    with pytest.raises(BadInput, match=r"picture\.too_large"):
        check_picture(bomb)


def test_a_sheet_of_a0_is_taken_and_shown_smaller_but_no_picture_that_takes_all_memory(tmp_path: Path) -> None:
    sheet, bomb = tmp_path / "a0.tif", tmp_path / "bomb.png"
    Image.new("1", (13_244, 9_933), 1).save(sheet, compression="group4")
    assert read_picture(sheet).width_px == 13_244
    assert on_screen(sheet.read_bytes(), "a0.tif")[1].size == (4096, 3072)
    bomb.write_bytes(png_bomb(11_000, 2))
    with pytest.raises(BadInput, match=r"picture\.too_large"):
        check_picture(bomb)


def pdf(folder: Path, name: str, *pages: str, objects: bytes = b"") -> Path:
    """A PDF whose pages have these entries; what they draw stands in object 90."""
    kids = " ".join(f"{10 + k} 0 R" for k in range(len(pages)))
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    body += f"2 0 obj\n<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>\nendobj\n".encode()
    for k, entries in enumerate(pages):
        body += f"{10 + k} 0 obj\n<< /Type /Page /Parent 2 0 R {entries} >>\nendobj\n".encode()
    body += objects
    table = [f"{found[1].decode()} 1\n{found.start():010} 00000 n \n" for found in re.finditer(rb"(\d+) 0 obj", body)]
    told = f"xref\n{''.join(table)}trailer\n<< /Root 1 0 R /Size 100 >>\nstartxref\n{len(body)}\n%%EOF\n"
    (folder / name).write_bytes(body + told.encode())
    return folder / name


def stream(number: int, body: bytes, entries: str = "") -> bytes:
    return f"{number} 0 obj\n<< /Length {len(body)} {entries} >>\nstream\n".encode() + body + b"\nendstream\nendobj\n"


def dark_box(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Round what is not white."""
    return picture.convert("L").point(lambda v: 255 if v < 200 else 0).getbbox()


@pytest.mark.usefixtures("read_here")
def test_the_page_that_was_named_of_a_pdf_is_an_underlay_as_it_is_seen(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = stream(90, b"100 200 200 10 re f")
    named = "/MediaBox [0 0 842 595] /Contents 90 0 R"
    sheets = pdf(tmp_path, "sheets.pdf", "/MediaBox [0 0 300 300]", named, f"{named} /Rotate 90", objects=drawn)
    code, told = put(capsys, sheets, project, "--page", "2")
    assert code == 0 and told["underlay"]["kind"] == "PDF"
    put(capsys, sheets, project, "--page", "3")
    with open_source(project) as source:
        kept, turned = source.project.underlays
        (media, picture), (_, upright) = shown(source, kept), shown(source, turned)
    assert pixel_at(kept, (0, 0)) == pytest.approx((100, 595 - 200), abs=0.01), "points of a page count from below"
    assert (media, picture.size) == ("image/png", (4096, 2895))
    scale = 4096 / 842
    assert dark_box(picture) == pytest.approx((100 * scale, 385 * scale, 300 * scale, 395 * scale), abs=2)
    assert (turned.width_px, turned.height_px) == (595, 842)
    assert dark_box(upright) == pytest.approx((200 * scale, 100 * scale, 210 * scale, 300 * scale), abs=2)


@pytest.mark.parametrize(
    ("boxes", "size", "ink"),
    [
        ("/MediaBox [0 842 595 0]", (595, 842), (100, 632, 300, 642)),
        ("/MediaBox [595 842 0 0] /CropBox [400 400 0 100]", (400, 300), (100, 190, 300, 200)),
        ("/MediaBox [0 0 595 842] /CropBox [1000 1000 1200 1200]", (595, 842), (100, 632, 300, 642)),
    ],
)
def test_a_page_has_one_size_whatever_order_its_corners_stand_in(
    boxes: str, size: tuple[int, int], ink: tuple[int, ...], tmp_path: Path
) -> None:
    sheet = pdf(tmp_path, "sheet.pdf", f"{boxes} /Contents 90 0 R", objects=stream(90, b"100 200 200 10 re f"))
    told = read_picture(sheet)
    assert (told.width_px, told.height_px) == size
    _, shown_page = on_screen(sheet.read_bytes(), "sheet.pdf", 1)
    scale = 4096 / max(size)
    assert shown_page.size == pytest.approx((size[0] * scale, size[1] * scale), abs=1.5)
    assert dark_box(shown_page) == pytest.approx(tuple(scale * c for c in ink), abs=2)


@pytest.mark.parametrize("coded", ["DCTDecode", "JPXDecode", "FlateDecode"])
def test_a_scan_inside_a_pdf_is_shown_however_it_is_coded(coded: str, tmp_path: Path) -> None:
    photo = io.BytesIO()
    Image.new("L", (80, 40), 0).save(photo, "JPEG2000" if coded == "JPXDecode" else "JPEG")
    body = zlib.compress(bytes(80 * 40)) if coded == "FlateDecode" else photo.getvalue()
    entries = f"/Subtype /Image /Width 80 /Height 40 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /{coded}"
    objects = stream(90, b"q 400 0 0 200 100 100 cm /S Do Q") + stream(91, body, entries)
    page = "/MediaBox [0 0 842 595] /Contents 90 0 R /Resources << /XObject << /S 91 0 R >> >>"
    media, picture = on_screen(pdf(tmp_path, "scan.pdf", page, objects=objects).read_bytes(), "scan.pdf", 1)
    scale = 4096 / 842
    assert dark_box(picture) == pytest.approx((100 * scale, 295 * scale, 500 * scale, 495 * scale), abs=3)
    assert media == "image/png"


def test_what_cannot_be_shown_says_so() -> None:
    with pytest.raises(BadInput, match=r"picture\.broken"):
        picture_for_screen(b"%PDF-1.7 nothing", "a.pdf", 1)


def test_what_is_looked_at_is_held_to_its_time_and_told_as_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.underlays.MOST_DRAWN_S", 0.0)
    for look in (lambda f: looked_at(f, 1, lambda _: None, Cancel()), lambda f: picture_for_screen(f.read_bytes(), f.name, 1)):
        with pytest.raises(BadInput, match=r"picture\.too_slow"):
            look(scan(tmp_path))


def huge_png() -> bytes:
    head = struct.pack(">I4sII5B", 13, b"IHDR", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + head + b"\x00" * 16


def png_bomb(side: int = 9000, kind: int = 0) -> bytes:
    """A picture of 9,000 x 9,000 white pixels in some 80 kB: within the limit, and whole; in colour (2) it is not whole.

    With a palette (3) it is whole too.
    """
    raw = zlib.compress(b"\x00" * (side * (side + 1 if kind == 3 else side // 8 + 1)), 9)
    head = struct.pack(">IIBBBBB", side, side, 8 if kind else 1, kind, 0, 0, 0)
    colours = chunk(b"PLTE", bytes(range(30))) if kind == 3 else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + colours + chunk(b"IDAT", raw) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.png", huge_png(), "picture.too_large"),
        ("a.jpg", b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, 40_000, 40_000, 3) + bytes(20), "picture.too_large"),
        ("a.png", huge_png()[:20], "picture.unknown"),
        ("a.png", b"", "file.empty"),
        ("a.tif", b"II*\x00\x08\x00\x00\x00\x01\x00", "picture.unknown"),
        ("a.tif", b"II*\x00\xff\xff\xff\x7f", "picture.unknown"),
        ("a.pdf", b"%PDF-1.7 nothing", "picture.no_page"),
        ("a.png", b"GIF89a" + bytes(60), "picture.unknown"),
        ("a.png", png_bomb()[:-4000], "picture.broken"),
    ],
)
def test_pictures_that_are_none_or_too_large_are_refused_in_a_sentence(
    name: str, body: bytes, code: str, tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(body)
    exit_code, told = put(capsys, tmp_path / name, project)
    assert (exit_code, told["error"]["code"]) == (2, code)
    assert read_folder(project).underlays == ()


def test_a_picture_within_the_limit_is_kept_however_well_it_packs(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "white.png").write_bytes(png_bomb())
    assert put(capsys, tmp_path / "white.png", project)[0] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--underlay"], "underlay.no_project"),
        (["--underlay", "--into", "P"], "underlay.no_scale"),
        (["--underlay", "--into", "P", "--scale", "1,1", "1,1", "3m"], "import.scale"),
        (["--underlay", "--into", "P", "--scale", "1,1", "2,1", "3m", "--at", "here"], "underlay.at"),
    ],
)
def test_what_an_underlay_needs_is_said(
    words: list[str], code: str, tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(project) if word == "P" else word for word in words]
    exit_code, told = asked(capsys, str(scan(tmp_path)), *given)
    assert (exit_code, told["error"]["code"]) == (2, code)
