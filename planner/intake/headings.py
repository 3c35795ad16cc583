"""Which column is which: headings of other systems, in five languages, brought to our roles."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from layouts.findings import BadInput
from planner.reading import shown

SAME_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ـ": ""})
SAME_LATIN = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d"})  # these do not come apart into letter and accent


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The kind of file, and for each role found the place of its column and its heading as given."""

    kind: str
    at: Mapping[str, int]
    headings: Mapping[str, str]


@cache
def table() -> Mapping[str, Any]:
    """columns.toml."""
    return tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text("utf-8"))


def kinds() -> tuple[str, ...]:
    return tuple(name for name, part in table().items() if "required" in part)


def plain_heading(text: object) -> str:
    """A heading as it is compared: small letters and digits only, no accents, nothing in brackets."""
    whole = str(text or "").split("(")[0].split("[")[0]
    apart = unicodedata.normalize("NFKD", whole.casefold().translate(SAME_LATIN).translate(SAME_ARABIC))
    return "".join(c for c in apart.translate(SAME_ARABIC) if c.isalnum())


def columns_of(cells: Sequence[object], given: Mapping[str, str], kind: str = "") -> Columns | None:
    """The roles of a row of headings; None where it is not a row of headings. `given`: role -> heading, by the user."""
    names = [plain_heading(cell) for cell in cells]
    for name in (kind,) if kind else kinds():
        at = _roles(names, table()[name]["roles"], given)
        if all(role in at for role in table()[name]["required"]):
            return Columns(kind=name, at=at, headings={role: shown(cells[n]) for role, n in at.items()})
    return None


def _roles(names: Sequence[str], roles: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> dict[str, int]:
    at: dict[str, int] = {}
    for role, known in roles.items():
        wanted = [plain_heading(given[role])] if role in given else [plain_heading(each) for each in (role, *known)]
        for heading in wanted:
            if heading and heading in names and names.index(heading) not in at.values():
                at[role] = names.index(heading)
                break
    return at


def check_given(given: Mapping[str, str]) -> None:
    """BadInput for a role that no kind of file has."""
    known = sorted({role for kind in kinds() for role in table()[kind]["roles"]})
    for role in given:
        if role not in known:
            raise BadInput("intake.unknown_role", place="--column", given=shown(role), known=", ".join(known))


def no_columns(file: str, rows: Sequence[tuple[int, Sequence[object]]], given: Mapping[str, str], kind: str = "") -> BadInput:
    """What is missing for the kind of file that the headings come nearest to."""
    best: tuple[int, str, list[str], int] | None = None
    for number, cells in rows:
        names = [plain_heading(cell) for cell in cells]
        for name in (kind,) if kind else kinds():
            at = _roles(names, table()[name]["roles"], given)
            missing = [role for role in table()[name]["required"] if role not in at]
            if best is None or len(at) > best[0]:
                best = (len(at), name, missing, number)
    matched, name, missing, number = best or (0, kind or kinds()[0], [], 1)
    headings = next((cells for n, cells in rows if n == number), ())
    found = shown(", ".join(str(cell) for cell in headings if cell not in (None, "")) or "-")
    if not matched:
        known = "; ".join(f"{each}: {', '.join(table()[each]['required'])}" for each in ((kind,) if kind else kinds()))
        return BadInput("intake.no_known_heading", file=file, place=f"row {number}", given=found, known=known)
    named = "\n".join(str(cell).strip() for cell in headings if cell not in (None, ""))
    return BadInput(
        "intake.no_columns", file=file, place=f"row {number}", given=found, kind=name, missing=", ".join(missing), names=named
    )


@cache
def weekday_names() -> Mapping[str, str]:
    """Plain names of weekdays in five languages -> mon … sun."""
    return {plain_heading(name): day for day, names in table()["weekdays"].items() for name in names}
