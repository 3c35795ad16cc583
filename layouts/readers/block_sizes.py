"""How many entities a drawing holds once its blocks are opened, counted without opening them: a bomb is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from ezdxf.document import Drawing

DEEPEST_BLOCK = 8


def opened_count(document: Drawing, off: Set[str]) -> int:
    """Entities of model space with every visible block reference opened, to the depth that is read."""
    return _Sizes(document, off).of(document.modelspace(), 0, ())


class _Sizes:
    """Each block is counted once a depth."""

    def __init__(self, document: Drawing, off: Set[str]) -> None:
        self.blocks = document.blocks
        self.off = off
        self.known: dict[tuple[str, int], int] = {}

    def of(self, entities: Iterable[Any], depth: int, path: tuple[str, ...]) -> int:
        total = 0
        for entity in entities:
            total += 1
            if entity.dxftype() != "INSERT" or depth >= DEEPEST_BLOCK:
                continue
            name = str(entity.dxf.get("name", "")).lower()
            if name in path or str(entity.dxf.get("layer", "0")).lower() in self.off:
                continue
            total += _copies(entity) * self.block(name, depth + 1, (*path, name))
        return total

    def block(self, name: str, depth: int, path: tuple[str, ...]) -> int:
        if (name, depth) not in self.known:
            block = self.blocks.get(name) if name else None
            self.known[name, depth] = self.of(block, depth, path) if block is not None else 0
        return self.known[name, depth]


def _copies(entity: Any) -> int:
    """Rows times columns of a reference."""
    return max(1, int(entity.mcount))
