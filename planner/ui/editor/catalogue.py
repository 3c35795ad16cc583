"""The catalogue for the screen: what can be set, its size, its shape and the floor it needs."""

from __future__ import annotations

from typing import Any

from exports.words import catalogue
from layouts.catalogue import fittings
from planner.editing.fittings import new_item, plan_size


def fittings_for_screen(language: str) -> list[dict[str, Any]]:
    """Every fitting that has a size of its own, with its body and clear floor, front's middle at the origin."""
    words = {**catalogue("en"), **catalogue(language)}
    made = []
    for kind, fitting in fittings().items():
        if not (fitting.width_mm or fitting.area_m2 or fitting.min_width_mm):
            continue  # such as a pocket closed off: it is as large as the place it was found in
        item = new_item("new", kind, (0, 0), 0.0)
        width, depth = plan_size(fitting)
        made.append(
            {
                "id": kind, "c": fitting.category, "n": words.get(f"drawing.kind.{kind}", ""), "w": width, "d": depth,
                "r": [list(q) for q in item.polygon], "z": [[z.use, [list(q) for q in z.polygon]] for z in item.clear_zones],
            }
        )  # fmt: skip
    return made
