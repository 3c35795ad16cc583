"""`centreline import FILE --underlay`: a scan or printed page kept under the plan, placed by two points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layouts.findings import BadInput


def keep_underlay(
    file: Path,
    into: Path | None,
    scale: tuple[str, str, str] | None,
    place_at: str,
    level_line: bool,
    said: dict[str, Any],
) -> dict[str, Any]:
    """Put the picture into the project; what it is and where it lies, for `--json`."""
    from planner.recipe_options import point_from, two_points
    from planner.source import open_source
    from planner.underlays import add_underlay

    if into is None:
        raise BadInput("underlay.no_project", file=str(file))
    if scale is None:
        raise BadInput("underlay.no_scale", file=str(file))
    at = point_from(place_at)
    if at is None:
        raise BadInput("underlay.at", given=place_at)
    p, q, length_mm = two_points(scale)
    with open_source(into, write=True) as source:
        made = add_underlay(source, file, p, q, length_mm, at_mm=at, level=level_line, **said)
    return {"underlay": made, "kept": True}
