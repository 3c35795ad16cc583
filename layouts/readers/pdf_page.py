"""A PDF page as a picture, for showing it under a plan: lines, words and scans alike, through PDFium.

PDFium is native code, so callers who do not know their file draw in a process of its own: it may die there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts.findings import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

PASSWORD = 4  # FPDF_ERR_PASSWORD


def page_picture(body: bytes, file: str, page: int, most_px: int) -> Image:
    """The page (from 1) as it would be printed, its longer side `most_px`; BadInput where it cannot be drawn."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(body) as document:
            if not 1 <= page <= len(document):
                raise BadInput("pdf.no_such_page", file=file, page=page, pages=len(document))
            sheet = document[page - 1]
            if not all(sheet.get_size()):  # the part to be seen lies beside the sheet
                sheet.set_cropbox(*sheet.get_mediabox())
            drawn = sheet.render(scale=most_px / max(*sheet.get_size(), 1.0), may_draw_forms=False)
            picture: Image = drawn.to_pil()
            return picture.copy()  # its own memory: PDFium's goes with the document
    except pypdfium2.PdfiumError as failure:
        if getattr(failure, "err_code", 0) == PASSWORD:
            raise BadInput("pdf.encrypted", file=file) from failure
        raise BadInput("picture.broken", file=file, reason=str(failure)[:100]) from failure
