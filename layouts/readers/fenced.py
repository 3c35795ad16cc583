"""Reading in a process of its own, with a limit of time and of memory: no file can take the program down with it.

The process is spawned, never forked (Windows has no fork, and forking beside threads is unsound). Memory is limited by the
system: RLIMIT_DATA where there is one, a job object on Windows (written from its documentation, not yet tried on such a
machine); elsewhere only time is limited.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from layouts.readers.imported import Import, Recipe

MOST_SECONDS = 120.0
MOST_BYTES = 1_500_000_000
LAST_WORDS_S = 2.0
LOOK_EVERY_S = 0.1


def read_fenced(
    path: Path,
    *,
    unit: str | None = None,
    recipe: Recipe | None = None,
    seconds: float = MOST_SECONDS,
    most_bytes: int = MOST_BYTES,
    stop: Callable[[], bool] = lambda: False,
) -> Import:
    """`read_plan` in its own process; BadInput when it takes too long, too much memory, dies, or people `stop` it."""
    work = (_read, str(path), unit, recipe)
    made: Import = in_fence(*work, file=path.name, seconds=seconds, most_bytes=most_bytes, stop=stop)
    return made


def in_fence(
    function: Callable[..., Any], *arguments: Any, file: str, seconds: float, most_bytes: int = MOST_BYTES,
    stop: Callable[[], bool] = lambda: False,
) -> Any:  # fmt: skip
    """`function(*arguments)`, both to be had by name in another process, about that file; see `read_fenced`."""
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(
        target=_work, args=(there, most_bytes, function, arguments), name="reader", daemon=True
    )
    child.start()
    there.close()
    try:
        latest = time.monotonic() + seconds
        while not here.poll(LOOK_EVERY_S):
            if stop():
                raise BadInput("file.reading_stopped", file=file)
            if time.monotonic() > latest:
                raise BadInput("file.too_slow", file=file, seconds=round(seconds))
        answer = here.recv()
    except EOFError:
        child.join(LAST_WORDS_S)
        raise BadInput("file.reader_died", file=file, reason=_ended(child.exitcode)) from None
    finally:
        here.close()
        if child.is_alive() and not stop():
            child.join(0.2)
        if child.is_alive():
            child.kill()
        child.join(LAST_WORDS_S)
    return _opened(answer, file)


def _read(path: str, unit: str | None, recipe: Recipe | None) -> Import:
    from layouts.readers.read import read_plan

    return read_plan(Path(path), unit=unit, recipe=recipe)


def _ended(code: int | None) -> str:
    """How a process ended: `signal 11`, or its exit code."""
    return f"signal {-code}" if code is not None and code < 0 else f"exit {code}"


def _opened(answer: tuple[str, Any], file: str) -> Any:
    """What was made, or what went wrong in the other process raised here."""
    kind, content = answer
    if kind == "made":
        return content
    if kind == "memory":
        raise BadInput("file.too_much_memory", file=file, megabytes=MOST_BYTES // 1_000_000)
    if kind == "unit":
        from layouts.readers.units import UnitUnknown

        error = UnitUnknown(content["code"], file=content["file"], choices=content["choices"], header="")
        error.values = content["values"]
        raise error
    if kind == "refused":
        raise BadInput(content["code"], file=content["file"], place=content["place"], **content["values"])
    raise BadInput("file.reader_died", file=file, reason=str(content))


def _work(there: Connection, most_bytes: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """What the other process does: limit itself, work, send the answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear; it then ends this process
    limit_memory(most_bytes)
    there.send(_answer(function, arguments))
    there.close()


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """What was made, or its failure in parts that can be sent."""
    from layouts.readers.units import UnitUnknown

    try:
        return "made", function(*arguments)
    except UnitUnknown as error:
        parts = {"code": error.code, "file": error.file, "values": dict(error.values), "choices": error.choices}
        return "unit", parts
    except BadInput as error:
        return "refused", {
            "code": error.code,
            "file": error.file,
            "place": error.place,
            "values": dict(error.values),
        }
    except MemoryError:
        return "memory", None
    except Exception as error:  # the parent says it in one sentence; the kind of the error helps whoever mends it
        return "broken", f"{type(error).__name__}: {error}"[:200]


def limit_memory(most_bytes: int) -> bool:
    """Let this process allocate no more than that; False where the system offers no such limit."""
    if sys.platform == "win32":
        return _limit_on_windows(most_bytes)
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    except (ValueError, OSError):  # a lower limit is already in force
        return False
    return True


def _limit_on_windows(most_bytes: int) -> bool:
    """Put this process into a job object with a memory limit (JOB_OBJECT_LIMIT_PROCESS_MEMORY)."""
    import ctypes
    import struct

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = kernel.CreateJobObjectW(None, None)
    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION: LimitFlags at 16, ProcessMemoryLimit at 112 of 144 bytes (64 bit)
    limits = bytearray(144)
    struct.pack_into("<I", limits, 16, 0x100)
    struct.pack_into("<Q", limits, 112, most_bytes)
    block = (ctypes.c_char * 144).from_buffer(limits)
    done = kernel.SetInformationJobObject(ctypes.c_void_p(job), 9, block, 144)
    return bool(done and kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(kernel.GetCurrentProcess())))
