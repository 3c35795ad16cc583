"""Where an area lies that shall be kept free and names no storey."""

from __future__ import annotations

from planner.project import Project
from solvers.placement.wish import Wish


def home_of(project: Project, wish: Wish) -> str:
    """The storey of an area that names none: where its module stands, or is put by people; else the first one."""
    placed = project.accepted.layout.levels if project.accepted else ()
    stands = next((lv.level for lv in placed for i in lv.items if wish.module and wish.module in (i.bank, i.id)), "")
    told = next((f.level for f in project.floors if wish.module in (*f.banks, *f.rooms)), "")
    first = project.floors[0].level if project.floors else project.plan.levels[0].id if project.plan else ""
    return stands or told or first
