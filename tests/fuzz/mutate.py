"""One mutant of a file: its bytes, its lines, or what its format is made of, changed at random."""

from __future__ import annotations

import random

from tests.fuzz.mutate_dxf import dxf_mutant
from tests.fuzz.mutate_markup import pdf_mutant, step_mutant, svg_mutant

NUMBERS = (b"nan", b"inf", b"1e300", b"-1e300", b"1e-300", b"0", b"-0.0", b"9" * 40, b"", b"0x1", b"-1", b"4294967296")
BY_FORMAT = {".dxf": dxf_mutant, ".svg": svg_mutant, ".ifc": step_mutant, ".pdf": pdf_mutant}


def mutant(body: bytes, suffix: str, other: bytes, dice: random.Random) -> tuple[str, bytes]:
    """(level, mutant): the format's own level half of the time, else lines or bytes; one in ten is also cut or spliced.

    `other` is a second file to splice with.
    """
    made: bytes | None = None
    strict = suffix == ".svg"  # one broken byte ends the reading of XML: mostly its attributes are changed
    level = dice.choice(("structure", "structure", "structure" if strict else "lines", "bytes"))
    if level == "structure" and suffix in BY_FORMAT:
        made = BY_FORMAT[suffix](body, dice)
    if made is None:
        level = "lines" if level == "lines" and suffix not in (".dwg", ".png", ".jpg") else "bytes"
        made = changed_lines(body, dice) if level == "lines" else changed_bytes(body, dice)
    if dice.randrange(10) == 0 and made:
        cut = dice.randrange(len(made))
        made = made[:cut] + (b"" if dice.randrange(2) else other[dice.randrange(len(other)) :])
        level = "cut"
    return level, made


def changed_bytes(body: bytes, dice: random.Random) -> bytes:
    """Bits flipped, pieces overwritten, doubled and taken out."""
    made = bytearray(body)
    for _ in range(dice.choice((1, 4, 16, 64))):
        if not made:
            break
        i, length = dice.randrange(len(made)), dice.choice((1, 2, 8, 64))
        action = dice.randrange(4)
        if action == 0:
            made[i] ^= 1 << dice.randrange(8)
        elif action == 1:
            made[i : i + length] = dice.randbytes(length)
        elif action == 2:
            made[i:i] = made[i : i + length]
        else:
            del made[i : i + length]
    return bytes(made)


def changed_lines(body: bytes, dice: random.Random) -> bytes:
    """Lines dropped, doubled, swapped, and replaced by rubbish or numbers that are none."""
    lines = body.split(b"\n")
    for _ in range(dice.choice((1, 3, 10, 60))):
        i, action = dice.randrange(len(lines)), dice.randrange(6)
        if action == 0:
            lines[i] = dice.randbytes(dice.randrange(1, 9))
        elif action == 1 and len(lines) > 2:
            del lines[i]
        elif action == 2:
            lines.insert(i, lines[dice.randrange(len(lines))])
        elif action == 3:
            lines[i] = lines[dice.randrange(len(lines))]
        elif action == 4:
            lines[i] = dice.choice(NUMBERS)
        elif lines[i]:
            line = bytearray(lines[i])
            line[dice.randrange(len(line))] ^= 1 << dice.randrange(8)
            lines[i] = bytes(line)
    return b"\n".join(lines)
