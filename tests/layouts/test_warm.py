"""What a check calls of compiled code is compiled before, once, and not a second time for arguments of another kind."""

from __future__ import annotations

import subprocess
import sys

from layouts.warm import kernels

CHECKS = """
from layouts.live import live_check, shifted
from layouts.standards import profile
from layouts.warm import kernels, warm_up
from tests.layouts.centre import a_centre

warm_up()
made = {f.__name__: list(f.signatures) for f in kernels()}
assert all(len(signatures) == 1 for signatures in made.values()), made
level, layout, programme = a_centre()
live = live_check(level, layout, programme, access=profile("iraq-default"), egress=profile("ibc-2021"))
live.moved(shifted(layout.items[0], dx_mm=300)).moved(shifted(layout.items[1], dx_mm=300))
now = {f.__name__: list(f.signatures) for f in kernels()}
assert now == made, now
"""


def test_neither_a_check_nor_one_after_a_move_compiles_what_was_not_compiled_before() -> None:
    told = subprocess.run([sys.executable, "-c", CHECKS], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def test_all_that_is_compiled_of_layouts_is_looked_for() -> None:
    assert {"mend_ways", "see", "touching_corners", "open_steps"} <= {f.__name__ for f in kernels()}
    assert not {"come", "strip"} & {f.__name__ for f in kernels()}  # written out in those that call them
