"""How a command ended, as one number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DONE = 0
CHECK_FAILED = 1
BAD_INPUT = 2
NO_PLAN = 3
NOTHING_FOUND = 4
BROKEN = 70  # our own fault: the traceback is printed and nobody should take it for a failed check
CANCELLED = 130

BY_STATUS = {"infeasible": NO_PLAN, "unknown": NOTHING_FOUND, "cancelled": CANCELLED}


def exit_code(answer: Mapping[str, Any]) -> int:
    """The exit code an answer asks for: its solution's status first, then failed checks and shortages."""
    status = (answer.get("solution") or {}).get("status")
    if status in BY_STATUS:
        return BY_STATUS[status]
    return CHECK_FAILED if failures(answer) or answer.get("shortages") else DONE


def failures(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings that failed. Warnings and information are told but do not fail a command."""
    return [f for f in answer.get("findings", ()) if f["status"] == "fail" and f["severity"] == "error"]
