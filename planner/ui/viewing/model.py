"""The model in three dimensions, as it is handed over: shows the very GLB file, nothing is drawn for the page alone.

    Model(glb=data, words={"alt": "…", "keys": "…"})

The file travels in the document and is drawn by the browser's own WebGL: nothing is fetched. See model.js for hands and keys.
"""

from __future__ import annotations

import base64
from importlib import resources
from typing import Any, ClassVar

import param
from panel.custom import JSComponent


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


class Model(JSComponent):
    """See above. `words`: what buttons and screen readers say; `dark`: on dark ground."""

    glb = param.String(default="")
    words = param.Dict(default={})
    tall = param.String(default="56vh")
    dark = param.Boolean(default=False)

    _esm = _file("glb.js") + _file("bar.js") + _file("model.js")
    _stylesheets: ClassVar[list[str]] = [_file("views.css"), _file("model.css")]

    def __init__(self, data: bytes, **options: Any) -> None:
        super().__init__(**({"sizing_mode": "stretch_width", "glb": base64.b64encode(data).decode("ascii")} | options))
