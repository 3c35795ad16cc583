"""Laws that hold for any project: what is written reads back, a patch makes new of old, a digest knows its question."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.plan import Column, Wall
from planner.answers import FolderAnswers
from planner.digest import digest
from planner.folder import read_folder, write_folder
from planner.packing import pack, unpack
from planner.project import Costs, Growth, Pin, Planning, Project
from planner.reading import plain, read_typed
from planner.source import open_source
from planner.storage import open_document
from planner.storage_patch import apply_patch, patch
from solvers.services import Appointments, Process, Season, Visit, VisitorClass
from solvers.staff import Availability, DayRequest, StaffMember
from tests.planner.builders import a_plan, a_project
from tests.planner.test_cli import PLACED

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
ids = st.from_regex(r"[a-zء-ي0-9_]{1,8}", fullmatch=True)
minutes = st.integers(0, 1440)
dates = st.dates().map(lambda d: d.isoformat())
points = st.tuples(st.integers(-50_000, 50_000), st.integers(-50_000, 50_000))


@st.composite
def staff_members(draw: st.DrawFn, member_id: str) -> StaffMember:
    spans = draw(st.lists(st.tuples(minutes, minutes).map(sorted).filter(lambda s: s[0] < s[1]), max_size=2))
    return StaffMember(
        id=member_id,
        name=draw(words),
        skills=("filing", *draw(st.lists(ids, max_size=2))),
        contract_hours_per_week=draw(st.floats(0.25, 60)),
        availability=tuple(Availability(weekday="sun", from_min=a, to_min=b) for a, b in spans),
        leave=tuple(draw(st.lists(dates, max_size=4))),
        requests=tuple(
            DayRequest(date=draw(dates), wish=draw(st.sampled_from(["off", "early", "late", "on"])), weight=weight)
            for weight in draw(st.lists(st.integers(1, 5), max_size=2))
        ),
        cost_per_hour=draw(st.floats(0, 1e6)),
    )


AS_IS = Process(
    service="deed",
    variant="as_is",
    visits=(Visit(name="Filing", documents=3, journey=a_project().services[0].journey),),
    completion=0.5,
)


@st.composite
def seasons(draw: st.DrawFn, season_id: str) -> Season:
    days = draw(st.lists(dates, min_size=2, max_size=2).map(sorted))
    return Season(
        id=season_id,
        name=draw(words),
        periods=draw(st.sampled_from([(f"{days[0]}..{days[1]}",), ("12-20..01-06", "06-01..08-31"), (days[0],)])),
        factor=draw(st.floats(0.01, 10)),
        services=draw(st.sampled_from([(), ("deed",)])),
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    base = a_project()
    level = a_plan().levels[0]
    walls = draw(st.lists(st.tuples(points, points), max_size=4))
    level = replace(
        level,
        walls=tuple(Wall(id=f"w{i}", a=a, b=b, thickness_mm=200) for i, (a, b) in enumerate(walls)),
        columns=tuple(Column(id=f"c{i}", outline=(a, b)) for i, (a, b) in enumerate(walls[:2])),
    )
    return replace(
        base,
        site=replace(base.site, name=draw(words), closed_dates=tuple(draw(st.lists(dates, max_size=3)))),
        plan=draw(st.sampled_from([None, replace(a_plan(), levels=(level,))])),
        arrivals=tuple(replace(a, persons=draw(st.floats(0, 1000))) for a in base.arrivals),
        staff=tuple(draw(staff_members(name)) for name in draw(st.lists(ids, max_size=3, unique=True))),
        visitor_classes=draw(
            st.sampled_from([(), (VisitorClass(id="all", name="All", share=1.0, priority=0, companions=0.5),)])
        ),
        growth=Growth(per_year=draw(st.floats(0, 0.2)), years=draw(st.integers(0, 20))),
        costs=Costs(source=draw(words)),
        planning=Planning(roster_weeks=draw(st.integers(1, 8))),
        pins=tuple(Pin(id=i) for i in draw(st.lists(ids, max_size=3, unique=True))),
        appointments=draw(
            st.sampled_from([(), (Appointments(service="deed", booked_share=0.4, no_show_share=0.1, slot_min=20),)])
        ),
        seasons=tuple(draw(seasons(name)) for name in draw(st.lists(ids, max_size=2, unique=True))),
        processes=draw(st.sampled_from([(), (AS_IS,), (AS_IS, replace(AS_IS, variant="to_be", visits=()))])),
    )


@settings(max_examples=40, deadline=None)
@given(projects())
def test_a_folder_reads_back_as_it_was_written(project: Project) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_folder(project, Path(folder) / "p")
        assert read_folder(Path(folder) / "p") == project


@settings(max_examples=60, deadline=None)
@given(projects())
def test_plain_data_reads_back_as_it_was(project: Project) -> None:
    assert read_typed(json.loads(json.dumps(plain(project))), Project) == project


@settings(max_examples=100, deadline=None)
@given(projects(), projects())
def test_a_patch_makes_the_new_document_of_the_old(old: Project, new: Project) -> None:
    operations = json.loads(json.dumps(patch(old, new)))
    made = apply_patch(json.loads(json.dumps(plain(old))), operations)
    assert made == json.loads(json.dumps(plain(new)))
    assert patch(new, new) == []


def test_a_patch_of_one_moved_wall_is_small() -> None:
    level = a_plan().levels[0]
    walls = tuple(Wall(id=f"w{i}", a=(i, 0), b=(i, 9), thickness_mm=200) for i in range(2000))
    moved = (*walls[:700], replace(walls[700], a=(5, 5)), *walls[701:])
    cut = (*walls[:700], *walls[701:])
    plans = [replace(a_plan(), levels=(replace(level, walls=w),)) for w in (walls, moved, cut)]
    old, new, less = (a_project(plan=plan) for plan in plans)
    assert patch(old, new) == [["=", ["plan", "levels", 0, "walls", 700, "a"], [5, 5]]]
    assert patch(old, less) == [["~", ["plan", "levels", 0, "walls"], 700, 1, []]]


def test_packing_and_unpacking_change_nothing(tmp_path: Path) -> None:
    folder, file, again = tmp_path / "a b", tmp_path / "مركز.centreline", tmp_path / "again"
    project = a_project()
    write_folder(project, folder)
    pack(folder, file)
    unpack(file, again)
    assert read_folder(again) == project
    assert sorted(p.name for p in again.iterdir()) == sorted(p.name for p in folder.iterdir())


def test_answers_go_with_a_packed_project_but_rosters_not_without_people(tmp_path: Path) -> None:
    write_folder(a_project(), tmp_path / "p")
    answers = FolderAnswers(tmp_path / "p")
    for digest_of, kind in (("aa" * 32, "placement"), ("bb" * 32, "roster"), ("cc" * 32, "placement")):
        answers.put(digest_of, kind, {"kind": kind})
    pack(tmp_path / "p", tmp_path / "all.centreline")
    pack(tmp_path / "p", tmp_path / "hidden.centreline", without_people=True)
    unpack(tmp_path / "all.centreline", tmp_path / "all")
    assert [a.digest[:2] for a in FolderAnswers(tmp_path / "all").all_of()] == ["cc", "bb", "aa"]
    with open_source(tmp_path / "hidden.centreline") as source:
        assert [a.kind for a in source.answers.all_of()] == ["placement", "placement"]


def test_a_packed_project_without_people_names_nobody(tmp_path: Path) -> None:
    member = StaffMember(
        id="s1",
        name="Zaynab Unmistakable",
        skills=("filing",),
        contract_hours_per_week=35.0,
        leave=("2031-12-24",),
        requests=(DayRequest(date="2031-11-23", wish="off"),),
    )
    write_folder(a_project(staff=(member,)), tmp_path / "p")
    file = tmp_path / "p.centreline"
    pack(tmp_path / "p", file, without_people=True)
    document = open_document(file, write=False)
    assert document.project.staff == (replace(member, name="s1", leave=(), requests=()),)
    document.close()
    unpack(file, tmp_path / "out")
    text = "".join(p.read_text("utf-8") for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert "s1" in text
    assert not any(secret in text for secret in ("Unmistakable", "2031-12-24", "2031-11-23"))


def test_equal_questions_have_one_digest_and_others_another() -> None:
    assert digest(a_project()) == digest(a_project())
    assert digest(a_project()) != digest(a_project(id="other"))
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    different = [1, 1.0, "1", True, None, (1,), (), "", {}, {"a": 1}, {"a": 1.0}, Pin(id="a"), ["a"], PLACED]
    assert len({digest(question) for question in different}) == len(different)


def test_a_set_is_no_part_of_a_question() -> None:
    with pytest.raises(TypeError):
        digest(("a", frozenset({"b"})))


def test_the_digest_is_the_same_in_every_process() -> None:
    program = "from tests.planner.builders import *; from planner.digest import digest; print(digest(a_project()))"
    root = Path(__file__).resolve().parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "SYSTEMROOT": "C:\\Windows"},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {digest(a_project())}
