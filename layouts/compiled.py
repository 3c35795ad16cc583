"""Compiling to machine code, once per machine: the result is kept on disk beside the source or in the user's cache."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.options import DefaultOptions

F = TypeVar("F", bound=Callable[..., object])

UNCOUNTED: dict[str, Any] = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}
"""No counting of references: the compiled code makes no arrays, its caller holds them all. Counting costs half the speed
(measured); a numba without the switch gives the same results."""


KEPT: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True} | UNCOUNTED
"""Kept on disk, beside other threads, zero divided as numpy does. Nobody calls from C: to write that way in as well takes a
fifth of all compiling (measured)."""


def compiled(function: F) -> F:
    """Machine code that runs beside other threads. All that a compiled function calls stands in the same file: the
    cache looks only at the age of the file of the function itself."""
    return cast(F, numba.njit(**KEPT)(function))


def inlined(function: F) -> F:
    """The same for a small function that is written out wherever it is called: passing it a day's arrays costs more than
    what it does."""
    return cast(F, numba.njit(forceinline=True, **KEPT)(function))


def lies_on_disk(function: Callable[..., object]) -> bool:
    """Whether a compiled function lies on disk for its file as it is now; False where that cannot be told."""
    source = Path(inspect.getfile(inspect.unwrap(getattr(function, "py_func", function))))
    stored = getattr(function, "_cache", None)
    folder = Path(getattr(stored, "cache_path", "") or "nowhere")
    found = folder.glob(f"{source.stem}.{function.__name__}-*.nbi")
    return max((file.stat().st_mtime for file in found), default=0.0) >= source.stat().st_mtime
