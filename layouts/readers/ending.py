"""Where a DXF file breaks off: one not saved or copied whole lacks the marks that close a section and the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from layouts.findings import BadInput, Value

BINARY_DXF = b"AutoCAD Binary DXF\r\n\x1a\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The last line there is, the section it stands in (`-`: in none), and what was to come."""

    line: int
    section: str
    expected: str

    @property
    def values(self) -> dict[str, Value]:
        """For a message."""
        return {"line": self.line, "section": self.section, "expected": self.expected}

    def refusal(self, file: str) -> BadInput:
        """That nothing of a plan stands before that."""
        return BadInput("dxf.truncated", file=file, line=self.line, section=self.section, expected=self.expected)


def breaks_off(path: Path) -> Ending | None:
    """Where the file breaks off; None where it ends as a drawing does, or is binary and has no lines."""
    content = path.read_bytes()
    if content.startswith(BINARY_DXF):
        return None
    lines = [line.strip() for line in content.decode("latin-1").splitlines()]
    section = "-"
    for number, (code, value) in enumerate(pairwise(lines)):
        if code != "0":
            continue
        if value == "EOF":
            return None
        if value == "SECTION":
            section = lines[number + 3][:40] if lines[number + 2 : number + 3] == ["2"] and number + 3 < len(lines) else "?"
        elif value == "ENDSEC":
            section = "-"
    return Ending(line=len(lines), section=section, expected="EOF" if section == "-" else "ENDSEC")
