"""The examples that ship with the product: in a checkout they stand in examples/, in the wheel beside this file."""

from __future__ import annotations

import shutil
from pathlib import Path

from layouts.findings import BadInput

# template name -> example folder
TEMPLATES = {"dahuk": "dahuk", "labour": "dahuk", "justice": "justice"}
SIZES = ("medium",)


def examples_folder() -> Path:
    """Where the examples are."""
    here = Path(__file__).resolve().parent
    bundled = here / "examples"
    return bundled if bundled.is_dir() else here.parent / "examples"


def example(template: str, size: str = "medium") -> Path:
    """The example folder of a template; BadInput for a template or size that is not there."""
    if template not in TEMPLATES:
        raise BadInput("new.unknown_template", given=template, known=", ".join(TEMPLATES))
    if size not in SIZES:
        raise BadInput("new.unknown_size", given=size, known=", ".join(SIZES))
    folder = examples_folder() / TEMPLATES[template]
    if not (folder / "project.toml").is_file():
        raise BadInput("new.example_missing", file=str(folder), template=template)
    return folder


def copy_example(template: str, size: str, target: Path) -> None:
    """A new project folder `target` from a template, with the comments of its files; computed answers stay behind."""
    source = example(template, size)
    if target.exists():
        raise BadInput("new.exists", file=str(target))
    try:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".answers", "__pycache__", "*.py"))
    except OSError as error:
        raise BadInput("document.unwritable", file=str(target), reason=error.strerror or "") from None
