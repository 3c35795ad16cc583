"""Wishes about a bank that stands in several lines, as it does when demand grows: what binds which of them.

The lines of a bank are alike: as many positions each (the first ones one more where they do not divide), served from one queue.
near, near_entrance   one line is near, the first; which of equal lines it is nobody minds
apart, keep_out       each line keeps away
sees                  from each line; a bank to be seen is seen where its first line is

All lines of one wish keep its id: it is told, tried without and taken away as one. Rooms in several places are bound alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import product

from solvers.placement.wish import Wish

LINE = re.compile(r"(.+)-\d+")  # how solvers/programme.py names the lines of a bank
ONE_OF_MODULE = ("near_entrance", "near")
ONE_OF_OTHER = ("near", "sees")


def lines_of(name: str, modules: Set[str], banks: Set[str]) -> tuple[str, ...]:
    """The modules that a wish means by a name: that module, the lines of a bank, the bank of a line that is one no more."""
    if not name or name in modules:
        return (name,)
    if name in banks:
        return tuple(sorted((m for m in modules if (line := LINE.fullmatch(m)) and line[1] == name), key=_number))
    line = LINE.fullmatch(name)
    if line and line[1] in banks:
        return (line[1],) if line[1] in modules else lines_of(line[1], modules, banks)
    return ()


def _number(line: str) -> int:
    return int(line.rpartition("-")[2])


def bound(wish: Wish, modules: Sequence[Set[str]], banks: Set[str]) -> tuple[Wish, ...]:
    """The wish as it binds single modules. `modules`: those of each storey; for wishes about two, lines on one are taken."""
    everywhere = {m for here in modules for m in here}
    mine, others = (lines_of(name, everywhere, banks) for name in (wish.module, wish.other))
    pairs = [(m, o) for m, o in product(mine, others) if not o or any({m, o} <= here for here in modules)]
    pairs = pairs or list(product(mine, others))
    if wish.kind in ONE_OF_MODULE:
        pairs = pairs[:1]
    elif wish.kind in ONE_OF_OTHER:
        pairs = [next(pair for pair in pairs if pair[0] == m) for m in dict.fromkeys(m for m, _ in pairs)]
    return tuple(replace(wish, module=m, other=o) for m, o in pairs)
