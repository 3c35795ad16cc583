"""DXF changed as DXF: group codes, entities, sections, layers, and blocks that hold each other."""

from __future__ import annotations

import random

Pair = tuple[bytes, bytes]
NUMBERS = (b"nan", b"-inf", b"1e300", b"-1e308", b"1e-310", b"0.0", b"1e9", b"-1", b"0", b"2147483648", b"3.5", b"x")
KINDS = (b"LINE", b"LWPOLYLINE", b"POLYLINE", b"ARC", b"CIRCLE", b"ELLIPSE", b"SPLINE", b"HATCH", b"INSERT", b"TEXT", b"MTEXT")
KINDS += (b"SOLID", b"3DFACE", b"DIMENSION", b"VERTEX", b"SEQEND", b"BLOCK", b"ENDBLK", b"ENDSEC", b"SECTION", b"EOF", b"XXX")
MOST_COPIES = 40


def dxf_mutant(body: bytes, dice: random.Random) -> bytes | None:
    """The file with one to thirty changes; None where its lines are no pairs (binary or shifted already)."""
    lines = body.replace(b"\r\n", b"\n").split(b"\n")
    pairs = [(lines[i].strip(), lines[i + 1]) for i in range(0, len(lines) - 1, 2)]
    if not pairs or pairs[0][0] not in (b"0", b"999"):
        return None
    for _ in range(dice.choice((1, 2, 6, 30))):
        dice.choice(CHANGES)(pairs, dice)
    return b"\n".join(part for pair in pairs for part in pair) + b"\n"


def _entities(pairs: list[Pair]) -> list[int]:
    """Where things begin: group code 0."""
    return [i for i, (code, _) in enumerate(pairs) if code == b"0"]


def _entity(pairs: list[Pair], dice: random.Random) -> tuple[int, int]:
    """First and end of one thing."""
    starts = [*_entities(pairs), len(pairs)]
    if len(starts) < 2:
        return 0, 0
    k = dice.randrange(len(starts) - 1)
    return starts[k], starts[k + 1]


def _number(pairs: list[Pair], dice: random.Random) -> None:
    """A number that is none, or a huge one, in one entity or under one group code everywhere."""
    first, end = _entity(pairs, dice)
    spots = [i for i in range(first, end) if pairs[i][0].isdigit() and 10 <= int(pairs[i][0]) < 80]
    for i in spots if dice.randrange(3) == 0 else spots[:1]:
        pairs[i] = (pairs[i][0], dice.choice(NUMBERS))


def _value_of_another(pairs: list[Pair], dice: random.Random) -> None:
    """A value, a code or a whole pair taken from elsewhere."""
    if not pairs:
        return
    i, j = dice.randrange(len(pairs)), dice.randrange(len(pairs))
    pairs[i] = dice.choice(((pairs[i][0], pairs[j][1]), (pairs[j][0], pairs[i][1]), pairs[j]))


def _drop(pairs: list[Pair], dice: random.Random) -> None:
    first, end = _entity(pairs, dice)
    if dice.randrange(2) and first + 1 < end:
        del pairs[dice.randrange(first + 1, end)]
    else:
        del pairs[first:end]


def _copy(pairs: list[Pair], dice: random.Random) -> None:
    """A thing again, elsewhere, up to forty times."""
    first, end = _entity(pairs, dice)
    at = _entity(pairs, dice)[0]
    pairs[at:at] = pairs[first:end] * dice.choice((1, 1, 5, MOST_COPIES))


def _retype(pairs: list[Pair], dice: random.Random) -> None:
    first, end = _entity(pairs, dice)
    if first < end:
        pairs[first] = (b"0", dice.choice(KINDS))


def _layer(pairs: list[Pair], dice: random.Random) -> None:
    """Entities on another's layer, or on one of a strange name."""
    layers = [i for i, (code, _) in enumerate(pairs) if code == b"8"]
    if layers:
        name = dice.choice((pairs[dice.choice(layers)][1], b"A-WALL", b"", b"\xff\xfe", b"\\U+D800", b"W" * 3000))
        for i in dice.sample(layers, min(len(layers), dice.choice((1, 20)))):
            pairs[i] = (b"8", name)


def _blocks(pairs: list[Pair], dice: random.Random) -> None:
    """References to other blocks: blocks come to hold each other, and themselves."""
    names = [i for i, (code, _) in enumerate(pairs) if code == b"2"]
    inserts = [i for i, pair in enumerate(pairs) if pair == (b"0", b"INSERT")]
    if len(names) > 1 and inserts:
        at = dice.choice(inserts)
        block = next((i for i in names if i > at), names[-1])
        pairs[block] = (b"2", pairs[dice.choice(names)][1])
        pairs[at + 1 : at + 1] = dice.choice(([], [(b"70", b"30"), (b"71", b"30"), (b"44", b"1"), (b"45", b"1")]))


def _turn(pairs: list[Pair], dice: random.Random) -> None:
    """Extrusions, bulges, flags and sizes that no drawing has."""
    first, end = _entity(pairs, dice)
    if first < end:
        extra = dice.choice(
            (
                [(b"210", b"0"), (b"220", b"0"), (b"230", b"0")],
                [(b"210", b"0"), (b"220", b"0"), (b"230", b"-1")],
                [(b"42", b"1e200")],
                [(b"70", b"-32768")],
                [(b"40", b"-5")],
                [(b"41", b"0"), (b"42", b"0"), (b"43", b"0")],
                [(b"5", b"1")],
                [(b"92", b"99999999"), (b"93", b"99999999")],
            )
        )
        pairs[end:end] = extra


CHANGES = (_number, _number, _number, _value_of_another, _drop, _copy, _retype, _layer, _blocks, _turn)
