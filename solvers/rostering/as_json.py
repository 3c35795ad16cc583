"""A roster as plain data for JSON: ids only, no names."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from solvers.rostering.roster import Roster


def roster_to_json(roster: Roster) -> dict[str, Any]:
    """{solution, cover[], shortages[], assignments[], fairness{}, unmet_requests[]}; persons stand as their ids."""
    return {
        "solution": asdict(roster.record),
        "cover": [asdict(line) for line in roster.cover],
        "shortages": [asdict(shortage) for shortage in roster.shortages],
        "assignments": [asdict(duty) for duty in roster.assignments],
        "fairness": asdict(roster.fairness),
        "unmet_requests": [asdict(request) for request in roster.unmet_requests],
    }
