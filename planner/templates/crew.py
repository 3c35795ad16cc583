"""Posts to fill: people who have no names yet, enough for the peak of every skill with leave and illness in mind."""

from __future__ import annotations

from math import ceil

from planner.project import Project
from solvers.capacity import CapacityPlan
from solvers.staff import StaffMember

RESERVE = 0.25
"""People beyond the peak: breaks, leave, prayers and training take 25-35 % of paid hours (default)."""
CONTRACT_HOURS = 35.0


def crew_for(project: Project, capacity: CapacityPlan) -> tuple[StaffMember, ...]:
    """For each skill its peak need and a reserve; everyone's second skill is a neighbour's, so that few can cover many."""
    peaks: dict[str, int] = {}
    for need in capacity.cover:
        peaks[need.skill] = max(peaks.get(need.skill, 0), need.needed)
    skills = [skill for skill, peak in peaks.items() if peak > 0]
    people: list[StaffMember] = []
    for number, skill in enumerate(skills):
        second = skills[(number + 1) % len(skills)]
        posts = ceil(peaks[skill] * (1.0 + RESERVE))
        both = (skill,) if skill == second else (skill, second)
        label = skill.replace("_", " ").capitalize()
        people += [
            StaffMember(
                id=f"p{len(people) + post:02d}",
                name=f"Post {len(people) + post:02d} ({label})",
                skills=both,
                contract_hours_per_week=CONTRACT_HOURS,
                cost_per_hour=project.costs.staff_per_hour,
            )
            for post in range(1, posts + 1)
        ]
    return tuple(people)
