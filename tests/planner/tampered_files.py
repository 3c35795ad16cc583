"""Ways of tampering with the files of a package, each beside the check that is there for it."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ezdxf
import openpyxl

from planner.verify import (
    drawing,
    files,
    model,
    report,
    roster_files,
)
from planner.verify.package import Check
from tests.layouts.centre import a_centre
from tests.planner.a_package import (
    NAMES,
    model_of,
    write_calendar,
    write_dxf,
    write_report,
    write_workbook,
)
from tests.planner.tampered_answers import answers


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


def counter_elsewhere_in_the_model(folder: Path) -> None:
    level, layout, _ = a_centre()
    away = [replace(i, polygon=tuple((x, y - 20) for x, y in i.polygon), insert_mm=(i.insert_mm[0], i.insert_mm[1] - 20))
            if i.id == "n1" else i for i in layout.items]  # fmt: skip
    (folder / "architect/model.glb").write_bytes(model_of(level, replace(layout, items=tuple(away))))


def storey_moved_in_the_model(folder: Path) -> None:
    """Corners and names as they were, the storey's node two metres off."""
    file = folder / "architect/model.glb"
    data = file.read_bytes()
    (size,) = struct.unpack_from("<I", data, 12)
    told = json.loads(data[20 : 20 + size])
    (root,) = told["scenes"][0]["nodes"]
    told["nodes"][told["nodes"][root]["children"][0]]["matrix"] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 2, 0, 0, 1]
    text = json.dumps(told).encode()
    text += b" " * (-len(text) % 4)
    rest = data[20 + size :]
    head = struct.pack("<5I", 0x46546C67, 2, 20 + len(text) + len(rest), len(text), 0x4E4F534A)
    file.write_bytes(head + text + rest)


def no_seats_in_the_model(folder: Path) -> None:
    level, layout, _ = a_centre()
    kept = tuple(i for i in layout.items if i.kind != "seat")
    (folder / "architect/model.glb").write_bytes(model_of(level, replace(layout, items=kept)))


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
    (model.things_stand_in_the_model, counter_elsewhere_in_the_model),
    (model.things_stand_in_the_model, no_seats_in_the_model),
    (model.things_stand_in_the_model, storey_moved_in_the_model),
    (roster_files.the_calendar_holds_every_duty, duty_left_out_of_the_calendar),
    (roster_files.the_workbook_holds_every_duty, duty_left_out_of_the_workbook),
    (roster_files.the_workbook_s_hours_add_up, hours_changed_in_the_workbook),
    (report.the_report_quotes_the_answers, number_changed_in_the_report),
    (report.nobody_is_named_outside_the_manager_s_folder, person_named_in_the_report),
    (report.nobody_is_named_outside_the_manager_s_folder, person_named_in_the_drawing),
)
