"""Scans under the plan: calibrated, stored once, the same in folder and file, refused before they can do harm."""

from __future__ import annotations

import base64
import json
import math
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from layouts.findings import BadInput
from planner.cli.entry import run
from planner.folder import read_folder
from planner.source import open_source
from planner.underlays import picture_for_screen, pixel_at


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


def test_an_underlay_is_kept_with_the_comments_of_project_toml(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = project / "project.toml"
    toml.write_text("# our own words\n" + toml.read_text("utf-8"), "utf-8")
    put(capsys, scan(tmp_path), project)
    assert toml.read_text("utf-8").startswith("# our own words\n")
    assert read_folder(project).drawing is not None


def test_the_same_scan_again_is_placed_anew_and_stored_once(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(capsys, scan(tmp_path), project)
    put(capsys, scan(tmp_path), project, "--rotation", "90")
    put(capsys, scan(tmp_path, "other.png", (200, 400)), project)
    kept = read_folder(project).underlays
    assert [(u.id, u.rotation_deg) for u in kept] == [("underlay-1", 90.0), ("underlay-2", 0.0)]
    assert len(list((project / "underlays").iterdir())) == 2


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


def test_a_picture_changed_behind_our_back_is_told(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(capsys, scan(tmp_path), project)
    next((project / "underlays").iterdir()).write_bytes(b"another")
    with open_source(project) as source, pytest.raises(BadInput, match=r"underlay\.changed"):
        source.content(source.project.underlays[0].sha256)


def test_a_browser_gets_what_it_can_show(tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(capsys, scan(tmp_path, "scan.tiff"), project)
    put(capsys, scan(tmp_path, "scan.jpg"), project)
    with open_source(project) as source:
        shown = [picture_for_screen(source, u) for u in source.project.underlays]
        small = picture_for_screen(source, source.project.underlays[1], most_px=100)
    assert [kind for kind, _ in shown] == ["image/png", "image/jpeg"]
    assert shown[0][1].startswith(b"\x89PNG")
    assert small[0] == "image/png"


def test_a_page_of_a_pdf_is_an_underlay_too(tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = zlib.compress(b"100 200 m 300 200 l S")
    page = b"<< /Type /Page /MediaBox [0 0 842 595] >>"
    stream = b"<< /Filter /FlateDecode >>\nstream\n" + body + b"\nendstream"
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n" + page + b"\nendobj\n2 0 obj\n" + stream + b"\nendobj\n")
    code, told = put(capsys, tmp_path / "sheet.pdf", project)
    assert code == 0 and told["underlay"]["kind"] == "PDF"
    with open_source(project) as source:
        kept = source.project.underlays[0]
        kind, picture = picture_for_screen(source, kept)
    assert pixel_at(kept, (0, 0)) == pytest.approx((100, 595 - 200), abs=0.01), "points of a page count from below"
    assert kind == "image/svg+xml" and b"M 100.00,395.00 L 300.00,395.00" in picture


def test_a_scan_inside_a_pdf_is_shown_as_the_photograph_it_is(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = scan(tmp_path, "page.jpg").read_bytes()
    told = b"<< /Type /XObject /Subtype /Image /Filter /DCTDecode >>\nstream\n" + photo + b"\nendstream"
    page = b"<< /Type /Page /MediaBox [0 0 842 595] >>"
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n" + page + b"\nendobj\n2 0 obj\n" + told + b"\nendobj\n")
    assert put(capsys, tmp_path / "scan.pdf", project)[0] == 0
    with open_source(project) as source:
        kind, picture = picture_for_screen(source, source.project.underlays[0])
    assert kind == "image/svg+xml" and base64.b64encode(photo) in picture


def huge_png() -> bytes:
    head = struct.pack(">I4sII5B", 13, b"IHDR", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + head + b"\x00" * 16


def png_bomb() -> bytes:
    """A picture of 9,000 x 9,000 white pixels in some 80 kB: within the limit, and whole."""
    raw = zlib.compress(b"\x00" * (9000 * (9000 // 8 + 1)), 9)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 9000, 9000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", raw) + chunk(b"IEND", b"")


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
