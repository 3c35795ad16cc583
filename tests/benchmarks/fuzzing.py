"""Mutants of real drawings: bytes flipped, lines dropped, doubled and swapped, numbers replaced, files cut and spliced."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from layouts.findings import BadInput
from layouts.readers.fenced import read_fenced
from layouts.readers.read import read_plan

NUMBERS = (b"nan", b"inf", b"1e300", b"-1e300", b"1e-300", b"0", b"-0.0", b"9" * 40, b"", b"0x1", b"-1", b"4294967296")


@dataclass(slots=True)
class Outcome:
    """How many mutants ended how, the slowest, and every failure that was no sentence."""

    counts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    slowest: str = ""
    broken: list[str] = field(default_factory=list)


def mutant(content: bytes, dice: random.Random) -> bytes:
    """One mutant; one in six is also cut or spliced."""
    lines = content.split(b"\n")
    for _ in range(dice.choice((1, 3, 10, 60))):
        i, action = dice.randrange(len(lines)), dice.randrange(6)
        if action == 0:
            lines[i] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 9)))
        elif action == 1 and len(lines) > 2:
            del lines[i]
        elif action == 2:
            lines.insert(i, lines[dice.randrange(len(lines))])
        elif action == 3:
            lines[i] = lines[dice.randrange(len(lines))]
        elif action == 4:
            lines[i] = dice.choice(NUMBERS)
        else:
            line = bytearray(lines[i])
            if line:
                line[dice.randrange(len(line))] ^= 1 << dice.randrange(8)
            lines[i] = bytes(line)
    made = b"\n".join(lines)
    if dice.randrange(6) == 0 and made:
        cut = dice.randrange(len(made))
        made = made[:cut] if dice.randrange(2) else made[:cut] + made[dice.randrange(len(made)) :]
    return made


def fuzz(files: list[Path], runs: int, seed: int, folder: Path, *, fenced: bool = False) -> Outcome:
    """Read `runs` mutants of the files; each must end as a plan or as one BadInput.

    `fenced`: each in a process of its own, for readers on native libraries.
    """
    read = read_fenced if fenced else read_plan
    dice, outcome = random.Random(seed), Outcome()
    contents = [(path, path.read_bytes()) for path in files]
    for run in range(runs):
        path, content = dice.choice(contents)
        target = folder / f"mutant{path.suffix}"
        target.write_bytes(mutant(content, dice))
        begun = time.monotonic()
        try:
            read(target, unit=dice.choice((None, None, "mm")))
            outcome.counts["read"] += 1
        except BadInput as refused:
            outcome.counts["refused"] += 1
            outcome.codes[refused.code] += 1
        except Exception as failure:
            outcome.counts["broken"] += 1
            outcome.broken.append(f"{path.name} run {run} seed {seed}: {type(failure).__name__}: {failure}"[:200])
            kept = folder / f"broken-{seed}-{run}{path.suffix}"
            kept.write_bytes(target.read_bytes())
        took = time.monotonic() - begun
        if took > outcome.slowest_s:
            outcome.slowest_s, outcome.slowest = took, f"{path.name} run {run}"
    return outcome
