"""What a layer holds, by its name in many languages, unless people have said so (`Recipe.layers`)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

CLASSES = ("ignore", "stair", "column", "door", "window", "furniture", "name", "wall")  # the order in which words count


@cache
def words() -> dict[str, dict[str, dict[str, list[str]]]]:
    """The tables of words.toml."""
    return tomllib.loads(files("layouts.readers").joinpath("words.toml").read_text(encoding="utf-8"))


def plain_name(layer: str) -> str:
    """A layer's own name: bound xref prefixes (`file$0$NAME`, `file|NAME`) taken off, lower case."""
    lower = unicodedata.normalize("NFKC", re.split(r"\$\d+\$|\|", layer)[-1]).lower()
    return lower.replace("i\u0307", "i")  # the Turkish capital İ in lower case is i with a dot of its own


@cache
def guessed_class(layer: str) -> str:
    """The class a layer's name speaks of, empty if it speaks of none."""
    name = plain_name(layer)
    parts = set(re.split(r"[\W\d_]+", name))
    tables = words()["layers"]
    met = {
        kind: {*parts.intersection(tables["short"][kind]), *(word for word in tables["long"][kind] if word in name)}
        for kind in CLASSES
    }
    every = {word for found in met.values() for word in found}
    for kind in CLASSES:
        # a word that is a part of another word that was met says nothing: the Arabic door stands within the windows
        if any(not any(word != other and word in other for other in every) for word in met[kind]):
            return kind
    return ""


def class_of(layer: str, said: Mapping[str, str]) -> str:
    """The class of a layer: what people said, else what its name says."""
    return said.get(layer) or guessed_class(layer)


def door_use(text: str) -> str:
    """The use of a door that a text speaks of, empty if none."""
    low = unicodedata.normalize("NFKC", text).lower()
    table: Mapping[str, list[str]] = words()["doors"]  # type: ignore[assignment]
    return next((use for use, names in table.items() if any(name in low for name in names)), "")


def hall_rank(name: str) -> int | None:
    """How clearly a room's name says that it is the hall: 0 is clearest, None is not at all."""
    low = unicodedata.normalize("NFKC", name).lower()
    names: list[str] = words()["halls"]["names"]  # type: ignore[assignment]
    # Latin names must stand as words of their own ("hallway" is no hall); other scripts join articles to them
    parts = " " + " ".join(re.findall(r"[^\W_]+", low)) + " "
    return next(
        (rank for rank, word in enumerate(names) if (f" {word} " in parts if word.isascii() else word in low)), None
    )
