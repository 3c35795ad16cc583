"""The examples that ship with the product: in a checkout they stand in examples/, in the wheel beside this file."""

from __future__ import annotations

import shutil
from pathlib import Path

from layouts.findings import BadInput

EXAMPLES = ("dahuk", "justice")


def examples_folder() -> Path:
    """Where the examples are."""
    here = Path(__file__).resolve().parent
    bundled = here / "examples"
    return bundled if bundled.is_dir() else here.parent / "examples"


def example(name: str) -> Path:
    """The folder of an example; BadInput where this installation lacks it."""
    folder = examples_folder() / name
    if not (folder / "project.toml").is_file():
        raise BadInput("new.example_missing", file=str(folder), template=name)
    return folder


def copy_example(name: str, target: Path) -> None:
    """A new project folder `target` from an example, with the comments of its files; computed answers stay behind."""
    source = example(name)
    if target.exists():
        raise BadInput("new.exists", file=str(target))
    try:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".answers", "__pycache__", "*.py"))
    except OSError as error:
        raise BadInput("document.unwritable", file=str(target), reason=error.strerror or "") from None
