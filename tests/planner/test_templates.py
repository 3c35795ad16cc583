"""Templates: five ministries in three sizes, each a project that can be planned as it stands."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product
from math import fsum
from pathlib import Path

import pytest

from layouts.findings import BadInput
from layouts.soundness import check_plan
from layouts.standards import profile
from planner.chain.asked import Asked, ask
from planner.folder import read_folder
from planner.project import Project
from planner.source import open_source
from planner.templates import DRAWN, MINISTRIES, SIZES, make_file_from, make_folder_from, worked_out
from planner.templates.menus import VISITS_PER_DAY, menu

WORKED_OUT = [each for each in product(MINISTRIES, SIZES) if each not in DRAWN]


@cache
def asked(ministry: str, size: str) -> Asked:
    return ask(worked_out(ministry, size))


def visitors(project: Project) -> dict[str, float]:
    return {d.id: fsum(a.persons for a in project.arrivals if a.day_type == d.id) for d in project.day_types}


@pytest.mark.parametrize(("ministry", "size"), WORKED_OUT)
def test_every_template_has_a_sound_plan_that_its_programme_fits_on(ministry: str, size: str) -> None:
    plan = asked(ministry, size).project.plan
    assert plan is not None
    check_plan(plan, file=ministry)
    assert asked(ministry, size).area.status == "pass"


@pytest.mark.parametrize(("ministry", "size"), WORKED_OUT)
def test_no_end_of_a_template_s_hall_is_too_far_from_toilets(ministry: str, size: str) -> None:
    project = asked(ministry, size).project
    assert project.plan is not None
    xs, ys = zip(*project.plan.levels[0].outline)
    groups = sum(room.count for room in project.rooms if room.kind == "toilets")
    most_mm = profile(project.planning.access_profile).value("accessible_toilet_distance_m") * 1000
    assert max(ys) / 2 / groups + max(xs) / 2 <= most_mm


@pytest.mark.parametrize(("ministry", "size"), WORKED_OUT)
def test_a_crew_covers_the_peak_of_every_skill_with_people_to_spare(ministry: str, size: str) -> None:
    peaks: dict[str, int] = {}
    for need in asked(ministry, size).capacity.cover:
        peaks[need.skill] = max(peaks.get(need.skill, 0), need.needed)
    first_skills = Counter(person.skills[0] for person in asked(ministry, size).project.staff)
    assert all(first_skills[skill] > peak for skill, peak in peaks.items() if peak)


@pytest.mark.parametrize("ministry", MINISTRIES)
def test_the_size_sets_the_visitors_of_the_busiest_day(ministry: str) -> None:
    for size, visits in VISITS_PER_DAY.items():
        days = visitors(menu(ministry, size))
        assert max(days.values()) == pytest.approx(visits, rel=0.01)
        assert min(days.values()) < max(days.values())


def test_a_template_is_the_same_as_a_folder_and_as_a_file(tmp_path: Path) -> None:
    make_folder_from("oil", "small", tmp_path / "نفط")
    make_file_from("oil", "small", tmp_path / "oil.centreline")
    with open_source(tmp_path / "oil.centreline") as source:
        assert source.project == read_folder(tmp_path / "نفط") == worked_out("oil", "small")


@pytest.mark.parametrize(
    ("template", "size", "code"), [("defence", "small", "new.unknown_template"), ("oil", "huge", "new.unknown_size")]
)
def test_an_unknown_template_or_size_is_refused_with_what_there_is(tmp_path: Path, template: str, size: str, code: str) -> None:
    with pytest.raises(BadInput) as error:
        make_folder_from(template, size, tmp_path / "new")
    assert error.value.code == code and "known" in error.value.values
    assert not (tmp_path / "new").exists()
