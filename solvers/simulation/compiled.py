"""Compiling to machine code, once per machine: the result is kept on disk beside the source or in the user's cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Machine code that runs beside other threads. All that a compiled function calls stands in the same file: the
    cache looks only at the age of the file of the function itself."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
