"""Names for candidates: what kind of layout each is, and in what it differs from an earlier one of that kind.

    names = names_of(session)        # {"3f9c…": "Straight aisle · Cashier sooner"}

A name looks back only: later candidates never change those of earlier ones. Nothing else about a layout is said here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import LevelLayout
from planner.answers import Answer
from planner.source import PLACEMENT
from planner.ui.session import Session
from planner.ui.words import Words

if TYPE_CHECKING:
    from solvers.placement.alternatives import Kind

BUILT = ("core", "comb", "one_core", "one_comb")  # along the hall's own walls is what needs no word
KEPT = "kinds"  # of `workspace.looked_up`


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What a candidate is like: how its counters stand, and the kind of each of its storeys."""

    typology: str
    storeys: tuple[Kind, ...]


def names_of(session: Session) -> dict[str, str]:
    """All candidates of the project by their digest; one that holds no layout goes by that."""
    workspace, words = session.workspace, session.words
    kept: dict[str, Sort | None] = workspace.looked_up.setdefault(KEPT, {})
    banks = {bank.id: bank.name for bank in session.project.banks}
    answers = sorted(workspace.answers.all_of(PLACEMENT), key=lambda a: (a.at_ns, a.digest))
    for answer in answers:
        if answer.digest not in kept:
            kept[answer.digest] = sort_of(answer, set(banks))
    return named([(a.digest, kept[a.digest]) for a in answers], banks, words)


def name_of(session: Session, digest: str) -> str:
    """One of them; those of answers that are gone are short digests."""
    return names_of(session).get(digest, digest[:8])


def sort_of(answer: Answer, banks: set[str]) -> Sort | None:
    """None for an answer that is no layout."""
    from solvers.placement.alternatives import kind_on  # and the solvers with it: not before a layout is looked at

    body = answer.body if isinstance(answer.body, dict) else {}
    try:
        layout = layout_from_json(body.get("layout"))[1]
    except BadInput:
        return None
    storeys = tuple(kind_on(level.items, level.spine.centreline, banks) for level in layout.levels if level.spine is not None)
    return Sort(typology=_typology(body, layout.levels), storeys=storeys)


def _typology(body: Mapping[str, Any], levels: Sequence[LevelLayout]) -> str:
    freedom = _inside(_inside(body, "solution"), "freedom")
    by_level = _inside(freedom, "levels")
    ones = (freedom, *(_inside(by_level, level.level) for level in levels))
    return next((str(one["typology"]) for one in ones if one.get("typology")), "")


def _inside(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def named(sorts: Sequence[tuple[str, Sort | None]], banks: Mapping[str, str], words: Words) -> dict[str, str]:
    """Names, earliest first; each its own."""
    found: dict[str, str] = {}
    first: dict[str, Sort] = {}
    known: dict[Sort, str] = {}
    for digest, sort in sorts:
        if sort is None:
            found[digest] = digest[:8]
            continue
        base = base_name(sort, words)
        other = difference(first.setdefault(base, sort), sort, banks, words)
        name = known.setdefault(sort, f"{base} · {other}" if other else base)
        number, free = 2, name
        while free in found.values():
            free, number = f"{name} · {number}", number + 1
        found[digest] = free
    return found


def base_name(sort: Sort, words: Words) -> str:
    """How the counters stand, and how the way through runs."""
    parts = []
    if sort.typology in BUILT:
        parts.append(words(f"page.kind.{sort.typology}"))
    elif sort.typology.startswith("hall-"):
        parts.append(words("page.kind.hall", number=sort.typology.removeprefix("hall-")))
    if sort.storeys:
        bends = max(len(sort.storeys[0].spine) - 2, 0)
        code = "straight" if bends == 0 else "one_bend" if bends == 1 else "bends"
        parts.append(words(f"page.kind.{code}", count=bends))
    name = words("page.kind.and").join(parts) or words("page.kind.layout")
    return name[:1].upper() + name[1:]


def difference(before: Sort, sort: Sort, banks: Mapping[str, str], words: Words) -> str:
    """The first bank that comes sooner along the way, or stands on its other side; empty where kinds are the same."""
    for was, now in zip(before.storeys, sort.storeys):
        for old, new in zip(was.order, now.order):
            if old != new:
                return words("page.kind.sooner", bank=banks.get(new, new))
        sides = dict(was.sides)
        for bank, side in now.sides:
            if sides.get(bank, side) != side:
                return words("page.kind.across", bank=banks.get(bank, bank))
        if was.spine != now.spine:
            return words("page.kind.elsewhere")
    return ""
