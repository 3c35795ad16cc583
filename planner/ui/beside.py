"""Threads beside the page that work one thing after another, and do not keep the program when it ends.

At its end the interpreter waits for what every such thread still has to do, all that waits included. What nobody will look at
any more is given up instead; only what is under way is waited for.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from weakref import WeakSet

_made: WeakSet[ThreadPoolExecutor] = WeakSet()


def one_thread(name: str) -> ThreadPoolExecutor:
    """A thread of its own for this work."""
    made = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
    _made.add(made)
    return made


def give_up_what_waits() -> None:
    """The program ends: nothing more is begun on any of them."""
    for each in list(_made):
        each.shutdown(wait=False, cancel_futures=True)
