"""All storeys of a building in one plan: the levels of a model, or the drawings that stand beside each other in one file.

The storey that is planned comes first; the others follow upwards. What is no storey (no walls, no floor) is left out
and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from layouts.findings import BadInput
from layouts.plan import Frame, Level
from layouts.readers.imported import Census, Doubt, Import, OpeningEdit, Recipe, Skipped
from layouts.readers.overrides import Reader, with_doors_told
from layouts.readers.registration import shift_between
from layouts.readers.shifting import shifted_level

SAME_BUILDING = 0.15  # share of like walls and columns by which two storeys are laid over each other
USUAL_STOREY_MM = 4000  # between drawings, which tell no height
ROOM_FOR_DRAWING = 0.02  # of the box's size, round it
PER_STOREY = ("ifc.several_storeys", "drawings.several", "north.not_found", *("drawing.turned", "drawing.left_turned"))


def all_storeys(first: Import, recipe: Recipe, read: Reader) -> Import:
    """The first reading with the other storeys of its file as further levels."""
    others = _of_model(first, recipe, read) if first.storeys else _of_drawings(first, recipe, read)
    return _together(first, others, recipe)


def _of_model(first: Import, recipe: Recipe, read: Reader) -> list[tuple[str, Import | Doubt]]:
    """Every other storey of a building model, in the frame of the first."""
    frame = first.plan.frame
    own = replace(recipe, origin_mm=frame.origin_mm, turn_deg=frame.rotation_deg, boundary=(), rooms=(), hall="")
    planned = first.plan.levels[0].name
    names = [name for name in first.storeys if name != planned]
    return [(name, _tried(name, replace(own, storey=name, openings=told_of(recipe, name)), read)) for name in names]


def told_of(recipe: Recipe, storey: str) -> tuple[OpeningEdit, ...]:
    """The doors told of one further storey, as its own reading takes them."""
    return tuple(replace(edit, storey="") for edit in recipe.openings if edit.storey == storey)


def _of_drawings(first: Import, recipe: Recipe, read: Reader) -> list[tuple[str, Import | Doubt]]:
    """Every other drawing of the model space, laid over the first by what they have in common."""
    found: list[tuple[str, Import | Doubt]] = []
    for number, box in enumerate(sorted(first.drawings, key=lambda b: (b[0], b[1])), 2):
        room = ROOM_FOR_DRAWING * max(box[2] - box[0], box[3] - box[1])
        crop = (box[0] - room, box[1] - room, box[2] + room, box[3] + room)
        name = f"Drawing {number}"
        own = replace(recipe, crop=crop, boundary=(), openings=told_of(recipe, name), rooms=(), hall="", origin_mm=None)
        own = replace(own, turn_deg=first.plan.frame.rotation_deg)
        made = _tried(name, replace(own, scale_to_mm=first.scale_to_mm), read)
        if isinstance(made, Import):
            level = made.plan.levels[0]
            apart = shift_between(first.plan.levels[0], level, least_share=SAME_BUILDING)
            frame = made.plan.frame
            if apart:
                level = shifted_level(level, -apart[0], -apart[1])
                frame = replace(frame, origin_mm=(frame.origin_mm[0] + apart[0], frame.origin_mm[1] + apart[1]))
            level = replace(level, elevation_mm=(number - 1) * USUAL_STOREY_MM, name=name)
            made = replace(made, plan=replace(made.plan, levels=(level,), frame=frame))
            if apart is None:
                made = replace(made, warnings=(*made.warnings, Doubt(code="storey.not_aligned", values={"storey": name})))
        found.append((name, made))
    return found


def _tried(name: str, recipe: Recipe, read: Reader) -> Import | Doubt:
    """The storey, or why there is none."""
    try:
        return with_doors_told(read(recipe), recipe)
    except BadInput as refused:
        return Doubt(code="storey.left_out", values={"storey": name, "reason": refused.code})


def _together(first: Import, others: Sequence[tuple[str, Import | Doubt]], recipe: Recipe) -> Import:
    """One import of all levels; ids stay unique within a level, level ids within the plan."""
    upper, doubts = list[tuple[Level, Frame]](), [d for d in first.warnings if d.code not in PER_STOREY[:2]]
    read, left = Counter(first.census.read), Counter({_key(s): s.count for s in first.census.skipped})
    for name, found in others:
        if isinstance(found, Doubt):
            doubts.append(found)
            continue
        level = found.plan.levels[0]
        upper.append((replace(level, name=level.name if first.storeys else name), found.plan.frame))
        for doubt in found.warnings:
            if doubt.code not in PER_STOREY:
                doubts.append(replace(doubt, values={**doubt.values, "storey": name}, at=None))
        if not first.storeys:  # the storeys of a model are counted out of one and the same model
            read.update(found.census.read)
    if not first.storeys and upper:
        doubts.append(Doubt(code="storey.heights_unknown", values={"height_mm": USUAL_STOREY_MM}))
    upper.sort(key=lambda pair: pair[0].elevation_mm)
    levels = [first.plan.levels[0], *(replace(level, id=f"level-{number}") for number, (level, _) in enumerate(upper, 1))]
    doubts += _nowhere(recipe, [level.name for level in levels])
    skipped = tuple(Skipped(entity=e, layer=lay, reason=why, count=n) for (e, lay, why), n in sorted(left.items()))
    return replace(
        first,
        plan=replace(first.plan, levels=tuple(levels)),
        warnings=tuple(doubts),
        census=Census(read=dict(sorted(read.items())), skipped=skipped),
        frames={f"level-{number}": frame for number, (_, frame) in enumerate(upper, 1)},
    )


def _nowhere(recipe: Recipe, storeys: Sequence[str]) -> list[Doubt]:
    """Doors told of storeys that were not read."""
    lost = dict.fromkeys(edit.storey for edit in recipe.openings if edit.storey and edit.storey not in storeys)
    return [Doubt(code="recipe.opening_storey", values={"storey": name, "known": ", ".join(storeys)}) for name in lost]


def _key(line: Skipped) -> tuple[str, str, str]:
    return line.entity, line.layer, line.reason
