"""What the placement is asked: a programme on a level, the project's wishes, and pinned modules as earlier answers had them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import Item
from planner.chain.asked import Asked
from planner.chain.hand_moves import moved_poses, unmoved
from planner.chain.phasing import phases_of
from planner.chain.ways_in import kept_for_lifts
from planner.chain.wish_parts import bound, lines_of
from planner.source import PLACEMENT, ProjectSource
from solvers.placement.aims import aim, wishes_of
from solvers.placement.problem import Pinned, PlacementProblem, Pose
from solvers.placement.wish import WISH_KINDS, Wish

LATER = {"space"}  # fields of a pose that answers stored earlier lack
NOTHING: Mapping[str, tuple[Item, ...]] = MappingProxyType({})


def placement_problem(
    asked: Asked, poses: Mapping[str, Pose], whole: Asked | None = None, stood: Mapping[str, tuple[Item, ...]] = NOTHING
) -> PlacementProblem:
    """The question: level, programme, and the modules people pinned at the poses they had, furnished as they `stood`.
    `whole`: with the other floors."""
    whole, own = whole or asked, _modules(replace(asked, others=()))
    phases_of(whole.project)  # refuses a phase that no year of growth has before anything is searched for
    pins = tuple(
        Pinned(element=m, pose=_pose_of(poses, m, asked), stood=stood.get(m, ())) for m in _pinned_modules(whole) if m in own
    )
    chosen = aim(asked.project.planning.solves_first)
    first = whole.level.id == asked.level.id
    told = (w for w in _wishes(whole) if (set(w.modules()) <= own if w.modules() else first or w.level))
    told = (w for w in told if w.level in ("", asked.level.id))
    lifts = kept_for_lifts(asked.level) if whole.others and first else ()
    wishes = (*told, *wishes_of(chosen, asked.programme), *lifts)
    return PlacementProblem(
        level=asked.level, programme=asked.programme, pins=pins, weights=chosen.weights, wishes=wishes, access=asked.access,
        egress=asked.egress,
    )  # fmt: skip


def _wishes(asked: Asked) -> tuple[Wish, ...]:
    """The project's own wishes, those about a bank in several lines as they bind each (wish_parts.py); BadInput where one
    names no module, another kind, or nothing to keep off."""
    modules, banks = _modules(asked), {*(b.bank.id for b in asked.capacity.banks), *(r.id for r in asked.project.rooms)}
    here = [_modules(replace(one, others=())) for one in asked.floors()]
    seen: set[str] = set()
    for k, wish in enumerate(asked.project.wishes):
        place = f"wishes[{k}]"
        if wish.id in seen:
            raise BadInput("wish.double_id", file=asked.project.id, place=place, given=wish.id)
        seen.add(wish.id)
        if wish.kind not in WISH_KINDS:
            known = ", ".join(WISH_KINDS)
            raise BadInput("wish.unknown_kind", file=asked.project.id, place=place, given=wish.kind, known=known)
        needed = {"keep_out": 0, "near_entrance": 1}.get(wish.kind, 2)
        named = (wish.module, wish.other)[:needed] if needed else wish.modules()
        for name in named:
            if not name or not lines_of(name, modules, banks):
                known = ", ".join(sorted(modules))
                raise BadInput("wish.no_such_module", file=asked.project.id, place=place, given=name or "-", known=known)
        if wish.kind == "keep_out" and not wish.encloses_floor():
            raise BadInput("wish.no_area", file=asked.project.id, place=place, given=wish.id)
        lines = {*lines_of(wish.module, modules, banks)}
        if wish.kind == "keep_out" and wish.level and wish.module and not lines & _modules_on(asked, wish.level):
            raise BadInput(
                "wish.module_elsewhere", file=asked.project.id, place=place, given=wish.module, level=wish.level,
                other=next(one.level.id for one in asked.floors() if lines & _modules_on(asked, one.level.id)),
            )  # fmt: skip
        levels = [level.id for level in asked.project.plan.levels] if asked.project.plan else []
        if wish.level and wish.level not in levels:
            raise BadInput("wish.no_such_level", file=asked.project.id, place=place, given=wish.level, known=", ".join(levels))
    return tuple(each for wish in asked.project.wishes for each in bound(wish, here, banks))


def _modules_on(asked: Asked, level: str) -> set[str]:
    """Those of one storey."""
    return next((_modules(replace(one, others=())) for one in asked.floors() if one.level.id == level), set())


def _modules(asked: Asked) -> set[str]:
    programmes = [one.programme for one in asked.floors()]
    return {m.id for p in programmes for group in (p.banks, p.rooms, p.islands) for m in group}


def earlier_poses(source: ProjectSource) -> Any:
    """The stored answer that pins and hints refer to: the accepted one, else the newest candidate; None without any."""
    from planner.answers import newest

    accepted = source.project.accepted
    if accepted is not None:
        return source.answers.get(accepted.candidate)
    found = newest(source.answers, PLACEMENT)
    return found.body if found else None


def poses_of(answer: Any) -> dict[str, Pose]:
    """Poses by module of a stored answer. Answers may come from elsewhere: what is no pose is left out."""
    told = answer.get("poses") if isinstance(answer, dict) else None
    names = {f.name for f in fields(Pose)}
    return {p["element"]: Pose(**p) for p in told or () if isinstance(p, dict) and names - LATER <= set(p) <= names}


def by_hand_too(asked: Asked, earlier: Any) -> dict[str, Pose]:
    """The stored poses, pinned modules where people moved them since."""
    poses, accepted, pinned = poses_of(earlier), asked.project.accepted, _pinned_modules(asked)
    if accepted is None or not pinned or not isinstance(earlier, dict) or "layout" not in earlier:
        return poses
    _, found = layout_from_json(earlier["layout"])
    return poses if found == accepted.layout else moved_poses(poses, found, accepted.layout, pinned, asked.project.id)


def as_it_stood(asked: Asked, earlier: Any) -> dict[str, tuple[Item, ...]]:
    """The items of every pinned module as the accepted layout has them; none of what people moved by hand since."""
    accepted = asked.project.accepted
    if accepted is None or not asked.project.pins or not isinstance(earlier, dict) or "layout" not in earlier:
        return {}
    _, found = layout_from_json(earlier["layout"])
    return unmoved(found, accepted.layout, _pinned_modules(asked))


def _pinned_modules(asked: Asked) -> list[str]:
    """Modules that pins name, directly or by one of their items in the accepted layout."""
    accepted = asked.project.accepted
    levels = accepted.layout.levels if accepted else ()
    home = {item.id: item.bank or item.id for level in levels for item in level.items}
    modules = _modules(asked)
    named = [p.id if p.id in modules else home.get(p.id, p.id) for p in asked.project.pins]
    for pin, module in zip(asked.project.pins, named):
        if module not in modules:
            raise BadInput("pin.no_such_module", file=asked.project.id, given=pin.id, known=", ".join(sorted(modules)))
    return list(dict.fromkeys(named))


def _pose_of(poses: Mapping[str, Pose], module: str, asked: Asked) -> Pose:
    if module not in poses:
        raise BadInput("pin.pose_is_lost", file=asked.project.id, given=module)
    return poses[module]
