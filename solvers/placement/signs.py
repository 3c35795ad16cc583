"""Call displays: one over every few counters of a bank that seats its visitors, hung above heads and facing them."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.catalogue import fittings
from layouts.geometry import towards_public
from layouts.layout import Item
from layouts.programme import BankRequirement

COUNTERS_EACH = 6  # that one display calls for
KIND = "call_display"


def call_displays(banks: Sequence[BankRequirement], items: Sequence[Item]) -> tuple[Item, ...]:
    """The displays of all banks with seats; they belong to no module, and nobody walks into them."""
    found: list[Item] = []
    for bank in sorted(banks, key=lambda b: b.id):
        counters = [i for i in items if i.bank == bank.id and i.kind not in ("seat", "wheelchair_bay")]
        if not bank.seats or not counters:
            continue
        for n in range(0, len(counters), COUNTERS_EACH):
            found.append(_over(counters[n : n + COUNTERS_EACH], f"D-{bank.id}-{n // COUNTERS_EACH + 1}", bank.label))
    return tuple(found)


def _over(counters: Sequence[Item], name: str, label: str) -> Item:
    """The display over the middle of some counters, its face on their front line."""
    first, last = counters[0], counters[-1]
    x, y = ((a + b) / 2 for a, b in zip(first.insert_mm, last.insert_mm))
    dx, dy = towards_public(first)
    size = fittings()[KIND]
    half, deep = size.width_mm / 2, size.depth_mm
    corners = [(-half, 0.0), (half, 0.0), (half, -deep), (-half, -deep)]
    ring = [(round(x - dy * u + dx * v), round(y + dx * u + dy * v)) for u, v in corners]
    doubled = sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, ring[1:] + ring[:1]))
    return Item(
        id=name, kind=KIND, label=label, polygon=tuple(ring if doubled > 0 else ring[::-1]),
        insert_mm=(round(x), round(y)), rotation_deg=first.rotation_deg, solid=False,
    )  # fmt: skip
