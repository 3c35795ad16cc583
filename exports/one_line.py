"""Text from people on one line: what would break a line, steer a terminal or stop a reader of XML becomes a space."""

from __future__ import annotations

JOINERS = "\u200c\u200d\u200e\u200f"
"""How letters of Persian join, and which way a word runs: nothing of them is seen, yet words need them."""


LONGEST_DRAWN = 60
"""Letters of a name that a drawing has room for beside what it names."""


def one_line(text: str) -> str:
    """The text with a space for each sign that nobody can see: control codes, line ends, half surrogates, overrides."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c in JOINERS else " " for c in text)


STEERING = dict.fromkeys((*range(32), *range(127, 160), *range(0x202A, 0x202F)), " ")


def steady(text: str) -> str:
    """The text without control codes and without the marks that turn all that follows them round, also beside it."""
    return text.translate(STEERING) if not text.isprintable() else text


def drawn(name: str) -> str:
    """A name as a drawing shows it: on one line, cut where it would run across everything else."""
    line = " ".join(one_line(name).split())
    return line if len(line) <= LONGEST_DRAWN else line[: LONGEST_DRAWN - 1].rstrip() + "…"
