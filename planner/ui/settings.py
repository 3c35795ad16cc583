"""The project's own settings in the inspector: what stands in no page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from layouts.standards import access_profiles, egress_profiles
from planner.project import Project
from planner.ui import kit
from planner.ui.session import Session
from planner.ui.words import LANGUAGES

AISLES_MM = (1200, 1500, 1800, 2400, 3000)
STAFF_ZONES_MM = (1800, 2100, 2400, 2700)


def settings_form(session: Session) -> Any:
    """Name, ministry, language, profiles, growth; each change is one step."""
    words, project = session.words, session.project

    def field(widget: Any, label: str, change: Callable[[Project, Any], Project]) -> Any:
        def changed(event: Any) -> None:
            if event.new is not None:
                session.change(change(session.project, event.new), label)

        widget.param.watch(changed, "value_throttled" if hasattr(widget, "value_throttled") else "value")
        return widget

    days = {words("page.settings.busiest"): ""} | {d.name: d.id for d in project.day_types}
    told = sorted({*AISLES_MM, project.planning.main_aisle_mm} - {0})
    behind = sorted({*STAFF_ZONES_MM, project.planning.staff_zone_mm} - {0})
    depths = {words("page.settings.as_profile"): 0} | {words("page.settings.aisle_mm", width_mm=d): d for d in behind}
    aisles = {words("page.settings.aisle_free"): 0} | {words("page.settings.aisle_mm", width_mm=w): w for w in told}
    languages = {name: code for code, name in LANGUAGES.items()}
    return kit.column(
        field(
            kit.text_field(words("page.settings.name"), project.site.name),
            "page.step.name",
            lambda p, v: replace(p, site=replace(p.site, name=v)),
        ),
        field(
            kit.text_field(words("page.settings.ministry"), project.site.ministry),
            "page.step.settings",
            lambda p, v: replace(p, site=replace(p.site, ministry=v)),
        ),
        field(
            kit.select(words("page.settings.language"), languages, project.site.language),
            "page.step.settings",
            lambda p, v: replace(p, site=replace(p.site, language=v)),
        ),
        field(
            kit.select(words("page.settings.access"), list(access_profiles()), project.planning.access_profile),
            "page.step.settings",
            lambda p, v: replace(p, planning=replace(p.planning, access_profile=v)),
        ),
        field(
            kit.select(words("page.settings.egress"), list(egress_profiles()), project.planning.egress_profile),
            "page.step.settings",
            lambda p, v: replace(p, planning=replace(p.planning, egress_profile=v)),
        ),
        field(
            kit.select(words("page.settings.aisle"), aisles, project.planning.main_aisle_mm, css_classes=["cl-main-aisle"]),
            "page.step.settings",
            lambda p, v: replace(p, planning=replace(p.planning, main_aisle_mm=v)),
        ),
        field(
            kit.select(words("page.settings.staff_zone"), depths, project.planning.staff_zone_mm),
            "page.step.settings",
            lambda p, v: replace(p, planning=replace(p.planning, staff_zone_mm=v)),
        ),
        field(
            kit.select(words("page.settings.design_day"), days, project.planning.design_day_type),
            "page.step.settings",
            lambda p, v: replace(p, planning=replace(p.planning, design_day_type=v)),
        ),
        field(
            kit.number_field(words("page.settings.growth"), round(100 * project.growth.per_year, 2), -20.0, 50.0, 0.5),
            "page.step.growth",
            lambda p, v: replace(p, growth=replace(p.growth, per_year=round(v / 100, 6))),
        ),
        field(
            kit.whole_field(words("page.settings.years"), project.growth.years, 0, 30),
            "page.step.growth",
            lambda p, v: replace(p, growth=replace(p.growth, years=int(v))),
        ),
    )
