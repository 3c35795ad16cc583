"""A PDF page as an SVG picture, for showing it under a plan: its lines, or the photograph that a scanned page is."""

from __future__ import annotations

import base64
import re

from layouts.findings import BadInput
from layouts.readers.pdf import best_page

THIN = 0.6
STREAM = re.compile(rb"stream\r?\n")
MOST_PHOTO_BYTES = 40_000_000


def page_svg(body: bytes, file: str, width: int, height: int) -> str:
    """The page with the most lines; where there are none, its largest JPEG over the whole page. Points, y downwards."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    try:
        paths = [
            "M " + " L ".join(f"{x:.2f},{height - y:.2f}" for x, y in stroke.points) for stroke in best_page(body, file).strokes
        ]
    except BadInput as none:
        photo = _largest_photo(body)
        if none.code != "pdf.no_vectors" or not photo:
            raise
        data = base64.b64encode(photo).decode("ascii")
        return (
            f'{head}<image href="data:image/jpeg;base64,{data}" width="{width}" height="{height}" '
            'preserveAspectRatio="none"/></svg>'
        )
    return f'{head}<path d="{" ".join(paths)}" fill="none" stroke="#334155" stroke-width="{THIN}"/></svg>'


def _largest_photo(body: bytes) -> bytes:
    """The largest image stored as JPEG (its stream is the JPEG file itself); empty where there is none."""
    best = b""
    for found in STREAM.finditer(body):
        told = body[max(0, found.start() - 600) : found.start()].rpartition(b"obj")[2]
        if b"/DCTDecode" not in told or b"/FlateDecode" in told or b"/Image" not in told:
            continue
        end = body.find(b"endstream", found.end())
        photo = body[found.end() : end].rstrip(b"\r\n") if end > 0 else b""
        if photo.startswith(b"\xff\xd8") and len(best) < len(photo) <= MOST_PHOTO_BYTES:
            best = photo
    return best
