"""The examples hold together, are of the size they claim, and say where their figures come from."""

import re
import tomllib
from datetime import date, timedelta
from math import fsum
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from layouts.catalogue import fittings
from layouts.standards import profile
from solvers.areas import check_area, schedule_of_areas
from solvers.capacity import CapacityPlan, plan_capacity
from solvers.programme import draw_up_programme
from solvers.service_checks import check_skills
from tests.example_project import EXAMPLES, question_of, read_example

NAMES = ("dahuk", "justice")
VISITORS = {"dahuk": (400, 600), "justice": (280, 450)}
ROOM = Path(__file__).parent.parent


def planned(name: str) -> CapacityPlan:
    return plan_capacity(question_of(read_example(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_day_brings_the_visitors_promised(name):
    project = read_example(name)
    least, most = VISITORS[name]
    for day in project.day_types:
        assert least <= fsum(row.persons for row in project.arrivals if row.day_type == day.id) <= most
    assert least <= sum(each.visitors_per_day for each in planned(name).services) <= most


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_peaks_as_in_the_textbook(name):
    """Peak hour to mean 1.34 (domain notes 3.4)."""
    demand = planned(name).demand
    totals = [fsum(row[i] for row in demand.persons.values()) for i in range(len(demand.starts_min))]
    assert max(totals) / (fsum(totals) / len(totals)) == pytest.approx(1.34, abs=0.02)


@pytest.mark.parametrize("name", NAMES)
def test_every_step_is_served_by_a_skill_that_three_people_have(name):
    project = read_example(name)
    check_skills(project.banks, project.services, project.staff)
    for need in planned(name).cover:
        assert sum(need.skill in person.skills for person in project.staff) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_staff_on_contract_outlast_the_work_but_do_not_idle(name):
    """Planned hours are 55-90 % of contract hours: leave, breaks, prayers and training take the rest (default)."""
    project, plan = read_example(name), planned(name)
    weekdays = {day.id: len(day.weekdays) for day in project.day_types}
    work = fsum(need.needed * need.length_min / 60 * weekdays[need.day_type] for need in plan.cover)
    contract = fsum(person.contract_hours_per_week for person in project.staff)
    assert 0.55 <= work / contract <= 0.90


@pytest.mark.parametrize("name", NAMES)
def test_those_present_can_fill_every_interval_with_leave_and_days_off_granted(name):
    """Breaks and contract hours are the roster's matter; without this no roster could be whole."""
    project, plan = read_example(name), planned(name)
    first = date.fromisoformat(project.planning.roster_start)
    for day in (first + timedelta(days=n) for n in range(7 * project.planning.roster_weeks)):
        weekday = day.strftime("%a").lower()
        kinds = [each.id for each in project.day_types if weekday in each.weekdays]
        for start in plan.starts_min if kinds else ():
            posts = [need for need in plan.cover if (need.day_type, need.start_min) == (kinds[0], start)]
            skills = [need.skill for need in posts for _ in range(need.needed)]
            people = [person for person in project.staff if _is_present(person, day.isoformat(), weekday, start)]
            lacking = np.array([[skill not in person.skills for skill in skills] for person in people])
            assert lacking[linear_sum_assignment(lacking)].sum() == 0, (day, start)
            assert len(people) >= len(skills)


def _is_present(person, day, weekday, start_min):
    if day in person.leave or any(each.date == day and each.wish == "off" for each in person.requests):
        return False
    hours = [each for each in person.availability if each.weekday == weekday]
    return not person.availability or any(h.from_min <= start_min and h.to_min >= start_min + 30 for h in hours)


@pytest.mark.parametrize("name", NAMES)
def test_people_are_whole_and_their_dates_are_dates(name):
    project = read_example(name)
    assert len({person.id for person in project.staff}) == len(project.staff)
    assert len({person.name for person in project.staff}) == len(project.staff)
    for person in project.staff:
        assert 0 < person.contract_hours_per_week <= project.labour.max_hours_per_week
        assert person.cost_per_hour > 0
        assert all(date.fromisoformat(day).year == 2026 for day in person.leave)
        assert {request.wish for request in person.requests} <= {"off", "early", "late", "on"}
        available = fsum(each.to_min - each.from_min for each in person.availability) / 60
        assert not person.availability or available >= person.contract_hours_per_week


@pytest.mark.parametrize("name", NAMES)
def test_the_roster_starts_on_a_sunday_and_every_working_day_has_its_kind(name):
    project = read_example(name)
    start = date.fromisoformat(project.planning.roster_start)
    assert (start.year, start.month, start.strftime("%a")) == (2026, 12, "Sun")
    weekdays = sorted(weekday for day in project.day_types for weekday in day.weekdays)
    assert weekdays == ["mon", "sun", "thu", "tue", "wed"]


@pytest.mark.parametrize("name", NAMES)
def test_every_standard_is_kept_on_the_design_day(name):
    plan = planned(name)
    assert plan.findings == ()
    for bank in plan.banks:
        assert all(share >= bank.standards[0].share_within - 1e-9 for share in bank.day.within)
        assert all(use <= bank.standards[0].max_utilisation + 1e-9 for use in bank.day.utilisation)


@pytest.mark.parametrize(("name", "floor_m2"), [("dahuk", 700), ("justice", 700)])
def test_the_programme_has_14_to_18_modules_and_fits_its_floor(name, floor_m2):
    project = read_example(name)
    programme = draw_up_programme(planned(name), project.rooms, profile(project.planning.access_profile))
    assert 14 <= len(schedule_of_areas(programme).lines) <= 18
    assert check_area(programme, floor_m2).status == "pass"
    modules = {m.id for group in (programme.banks, programme.islands, programme.rooms) for m in group}
    assert {stop for flow in programme.flows for stop in flow.stops} <= modules
    assert {end for each in programme.nearness for end in (each.a, each.b)} <= modules


@pytest.mark.parametrize("name", NAMES)
def test_disabled_and_elderly_visitors_wait_least(name):
    first, *others = sorted(planned(name).classes, key=lambda each: each.priority)
    assert first.priority == 0 and "isabled" in first.name
    assert all(first.wait_mean_min < each.wait_mean_min for each in others)


def test_dahuk_opens_14_to_22_staffed_positions_to_visitors():
    plan = planned("dahuk")
    front = [bank for bank in plan.banks if bank.bank.staffed and bank.bank.kind not in ("back_office", "security")]
    assert 14 <= sum(bank.positions for bank in front) <= 22


@pytest.mark.parametrize("name", NAMES)
def test_every_time_names_its_source(name):
    project = read_example(name)
    for service in project.services:
        assert service.source
        assert all(step.time.source for step in service.journey)
    assert project.labour.source and project.costs.source


@pytest.mark.parametrize("name", NAMES)
def test_files_are_plain_utf8_with_known_columns(name):
    demand = (EXAMPLES / name / "demand.csv").read_text("utf-8").splitlines()
    staff = (EXAMPLES / name / "staff.csv").read_text("utf-8").splitlines()
    assert demand[0] == "day_type,start,service,persons"
    assert staff[0] == "id,name,skills,contract_hours_per_week,availability,leave,requests,cost_per_hour"


def test_every_fitting_names_its_source_and_a_size():
    """But for closed pockets of floor, which are as large as what is left."""
    for fitting in fittings().values():
        assert fitting.source and fitting.certainty in ("read", "from_memory", "default")
        assert fitting.id == "void" or fitting.area_m2 > 0 or (fitting.width_mm > 0 and fitting.depth_mm > 0), fitting.id


def test_every_code_of_demand_capacity_and_programme_has_its_sentence():
    words = tomllib.loads((ROOM / "exports/words/capacity.en.toml").read_text("utf-8"))
    files = ("service_checks", "demand", "capacity", "programme", "areas")
    sources = [(ROOM / "solvers" / f"{name}.py").read_text("utf-8") for name in files]
    codes = {code for text in sources for code in re.findall(r'BadInput\(\s*"([a-z_.]+)"', text)}
    codes |= {code for text in sources for code in re.findall(r'"((?:capacity|programme)\.[a-z_]+)"', text)}
    assert codes == set(words)
