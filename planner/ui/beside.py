"""Threads beside the page that work one thing after another, and do not keep the program when it ends.

At its end the interpreter waits for what every such thread still has to do, all that waits included. What nobody will look at
any more is given up instead; only what is under way is waited for.

A thread that calculates lets go of the interpreter when the page's own has asked for it for `LETS_GO_S`. A step of the hand
asks some ten times, as it lets go whenever it waits for the file: with Python's own 5 ms a step beside the rules took twice
as long.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakSet

LETS_GO_S = 0.002
_made: WeakSet[ThreadPoolExecutor] = WeakSet()


def one_thread(name: str) -> ThreadPoolExecutor:
    """A thread of its own for this work."""
    sys.setswitchinterval(LETS_GO_S)
    made = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
    _made.add(made)
    return made


def give_up_what_waits() -> None:
    """The program ends: nothing more is begun on any of them."""
    for each in list(_made):
        each.shutdown(wait=False, cancel_futures=True)
