"""A scan or picture under the plan: its size told from its first bytes, and its place from two points people click.

Nothing is decoded here, so no picture, however large it says it is, can cost memory.
"""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from layouts.findings import BadInput
from layouts.readers.load import head_of
from layouts.readers.marks import XY
from layouts.readers.pdf_pages import opened_pages, shown_size

MOST_PIXELS = 400_000_000  # of one byte; pictures in colour are held to fewer when they are decoded
MOST_HEAD = 2_000_000  # bytes looked at for a JPEG's size: thumbnails come before it
MOST_PDF = 60_000_000
SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
TIFF_WIDTH, TIFF_HEIGHT, MOST_TIFF_TAGS = 256, 257, 500
NUMBER = rb"\s*(-?\d+(?:\.\d+)?)"
PAGE_BOX = re.compile(rb"/MediaBox\s*\[" + NUMBER * 4 + rb"\s*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture file."""

    name: str
    kind: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Underlay:
    """A picture in the plan's frame: its lower left corner, size of a pixel, turn about that corner, and how strong."""

    picture: Picture
    mm_per_px: float
    origin_mm: tuple[float, float] = (0.0, 0.0)
    rotation_deg: float = 0.0
    opacity: float = 0.5

    def place(self, pixel: XY) -> XY:
        """A pixel (from the upper left, as pictures count) in millimetres."""
        x, y = pixel[0] * self.mm_per_px, (self.picture.height_px - pixel[1]) * self.mm_per_px
        c, s = math.cos(math.radians(self.rotation_deg)), math.sin(math.radians(self.rotation_deg))
        return self.origin_mm[0] + c * x - s * y, self.origin_mm[1] + s * x + c * y


def read_picture(path: Path, page: int = 1) -> Picture:
    """Kind and size of a PNG, JPEG, TIFF or PDF page; BadInput where it is none, or larger than can ever be shown."""
    head_of(path)
    with path.open("rb") as stream:
        head = stream.read(MOST_HEAD)
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        kind, (width, height) = "PNG", struct.unpack(">II", head[16:24])
    elif head.startswith(b"\xff\xd8"):
        kind, (width, height) = "JPEG", _jpeg_size(head, path.name)
    elif head[:4] in (b"II*\x00", b"MM\x00*"):
        kind, (width, height) = "TIFF", _tiff_size(path)
    elif head.startswith(b"%PDF"):
        kind, (width, height) = "PDF", _page_size(path, page)
    else:
        raise BadInput("picture.unknown", file=path.name)
    if width < 1 or height < 1:
        raise BadInput("picture.unknown", file=path.name)
    if width * height > MOST_PIXELS:
        raise BadInput("picture.too_large", file=path.name, width=width, height=height, most=MOST_PIXELS // 1_000_000)
    return Picture(name=path.name, kind=kind, width_px=width, height_px=height)


def _tiff_size(path: Path) -> tuple[int, int]:
    """Width and height from the first directory (TIFF 6.0 §2): twelve bytes a field."""
    found: dict[int, int] = {}
    with path.open("rb") as stream:
        head = stream.read(8)
        order = "<" if head[:2] == b"II" else ">"
        if len(head) == 8:
            stream.seek(struct.unpack(order + "I", head[4:])[0])
            count = stream.read(2)
            for _ in range(min(struct.unpack(order + "H", count)[0], MOST_TIFF_TAGS) if len(count) == 2 else 0):
                field = stream.read(12)
                if len(field) < 12:
                    break
                tag, kind = struct.unpack(order + "HH", field[:4])
                found[tag] = struct.unpack(order + ("H" if kind == 3 else "I"), field[8 : 10 if kind == 3 else 12])[0]
    if TIFF_WIDTH not in found or TIFF_HEIGHT not in found:
        raise BadInput("picture.unknown", file=path.name)
    return found[TIFF_WIDTH], found[TIFF_HEIGHT]


def _page_size(path: Path, page: int) -> tuple[int, int]:
    """Width and height of the n-th page as it is shown, in points (1/72 inch)."""
    if path.stat().st_size > MOST_PDF:
        size = round(path.stat().st_size / 1e6)
        raise BadInput("file.too_large", file=path.name, megabytes=size, most=MOST_PDF // 1_000_000)
    body = path.read_bytes()
    pages = opened_pages(body)
    if pages is not None:
        if not 1 <= page <= len(pages):
            raise BadInput("picture.no_page", file=path.name, page=page, pages=len(pages))
        if (seen := shown_size(pages[page - 1])) is not None:
            return seen
    boxes = PAGE_BOX.findall(body)  # of a file whose table of pages is broken
    if not boxes or page > len(boxes):
        raise BadInput("picture.no_page", file=path.name, page=page, pages=len(boxes))
    x0, y0, x1, y1 = (float(number) for number in boxes[page - 1])
    return round(abs(x1 - x0)), round(abs(y1 - y0))


def _jpeg_size(head: bytes, file: str) -> tuple[int, int]:
    """Width and height from the frame header, segment by segment."""
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], struct.unpack(">H", head[at + 2 : at + 4])[0]
        if marker in SIZES:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + max(2, length)
    raise BadInput("picture.unknown", file=file)


def calibrated(picture: Picture, p: XY, q: XY, length_mm: float, *, level: bool = False, turn_deg: float = 0.0) -> Underlay:
    """The picture placed so that pixels p and q lie `length_mm` apart; with `level` the line p-q becomes horizontal.

    p comes to the frame's origin. Without `level` the picture is turned by `turn_deg`.
    """
    apart = math.dist(p, q)
    if not apart or not 0 < length_mm < 1e7:
        raise BadInput("picture.calibration", file=picture.name, length=f"{length_mm:g}")
    turn = math.degrees(math.atan2(q[1] - p[1], q[0] - p[0])) if level else turn_deg
    made = Underlay(picture=picture, mm_per_px=length_mm / apart, rotation_deg=turn)
    x, y = made.place(p)
    return Underlay(picture=picture, mm_per_px=made.mm_per_px, rotation_deg=turn, origin_mm=(-x, -y))
