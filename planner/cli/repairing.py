"""What `centreline roster` takes for a repair, and what it prints for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layouts.findings import BadInput
from planner.cli.output import print_facts, print_table

if TYPE_CHECKING:
    from planner.source import ProjectSource
    from solvers.rostering.repair import Absence

MOST_ROWS = 60
CHANGE = ("date", "person", "was", "now")
SHORTAGE = ("date", "start_min", "skill", "needed", "present", "missing")


def asked_to_mend(source: ProjectSource, told: Sequence[str]) -> tuple[Any, tuple[Absence, ...]]:
    """The roster to mend (None: a new one) and who is away: from a file's path, from `ID:DATE`, or from both.

    BadInput `roster.not_an_absence` for anything else, `roster.none_to_mend` where the project has no roster yet.
    """
    from planner.answers import newest
    from planner.chain.mending import absence_told, to_mend
    from planner.folder import read_json
    from planner.source import ROSTER

    absences: list[Absence] = []
    earlier: Any = None
    for text in told:
        absence = absence_told(text)
        if absence is not None:
            absences.append(absence)
        elif earlier is None and Path(text).suffix == ".json":
            earlier = read_json(Path(text))
        else:
            raise BadInput("roster.not_an_absence", place="--repair", value=text)
    if not absences:
        return earlier, ()
    if earlier is None:
        kept = newest(source.answers, ROSTER)
        if kept is None:
            raise BadInput("roster.none_to_mend", file=str(source.path))
        earlier = kept.body
    if not isinstance(earlier, dict):
        raise BadInput("roster.not_a_roster", place="--repair", reason=type(earlier).__name__)
    return to_mend(earlier, absences), tuple(absences)


def print_roster(answer: dict[str, Any]) -> None:
    """The roster in figures, then what a repair changed and what is short; persons by their ids."""
    record, fairness, gap = answer["solution"], answer.get("fairness") or {}, answer["solution"].get("gap")
    duties, shortages = answer.get("assignments") or [], answer.get("shortages") or []
    print_facts(
        {
            "status": record["status"],
            "from": answer["start_date"],
            "weeks": answer["weeks"],
            "duties": len(duties),
            "people": len({d["person"] for d in duties}),
            "hours_missing": sum(s["missing"] for s in shortages) * answer["interval_min"] / 60,
            "within_percent": "-" if gap is None else round(100 * gap, 1),
            **{k: fairness[k] for k in ("lowest_share", "highest_share", "mean_share") if k in fairness},
            "seconds": record["seconds"],
        }
    )
    for columns, rows in ((CHANGE, answer.get("changes")), (SHORTAGE, shortages)):
        if rows:
            print_table(columns, [[row[c] for c in columns] for row in rows[:MOST_ROWS]])
            if len(rows) > MOST_ROWS:
                print_table(("…",), [[f"+ {len(rows) - MOST_ROWS}"]])
