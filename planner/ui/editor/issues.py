"""What the screen shows of broken rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Points = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A broken rule on the plan: hatched `rings`, dashed `lines`, an icon and a short text `at` a place.

    `ids` keys of the parts concerned; `severity` error | warning; `short` such as "710 mm < 900 mm", `clause` where that
    stands; `text` the whole sentence.
    """

    ids: tuple[str, ...] = ()
    severity: str = "error"
    at: tuple[int, int] | None = None
    short: str = ""
    clause: str = ""
    text: str = ""
    rings: tuple[Points, ...] = ()
    lines: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Issues, the routes visitors walk, and the flow score (0-100) with its change from the reference.

    No score where it was not measured (yet); `routes` None where they were not looked for.
    """

    issues: tuple[Issue, ...] = ()
    score: float | None = None
    change: float | None = None
    routes: tuple[Points, ...] | None = None

    def plain(self) -> dict[str, Any]:
        """As the browser reads it."""
        flow = None if self.score is None else {"score": self.score, "change": self.change}
        return {"issues": [asdict(i) for i in self.issues], "flow": flow, "routes": self.routes}
