"""What checks say. Codes and named values only; sentences live in the message catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FindingStatus = Literal["pass", "fail", "not_applicable", "not_checked"]
Severity = Literal["info", "warning", "error"]
Certainty = Literal["read", "from_memory", "default"]
Value = str | int | float


WitnessKind = Literal["route", "across", "circle", "area", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Geometry that shows a finding, whole millimetres in the level's frame.

    `route`: a walked line. `across`: the line from solid to solid at the narrowest point. `circle`: its middle, with
    `diameter_mm`. `area`: a ring of floor (what is taken; the rectangle that should be free). `place`: one point.
    """

    kind: WitnessKind
    points: tuple[tuple[int, int], ...]
    diameter_mm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result of one check.

    `clause` of the `profile` in its `edition` asks for it; `source`: where that was read, or that it is a planning default.
    `where` names ids of doors, items or rooms, or points as "x,y" in millimetres. `measured` and `required` are in `unit`.
    `values` are plain (`Value`), or a part that has words of its own: a mapping with `code` and `values`.
    """

    code: str
    status: FindingStatus
    severity: Severity
    certainty: Certainty
    profile: str
    edition: str = ""
    clause: str = ""
    source: str = ""
    measured: float | None = None
    required: float | None = None
    unit: str = ""
    where: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    witness: tuple[Witness, ...] = ()


def told_values(finding: Finding) -> dict[str, Any]:
    """What the sentence of a finding may name."""
    told = {k: getattr(finding, k) for k in ("measured", "required", "unit", "clause", "profile", "edition")}
    return told | {"where": ", ".join(finding.where)} | dict(finding.values)


class BadInput(ValueError):
    """What people gave cannot be read: one code, the file, the place in it and named values (exit code 2)."""

    def __init__(self, code: str, *, file: str = "", place: str = "", **values: Value) -> None:
        super().__init__(f"{code} file={file} place={place} {values}")
        self.code = code
        self.file = file
        self.place = place
        self.values = values
