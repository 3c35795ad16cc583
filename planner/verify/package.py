"""All checks of a package, one after the other. The list is the specification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ezdxf.lldxf.const import DXFError
from openpyxl.utils.exceptions import InvalidFileException
from shapely.errors import ShapelyError

from layouts.findings import Finding
from planner.verify import counts, drawing, files, ground, model, optimum, reach, report, roster, roster_files, screening, sums
from planner.verify.contents import Contents, read_contents
from planner.verify.found import Missing, failed

# What broken files make their readers raise: each is a failed check here, never a silent one.
UNREADABLE = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    OSError,
    BadZipFile,
    DXFError,
    ShapelyError,
    InvalidFileException,
)

Check = Callable[[Contents], list[Finding]]

CHECKS: tuple[Check, ...] = (
    files.the_deliverables_are_there,
    files.files_match_the_manifest,
    ground.shapes_are_sound,
    ground.solids_never_overlap,
    ground.everything_lies_inside,
    ground.standing_rooms_are_what_they_are_taken_for,
    ground.nothing_stands_on_a_column,
    ground.clear_floor_is_free,
    ground.staff_and_public_share_no_floor,
    ground.counters_stand_at_the_border,
    reach.the_rules_are_the_profile_s,
    reach.everything_public_is_reached,
    reach.turning_circles_fit,
    reach.routes_are_walked_on_free_floor,
    reach.routes_say_what_they_are,
    reach.routes_lead_from_stop_to_stop,
    screening.nobody_comes_in_unscreened,
    counts.programme_follows_capacity,
    counts.banks_hold_what_capacity_asks,
    counts.rooms_and_islands_are_placed,
    counts.every_service_has_an_accessible_counter,
    optimum.the_layout_s_bound_holds,
    optimum.the_roster_s_bound_holds,
    drawing.the_drawing_declares_its_unit,
    drawing.the_drawing_is_sound,
    drawing.every_item_is_drawn_once,
    drawing.items_stand_where_the_answers_say,
    model.things_stand_in_the_model,
    roster.duties_are_lawful,
    roster.people_rest_and_keep_their_hours,
    roster.cover_is_what_the_duties_give,
    roster.shortages_are_named,
    roster.sums_per_person_are_right,
    roster.people_use_skills_they_hold,
    roster_files.the_calendar_holds_every_duty,
    roster_files.the_workbook_holds_every_duty,
    roster_files.the_workbook_s_hours_add_up,
    report.the_report_quotes_the_answers,
    report.nobody_is_named_outside_the_manager_s_folder,
    sums.walking_is_the_routes_sum,
    sums.measures_lie_in_their_ranges,
    sums.findings_are_not_silent,
)


def run(check: Check, contents: Contents) -> list[Finding]:
    """One check. What it cannot read is a failure that names the check: a package must be readable to be believed."""
    try:
        return check(contents)
    except Missing as missing:
        return [failed("verify.missing_field", missing.path, check=check.__name__)]
    except UNREADABLE as error:
        said = f"{type(error).__name__}: {error}"[:160]
        return [failed("verify.unreadable", check=check.__name__, said=said)]


def verify_package(directory: Path, *, names: Sequence[str] = ()) -> dict[str, Any]:
    """Check a delivered package again: {findings, not_checked, counts}. BadInput when it is no package at all.

    `names` are people's names, when the caller knows them; else they are taken from the manager's workbook.
    """
    contents = read_contents(Path(directory), names)
    found = [finding for check in CHECKS for finding in run(check, contents)]
    told = [asdict(f) | {"where": list(f.where), "values": dict(f.values)} for f in found]
    return {
        "findings": [f for f in told if f["status"] != "not_checked"],
        "not_checked": [f for f in told if f["status"] == "not_checked"],
        "counts": dict(Counter(f["status"] for f in told)),
    }
