"""Pictures decoded within limits: looked at whole once before they are kept, and brought into a form a browser shows."""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from layouts.findings import BadInput
from layouts.readers.underlay import MOST_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

KINDS = ("PNG", "JPEG", "TIFF")
MOST_DECODED = 400_000_000  # bytes in memory: a sheet of A0 scanned in black and white at 400 dpi, or in colour at 250
# bytes a pixel takes at most until it is brought down to a screen; of all other kinds four. Two colours and palettes become
# greys and colours first, and what lets light through is copied whole
TAKES = {"1": 2, "L": 1, "P": 5, "PA": 8, "I;16": 2, "I;16B": 2, "I;16L": 2, "LA": 8, "La": 8, "RGBA": 8, "RGBa": 8}
NAMED = ("1", "P", "PA")  # their numbers stand for colours: there is no middle of two
MOST_COLOURS = 4096  # more make a photograph
WAY_UP = 0x0112


def check_picture(path: Path) -> None:
    """BadInput where the file is not a whole picture; its size was looked at before, so that nothing huge is decoded."""
    _opened(path.read_bytes(), path.name)


def as_screen_picture(body: bytes, name: str, most_px: int, page: int = 1) -> tuple[str, bytes]:
    """(media type, bytes): PNG and JPEG as they are; pages of a PDF, other kinds, and what is larger, as one of these.

    What a camera says of the way up is left out: pixels count as the file has them, and so do the points that give the scale.
    """
    if body.startswith(b"%PDF"):
        from layouts.readers.pdf_page import page_picture

        return _written(page_picture(body, name, max(page, 1), most_px))
    picture: Image = _opened(body, name)
    if max(picture.size) <= most_px and picture.format in ("PNG", "JPEG") and _lies_as_counted(picture):
        return f"image/{picture.format.lower()}", body
    if picture.mode in NAMED:
        picture = _plain(picture)
    picture.thumbnail((most_px, most_px), reducing_gap=3.0)
    return _written(_plain(picture))


def _lies_as_counted(picture: Image) -> bool:
    """Whether a browser shows the pixels as the file has them: no camera says that it was held another way."""
    try:
        return bool(picture.getexif().get(WAY_UP, 1) == 1)
    except (SyntaxError, ValueError, struct.error):  # what Pillow lets through where the camera's words are broken
        return True


def _plain(picture: Image) -> Image:
    """In grey or colour of eight bits."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256)  # of the other order of bytes Pillow takes no sum
    return picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("L" if picture.mode[0] in "1I" else "RGB")


def _written(picture: Image) -> tuple[str, bytes]:
    """Drawings without loss, photographs as such."""
    made = io.BytesIO()
    if picture.mode == "RGBA" or picture.getcolors(MOST_COLOURS) is not None:
        picture.save(made, "PNG", compress_level=4)
        return "image/png", made.getvalue()
    picture.save(made, "JPEG", quality=88)
    return "image/jpeg", made.getvalue()


def _opened(body: bytes, name: str) -> ImageFile:
    """The picture, decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # its own limit is lower than a sheet of A0; ours is looked at next
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(body), formats=KINDS)
            if picture.width * picture.height * (each := TAKES.get(picture.mode, 4)) > MOST_DECODED:
                most = MOST_DECODED // each // 1_000_000
                raise BadInput("picture.too_large", file=name, width=picture.width, height=picture.height, most=most)
            picture.load()
        except BadInput:
            raise
        except Exception as failure:  # pillow lets many kinds through on broken files
            raise BadInput("picture.broken", file=name, reason=type(failure).__name__) from failure
    return picture
