"""Scans and printed pages under the plan: stored once by content, calibrated by two points."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from planner.files import read_bytes, sha256
from planner.project import Project, UnderlaySource
from planner.reading import plain

if TYPE_CHECKING:
    from layouts.readers.underlay import Picture
    from planner.source import ProjectSource

MOST_UNDERLAYS = 50
SCREEN_PX = 4096  # the longer side of what browsers are sent
MOST_DRAWN_S = 60.0
UNKNOWN_LEVEL = "level-0"  # as readers call the first
FENCED = {f"file.{code}": f"picture.{code}" for code in ("reader_died", "too_slow", "too_much_memory")}
Pair = tuple[float, float]


def add_underlay(
    source: ProjectSource,
    file: Path,
    p: Pair,
    q: Pair,
    length_mm: float,
    *,
    at_mm: Pair = (0.0, 0.0),
    level: bool = False,
    rotation_deg: float = 0.0,
    opacity: float = 0.5,
    locked: bool = True,
    page: int = 1,
    name: str = "",
    on_level: str = "",
) -> dict[str, Any]:
    """Keep the picture so that pixels p and q lie `length_mm` apart and p at `at_mm`; the same file is replaced in place.

    Pixels count from the upper left, points of a PDF page from the lower left, as its drawing units do.
    `name` is what people call the file, where that is not what it is called here; `on_level` the storey that it lies under.
    """
    from layouts.readers.underlay import calibrated

    if not file.is_file():
        raise BadInput("document.missing_file", file=str(file))
    picture: Picture = _fenced(_checked, file, page, file=file.name)
    paper = picture.kind == "PDF"
    if paper:
        p, q = (p[0], picture.height_px - p[1]), (q[0], picture.height_px - q[1])
    lies = calibrated(picture, p, q, length_mm, level=level, turn_deg=rotation_deg)
    body = read_bytes(file)
    old = source.project.underlays
    number = next(i for i in range(1, len(old) + 2) if f"underlay-{i}" not in {u.id for u in old})
    same = next((u for u in old if u.sha256 == sha256(body) and u.page == (page if paper else 0)), None)
    made = UnderlaySource(
        id=same.id if same else f"underlay-{number}",
        name=name or file.name,
        sha256=sha256(body),
        width_px=picture.width_px,
        height_px=picture.height_px,
        mm_per_px=lies.mm_per_px,
        page=page if paper else 0,
        origin_mm=(round(lies.origin_mm[0] + at_mm[0], 3), round(lies.origin_mm[1] + at_mm[1], 3)),
        rotation_deg=lies.rotation_deg,
        opacity=opacity,
        locked=locked,
        level=on_level or (same.level if same else UNKNOWN_LEVEL),
    )
    kept = tuple(made if u.id == made.id else u for u in old) if same else (*old, made)
    if len(kept) > MOST_UNDERLAYS:
        raise BadInput("underlay.too_many", file=str(source.path), most=MOST_UNDERLAYS)
    source.take_underlay(made, body, replace(source.project, underlays=kept))
    wide, tall = picture.width_px * lies.mm_per_px / 1000, picture.height_px * lies.mm_per_px / 1000
    told: dict[str, Any] = plain(made)
    return told | {"kind": picture.kind, "size_m": [round(wide, 3), round(tall, 3)]}


def lies_under(project: Project, underlay: UnderlaySource, level: str) -> bool:
    """Whether it lies under that level; one whose level the plan does not know lies under the first."""
    known = [lv.id for lv in project.plan.levels] if project.plan else []
    if underlay.level in known or not known:
        return underlay.level == level or not known
    return level == known[0]


def pixel_at(underlay: UnderlaySource, at_mm: Pair) -> Pair:
    """Where a place of the plan lies in the picture: pixels from the upper left."""
    dx, dy = at_mm[0] - underlay.origin_mm[0], at_mm[1] - underlay.origin_mm[1]
    c, s = math.cos(math.radians(underlay.rotation_deg)), math.sin(math.radians(underlay.rotation_deg))
    x, y = c * dx + s * dy, -s * dx + c * dy
    return x / underlay.mm_per_px, underlay.height_px - y / underlay.mm_per_px


def picture_for_screen(body: bytes, name: str, page: int) -> tuple[str, bytes]:
    """(media type, bytes) that a browser can show of a kept picture, made in a process of its own: no file can take us down."""
    from layouts.readers.underlay_check import as_screen_picture

    made: tuple[str, bytes] = _fenced(as_screen_picture, body, name, SCREEN_PX, page, file=name)
    return made


def look_at(file: Path, page: int, most_px: int, stop: Callable[[], bool] = lambda: False) -> tuple[Picture, str, bytes]:
    """What a file is, media type and bytes that a browser can show, before anything is kept; fenced in the same way."""
    made: tuple[Picture, str, bytes] = _fenced(_looked_at, file, page, most_px, file=file.name, stop=stop)
    return made


def _checked(file: Path, page: int) -> Picture:
    """What a file is, once it is known that it can be shown."""
    from layouts.readers.underlay import read_picture
    from layouts.readers.underlay_check import check_picture

    picture = read_picture(file, page)
    if picture.kind != "PDF":
        check_picture(file)
    return picture


def _looked_at(file: Path, page: int, most_px: int) -> tuple[Picture, str, bytes]:
    from layouts.readers.underlay import read_picture
    from layouts.readers.underlay_check import as_screen_picture

    return read_picture(file, page), *as_screen_picture(file.read_bytes(), file.name, most_px, page)


def _fenced(function: Callable[..., Any], *arguments: Any, file: str, stop: Callable[[], bool] = lambda: False) -> Any:
    """In the readers' fence; what it says of drawings is said of pictures."""
    from layouts.readers.fenced import in_fence

    try:
        return in_fence(function, *arguments, file=file, seconds=MOST_DRAWN_S, stop=stop)
    except BadInput as error:
        if error.code not in FENCED:
            raise
        values: dict[str, Any] = dict(error.values)
        raise BadInput(FENCED[error.code], file=error.file, **values) from None
