"""A picture that people lay under the plan: looked at before it goes to the browser, never run, never followed."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from layouts.findings import BadInput

MOST_BYTES = 20 * 2**20
MOST_PIXELS = 60_000_000


def read_picture(body: bytes) -> tuple[str, int, int]:
    """Kind (png | jpeg), width and height in pixels; only the header is read."""
    try:
        with Image.open(io.BytesIO(body), formats=("PNG", "JPEG")) as image:
            kind, (wide, high) = str(image.format).lower(), image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadInput("edit.no_picture") from None
    if len(body) > MOST_BYTES or wide * high > MOST_PIXELS:
        raise BadInput(
            "edit.picture_too_big", mb=len(body) // 2**20, pixels=wide * high // 1_000_000, most_mb=MOST_BYTES // 2**20,
            most_pixels=MOST_PIXELS // 1_000_000,
        )  # fmt: skip
    return kind, wide, high
