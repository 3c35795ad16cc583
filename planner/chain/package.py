"""A package as a folder that appears whole or not at all: written beside its place, the manifest last, then moved in."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.engine import engine

MANIFEST, ANSWERS = "manifest.json", "answers.json"
PRODUCT = "centreline"
LARGEST_MANIFEST = 10_000_000


def check_place(folder: Path) -> None:
    """BadInput when DIR holds anything but an earlier package of ours: we replace no other person's files."""
    if not folder.exists() or is_package(folder):
        return
    if not folder.is_dir():
        raise BadInput("package.not_a_folder", file=str(folder))
    if any(folder.iterdir()):
        raise BadInput("package.folder_in_use", file=str(folder))


def is_package(folder: Path) -> bool:
    """Whether a manifest of ours stands in the folder."""
    file = folder / MANIFEST
    if not file.is_file() or file.stat().st_size > LARGEST_MANIFEST:
        return False
    try:
        told = json.loads(file.read_text("utf-8"))
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("product") == PRODUCT


@contextmanager
def new_package(folder: Path) -> Iterator[Path]:
    """A folder to write into; when all went well it stands at `folder`, in place of an earlier package."""
    check_place(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
    except OSError as error:
        raise BadInput("document.unwritable", file=str(folder), reason=error.strerror or "") from None
    try:
        whole = part / "whole"  # a folder of its own, as mkdtemp's is private to its maker
        whole.mkdir()
        yield whole
        write_manifest(whole)
        if folder.exists():
            folder.replace(part / "before")
        whole.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_answers(folder: Path, answers: Any) -> None:
    text = json.dumps(answers, ensure_ascii=False, allow_nan=False, indent=1)
    (folder / ANSWERS).write_text(text + "\n", "utf-8")


def write_manifest(folder: Path) -> None:
    """SHA-256 of every file but the manifest itself."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    sums = {p.relative_to(folder).as_posix(): _sum(p) for p in files}
    told = {"product": PRODUCT, "engine": engine(), "files": sums}
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
