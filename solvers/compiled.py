"""Compiling to machine code, once per machine: the result is kept on disk beside the source or in the user's cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.core.options import DefaultOptions

F = TypeVar("F", bound=Callable[..., object])

UNCOUNTED: dict[str, Any] = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}
"""No counting of references: the compiled code makes no arrays, its caller holds them all. Counting costs half the speed
(measured); a numba without the switch gives the same results."""


def compiled(function: F) -> F:
    """Machine code that runs beside other threads. All that a compiled function calls stands in the same file: the
    cache looks only at the age of the file of the function itself."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy", **UNCOUNTED)(function))


def inlined(function: F) -> F:
    """The same for a small function that is written out wherever it is called: passing it a day's arrays costs more than
    what it does."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True, **UNCOUNTED)(function))
