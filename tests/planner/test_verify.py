"""A sound package passes; each way of tampering with it is refused by the check that is there for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box

from layouts.findings import BadInput
from planner.verify import (
    counts,
    ground,
    optimum,
    roster_files,
    sums,
    verify_package,
)
from planner.verify.contents import areas_of, read_contents
from planner.verify.package import CHECKS, Check, run
from tests.planner.a_package import (
    write_manifest,
    write_package,
)
from tests.planner.tampered_answers import IN_ANSWERS, Answers, add_block, answers
from tests.planner.tampered_files import IN_FILES


def refused(check: Check, folder: Path) -> bool:
    return any(f.status == "fail" and f.severity == "error" for f in run(check, read_contents(folder, ())))


def test_a_sound_package_passes_every_check(tmp_path: Path) -> None:
    answer = verify_package(write_package(tmp_path, answers()))
    assert [f for f in answer["findings"] if f["status"] == "fail"] == []
    assert answer["not_checked"] == []
    assert answer["counts"] == {"pass": len(CHECKS)}
    json.dumps(answer)


def test_every_check_has_its_tampering() -> None:
    assert {check for check, _ in (*IN_ANSWERS, *IN_FILES)} == set(CHECKS)


@pytest.mark.parametrize(("check", "tamper"), IN_ANSWERS, ids=lambda x: x.__name__)
def test_tampered_answers_are_refused(check: Check, tamper: Callable[[Answers], None], tmp_path: Path) -> None:
    told = answers()
    tamper(told)
    assert refused(check, write_package(tmp_path, told))


@pytest.mark.parametrize(("check", "tamper"), IN_FILES, ids=lambda x: x.__name__)
def test_tampered_files_are_refused(check: Check, tamper: Callable[[Path], None], tmp_path: Path) -> None:
    folder = write_package(tmp_path, answers())
    tamper(folder)
    assert refused(check, folder)


def test_partitions_may_meet_at_a_corner_but_not_lie_on_one_another(tmp_path: Path) -> None:
    told = answers()
    add_block(told, 0, 12_000, 100, 14_000)
    assert not refused(ground.solids_never_overlap, write_package(tmp_path / "corner", told))
    told = answers()
    add_block(told, 0, 12_000, 3000, 12_100)
    assert refused(ground.solids_never_overlap, write_package(tmp_path / "along", told))


def test_a_long_bank_may_stand_in_parts(tmp_path: Path) -> None:
    told = answers()
    (whole,) = told["programme"]["banks"]
    told["programme"]["banks"] = [{**whole, "id": "bank-1", "positions": 2}, {**whole, "id": "bank-2", "positions": 1}]
    contents = read_contents(write_package(tmp_path, told), ())
    assert [f.status for f in run(counts.programme_follows_capacity, contents)] == ["pass"]


def test_a_calendar_in_another_time_zone_tells_the_same_duties(tmp_path: Path) -> None:
    told = answers()
    told["project"]["site"] = {"time_zone": "Asia/Baghdad"}
    write_package(tmp_path, told)
    path = tmp_path / "manager/roster.ics"
    text = path.read_text("utf-8").replace(";TZID=Asia/Baghdad:20260301T080000", ":20260301T050000Z")
    assert "050000Z" in text
    path.write_text(text, "utf-8")
    assert not refused(roster_files.the_calendar_holds_every_duty, tmp_path)


def test_names_given_by_the_caller_are_looked_for(tmp_path: Path) -> None:
    told = answers()
    told["project"]["contact"] = "Noor Example-Three"
    write_package(tmp_path, told)
    answer = verify_package(tmp_path, names=("Noor Example-Three",))
    assert [f["where"] for f in answer["findings"] if f["status"] == "fail"] == [["answers.json"]]
    assert "Noor" not in json.dumps(answer)


def test_a_missing_part_of_the_answers_is_named(tmp_path: Path) -> None:
    told = answers()
    write_package(tmp_path, told)
    del told["solution"]["bound"]
    (tmp_path / "answers.json").write_text(json.dumps(told))
    found = run(optimum.the_layout_s_bound_holds, read_contents(tmp_path, ()))
    assert [(f.code, f.where) for f in found] == [("verify.missing_field", ("bound",))]


def test_a_broken_drawing_is_a_failed_check_and_no_crash(tmp_path: Path) -> None:
    write_package(tmp_path, answers())
    (tmp_path / "architect/plan.dxf").write_text("no drawing at all")
    write_manifest(tmp_path)
    answer = verify_package(tmp_path)
    assert {"verify.unreadable"} == {f["code"] for f in answer["findings"] if f["status"] == "fail"}


@pytest.mark.parametrize("data", [b"", b"glTF", b"glTF" + bytes(40), b"no model at all, only some text"])
def test_a_broken_model_is_a_failed_check_and_no_crash(data: bytes, tmp_path: Path) -> None:
    write_package(tmp_path, answers())
    (tmp_path / "architect/model.glb").write_bytes(data)
    write_manifest(tmp_path)
    answer = verify_package(tmp_path)
    assert {"verify.unreadable"} == {f["code"] for f in answer["findings"] if f["status"] == "fail"}


def test_a_package_of_before_has_no_model_and_that_is_said(tmp_path: Path) -> None:
    write_package(tmp_path, answers())
    (tmp_path / "architect/model.glb").unlink()
    write_manifest(tmp_path)
    answer = verify_package(tmp_path)
    assert not [f for f in answer["findings"] if f["status"] == "fail"]
    assert "verify.model_items" in json.dumps(answer["not_checked"])


def test_a_folder_that_is_no_package_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused_input:
        verify_package(tmp_path)
    assert refused_input.value.code == "verify.missing_file"


def test_an_honest_failed_check_is_a_warning(tmp_path: Path) -> None:
    told = answers()
    told["findings"][0].update(status="fail", severity="error")
    found = run(sums.findings_are_not_silent, read_contents(write_package(tmp_path, told), ()))
    assert [f.severity for f in found if f.status == "fail"] == ["warning"]


def test_a_figure_that_an_arabic_letter_leans_on_is_read() -> None:
    from planner.verify.report import _numbers

    assert _numbers("27 موقع خدمة و42 مقعد انتظار") == [(27.0, 0), (42.0, 0)]


UPPER_LIMITS = ("access.counter_height", "access.reach_range", "access.protruding_objects", "egress.dead_end")


@pytest.mark.parametrize("code", UPPER_LIMITS)
def test_a_pass_under_its_upper_limit_agrees_with_its_figures_and_one_above_does_not(code: str, tmp_path: Path) -> None:
    told = answers()
    finding = {**told["findings"][0], "code": code, "status": "pass", "unit": "mm", "measured": 760.0, "required": 865.0}
    told["findings"] = [finding]
    assert not refused(sums.findings_are_not_silent, write_package(tmp_path / "under", told))
    finding["measured"] = 900.0
    assert refused(sums.findings_are_not_silent, write_package(tmp_path / "above", told))


def test_a_staff_area_s_corners_may_be_rounded_to_whole_millimetres_along_a_long_edge_and_no_further(tmp_path: Path) -> None:
    def found(out_mm: int) -> bool:
        told = answers()
        level = told["layout"]["levels"][0]
        low = min(y for _, y in level["floor"]["outline"])
        left, right = (f(x for x, _ in level["floor"]["outline"]) for f in (min, max))
        level["staff"].append([[left, low - out_mm], [right, low - out_mm], [right, low], [left, low]])
        return refused(ground.everything_lies_inside, write_package(tmp_path / str(out_mm), told))

    assert not found(1) and found(3)


def test_hairs_left_of_the_public_floor_are_no_floor() -> None:
    floor = box(0, 0, 10, 10)
    assert areas_of(shapely.GeometryCollection([floor, shapely.LineString([(20, 0), (30, 0)])])).equals(floor)
    assert areas_of(shapely.GeometryCollection([shapely.Point(0, 0)])).is_empty
