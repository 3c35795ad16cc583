"""The manifest: every file is there, unchanged, and none besides."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import MANIFEST, Contents
from planner.verify.found import Missing, all_or, failed

WANTED = ("answers.json", "architect/plan.dxf", "manager/roster.xlsx", "manager/roster.ics", "report/report.html")


def _sums(manifest: Any) -> dict[str, str]:
    """Path -> SHA-256, from {files: {path: sum}} or {files: [{path, sha256}]}."""
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if isinstance(files, dict):
        return {str(k): str(v.get("sha256") if isinstance(v, dict) else v) for k, v in files.items()}
    if isinstance(files, list):
        return {str(f["path"]): str(f["sha256"]) for f in files}
    raise Missing("manifest.files")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_match_the_manifest(c: Contents) -> list[Finding]:
    """SHA-256 of every file: all that are listed are there and match, and no other file lies in the folder."""
    code = "verify.files_match"
    listed = _sums(c.manifest)
    here = set(c.files) - {MANIFEST}
    wrong = [failed(code, name, problem="missing") for name in sorted(listed.keys() - here)]
    wrong += [failed(code, name, problem="not_listed") for name in sorted(here - listed.keys())]
    for name in sorted(here & listed.keys()):
        if _sum(c.folder / name).lower() != listed[name].lower():
            wrong.append(failed(code, name, problem="changed"))
    return all_or(wrong, code, files=len(listed))


def the_deliverables_are_there(c: Contents) -> list[Finding]:
    """The files that a package must hold."""
    code = "verify.deliverables"
    return all_or([failed(code, n, problem="missing") for n in WANTED if n not in c.files], code, files=len(WANTED))
