"""answers.json: what each step answered, put together; people as ids. The report is made of the same table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exports.capacity_json import capacity_to_json
from planner.chain.asked import Asked, costs_to_json, programme_to_json
from planner.chain.demanding import areas_of, processes_of
from planner.chain.summing import assumptions, engine_json, project_summary

Json = dict[str, Any]
PRIVATE = ("unmet_requests", "findings")  # wishes of people stay in the manager's folder


def answers_of(asked: Asked, placed: Mapping[str, Any], roster: Mapping[str, Any] | None) -> Json:
    """All that was computed. `placed` is the placement's answer with fresh measures and findings."""
    shared = public_roster(roster) if roster else None
    return {
        "project": project_summary(asked),
        "capacity": capacity_to_json(asked.capacity),
        "programme": programme_to_json(asked.whole()),
        "costs": costs_to_json(asked),
        "areas": areas_of(asked.project),
        "processes": processes_of(asked.project) if asked.project.processes else None,
        "solution": placed["solution"],
        "measures": placed["measures"],
        "layout": placed["layout"],
        "findings": [*placed["findings"], *roster_faults(roster)],
        "not_checked": placed["not_checked"],
        "goals": placed.get("goals", {}),
        "phases": placed.get("phases", []),
        "verdict": placed.get("verdict"),
        "roster": shared,
        "assumptions": assumptions(asked, shared["closures"] if shared else ()),
        "engine": engine_json(),
    }


def public_roster(answer: Mapping[str, Any]) -> Json:
    """The roster without what people wished for and without hours that would tell their leave."""
    told = {k: v for k, v in answer.items() if k not in PRIVATE}
    persons = [{k: v for k, v in p.items() if k != "contract_min"} for p in told["fairness"]["persons"]]
    return told | {"fairness": told["fairness"] | {"persons": persons}}


def roster_faults(answer: Mapping[str, Any] | None) -> list[Json]:
    """Rules that the roster breaks: it is checked without the solver before anyone sees it."""
    return [f for f in (answer or {}).get("findings", ()) if f["status"] == "fail"]
