"""What was laid out on a ground is kept for the next question on it: with a pin, all modules but one have the same modes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from solvers.placement.modes import Ground, Mode

T = TypeVar("T")


def is_pinned(modes: tuple[Mode, ...]) -> bool:
    """Has a module one place alone? What is made of it is not kept instead of what all its places give."""
    return len(modes) <= 1 and sum(run.hi - run.lo + 1 for mode in modes for run in mode.runs) <= 1


def kept(ground: Ground, name: tuple[str, ...], made_of: object, make: Callable[[], T], *, keep: bool = True) -> T:
    """What `make` gives, made once for the very object `made_of`. Of several under one name the first stays, if to `keep`."""
    known = ground.laid.get(name)
    if known is not None and known[0] is made_of:
        return known[1]  # type: ignore[return-value]
    made = make()
    if known is None and keep:
        ground.laid[name] = (made_of, made)
    return made
