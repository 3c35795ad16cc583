"""Real plans read one after the other; the table of results is written beside this file.

Plans are looked for in $CENTRELINE_DATA/plans and in $CENTRELINE_PLANS (plans gathered from public repositories).
"""

from __future__ import annotations

import math
import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from layouts.findings import BadInput
from layouts.readers.imported import Import, Recipe
from layouts.readers.read import read_plan
from layouts.readers.units import TO_MM, UnitUnknown
from tests.benchmarks.area_truth import WITHIN as AREA_WITHIN
from tests.benchmarks.area_truth import Scored, scored
from tests.benchmarks.clinic_truth import score
from tests.benchmarks.held_out_plans import HELD_OUT, KIN, UNSEEN
from tests.benchmarks.real_plans import PLANS, RealPlan

HERE = Path(__file__).parent
TABLE = HERE / "import_plans.md"
DATA = Path(os.environ.get("CENTRELINE_DATA", HERE.parents[2] / "shared" / "data")) / "plans"
FOLDERS = [DATA, *(Path(f) for f in os.environ.get("CENTRELINE_PLANS", "").split(os.pathsep) if f)]
WITHIN = 0.005
TYPICAL_S = 3.0  # of processor: what typical files may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one plan was read: `unit` right | asked | told | wrong; `after` once the question is answered.

    `seconds` are of processor, and of the first reading: DWG is converted by another program, whose time is not in them.
    """

    plan: RealPlan
    unit: str
    after: str
    read: Import | None
    seconds: float
    note: str = ""


def path_of(plan: RealPlan) -> Path | None:
    return next((folder / plan.file for folder in FOLDERS if (folder / plan.file).exists()), None)


def measured(plan: RealPlan, path: Path) -> Result:
    begun = time.process_time()
    try:
        read = read_plan(path)
    except UnitUnknown:
        return answered(plan, path, "asked", begun)
    except BadInput as refused:
        seconds = time.process_time() - begun
        return Result(plan=plan, unit="refused", after="refused", read=None, seconds=seconds, note=refused.code)
    if read.ask:
        return answered(plan, path, "asked", begun)
    right = plan.mm == 0 or math.isclose(read.scale_to_mm, plan.mm, rel_tol=WITHIN)
    told = any(w.code.startswith("unit.") for w in read.warnings)
    unit = "right" if right else "wrong, told" if told else "WRONG IN SILENCE"
    return Result(plan=plan, unit=unit, after=unit, read=read, seconds=time.process_time() - begun)


def answered(plan: RealPlan, path: Path, unit: str, begun: float) -> Result:
    """The same plan read with its true scale, as a person would answer."""
    seconds = time.process_time() - begun
    if not plan.mm:
        return Result(plan=plan, unit=unit, after="not known", read=None, seconds=seconds)
    name = next((u for u, mm in TO_MM.items() if mm == plan.mm), None)
    try:
        read = read_plan(path, unit=name, recipe=Recipe(scale_to_mm=0 if name else plan.mm))
    except BadInput as refused:
        return Result(plan=plan, unit=unit, after="refused", read=None, seconds=seconds, note=refused.code)
    return Result(plan=plan, unit=unit, after="right", read=read, seconds=seconds)


def row(r: Result) -> str:
    cells = [r.plan.file, r.plan.source, f"{r.plan.mm:g}" if r.plan.mm else "?", r.plan.known_by, r.unit, r.after]
    if r.read is None:
        cells += ["", "", "", "", "", ""]
    else:
        level = r.read.plan.levels[0]
        named = sum(bool(s.name) for s in level.spaces)
        cells += [f"{r.read.outline_m2:.0f}", f"{r.read.confidence['outline']:.2f}"]
        cells += [str(len(level.walls)), str(len(level.doors)), f"{named}/{len(level.spaces)}"]
        codes = dict.fromkeys(w.code for w in r.read.warnings if w.code.startswith(("outline.", "walls.guessed", "drawings.")))
        cells.append(", ".join(codes))
    return "| " + " | ".join([*cells, f"{r.seconds:.1f}", r.note]) + " |"


HEAD = (
    "file",
    "from",
    "true mm",
    "known by",
    "unit unaided",
    "after one answer",
    "outline m²",
    "sure",
    "walls",
    "doors",
    "rooms named",
    "doubts of the outline",
    "s",
    "note",
)


def rates(results: list[Result]) -> str:
    """How often the unit was right, unaided and after one answer, and how often wrong in silence."""
    known = [r for r in results if r.plan.mm]
    right = sum(r.unit == "right" for r in known)
    after = sum(r.after == "right" for r in known)
    silent = sum(r.unit == "WRONG IN SILENCE" for r in results)
    told = sum(r.unit == "wrong, told" for r in results)
    least_one = max(len(known), 1)
    return (
        f"{len(results)} plans, of {len(known)} the true unit is known: right unaided {right} ({right / least_one:.0%}), "
        f"after one answer {after} ({after / least_one:.0%}); wrong with a warning {told}, wrong in silence {silent}"
    )


def rows(results: list[Result]) -> list[str]:
    return ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD), *map(row, results), ""]


def area_rows(areas: list[Scored]) -> list[str]:
    """Known areas beside measured ones."""
    lines = ["| file | what | known m² | measured m² | error | known by |", "|" + "---|" * 6]
    for a in areas:
        lines.append(f"| {a.file} | {a.what} | {a.known_m2:.2f} | {a.measured_m2:.2f} | {a.error:+.1%} | {a.known_by} |")
    return [*lines, ""]


def table(results: list[Result], held: list[Result], clinic: str, areas: list[Scored]) -> str:
    slow = max(results + held, key=lambda r: r.seconds)
    middle = sorted(r.seconds for r in results + held)[len(results + held) // 2]
    quick = sum(r.seconds < TYPICAL_S for r in results + held) / len(results + held)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    strangers = [r for r in held if r.plan.source not in KIN]
    unseen = [r for r in held if r.plan in UNSEEN]
    floors = [a for a in areas if a.what == "floor"]
    near, near_rooms = (sum(abs(a.error) <= AREA_WITHIN for a in found) for found in (floors, areas))
    rooms = len(areas) - len(floors)
    return "\n".join(
        [
            "# Real plans read",
            "",
            "Written by `tests/benchmarks/test_import_plans.py`; the plans stay outside the project.",
            "",
            f"* {rates(results)}.",
            *([f"* More plans, no limit set by them: {rates(held)}."] if held else []),
            *([f"* Of those, from sources that are not above: {rates(strangers)}."] if strangers else []),
            *([f"* Of those, fetched after the last rule was made: {rates(unseen)}."] if unseen else []),
            f"* Within 3 % of a known area: floors {near} of {len(floors)}, rooms {near_rooms - near} of {rooms}.",
            f"* Processor seconds: middle {middle:.1f}, slowest {slow.seconds:.1f} ({slow.plan.file}), "
            f"{quick:.0%} of the plans below {TYPICAL_S:g}; most memory: {peak:.0f} MB.",
            f"* Clinic against its makers' own figures: {clinic}.",
            "",
            *rows(results),
            "## Held out",
            "",
            *rows(held),
            "## Areas known from elsewhere",
            "",
            *area_rows(areas),
        ]
    )


def written(results: list[Result], held: list[Result]) -> list[Scored]:
    """The table of what was read so far, and the areas scored in it."""
    reads = {r.plan.file: r.read for r in results + held if r.read is not None}
    told, clinic = "not here", reads.get("derived-rmf-clinic-L1.dxf")
    if clinic is not None:
        s = score(clinic.plan, DATA / "rmf-clinic.building.yaml")
        told = (
            f"walls found {s.walls_found:.0%}, right {s.walls_right:.0%} (of their length, within 200 mm); "
            f"doors found {s.doors_found:.0%}, right {s.doors_right:.0%} of {s.doors}"
        )
        assert s.walls_found > 0.85 and s.doors_found > 0.85
    areas = scored(reads, DATA / "rmf-clinic.building.yaml")
    if any(r.plan.mm for r in results):
        TABLE.write_text(table(results, held, told, areas), "utf-8")
    return areas


def test_real_plans_are_right_or_openly_unsure() -> None:
    found = [(plan, path) for plan in PLANS if (path := path_of(plan)) is not None]
    if len(found) < 5:
        pytest.skip("no real plans here: set CENTRELINE_DATA and CENTRELINE_PLANS")
    results, held = list[Result](), list[Result]()
    for plan, path in found:
        results.append(measured(plan, path))
        written(results, held)  # after each plan: on a busy machine all of them take long
    for plan in HELD_OUT + UNSEEN:
        if (path := path_of(plan)) is not None:
            held.append(measured(plan, path))
            written(results, held)
    areas = written(results, held)
    print(TABLE.read_text("utf-8"))
    assert not [r.plan.file for r in results + held if r.unit == "WRONG IN SILENCE"]
    assert not [(a.file, a.error) for a in areas if a.what == "floor" and abs(a.error) > AREA_WITHIN]
