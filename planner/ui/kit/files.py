"""Files to the browser and from it, and a bar for what takes a while."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import panel_material_ui as pmui

from planner.ui.kit.looks import BAR_SX, ICON_SX, UPLOAD_SX, WIDE
from planner.ui.kit.words import Viewable


def progress(**options: Any) -> Viewable:
    """A bar; -1 while nobody knows how far it is."""
    more = {"sizing_mode": WIDE, "active": False, "sx": BAR_SX} | options
    return pmui.LinearProgress(value=-1, variant="indeterminate", **more)


def download(label: str, make: Callable[[], bytes], file_name: str, *, icon: str = "download", **options: Any) -> Viewable:
    """A button that hands `make()` to the browser as a file."""
    return pmui.FileDownload(
        label=label,
        callback=lambda: io.BytesIO(make()),
        filename=file_name,
        icon=icon,
        embed=False,
        **({"sx": ICON_SX} | options),
    )


def upload(label: str, endings: Sequence[str], most_mb: int = 50, **options: Any) -> Viewable:
    """A button that takes one file; watch `value` (bytes) and `filename`. Check the size again: the limit is the browser's."""
    return pmui.FileInput(
        label=label, uploaded_label="{filename}", accept=",".join(endings), max_file_size=most_mb * 2**20, multiple=False,
        variant="outlined",
        **({"sx": UPLOAD_SX} | options),
    )  # fmt: skip
