"""Single deliverables from the stored answers: no optimiser runs here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.source import ProjectSource

Json = dict[str, Any]


def export_files(source: ProjectSource, wanted: Mapping[str, Path]) -> Json:
    raise BadInput("command.not_joined", command="export")
