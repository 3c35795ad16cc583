"""Why not there? What speaks against a module where a gesture would leave it, as marks on the plan.

Only what is new, or worse than where the module stood: a layout that people made may break a planning rule on purpose, and a
gesture is not to blame for that. Bodies on bodies and on walls are told by the rules themselves.
"""

from __future__ import annotations

from typing import Any

from exports.words import readable, say
from layouts.layout import Item, LevelLayout
from layouts.plan import Level
from layouts.programme import Programme
from planner.chain.kept_free import areas_on
from planner.project import Project
from planner.ui.editor.issues import Issue
from planner.ui.names import Names, known_of_level
from planner.ui.wishes import sentence_of
from planner.ui.words import Words
from solvers.placement.problem import PlacementProblem
from solvers.placement.why_not import Objection, plainly

TOLD_ELSEWHERE = ("why.outside", "why.on_column", "why.overlaps")
NAMES = ("door", "wish", "what", "doors")


class Refusals:
    """One editor's. What was known of modules where they stood is kept, by their very items."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stood: dict[tuple[int, str], tuple[tuple[Item, ...], list[Objection]]] = {}

    def of(
        self, project: Project, level: Level, programme: Programme, before: LevelLayout, now: LevelLayout
    ) -> tuple[Issue, ...]:
        """Objections to the modules that differ between two layouts of a level."""
        if before is now:
            return ()
        areas = areas_on(project, level.id)
        wishes = tuple(w for w in project.wishes if (w in areas if w.kind == "keep_out" else w.level in ("", level.id)))
        problem = PlacementProblem(level=level, programme=programme, wishes=wishes)
        names = {m.id: m.id for group in (programme.banks, programme.rooms, programme.islands) for m in group}
        names |= {b.id: b.name for b in project.banks} | {r.id: r.name for r in project.rooms}
        wished = {w.id: sentence_of(w, names, Words(self._language)) for w in wishes}
        said = Names(self._language, known_of_level(level, (), self._language) | names | wished)
        found: list[Issue] = []
        for module in _changed(before, now):
            if module in names:
                stood = self._where_it_stood(problem, before, module)
                new = [o for o in _against(problem, now, module) if not any(_covers(s, o) for s in stood)]
                found += [self._issue(o, module, said, now) for o in new]
        return tuple(found)

    def _where_it_stood(self, problem: PlacementProblem, layout: LevelLayout, module: str) -> list[Objection]:
        own = tuple(i for i in layout.items if (i.bank or i.id) == module)
        key = (id(problem.level), module)
        known = self._stood.get(key)
        if known is None or known[0] != own:
            known = self._stood[key] = (own, _against(problem, layout, module))
        return known[1]

    def _issue(self, objection: Objection, module: str, names: Names, layout: LevelLayout) -> Issue:
        items = [i for i in layout.items if (i.bank or i.id) == module]
        rings = tuple(w.points for w in objection.witness if w.kind == "area" and len(w.points) > 2)
        marks = rings[0] if rings else items[0].polygon if items else ()
        return Issue(
            ids=tuple(f"item:{i.id}" for i in items), at=_middle(marks) if marks else None, short=short_of(objection),
            text=say(objection.code, names.values(objection.values), self._language),
            rings=rings or tuple(i.polygon for i in items[:1]),
        )  # fmt: skip


def _changed(before: LevelLayout, now: LevelLayout) -> list[str]:
    """Modules with something that stands elsewhere, or came."""
    stood = {i.id: i for i in before.items}
    return list(dict.fromkeys(i.bank or i.id for i in now.items if stood.get(i.id) is not i and stood.get(i.id) != i))


def _against(problem: PlacementProblem, layout: LevelLayout, module: str) -> list[Objection]:
    own = [i for i in layout.items if (i.bank or i.id) == module]
    others = [i for i in layout.items if (i.bank or i.id) != module]
    return [o for o in plainly(problem, layout, module, own, others, bodies=False) if o.code not in TOLD_ELSEWHERE]


def _covers(known: Objection, new: Objection) -> bool:
    """Whether the new objection was there before and is no worse now."""
    if known.code != new.code or any(known.values.get(n) != new.values.get(n) for n in NAMES):
        return False
    more = {n: (_number(new.values.get(n)), _number(known.values.get(n))) for n in ("by_mm", "away_m", "share")}
    worse = any(a > b for a, b in more.values())
    return not worse and _number(new.values.get("away_mm")) >= _number(known.values.get("away_mm"))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def short_of(objection: Objection) -> str:
    """The figure that goes beside the mark: how far in, how near, what was asked."""
    v = objection.values
    if "by_mm" in v:
        return f"{readable(v['by_mm'])} mm"
    if "away_mm" in v:
        return f"{readable(v['away_mm'])} mm"
    if "away_m" in v:
        return f"{readable(v['away_m'])} m"
    if "share" in v:
        return f"{v['share']} % > {v['most']} %"
    if "measured" in v:
        return f"{readable(v['measured'])} {v['unit']} / {readable(v['required'])} {v['unit']}"
    return ""


def _middle(points: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    return round(sum(x for x, _ in points) / len(points)), round(sum(y for _, y in points) / len(points))
