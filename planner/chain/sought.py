"""Under what an alternative was sought, for people: a code with values in place of the search's own shorthand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


def sought(condition: str, banks: Mapping[str, str]) -> Json:
    """`side:cashier:-1` as {code, values}: the cashier, by its name, at the right of the way. `banks`: names by id."""
    kind, _, rest = condition.partition(":")
    if kind == "side":
        bank, _, side = rest.rpartition(":")
        code = "placement.sought.left" if side == "1" else "placement.sought.right"
        return _part(code, bank=banks.get(bank, bank))
    if kind == "typology":
        name = rest.partition(":")[0]
        return _part("placement.sought.walls", typology=_part(f"report.typology.{name}"))
    if kind == "spine":
        return _part("placement.sought.aisle", number=rest.rpartition("/")[2])
    return _part("placement.sought.free")


def _part(code: str, **values: Any) -> Json:
    return {"code": code, "values": values}
