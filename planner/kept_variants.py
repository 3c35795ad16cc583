"""Layouts kept under names: saved, renamed, copied, let go, and taken up again. Pure: a project in, a project out.

A variant is a copy of its own: what is done to the accepted layout afterwards does not change it.
"""

from __future__ import annotations

from dataclasses import replace

from layouts.findings import BadInput
from layouts.layout import Layout
from planner.project import Accepted, Project, Variant
from planner.reading import shown

LONGEST_NAME = 80
MOST_VARIANTS = 24


def save_variant(project: Project, name: str, layout: Layout | None = None, candidate: str = "") -> Project:
    """The accepted layout, or the one given, under a name; BadInput without a layout, for no name and for one that is taken."""
    if layout is None:
        if project.accepted is None:
            raise BadInput("variant.nothing_accepted", file=project.id)
        layout, candidate = project.accepted.layout, project.accepted.candidate
    if len(project.variants) >= MOST_VARIANTS:
        raise BadInput("variant.too_many", file=project.id, most=MOST_VARIANTS)
    new = Variant(id=_free_id(project), name=_free_name(project, name), candidate=candidate, layout=layout)
    return replace(project, variants=(*project.variants, new))


def rename_variant(project: Project, ident: str, name: str) -> Project:
    """The same layout under another name."""
    told = find_variant(project, ident)
    return _exchange(project, told, (replace(told, name=_free_name(project, name, but=ident)),))


def copy_variant(project: Project, ident: str, name: str) -> Project:
    """A second one beside it; its name gets a number where it is taken."""
    told = find_variant(project, ident)
    taken = {v.name for v in project.variants}
    number, wanted = 2, name
    while wanted in taken:
        number, wanted = number + 1, f"{name} {number}"
    return save_variant(project, wanted, told.layout, told.candidate)


def drop_variant(project: Project, ident: str) -> Project:
    """Without it; undo brings it back."""
    return _exchange(project, find_variant(project, ident), ())


def take_up_variant(project: Project, ident: str) -> Project:
    """Work goes on with this layout: it becomes the accepted one."""
    told = find_variant(project, ident)
    standing = {name for level in told.layout.levels for item in level.items for name in (item.bank, item.id)}
    pins = tuple(pin for pin in project.pins if pin.id in standing)
    return replace(project, accepted=Accepted(candidate=told.candidate, layout=told.layout), pins=pins)


def find_variant(project: Project, ident: str) -> Variant:
    """BadInput where there is none (any more)."""
    found = next((v for v in project.variants if v.id == ident), None)
    if found is None:
        raise BadInput("variant.unknown", file=project.id, given=shown(ident))
    return found


def _exchange(project: Project, old: Variant, new: tuple[Variant, ...]) -> Project:
    at = project.variants.index(old)
    return replace(project, variants=(*project.variants[:at], *new, *project.variants[at + 1 :]))


def _free_name(project: Project, name: str, but: str = "") -> str:
    """The name without space round it; BadInput where it is none, too long, or another variant's."""
    bare = " ".join(name.split())
    if not bare or len(bare) > LONGEST_NAME:
        raise BadInput("variant.no_name", file=project.id, most=LONGEST_NAME)
    if any(v.name == bare and v.id != but for v in project.variants):
        raise BadInput("variant.name_taken", file=project.id, given=shown(bare))
    return bare


def _free_id(project: Project) -> str:
    taken = {v.id for v in project.variants}
    return next(f"v{n}" for n in range(1, len(taken) + 2) if f"v{n}" not in taken)
