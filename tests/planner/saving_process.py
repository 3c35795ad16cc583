"""A process that saves without end and says after each save that it is done; it is there to be killed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from planner.project import Project
from planner.storage import open_document


def gesture(project: Project, number: int) -> Project:
    """One change that touches far-apart parts of the document with the same number, so that half of it would show."""
    site = replace(project.site, name=f"gesture {number}")
    return replace(project, site=site, costs=replace(project.costs, source=f"gesture {number}"))


def main() -> None:
    document = open_document(Path(sys.argv[1]))
    assert not document.read_only, document.writer
    document.redo()  # the one before may have died between its undo and its redo
    number = len(document.history())
    print("ready", flush=True)
    while True:
        number += 1
        document.save(gesture(document.project, number), f"gesture {number}")
        print(number, flush=True)
        if number % 10 == 0:
            document.attach("plan.dxf", str(number).encode() * 20_000)
        if number % 7 == 0:
            document.undo()
            document.redo()


if __name__ == "__main__":
    main()
