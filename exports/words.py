"""Codes as sentences. Catalogues are flat tables, one file per part of the program and language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


def say(code: str, values: Mapping[str, object], language: str = "en") -> str:
    """The sentence of `code` with its values filled in; KeyError for a code without words."""
    return sentences(language)[code].format_map(_Given(values))


@cache
def sentences(language: str) -> dict[str, str]:
    """All sentences of a language by code."""
    found: dict[str, str] = {}
    folder = resources.files("exports") / "words"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(f".{language}.toml"):
            found |= tomllib.loads(file.read_text("utf-8"))
    return found


class _Given(dict[str, object]):
    """Values by name; one that was not given stays visible by its name."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
