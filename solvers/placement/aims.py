"""What a project solves first (time, dignity and comfort, access, corruption) as open data: weights, wishes, the reason."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import resources

from layouts.findings import BadInput
from layouts.programme import Programme
from solvers.placement.problem import Weights
from solvers.placement.wish import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A problem to solve first: the weights it sets, kinds of banks it parts by `apart_m`, and why."""

    id: str
    reason: str
    weights: Weights
    apart_kinds: tuple[tuple[str, str], ...] = ()
    apart_m: float = 0.0

    def told(self) -> dict[str, object]:
        """The aim as plain data, for the answer's JSON: nothing that weighs is hidden."""
        return {
            "solves_first": self.id, "reason": self.reason, "weights": asdict(self.weights),
            "apart_kinds": [list(pair) for pair in self.apart_kinds], "apart_m": self.apart_m,
        }  # fmt: skip


@cache
def aims() -> dict[str, Aim]:
    """All aims by name, from aims.toml."""
    data = tomllib.loads(resources.files(__package__).joinpath("aims.toml").read_text("utf-8"))
    return {
        name: Aim(
            id=name,
            reason=entry["reason"],
            weights=replace(Weights(), **entry.get("weights", {})),
            apart_kinds=tuple((a, b) for a, b in entry.get("apart_kinds", ())),
            apart_m=float(entry.get("apart_m", 0.0)),
        )
        for name, entry in data.items()
    }


def aim(name: str) -> Aim:
    """The aim of a name. BadInput `placement.unknown_aim` when there is none."""
    if name not in aims():
        raise BadInput("placement.unknown_aim", place="planning.solves_first", given=name, known=", ".join(aims()))
    return aims()[name]


def wishes_of(chosen: Aim, programme: Programme) -> tuple[Wish, ...]:
    """The wishes an aim brings: banks of the kinds it parts stand apart."""
    return tuple(
        Wish(id=f"{chosen.id}:{a.id}:{b.id}", kind="apart", module=a.id, other=b.id, within_m=chosen.apart_m)
        for one, other in chosen.apart_kinds
        for a in programme.banks
        if a.kind == one
        for b in programme.banks
        if b.kind == other
    )
