"""Components of our own are known before a page is served: a tab that was opened earlier would never learn of a later one."""

from __future__ import annotations

import subprocess
import sys

KNOWN = """
import pkgutil
from importlib import import_module
from panel.custom import JSComponent
import planner.ui.server  # it brings in the shell
from planner.ui.pages import bring_in

def ours():
    return {c.__qualname__ for c in JSComponent.__subclasses__() if c.__module__.startswith("planner.")}

bring_in()
early = ours()
for module in pkgutil.walk_packages(planner.ui.__path__, "planner.ui."):
    import_module(module.name)
print(len(early), *sorted(ours() - early))
"""


def test_every_component_is_known_before_a_page_is_served():
    run = subprocess.run([sys.executable, "-c", KNOWN], capture_output=True, text=True, timeout=120, check=True)
    count, *late = run.stdout.split()
    assert int(count) >= 6
    assert late == []
