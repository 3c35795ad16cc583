"""A sound package passes; each way of tampering with it is refused by the check that is there for it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import ezdxf
import openpyxl
import pytest

from layouts.findings import BadInput
from planner.verify import (
    counts,
    drawing,
    files,
    ground,
    optimum,
    reach,
    report,
    roster,
    roster_files,
    sums,
    verify_package,
)
from planner.verify.contents import read_contents
from planner.verify.package import CHECKS, Check, run
from tests.planner.a_package import (
    NAMES,
    duty,
    the_answers,
    write_calendar,
    write_dxf,
    write_manifest,
    write_package,
    write_report,
    write_workbook,
)

Answers = dict[str, Any]


@cache
def _answers_once() -> str:
    return json.dumps(the_answers())


def answers() -> Answers:
    return copy.deepcopy(json.loads(_answers_once()))


def item(a: Answers, id: str) -> Any:
    return next(i for i in a["layout"]["levels"][0]["items"] if i["id"] == id)


def move(thing: Any, dx: int, dy: int) -> None:
    """Move an item with its clear zones."""
    for polygon in (thing["polygon"], *(z["polygon"] for z in thing["clear_zones"])):
        for point in polygon:
            point[0] += dx
            point[1] += dy
    thing["insert_mm"] = [thing["insert_mm"][0] + dx, thing["insert_mm"][1] + dy]


def add_block(a: Answers, x0: int, y0: int, x1: int, y1: int, **more: Any) -> None:
    block = copy.deepcopy(item(a, "p1"))
    ring = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
    block.update(id="block", polygon=ring, insert_mm=[x0, y0], **more)
    a["layout"]["levels"][0]["items"].append(block)


def drop(a: Answers, id: str) -> None:
    level = a["layout"]["levels"][0]
    level["items"] = [i for i in level["items"] if i["id"] != id]


def same_id_twice(a: Answers) -> None:
    item(a, "n1")["id"] = "n2"


def counter_on_its_neighbour(a: Answers) -> None:
    move(item(a, "n1"), 200, 0)


def seat_outside(a: Answers) -> None:
    move(item(a, "s0-0"), 0, -3300)


def reception_on_a_column(a: Answers) -> None:
    move(item(a, "r1"), 11_500, 0)


def block_before_a_counter(a: Answers) -> None:
    add_block(a, 6500, 11_000, 6900, 11_400)


def staff_area_into_the_hall(a: Answers) -> None:
    a["layout"]["levels"][0]["staff"][0]["outer"][0][1] -= 500


def counter_without_staff_floor(a: Answers) -> None:
    a["layout"]["levels"][0]["staff"][0]["outer"] = [[0, 12_000], [6000, 12_000], [6000, 16_000], [0, 16_000]]


def weaker_rules(a: Answers) -> None:
    a["programme"]["rules"]["clear_width_mm"] = 1200


def toilet_walled_in(a: Answers) -> None:
    add_block(a, 14_000, 3000, 18_000, 3050)
    level = a["layout"]["levels"][0]
    level["floor"]["columns"] += [
        [[14_000, 0], [14_050, 0], [14_050, 3000], [14_000, 3000]],
        [[18_000, 0], [18_050, 0], [18_050, 3000], [18_000, 3000]],
    ]


def no_room_to_turn(a: Answers) -> None:
    add_block(a, 9000, 10_600, 11_300, 10_700)


def route_through_seats(a: Answers) -> None:
    route = a["layout"]["levels"][0]["routes"][0]
    route["centreline"].insert(1, [7000, 3200])


def route_shorter_than_it_is(a: Answers) -> None:
    a["layout"]["levels"][0]["routes"][1]["length_mm"] -= 300


def route_to_another_stop(a: Answers) -> None:
    a["layout"]["levels"][0]["routes"][1]["to"] = "wc"


def fewer_visitors_on_a_route(a: Answers) -> None:
    a["layout"]["levels"][0]["routes"][1]["visitors_per_day"] = 40


def programme_with_fewer_seats_than_capacity(a: Answers) -> None:
    a["capacity"]["banks"][0]["seats"] = 25


def seat_deleted(a: Answers) -> None:
    drop(a, "s1-3")


def room_that_does_not_stand(a: Answers) -> None:
    item(a, "wc")["space"] = "a room of another building"


def toilet_forgotten(a: Answers) -> None:
    drop(a, "wc")


def no_accessible_counter(a: Answers) -> None:
    item(a, "n3")["accessible"] = False


def lie_about_the_gap(a: Answers) -> None:
    a["solution"]["gap"] = 0.01


def bound_above_objective(a: Answers) -> None:
    a["solution"]["bound"], a["solution"]["gap"] = a["solution"]["objective"] * 1.01, -0.01


def roster_terms_do_not_sum(a: Answers) -> None:
    a["roster"]["solution"]["terms"]["walking"] += 1


def long_duty(a: Answers) -> None:
    a["roster"]["assignments"][0] = duty("p1", "2026-03-01", 480, 1080)


def break_forgotten(a: Answers) -> None:
    a["roster"]["assignments"][0].update(break_min=0, break_start_min=None)


def two_duties_at_once(a: Answers) -> None:
    a["roster"]["assignments"].append(duty("p1", "2026-03-01", 480, 900))


def works_through_the_break(a: Answers) -> None:
    a["roster"]["assignments"][0]["segments"][0]["end_min"] += 30


def short_rest(a: Answers) -> None:
    a["roster"]["assignments"][0] = duty("p1", "2026-03-01", 960, 1380)


def eight_days_in_a_row(a: Answers) -> None:
    a["roster"]["rules"]["max_days_per_week"] = 7
    a["roster"]["assignments"] = [duty("p1", f"2026-03-{d:02}") for d in range(1, 9)]


def too_many_hours(a: Answers) -> None:
    a["roster"]["rules"]["max_hours_per_week"] = 12.0


def cover_that_is_not_there(a: Answers) -> None:
    a["roster"]["cover"][1].update(rostered=2)
    a["roster"]["shortages"] = []


def hidden_shortage(a: Answers) -> None:
    a["roster"]["shortages"] = []


def hours_of_a_person_changed(a: Answers) -> None:
    a["roster"]["fairness"]["persons"][0]["worked_min"] = 800


def skill_not_held(a: Answers) -> None:
    a["roster"]["people"][1]["skills"] = ["archivist"]


def shorter_walk_told(a: Answers) -> None:
    a["measures"]["walk_m_per_visit"] -= 2


def impossible_measure(a: Answers) -> None:
    a["measures"]["linearity_index"] = 104.0


def finding_passes_though_short(a: Answers) -> None:
    found = next(f for f in a["findings"] if f["code"] == "access.turning_circle")
    found["measured"] = 1200


IN_ANSWERS: tuple[tuple[Check, Callable[[Answers], None]], ...] = (
    (ground.shapes_are_sound, same_id_twice),
    (ground.solids_never_overlap, counter_on_its_neighbour),
    (ground.everything_lies_inside, seat_outside),
    (ground.nothing_stands_on_a_column, reception_on_a_column),
    (ground.standing_rooms_are_what_they_are_taken_for, room_that_does_not_stand),
    (ground.clear_floor_is_free, block_before_a_counter),
    (ground.staff_and_public_share_no_floor, staff_area_into_the_hall),
    (ground.counters_stand_at_the_border, counter_without_staff_floor),
    (reach.the_rules_are_the_profile_s, weaker_rules),
    (reach.everything_public_is_reached, toilet_walled_in),
    (reach.turning_circles_fit, no_room_to_turn),
    (reach.routes_are_walked_on_free_floor, route_through_seats),
    (reach.routes_say_what_they_are, route_shorter_than_it_is),
    (reach.routes_lead_from_stop_to_stop, route_to_another_stop),
    (reach.routes_lead_from_stop_to_stop, fewer_visitors_on_a_route),
    (counts.programme_follows_capacity, programme_with_fewer_seats_than_capacity),
    (counts.banks_hold_what_capacity_asks, seat_deleted),
    (counts.rooms_and_islands_are_placed, toilet_forgotten),
    (counts.every_service_has_an_accessible_counter, no_accessible_counter),
    (optimum.the_layout_s_bound_holds, lie_about_the_gap),
    (optimum.the_layout_s_bound_holds, bound_above_objective),
    (optimum.the_roster_s_bound_holds, roster_terms_do_not_sum),
    (roster.duties_are_lawful, long_duty),
    (roster.duties_are_lawful, break_forgotten),
    (roster.duties_are_lawful, two_duties_at_once),
    (roster.duties_are_lawful, works_through_the_break),
    (roster.people_rest_and_keep_their_hours, short_rest),
    (roster.people_rest_and_keep_their_hours, eight_days_in_a_row),
    (roster.people_rest_and_keep_their_hours, too_many_hours),
    (roster.cover_is_what_the_duties_give, cover_that_is_not_there),
    (roster.shortages_are_named, hidden_shortage),
    (roster.sums_per_person_are_right, hours_of_a_person_changed),
    (roster.people_use_skills_they_hold, skill_not_held),
    (sums.walking_is_the_routes_sum, shorter_walk_told),
    (sums.measures_lie_in_their_ranges, impossible_measure),
    (sums.findings_are_not_silent, finding_passes_though_short),
)


def report_changed_after_the_manifest(folder: Path) -> None:
    with (folder / "report/report.html").open("a") as file:
        file.write(" ")


def file_added_after_the_manifest(folder: Path) -> None:
    (folder / "manager/notes.txt").write_text("hello")


def roster_missing(folder: Path) -> None:
    (folder / "manager/roster.ics").unlink()


def wrong_unit(folder: Path) -> None:
    doc = ezdxf.readfile(folder / "architect/plan.dxf")
    doc.header["$INSUNITS"] = 2
    doc.saveas(folder / "architect/plan.dxf")


def millimetres_declared_for_metres(folder: Path) -> None:
    doc = ezdxf.readfile(folder / "architect/plan.dxf")
    doc.header["$INSUNITS"] = 4
    doc.saveas(folder / "architect/plan.dxf")


def block_moved_by_two_millimetres(folder: Path) -> None:
    doc = ezdxf.readfile(folder / "architect/plan.dxf")
    insert = next(iter(doc.modelspace().query("INSERT")))
    insert.dxf.insert = insert.dxf.insert + ezdxf.math.Vec3(0.002, 0, 0)
    doc.saveas(folder / "architect/plan.dxf")


def block_erased(folder: Path) -> None:
    doc = ezdxf.readfile(folder / "architect/plan.dxf")
    doc.modelspace().delete_entity(next(iter(doc.modelspace().query("INSERT"))))
    doc.saveas(folder / "architect/plan.dxf")


def unsound_drawing(folder: Path) -> None:
    doc = ezdxf.readfile(folder / "architect/plan.dxf")
    doc.modelspace().add_line((0, 0), (1, 1), dxfattribs={"linetype": "NOT_DEFINED"})
    doc.saveas(folder / "architect/plan.dxf")


def duty_left_out_of_the_calendar(folder: Path) -> None:
    write_calendar(folder / "manager/roster.ics", answers()["roster"]["assignments"][:-1])


def duty_left_out_of_the_workbook(folder: Path) -> None:
    write_workbook(folder / "manager/roster.xlsx", answers()["roster"]["assignments"][:-1])


def hours_changed_in_the_workbook(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "manager/roster.xlsx")
    book["Hours"]["B2"] = 9
    book.save(folder / "manager/roster.xlsx")


def number_changed_in_the_report(folder: Path) -> None:
    told = answers()
    told["capacity"]["banks"][0]["seats"] = 24
    write_report(folder / "report/report.html", told)


def person_named_in_the_report(folder: Path) -> None:
    path = folder / "report/report.html"
    path.write_text(path.read_text("utf-8").replace("duties", f"duties, thanks to {NAMES['p2']}"), "utf-8")


def person_named_in_the_drawing(folder: Path) -> None:
    told = answers()
    write_dxf(folder / "architect/plan.dxf", told)
    doc = ezdxf.readfile(folder / "architect/plan.dxf")
    doc.modelspace().add_text(NAMES["p1"])
    doc.saveas(folder / "architect/plan.dxf")


IN_FILES: tuple[tuple[Check, Callable[[Path], None]], ...] = (
    (files.files_match_the_manifest, report_changed_after_the_manifest),
    (files.files_match_the_manifest, file_added_after_the_manifest),
    (files.files_match_the_manifest, roster_missing),
    (files.the_deliverables_are_there, roster_missing),
    (drawing.the_drawing_declares_its_unit, wrong_unit),
    (drawing.items_stand_where_the_answers_say, millimetres_declared_for_metres),
    (drawing.items_stand_where_the_answers_say, block_moved_by_two_millimetres),
    (drawing.every_item_is_drawn_once, block_erased),
    (drawing.the_drawing_is_sound, unsound_drawing),
    (roster_files.the_calendar_holds_every_duty, duty_left_out_of_the_calendar),
    (roster_files.the_workbook_holds_every_duty, duty_left_out_of_the_workbook),
    (roster_files.the_workbook_s_hours_add_up, hours_changed_in_the_workbook),
    (report.the_report_quotes_the_answers, number_changed_in_the_report),
    (report.nobody_is_named_outside_the_manager_s_folder, person_named_in_the_report),
    (report.nobody_is_named_outside_the_manager_s_folder, person_named_in_the_drawing),
)


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
