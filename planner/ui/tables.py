"""What the components' tables are mended by in the browser: one small part, once on every page."""

from __future__ import annotations

from pathlib import Path

import param
from panel.custom import JSComponent


class Tables(JSComponent):
    """Rows that change while a table is being built wait until it is; columns are put in order by their figures; a blank name
    is a dash that says `unnamed`."""

    unnamed = param.String(default="")

    _esm = Path(__file__).with_name("tables.js").read_text("utf-8")

    def __init__(self, unnamed: str) -> None:
        super().__init__(unnamed=unnamed, width=0, height=0, margin=0)
