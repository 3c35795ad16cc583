"""Text from people, made safe for DXF: it must be shown, never obeyed."""

from __future__ import annotations

from exports.one_line import one_line

XDATA_BYTES = 240


def mtext(lines: tuple[str, ...]) -> str:
    """MTEXT content: codes are escaped, `%%` is parted by an empty group, lines are parted by paragraph marks."""
    return "\\P".join(_escaped(one_line(line)) for line in lines)


def _escaped(line: str) -> str:
    safe = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("^", "^ ")
    while "%%" in safe:
        safe = safe.replace("%%", "%{}%")
    return safe


def pieces(text: str) -> list[str]:
    """Text cut for XDATA, whose strings hold at most 255 bytes; joined they are the text again."""
    found, piece = [], ""
    for c in one_line(text):
        if len((piece + c).encode()) > XDATA_BYTES:
            found.append(piece)
            piece = ""
        piece += c
    return [*found, piece]
