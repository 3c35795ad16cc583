"""The account of a drawing: every entity once, as what it was read or why it was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from layouts.readers.imported import Census, Skipped
from layouts.readers.marks import Marks

USED = ("wall", "door", "window", "column", "stair")
HATCHED = ("wall", "column")  # classes whose hatches may stand for missing outlines


def layers_of(marks: Marks, kinds: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Each layer with what it was taken for and how many strokes and labels are on it, most first."""
    counts = Counter(stroke.layer for stroke in marks.strokes if not stroke.part)
    counts.update(label.layer for label in marks.labels)
    return {layer: (kinds.get(layer, ""), count) for layer, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))}


def census_of(marks: Marks, kinds: Mapping[str, str], by_hatch: frozenset[str]) -> Census:
    """Count strokes and labels by their class; annotation, furniture and unknown layers are left out and say so.

    `by_hatch` are the classes whose hatches were read because nothing else is drawn of them.
    """
    read: Counter[str] = Counter()
    left: Counter[tuple[str, str, str]] = Counter(marks.skipped)
    for stroke in marks.strokes:
        kind = kinds.get(stroke.layer, "")
        if stroke.part:
            continue
        if stroke.kind == "HATCH" and not (kind in HATCHED and kind in by_hatch):
            left[stroke.kind, stroke.layer, "type_not_used"] += 1
        elif kind in USED:
            read[kind] += 1
        else:
            left[stroke.kind, stroke.layer, {"": "layer_unknown", "ignore": "annotation"}.get(kind, kind)] += 1
    read["label"] += len(marks.labels)
    read["block"] += len(marks.blocks)
    skipped = tuple(Skipped(entity=e, layer=layer, reason=why, count=n) for (e, layer, why), n in sorted(left.items()))
    return Census(read=dict(sorted(read.items())), skipped=skipped)
