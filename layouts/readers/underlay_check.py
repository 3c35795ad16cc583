"""Pictures decoded within limits: looked at whole once before they are kept, and brought into a form a browser shows."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from layouts.findings import BadInput
from layouts.readers.underlay import MOST_PIXELS

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

KINDS = ("PNG", "JPEG", "TIFF")


def check_picture(path: Path) -> None:
    """BadInput where the file is not a whole picture; its size was looked at before, so that nothing huge is decoded."""
    _opened(path.read_bytes(), path.name)


def as_screen_picture(body: bytes, name: str, most_px: int) -> tuple[str, bytes]:
    """PNG and JPEG as they are; others, and what is larger than `most_px` a side, as a PNG."""
    from PIL import Image

    opened = _opened(body, name)
    if max(opened.size) <= most_px and opened.format in ("PNG", "JPEG"):
        return f"image/{opened.format.lower()}", body
    whole = opened.mode in ("L", "RGB", "RGBA")
    picture: Image.Image = opened if whole else opened.convert("L" if opened.mode in ("1", "I;16") else "RGB")
    picture.thumbnail((most_px, most_px), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return "image/png", made.getvalue()


def _opened(body: bytes, name: str) -> ImageFile:
    """The picture, decoded."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(body), formats=KINDS)
            if picture.width * picture.height > MOST_PIXELS:
                most = MOST_PIXELS // 1_000_000
                raise BadInput("picture.too_large", file=name, width=picture.width, height=picture.height, most=most)
            picture.load()
        except BadInput:
            raise
        except Exception as failure:  # pillow lets many kinds through on broken files
            raise BadInput("picture.broken", file=name, reason=type(failure).__name__) from failure
    return picture
