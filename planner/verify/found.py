"""What a check of a package says, and how it reads what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layouts.findings import Finding, Value

PROFILE = "package"


class Missing(Exception):
    """A field that a check needs is not in the package; `path` names it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def need(data: Any, *path: str) -> Any:
    """The value at a path of nested objects; Missing names the path up to where it ends."""
    for k, key in enumerate(path):
        if not isinstance(data, Mapping) or key not in data:
            raise Missing(".".join(path[: k + 1]))
        data = data[key]
    return data


def passed(code: str, **values: Value) -> Finding:
    return Finding(code=code, status="pass", severity="info", certainty="read", profile=PROFILE, values=values)


def failed(
    code: str,
    *where: str,
    measured: float | None = None,
    required: float | None = None,
    unit: str = "",
    **values: Value,
) -> Finding:
    """A failed check with its place; `measured` and `required` are in `unit`."""
    return Finding(
        code=code,
        status="fail",
        severity="error",
        certainty="read",
        profile=PROFILE,
        measured=measured,
        required=required,
        unit=unit,
        where=where,
        values=values,
    )


def unchecked(code: str, **values: Value) -> Finding:
    return Finding(code=code, status="not_checked", severity="info", certainty="read", profile=PROFILE, values=values)


def all_or(failures: list[Finding], code: str, **values: Value) -> list[Finding]:
    """The failures, or one pass with what was looked at."""
    return failures or [passed(code, **values)]
