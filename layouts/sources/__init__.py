"""Where figures come from: the ids that sources are named by in projects and tables, and what stands behind each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

ID = re.compile(r"\bS\d{1,3}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of the list of sources."""

    id: str
    citation: str


@cache
def sources() -> tuple[Source, ...]:
    """All sources, by number."""
    data = tomllib.loads(resources.files(__package__).joinpath("sources.toml").read_text("utf-8"))
    return tuple(Source(id=id, citation=data[id]) for id in sorted(data, key=lambda id: int(id[1:])))


def cited(texts: Iterable[str]) -> tuple[Source, ...]:
    """The sources that texts name, by number. Ids of other lists (a project's own) are left to their texts."""
    named = {id for text in texts for id in ID.findall(text)}
    return tuple(source for source in sources() if source.id in named)
